import { uuidv7 } from './ids.ts';

/** Kinds of post (岗位). The three administrators (三员: system, security, audit) are never the same person. */
export const POSTS = [
  'citizen',
  'enterprise-agent',
  'committee-worker',
  'street-clerk',
  'data-officer',
  'duty-officer',
  'security-auditor',
  'system-administrator',
  'security-administrator',
  'staffing-officer',
  'unit-head',
  'district-leader',
  'unit-liaison',
] as const;
export type Post = (typeof POSTS)[number];

/** How sure we are of who is there (认证保证级别): 1 password · 2 second factor · 3 real person checked · 4 face to face. */
export type Assurance = 1 | 2 | 3 | 4;
/** What an actor is of its own, whoever it acts for at the moment. */
export type OwnPart = Pick<
  Actor,
  'post' | 'unit' | 'area' | 'person' | 'entity' | 'reach' | 'assignment' | 'caretaker'
>;

/**
 * For whom a signed-in person acts (替谁办). While it stands, `person`, `entity` and `post` of the actor are those of the giver
 * (委托人), unit and area are empty, and only routes that declare one of `scopes` may be called; see `acting.ts`.
 */
export type Behalf = {
  /** Id of the delegation (代办授权). */
  delegation: string;
  /** Name of the giver, for the banner and the records. */
  name: string;
  /** The giver: a resident by pid, or an enterprise by credit code. Neither when the delegation is not to be found. */
  person?: string;
  entity?: string;
  /** Scopes (代办事项) that the giver has consented to. */
  scopes: readonly string[];
  until?: Date;
  /** The delegation does not hold any more. Nothing may be done, until the person says that they act for themselves again. */
  ended: boolean;
  own: OwnPart;
  /** This request is not done for the giver but for the person themselves (who am I, what anybody may read). */
  aside?: true;
};

/**
 * Who acts (行为人): set on every transaction, so that row security, masking and the audit hold for each query in it.
 * `area` is an area code prefix (310101, 310101013 or 310101013001); `reach` says whether the post sees its own
 * unit or area only, or the whole district.
 */
export type Actor = {
  kind: 'person' | 'system' | 'anonymous';
  account: string;
  name: string;
  post?: Post;
  unit?: string;
  area?: string;
  /** Pid of the population database, once the account is linked to a resident. */
  person?: string;
  /** Unified social credit code of the enterprise that an agent acts for. */
  entity?: string;
  reach: 'own' | 'district';
  /** Assignment (任职) from which post, unit, area and reach follow; an official without one has no rights. */
  assignment?: string;
  /** The post is only looked after for a term (代理). */
  caretaker?: boolean;
  /** Level of the session now; absent = 1. */
  assurance?: Assurance;
  /** Level that the account can prove with what it has enrolled; absent = 1. */
  strongest?: Assurance;
  /** Purpose code (使用目的) under which personal data are read in this request. */
  purpose?: string;
  /** Set while a person acts for somebody else. */
  behalf?: Behalf;
  /** Ties every row, log line and event of one request together. */
  trace: string;
};

/** For whom this request is done, if it is done for somebody else. */
export function behalfOf(actor: Actor): Behalf | undefined {
  return actor.behalf?.aside ? undefined : actor.behalf;
}

export function anonymous(trace: string = uuidv7()): Actor {
  return { kind: 'anonymous', account: '', name: '', reach: 'own', trace };
}

/** The platform itself, acting for a job or a timer; never used to answer a person's request. */
export function systemActor(options: { name: string; unit?: string; purpose?: string; trace?: string }): Actor {
  return {
    kind: 'system',
    account: `system:${options.name}`,
    name: options.name,
    unit: options.unit,
    reach: 'district',
    purpose: options.purpose,
    trace: options.trace ?? uuidv7(),
  };
}
