import { Type, type Static } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import { isPersonal, levelOf } from '#platform/kernel/resource.ts';
import type { AskedAbout } from '#platform/identity/oidc/asked-about.ts';
import type { Facts } from './facts.ts';
import { purposeHeld, rulesOf } from './rules.ts';

/** Questions of one batch (S11). */
export const MOST_QUESTIONS = 100;

const Code = Type.String({ minLength: 1, maxLength: 80 });
export const Question = Type.Object(
  {
    subject: Type.Optional(
      Type.Union([
        Type.Object({ sub: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
        Type.Object({ account: Type.String({ minLength: 1, maxLength: 60 }) }, { additionalProperties: false }),
      ]),
    ),
    action: Code,
    resource: Type.Optional(
      Type.Object(
        {
          kind: Type.Optional(Code),
          level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
          owner: Type.Optional(Code),
          unit: Type.Optional(Code),
          area: Type.Optional(Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$' })),
          own: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
    purpose: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9.-]{1,60}$' })),
    assurance: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    zone: Type.Optional(Type.Union([Type.Literal('office'), Type.Literal('internet')])),
  },
  { additionalProperties: false },
);
export type Question = Static<typeof Question>;

/** What the system must do where it acts on the answer (附带义务). */
export type Obligation =
  | { do: 'step-up'; level: number }
  | { do: 'state-purpose' }
  | { do: 'mask' }
  | { do: 'record-subjects' };

export type Answer = { decision: 'allow' | 'deny'; reason: string; obligations: Obligation[] };

const deny = (reason: string, ...obligations: Obligation[]): Answer => ({ decision: 'deny', reason, obligations });

/**
 * Answers one question of a system, by the policies and then by what the kernel and PostgreSQL would ask besides: purpose, level
 * of assurance, the area or unit of the row. What is catalogued here keeps its own level and owner, whatever the system says.
 */
export function answerQuestion(asked: {
  question: Question;
  about: AskedAbout | undefined;
  services: Services;
}): Answer {
  const { question, about, services } = asked;
  const { registry } = services;
  const { action, purpose } = question;
  if (!registry.action(action)) return deny('ACTION_UNKNOWN');
  const named = question.resource ?? {};
  const ours = named.kind === undefined ? undefined : registry.resource(named.kind)?.resource;
  if (named.kind !== undefined && !ours) return deny('RESOURCE_UNKNOWN');
  if (!about) return deny('SUBJECT_UNKNOWN');
  if (about.post === undefined) return deny('NOT_PERMITTED');
  const kindLevel = ours ? levelOf(Object.values(ours.fields).map(({ level }) => level)) : 'L1';
  const level = Math.max(Number(kindLevel.slice(1)), named.level ?? 1);
  const own = named.own ?? false;
  const assurance = about.assurance ?? question.assurance ?? 1;
  const rules = rulesOf(services);
  const facts: Facts = {
    action,
    post: about.post,
    reach: about.reach,
    assurance,
    unit: about.unit,
    area: about.area,
    acting: false,
    kind: ours?.id ?? '-',
    level,
    owner: ours?.owner ?? named.owner,
    own,
    purpose,
    purposeHeld: purposeHeld(rules, purpose, about.post),
    zone: question.zone,
    now: services.clock.now(),
  };
  const { allowed, reasons } = rules.engine.decide(facts);
  if (!allowed) {
    const by = reasons.map((id) => rules.policies.get(id)).find((policy) => policy?.effect === 'forbid');
    return deny(by?.code ?? 'NOT_PERMITTED');
  }
  const personal = isPersonal(`L${level}` as 'L1');
  if (personal && !own && purpose === undefined) return deny('PURPOSE_REQUIRED', { do: 'state-purpose' });
  if (!own && !within({ about, place: named, scope: ours?.scope?.by })) return deny('OUT_OF_SCOPE');
  const needed = leastAssurance(services, action);
  if (assurance < needed) return deny('STEP_UP_REQUIRED', { do: 'step-up', level: needed });
  const obligations: Obligation[] = personal && !own ? [{ do: 'mask' }, { do: 'record-subjects' }] : [];
  return { decision: 'allow', reason: 'PERMITTED', obligations };
}

/**
 * Where the row lies, as row security has it: by area for a post of an area, by unit for one of a unit, nothing for a district-wide
 * one. A row of a scoped resource whose place is not said is refused, and who holds no post has nothing but what is their own.
 */
function within(asked: {
  about: AskedAbout;
  place: { unit?: string; area?: string };
  scope: 'area' | 'unit' | undefined;
}): boolean {
  const { about, place, scope } = asked;
  if (about.reach === 'district') return true;
  if ((scope !== undefined && place[scope] === undefined) || (!about.official && scope !== undefined)) return false;
  if (place.area !== undefined && (!about.official || !about.area || !place.area.startsWith(about.area))) return false;
  return place.unit === undefined || (about.official && place.unit === about.unit);
}

/** Level that the least demanding operation of an action asks for. */
function leastAssurance(services: Services, action: string): number {
  const levels = services.registry
    .routes()
    .filter(({ route }) => route.allow === action)
    .map(({ route }) => route.assurance ?? 1);
  return levels.length === 0 ? 1 : Math.min(...levels);
}
