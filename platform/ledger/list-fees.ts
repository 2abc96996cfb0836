import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FenSchema, OrderSchema, PaymentSchema, RefundSchema } from './fee-view.ts';
import { ordersWhere, paymentsOf, shown } from './read-order.ts';

const MOST = 100;

const Refund = Type.Object({
  ...RefundSchema.properties,
  order: Type.String({ format: 'uuid' }),
  orderNo: Type.String(),
  askedName: Type.String(),
  decidedName: Type.Union([Type.String(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()]),
  problem: Type.Union([Type.String(), Type.Null()]),
  /** The caller asked for it, and so does not decide. */
  mine: Type.Boolean(),
  mayDecide: Type.Boolean(),
});
const Difference = Type.Object({
  id: Type.String({ format: 'uuid' }),
  channel: Type.String(),
  day: Type.String({ format: 'date' }),
  kind: Type.String(),
  subject: Type.String(),
  number: Type.String(),
  ours: Type.Union([FenSchema, Type.Null()]),
  theirs: Type.Union([FenSchema, Type.Null()]),
  booked: Type.Boolean(),
  state: Type.String(),
  settledName: Type.Union([Type.String(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()]),
});

/** Fees of the caller's unit (收费管理): orders, refunds and differences; what waits for a person comes first. Who paid is not shown. */
export const listFees = route({
  method: 'GET',
  path: '/api/ledger/fees',
  summary: { zh: '本单位收费、退费与对账差异', en: 'Fees, refunds and differences of the unit' },
  allow: 'ledger.fees.read',
  reply: Type.Object({
    orders: Type.Array(Type.Object({ ...OrderSchema.properties, payments: Type.Array(PaymentSchema) })),
    refunds: Type.Array(Refund),
    differences: Type.Array(Difference),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, actor }) => {
    const orders = await ordersWhere(db, sql`true`, MOST);
    const payments = await paymentsOf(
      db,
      orders.map(({ id }) => id),
    );
    const refunds = await db.rows(sql`
      select r.id, r.payment, r.fee_order as order, o.no as "orderNo", r.amount::text as amount, r.kind, r.reason, r.state, r.asked_at as "askedAt",
        r.refunded_at as "refundedAt", r.asked_name as "askedName", r.decided_name as "decidedName", r.note, r.problem, r.asked_by = ${actor.account} as mine,
        r.state = 'requested' and r.asked_by <> ${actor.account} and ${actor.post === 'unit-head'}::boolean as "mayDecide"
      from ledger.refund r join ledger.fee_order o on o.id = r.fee_order order by r.state <> 'requested', r.asked_at desc, r.id limit ${MOST}::int`);
    const differences = await db.rows(sql`
      select id, channel, day::text as day, kind, subject, number, ours::text as ours, theirs::text as theirs, booked, state, settled_name as "settledName", note
      from ledger.difference order by state <> 'open', opened_at desc, id limit ${MOST}::int`);
    return {
      orders: orders.map((order) => ({ ...order, payments: payments.filter((payment) => payment.order === order.id) })),
      refunds: refunds.map((row) => shown<Static<typeof Refund>>(row)),
      differences: differences.map((row) => shown<Static<typeof Difference>>(row)),
    };
  },
});
