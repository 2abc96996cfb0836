import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

/** How much of a line is taken back: all of it, or what is still there. What was spent meanwhile is not asked back. */
export const backOf = (of: { earned: number; held: number }): number => Math.max(0, Math.min(of.earned, of.held));

/**
 * Takes the points of a report back (积分冲回) once its case was refused, cancelled or withdrawn: by a line of its own on the day of the first one, with the words that
 * the reporter was told; the first line stays as it is. Once, whatever comes twice; nothing where it had earned nothing. Shares of others in the case stay as they are.
 */
export async function takeBack(options: {
  db: Db;
  now: Date;
  report: string;
  person: string;
  why: string | null;
}): Promise<void> {
  const { db, now, report, person } = options;
  // The same lock as for crediting and spending: nobody spends what is being taken.
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${person}, 70))`);
  const line = await db.first<{ id: string; amount: number; day: string }>(sql`
    select id, amount, day::text as day from grid.points
    where cause = ${`report:${report}`} and person = ${person}::uuid and amount > 0 and not exists (select 1 from grid.points r where r.cause = ${`reversal:${report}`})`);
  if (!line) return;
  const held = await db.first<{ amount: number }>(
    sql`select amount from grid.points_balance where person = ${person}::uuid`,
  );
  const back = backOf({ earned: line.amount, held: held?.amount ?? 0 });
  await db.run(sql`
    insert into grid.points (id, person, kind, amount, cause, day, at, of_line, note)
    values (${uuidv7()}::uuid, ${person}::uuid, 'reversal', ${-back}::int, ${`reversal:${report}`}, ${line.day}::date, ${now}::timestamptz, ${line.id}::uuid, ${options.why}::text)
    on conflict (cause) do nothing`);
}
