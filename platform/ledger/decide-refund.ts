import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { OwnRefund, RefundDecided } from './fee-errors.ts';

/** Approves or refuses a refund (审批退费). Never who asked for it: two persons stand behind money that leaves. */
export const decideRefund = route({
  method: 'POST',
  path: '/api/ledger/refunds/:id/decision',
  summary: { zh: '审批退费', en: 'Decide on a refund' },
  allow: 'ledger.refund.decide',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    { approve: Type.Boolean(), note: Type.String({ minLength: 2, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), state: Type.String() }),
  errors: [NotFound, OwnRefund, RefundDecided],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:fee-refund' }, body: { approve: false, note: '不符合退费条件' } },
    foreign: {
      as: 'unit-head',
      params: { id: 'fixture:foreign-fee-refund' },
      body: { approve: false, note: '不符合退费条件' },
    },
  },
  handler: async ({ db, actor, params, body }) => {
    const refund = await db.first<{
      state: string;
      kind: string;
      asked_by: string;
      payment: string;
      amount: string;
    }>(sql`
      select state, kind, asked_by, payment, amount::text as amount from ledger.refund where id = ${params.id}::uuid for update`);
    if (!refund) throw NotFound.with();
    if (refund.state !== 'requested') throw RefundDecided.with();
    if (refund.asked_by === actor.account) throw OwnRefund.with();
    const state = body.approve ? 'approved' : 'refused';
    await db.run(sql`
      update ledger.refund set state = ${state}, decided_by = ${actor.account}, decided_name = ${actor.name}, decided_at = kernel.now(), note = ${body.note.trim()},
        query_at = case when ${body.approve}::boolean then kernel.now() end
      where id = ${params.id}::uuid`);
    if (body.approve) await db.enqueue({ name: 'refund-step', payload: { refund: params.id }, key: params.id });
    else
      await db.run(
        sql`update ledger.payment set refunding = refunding - ${refund.amount}::bigint where id = ${refund.payment}::uuid`,
      );
    return { id: params.id, state };
  },
});
