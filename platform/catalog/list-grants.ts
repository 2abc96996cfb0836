import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { decidableBy, findGrants, GrantSchema, visibleTo } from './grant-record.ts';

/** The officer's inbox (`mine=1`: what the own unit decides), or every grant that the caller may see. Requests come first. */
export const listGrants = route({
  method: 'GET',
  path: '/api/catalog/grants',
  summary: { zh: '共享授权与待审批申请', en: 'Grants and open requests' },
  allow: 'catalog.grant.read',
  query: Type.Object({
    mine: Type.Optional(Type.Literal('1')),
    resource: Type.Optional(Type.String({ maxLength: 120 })),
  }),
  reply: Type.Object({ grants: Type.Array(GrantSchema), waiting: Type.Integer() }),
  examples: { own: { as: 'data-officer', query: { mine: '1' } } },
  handler: async ({ db, services, query, actor }) => {
    const scope = query.mine ? decidableBy(actor) : visibleTo(actor);
    const where = query.resource ? sql`${scope} and g.resource = ${query.resource}::text` : scope;
    const grants = await findGrants({ db, services, where, limit: 500 });
    return { grants, waiting: grants.filter((g) => g.state === 'requested' && g.mayDecide).length };
  },
});
