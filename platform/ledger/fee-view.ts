import { Type } from 'typebox';

/* What people see of orders, payments and refunds. Amounts are whole fen; an order is at most 10^13. */

export const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const Id = Type.String({ format: 'uuid' });
const At = Type.String({ format: 'date-time' });
export const FenSchema = Type.Integer({ minimum: 0, description: '分 / fen' });

export const OrderStateSchema = Type.Union([
  Type.Literal('open'),
  Type.Literal('paid'),
  Type.Literal('cancelled'),
  Type.Literal('expired'),
]);

export const OrderSchema = Type.Object({
  id: Id,
  no: Type.String(),
  unit: Type.String(),
  title: TextSchema,
  total: FenSchema,
  refunded: FenSchema,
  state: OrderStateSchema,
  createdAt: At,
  expiresAt: At,
  paidAt: Type.Union([At, Type.Null()]),
});

export const LineSchema = Type.Object({
  item: Type.String(),
  title: TextSchema,
  amount: FenSchema,
  basis: Type.String(),
});

export const PaymentSchema = Type.Object({
  id: Id,
  channel: Type.String(),
  amount: FenSchema,
  state: Type.Union(['asking', 'ready', 'paid', 'closed', 'refused'].map((state) => Type.Literal(state))),
  surplus: Type.Boolean(),
  codeUrl: Type.Union([Type.String(), Type.Null()]),
  expiresAt: At,
  paidAt: Type.Union([At, Type.Null()]),
  transaction: Type.Union([Type.String(), Type.Null()]),
  refunding: FenSchema,
  refunded: FenSchema,
});

export const RefundSchema = Type.Object({
  id: Id,
  payment: Id,
  amount: FenSchema,
  kind: Type.Union([Type.Literal('asked'), Type.Literal('surplus')]),
  reason: Type.String(),
  state: Type.Union(['requested', 'approved', 'refunded', 'refused', 'failed'].map((state) => Type.Literal(state))),
  askedAt: At,
  refundedAt: Type.Union([At, Type.Null()]),
});
