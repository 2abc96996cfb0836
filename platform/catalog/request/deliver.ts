import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock } from '#platform/calendar/clock.ts';
import { deliveryClock } from './clocks.ts';
import { RequestNotOpen } from './request-errors.ts';
import { holdRequest, inboxOf, noteStep, readRequest, RequestParams, RequestSchema } from './request-record.ts';

const body = { note: '视图已开通，首批数据已校验' };

/** The supplier says that the data are there (提供数据): the clock of the delivery ends. */
export const deliverRequest = route({
  method: 'POST',
  path: '/api/catalog/requests/:id/deliver',
  summary: { zh: '确认已提供数据', en: 'Say that the data are delivered' },
  allow: 'catalog.grant.decide',
  params: RequestParams,
  body: Type.Object({ note: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: RequestSchema,
  errors: [NotFound, RequestNotOpen],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:request-to-deliver' }, body },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-request' }, body },
  },
  handler: async ({ db, services, actor, clock, params: { id }, body: { note } }) => {
    const request = await holdRequest(db, sql`q.id = ${id}::uuid and ${inboxOf(actor)}`);
    if (!request) throw NotFound.with();
    if (request.state !== 'delivering' || request.deliveryClock === null)
      throw RequestNotOpen.with({ extra: { state: request.state } });
    await endClock(db, { kind: deliveryClock, clock: request.deliveryClock });
    await db.run(sql`
      update catalog.request set state = 'delivered', delivered_at = kernel.now(), delivered_name = ${actor.name}, delivery_note = ${note.trim()} where id = ${id}::uuid`);
    await noteStep(db, { request, step: 'delivered', reason: note.trim() });
    return readRequest({ db, services, now: clock.now(), id });
  },
});
