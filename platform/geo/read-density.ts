import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { ident, tableOf } from '#platform/kernel/db.ts';
import { join, sql } from '#platform/kernel/sql.ts';
import { CRS84 } from './crs.ts';
import { findLayer, inLayer } from './layers.ts';
import { conditionsOf } from './read-features.ts';
import { invalid } from './ogc/parameters.ts';
import { MAX_ZOOM } from './tiles.ts';

/** Groups that one picture can show; with more of them the cells are too small for it. */
const MAX_GROUPS = 5_000;
/** A circle of the map and some room around it. */
const CLUSTER_PIXELS = 64;
/** Side of a tile in the units in which the map counts zoom. */
const TILE_PIXELS = 512;

/**
 * Features of a layer counted by the cells of a grid on the screen (聚合): wide cells make clusters (聚类点), narrow ones the
 * weights of a heat map (热力图). The grid hangs on the world, not on the window, so that clusters stand still while it moves.
 */
export const readDensity = route({
  method: 'GET',
  path: '/api/geo/layers/:layer/density',
  summary: { zh: '图层要素按网格聚合', en: 'Features of a layer counted by grid' },
  allow: 'public',
  params: Type.Object({ layer: Type.String({ maxLength: 80 }) }),
  query: Type.Object({
    west: Type.Number({ minimum: -180, maximum: 180 }),
    south: Type.Number({ minimum: -85, maximum: 85 }),
    east: Type.Number({ minimum: -180, maximum: 180 }),
    north: Type.Number({ minimum: -85, maximum: 85 }),
    zoom: Type.Integer({ minimum: 0, maximum: MAX_ZOOM }),
    pixels: Type.Optional(
      Type.Integer({ minimum: 8, maximum: 256, default: CLUSTER_PIXELS, description: 'side of a cell on the screen' }),
    ),
    at: Type.Optional(Type.String({ format: 'date', description: 'features that hold on this day' })),
  }),
  reply: Type.Object({
    matched: Type.Integer(),
    /** More groups than can be shown: the largest are given. */
    more: Type.Boolean(),
    groups: Type.Array(
      Type.Object({
        /** The feature, where it is alone. */
        id: Type.Union([Type.String(), Type.Null()]),
        lon: Type.Number(),
        lat: Type.Number(),
        count: Type.Integer(),
        /** West, south, east, north of what is in it. */
        bbox: Type.Array(Type.Number()),
      }),
    ),
  }),
  errors: [InvalidInput, NotFound],
  examples: {
    own: {
      as: 'anonymous',
      params: { layer: 'cells' },
      query: { west: '121.4', south: '31.1', east: '121.6', north: '31.3', zoom: '13', pixels: '64' },
    },
  },
  prepare: async ({ params, query, actor, services }) => {
    const { west, south, east, north, zoom, pixels = CLUSTER_PIXELS, at } = query;
    if (south > north) throw invalid('south', 'order', { zh: '南界应不大于北界', en: 'must not lie north of north' });
    const reader = { services, actor };
    const layer = await findLayer(reader, params.layer);
    if (!layer) throw NotFound.with();
    const time = at === undefined ? undefined : `${at}T00:00:00+08:00`;
    const conditions = conditionsOf(layer, {
      limit: 1,
      box: { box: [west, south, east, north], crs: CRS84 },
      period: time === undefined ? undefined : { start: time, end: time },
    });
    const cells = (2 ** zoom * TILE_PIXELS) / pixels;
    const groups = await inLayer(reader, layer, (db) =>
      db.rows<Group>(sql`
        select case when count(*) = 1 then min(key) end as id, avg(x) as lon, avg(y) as lat, count(*)::int as count,
          array[min(x), min(y), max(x), max(y)] as bbox, sum(count(*)) over ()::int as matched, count(*) over ()::int as groups
        from (select key, ST_X(middle) as x, ST_Y(middle) as y from (
          select ${ident(layer.key)}::text as key, ST_Centroid(${ident(layer.geometryColumn)}) as middle
          from ${tableOf(layer.table)} where ${join(conditions, ' and ')}) m where not ST_IsEmpty(middle)) p
        where abs(y) < 86
        group by floor((x + 180) / 360 * ${cells}::float8), floor((1 - ln(tan(radians(y)) + 1 / cos(radians(y))) / pi()) / 2 * ${cells}::float8)
        order by count(*) desc, min(key) limit ${MAX_GROUPS}::int`),
    );
    return {
      matched: groups[0]?.matched ?? 0,
      more: (groups[0]?.groups ?? 0) > MAX_GROUPS,
      groups: groups.map(({ id, lon, lat, count, bbox }) => ({ id, lon, lat, count, bbox })),
    };
  },
  handler: async ({ prepared }) => prepared,
});

type Group = {
  id: string | null;
  lon: number;
  lat: number;
  count: number;
  bbox: number[];
  matched: number;
  groups: number;
};
