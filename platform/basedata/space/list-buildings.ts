import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Row } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { buildings } from './resources.ts';
import { PUBLIC_ONLY } from './secrecy.ts';

const Item = itemOf(buildings, [
  'code',
  'name',
  'address',
  'committeeCode',
  'cellCode',
  'yearBuilt',
  'floors',
  'use',
  'heritageClass',
  'dwellings',
]);

/** Buildings below an area code, page by page (建筑物列表). */
export const listBuildings = route({
  method: 'GET',
  path: '/api/space/buildings',
  summary: { zh: '按区划列出建筑物', en: 'Buildings of an area' },
  allow: 'public',
  query: Type.Object({
    under: Type.Optional(
      Type.String({ pattern: '^[0-9]{6,14}$', description: 'area code: district, street, committee or cell' }),
    ),
    after: Type.Optional(Type.String({ maxLength: 40, description: 'code of the last building of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  }),
  reply: Type.Object({ total: Type.Integer(), buildings: Type.Array(Item) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ query, db }) => {
    const under = query.under ?? '';
    const inArea =
      under.length === 14
        ? sql`cell_code = ${under}`
        : sql`committee_code >= ${under} and committee_code < ${`${under}~`}`;
    const where = sql`${PUBLIC_ONLY} and status = 'standing' and ${query.under === undefined ? sql`true` : inArea}`;
    const { total } = await db.one<{ total: number }>(
      sql`select count(*)::int as total from space.building where ${where}`,
    );
    const rows = await db.rows<BuildingItem>(sql`
      select code, name, address, committee_code as "committeeCode", cell_code as "cellCode", year_built as "yearBuilt", floors, use,
        heritage_class as "heritageClass", dwellings
      from space.building where ${where} and code > ${query.after ?? ''} order by code limit ${query.limit ?? 50}::int`);
    return { total, buildings: rows };
  },
});

type BuildingItem = Row & {
  code: string;
  name: string | null;
  address: string | null;
  committeeCode: string | null;
  cellCode: string | null;
  yearBuilt: number | null;
  floors: number | null;
  use: string | null;
  heritageClass: string | null;
  dwellings: number | null;
};
