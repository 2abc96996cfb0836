import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { LevelSchema } from '../signal-view.ts';

/** The time in which an appeal is decided. It never stands still: the office holds all that it needs. */
export const appealClock: ClockKind = {
  id: 'evaluation.appeal',
  title: { zh: '答复监察申诉', en: 'Decide on an appeal' },
  basis: 'evaluation.appeal.decide',
  stops: [],
  step: 'appeal',
};

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Moment = Type.String({ format: 'date-time' });

export const AppealSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  signal: Type.String({ format: 'uuid' }),
  level: LevelSchema,
  rule: Type.String(),
  app: Type.String(),
  caseNo: Type.String(),
  step: Type.String(),
  unit: Type.String(),
  holdsFrom: Moment,
  ground: Type.String(),
  document: Type.String({ format: 'uuid' }),
  filedName: Type.String(),
  filedAt: Moment,
  clock: ClockSchema,
  state: Type.Union([Type.Literal('open'), Type.Literal('upheld'), Type.Literal('refused')]),
  opinion: Nullable(Type.String()),
  decidedName: Nullable(Type.String()),
  decidedAt: Nullable(Moment),
});
export type AppealView = Static<typeof AppealSchema>;

type Row = Omit<AppealView, 'holdsFrom' | 'filedAt' | 'decidedAt' | 'clock'> & {
  holdsFrom: Date;
  filedAt: Date;
  decidedAt: Date | null;
  clock: string;
};

/** Appeals that the caller may see, the open ones first. */
export async function readAppeals(db: Db, where: Sql, now: Date): Promise<AppealView[]> {
  const rows = await db.rows<Row>(sql`
    select a.id, a.signal, s.level, s.rule, s.app, s.case_no as "caseNo", s.step, s.unit, s.holds_from as "holdsFrom", a.ground, a.document, a.filed_name as "filedName",
      a.filed_at as "filedAt", a.clock, a.state, a.opinion, a.decided_name as "decidedName", a.decided_at as "decidedAt"
    from evaluation.appeal a join evaluation.signal s on s.id = a.signal where ${where} order by a.state <> 'open', a.filed_at desc, a.id limit 200`);
  const clocks = new Map((await clocksWhere(db, { ids: rows.map(({ clock }) => clock) })).map((c) => [c.id, c]));
  const { calendar } = await readCalendar(db);
  return rows.map((row) => {
    const clock = clocks.get(row.clock);
    if (!clock) throw new Error(`appeal ${row.id} has no clock`);
    return {
      ...row,
      holdsFrom: row.holdsFrom.toISOString(),
      filedAt: row.filedAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      clock: clockView({ clock, kind: appealClock, now, calendar }),
    };
  });
}
