import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../actor-cache.ts';
import { OrderClosed, OrderNotPossible, ReviewerMustBeAnother } from './order-errors.ts';
import { holderOf, isParty, ORDERS, type OrderRow, OrderSchema, shownOrder } from './order-record.ts';
import { planOrder, readFacts } from './plan-order.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const NONE = { id: '00000000-0000-7000-8000-000000000000' };

/** Locks an order that the caller may see, so that two reviewers decide one after the other. */
async function lockOrder(db: Db, id: string): Promise<OrderRow> {
  const locked = await db.first(sql`select 1 as found from identity.transfer_order where id = ${id}::uuid for update`);
  if (!locked) throw NotFound.with();
  return db.one<OrderRow>(sql`select * from ${ORDERS} o where id = ${id}::uuid`);
}

/** The person concerned may have another account than the one that the order names. */
async function isConcerned(db: Db, order: OrderRow, holder: string): Promise<boolean> {
  const found = await db.first(sql`select 1 as found from identity.account
    where account = any(${order.concerns}::text[]) and coalesce(person_hash, account) = ${holder}`);
  return found !== undefined;
}

/**
 * Reviews an order (审核): approved, it is carried out at its time, at once when that has come; refused, it stays without effect.
 * The reviewer is neither the one who drafted it nor the one concerned; the database refuses the same.
 */
export const reviewOrder = route({
  method: 'POST',
  path: '/api/identity/orders/:id/review',
  summary: { zh: '审核调令', en: 'Review an order' },
  allow: 'identity.order.review',
  repeatable: true,
  params: Id,
  body: Type.Object(
    {
      decision: Type.Union([Type.Literal('approve'), Type.Literal('refuse')]),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  reply: OrderSchema,
  errors: [NotFound, OrderClosed, OrderNotPossible, ReviewerMustBeAnother],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:order' }, body: { decision: 'refuse', note: '样例' } },
    foreign: { as: 'unit-head', params: NONE, body: { decision: 'refuse' } },
  },
  handler: async ({ db, actor, services, params, body, clock }) => {
    const now = clock.now();
    const order = await lockOrder(db, params.id);
    if (order.state !== 'waiting') throw OrderClosed.with({ extra: { state: order.state } });
    const holder = await holderOf(db, actor.account);
    if (isParty({ order, account: actor.account, holder }) || (await isConcerned(db, order, holder)))
      throw ReviewerMustBeAnother.with();
    if (body.decision === 'approve') {
      const at = order.effective_at < now ? now : order.effective_at;
      const plan = planOrder(order.body, await readFacts({ db, body: order.body, at }));
      if (plan.faults.length > 0) throw OrderNotPossible.with({ fields: plan.faults });
    }
    const state = body.decision === 'approve' ? 'approved' : 'refused';
    await db.run(sql`update identity.transfer_order set state = ${state}, reviewed_by = ${actor.account}, reviewed_holder = ${holder},
      reviewed_name = ${actor.name}, reviewed_at = ${now}::timestamptz, review_note = ${body.note ?? null}::text where id = ${order.id}::uuid`);
    if (state === 'approved')
      await db.enqueue({
        name: 'apply-orders',
        payload: { order: order.id },
        at: order.effective_at > now ? order.effective_at : undefined,
        key: order.id,
      });
    // Whoever asks next finds that it is due, and is answered by what then holds.
    if (state === 'approved') forgetSessions(services);
    await db.emit({ type: `identity.transfer.${state}`, subject: order.id });
    const after = await db.one<OrderRow>(sql`select * from ${ORDERS} o where id = ${order.id}::uuid`);
    return shownOrder({ order: after, actor, holder });
  },
});

/** Takes an order back before it is carried out (撤回). */
export const withdrawOrder = route({
  method: 'POST',
  path: '/api/identity/orders/:id/withdraw',
  summary: { zh: '撤回调令', en: 'Withdraw an order' },
  allow: 'identity.order.draft',
  repeatable: true,
  params: Id,
  reply: OrderSchema,
  errors: [NotFound, OrderClosed],
  examples: {
    own: { as: 'staffing-officer', params: { id: 'fixture:order-to-withdraw' } },
    foreign: { as: 'staffing-officer', params: NONE },
  },
  handler: async ({ db, actor, params, clock }) => {
    const order = await lockOrder(db, params.id);
    if (order.state !== 'waiting' && order.state !== 'approved')
      throw OrderClosed.with({ extra: { state: order.state } });
    await db.run(
      sql`update identity.transfer_order set state = 'withdrawn', withdrawn_at = ${clock.now()}::timestamptz where id = ${order.id}::uuid`,
    );
    await db.emit({ type: 'identity.transfer.withdrawn', subject: order.id });
    const after = await db.one<OrderRow>(sql`select * from ${ORDERS} o where id = ${order.id}::uuid`);
    return shownOrder({ order: after, actor, holder: await holderOf(db, actor.account) });
  },
});
