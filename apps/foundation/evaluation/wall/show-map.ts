import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Days that the map looks back, and processes that are offered. Ours, no law's. */
const DAYS = 92;
const MOST = 30;
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Hours = Nullable(Type.Number({ description: '小时 / hours' }));

/**
 * The process as it really goes (流程地图): steps of one kind of case, how often each follows which, and how long cases wait between them, from
 * the log of all apps. Medians: one forgotten case does not move them. Row security leaves a unit its own steps.
 */
export const showMap = route({
  method: 'GET',
  path: '/api/evaluation/map',
  summary: { zh: '流程地图', en: 'Process map' },
  allow: 'evaluation.wall.read',
  query: Type.Object(
    { app: Type.Optional(Type.String({ maxLength: 60 })), item: Type.Optional(Type.String({ maxLength: 120 })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    days: Type.Integer(),
    processes: Type.Array(Type.Object({ app: Type.String(), item: Type.String(), cases: Type.Integer() })),
    shown: Nullable(Type.Object({ app: Type.String(), item: Type.String() })),
    steps: Type.Array(
      Type.Object({
        step: Type.String(),
        count: Type.Integer(),
        open: Type.Integer(),
        again: Type.Integer({ description: '同一办件重复经过 / passages after the first of a case' }),
        work: Hours,
        stopped: Hours,
      }),
    ),
    ways: Type.Array(
      Type.Object({ from: Type.String(), to: Type.String(), count: Type.Integer(), wait: Hours, waitP90: Hours }),
    ),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, clock, query }) => {
    const recent = sql`r.state <> 'void' and r.started_at > kernel.now() - ${`${DAYS} days`}::interval`;
    const processes = await db.rows<{ app: string; item: string; cases: number }>(sql`
      select r.app, r.item, count(distinct r.case_no)::int as cases from evaluation.run r where ${recent} group by 1, 2 order by 3 desc, 1, 2 limit ${MOST}::int`);
    const shown =
      query.app === undefined
        ? processes[0]
        : processes.find(({ app, item }) => app === query.app && item === (query.item ?? item));
    const base = { asOf: clock.now().toISOString(), days: DAYS, processes };
    if (!shown) return { ...base, shown: null, steps: [], ways: [] };
    const passages = sql`
      passages as (
        select r.step, r.state, extract(epoch from r.ended_at - r.started_at) / 3600 - r.stopped_ms / 3600000.0 as work, nullif(r.stopped_ms, 0) / 3600000.0 as stopped,
          row_number() over w as place, row_number() over (partition by r.case_no, r.step order by r.started_at, r.run) as turn, lag(r.step) over w as before,
          extract(epoch from r.started_at - lag(coalesce(r.ended_at, r.started_at)) over w) / 3600 as wait
        from evaluation.run r where ${recent} and r.app = ${shown.app} and r.item = ${shown.item}
        window w as (partition by r.case_no order by r.started_at, r.run))`;
    const median = (of: 'work' | 'stopped') =>
      of === 'work'
        ? sql`percentile_cont(0.5) within group (order by greatest(work, 0)) filter (where state = 'done')`
        : sql`percentile_cont(0.5) within group (order by stopped) filter (where stopped is not null)`;
    const steps = await db.rows<{
      step: string;
      count: number;
      open: number;
      again: number;
      work: number | null;
      stopped: number | null;
    }>(sql`
      with ${passages}
      select step, count(*)::int as count, count(*) filter (where state in ('running', 'stopped'))::int as open, count(*) filter (where turn > 1)::int as again,
        ${median('work')}::float8 as work, ${median('stopped')}::float8 as stopped
      from passages group by step order by avg(place), step`);
    const ways = await db.rows<{ from: string; to: string; count: number; wait: number; waitP90: number }>(sql`
      with ${passages}
      select before as "from", step as "to", count(*)::int as count, (percentile_cont(0.5) within group (order by greatest(wait, 0)))::float8 as wait,
        (percentile_cont(0.9) within group (order by greatest(wait, 0)))::float8 as "waitP90"
      from passages where before is not null group by 1, 2 order by 3 desc, 1, 2`);
    return { ...base, shown: { app: shown.app, item: shown.item }, steps, ways };
  },
});
