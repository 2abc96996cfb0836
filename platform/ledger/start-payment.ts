import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ChannelAbsent, OrderNotOpen } from './fee-errors.ts';
import { openChannel } from './payment-channel.ts';

/** How long a code can be paid. */
const CODE_MINUTES = 30;

/**
 * Begins to pay an order (发起支付): makes the payment and queues the question to the provider; the page asks for the order until the code is
 * there. While a payment over the channel is under way it is that one again: a double click makes no second.
 */
export const startPayment = route({
  method: 'POST',
  path: '/api/ledger/orders/:id/payments',
  summary: { zh: '发起支付', en: 'Begin to pay an order' },
  allow: 'ledger.order.pay',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ channel: Type.String({ pattern: '^[a-z0-9-]{2,30}$' }) }, { additionalProperties: false }),
  status: 202,
  reply: Type.Object({ payment: Type.String({ format: 'uuid' }), state: Type.String() }),
  errors: [NotFound, OrderNotOpen, ChannelAbsent],
  self: true,
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:fee-order' }, body: { channel: 'wechat' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-fee-order' }, body: { channel: 'wechat' } },
  },
  // The account may lie in a file.
  prepare: async ({ services, body }) => (await openChannel(services, body.channel)) !== undefined,
  handler: async ({ db, params, body, prepared: open }) => {
    const order = await db.first<{ app: string; total: string; payable: boolean }>(sql`
      select app, total::text as total, state = 'open' and expires_at > kernel.now() as payable from ledger.fee_order where id = ${params.id}::uuid for update`);
    if (!order) throw NotFound.with();
    if (!order.payable) throw OrderNotOpen.with();
    if (!open) throw ChannelAbsent.with();
    const live = await db.first<{ id: string; state: string }>(sql`
      select id, state from ledger.payment where fee_order = ${params.id}::uuid and channel = ${body.channel} and state in ('asking', 'ready') and expires_at > kernel.now()
      order by created_at desc limit 1`);
    if (live) return { payment: live.id, state: live.state };
    const id = uuidv7();
    await db.run(sql`
      insert into ledger.payment (id, app, fee_order, channel, no, amount, state, expires_at, query_at)
      select ${id}::uuid, app, id, ${body.channel}, ${id.replaceAll('-', '')}, total, 'asking',
        least(expires_at, kernel.now() + ${CODE_MINUTES}::int * interval '1 minute'), kernel.now()
      from ledger.fee_order where id = ${params.id}::uuid`);
    await db.enqueue({ name: 'payment-step', payload: { payment: id }, key: id });
    return { payment: id, state: 'asking' };
  },
});
