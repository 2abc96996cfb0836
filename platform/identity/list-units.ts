import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { unitResource } from './resources.ts';

/** The organisation tree as a list; `parent` makes the tree, order is the official one. */
export const listUnits = route({
  method: 'GET',
  path: '/api/identity/units',
  summary: { zh: '组织机构', en: 'Organisation' },
  allow: 'public',
  reply: Type.Object({ units: Type.Array(itemOf(unitResource, ['code', 'kind', 'parent', 'area', 'name', 'nameEn'])) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => ({
    units: await db.rows<{
      code: string;
      kind: string;
      parent: string | null;
      area: string | null;
      name: string;
      nameEn: string;
    }>(sql`select code, kind, parent, area, name, name_en as "nameEn" from identity.unit order by position`),
  }),
});
