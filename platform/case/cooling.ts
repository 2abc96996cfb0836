import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { Words } from './act-route.ts';
import { Separation } from './errors.ts';

const DAY_MS = 86_400_000;
const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const Reason = Type.String({ minLength: 10, maxLength: 1000 });

export const CoolingDecided = domainError({
  code: 'INCIDENT_COOLING_DECIDED',
  status: 409,
  title: { zh: '已有冷静期提请或决定', en: 'It was proposed or decided already' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});

export const NobodyToAnswer = domainError({
  code: 'INCIDENT_COOLING_NOBODY',
  status: 409,
  title: { zh: '这一批不是实名居民或企业上报的，不能提请冷静期', en: 'There is nobody here who could object' },
  action: {
    zh: '匿名上报可以逐件或整批处理；第三方应用请收回密钥。',
    en: 'Decide on the reports themselves; take the key of a third party back.',
  },
});

type Row = {
  id: string;
  heap: string;
  reason: string;
  state: string;
  proposedName: string;
  proposedAt: Date;
  until: Date | null;
  decidedName: string | null;
  decidedWords: string | null;
  objection: string | null;
  objectedAt: Date | null;
  reviewedName: string | null;
  reviewedWords: string | null;
};
const COLUMNS = sql`id, heap, reason, state, proposed_name as "proposedName", proposed_at as "proposedAt", until, decided_name as "decidedName", decided_words as "decidedWords",
  objection, objected_at as "objectedAt", reviewed_name as "reviewedName", reviewed_words as "reviewedWords"`;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/**
 * Proposes a cooling-off for the sender of a heap (提请冷静期), with a reason. It is a person's proposal and another person's decision: no number leads to it by
 * itself. Reports of the sender are taken all the while; they wait for a person.
 */
export const proposeCooling = route({
  allow: 'incident.case.operate',
  method: 'POST',
  path: '/api/incident/coolings',
  summary: { zh: '提请上报冷静期', en: 'Propose a cooling-off' },
  body: Type.Object(
    { heap: Type.String({ minLength: 8, maxLength: 120 }), reason: Reason },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), state: Type.String() }),
  errors: [NotFound, CoolingDecided, NobodyToAnswer],
  examples: {
    own: {
      as: 'street-clerk',
      body: { heap: 'fixture:held-heap', reason: '一小时内重复上报同一问题数百次，影响其他居民' },
    },
  },
  handler: async ({ db, actor, clock, body }) => {
    const sender = await db.first<{ account: string; person: string | null; entity: string | null }>(
      sql`select account, person, entity from incident.held_report where heap = ${body.heap} order by at desc limit 1`,
    );
    if (!sender) throw NotFound.with();
    // No decision about somebody who could not object to it.
    if (sender.person === null && sender.entity === null) throw NobodyToAnswer.with();
    const id = uuidv7();
    const made = await db.run(sql`
      insert into incident.cooling (id, account, heap, person, entity, reason, proposed_by, proposed_name, proposed_at)
      values (${id}::uuid, ${sender.account}, ${body.heap}, ${sender.person}::uuid, ${sender.entity}::text, ${body.reason}, ${actor.account}, ${actor.name}, ${clock.now()}::timestamptz)
      on conflict do nothing`);
    if (made === 0) throw CoolingDecided.with();
    return { id, state: 'proposed' };
  },
});

