import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { type Example, route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { Forbidden, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { type DisputedBase, findBase, type Standing } from './disputed-base.ts';
import { DisputeOpen, SameValue } from './errors.ts';
import { answerClock, claimedContext, DisputeSchema, readDispute, type Stated, statedContext } from './record.ts';

const Body = Type.Object(
  {
    base: Type.String({ maxLength: 40 }),
    attribute: Type.String({ maxLength: 40 }),
    /** What should stand there; absent = what stands there is wrong, and nothing else is claimed. */
    claimed: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    reason: Type.String({ minLength: 4, maxLength: 1000 }),
    evidence: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
  },
  { additionalProperties: false },
);
const Subject = Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' });

/** Disputes a value of one's own record (不对？): the person, or the agent of the enterprise. */
export const fileOwnDispute = route({
  method: 'POST',
  path: '/api/dispute/disputes/own',
  summary: { zh: '对本人信息提出异议', en: 'Dispute a value of my own record' },
  allow: 'dispute.file.own',
  body: Body,
  reply: DisputeSchema,
  status: 201,
  self: true,
  errors: [NotFound, DisputeOpen, SameValue, InvalidInput],
  examples: {
    own: {
      as: 'citizen',
      body: {
        base: 'population',
        attribute: 'hukouAddress',
        claimed: '瑞金二路1号101室',
        reason: '门牌号登记错了一位',
      },
    },
  },
  prepare: async ({ body, actor, services }) => {
    const base = findBase(services, body.base);
    const subject = base?.subject === 'person' ? actor.person : actor.entity;
    if (actor.behalf) throw Forbidden.with();
    if (!base || subject === undefined) throw NotFound.with();
    return prepareDispute({ base, subject, own: true, body, actor, services });
  },
  handler: async ({ db, services, clock, body, prepared }) => {
    const id = await insertDispute({ db, services, prepared, body, now: clock.now(), unit: null });
    return readDispute({ db, services, now: clock.now(), id });
  },
});

const example = (subject: string): Example => ({
  as: 'street-clerk',
  body: {
    base: 'population',
    subject,
    attribute: 'residenceFrom',
    claimed: '2020-01-01',
    reason: '走访时出示的租赁合同日期不同',
    evidence: '租赁合同复印件',
  },
  purpose: 'verify-application',
});

/** Disputes a value that a department uses (校核): whoever may see the record says what is wrong and on what that rests. */
export const fileDispute = route({
  method: 'POST',
  path: '/api/dispute/disputes',
  summary: { zh: '对基础数据提出校核', en: 'Dispute a value of a base database' },
  allow: 'dispute.file',
  body: Type.Object({ ...Body.properties, subject: Subject }, { additionalProperties: false }),
  reply: DisputeSchema,
  status: 201,
  errors: [NotFound, DisputeOpen, SameValue, InvalidInput],
  examples: { own: () => example('fixture:own-person'), foreign: () => example('fixture:foreign-person') },
  prepare: ({ body, actor, services }) => {
    const base = findBase(services, body.base);
    if (!base || actor.kind !== 'person' || actor.unit === undefined) throw NotFound.with();
    return prepareDispute({ base, subject: body.subject, own: false, body, actor, services });
  },
  handler: async ({ db, services, clock, actor, body, prepared }) => {
    const id = await insertDispute({ db, services, prepared, body, now: clock.now(), unit: actor.unit ?? null });
    return readDispute({ db, services, now: clock.now(), id });
  },
});

type Input = { attribute: string; claimed?: string; reason: string; evidence?: string };
type Prepared = { base: DisputedBase; subject: string; standing: Standing; claimed: string | null };

async function prepareDispute(options: {
  base: DisputedBase;
  subject: string;
  own: boolean;
  body: Input;
  actor: Actor;
  services: Services;
}): Promise<Prepared> {
  const { base, subject, own, body, actor, services } = options;
  const { attribute } = body;
  if (!base.attributes.some(({ name }) => name === attribute)) throw NotFound.with();
  const standing = await base.stand({ services, actor, subject, attribute, own });
  if (!standing) throw NotFound.with();
  const golden = standing.values.find((value) => value.golden)?.value;
  if (body.claimed === undefined) {
    if (golden === undefined) throw SameValue.with();
    return { base, subject, standing, claimed: null };
  }
  const accepted = base.accept({ attribute, value: body.claimed, services });
  if (!accepted.ok)
    throw InvalidInput.with({ fields: [{ pointer: '/claimed', rule: 'form', message: accepted.reason }] });
  if (accepted.value === golden) throw SameValue.with();
  return { base, subject, standing, claimed: accepted.value };
}

async function insertDispute(options: {
  db: Db;
  services: Services;
  prepared: Prepared;
  body: Input;
  now: Date;
  unit: string | null;
}): Promise<string> {
  const { db, services, prepared, body, now, unit } = options;
  const { base, subject, standing, claimed } = prepared;
  const { keyring } = services;
  const id = uuidv7();
  const stated: Stated = { label: standing.label, values: standing.values };
  const { id: clock } = await startClock(db, {
    kind: answerClock,
    subject: id,
    event: 'filed',
    at: now,
    of: { unit: standing.unit },
  });
  const person = base.subject === 'person' ? subject : null;
  const made = await db.run(sql`
    insert into dispute.dispute (id, app, subject_person, subject_entity, attribute, claimed, stated, reason, evidence, filed_by, filed_name, filed_unit, filed_at,
      unit, source_claim, addressee, clock, state)
    values (${id}::uuid, ${base.id}, ${person}::uuid, ${person === null ? subject : null}::text, ${body.attribute},
      ${claimed === null ? null : keyring.seal(claimed, claimedContext(id))}::text, ${keyring.seal(JSON.stringify(stated), statedContext(id))}, ${body.reason.trim()},
      ${body.evidence?.trim() ?? null}::text, ${db.actor.account}, ${db.actor.name}, ${unit}::text, ${now}::timestamptz, ${standing.unit}, ${standing.claim ?? null}::bigint,
      'unit', ${clock}::uuid, 'open')
    on conflict (app, (coalesce(subject_person::text, subject_entity)), attribute) where state = 'open' do nothing`);
  // Somebody was faster: this clock goes with the transaction.
  if (made === 0) throw DisputeOpen.with();
  await db.emit({ type: 'dispute.filed', subject: id, data: { base: base.id, unit: standing.unit } });
  return id;
}
