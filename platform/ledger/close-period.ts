import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/**
 * Closes the books of a unit for a month (结账), of the calling module. It waits for bookings that are under way; whoever books
 * into the month after it is refused with PERIOD_CLOSED. Closing twice changes nothing; nothing opens a month again.
 */
export async function closePeriod(db: Db, { unit, month }: { unit: string; month: string }): Promise<void> {
  await db.run(sql`
    insert into ledger.period (app, unit, month, closed_by) values (${db.module}, ${unit}, ${month}, ${db.actor.account}) on conflict do nothing`);
}
