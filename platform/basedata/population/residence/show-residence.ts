import { Type, type Static } from 'typebox';
import { attributeViews } from '#platform/access/attributes/view.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { SourceSchema } from '#platform/basedata/shared/card-schema.ts';
import { describeSources } from '#platform/basedata/shared/describe-sources.ts';
import { holdApart } from '#platform/basedata/shared/same-subject.ts';
import { survive } from '#platform/basedata/shared/survivorship.ts';
import { amountAt, findRule, type RuleTable } from '#platform/rulebook/rule-at.ts';
import { markOf } from '../attributes.ts';
import { PERSON_RULES, SAME_PERSON } from '../authority.ts';
import { anyPid, foreignPid } from '../examples.ts';
import { resident } from '../resources.ts';
import { PidParams } from '../show-person.ts';
import { statementsAbout } from '../statements.ts';
import { type EvidenceRule, whereabouts } from './whereabouts.ts';

const address = itemOf(resident, ['address']).properties.address;
const EvidenceSchema = Type.Object({
  address,
  on: Type.String({ format: 'date' }),
  weight: Type.Number({ description: 'worth on this day, 0–1' }),
  source: SourceSchema,
});
const ResidenceSchema = Type.Object({
  ...itemOf(resident, ['pid', 'address', 'hukouAddress']).properties,
  confidence: Type.Number({ description: '0–1; 1 = found at the door' }),
  separated: Type.Union([Type.Boolean(), Type.Null()], { description: '人户分离' }),
  halfLifeDays: Type.Integer(),
  confirmed: Type.Union([
    Type.Object({
      on: Type.String({ format: 'date' }),
      by: Type.String(),
      unit: Type.Union([Type.String(), Type.Null()]),
      note: Type.String(),
    }),
    Type.Null(),
  ]),
  evidence: Type.Array(EvidenceSchema),
  against: Type.Array(EvidenceSchema),
});

/** Where somebody really lives (实际居住), with every piece of evidence and what it is worth today; explained, never decided by itself. */
export const showResidence = route({
  method: 'GET',
  path: '/api/population/persons/:pid/residence',
  summary: { zh: '实际居住与人户分离', en: 'Where a person really lives' },
  allow: 'population.person.read',
  params: PidParams,
  reply: ResidenceSchema,
  errors: [NotFound],
  examples: {
    own: () => ({ as: 'street-clerk', params: { pid: anyPid() }, purpose: 'community-care' }),
    foreign: () => ({ as: 'street-clerk', params: { pid: foreignPid() }, purpose: 'community-care' }),
  },
  handler: ({ db, clock, services, actor, params }) =>
    readResidence({ db, now: clock.now(), services, actor, pid: params.pid }),
});

/** Says what was found at the door (走访确认): it wins over what any source says. */
export const confirmResidence = route({
  method: 'POST',
  path: '/api/population/persons/:pid/residence',
  summary: { zh: '确认实际居住地', en: 'Confirm where a person lives' },
  allow: 'population.residence.confirm',
  params: PidParams,
  body: Type.Object(
    { address: Type.String({ minLength: 2, maxLength: 200 }), note: Type.String({ minLength: 4, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: ResidenceSchema,
  errors: [NotFound],
  examples: {
    own: () => ({
      as: 'street-clerk',
      params: { pid: anyPid() },
      body: { address: '样例路1号101室', note: '上门走访确认' },
      purpose: 'community-care',
    }),
    foreign: () => ({
      as: 'street-clerk',
      params: { pid: foreignPid() },
      body: { address: '样例路1号101室', note: '上门走访确认' },
      purpose: 'community-care',
    }),
  },
  handler: async ({ db, clock, services, actor, params: { pid }, body }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    if (!(await db.first(sql`select 1 from population.person where pid = ${pid}::uuid`))) throw NotFound.with();
    await db.run(sql`
      insert into population.residence_confirmation (id, pid, address, note, confirmed_by, confirmed_name, confirmed_unit)
      values (${uuidv7()}::uuid, ${pid}::uuid, ${body.address.trim()}, ${body.note.trim()}, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text)`);
    await db.emit({ type: 'population.residence.confirmed', subject: pid });
    return readResidence({ db, now: clock.now(), services, actor, pid });
  },
});

async function readResidence(options: {
  db: Db;
  now: Date;
  services: Services;
  actor: Actor;
  pid: string;
}): Promise<Static<typeof ResidenceSchema>> {
  const { db, now, services, actor, pid } = options;
  if (!(await db.first(sql`select 1 from population.person where pid = ${pid}::uuid`))) throw NotFound.with();
  const view = attributeViews({ services, actor, resource: resident.id });
  if (view(markOf('residenceAddress')) !== 'clear') throw NotFound.with();
  const { accepted } = holdApart((await statementsAbout(db, [pid])).get(pid) ?? [], SAME_PERSON);
  const hukou = survive(accepted, PERSON_RULES).hukouAddress?.value;
  const last = await db.first<{ address: string; at: Date; by: string; unit: string | null; note: string }>(sql`
    select address, confirmed_at as at, confirmed_name as by, confirmed_unit as unit, note from population.residence_confirmation
    where pid = ${pid}::uuid order by confirmed_at desc, id desc limit 1`);
  const rule = await evidenceRule(db);
  const found = whereabouts({
    statements: accepted,
    hukou,
    rule,
    today: shanghaiDate(now),
    ...(last ? { confirmation: { ...last, on: shanghaiDate(last.at) } } : {}),
  });
  const describe = await describeSources(
    db,
    [...found.evidence, ...found.against].map(({ source }) => source),
  );
  const shown = ({ address: said, on, weight, source }: (typeof found.evidence)[number]) => ({
    address: said,
    on,
    weight: Math.round(weight * 1000) / 1000,
    source: describe(source),
  });
  return {
    pid,
    address: found.address,
    hukouAddress: view(markOf('hukouAddress')) === 'clear' ? (hukou ?? null) : null,
    confidence: Math.round(found.confidence * 1000) / 1000,
    separated: found.separated,
    halfLifeDays: rule.halfLifeDays,
    confirmed: found.confirmed && {
      on: found.confirmed.on,
      by: found.confirmed.by,
      unit: found.confirmed.unit,
      note: found.confirmed.note,
    },
    evidence: found.evidence.map(shown),
    against: found.against.map(shown),
  };
}

async function evidenceRule(db: Db): Promise<EvidenceRule> {
  const { amount } = await amountAt(db, 'population.residence.half-life');
  const weights = (await findRule(db, 'population.residence.weights'))?.value as RuleTable | undefined;
  return {
    halfLifeDays: amount,
    weights: new Map((weights?.rows ?? []).map(([unit, weight]) => [String(unit), Number(weight)])),
  };
}
