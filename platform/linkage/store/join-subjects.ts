import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { writeJournal } from './journal.ts';
import type { LinkedSpace, Move } from './linked-space.ts';

/**
 * Two subjects turn out to be one because a verified identifier says so: every record of the one belongs to the other from now on, and
 * whoever was anchored there is anchored here.
 */
export async function joinSubjects(options: {
  db: Db;
  linked: LinkedSpace;
  from: string;
  to: string;
  by: string;
}): Promise<Move[]> {
  const { db, linked, from, to, by } = options;
  const rows = await db.rows<{ record: number }>(sql`
    update linkage.member set subject = ${to}::uuid, anchor = case when anchor = ${from}::uuid then ${to}::uuid else anchor end
    where app = ${db.module} and space = ${linked.space.id} and subject = ${from}::uuid returning record`);
  const moves = rows
    .map(({ record }): Move => ({ record: Number(record), from, to }))
    .sort((a, b) => a.record - b.record);
  await writeJournal({ db, linked, moves, by });
  return moves;
}
