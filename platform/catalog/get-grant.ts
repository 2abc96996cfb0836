import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { byReference, findGrants, GrantParams, GrantSchema, visibleTo } from './grant-record.ts';

/** One grant with its whole history; what the caller may not see does not exist. */
export const getGrant = route({
  method: 'GET',
  path: '/api/catalog/grants/:id',
  summary: { zh: '一项共享授权及其办理过程', en: 'One grant and its steps' },
  allow: 'catalog.grant.read',
  params: GrantParams,
  reply: GrantSchema,
  examples: {
    own: { as: 'data-officer', params: { id: 'community.household' } },
    foreign: { as: 'data-officer', params: { id: 'community.building' } },
  },
  handler: async ({ db, services, params, actor }) => {
    const [grant] = await findGrants({ db, services, where: sql`${byReference(params.id)} and ${visibleTo(actor)}` });
    if (!grant) throw NotFound.with();
    return grant;
  },
});
