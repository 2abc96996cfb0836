import type { Db } from '#platform/kernel/db.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import type { Unit } from '../organisation.ts';

/** The version of each unit that held at a moment, as a table expression. */
export const unitsAt = (at: Date): Sql =>
  sql`(select unit as code, kind, parent, area, name, name_en from identity.unit_version
    where valid_from <= ${at}::timestamptz and (valid_to is null or valid_to > ${at}::timestamptz))`;

/** The unit (单位) as it was at a moment: a record of last year names it as it was called last year. Undefined while there was none. */
export async function unitAt(options: { db: Db; code: string; at: Date }): Promise<Unit | undefined> {
  const { db, code, at } = options;
  return db.first<Unit>(
    sql`select code, kind, parent, area, name, name_en as "nameEn" from ${unitsAt(at)} u where code = ${code}`,
  );
}

/**
 * The units that do today what a unit did (承接单位): itself while it stands, else its successors, and theirs. Empty when it was
 * abolished without one.
 */
export async function successorsOf(options: { db: Db; code: string }): Promise<string[]> {
  const { db, code } = options;
  const rows = await db.rows<{ code: string }>(sql`
    with recursive later(code) as (
      select ${code}::text collate "C" union select s.successor from identity.unit_successor s join later l on s.unit = l.code)
    select u.code from later join identity.unit u using (code) where u.valid_to is null order by u.position`);
  return rows.map((row) => row.code);
}
