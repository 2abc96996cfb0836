import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { NotPaid, RefundTooLarge } from './fee-errors.ts';

/** Asks for a refund (提出退费) of a payment of the own unit, in part or in whole, never above what has not been asked back yet. */
export const askRefund = route({
  method: 'POST',
  path: '/api/ledger/payments/:id/refunds',
  summary: { zh: '提出退费', en: 'Ask for a refund' },
  allow: 'ledger.refund.ask',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      amount: Type.Integer({ minimum: 1, maximum: 10 ** 13, description: '分 / fen' }),
      reason: Type.String({ minLength: 2, maxLength: 200 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), state: Type.String() }),
  errors: [NotFound, NotPaid, RefundTooLarge],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:fee-payment' }, body: { amount: 100, reason: '多收，退还差额' } },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-fee-payment' },
      body: { amount: 100, reason: '多收，退还差额' },
    },
  },
  handler: async ({ db, actor, params, body }) => {
    const payment = await db.first<{ app: string; order: string; state: string; left: string }>(sql`
      select app, fee_order as order, state, (amount - refunding)::text as left from ledger.payment where id = ${params.id}::uuid for update`);
    if (!payment) throw NotFound.with();
    if (payment.state !== 'paid') throw NotPaid.with();
    if (BigInt(body.amount) > BigInt(payment.left))
      throw RefundTooLarge.with({ extra: { left: Number(payment.left) } });
    const id = uuidv7();
    await db.run(
      sql`update ledger.payment set refunding = refunding + ${body.amount}::bigint where id = ${params.id}::uuid`,
    );
    await db.run(sql`
      insert into ledger.refund (id, app, payment, fee_order, no, amount, kind, reason, state, asked_by, asked_name)
      values (${id}::uuid, ${payment.app}, ${params.id}::uuid, ${payment.order}::uuid, ${id.replaceAll('-', '')}, ${body.amount}::bigint, 'asked', ${body.reason.trim()},
        'requested', ${actor.account}, ${actor.name})`);
    return { id, state: 'requested' };
  },
});
