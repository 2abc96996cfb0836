import type { Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endOrder } from './order.ts';

const BATCH = 200;

/**
 * Ends orders whose time is over (缴费单失效). One with a payment under way waits until that is settled: what was paid in time counts,
 * even if its notice was lost.
 */
export async function expireOrders({ database }: Pick<Services, 'database'>, actor: Actor): Promise<number> {
  return database.tx({ module: 'ledger', actor }, async (db) => {
    const due = await db.rows<{ id: string }>(sql`
      select id from ledger.fee_order o where state = 'open' and expires_at <= kernel.now()
        and not exists (select from ledger.payment p where p.fee_order = o.id and p.state in ('asking', 'ready'))
      order by expires_at limit ${BATCH}::int for update skip locked`);
    for (const { id } of due) await endOrder(db, { order: id, state: 'expired' });
    return due.length;
  });
}
