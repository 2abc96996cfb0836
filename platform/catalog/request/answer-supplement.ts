import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { resumeClock } from '#platform/calendar/clock.ts';
import { answerClocks } from './clocks.ts';
import { RequestNotOpen } from './request-errors.ts';
import { askedBy, holdRequest, noteStep, readRequest, RequestParams, RequestSchema } from './request-record.ts';

const body = { answers: ['独居老人约二百户', '通知已随文报送'] };

/** The asking unit answers every point that it was told (补充材料); the clock of the answer goes on. */
export const answerSupplement = route({
  method: 'POST',
  path: '/api/catalog/requests/:id/answer',
  summary: { zh: '提交补充材料', en: 'Answer what was asked' },
  allow: 'catalog.grant.request',
  params: RequestParams,
  body: Type.Object(
    { answers: Type.Array(Type.String({ minLength: 2, maxLength: 2000 }), { minItems: 1, maxItems: 20 }) },
    { additionalProperties: false },
  ),
  reply: RequestSchema,
  errors: [NotFound, RequestNotOpen],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:request-to-answer' }, body },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-request' }, body },
  },
  handler: async ({ db, services, actor, clock, params: { id }, body: { answers } }) => {
    const request = await holdRequest(db, sql`q.id = ${id}::uuid and ${askedBy(actor)}`);
    if (!request) throw NotFound.with();
    if (request.state !== 'supplement') throw RequestNotOpen.with({ extra: { state: request.state } });
    const asked = request.points?.length ?? 0;
    if (answers.length !== asked)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/answers',
            rule: 'every-point',
            message: { zh: `共有 ${asked} 项需要补充，请逐项答复`, en: `answers all ${asked} points, one by one` },
          },
        ],
      });
    await resumeClock(db, { kind: answerClocks[request.sharing], clock: request.clock });
    await db.run(sql`
      update catalog.request set state = 'open', supplement_answers = ${answers}::text[], supplement_answered_at = kernel.now() where id = ${id}::uuid`);
    await noteStep(db, { request, step: 'supplement-answered', reason: answers.join('；') });
    return readRequest({ db, services, now: clock.now(), id });
  },
});
