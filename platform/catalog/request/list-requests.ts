import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { askedBy, inboxOf, readRequests, RequestSchema, type RequestView, requestsOf } from './request-record.ts';

const SIDES = { asked: askedBy, inbox: inboxOf, all: requestsOf };

/** When the caller's side must have acted: a delivery is due after the answer; what is closed comes last, newest first. */
export function byDue(a: RequestView, b: RequestView): number {
  const due = ({ state, clock, delivery }: RequestView): string | null =>
    state === 'open' || state === 'supplement'
      ? clock.dueAt
      : state === 'delivering'
        ? (delivery?.dueAt ?? null)
        : null;
  const [first, second] = [due(a), due(b)];
  if (first !== null && second !== null) return first < second ? -1 : first > second ? 1 : 0;
  return first === null ? (second === null ? (a.askedAt < b.askedAt ? 1 : -1) : 1) : -1;
}

/** Requests that the caller's unit has made (`asked`), has to answer and deliver (`inbox`), or may see: what is due first stands first. */
export const listRequests = route({
  method: 'GET',
  path: '/api/catalog/requests',
  summary: { zh: '共享申请：我提出的与待我办理的', en: 'Requests for data: mine, and mine to answer' },
  allow: 'catalog.grant.read',
  query: Type.Object({
    side: Type.Optional(Type.Union([Type.Literal('asked'), Type.Literal('inbox'), Type.Literal('all')])),
  }),
  reply: Type.Object({ requests: Type.Array(RequestSchema), waiting: Type.Integer() }),
  examples: { own: { as: 'data-officer', query: { side: 'inbox' } } },
  handler: async ({ db, services, actor, clock, query: { side = 'all' } }) => {
    // The condition of the side narrows what the caller may see at all.
    const where = sql`${requestsOf(actor)} and ${SIDES[side](actor)}`;
    const requests = (await readRequests({ db, services, now: clock.now(), where })).sort(byDue);
    return {
      requests,
      waiting: requests.filter(({ mayDecide, mayDeliver, mayAnswer }) => mayDecide || mayDeliver || mayAnswer).length,
    };
  },
});
