import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readFamilies, readWindows } from './centre-record.ts';
import { readWaiting } from './ticket-record.ts';

export const BoardSchema = Type.Object({
  centre: Type.String(),
  calls: Type.Array(
    Type.Object({
      number: Type.String(),
      window: Type.Union([Type.Integer(), Type.Null()]),
      state: Type.String({ description: 'called, serving or passed' }),
      at: Type.String({ format: 'date-time' }),
      calls: Type.Integer({ description: 'how often it was called; more than before = called again' }),
    }),
  ),
  lines: Type.Array(
    Type.Object({
      family: Type.String(),
      title: Type.Object({ zh: Type.String(), en: Type.String() }),
      waiting: Type.Integer(),
    }),
  ),
});

/** What a hall shows of its lines (大厅显示屏): numbers and windows, no name. */
export type Board = {
  centre: string;
  calls: { number: string; window: number | null; state: string; at: string; calls: number }[];
  lines: { family: string; title: { zh: string; en: string }; waiting: number }[];
};

export async function readBoard(db: Db, of: { centre: string; now: Date }): Promise<Board> {
  const { centre, now } = of;
  const [calls, waiting, families, windows] = await Promise.all([
    db.rows<{ number: string; window: number | null; state: string; at: Date; calls: number }>(sql`
      select number, at_window as window, state, called_at as at, calls from service_hall.called(${centre}, ${shanghaiDate(now)}::date)`),
    readWaiting(db, of),
    readFamilies(db),
    readWindows(db, centre),
  ]);
  return {
    centre,
    calls: calls.map((call) => ({ ...call, at: call.at.toISOString() })),
    lines: families
      .filter(({ code }) => windows.some((window) => window.families.includes(code)))
      .map(({ code, title }) => ({
        family: code,
        title,
        waiting: waiting.filter(({ family }) => family === code).length,
      })),
  };
}
