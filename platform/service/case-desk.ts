import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { CaseParams } from './case-act-route.ts';
import { STEP_CLOCKS } from './case-clocks.ts';
import { subCase } from './case-resources.ts';
import { SUB_COLUMNS, type SubRow } from './case-row.ts';
import { CaseSchema, clockIdOf, clocksOf, nextOf, readCase, stepOf } from './case-view.ts';

const VIEWS = {
  open: sql`s.state in ('submitted', 'accepted', 'review', 'decided', 'issued') and not s.waits`,
  approve: sql`s.state = 'review' and s.draft is not null`,
  waiting: sql`(s.state in ('correction', 'stopped') or s.waits)`,
  check: sql`s.verify_clock is not null and (s.verified is null or (s.verified = 'false' and s.outcome = 'granted'))`,
  closed: sql`s.state in ('delivered', 'rated', 'archived', 'not-accepted', 'withdrawn')`,
} as const;
const MOST = 100;

/** Cases in the hands of the caller's unit (办件列表), the most urgent first. No name and no answer: those need a purpose. */
export const listCases = route({
  method: 'GET',
  path: '/api/service/cases',
  summary: { zh: '本单位的办件', en: 'Cases of my unit' },
  allow: 'service.case.read',
  query: Type.Object(
    {
      view: Type.Optional(
        Type.Union([
          Type.Literal('open'),
          Type.Literal('approve'),
          Type.Literal('waiting'),
          Type.Literal('check'),
          Type.Literal('closed'),
        ]),
      ),
      after: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    cases: Type.Array(
      Type.Object({
        code: Type.String(),
        ...itemOf(subCase, ['no', 'title', 'unit', 'state', 'outcome', 'receivedAt']).properties,
        next: Type.String(),
        clock: Type.Union([ClockSchema, Type.Null()]),
        handlerName: Type.Union([Type.String(), Type.Null()]),
        parts: Type.Integer({ description: 'items of the whole case' }),
        sample: Type.Boolean(),
      }),
    ),
    counts: Type.Object({
      open: Type.Integer(),
      approve: Type.Integer(),
      waiting: Type.Integer(),
      check: Type.Integer(),
      overdue: Type.Integer(),
    }),
    more: Type.Boolean(),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor, clock, query }) => {
    const now = clock.now();
    const unit = actor.unit ?? null;
    const view = query.view ?? 'open';
    const rows = await db.rows<SubRow & { parts: number; sample: boolean }>(sql`
      select ${SUB_COLUMNS}, c.sample, (select count(*)::int from service.case_parts(c.id)) as parts
      from service.sub_case s join service.case_file c on c.id = s.case_id
      left join calendar.clock k on k.id = coalesce(case when ${view === 'check'}::boolean then s.verify_clock end, case when s.state in ('decided', 'issued') then s.certify_clock end,
        case when s.state in ('accepted', 'review', 'stopped') then s.decide_clock end, s.accept_clock)
      where s.unit = ${unit}::text and ${VIEWS[view]}
      order by case when ${view === 'closed'}::boolean then null else k.due_at end, s.received_at desc, s.id
      limit ${MOST + 1}::int offset ${query.after ?? 0}::int`);
    const shown = rows.slice(0, MOST);
    const clocks = await clocksOf(db, shown);
    const { calendar } = await readCalendar(db);
    const counts = await db.one<{ open: number; approve: number; waiting: number; check: number; overdue: number }>(sql`
      select count(*) filter (where ${VIEWS.open})::int as open, count(*) filter (where ${VIEWS.approve})::int as approve,
        count(*) filter (where ${VIEWS.waiting})::int as waiting, count(*) filter (where ${VIEWS.check})::int as check,
        count(*) filter (where ${VIEWS.open} and exists (select from calendar.clock k where k.app = 'service' and k.subject = s.id::text and k.state = 'running'
          and k.due_at <= ${now}::timestamptz))::int as overdue
      from service.sub_case s where s.unit = ${unit}::text and (s.closed_at is null or ${VIEWS.check})`);
    return {
      cases: shown.map((row) => {
        const step = stepOf(row);
        const found = clocks.get(clockIdOf(row) ?? '');
        return {
          code: row.code,
          no: row.no,
          title: row.title,
          unit: row.unit,
          state: row.state,
          outcome: row.outcome,
          receivedAt: row.receivedAt.toISOString(),
          next: nextOf(row, found).what,
          clock: step && found ? clockView({ clock: found, kind: STEP_CLOCKS[step], now, calendar }) : null,
          handlerName: row.handlerName,
          parts: row.parts,
          sample: row.sample,
        };
      }),
      counts,
      more: rows.length > MOST,
    };
  },
});

/** One case for a unit that handles a part of it: its own item in full, the others by state. */
export const showCase = route({
  method: 'GET',
  path: '/api/service/cases/:code',
  summary: { zh: '办件详情', en: 'One case' },
  allow: 'service.case.read',
  params: CaseParams,
  reply: CaseSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { code: 'fixture:case-to-accept' }, purpose: 'handle-case' },
    foreign: { as: 'data-officer', params: { code: 'fixture:foreign-case' }, purpose: 'handle-case' },
  },
  handler: async ({ db, services, clock, params: { code } }) => {
    const found = await readCase({ db, services, now: clock.now(), code, own: false });
    if (!found) throw NotFound.with();
    return found;
  },
});
