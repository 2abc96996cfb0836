import { Type } from 'typebox';
import type { Post } from '#platform/kernel/actor.ts';
import { type Route, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { REFUSALS, TwoPersons, UnitGone, Unverified, WrongState } from '../errors.ts';
import { refuseGone } from './draft-order.ts';
import { type LineAct, type OrderAct, takeLine, takeOrder } from './lifecycle.ts';
import {
  handOf,
  type Held,
  holdOrder,
  lifeOf,
  lineLife,
  noteOrder,
  OrderParams,
  OrderSchema,
  readOrders,
  viewOf,
} from './order-record.ts';

const ERRORS = [NotFound, InvalidInput, WrongState, TwoPersons, Unverified, UnitGone];
const NOTHING = Type.Object({}, { additionalProperties: false });
const Words = Type.Object({ text: Type.String({ minLength: 2, maxLength: 2000 }) }, { additionalProperties: false });

async function orderOf(db: Db, id: string): Promise<Held> {
  const [order] = await readOrders(db, sql`where o.id = ${id}::uuid`);
  if (!order) throw NotFound.with();
  return order;
}

/** Acts on the order itself (签发、办结、撤回). */
function orderRoute(act: OrderAct, summary: Text): Route {
  return route({
    method: 'POST',
    path: `/api/ops/orders/:id/${act}`,
    summary,
    allow: 'ops.order.command',
    params: OrderParams,
    body: NOTHING,
    reply: OrderSchema,
    errors: ERRORS,
    examples: {
      own: { as: 'duty-officer', params: { id: `fixture:ops-order-to-${act}` }, body: {} },
    },
    // Between draft and issue a unit may have ended.
    prepare: async ({ params, actor, services }) => {
      if (act !== 'issue') return;
      const units = await services.database.tx({ module: 'ops', actor, readOnly: true }, (db) =>
        db.rows<{ unit: string }>(sql`select unit from ops.order_line where ord = ${params.id}::uuid order by unit`),
      );
      await refuseGone(
        services,
        units.map(({ unit }) => unit),
      );
    },
    handler: async ({ db, actor, clock, params }) => {
      const held = await holdOrder(db, params.id);
      if (!held) throw NotFound.with();
      const taken = takeOrder(lifeOf(held), act, handOf(actor));
      if (!taken.ok) throw REFUSALS[taken.why].with();
      const now = clock.now();
      await carryOut(db, held, act);
      await db.emit({ type: `ops.order.${act}`, subject: held.id, data: { order: held.id } });
      return viewOf(await orderOf(db, held.id), { actor, now });
    },
  });
}

async function carryOut(db: Db, { id, urgent }: Held, act: OrderAct): Promise<void> {
  const { actor } = db;
  switch (act) {
    case 'issue': {
      const { amount } = await amountAt(db, `ops.order.receive.${urgent ? 'urgent' : 'normal'}`);
      await db.run(sql`
        update ops.command_order set state = 'issued', issued_by = ${actor.account}, issued_name = ${actor.name}, issued_at = kernel.now() where id = ${id}::uuid`);
      // The first step is due at once: the ladder's own timer tells, here nobody waits for messages.
      await db.run(sql`
        update ops.order_line set state = 'sent', sent_at = kernel.now(), receive_due = kernel.now() + ${amount}::float8 * interval '1 minute', next_step_at = kernel.now()
        where ord = ${id}::uuid`);
      return noteOrder(db, { ord: id, what: 'issued' });
    }
    case 'close':
      await db.run(sql`update ops.command_order set state = 'closed', ended_at = kernel.now() where id = ${id}::uuid`);
      return noteOrder(db, { ord: id, what: 'closed' });
    case 'cancel':
      await db.run(
        sql`update ops.command_order set state = 'cancelled', ended_at = kernel.now() where id = ${id}::uuid`,
      );
      await db.run(sql`
        update ops.order_line set state = 'cancelled', next_step_at = null, feedback_due = null where ord = ${id}::uuid and state <> 'verified'`);
      return noteOrder(db, { ord: id, what: 'cancelled' });
  }
}

const WHAT: Readonly<Record<LineAct, string>> = {
  receive: 'received',
  execute: 'executing',
  feedback: 'feedback',
  report: 'reported',
  verify: 'verified',
  return: 'returned',
};

/** Acts on one unit's line (签收、执行、反馈、核查). Receiving twice is receiving once. */
function lineRoute(of: { act: LineAct; summary: Text; as: Post; words?: true }): Route {
  const { act, as } = of;
  const unitSide = as === 'unit-liaison';
  const body = of.words ? { text: '已到场处置，水位下降' } : {};
  const params = (id: string) => ({ id, unit: 'emergency' });
  return route({
    method: 'POST',
    path: `/api/ops/orders/:id/lines/:unit/${act}`,
    summary: of.summary,
    allow: unitSide ? 'ops.order.answer' : 'ops.order.command',
    params: Type.Object({ ...OrderParams.properties, unit: Type.String({ minLength: 1, maxLength: 61 }) }),
    body: of.words ? Words : NOTHING,
    reply: OrderSchema,
    errors: ERRORS,
    examples: {
      own: { as, params: params(`fixture:ops-order-to-${act}`), body },
      ...(unitSide ? { foreign: { as, params: params('fixture:ops-foreign-order'), body } } : {}),
    },
    handler: async ({ db, actor, clock, params: { id, unit }, body: given }) => {
      const held = await holdOrder(db, id);
      const line = held?.lines.find((each) => each.unit === unit);
      if (!held || !line) throw NotFound.with();
      const now = clock.now();
      if (act === 'receive' && line.receivedAt && line.unit === actor.unit && held.state === 'issued')
        return viewOf(held, { actor, now });
      const taken = takeLine(lifeOf(held), lineLife(line), act, handOf(actor));
      if (!taken.ok) throw REFUSALS[taken.why].with();
      const { text } = given as { text?: string };
      const next = sql`state = ${taken.next.state}`;
      const feedbackDue = sql`kernel.now() + ${held.feedbackMinutes}::float8 * interval '1 minute'`;
      const where = sql`where id = ${line.id}::uuid`;
      switch (act) {
        case 'receive':
          await db.run(sql`
            update ops.order_line set ${next}, received_at = kernel.now(), received_by = ${actor.account}, received_name = ${actor.name}, next_step_at = null,
              feedback_due = ${feedbackDue} ${where}`);
          break;
        case 'execute':
          await db.run(sql`update ops.order_line set ${next} ${where}`);
          break;
        case 'feedback':
          await db.run(
            sql`update ops.order_line set feedbacks = feedbacks + 1, feedback_due = ${feedbackDue} ${where}`,
          );
          break;
        case 'report':
          await db.run(sql`
            update ops.order_line set ${next}, feedbacks = feedbacks + 1, reported_at = kernel.now(), feedback_due = null ${where}`);
          break;
        case 'verify':
          await db.run(sql`
            update ops.order_line set ${next}, verified_at = kernel.now(), verified_by = ${actor.account} ${where}`);
          break;
        case 'return':
          await db.run(sql`
            update ops.order_line set ${next}, returns = returns + 1, reported_at = null, feedback_due = ${feedbackDue} ${where}`);
      }
      await noteOrder(db, { ord: id, line: line.id, what: WHAT[act], text, data: { unit } });
      await db.emit({ type: `ops.order.${WHAT[act]}`, subject: id, data: { order: id, unit } });
      return viewOf(await orderOf(db, id), { actor, now });
    },
  });
}

export const orderActs: readonly Route[] = [
  orderRoute('issue', { zh: '签发指令', en: 'Issue an order' }),
  orderRoute('close', { zh: '办结指令', en: 'Close an order' }),
  orderRoute('cancel', { zh: '撤回指令', en: 'Cancel an order' }),
  lineRoute({ act: 'receive', summary: { zh: '签收指令', en: 'Receive an order' }, as: 'unit-liaison' }),
  lineRoute({ act: 'execute', summary: { zh: '开始执行', en: 'Begin to carry out' }, as: 'unit-liaison' }),
  lineRoute({ act: 'feedback', summary: { zh: '过程反馈', en: 'Report progress' }, as: 'unit-liaison', words: true }),
  lineRoute({ act: 'report', summary: { zh: '完成反馈', en: 'Report as done' }, as: 'unit-liaison', words: true }),
  lineRoute({ act: 'verify', summary: { zh: '核查通过', en: 'Verify' }, as: 'duty-officer' }),
  lineRoute({ act: 'return', summary: { zh: '退回继续执行', en: 'Send back' }, as: 'duty-officer', words: true }),
];
