import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { LineSchema, OrderSchema, PaymentSchema, RefundSchema, TextSchema } from './fee-view.ts';
import { paymentChannel } from './payment-channel.ts';
import { linesOf, ordersWhere, paymentsOf, refundsOf } from './read-order.ts';

/** An order as the payer sees it (缴费单): what for, on what basis, how it stands; the page asks for it while a payment is under way. */
export const showOrder = route({
  method: 'GET',
  path: '/api/ledger/orders/:id',
  summary: { zh: '查看缴费单', en: 'Read a payment order' },
  allow: 'ledger.order.pay',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    ...OrderSchema.properties,
    lines: Type.Array(LineSchema),
    payments: Type.Array(PaymentSchema),
    refunds: Type.Array(RefundSchema),
    channels: Type.Array(Type.Object({ id: Type.String(), title: TextSchema })),
    sample: Type.Boolean(),
  }),
  errors: [NotFound],
  self: true,
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:fee-order' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-fee-order' } },
  },
  handler: async ({ db, params: { id }, services }) => {
    const [order] = await ordersWhere(db, sql`id = ${id}::uuid`, 1);
    if (!order) throw NotFound.with();
    const channels = services.registry
      .provided(paymentChannel)
      .map(({ value }) => ({ id: value.id, title: value.title }));
    return {
      ...order,
      lines: await linesOf(db, id),
      payments: await paymentsOf(db, [id]),
      refunds: await refundsOf(db, id),
      channels,
      sample: services.config.sample,
    };
  },
});

/** The payer's own orders (我的缴费). */
export const listOwnOrders = route({
  method: 'GET',
  path: '/api/ledger/orders',
  summary: { zh: '我的缴费单', en: 'My payment orders' },
  allow: 'ledger.order.pay',
  reply: Type.Object({ orders: Type.Array(OrderSchema) }),
  self: true,
  examples: { own: { as: 'citizen' } },
  handler: async ({ db }) => ({ orders: await ordersWhere(db, sql`true`, 100) }),
});
