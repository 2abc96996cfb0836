/**
 * `parts`: 180,000 parts of a district. What stands nearest to a place as a report asks it, by HTTP, and tiles of the layer at level 16, each beside the bare statement on a connection of
 * its own: a scan of all rows, and a bare ST_AsMVT. The figure is that of the slower of the two against its own reference. Wanted: at most 200 ms at p95 for both; the answers to "nearest" are compared with a scan of all rows. Usage: parts [parts] [questions]; database by BENCH_DATABASE_URL.
 */
import { loadavg } from 'node:os';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident } from '#platform/case/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { tileAt } from '#platform/geo/tiles.ts';
import { identity } from '#platform/identity/app.ts';
import { app } from '#platform/kernel/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { grid as whole } from '#apps/governance/grid/app.ts';
import { parts as room } from '#apps/governance/grid/parts/room.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, p95, report } from './lib/figure.ts';
import { sequence } from './lib/sequence.ts';

const [parts = 180_000, questions = 400] = process.argv.slice(2).map(Number);
const LIMIT_MS = 200;
/** Some 20 km², as large as the district. */
const [WEST, SOUTH, EAST, NORTH] = [121.455, 31.192, 121.505, 31.236] as const;
const WITHIN_M = 100;
const CHECKED = 20;
const { id, folder, title } = whole;
const grid = app({ id, kind: 'app', folder, title, ...room });

const house = await openBenchHouse({
  name: 'parts',
  manifests: [identity, rulebook, calendar, access, audit, search, catalog, document, exchange, geo, incident, grid],
});
const clock = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

try {
  const { client } = house;
  await client.query(`
    insert into grid.part (code, geometry, owner, keeper, state, source, street, committee, cell, sample, updated_at)
    select '310101' || lpad((1 + n % 4)::text, 2, '0') || lpad((1 + n % 7)::text, 2, '0') || lpad((1 + n)::text, 6, '0'),
      ST_SetSRID(ST_MakePoint(${WEST} + random() * ${EAST - WEST}, ${SOUTH} + random() * ${NORTH - SOUTH}), 4490), (array['water-company','telecom','greening'])[1 + n % 3], 'greening',
      'in-use', 'bench', '310101023', '310101023001', '31010102300101', true, now() from generate_series(1, ${parts}) n;
    analyze grid.part;`);
  const address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const next = sequence(310101);
  const point = (): [number, number] => [WEST + next() * (EAST - WEST), SOUTH + next() * (NORTH - SOUTH)];
  const ask = async (path: string): Promise<Response> => {
    const reply = await fetch(`${address}${path}`);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const near = async ([lon, lat]: [number, number]): Promise<string[]> => {
    const reply = await ask(`/api/grid/parts-near?lon=${lon}&lat=${lat}&within=${WITHIN_M}&limit=10`);
    return ((await reply.json()) as { parts: { code: string }[] }).parts.map(({ code }) => code);
  };
  const scan = async ([lon, lat]: [number, number]): Promise<string[]> => {
    const { rows } = await client.query<{ code: string }>(
      `select code from grid.part where ST_DistanceSphere(ST_SetSRID(geometry, 4326), ST_SetSRID(ST_MakePoint($1, $2), 4326)) <= ${WITHIN_M}
       order by ST_DistanceSphere(ST_SetSRID(geometry, 4326), ST_SetSRID(ST_MakePoint($1, $2), 4326)), code limit 10`,
      [lon, lat],
    );
    return rows.map(({ code }) => code);
  };
  const bareTile = (z: number, x: number, y: number) =>
    client.query(
      `select ST_AsMVT(t, 'parts', 4096, 'shape') from (select code, class, state, ST_AsMVTGeom(ST_Transform(ST_SetSRID(geometry, 4326), 3857), ST_TileEnvelope($1, $2, $3), 4096, 64, true) as shape
       from grid.part where geometry && ST_SetSRID(ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096), 4326), 4490)) t where shape is not null`,
      [z, x, y],
    );
  const [nearMs, scanMs, tileMs, bareMs]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let n = 0; n < questions + 10; n += 1) {
    const here = point();
    const { z, x, y } = tileAt({ lon: here[0], lat: here[1], z: 16 });
    const times = [await clock(() => near(here)), await clock(() => ask(`/tiles/parts/${z}/${x}/${y}.mvt`))] as const;
    const bare = await clock(() => bareTile(z, x, y));
    // The first ones warm up.
    if (n < 10) continue;
    nearMs.push(times[0]);
    tileMs.push(times[1]);
    bareMs.push(bare);
    if (n >= 10 + CHECKED) continue;
    let expected: string[] = [];
    scanMs.push(await clock(async () => (expected = await scan(here))));
    const found = await near(here);
    if (found.join() !== expected.join())
      throw new Error(`nearest to ${here.join()}: ${found.join()} is not ${expected.join()}`);
  }
  const [ours, reference] = p95(nearMs) > p95(tileMs) ? [p95(nearMs), p95(scanMs)] : [p95(tileMs), p95(bareMs)];
  report({
    name: 'parts',
    ours,
    reference,
    ratio: reference / ours,
    unit: 'ms, p95',
    limit: LIMIT_MS,
    note: `PostgreSQL, ${parts} parts; ${questions} questions each by HTTP: nearest ten within ${WITHIN_M} m p95 ${p95(nearMs).toFixed(1)} ms (median ${median(nearMs).toFixed(1)}), tile at level 16 p95 ${p95(tileMs).toFixed(1)} ms (median ${median(tileMs).toFixed(1)}), the bare ST_AsMVT p95 ${p95(bareMs).toFixed(1)} ms (median ${median(bareMs).toFixed(1)}); nearest by a scan of all rows p95 ${p95(scanMs).toFixed(0)} ms, ${CHECKED} answers equal; load ${loadavg()[0]?.toFixed(1)}`,
  });
} finally {
  await house.close();
}
