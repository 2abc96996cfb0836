import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AMBER, type Unit } from '#platform/calendar/working-days.ts';
import type { Run } from './fold-run.ts';
import type { Limit } from './time-used.ts';

const DAY_MS = 86_400_000;

type ClockRow = {
  id: string;
  app: string;
  amount: number;
  unit: Unit;
  started_at: Date;
  due_at: Date;
  amber_at: Date;
  provisional: boolean;
  state: 'running' | 'stopped' | 'ended';
  ended_at: Date | null;
  stops: { reason: string; from: string; to: string | null }[];
};
export type Timed = Limit & { state: ClockRow['state']; endedAt: Date | null };

/** The clocks of some steps: times only, whoever's they are (`calendar.times_of`). */
export async function clocksOf(db: Db, ids: readonly string[]): Promise<Map<string, Timed>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows<ClockRow>(sql`select * from calendar.times_of(${[...new Set(ids)]}::uuid[])`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        startedAt: row.started_at,
        dueAt: row.due_at,
        amberAt: row.amber_at,
        unit: row.unit,
        amount: row.amount,
        provisional: row.provisional,
        pauses: row.stops.map(({ from, to }) => ({ from: new Date(from), to: to === null ? null : new Date(to) })),
        state: row.state,
        endedAt: row.ended_at,
      },
    ]),
  );
}

/**
 * The limit of a step that has no clock but an end (`due`) in its events. It moves by the time for which the step stood still; while it
 * does, nothing is used.
 */
export function limitOfEvents(run: Run): Limit | undefined {
  if (run.due === null || run.startedAt === null || run.due <= run.startedAt) return undefined;
  const stood = run.pauses.reduce((sum, { from, to }) => sum + (to === null ? 0 : to.getTime() - from.getTime()), 0);
  const allowed = run.due.getTime() - run.startedAt.getTime();
  const dueAt = new Date(run.due.getTime() + stood);
  return {
    startedAt: run.startedAt,
    dueAt,
    amberAt: new Date(dueAt.getTime() - allowed * (1 - AMBER.parts / AMBER.of)),
    unit: 'hour',
    amount: allowed / (DAY_MS / 24),
    provisional: false,
    pauses: run.pauses,
  };
}
