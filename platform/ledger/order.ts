import { randomInt } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { Fen } from '#platform/kernel/money.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { OrderNotOpen } from './fee-errors.ts';

/** Who pays: a resident by pid, or an enterprise by credit code. */
export type Payer = { person: string } | { entity: string };

/** A charge (收费): what for, how much, and on what it rests. */
export type OrderLine = { item: string; title: Text; amount: Fen; basis: string };

export type OrderState = 'open' | 'paid' | 'cancelled' | 'expired';

/** Largest order, in fen: below the whole numbers that JSON carries exactly. */
const LARGEST: Fen = 10n ** 13n;

/**
 * Makes a payment order (缴费单) of the calling module, in its transaction. The module names `ledger` in `uses`; events
 * `ledger.order.paid`, `.refunded`, `.cancelled` and `.expired` say what becomes of it. The same key gives the same order.
 */
export async function createOrder(
  db: Db,
  order: {
    /** Id of the module's row that it belongs to. */
    subject: string;
    /** Unique in the module; the subject if absent. */
    key?: string;
    unit: string;
    title: Text;
    payer: Payer;
    lines: readonly OrderLine[];
    expiresAt: Date;
  },
): Promise<{ id: string; no: string; total: Fen }> {
  const total = order.lines.reduce((sum, { amount }) => sum + amount, 0n);
  if (order.lines.some(({ amount }) => amount <= 0n) || total <= 0n || total > LARGEST)
    throw InvalidInput.with({
      fields: [{ pointer: '/lines', rule: 'range', message: { zh: '金额须大于零', en: 'amounts must be above zero' } }],
    });
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const id = uuidv7();
  const person = 'person' in order.payer ? order.payer.person : null;
  const entity = 'entity' in order.payer ? order.payer.entity : null;
  const key = order.key ?? order.subject;
  const made = await db.run(sql`
    insert into ledger.fee_order (id, app, no, key, subject, unit, title, payer_person, payer_entity, total, state, expires_at, created_by)
    values (${id}::uuid, ${db.module}, ${orderNumber(now)}, ${key}, ${order.subject}, ${order.unit}, ${json(order.title)}::text::jsonb, ${person}::uuid, ${entity}::text,
      ${String(total)}::bigint, 'open', ${order.expiresAt}::timestamptz, ${db.actor.account})
    on conflict (app, key) do nothing`);
  if (made > 0)
    for (const [at, { item, title, amount, basis }] of order.lines.entries())
      await db.run(sql`
        insert into ledger.fee_line (fee_order, app, no, item, title, amount, basis)
        values (${id}::uuid, ${db.module}, ${at + 1}::int, ${item}, ${json(title)}::text::jsonb, ${String(amount)}::bigint, ${basis})`);
  const kept = await db.one<{ id: string; no: string; total: string }>(
    sql`select id, no, total::text as total from ledger.fee_order where app = ${db.module} and key = ${key}`,
  );
  return { ...kept, total: BigInt(kept.total) };
}

/** What people read from a screen over the telephone: the day, ten digits and a check digit (Luhn). */
function orderNumber(now: Date): string {
  const digits = `${shanghaiDate(now).replaceAll('-', '')}${String(randomInt(10 ** 10)).padStart(10, '0')}`;
  return `${digits}${luhn(digits)}`;
}

/** Check digit of ISO/IEC 7812-1 Annex B: finds every wrong digit. */
export function luhn(digits: string): number {
  const sum = [...digits].reverse().reduce((all, digit, at) => {
    const twice = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/**
 * Cancels an open order (撤销缴费单) of the calling module. Payments that are under way are closed at the provider; one that comes
 * all the same goes back by itself. Cancelling twice changes nothing; a paid order is refunded, not cancelled.
 */
export async function cancelOrder(db: Db, { order }: { order: string }): Promise<void> {
  const state = await holdOrder(db, order);
  if (state === 'cancelled') return;
  if (state !== 'open') throw OrderNotOpen.with();
  await endOrder(db, { order, state: 'cancelled' });
}

/** Ends an order that is open and held; its payments that are under way are looked at and closed. */
export async function endOrder(
  db: Db,
  { order, state }: { order: string; state: 'cancelled' | 'expired' },
): Promise<void> {
  await db.run(sql`update ledger.fee_order set state = ${state}, closed_at = kernel.now() where id = ${order}::uuid`);
  await db.run(
    sql`update ledger.payment set query_at = kernel.now() where fee_order = ${order}::uuid and state in ('asking', 'ready')`,
  );
  await db.emit({ type: `ledger.order.${state}`, subject: order, data: await idsOf(db, order) });
}

/** State of an order, which nobody else changes until the transaction ends. */
export async function holdOrder(db: Db, order: string): Promise<OrderState> {
  const found = await db.first<{ state: OrderState }>(
    sql`select state from ledger.fee_order where id = ${order}::uuid for update`,
  );
  if (!found) throw NotFound.with();
  return found.state;
}

/** What events say of an order: ids only. */
export async function idsOf(db: Db, order: string): Promise<Record<string, string>> {
  const { app, subject } = await db.one<{ app: string; subject: string }>(
    sql`select app, subject from ledger.fee_order where id = ${order}::uuid`,
  );
  return { order, app, subject };
}
