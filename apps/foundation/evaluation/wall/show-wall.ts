import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { workingDaysLeft } from '#platform/calendar/working-days.ts';
import { blindAfter, hearingOf } from '../log/blind.ts';

/** Cases on one page of the wall. */
const PAGE = 60;
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

type Row = {
  app: string;
  run: string;
  case_no: string;
  item: string;
  step: string;
  unit: string;
  state: 'running' | 'stopped' | 'unheard';
  started_at: Date | null;
  due_at: Date | null;
  provisional: boolean;
  level: 'none' | 'blue' | 'notice' | 'yellow' | 'red';
  stops: number;
};

/**
 * The wall (在办监察): every step that moves, the one with the least time first, steps without a limit in a list of their own, and from
 * which apps nothing is heard. Row security leaves a unit its own.
 */
export const showWall = route({
  method: 'GET',
  path: '/api/evaluation/wall',
  summary: { zh: '在办监察', en: 'Cases that move' },
  allow: 'evaluation.wall.read',
  query: Type.Object(
    {
      show: Type.Optional(Type.Union([Type.Literal('time'), Type.Literal('no-limit')])),
      level: Type.Optional(
        Type.Union([Type.Literal('blue'), Type.Literal('notice'), Type.Literal('yellow'), Type.Literal('red')]),
      ),
      unit: Type.Optional(Type.String({ maxLength: 61 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    counts: Type.Object({
      running: Type.Integer(),
      stopped: Type.Integer(),
      blue: Type.Integer(),
      notice: Type.Integer(),
      yellow: Type.Integer(),
      red: Type.Integer(),
      noLimit: Type.Integer(),
    }),
    feeds: Type.Array(
      Type.Object({
        app: Type.String(),
        heardAt: Type.String({ format: 'date-time' }),
        open: Type.Integer(),
        state: Type.Union([
          Type.Literal('live'),
          Type.Literal('quiet'),
          Type.Literal('blind'),
          Type.Literal('throttled'),
        ]),
      }),
    ),
    steps: Type.Array(
      Type.Object({
        app: Type.String(),
        caseNo: Type.String(),
        item: Type.String(),
        step: Type.String(),
        unit: Type.String(),
        state: Type.String(),
        level: Type.String(),
        startedAt: Nullable(Type.String({ format: 'date-time' })),
        dueAt: Nullable(Type.String({ format: 'date-time' })),
        workingDaysLeft: Nullable(Type.Integer()),
        provisional: Type.Boolean(),
        stops: Type.Integer(),
      }),
    ),
    more: Type.Boolean(),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const { calendar } = await readCalendar(db);
    const open = sql`r.state in ('running', 'stopped')`;
    const unit = query.unit === undefined ? sql`` : sql`and r.unit = ${query.unit}`;
    const level = query.level === undefined ? sql`` : sql`and r.level = ${query.level}`;
    const limited = query.show === 'no-limit' ? sql`and r.due_at is null` : sql`and r.due_at is not null`;
    const rows = await db.rows<Row>(sql`
      select r.app, r.run, r.case_no, r.item, r.step, r.unit, r.state, r.started_at, r.due_at, r.provisional, r.level, r.stops
      from evaluation.run r where ${open} ${limited} ${unit} ${level} order by r.due_at nulls last, r.started_at, r.app, r.run limit ${PAGE + 1}::int`);
    const counts = await db.one<
      Record<'running' | 'stopped' | 'blue' | 'notice' | 'yellow' | 'red' | 'noLimit', number>
    >(sql`
      select count(*) filter (where r.state = 'running')::int as running, count(*) filter (where r.state = 'stopped')::int as stopped,
        count(*) filter (where r.level = 'blue')::int as blue, count(*) filter (where r.level = 'notice')::int as notice, count(*) filter (where r.level = 'yellow')::int as yellow,
        count(*) filter (where r.level = 'red')::int as red, count(*) filter (where r.due_at is null)::int as "noLimit"
      from evaluation.run r where ${open} ${unit}`);
    const feeds = await db.rows<{ app: string; heard_at: Date; throttled_since: Date | null; open: number }>(sql`
      select f.app, f.heard_at, f.throttled_since, evaluation.open_steps(f.app) as open from evaluation.feed f order by f.app`);
    const blindAfterMs = await blindAfter(db, now);
    return {
      asOf: now.toISOString(),
      counts,
      feeds: feeds.map(({ app, heard_at, throttled_since, open: steps }) => ({
        app,
        heardAt: heard_at.toISOString(),
        open: steps,
        state: hearingOf({ heardAt: heard_at, open: steps, throttled: throttled_since !== null, now, blindAfterMs }),
      })),
      steps: rows.slice(0, PAGE).map((row) => ({
        app: row.app,
        caseNo: row.case_no,
        item: row.item,
        step: row.step,
        unit: row.unit,
        state: row.state,
        level: row.level,
        startedAt: row.started_at?.toISOString() ?? null,
        dueAt: row.due_at?.toISOString() ?? null,
        workingDaysLeft: row.due_at && workingDaysLeft({ now, dueAt: row.due_at, calendar }),
        provisional: row.provisional,
        stops: row.stops,
      })),
      more: rows.length > PAGE,
    };
  },
});
