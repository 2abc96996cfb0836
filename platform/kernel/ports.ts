import type { EndedUnit } from './ended-units.ts';
import type { Actor, Behalf } from './actor.ts';
import { port, type Services } from './app.ts';
import type { Db } from './db.ts';
import type { ProblemError } from './errors.ts';
import type { FieldMark } from './resource.ts';
import type { Text } from './text.ts';

/*
 * Ports of the kernel, filled by platform modules through `provides` in their manifests.
 */

/** What row security goes by. */
export type Rights = Pick<Actor, 'post' | 'unit' | 'area' | 'person' | 'entity' | 'reach'>;

/** Says who is calling, from the request's headers. Filled by platform/identity. */
export type Authenticator = {
  authenticate(options: { cookie: string | undefined; trace: string; services: Services }): Promise<Actor>;
  /** What an account may be at this moment, without a session: for statements that an operator types in its place. */
  rightsOf?(options: { account: string; services: Services }): Promise<Rights | undefined>;
};
export const authenticator = port<Authenticator>('kernel.authenticator');

/** What a route gives or changes, as far as a policy may look at it; found from the route's declaration. */
export type ResourceFacts = {
  /** Resource id of what is in the reply; absent where nothing catalogued is. */
  kind?: string;
  /** 1–4 for L1–L4. */
  level: number;
  /** Unit that answers for the resource. */
  owner?: string;
  /** What is read is the caller's own. */
  own: boolean;
};

export type Asked = {
  actor: Actor;
  action: string;
  services: Services;
  resource?: ResourceFacts;
  /** Network zone (网络区域) that the request came from. */
  zone?: 'office' | 'internet';
};

/** Says whether an actor may do an action. Filled by platform/access; without it everything but 'public' is refused. */
export type Policy = {
  may(asked: Asked): boolean;
  /** Waits, where needed, until the rules of this process are not older than a few seconds. */
  ready?(services: Services): Promise<void> | undefined;
  /** What a refusal is called, and the ids of the policies behind it. */
  refusal?(asked: Asked): { problem: ProblemError; reasons: readonly string[] };
  /** Keeps why something was refused, in the transaction that records the refusal. */
  keep?(
    db: Db,
    refused: { route: string; action: string; code: string; reasons: readonly string[]; resource?: ResourceFacts },
  ): void;
};
export const policy = port<Policy>('kernel.policy');

/**
 * A scope of delegation (代办事项): one thing that a person or an enterprise may let somebody else do for them. Declared by the
 * module whose routes name it in `delegable`; the list of them is closed.
 */
export type DelegationScope = {
  id: string;
  title: Text;
  /** In plain words: what the other may then do, and what not. */
  text: Text;
  /** Who may give it. */
  givers: readonly ('person' | 'entity')[];
  /** Page where it is done. */
  page?: string;
};
export const delegationScope = port<DelegationScope>('kernel.delegation-scope');

/** Finds a delegation that an account holds, also one that has ended. Filled by platform/access. */
export type Delegations = {
  behalfOf(options: {
    delegation: string;
    account: string;
    services: Services;
  }): Promise<Omit<Behalf, 'own'> | undefined>;
};
export const delegations = port<Delegations>('kernel.delegations');

/** What one request read: filled from the reply, never guessed from the query. */
export type AccessEntry = {
  route: string;
  /** Marks of the L3/L4 and other catalogued fields in the reply. */
  fields: FieldMark[];
  /** Persons and enterprises whose rows were returned. */
  subjects: { kind: 'person' | 'entity'; id: string }[];
  outcome: 'read' | 'changed' | 'refused';
  code?: string;
  statement?: string;
};

/** Records who read or changed what. Filled by platform/audit. */
export type AuditTrail = {
  /** In the transaction of the request, before it commits. */
  record(db: Db, entry: AccessEntry): Promise<void>;
  /**
   * Several requests that share a transaction, an entry for each in the name of whoever made it. For the gateway, whose callers are proven by
   * their messages; all under the purpose of the transaction.
   */
  recordAll(db: Db, entries: readonly (AccessEntry & { actor: Actor })[]): Promise<void>;
};
export const auditTrail = port<AuditTrail>('kernel.audit');

/** Turns a refusal by PostgreSQL (permission denied on a share view) into what people need to know. Filled by platform/catalog. */
export type GrantExplainer = {
  explain(options: { db: Db; view: string }): Promise<ProblemError | undefined>;
};
export const grantExplainer = port<GrantExplainer>('kernel.grants');

/** Names of the units (机构名称), for documents that leave the house. Filled by platform/identity. */
export type UnitNames = {
  /** Of all units, also of those that ended: what is old keeps its name. */
  all(services: Services): Promise<ReadonlyMap<string, Text>>;
  /** Those that ended, with their successors; see `endedUnits`. */
  ended?(services: Services): Promise<ReadonlyMap<string, EndedUnit>>;
};
export const unitNames = port<UnitNames>('kernel.unit-names');
