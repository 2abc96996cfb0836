import type { Geometry } from 'geojson';
import { type Db, ident, tableOf } from '#platform/kernel/db.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import { boxIn, CRS84, type Crs, digitsOf, toCrs } from './crs.ts';
import type { ResolvedLayer } from './layer.ts';
import type { Box } from './tiles.ts';

/** What part of a layer is asked for. */
export type FeatureFilter = {
  /** In the axes of its system; in degrees a west greater than the east reaches over the antimeridian. */
  box?: { box: Box; crs: Crs };
  /** RFC 3339 times, null = open end. */
  period?: { start: string | null; end: string | null };
  /** Features after this id, in order of id: pages stay right while rows come and go. */
  after?: string;
  limit: number;
  /** What a filter expression or single properties ask for. */
  conditions?: readonly Sql[];
  /** System of the geometries given out; absent = CRS84. */
  crs?: Crs;
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
    ${selection(layer, filter.crs)} where ${conditions} and ${filter.after === undefined ? sql`true` : sql`${key} > ${filter.after}`}
    order by ${key} limit ${filter.limit + 1}::int`);
  return {
    features: rows.slice(0, filter.limit).map((row) => toFeature(layer, row)),
    matched,
    more: rows.length > filter.limit,
  };
}

/** One feature by its id, or undefined. */
export async function readFeature(
  db: Db,
  layer: ResolvedLayer,
  { id, crs }: { id: string; crs?: Crs },
): Promise<LayerFeature | undefined> {
  const row = await db.first<StoredFeature>(sql`
    ${selection(layer, crs)} where ${join(conditionsOf(layer, { limit: 1 }), ' and ')} and ${ident(layer.key)} = ${id}`);
  return row && toFeature(layer, row);
}

/** Where and when the features of a layer lie. */
export type LayerExtent = {
  /** Degrees; null while the layer is empty. */
  box: Box | null;
  /** First and last day on which a feature holds, null where that is open; absent for layers without times. */
  days?: { from: string | null; to: string | null };
};

/** A tenth of a metre all round: what lies on the edge stays inside when a client turns the box into another system. */
const MARGIN = 1e-6;

/** Bounds of a layer in space and time. */
export async function layerExtent(db: Db, layer: ResolvedLayer): Promise<LayerExtent> {
  const { periodColumns: period } = layer;
  const days = period
    ? sql`min(${ident(period.from)})::date::text as first, case when bool_and(${ident(period.to)} is not null) then max(${ident(period.to)})::date::text end as last`
    : sql`null as first, null as last`;
  const found = await db.one<
    Record<'west' | 'south' | 'east' | 'north', number | null> & Record<'first' | 'last', string | null>
  >(sql`
    select ST_XMin(e) as west, ST_YMin(e) as south, ST_XMax(e) as east, ST_YMax(e) as north, first, last
    from (select ST_Extent(${ident(layer.geometryColumn)})::geometry as e, ${days} from ${tableOf(layer.table)} where ${layer.where ?? sql`true`}) b`);
  const { west, south, east, north } = found;
  const empty = west === null || south === null || east === null || north === null;
  return {
    box: empty ? null : [west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN],
    ...(period ? { days: { from: found.first, to: found.last } } : {}),
  };
}

type StoredFeature = { id: string; shape: string | null } & Record<string, unknown>;

function selection(layer: ResolvedLayer, crs: Crs = CRS84): Sql {
  const columns = layer.columns.map(({ name, column }) => sql`${ident(column)} as ${ident(`p_${name}`)}`);
  return sql`select ${join([sql`${ident(layer.key)} as id`, sql`${shapeOf(layer, crs)} as shape`, ...columns])} from ${tableOf(layer.table)}`;
}

/** Option 0: no `crs` member, which RFC 7946 has done away with; the header Content-Crs names the system. */
const shapeOf = (layer: ResolvedLayer, crs: Crs): Sql =>
  sql`ST_AsGeoJSON(${toCrs(ident(layer.geometryColumn), crs)}, ${digitsOf(crs)}::int, 0)`;

function toFeature(layer: ResolvedLayer, row: StoredFeature): LayerFeature {
  const properties = Object.fromEntries(layer.columns.map(({ name }) => [name, row[`p_${name}`]]));
  return { type: 'Feature', id: row.id, geometry: JSON.parse(row.shape ?? 'null') as Geometry, properties };
}

function conditionsOf(layer: ResolvedLayer, filter: FeatureFilter): Sql[] {
  const conditions = [layer.where ?? sql`true`, ...(filter.conditions ?? [])];
  if (filter.box) conditions.push(meets(layer, filter.box));
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

/** Rows whose geometry meets the box; the index on the geometry answers first. */
function meets(layer: ResolvedLayer, { box, crs }: { box: Box; crs: Crs }): Sql {
  const [a, b, c, d] = box;
  const backwards = crs.degrees && (crs.northFirst ? b > d : a > c);
  if (!backwards) return sql`ST_Intersects(${ident(layer.geometryColumn)}, ${boxIn(box, crs)})`;
  const [west, east]: [Box, Box] = crs.northFirst
    ? [
        [a, b, c, 180],
        [a, -180, c, d],
      ]
    : [
        [a, b, 180, d],
        [-180, b, c, d],
      ];
  return sql`(${meets(layer, { box: west, crs })} or ${meets(layer, { box: east, crs })})`;
}
