import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AREA_LEVELS } from './grid-code.ts';
import { areas } from './resources.ts';

const Item = itemOf(areas, ['code', 'level', 'name', 'nameEn', 'parent', 'generated', 'dataset']);

/** Areas of a level or below a parent with their bounds, for lists and for flying the map to one (区划列表). */
export const listAreas = route({
  method: 'GET',
  path: '/api/geo/areas',
  summary: { zh: '按级别或上级列出区划', en: 'Areas by level or parent' },
  allow: 'public',
  query: Type.Object({
    level: Type.Optional(Type.Union(AREA_LEVELS.map((level) => Type.Literal(level)))),
    parent: Type.Optional(Type.String({ pattern: '^[0-9]{6,12}$', description: 'code of the area right above' })),
    under: Type.Optional(
      Type.String({ pattern: '^[0-9]{6,14}$', description: 'code of any area above, itself included' }),
    ),
  }),
  reply: Type.Object({
    areas: Type.Array(
      Type.Intersect([
        Item,
        Type.Object({
          bbox: Type.Union([Type.Array(Type.Number()), Type.Null()], { description: 'west, south, east, north' }),
          point: Type.Union([Type.Array(Type.Number()), Type.Null()], {
            description: 'longitude, latitude of a point inside',
          }),
        }),
      ]),
    ),
  }),
  examples: { own: { as: 'anonymous', query: { level: 'street' } } },
  handler: async ({ query, db }) => {
    const rows = await db.rows<AreaRow>(sql`
      select code, level, name, name_en as "nameEn", parent, generated, dataset,
        case when geometry is not null then array[ST_XMin(geometry), ST_YMin(geometry), ST_XMax(geometry), ST_YMax(geometry)] end as bbox,
        case when geometry is not null then array[ST_X(ST_PointOnSurface(geometry)), ST_Y(ST_PointOnSurface(geometry))] end as point
      from geo.area
      where (${query.level ?? null}::text is null or level = ${query.level ?? null}::text)
        and (${query.parent ?? null}::text is null or parent = ${query.parent ?? null}::text)
        and (${query.under ?? null}::text is null or (code >= ${query.under ?? null}::text and code < ${`${query.under ?? ''}~`}::text))
        and (valid_to is null or valid_to > kernel.now()::date)
      order by code`);
    return { areas: rows };
  },
});

type AreaRow = {
  code: string;
  level: string;
  name: string;
  nameEn: string | null;
  parent: string | null;
  generated: boolean;
  dataset: string;
  bbox: number[] | null;
  point: number[] | null;
};
