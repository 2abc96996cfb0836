import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DisputeParams } from './answer-dispute.ts';
import { DisputeSchema, isCentre, readDispute, readDisputes, seenBy } from './record.ts';

/** Disputes about my own record (我的异议), whoever filed them: state, deadline and answer. */
export const listOwnDisputes = route({
  method: 'GET',
  path: '/api/dispute/disputes/own',
  summary: { zh: '本人信息的异议', en: 'Disputes about my own record' },
  allow: 'dispute.file.own',
  self: true,
  reply: Type.Object({ disputes: Type.Array(DisputeSchema) }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, services, clock }) => ({
    disputes: actor.behalf ? [] : await readDisputes({ db, services, now: clock.now(), where: seenBy(actor) }),
  }),
});

/** Disputes that the caller's unit answers or has filed (异议处理), the most urgent first. */
export const listDisputes = route({
  method: 'GET',
  path: '/api/dispute/disputes',
  summary: { zh: '数据异议', en: 'Disputes' },
  allow: 'dispute.desk',
  query: Type.Object(
    {
      view: Type.Optional(Type.Union([Type.Literal('answer'), Type.Literal('filed'), Type.Literal('closed')])),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ disputes: Type.Array(DisputeSchema) }),
  examples: { own: { as: 'data-officer', purpose: 'data-quality' } },
  handler: async ({ db, actor, services, clock, query }) => {
    const seen = seenBy(actor);
    const where =
      query.view === 'filed'
        ? sql`${seen} and d.filed_unit = ${actor.unit ?? null}::text`
        : query.view === 'closed'
          ? sql`${seen} and d.state <> 'open'`
          : sql`${seen} and d.state = 'open'`;
    const found = await readDisputes({ db, services, now: clock.now(), where });
    // To answer: what the caller may decide comes first; the centre also sees what still waits for its unit.
    return { disputes: query.view === 'answer' || query.view === undefined ? found.sort(mayFirst) : found };
  },
});

const mayFirst = (a: { mayAnswer: boolean }, b: { mayAnswer: boolean }): number =>
  Number(b.mayAnswer) - Number(a.mayAnswer);

/** One dispute: the values side by side by source, its clock, its answer. */
export const showDispute = route({
  method: 'GET',
  path: '/api/dispute/disputes/:id',
  summary: { zh: '一件数据异议', en: 'One dispute' },
  allow: 'dispute.desk',
  params: DisputeParams,
  reply: DisputeSchema,
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:dispute' }, purpose: 'data-quality' },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-dispute' }, purpose: 'data-quality' },
  },
  handler: ({ db, services, clock, params: { id } }) => readDispute({ db, services, now: clock.now(), id }),
});

/** How many disputes wait for the caller (待办): a number for the inbox, nobody's data. */
export const countDisputes = route({
  method: 'GET',
  path: '/api/dispute/waiting',
  summary: { zh: '待答复的数据异议数', en: 'How many disputes wait' },
  allow: 'dispute.desk',
  reply: Type.Object({
    waiting: Type.Integer(),
    late: Type.Integer(),
    /** Days that closed disputes of the last year took on average, if there are ten. */
    days: Type.Union([Type.Number(), Type.Null()]),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor, clock }) => {
    const unit = actor.unit ?? null;
    const ended = sql`d.answer is not null and d.closed_at > ${clock.now()}::timestamptz - interval '1 year'`;
    const mine = isCentre(actor)
      ? sql`(d.unit = ${unit}::text and d.addressee = 'unit' or d.addressee = 'centre' or d.escalated_at is not null)`
      : sql`(d.unit = ${unit}::text and d.addressee = 'unit')`;
    return db.one<{ waiting: number; late: number; days: number | null }>(sql`
      select count(*) filter (where d.state = 'open')::int as waiting, count(*) filter (where d.state = 'open' and d.escalated_at is not null)::int as late,
        case when count(*) filter (where ${ended}) >= 10 then round(avg(extract(epoch from d.closed_at - d.filed_at) / 86400) filter (where ${ended})::numeric, 1)::float8 end as days
      from dispute.dispute d where ${mine}`);
  },
});
