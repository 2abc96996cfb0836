import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const Count = Type.Union([Type.Integer(), Type.Null()], { description: 'null = fewer than ten, withheld' });
const DIGITS = { street: 9, committee: 12 } as const;

type Row = { code: string; residents: number | null; households: number | null; over60: number | null };

/** People and households by area (人口分布): internal counts (L2) of the whole district, small numbers withheld. */
export const countAreas = route({
  method: 'GET',
  path: '/api/population/counts',
  summary: { zh: '按区划统计人口与户数', en: 'People and households by area' },
  allow: 'population.count.read',
  query: Type.Object({ level: Type.Union([Type.Literal('street'), Type.Literal('committee')]) }),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    areas: Type.Array(Type.Object({ code: Type.String(), residents: Count, households: Count, over60: Count })),
  }),
  examples: { own: { as: 'duty-officer', query: { level: 'street' } } },
  handler: async ({ db, clock, query }) => ({
    asOf: clock.now().toISOString(),
    areas: await db.rows<Row>(
      sql`select code, residents, households, over60 from population.count_areas(${DIGITS[query.level]}::int) order by code`,
    ),
  }),
});
