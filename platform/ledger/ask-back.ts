import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

/**
 * Asks back what an order of the calling module was paid with (申请退费), in its transaction: whatever has not been asked back yet. A head of the unit
 * decides (`decide-refund.ts`). Nothing is asked where nothing was paid; asking twice changes nothing.
 */
export async function askBack(db: Db, { order, reason }: { order: string; reason: string }): Promise<void> {
  const payment = await db.first<{ id: string; left: string }>(sql`
    select id, (amount - refunding)::text as left from ledger.payment
    where fee_order = ${order}::uuid and app = ${db.module} and state = 'paid' and not surplus for update`);
  if (!payment || BigInt(payment.left) <= 0n) return;
  const id = uuidv7();
  await db.run(
    sql`update ledger.payment set refunding = refunding + ${payment.left}::bigint where id = ${payment.id}::uuid`,
  );
  await db.run(sql`
    insert into ledger.refund (id, app, payment, fee_order, no, amount, kind, reason, state, asked_by, asked_name)
    values (${id}::uuid, ${db.module}, ${payment.id}::uuid, ${order}::uuid, ${id.replaceAll('-', '')}, ${payment.left}::bigint, 'asked', ${reason}, 'requested',
      ${db.actor.account}, ${db.actor.name})`);
}
