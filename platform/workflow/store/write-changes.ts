import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Change } from './change.ts';

/**
 * Writes changes in one call. Under an app's role row security holds for every row; the module itself writes for others (the
 * task that follows is another unit's) and therefore through a function of its owner.
 */
export function writeChanges(db: Db, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  const text = json(changes);
  // Nobody waits for it: what comes next in the transaction, at last the commit, comes after it and fails with it.
  db.last(
    db.module === 'workflow'
      ? sql`select workflow.apply_for_person(${text}::text::jsonb)`
      : sql`select workflow.apply(${text}::text::jsonb)`,
  );
}
