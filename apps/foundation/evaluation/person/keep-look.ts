import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Opening the same list again within this time is one look; a try that was refused is always kept. Ours, no law's. */
const ONE_LOOK = '1 hour';

/** Keeps that somebody looked, or tried to look, at what concerns a person (监察留痕): that person reads it on the own page. */
export async function keepLook(
  db: Db,
  look: { of: string; by: Actor; what: 'page' | 'appeal'; refused: boolean },
): Promise<void> {
  const { of, by, what, refused } = look;
  if (of === by.account) return;
  await db.run(sql`
    insert into evaluation.look (id, of_account, by_account, by_name, by_unit, what, refused, at)
    select ${uuidv7()}::uuid, ${of}, ${by.account}, ${by.name}, ${by.unit ?? null}::text, ${what}, ${refused}::boolean, kernel.now()
    where ${refused}::boolean or not exists (select from evaluation.look where of_account = ${of} and by_account = ${by.account} and what = ${what} and not refused
      and at > kernel.now() - ${ONE_LOOK}::interval)`);
}
