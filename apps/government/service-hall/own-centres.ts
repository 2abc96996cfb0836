import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

/** A centre of others is answered like one that does not exist. */
export async function assertMine(db: Db, centre: string): Promise<void> {
  const { mine } = await db.one<{ mine: boolean }>(sql`select ${centre} = any (service_hall.my_centres()) as mine`);
  if (!mine) throw NotFound.with();
}
