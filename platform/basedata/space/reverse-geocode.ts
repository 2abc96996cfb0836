import { Type } from 'typebox';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { convertPosition, DATUMS } from '#platform/geo/coordinates.ts';
import { DatumUndeclared, datumOf } from '#platform/geo/locate-point.ts';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PlaceSchema, placesOf } from './answer.ts';
import { PUBLIC_ONLY } from './secrecy.ts';

/** How far around a point buildings are looked for; degrees of latitude, about 100 m. */
const REACH = 0.0009;

/** A point → the buildings at it and around it, the nearest first (逆地址解析). */
export const reverseGeocode = route({
  method: 'GET',
  path: '/api/space/reverse',
  summary: { zh: '逆地址解析：一点附近的房屋与地址', en: 'Buildings and addresses at a point' },
  allow: 'public',
  query: Type.Object({
    lon: Type.Number({ minimum: -180, maximum: 180, description: 'degrees' }),
    lat: Type.Number({ minimum: -90, maximum: 90, description: 'degrees' }),
    crs: Type.Optional(Type.String({ description: `required: ${DATUMS.join(', ')}` })),
  }),
  reply: Type.Object({
    places: Type.Array(
      Type.Object({ metres: Type.Number({ description: '0 = the point is in it' }), place: PlaceSchema }),
      { maxItems: 5 },
    ),
  }),
  errors: [DatumUndeclared],
  examples: { own: { as: 'anonymous', query: { lon: '121.4737', lat: '31.2204', crs: 'EPSG:4490' } } },
  prepare: ({ services }) => openAreaLocator(services),
  handler: async ({ query, db, prepared }) => {
    const [lon, lat] = convertPosition({
      position: [query.lon, query.lat],
      from: datumOf(query.crs),
      to: 'EPSG:4490',
    }) as [number, number];
    const point = sql`ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4490)`;
    // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    const narrow = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
    const near = await db.rows<{ code: string; metres: number }>(sql`
      select code, ST_Distance(ST_Scale(geometry, ${narrow}::float8, 1), ST_Scale(${point}, ${narrow}::float8, 1)) * 111320.0 as metres from space.building
      where status = 'standing' and ${PUBLIC_ONLY} and geometry && ST_Expand(${point}, ${REACH / narrow}::float8, ${REACH}::float8)
      order by 2, 1 limit 5`);
    const places = await placesOf({ db, locator: prepared, codes: near.map(({ code }) => code) });
    return {
      places: near.flatMap(({ code, metres }) => {
        const place = places.get(code);
        return place ? [{ metres: Math.round(metres * 10) / 10, place }] : [];
      }),
    };
  },
});
