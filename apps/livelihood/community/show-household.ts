import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { household as households } from '#platform/basedata/population/resources.ts';
import { ResidentItem, type ResidentRow, residentColumns, toResident } from './resident.ts';

type Household = {
  householdNo: string;
  headName: string | null;
  members: number;
  buildingCode: string | null;
  committeeCode: string | null;
  address: string | null;
};

/** One household with its members and building (户卡). */
export const showHousehold = route({
  method: 'GET',
  path: '/api/community/households/:householdNo',
  summary: { zh: '户与户内成员', en: 'A household and its members' },
  allow: 'community.desk.read',
  params: Type.Object({ householdNo: Type.String({ minLength: 1, maxLength: 60 }) }),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    household: itemOf(households, ['householdNo', 'headName', 'members', 'buildingCode', 'committeeCode', 'address']),
    residents: Type.Array(ResidentItem),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { householdNo: 'fixture:own-household' }, purpose: 'community-care' },
    foreign: { as: 'street-clerk', params: { householdNo: 'fixture:foreign-household' }, purpose: 'community-care' },
  },
  handler: async ({ db, clock, params }) => {
    const household = await db.first<Household>(sql`
      select household_no as "householdNo", head_name as "headName", members, building_code as "buildingCode", committee_code as "committeeCode", address
      from ${db.share('household')} where household_no = ${params.householdNo}`);
    if (!household) throw NotFound.with();
    const rows = await db.rows<ResidentRow>(sql`
      select ${residentColumns}
      from ${db.share('resident')} r
        left join ${db.share('household')} h on h.household_no = r.household_no
        left join ${db.share('building')} b on b.code = r.building_code
      where r.household_no = ${params.householdNo} and r.death_date is null
      order by r.pid is distinct from h.head, r.birth_date, r.pid`);
    return { asOf: clock.now().toISOString(), household, residents: rows.map(toResident) };
  },
});
