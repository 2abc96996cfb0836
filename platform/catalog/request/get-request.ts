import { route } from '#platform/kernel/app.ts';
import { readRequest, RequestParams, RequestSchema } from './request-record.ts';

/** One request with its clocks, its supplement and its whole history; what the caller may not see does not exist. */
export const getRequest = route({
  method: 'GET',
  path: '/api/catalog/requests/:id',
  summary: { zh: '一件共享申请及其办理过程', en: 'One request and its steps' },
  allow: 'catalog.grant.read',
  params: RequestParams,
  reply: RequestSchema,
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:request' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-request' } },
  },
  handler: ({ db, services, clock, params: { id } }) => readRequest({ db, services, now: clock.now(), id }),
});
