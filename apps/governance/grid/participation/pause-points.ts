import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { reportFacts } from '#platform/case/hooks.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { NotRejected, PauseDecided, SamePerson } from './errors.ts';
import { pause } from './resources.ts';

const CENTRE = { allow: 'grid.pause.decide' } as const;
const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Reason = Type.String({ minLength: 10, maxLength: 1000 });
const DAY_MS = 86_400_000;
const tooLong = (most: number): FieldFault => ({
  pointer: '/days',
  rule: 'most',
  message: { zh: `最长 ${most} 天`, en: `is ${most} days at most` },
});

/** Decisions on pauses and the appeals against them (冷静期决定), for the centre. */
export const listPauses = route({
  ...CENTRE,
  method: 'GET',
  path: '/api/grid/pauses',
  summary: { zh: '积分冷静期决定', en: 'Pauses of points' },
  reply: Type.Object({
    pauses: Type.Array(
      itemOf(pause, ['id', 'person', 'report', 'reason', 'until', 'decidedAt', 'appeal', 'outcome', 'outcomeReason']),
    ),
  }),
  examples: { own: { as: 'duty-officer', purpose: 'contact-reporter' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      id: string;
      person: string;
      report: string;
      reason: string;
      until: string;
      decidedAt: Date;
      appeal: string | null;
      outcome: string | null;
      outcomeReason: string | null;
    }>(sql`
      select id, person, report, reason, until::text, decided_at as "decidedAt", appeal, outcome, outcome_reason as "outcomeReason" from grid.pause
      order by (appeal is not null and outcome is null) desc, decided_at desc limit 200`);
    return { pauses: rows.map((row) => ({ ...row, decidedAt: row.decidedAt.toISOString() })) };
  },
});

/** Refused or cancelled reports of named persons (可作决定的上报): what a decision is chosen from, by number and reason, without names. Those decided on are left out. */
export const listRefused = route({
  ...CENTRE,
  method: 'GET',
  path: '/api/grid/refused-reports',
  summary: { zh: '未受理或已撤销的实名上报', en: 'Refused or cancelled reports' },
  reply: Type.Object({
    reports: Type.Array(
      Type.Object({
        report: Type.String({ format: 'uuid' }),
        no: Type.String(),
        class: Type.String(),
        at: Type.String({ format: 'date-time' }),
        why: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  prepare: async ({ services }) =>
    (await services.registry.provided(reportFacts)[0]?.value.lost({ services, limit: 100 })) ?? [],
  handler: async ({ db, prepared }) => {
    const decided = await db.rows<{ report: string }>(
      sql`select report from grid.pause where report = any (${prepared.map(({ report }) => report)}::uuid[])`,
    );
    const done = new Set(decided.map(({ report }) => report));
    return {
      reports: prepared
        .filter(({ report }) => !done.has(report))
        .map((each) => ({ ...each, at: each.at.toISOString() })),
    };
  },
});

/**
 * Pauses the points of whoever sent a report that was refused as false (冷静期决定): a person decides, with a reason that the one concerned reads, and for a time that
 * the district limits. Reports are taken all the same. No machine proposes it.
 */
export const decidePause = route({
  ...CENTRE,
  method: 'POST',
  path: '/api/grid/pauses',
  summary: { zh: '作出冷静期决定', en: 'Pause points' },
  body: Type.Object(
    {
      report: Type.String({ format: 'uuid' }),
      days: Type.Integer({ minimum: 1, maximum: 365 }),
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), until: Type.String() }),
  errors: [InvalidInput, NotFound, NotRejected, PauseDecided],
  examples: {
    own: {
      as: 'duty-officer',
      body: { report: 'fixture:report-refused', days: 7, reason: '现场核实，上报内容为虚构' },
    },
  },
  prepare: async ({ body, services }) => {
    const facts = services.registry.provided(reportFacts)[0]?.value;
    return (await facts?.of({ services, report: body.report }))?.[0];
  },
  handler: async ({ db, actor, clock, body, prepared: fact }) => {
    if (!fact) throw NotFound.with();
    if ((fact.lost !== 'rejected' && fact.lost !== 'cancelled') || fact.person === null) throw NotRejected.with();
    const now = clock.now();
    const { amount: most } = await amountAt(db, 'grid.pause.most', now);
    if (body.days > most) throw InvalidInput.with({ fields: [tooLong(most)] });
    const id = uuidv7();
    const until = shanghaiDate(new Date(now.getTime() + body.days * DAY_MS));
    const made = await db.run(sql`
      insert into grid.pause (id, person, report, reason, until, decided_by, decided_unit, decided_at)
      values (${id}::uuid, ${fact.person}::uuid, ${body.report}::uuid, ${body.reason}, ${until}::date, ${actor.account}, ${actor.unit ?? ''}, ${now}::timestamptz)
      on conflict (report) do nothing`);
    if (made === 0) throw PauseDecided.with();
    return { id, until };
  },
});

/** Appeals against a pause (申诉), once, in one's own words. */
export const appealPause = route({
  allow: 'grid.participation.own',
  self: true,
  method: 'POST',
  path: '/api/grid/own-pauses/:id/appeal',
  summary: { zh: '申诉', en: 'Appeal' },
  params: Params,
  body: Type.Object({ text: Type.String({ minLength: 4, maxLength: 1000 }) }, { additionalProperties: false }),
  reply: Type.Object({ appealed: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:grid-pause-own' }, body: { text: '当时确实看到了' } },
    foreign: { as: 'citizen', params: { id: 'fixture:grid-pause-other' }, body: { text: '当时确实看到了' } },
  },
  handler: async ({ db, clock, params: { id }, body }) => {
    const n = await db.run(sql`
      update grid.pause set appeal = coalesce(appeal, ${body.text}), appealed_at = coalesce(appealed_at, ${clock.now()}::timestamptz) where id = ${id}::uuid`);
    if (n === 0) throw NotFound.with();
    return { appealed: true };
  },
});

/** Decides on an appeal (申诉复核): another person than whoever decided on the pause. */
export const decideAppeal = route({
  ...CENTRE,
  method: 'POST',
  path: '/api/grid/pauses/:id/appeal',
  summary: { zh: '申诉复核', en: 'Decide on an appeal' },
  params: Params,
  body: Type.Object(
    { lifted: Type.Boolean(), reason: Type.String({ minLength: 4, maxLength: 1000 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ outcome: Type.String() }),
  errors: [NotFound, PauseDecided, SamePerson],
  examples: {
    own: {
      as: 'duty-officer',
      params: { id: 'fixture:grid-pause-appealed' },
      body: { lifted: true, reason: '复核属实，解除' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const held = await db.first<{ by: string; waits: boolean }>(
      sql`select decided_by as by, appeal is not null and outcome is null as waits from grid.pause where id = ${id}::uuid for update`,
    );
    if (!held) throw NotFound.with();
    if (held.by === actor.account) throw SamePerson.with();
    if (!held.waits) throw PauseDecided.with();
    const outcome = body.lifted ? 'lifted' : 'upheld';
    await db.run(sql`
      update grid.pause set outcome = ${outcome}, outcome_reason = ${body.reason}, outcome_by = ${actor.account}, outcome_at = ${clock.now()}::timestamptz where id = ${id}::uuid`);
    return { outcome };
  },
});
