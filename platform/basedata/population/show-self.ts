import { attributeViews } from '#platform/access/attributes/view.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { AsOfQuery } from '#platform/basedata/shared/card-schema.ts';
import { CardSchema, readCard } from './read-card.ts';
import { resident } from './resources.ts';

/** My data (我的数据): everything the district holds about the caller, in clear, with the source of each value. */
export const showSelf = route({
  method: 'GET',
  path: '/api/population/self',
  summary: { zh: '查看本人数据', en: 'See my own data' },
  allow: 'population.self.read',
  query: AsOfQuery,
  self: true,
  delegable: 'own-record-read',
  reply: CardSchema,
  examples: { own: { as: 'citizen' } },
  handler: ({ db, query, actor, services }) => {
    if (actor.person === undefined) throw NotFound.with();
    const viewOf = attributeViews({ services, actor, resource: resident.id, own: true });
    return readCard({ db, pid: actor.person, asOf: query.asOf, own: true, viewOf });
  },
});
