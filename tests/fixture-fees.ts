import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { bookPayment } from '#platform/ledger/book-payment.ts';
import { createOrder } from '#platform/ledger/order.ts';

/** Orders, payments, refunds and differences that the examples of routes name: of the first citizen and street, and of others. */
export async function fixtureFees(options: {
  house: TestHouse;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { house, own, foreign } = options;
  if (!house.services.registry.modules.some(({ id }) => id === 'ledger')) return {};
  const actor = systemActor({ name: 'fixture' });
  return house.services.database.tx({ module: 'ledger', actor }, async (db) => {
    const mine = await feesOf(db, { person: own, unit: 'street-310101023' });
    const other = await feesOf(db, { person: foreign, unit: 'street-310101013' });
    return {
      ...mine,
      ...Object.fromEntries(Object.entries(other).map(([name, value]) => [`foreign-${name}`, value])),
    };
  });
}

async function feesOf(db: Db, { person, unit }: { person: string; unit: string }): Promise<Record<string, string>> {
  const order = (key: string) =>
    createOrder(db, {
      subject: `fixture-${key}-${unit}`,
      unit,
      title: { zh: '样例收费', en: 'Sample fee' },
      payer: { person },
      lines: [{ item: '103042702', title: { zh: '样例收费', en: 'Sample fee' }, amount: 8_000n, basis: '样例依据' }],
      expiresAt: new Date(Date.now() + 86_400_000),
    });
  const open = await order('open');
  const paid = await order('paid');
  const [payment, refund, difference] = [uuidv7(), uuidv7(), uuidv7()];
  const no = payment.replaceAll('-', '');
  await db.run(sql`
    insert into ledger.payment (id, app, fee_order, channel, no, amount, state, expires_at)
    values (${payment}::uuid, 'ledger', ${paid.id}::uuid, 'wechat', ${no}, 8000, 'ready', kernel.now() + interval '1 hour')`);
  const trade = { state: 'paid' as const, transaction: no, amount: 8_000n, at: new Date() };
  await bookPayment(db, { payment, trade, source: 'query' });
  await db.run(sql`update ledger.payment set refunding = 500 where id = ${payment}::uuid`);
  await db.run(sql`
    insert into ledger.refund (id, app, payment, fee_order, no, amount, kind, reason, state, asked_by, asked_name)
    values (${refund}::uuid, 'ledger', ${payment}::uuid, ${paid.id}::uuid, ${refund.replaceAll('-', '')}, 500, 'asked', '样例退费', 'requested', 'fixture', '样例经办')`);
  await db.run(sql`
    insert into ledger.difference (id, channel, day, kind, subject, number, unit, fee_order, theirs)
    values (${difference}::uuid, 'wechat', '2026-11-25', 'missing-here', 'payment', ${`x${no}`}, ${unit}, ${paid.id}::uuid, 8000)`);
  return { 'fee-order': open.id, 'fee-payment': payment, 'fee-refund': refund, 'fee-difference': difference };
}
