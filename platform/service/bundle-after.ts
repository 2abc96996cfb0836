import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { planFault } from './case-plan.ts';

/**
 * Declares which items of a bundle wait for which (前置关系), in place of what was declared. Throws RangeError where it would go round in a
 * circle: nobody could ever begin.
 */
export async function declareAfter(
  db: Db,
  options: { bundle: string; after: readonly { item: string; before: string }[] },
): Promise<void> {
  const { bundle, after } = options;
  const ids = [...new Set(after.flatMap(({ item, before }) => [item, before]))];
  const fault = planFault(
    ids.map((id) => ({ id, after: after.filter(({ item }) => item === id).map(({ before }) => before) })),
  );
  if (fault) throw new RangeError(`bundle ${bundle}: ${JSON.stringify(fault)}`);
  await db.run(sql`delete from service.bundle_after where bundle = ${bundle}`);
  await db.run(sql`
    insert into service.bundle_after (bundle, item, before)
    select ${bundle}, a.item, a.before from unnest(${after.map(({ item }) => item)}::text[], ${after.map(({ before }) => before)}::text[]) as a(item, before)`);
}
