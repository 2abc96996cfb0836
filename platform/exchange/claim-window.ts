import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';

/** Claims of a batch with `after < id ≤ to`. */
export type ClaimWindow = { after: number; to: number };

/**
 * The claims of a window, as a table to select from. `offset 0` keeps the batch out of the range: of a batch that has just landed the
 * planner knows nothing, and would go through the numbers of all its rows for every window.
 */
export function claimsIn(window: ClaimWindow, batch: string): Sql {
  return sql`(
    select w.* from (select * from exchange.claim where id > ${window.after}::bigint and id <= ${window.to}::bigint offset 0) w
    where w.batch = ${batch}::uuid)`;
}

/**
 * The next claims of a batch behind `after`, as a range of at most `size` numbers that ends with one of them: a row that is corrected
 * later gets the next free number. Undefined where there are none.
 */
export async function windowAfter(
  db: Db,
  options: { batch: string; after: number; size: number },
): Promise<ClaimWindow | undefined> {
  const { batch, after, size } = options;
  const within = (from: number) =>
    db.one<{ to: number | null }>(
      sql`select max(c.id) as "to" from ${claimsIn({ after: from, to: from + size }, batch)} c`,
    );
  if (after > 0) {
    const { to } = await within(after);
    if (to !== null) return { after, to };
  }
  // The first of all, or one behind numbers that belong to others; looked for among the batch's own rows, which may be few of many.
  const next = await db.one<{ id: number | null }>(sql`
    select min(w.id) as id from (select id from exchange.claim where batch = ${batch}::uuid offset 0) w where w.id > ${after}::bigint`);
  if (next.id === null) return undefined;
  const from = next.id - 1;
  const { to } = await within(from);
  return { after: from, to: to ?? next.id };
}
