import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { Fen } from '#platform/kernel/money.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openDifference } from './difference.ts';
import { TO_PAYER, TO_TREASURY, UNDER_WAY, type Part } from './fee-accounts.ts';
import { holdOrder, idsOf } from './order.ts';
import type { Trade } from './payment-channel.ts';
import { type Posting, post } from './post.ts';

/** How we came to know that a payment was made: a notice (通知), a question (查单) or the daily bill (账单). */
export type Source = 'notice' | 'query' | 'bill';

type PaymentRow = {
  app: string;
  order: string;
  channel: string;
  no: string;
  amount: string;
  state: string;
  unit: string;
};

/**
 * Books a payment that the provider says was made (支付入账): Dr 1218 Cr 2103, the order is paid, and that is told, in one transaction.
 * However often and in whatever order it is said, it is booked once. Where another payment has paid the order, or it is open no
 * more, the money belongs to the payer: Dr 1218 Cr 2307, and it goes back by itself. Another amount than ours is not booked but
 * becomes a difference.
 */
export async function bookPayment(
  db: Db,
  options: { payment: string; trade: Extract<Trade, { state: 'paid' }>; source: Source },
): Promise<'booked' | 'known' | 'differs'> {
  const { payment: id, trade, source } = options;
  const { order } = await db.one<{ order: string }>(
    sql`select fee_order as order from ledger.payment where id = ${id}::uuid`,
  );
  const orderState = await holdOrder(db, order);
  const payment = await db.one<PaymentRow>(sql`
    select p.app, p.fee_order as order, p.channel, p.no, p.amount::text as amount, p.state, o.unit
    from ledger.payment p join ledger.fee_order o on o.id = p.fee_order where p.id = ${id}::uuid for update of p`);
  if (payment.state === 'paid') return 'known';
  if (BigInt(payment.amount) !== trade.amount) {
    await openDifference(db, {
      channel: payment.channel,
      day: shanghaiDate(trade.at),
      kind: 'amount',
      subject: 'payment',
      number: payment.no,
      unit: payment.unit,
      order,
      ours: BigInt(payment.amount),
      theirs: trade.amount,
    });
    // Asked, the provider may say otherwise than its notice; what it says when asked is its last word.
    const asked = source !== 'notice';
    await db.run(sql`
      update ledger.payment set problem = 'AMOUNT_DIFFERS', query_at = case when not ${asked}::boolean then query_at end where id = ${id}::uuid`);
    return 'differs';
  }
  const surplus = orderState !== 'open';
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const year = shanghaiDate(now).slice(0, 4);
  const parts = surplus ? [{ control: { year, item: 'surplus' }, fen: trade.amount }] : await partsOf(db, order, year);
  const journal = await post(db, {
    app: payment.app,
    unit: payment.unit,
    event: `payment:${payment.no}`,
    text: surplus ? '收到重复或逾期支付款' : '收到缴费款',
    entries: parts.flatMap((part) => pair(part, surplus ? TO_PAYER : TO_TREASURY)),
  });
  await db.run(sql`
    update ledger.payment set state = 'paid', surplus = ${surplus}::boolean, transaction = ${trade.transaction}, provider_at = ${trade.at}::timestamptz,
      paid_at = kernel.now(), source = ${source}, journal = ${journal.id}::uuid, query_at = null, problem = null where id = ${id}::uuid`);
  if (surplus)
    await sendBack(db, { payment: id, order, app: payment.app, amount: trade.amount, twice: orderState === 'paid' });
  else await endPaid(db, { payment: id, order });
  return 'booked';
}

function pair({ control, fen }: Part, against: string): Posting[] {
  return [
    { account: UNDER_WAY, control, debit: fen },
    { account: against, control, credit: fen },
  ];
}

/** What an order is for: its charges, each under its own control key. */
async function partsOf(db: Db, order: string, year: string): Promise<Part[]> {
  const lines = await db.rows<{ item: string; fen: string }>(
    sql`select item, sum(amount)::text as fen from ledger.fee_line where fee_order = ${order}::uuid group by item order by item`,
  );
  return lines.map(({ item, fen }) => ({ control: { year, item }, fen: BigInt(fen) }));
}

async function endPaid(db: Db, { payment, order }: { payment: string; order: string }): Promise<void> {
  await db.run(sql`
    update ledger.fee_order set state = 'paid', payment = ${payment}::uuid, paid_at = kernel.now(), closed_at = kernel.now() where id = ${order}::uuid`);
  // What else is under way for it is looked at, and closed.
  await db.run(
    sql`update ledger.payment set query_at = kernel.now() where fee_order = ${order}::uuid and state in ('asking', 'ready')`,
  );
  await db.emit({ type: 'ledger.order.paid', subject: order, data: { ...(await idsOf(db, order)), payment } });
}

/** Money that nobody may keep needs nobody's approval to go back; the payer is told. */
async function sendBack(
  db: Db,
  options: { payment: string; order: string; app: string; amount: Fen; twice: boolean },
): Promise<void> {
  const { payment, order, app, amount, twice } = options;
  const id = uuidv7();
  await db.run(sql`
    insert into ledger.refund (id, app, payment, fee_order, no, amount, kind, reason, state, asked_by, asked_name, query_at)
    values (${id}::uuid, ${app}, ${payment}::uuid, ${order}::uuid, ${id.replaceAll('-', '')}, ${String(amount)}::bigint, 'surplus',
      ${twice ? '重复支付' : '缴费单已失效'}, 'approved', ${db.actor.account}, ${db.actor.name}, kernel.now())`);
  await db.run(sql`update ledger.payment set refunding = amount where id = ${payment}::uuid`);
  await db.emit({
    type: 'ledger.payment.surplus',
    subject: order,
    data: { ...(await idsOf(db, order)), payment, refund: id },
  });
}
