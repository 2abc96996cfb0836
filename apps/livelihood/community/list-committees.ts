import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { agedAtLeast, OLD, VERY_OLD } from './ages.ts';
import { committeesOf } from './scope.ts';

type Counts = { code: string; residents: number; over60: number; over80Alone: number };

/** Committees of my area with what a visit plan needs (居委会一览): counts only, no person is named. */
export const listCommittees = route({
  method: 'GET',
  path: '/api/community/committees',
  summary: { zh: '本辖区居委会与人户数', en: 'Committees of my area with people and households' },
  allow: 'community.desk.read',
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    committees: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        street: Type.Union([Type.String(), Type.Null()]),
        households: Type.Integer(),
        residents: Type.Integer(),
        over60: Type.Integer({ description: 'residents of 60 and more' }),
        over80Alone: Type.Integer({
          description: 'residents of 80 and more who are the only member of their household',
        }),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk', purpose: 'community-care' } },
  handler: async ({ db, actor, clock }) => {
    const born = sql`r.birth_date`;
    const counts = await db.rows<Counts>(sql`
      select r.committee_code as code, count(*)::int as residents,
        count(*) filter (where ${agedAtLeast(born, OLD)})::int as "over60",
        count(*) filter (where ${agedAtLeast(born, VERY_OLD)} and h.members = 1)::int as "over80Alone"
      from ${db.share('resident')} r left join ${db.share('household')} h on h.household_no = r.household_no
      where r.death_date is null group by r.committee_code`);
    const homes = await db.rows<{ code: string; households: number }>(
      sql`select committee_code as code, count(*)::int as households from ${db.share('household')} group by committee_code`,
    );
    const people = new Map(counts.map((row) => [row.code, row]));
    const households = new Map(homes.map((row) => [row.code, row.households]));
    return {
      asOf: clock.now().toISOString(),
      committees: (await committeesOf(db, actor)).map((committee) => ({
        ...committee,
        households: households.get(committee.code) ?? 0,
        residents: people.get(committee.code)?.residents ?? 0,
        over60: people.get(committee.code)?.over60 ?? 0,
        over80Alone: people.get(committee.code)?.over80Alone ?? 0,
      })),
    };
  },
});
