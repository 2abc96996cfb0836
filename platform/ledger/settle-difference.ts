import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DifferenceSettled } from './fee-errors.ts';

/** Settles a difference (处理对账差异) with a note of what was found and done. Money is moved elsewhere: by a refund or a journal. */
export const settleDifference = route({
  method: 'POST',
  path: '/api/ledger/differences/:id/settlement',
  summary: { zh: '处理对账差异', en: 'Settle a difference' },
  allow: 'ledger.difference.settle',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ note: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), state: Type.String() }),
  errors: [NotFound, DifferenceSettled],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:fee-difference' }, body: { note: '已与支付平台核实，补记入账' } },
    foreign: {
      as: 'unit-head',
      params: { id: 'fixture:foreign-fee-difference' },
      body: { note: '已与支付平台核实，补记入账' },
    },
  },
  handler: async ({ db, actor, params, body }) => {
    const found = await db.first<{ state: string }>(
      sql`select state from ledger.difference where id = ${params.id}::uuid for update`,
    );
    if (!found) throw NotFound.with();
    if (found.state !== 'open') throw DifferenceSettled.with();
    await db.run(sql`
      update ledger.difference set state = 'settled', settled_by = ${actor.account}, settled_name = ${actor.name}, settled_at = kernel.now(), note = ${body.note.trim()}
      where id = ${params.id}::uuid`);
    return { id: params.id, state: 'settled' };
  },
});
