import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PUBLIC_ONLY } from './secrecy.ts';

/** More shapes than this make no readable map. */
const MOST = 800;

/** Buildings of a window as they stood in a year (某年的房屋): built by then, and not yet gone. */
export const mapBuildings = route({
  method: 'GET',
  path: '/api/space/map',
  summary: { zh: '某年在某范围内的房屋轮廓', en: 'Outlines of buildings in a window, as of a year' },
  allow: 'public',
  query: Type.Object({
    west: Type.Number({ minimum: -180, maximum: 180 }),
    south: Type.Number({ minimum: -90, maximum: 90 }),
    east: Type.Number({ minimum: -180, maximum: 180 }),
    north: Type.Number({ minimum: -90, maximum: 90 }),
    year: Type.Integer({ minimum: 1000, maximum: 2200 }),
  }),
  reply: Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(
      Type.Object({
        type: Type.Literal('Feature'),
        properties: Type.Record(Type.String(), Type.Unknown()),
        geometry: Type.Unknown(),
      }),
    ),
  }),
  examples: {
    own: { as: 'anonymous', query: { west: '121.47', south: '31.21', east: '121.48', north: '31.22', year: '2026' } },
  },
  handler: async ({ query, db }) => {
    const box = sql`ST_MakeEnvelope(${query.west}::float8, ${query.south}::float8, ${query.east}::float8, ${query.north}::float8, 4490)`;
    const rows = await db.rows<{
      code: string;
      address: string | null;
      yearBuilt: number | null;
      heritage: string | null;
      ended: boolean;
      shape: string;
    }>(sql`
      select code, address, year_built as "yearBuilt", heritage_class as heritage, status <> 'standing' as ended, ST_AsGeoJSON(geometry, 7) as shape
      from space.building where geometry && ${box} and ${PUBLIC_ONLY} and coalesce(year_built, 0) <= ${query.year}::int
        and (ended_on is null or extract(year from ended_on) > ${query.year}::int)
      order by code limit ${MOST}::int`);
    return {
      type: 'FeatureCollection' as const,
      features: rows.map(({ shape, ...properties }) => ({
        type: 'Feature' as const,
        properties,
        geometry: JSON.parse(shape) as unknown,
      })),
    };
  },
});
