import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openDifference } from './difference.ts';
import { partsLeft, takeFrom, TO_PAYER, TO_TREASURY, UNDER_WAY } from './fee-accounts.ts';
import { holdOrder, idsOf } from './order.ts';
import type { ProviderRefund } from './payment-channel.ts';
import { post } from './post.ts';

type RefundRow = {
  app: string;
  no: string;
  amount: string;
  state: string;
  payment: string;
  channel: string;
  journal: string;
  surplus: boolean;
  unit: string;
};

/**
 * Books what the provider says of a refund (退费入账): a red-letter journal that names the payment's, in one transaction with refund, payment
 * and order. Said again it changes nothing. One that failed or is stuck becomes a difference for a person.
 */
export async function bookRefund(
  db: Db,
  { refund: id, said }: { refund: string; said: ProviderRefund },
): Promise<'booked' | 'known' | 'waits' | 'differs'> {
  const { order } = await db.one<{ order: string }>(
    sql`select fee_order as order from ledger.refund where id = ${id}::uuid`,
  );
  await holdOrder(db, order);
  const refund = await db.one<RefundRow>(sql`
    select r.app, r.no, r.amount::text as amount, r.state, r.payment, p.channel, p.journal, p.surplus, o.unit
    from ledger.refund r join ledger.payment p on p.id = r.payment join ledger.fee_order o on o.id = r.fee_order where r.id = ${id}::uuid for update of p, r`);
  if (refund.state !== 'approved') return 'known';
  const amount = BigInt(refund.amount);
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const differs = async (kind: 'amount' | 'state', theirs?: bigint): Promise<'differs'> => {
    const day = shanghaiDate(said.state === 'refunded' ? said.at : now);
    const { channel, no: number, unit } = refund;
    await openDifference(db, { channel, day, kind, subject: 'refund', number, unit, order, ours: amount, theirs });
    return 'differs';
  };
  if (said.state === 'absent' || said.state === 'under-way') return 'waits';
  if (said.state === 'stuck') {
    await db.run(sql`update ledger.refund set problem = 'STUCK' where id = ${id}::uuid`);
    return differs('state');
  }
  if (said.state === 'failed') {
    await db.run(
      sql`update ledger.refund set state = 'failed', query_at = null, problem = 'CLOSED' where id = ${id}::uuid`,
    );
    await db.run(
      sql`update ledger.payment set refunding = refunding - ${refund.amount}::bigint where id = ${refund.payment}::uuid`,
    );
    return differs('state');
  }
  if (said.amount !== amount) {
    await db.run(sql`update ledger.refund set query_at = null, problem = 'AMOUNT_DIFFERS' where id = ${id}::uuid`);
    return differs('amount', said.amount);
  }
  const journal = await post(db, {
    app: refund.app,
    unit: refund.unit,
    event: `refund:${refund.no}`,
    text: '退费（红字冲销）',
    reverses: refund.journal,
    entries: takeFrom(await partsLeft(db, refund.journal), amount).flatMap(({ control, fen }) => [
      { account: UNDER_WAY, control, debit: -fen },
      { account: refund.surplus ? TO_PAYER : TO_TREASURY, control, credit: -fen },
    ]),
  });
  await db.run(sql`
    update ledger.refund set state = 'refunded', provider_refund = ${said.reference}, provider_at = ${said.at}::timestamptz, refunded_at = kernel.now(),
      journal = ${journal.id}::uuid, query_at = null, problem = null where id = ${id}::uuid`);
  await db.run(
    sql`update ledger.payment set refunded = refunded + ${refund.amount}::bigint where id = ${refund.payment}::uuid`,
  );
  // Surplus money never was the order's.
  if (!refund.surplus)
    await db.run(
      sql`update ledger.fee_order set refunded = refunded + ${refund.amount}::bigint where id = ${order}::uuid`,
    );
  await db.emit({
    type: 'ledger.order.refunded',
    subject: order,
    data: { ...(await idsOf(db, order)), refund: id, payment: refund.payment },
  });
  return 'booked';
}
