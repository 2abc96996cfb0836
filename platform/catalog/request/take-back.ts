import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { answerClocks } from './clocks.ts';
import { RequestNotOpen } from './request-errors.ts';
import { askedBy, holdRequest, noteStep, readRequest, RequestParams, RequestSchema } from './request-record.ts';

const body = { reason: '专项工作取消，不再需要' };

/**
 * The asking unit takes its request back (收回申请) while nobody has answered it. The clock ends without a delay of anybody's; what remains is
 * the need that the app's manifest declares, and it can be asked for anew.
 */
export const takeBackRequest = route({
  method: 'POST',
  path: '/api/catalog/requests/:id/take-back',
  summary: { zh: '收回申请', en: 'Take a request back' },
  allow: 'catalog.grant.request',
  params: RequestParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: RequestSchema,
  errors: [NotFound, RequestNotOpen],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:request-to-take-back' }, body },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-request' }, body },
  },
  handler: async ({ db, services, actor, clock, params: { id }, body: { reason } }) => {
    const request = await holdRequest(db, sql`q.id = ${id}::uuid and ${askedBy(actor)}`);
    if (!request) throw NotFound.with();
    if (request.state !== 'open' && request.state !== 'supplement')
      throw RequestNotOpen.with({ extra: { state: request.state } });
    await endClock(db, { kind: answerClocks[request.sharing], clock: request.clock });
    await db.run(sql`
      update catalog.request set state = 'taken-back', decided_at = kernel.now(), decided_name = ${actor.name}, decided_unit = ${actor.unit ?? null}::text,
        reason = ${reason.trim()} where id = ${id}::uuid`);
    await db.run(sql`
      update catalog.grant set state = 'requested', requested_by = 'manifest', requested_name = null, requested_unit = null, reason = null
      where id = ${request.grantId}::uuid and state = 'requested'`);
    await noteStep(db, { request, step: 'taken-back', reason: reason.trim() });
    return readRequest({ db, services, now: clock.now(), id });
  },
});
