import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ownCommittee } from './scope.ts';

/** Buildings of a committee with their households and residents (楼栋): the filter of the desk. */
export const listBuildings = route({
  method: 'GET',
  path: '/api/community/committees/:code/buildings',
  summary: { zh: '居委会楼栋与人户数', en: 'Buildings of a committee with people and households' },
  allow: 'community.desk.read',
  params: Type.Object({ code: Type.String({ pattern: '^[0-9]{12}$' }) }),
  reply: Type.Object({
    buildings: Type.Array(
      Type.Object({
        code: Type.String(),
        address: Type.Union([Type.String(), Type.Null()]),
        households: Type.Integer(),
        residents: Type.Integer(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { code: 'fixture:own-committee' }, purpose: 'community-care' },
    foreign: { as: 'street-clerk', params: { code: 'fixture:foreign-committee' }, purpose: 'community-care' },
  },
  handler: async ({ db, actor, params }) => {
    await ownCommittee(db, actor, params.code);
    return {
      buildings: await db.rows<{ code: string; address: string | null; households: number; residents: number }>(sql`
        select r.building_code as code, b.address, count(distinct r.household_no)::int as households, count(*)::int as residents
        from ${db.share('resident')} r left join ${db.share('building')} b on b.code = r.building_code
        where r.committee_code = ${params.code} and r.building_code is not null and r.death_date is null
        group by r.building_code, b.address order by r.building_code`),
    };
  },
});