/** Proposals and decisions (冷静期), what waits for a person first: proposals, then objections. */
export const listCoolings = route({
  allow: 'incident.case.centre',
  method: 'GET',
  path: '/api/incident/coolings',
  summary: { zh: '上报冷静期', en: 'Cooling-offs' },
  reply: Type.Object({
    coolings: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        heap: Type.String(),
        reason: Type.String(),
        state: Type.String(),
        proposedName: Type.String(),
        proposedAt: Moment,
        until: MaybeMoment,
        decidedName: MaybeText,
        decidedWords: MaybeText,
        objection: MaybeText,
        objectedAt: MaybeMoment,
        reviewedName: MaybeText,
        reviewedWords: MaybeText,
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<Row>(sql`
      select ${COLUMNS} from incident.cooling
      order by (state = 'proposed') desc, (objection is not null and reviewed_by is null) desc, proposed_at desc limit 200`);
    return {
      coolings: rows.map((row) => ({
        ...row,
        proposedAt: row.proposedAt.toISOString(),
        until: iso(row.until),
        objectedAt: iso(row.objectedAt),
      })),
    };
  },
});

/** Decides on a proposal (决定冷静期): somebody else than who proposed it, for a time that the district limits. */
export const decideCooling = route({
  allow: 'incident.case.centre',
  method: 'POST',
  path: '/api/incident/coolings/:id/decide',
  summary: { zh: '决定上报冷静期', en: 'Decide on a cooling-off' },
  params: Params,
  body: Type.Object(
    { days: Type.Integer({ minimum: 0, maximum: 365, description: '0：不同意 / declined' }), text: Words },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String(), until: MaybeMoment }),
  errors: [NotFound, InvalidInput, Separation, CoolingDecided],
  examples: {
    own: {
      as: 'duty-officer',
      params: { id: 'fixture:cooling-to-decide' },
      body: { days: 7, text: '情况属实，同意' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const row = await db.first<{ state: string; proposedBy: string }>(
      sql`select state, proposed_by as "proposedBy" from incident.cooling where id = ${id}::uuid for update`,
    );
    if (!row) throw NotFound.with();
    if (row.state !== 'proposed') throw CoolingDecided.with();
    if (row.proposedBy === actor.account) throw Separation.with();
    const now = clock.now();
    const { amount: most } = await amountAt(db, 'incident.cooling.most', now);
    if (body.days > most) throw InvalidInput.with({ fields: [tooLong(most)] });
    const until = body.days === 0 ? null : new Date(now.getTime() + body.days * DAY_MS);
    const state = until ? 'on' : 'declined';
    await db.run(sql`
      update incident.cooling set state = ${state}, until = ${until}::timestamptz, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = ${now}::timestamptz,
        decided_words = ${body.text}
      where id = ${id}::uuid`);
    return { state, until: iso(until) };
  },
});
const tooLong = (most: number): FieldFault => ({
  pointer: '/days',
  rule: 'most',
  message: { zh: `最长 ${most} 天`, en: `is ${most} days at most` },
});

/** Looks at an objection (复核异议): a third person, who lifts it or lets it stand, in words that the one concerned reads. */
export const reviewCooling = route({
  allow: 'incident.case.centre',
  method: 'POST',
  path: '/api/incident/coolings/:id/review',
  summary: { zh: '复核冷静期异议', en: 'Review an objection' },
  params: Params,
  body: Type.Object({ lift: Type.Boolean(), text: Words }, { additionalProperties: false }),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, Separation, CoolingDecided],
  examples: {
    own: {
      as: 'duty-officer',
      params: { id: 'fixture:cooling-to-review' },
      body: { lift: true, text: '确有多处问题，撤销冷静期' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const row = await db.first<{ by: string[]; objected: boolean; reviewed: boolean; state: string }>(sql`
      select array[proposed_by, decided_by] as by, objection is not null as objected, reviewed_by is not null as reviewed, state
      from incident.cooling where id = ${id}::uuid for update`);
    if (!row) throw NotFound.with();
    if (!row.objected || row.reviewed || row.state !== 'on') throw CoolingDecided.with();
    if (row.by.includes(actor.account)) throw Separation.with();
    const state = body.lift ? 'lifted' : 'on';
    await db.run(sql`
      update incident.cooling set state = ${state}, reviewed_by = ${actor.account}, reviewed_name = ${actor.name}, reviewed_at = ${clock.now()}::timestamptz, reviewed_words = ${body.text}
      where id = ${id}::uuid`);
    return { state };
  },
});

/** Objects to one's own cooling-off (提出异议), once, in one's own words. */
export const objectCooling = route({
  allow: 'incident.report.own',
  self: true,
  method: 'POST',
  path: '/api/incident/own-coolings/:id/object',
  summary: { zh: '对冷静期提出异议', en: 'Object to a cooling-off' },
  params: Params,
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  reply: Type.Object({ objected: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:cooling-own' }, body: { text: '当时有多处路灯不亮，并非重复' } },
    foreign: { as: 'citizen', params: { id: 'fixture:cooling-other' }, body: { text: '当时有多处路灯不亮，并非重复' } },
  },
  handler: async ({ db, clock, params: { id }, body }) => {
    const n = await db.run(sql`
      update incident.cooling set objection = coalesce(objection, ${body.text}), objected_at = coalesce(objected_at, ${clock.now()}::timestamptz) where id = ${id}::uuid`);
    if (n === 0) throw NotFound.with();
    return { objected: true };
  },
});
