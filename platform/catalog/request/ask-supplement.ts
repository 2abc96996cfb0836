import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { stopClock } from '#platform/calendar/clock.ts';
import { answerClocks } from './clocks.ts';
import { RequestNotOpen, SupplementAsked } from './request-errors.ts';
import { holdRequest, inboxOf, noteStep, readRequest, RequestParams, RequestSchema } from './request-record.ts';

const body = {
  points: ['请说明走访对象的范围', '请附专项工作的通知'],
  document: '补正告知书〔2026〕1号',
  expectedEnd: '2099-12-30',
};

/**
 * Asks for more (要求补充材料): once, all points at once, on a document. The clock of the answer stands still until the asking unit
 * has answered; one that is over cannot be stopped any more.
 */
export const askSupplement = route({
  method: 'POST',
  path: '/api/catalog/requests/:id/supplement',
  summary: { zh: '一次性告知需补充的材料', en: 'Ask for all that is missing, once' },
  allow: 'catalog.grant.decide',
  params: RequestParams,
  body: Type.Object(
    {
      points: Type.Array(Type.String({ minLength: 2, maxLength: 300 }), { minItems: 1, maxItems: 20 }),
      document: Type.String({ minLength: 2, maxLength: 200 }),
      expectedEnd: Type.String({ format: 'date' }),
    },
    { additionalProperties: false },
  ),
  reply: RequestSchema,
  errors: [NotFound, RequestNotOpen, SupplementAsked],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:request-to-complete' }, body },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-request' }, body },
  },
  handler: async ({ db, services, actor, clock, params: { id }, body: { points, document, expectedEnd } }) => {
    const request = await holdRequest(db, sql`q.id = ${id}::uuid and ${inboxOf(actor)}`);
    if (!request) throw NotFound.with();
    if (request.points !== null) throw SupplementAsked.with();
    if (request.state !== 'open') throw RequestNotOpen.with({ extra: { state: request.state } });
    await stopClock(db, {
      kind: answerClocks[request.sharing],
      clock: request.clock,
      reason: 'supplement',
      document,
      expectedEnd,
    });
    await db.run(sql`
      update catalog.request set state = 'supplement', supplement_points = ${points}::text[], supplement_document = ${document.trim()}, supplement_asked_at = kernel.now()
      where id = ${id}::uuid`);
    await noteStep(db, { request, step: 'supplement-asked', reason: points.join('；') });
    return readRequest({ db, services, now: clock.now(), id });
  },
});
