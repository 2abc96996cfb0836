import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { bookPayment } from './book-payment.ts';
import { bookRefund } from './book-refund.ts';
import { compareBill, type Ours } from './compare-bill.ts';
import { openDifference } from './difference.ts';
import { BANK, controlOf, UNDER_WAY } from './fee-accounts.ts';
import type { BillRow } from './payment-channel.ts';
import { type Posting, post } from './post.ts';

type Known = {
  kind: BillRow['kind'];
  id: string;
  number: string;
  amount: string;
  done: boolean;
  unit: string;
  order: string;
};

/**
 * Takes the provider's bill of a day (对账、清算): keeps it, books late what we had not heard of, opens the differences, and moves what both
 * sides agree on from the provider to the bank (Dr 1002 Cr 1218, refunds the other way). Once a day and channel, in one transaction.
 */
export async function reconcile(
  db: Db,
  options: { channel: string; day: string; rows: readonly BillRow[]; digest: string },
): Promise<'taken' | 'known'> {
  const { channel, day, rows, digest } = options;
  const fresh = await db.run(sql`
    insert into ledger.bill (channel, day, digest, rows) values (${channel}, ${day}::date, ${digest}, ${rows.length}::int) on conflict do nothing`);
  if (fresh === 0) return 'known';
  await keepRows(db, options);
  const known = await knownOf(db, options);
  const find = ({ kind, number }: Pick<BillRow, 'kind' | 'number'>): Known | undefined =>
    known.find((each) => each.kind === kind && each.number === number);
  const ours: Ours[] = known.map((each) => ({ ...each, amount: BigInt(each.amount) }));
  const { matched, late, differences } = compareBill({ rows, ours });
  for (const row of late) {
    const mine = find(row);
    if (!mine) continue;
    if (row.kind === 'payment')
      await bookPayment(db, {
        payment: mine.id,
        trade: { state: 'paid', transaction: row.reference, amount: row.amount, at: row.at },
        source: 'bill',
      });
    else
      await bookRefund(db, {
        refund: mine.id,
        said: { state: 'refunded', reference: row.reference, amount: row.amount, at: row.at },
      });
  }
  for (const difference of differences) {
    const mine = find({ kind: difference.subject, number: difference.number });
    await openDifference(db, { ...difference, channel, day, unit: mine?.unit, order: mine?.order });
  }
  await settle(db, { channel, day, ids: [...matched, ...late].flatMap((row) => find(row)?.id ?? []) });
  await db.emit({ type: 'ledger.bill.reconciled', subject: `${channel}:${day}`, data: { channel, day } });
  return 'taken';
}

async function keepRows(db: Db, options: { channel: string; day: string; rows: readonly BillRow[] }): Promise<void> {
  const rows = options.rows.map((row) => ({ ...row, amount: String(row.amount), fee: String(row.fee) }));
  await db.run(sql`
    insert into ledger.bill_row (channel, day, no, kind, number, reference, state, amount, fee, at)
    select ${options.channel}, ${options.day}::date, r.no, e->>'kind', e->>'number', e->>'reference', e->>'state', (e->>'amount')::bigint, (e->>'fee')::bigint,
      (e->>'at')::timestamptz
    from jsonb_array_elements(${json(rows)}::text::jsonb) with ordinality as r(e, no)`);
}

/** What we have under the numbers of the bill, and what we have as done on its day. */
async function knownOf(db: Db, { channel, day }: { channel: string; day: string }): Promise<Known[]> {
  return db.rows<Known>(sql`
    select 'payment' as kind, p.id, p.no as number, p.amount::text as amount, p.state = 'paid' as done, o.unit, o.id as order
    from ledger.payment p join ledger.fee_order o on o.id = p.fee_order
    where p.channel = ${channel} and p.settled_on is null and (p.no in (select number from ledger.bill_row b where b.channel = ${channel} and b.day = ${day}::date and b.kind = 'payment')
      or (p.state = 'paid' and p.provider_at >= ${day}::date::timestamp at time zone 'Asia/Shanghai' and p.provider_at < (${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'))
    union all
    select 'refund', r.id, r.no, r.amount::text, r.state = 'refunded', o.unit, o.id
    from ledger.refund r join ledger.payment p on p.id = r.payment join ledger.fee_order o on o.id = r.fee_order
    where p.channel = ${channel} and r.settled_on is null and (r.no in (select number from ledger.bill_row b where b.channel = ${channel} and b.day = ${day}::date and b.kind = 'refund')
      or (r.state = 'refunded' and r.provider_at >= ${day}::date::timestamp at time zone 'Asia/Shanghai' and r.provider_at < (${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'))`);
}

/** One journal for each book; payments and refunds stand in it on their own, so that none is netted away. */
async function settle(db: Db, options: { channel: string; day: string; ids: readonly string[] }): Promise<void> {
  const { channel, day, ids } = options;
  const lines = await db.rows<{ app: string; unit: string; control: string; red: boolean; fen: string }>(sql`
    with settled as (
      update ledger.payment set settled_on = ${day}::date where id = any (${[...ids]}::uuid[]) and state = 'paid' returning journal),
    returned as (
      update ledger.refund set settled_on = ${day}::date where id = any (${[...ids]}::uuid[]) and state = 'refunded' returning journal)
    select e.app, e.unit, e.control, e.red, abs(sum(e.fen))::text as fen from ledger.entry e
    where e.journal in (select journal from settled union all select journal from returned) and e.account = ${UNDER_WAY}
    group by e.app, e.unit, e.control, e.red order by e.app, e.unit, e.control, e.red`);
  const books = new Map<string, typeof lines>();
  for (const line of lines)
    books.set(`${line.app} ${line.unit}`, [...(books.get(`${line.app} ${line.unit}`) ?? []), line]);
  for (const book of books.values()) {
    const [first] = book;
    if (!first) continue;
    const { app, unit } = first;
    await post(db, {
      app,
      unit,
      event: `settlement:${channel}:${day}:${unit}`,
      text: `支付平台清算 ${day}`,
      entries: book.flatMap(({ control, red, fen }): Posting[] => [
        { account: red ? UNDER_WAY : BANK, control: controlOf(control), debit: BigInt(fen) },
        { account: red ? BANK : UNDER_WAY, control: controlOf(control), credit: BigInt(fen) },
      ]),
    });
  }
}
