/**
 * `tiles`: vector tiles of 20,500 buildings at levels 14–16 through the server, beside the same tiles by a bare ST_AsMVT on one
 * connection of its own, in alternate rounds. What is compared is what rights, headers, tags and HTTP add; G12 wants a p95 of 200 ms.
 * Usage: tiles [buildings]; database by BENCH_DATABASE_URL.
 */
import { loadavg } from 'node:os';
import { systemActor } from '#platform/kernel/actor.ts';
import { storeDataset, storePlaces } from '#platform/geo/store-places.ts';
import { type Tile, tileAt } from '#platform/geo/tiles.ts';
import { manifests } from '../manifests.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { alternate, median, p95, report } from './lib/figure.ts';
import { sequence } from './lib/sequence.ts';

const BUILDINGS = Number(process.argv[2] ?? 20_500);
const ROUNDS = 5;
const LIMIT_MS = 200;
const [WEST, SOUTH, EAST, NORTH] = [121.46, 31.19, 121.51, 31.25] as const;

const house = await openBenchHouse({ name: 'tiles', manifests });
const next = sequence(310101);

/** A rectangle of some 20 m, as an outline has it. */
function outline(): { type: 'Polygon'; coordinates: number[][][] } {
  const [x, y] = [WEST + next() * (EAST - WEST), SOUTH + next() * (NORTH - SOUTH)];
  const [w, h] = [0.0001 + next() * 0.0003, 0.0001 + next() * 0.0003];
  const ring = [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
    [x, y],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

/** Every tile of a level that the district touches. */
function tilesOf(z: number): Tile[] {
  const [a, b] = [tileAt({ lon: WEST, lat: NORTH, z }), tileAt({ lon: EAST, lat: SOUTH, z })];
  const columns = Array.from({ length: b.x - a.x + 1 }, (_, i) => a.x + i);
  const rows = Array.from({ length: b.y - a.y + 1 }, (_, i) => a.y + i);
  return columns.flatMap((x) => rows.map((y) => ({ z, x, y })));
}

const BARE = `select ST_AsMVT(t, 'places-bench', 4096, 'shape') as tile from (
  select name, name_en as "nameEn", kind, category,
    ST_AsMVTGeom(ST_Transform(ST_SetSRID(geometry, 4326), 3857), ST_TileEnvelope($1, $2, $3), 4096, 64, true) as shape
  from geo.place where dataset = 'bench'
    and geometry && ST_SetSRID(ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096), 4326), 4490)) t where shape is not null`;

try {
  await house.services.database.tx({ module: 'geo', actor: systemActor({ name: 'bench' }) }, async (db) => {
    const about = { licence: 'CC0-1.0', attribution: null, sourceUrl: null, badge: 'sample' as const, osm: false };
    await storeDataset(db, { id: 'bench', title: { zh: '建筑', en: 'Buildings' }, ...about });
    for (let from = 0; from < BUILDINGS; from += 5_000) {
      const places = Array.from({ length: Math.min(5_000, BUILDINGS - from) }, (_, i) => ({
        placeId: String(from + i),
        name: `楼 ${from + i}`,
        kind: 'building',
        geometry: outline(),
      }));
      await storePlaces(db, { places, dataset: 'bench' });
    }
  });
  await house.client.query('analyze geo.place');
  const tiles = [14, 15, 16].flatMap(tilesOf);
  const each: number[] = [];
  let bytes = 0;
  const milliseconds = async (work: (tile: Tile) => Promise<number>, keep?: number[]) => {
    const start = performance.now();
    bytes = 0;
    for (const tile of tiles) {
      const from = performance.now();
      bytes += await work(tile);
      keep?.push(performance.now() - from);
    }
    return performance.now() - start;
  };
  const seen = await alternate({
    rounds: ROUNDS,
    works: {
      ours: () =>
        milliseconds(async ({ z, x, y }) => {
          const reply = await house.server.fastify.inject({ url: `/tiles/places-bench/${z}/${x}/${y}.mvt` });
          if (reply.statusCode !== 200) throw new Error(`tile ${z}/${x}/${y}: ${reply.statusCode}`);
          return reply.rawPayload.length;
        }, each),
      bare: () =>
        milliseconds(async ({ z, x, y }) => {
          const { rows } = await house.client.query(BARE, [z, x, y]);
          return (rows[0] as { tile: Buffer }).tile.length;
        }),
    },
  });
  const perSecond = (ms: number) => (tiles.length / ms) * 1_000;
  const [ours, bare] = [perSecond(median(seen.ours)), perSecond(median(seen.bare))];
  console.log(
    `${tiles.length} tiles of ${BUILDINGS} buildings, ${(bytes / 1024).toFixed(0)} KiB a round; p95 ${p95(each).toFixed(1)} ms`,
  );
  report({
    name: 'tiles',
    ours,
    reference: bare,
    ratio: ours / bare,
    unit: 'tiles/s, one caller',
    wanted: 0.5,
    note: `through the server against a bare ST_AsMVT on its own connection; p95 ${p95(each).toFixed(1)} ms (limit ${LIMIT_MS}); load ${loadavg()[0]?.toFixed(1)}`,
  });
  if (p95(each) > LIMIT_MS) process.exitCode = 1;
} finally {
  await house.close();
}
