import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { rateForCaller } from '#platform/case/caller-report.ts';
import { maskText } from '#platform/case/mask-text.ts';
import type { TakeService } from '#platform/exchange/gateway/take-service.ts';
import { NotEvaluable } from './errors.ts';
import { PushedEvaluation } from './order.ts';
import { accountOf, findOrder, inHotline, note } from './order-row.ts';

/**
 * Takes what the city heard when it called the caller back (市热线回访). It is the rating of the caller's report: where it was not solved, or they are not
 * satisfied, the centre has a call-back to settle and may reopen the case; nothing is reopened by itself.
 */
export const takeEvaluation: TakeService = {
  id: 'take.hotline-evaluation',
  title: { zh: '接收市热线回访结果', en: 'Take results of the city’s call-backs' },
  body: PushedEvaluation,
  fields: {
    opinion: {
      title: { zh: '回访意见', en: 'What the caller said' },
      mark: { resource: 'incident.report', field: 'text', level: 'L3' },
    },
  },
  take: async ({ services, body }) => ({ value: await keepEvaluation(services, body as PushedEvaluation), rows: 1 }),
};

async function keepEvaluation(services: Services, given: PushedEvaluation): Promise<{ no: string; result: string }> {
  const { no, id, solved, satisfied } = given;
  const now = services.clock.now();
  if (Date.parse(given.at) > now.getTime() + 300_000)
    throw InvalidInput.with({
      fields: [{ pointer: '/at', rule: 'future', message: { zh: '回访时间晚于现在', en: 'lies in the future' } }],
    });
  const order = await inHotline(services, (db) => findOrder(db, no));
  if (!order) throw NotFound.with();
  const good = solved && satisfied;
  const result = good ? 'evaluated' : 'reopen-proposed';
  if (order.evaluation === id) return { no, result };
  const finished = order.finishedAt !== null && (order.state === 'filed' || order.state === 'answered');
  if (!finished) throw NotEvaluable.with();
  const said = given.opinion ?? (good ? undefined : solved ? '回访：不满意' : '回访：未解决');
  if (order.report)
    await rateForCaller(services, { report: order.report, account: accountOf(no), satisfied: good, opinion: said });
  await inHotline(services, async (db) => {
    // A question without a case is answered anew.
    const state = !good && order.state === 'answered' ? 'to-answer' : order.state;
    await db.run(sql`
      update grid.hotline_order set satisfied = ${satisfied}::boolean, solved = ${solved}::boolean, evaluated_at = ${now}::timestamptz, evaluation = ${id}, settled_at = null, state = ${state},
        finished_at = case when ${state === 'to-answer'}::boolean then null else finished_at end
      where id = ${order.id}::uuid`);
    note(db, {
      order: order.id,
      at: now,
      kind: good ? 'evaluated' : 'not-solved',
      text: said === undefined ? null : maskText(said),
    });
    await db.emit({ type: 'grid.hotline.evaluated', subject: order.id, data: { result } });
  });
  return { no, result };
}
