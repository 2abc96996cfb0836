import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db, Row } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type OrderBody, OrderKindSchema } from './order-body.ts';

export const OrderState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
  Type.Literal('applied'),
  Type.Literal('failed'),
]);
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** A transfer order (调令) as it is shown. */
export const OrderSchema = Type.Object({
  id: Type.String(),
  no: Type.String(),
  kind: OrderKindSchema,
  body: Type.Unknown(),
  /** What it is about in a few words: the person, or the unit. */
  about: Type.String(),
  reason: Type.String(),
  effectiveAt: Type.String(),
  state: OrderState,
  draftedBy: Type.String(),
  draftedAt: Type.String(),
  reviewedBy: Nullable(Type.String()),
  reviewedAt: Nullable(Type.String()),
  reviewNote: Nullable(Type.String()),
  appliedAt: Nullable(Type.String()),
  failedWhy: Nullable(Type.String()),
  /** The caller may review it. */
  mayReview: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
});

export type OrderRow = Row & {
  id: string;
  no: string;
  kind: OrderBody['kind'];
  body: OrderBody;
  about: string;
  reason: string;
  effective_at: Date;
  review_units: string[];
  concerns: string[];
  state: Static<typeof OrderState>;
  drafted_by: string;
  drafted_holder: string;
  drafted_name: string;
  drafted_at: Date;
  reviewed_name: string | null;
  reviewed_at: Date | null;
  review_note: string | null;
  applied_at: Date | null;
  failed_why: string | null;
};

/** Read as what the caller may see: row security shows a head the orders of the own unit only. */
export const ORDERS = sql`(select o.*, coalesce(
    (select name from identity.account where account = o.body ->> 'account'),
    (select name from identity.unit where code = o.body ->> 'unit'),
    (select string_agg(name, '、' order by position) from identity.unit where code in (select jsonb_array_elements_text(o.body -> 'units'))),
    o.body ->> 'account', '') as about from identity.transfer_order o)`;

/** The person behind an account, as the rules of two persons see them. */
export async function holderOf(db: Db, account: string): Promise<string> {
  const found = await db.first<{ holder: string }>(
    sql`select coalesce(person_hash, account) as holder from identity.account where account = ${account}`,
  );
  return found?.holder ?? account;
}

export function isParty(options: { order: OrderRow; account: string; holder: string }): boolean {
  const { order, account, holder } = options;
  return order.drafted_by === account || order.drafted_holder === holder || order.concerns.includes(account);
}

export function shownOrder(options: { order: OrderRow; actor: Actor; holder: string }) {
  const { order, actor, holder } = options;
  const reviews = actor.post === 'staffing-officer' || order.review_units.includes(actor.unit ?? '');
  return {
    id: order.id,
    no: order.no,
    kind: order.kind,
    body: order.body,
    about: order.about,
    reason: order.reason,
    effectiveAt: order.effective_at.toISOString(),
    state: order.state,
    draftedBy: order.drafted_name,
    draftedAt: order.drafted_at.toISOString(),
    reviewedBy: order.reviewed_name,
    reviewedAt: order.reviewed_at?.toISOString() ?? null,
    reviewNote: order.review_note,
    appliedAt: order.applied_at?.toISOString() ?? null,
    failedWhy: order.failed_why,
    mayReview: order.state === 'waiting' && reviews && !isParty({ order, account: actor.account, holder }),
    mayWithdraw: actor.post === 'staffing-officer' && (order.state === 'waiting' || order.state === 'approved'),
  };
}
