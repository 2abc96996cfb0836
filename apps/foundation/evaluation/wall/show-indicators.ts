import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { IN_TIME_BY_APPEAL } from '../judge/in-time.ts';
import { blindAfter, hearingOf } from '../log/blind.ts';
import { quarterOf } from '../score/score-rules.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Share = Nullable(Type.Number({ description: '百分比 / per cent' }));
const share = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);

/** Indicators of supervision (监察指标) in this quarter. Null where nothing stands behind a number. Row security leaves a unit its own. */
export const showIndicators = route({
  method: 'GET',
  path: '/api/evaluation/indicators',
  summary: { zh: '监察指标', en: 'Indicators of supervision' },
  allow: 'evaluation.wall.read',
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    quarter: Type.String(),
    onTime: Share,
    conformity: Share,
    signalsPerThousand: Nullable(Type.Number()),
    upheld: Share,
    blindHours: Type.Number(),
    handlingDays: Nullable(Type.Number({ description: '工作日 / working days' })),
    done: Type.Integer(),
    cases: Type.Integer(),
    open: Type.Object({
      running: Type.Integer(),
      notice: Type.Integer(),
      yellow: Type.Integer(),
      red: Type.Integer(),
      noLimit: Type.Integer(),
    }),
    blind: Type.Array(
      Type.Object({ app: Type.String(), heardAt: Type.String({ format: 'date-time' }), open: Type.Integer() }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    const quarter = quarterOf(shanghaiDate(now));
    const from = shanghaiMidnight(quarter.from);
    const within = sql`r.state = 'done' and r.ended_at >= ${from}::timestamptz`;
    const done = await db.one<{
      done: number;
      limited: number;
      inTime: number;
      clean: number;
      days: number | null;
    }>(sql`
      select count(*)::int as done, count(*) filter (where r.due_at is not null)::int as limited, count(*) filter (where r.due_at is not null and (r.ended_at <= r.due_at or ${IN_TIME_BY_APPEAL}))::int as "inTime",
        count(*) filter (where not exists (select from evaluation.signal s where s.app = r.app and s.run = r.run and s.state = 'standing' and s.level in ('yellow', 'red')))::int as clean,
        avg(r.actual)::float8 as days
      from evaluation.run r where ${within}`);
    const { cases, signals } = await db.one<{ cases: number; signals: number }>(sql`
      select (select count(distinct r.case_no)::int from evaluation.run r where r.state <> 'void' and coalesce(r.ended_at, ${now}::timestamptz) >= ${from}::timestamptz) as cases,
        (select count(*)::int from evaluation.signal s where s.told_at >= ${from}::timestamptz and s.state = 'standing') as signals`);
    const appeals = await db.one<{ decided: number; upheld: number }>(sql`
      select count(*) filter (where state <> 'open')::int as decided, count(*) filter (where state = 'upheld')::int as upheld from evaluation.appeal
      where decided_at >= ${from}::timestamptz`);
    const { hours } = await db.one<{ hours: number }>(sql`
      select coalesce(sum(extract(epoch from coalesce(b.until, ${now}::timestamptz) - greatest(b.since, ${from}::timestamptz))) / 3600, 0)::float8 as hours
      from evaluation.blind b where coalesce(b.until, ${now}::timestamptz) > ${from}::timestamptz`);
    const open = await db.one<Record<'running' | 'notice' | 'yellow' | 'red' | 'noLimit', number>>(sql`
      select count(*)::int as running, count(*) filter (where r.level = 'notice')::int as notice, count(*) filter (where r.level = 'yellow')::int as yellow,
        count(*) filter (where r.level = 'red')::int as red, count(*) filter (where r.due_at is null)::int as "noLimit"
      from evaluation.run r where r.state in ('running', 'stopped')`);
    const feeds = await db.rows<{ app: string; heardAt: Date; open: number }>(
      sql`select f.app, f.heard_at as "heardAt", evaluation.open_steps(f.app) as open from evaluation.feed f order by f.app`,
    );
    const blindAfterMs = await blindAfter(db, now);
    return {
      asOf: now.toISOString(),
      quarter: quarter.name,
      onTime: share(done.inTime, done.limited),
      conformity: share(done.clean, done.done),
      signalsPerThousand: cases === 0 ? null : (1_000 * signals) / cases,
      upheld: share(appeals.upheld, appeals.decided),
      blindHours: hours,
      handlingDays: done.days,
      done: done.done,
      cases,
      open,
      blind: feeds
        .filter((feed) => hearingOf({ ...feed, throttled: false, now, blindAfterMs }) === 'blind')
        .map(({ heardAt, ...feed }) => ({ ...feed, heardAt: heardAt.toISOString() })),
    };
  },
});
