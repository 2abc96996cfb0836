import type { Geometry } from 'geojson';
import { type Db, ident, tableOf } from '#platform/kernel/db.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import type { ResolvedLayer } from './layer.ts';
import type { Box } from './tiles.ts';

/** What part of a layer is asked for. */
export type FeatureFilter = {
  /** Degrees; a west greater than the east reaches over the antimeridian. */
  bbox?: Box;
  /** RFC 3339 times, null = open end. */
  period?: { start: string | null; end: string | null };
  /** Features after this id, in order of id: pages stay right while rows come and go. */
  after?: string;
  limit: number;
};

export type LayerFeature = { type: 'Feature'; id: string; geometry: Geometry; properties: Record<string, unknown> };

/** One page of a layer and how many features match in all; `db` is bound to the module that provides the layer. */
export async function readFeatures(
  db: Db,
  layer: ResolvedLayer,
  filter: FeatureFilter,
): Promise<{ features: LayerFeature[]; matched: number; more: boolean }> {
  const key = ident(layer.key);
  const conditions = join(conditionsOf(layer, filter), ' and ');
  const { matched } = await db.one<{ matched: number }>(
    sql`select count(*)::int as matched from ${tableOf(layer.table)} where ${conditions}`,
  );
  const rows = await db.rows<StoredFeature>(sql`
    ${selection(layer)} where ${conditions} and ${filter.after === undefined ? sql`true` : sql`${key} > ${filter.after}`}
    order by ${key} limit ${filter.limit + 1}::int`);
  return {
    features: rows.slice(0, filter.limit).map((row) => toFeature(layer, row)),
    matched,
    more: rows.length > filter.limit,
  };
}

/** One feature by its id, or undefined. */
export async function readFeature(db: Db, layer: ResolvedLayer, id: string): Promise<LayerFeature | undefined> {
  const row = await db.first<StoredFeature>(sql`
    ${selection(layer)} where ${join(conditionsOf(layer, { limit: 1 }), ' and ')} and ${ident(layer.key)} = ${id}`);
  return row && toFeature(layer, row);
}

/** Bounds of a layer in degrees, null while it is empty. */
export async function layerBounds(db: Db, layer: ResolvedLayer): Promise<Box | null> {
  const { west, south, east, north } = await db.one<Record<'west' | 'south' | 'east' | 'north', number | null>>(sql`
    select ST_XMin(e) as west, ST_YMin(e) as south, ST_XMax(e) as east, ST_YMax(e) as north
    from (select ST_Extent(${ident(layer.geometryColumn)})::geometry as e from ${tableOf(layer.table)} where ${layer.where ?? sql`true`}) b`);
  return west === null || south === null || east === null || north === null ? null : [west, south, east, north];
}

type StoredFeature = { id: string; shape: string | null } & Record<string, unknown>;

function selection(layer: ResolvedLayer): Sql {
  const columns = layer.columns.map(({ name, column }) => sql`${ident(column)} as ${ident(`p_${name}`)}`);
  return sql`select ${join([sql`${ident(layer.key)} as id`, sql`ST_AsGeoJSON(${ident(layer.geometryColumn)}, 9) as shape`, ...columns])} from ${tableOf(layer.table)}`;
}

function toFeature(layer: ResolvedLayer, row: StoredFeature): LayerFeature {
  const properties = Object.fromEntries(layer.columns.map(({ name }) => [name, row[`p_${name}`]]));
  return { type: 'Feature', id: row.id, geometry: JSON.parse(row.shape ?? 'null') as Geometry, properties };
}

function conditionsOf(layer: ResolvedLayer, filter: FeatureFilter): Sql[] {
  const conditions = [layer.where ?? sql`true`];
  if (filter.bbox) conditions.push(within(layer, filter.bbox));
  const { periodColumns } = layer;
  // A layer without times has every feature at any time (OGC 17-069r4, 7.15.4).
  if (filter.period && periodColumns) {
    const { start, end } = filter.period;
    const [from, to] = [ident(periodColumns.from), ident(periodColumns.to)];
    if (end !== null)
      conditions.push(
        sql`(${from} is null or ${from} <= (${end}::text::timestamptz at time zone 'Asia/Shanghai')::date)`,
      );
    if (start !== null)
      conditions.push(sql`(${to} is null or ${to} > (${start}::text::timestamptz at time zone 'Asia/Shanghai')::date)`);
  }
  return conditions;
}

/** Rows whose geometry meets the box; the box operator lets the GiST index answer first. */
export function within(layer: ResolvedLayer, [west, south, east, north]: Box): Sql {
  if (west > east)
    return sql`(${within(layer, [west, south, 180, north])} or ${within(layer, [-180, south, east, north])})`;
  return sql`ST_Intersects(${ident(layer.geometryColumn)}, ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4490))`;
}
