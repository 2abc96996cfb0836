import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { buildGraph, type Graph } from './graph.ts';
import { MODES, type Mode, type Road } from './modes.ts';
import { type Snap, snapper } from './snap.ts';

/** The roads of the district, ready to be searched by each mode. */
export type RoadNetwork = Record<Mode, { graph: Graph; snap: (lon: number, lat: number) => Snap | null }> & {
  roads: number;
  /** Whom the lines are owed to, as their licence asks. */
  attribution: string[];
};

type Cached = { print: string; network: RoadNetwork };
const cache = new WeakMap<Services, Cached>();

const ROADS = sql`(select dataset, name, category, geometry, properties, key, updated_at from geo.osm_place where kind = 'road'
  union all select dataset, name, category, geometry, properties, key, updated_at from geo.place where kind = 'road') r`;

/**
 * The network of the roads that are in the database now (places of kind `road`). Each call compares their number and last
 * change, so that every process follows an import from the next request on. Call it outside a transaction.
 */
export function openRoadNetwork(services: Services): Promise<RoadNetwork> {
  return services.database.tx({ module: 'geo', actor: systemActor({ name: 'route' }), readOnly: true }, async (db) => {
    const { print } = await db.one<{ print: string }>(
      sql`select count(*)::text || ' ' || coalesce(max(updated_at)::text, '') as print from ${ROADS}`,
    );
    const cached = cache.get(services);
    if (cached?.print === print) return cached.network;
    const network = await readNetwork(db);
    cache.set(services, { print, network });
    return network;
  });
}

type StoredRoad = { name: string | null; category: string | null; shape: string; tags: Record<string, unknown> };

async function readNetwork(db: Db): Promise<RoadNetwork> {
  const rows = await db.rows<StoredRoad>(sql`
    select name, category, ST_AsGeoJSON((ST_Dump(geometry)).geom, 7, 0) as shape, properties as tags
    from ${ROADS} where GeometryType(geometry) in ('LINESTRING', 'MULTILINESTRING') order by key`);
  const owed = await db.rows<{ attribution: string }>(sql`
    select distinct attribution from geo.dataset
    where attribution is not null and id in (select dataset from ${ROADS}) order by 1`);
  const roads = rows.map(({ shape, ...row }) =>
    toRoad({ ...row, line: (JSON.parse(shape) as { coordinates: [number, number][] }).coordinates }),
  );
  const modes = MODES.map((mode) => {
    const graph = buildGraph(roads, mode);
    return [mode, { graph, snap: snapper(graph) }] as const;
  });
  return {
    ...(Object.fromEntries(modes) as Record<Mode, RoadNetwork[Mode]>),
    roads: roads.length,
    attribution: owed.map(({ attribution }) => attribution),
  };
}

/** A road from what an importer stored: class and tags as OpenStreetMap writes them. */
export function toRoad({ name, category, line, tags }: Omit<StoredRoad, 'shape'> & Pick<Road, 'line'>): Road {
  const text = (key: string) => (typeof tags[key] === 'string' ? (tags[key] as string) : null);
  const speed = Number.parseFloat(text('maxspeed') ?? '');
  return {
    name,
    class: category ?? '',
    oneway: onewayOf(text('oneway')),
    access: text('access'),
    maxSpeed: Number.isFinite(speed) && speed > 0 ? speed : null,
    line,
  };
}

function onewayOf(tag: string | null): Road['oneway'] {
  if (tag === 'yes' || tag === '1' || tag === 'true') return 'with';
  return tag === '-1' || tag === 'reverse' ? 'against' : 'no';
}
