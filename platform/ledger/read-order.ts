import type { Static } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { LineSchema, OrderSchema, PaymentSchema, RefundSchema } from './fee-view.ts';

export type OrderView = Static<typeof OrderSchema>;
type Stored<T> = {
  [K in keyof T]: K extends 'total' | 'amount' | 'refunded' | 'refunding'
    ? string
    : T[K] extends string
      ? T[K] | Date
      : T[K];
};

/** Orders that the caller may see, the newest first. */
export async function ordersWhere(db: Db, where: Sql, limit: number): Promise<OrderView[]> {
  const rows = await db.rows<Stored<OrderView>>(sql`
    select id, no, unit, title, total::text as total, refunded::text as refunded, state, created_at as "createdAt", expires_at as "expiresAt", paid_at as "paidAt"
    from ledger.fee_order o where ${where} order by created_at desc, id limit ${limit}::int`);
  return rows.map((row) => shown<OrderView>(row));
}

export async function linesOf(db: Db, order: string): Promise<Static<typeof LineSchema>[]> {
  const rows = await db.rows<Stored<Static<typeof LineSchema>>>(
    sql`select item, title, amount::text as amount, basis from ledger.fee_line where fee_order = ${order}::uuid order by no`,
  );
  return rows.map((row) => shown<Static<typeof LineSchema>>(row));
}

/** Payments of orders, the oldest first; `order` says of which. */
export async function paymentsOf(
  db: Db,
  orders: readonly string[],
): Promise<(Static<typeof PaymentSchema> & { order: string })[]> {
  const rows = await db.rows<Stored<Static<typeof PaymentSchema>> & { order: string }>(sql`
    select id, fee_order as order, channel, amount::text as amount, state, surplus, code_url as "codeUrl", expires_at as "expiresAt", paid_at as "paidAt", transaction,
      refunding::text as refunding, refunded::text as refunded
    from ledger.payment where fee_order = any (${[...orders]}::uuid[]) order by created_at, id`);
  return rows.map((row) => shown<Static<typeof PaymentSchema> & { order: string }>(row));
}

export async function refundsOf(db: Db, order: string): Promise<Static<typeof RefundSchema>[]> {
  const rows = await db.rows<Stored<Static<typeof RefundSchema>>>(sql`
    select id, payment, amount::text as amount, kind, reason, state, asked_at as "askedAt", refunded_at as "refundedAt"
    from ledger.refund where fee_order = ${order}::uuid order by asked_at, id`);
  return rows.map((row) => shown<Static<typeof RefundSchema>>(row));
}

const MONEY = new Set(['total', 'amount', 'refunded', 'refunding', 'ours', 'theirs']);

/** A row as JSON has it: times as text, amounts as whole numbers of fen. */
export function shown<T>(row: object): T {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => {
      if (value instanceof Date) return [name, value.toISOString()];
      return [name, MONEY.has(name) && typeof value === 'string' ? Number(value) : value];
    }),
  ) as T;
}
