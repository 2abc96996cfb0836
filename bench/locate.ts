/**
 * `locate`: 100,000 points in the index in memory against one SQL statement that joins them to the cells with GiST.
 * Answers must be equal, those of points on edges and vertices included (the lowest cell code wins).
 * Usage: node bench/locate.ts [points] [cells]; database by BENCH_DATABASE_URL.
 */
import { Delaunay } from 'd3-delaunay';
import type { Polygon } from 'geojson';
import pg from 'pg';
import { buildLocator } from '#platform/geo/locate.ts';
import { openBenchDatabase } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';
import { sequence } from './lib/sequence.ts';

type Cell = { code: string; geometry: Polygon };

const BOX: [number, number, number, number] = [121.46, 31.19, 121.51, 31.25];
const REPEATS = 5;

/** Cells that tile the box, with codes in no spatial order. */
function tiling(count: number, next: () => number): Cell[] {
  const seeds = Array.from({ length: count }, () => within(next));
  const voronoi = Delaunay.from(seeds).voronoi(BOX);
  return [...voronoi.cellPolygons()].map((ring, i) => ({
    code: `310101${String(i + 1).padStart(8, '0')}`,
    geometry: { type: 'Polygon', coordinates: [ring] },
  }));
}

function within(next: () => number): [number, number] {
  return [BOX[0] + next() * (BOX[2] - BOX[0]), BOX[1] + next() * (BOX[3] - BOX[1])];
}

/** Nine points in ten anywhere, the rest on vertices, on the middles of edges and outside. */
function samplePoints(count: number, cells: readonly Cell[], next: () => number): Float64Array {
  const points = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) points.set(onePoint(i, cells, next), i * 2);
  return points;
}

function onePoint(i: number, cells: readonly Cell[], next: () => number): [number, number] {
  if (i % 10 !== 0) return within(next);
  const ring = (cells[Math.floor(next() * cells.length)] as Cell).geometry.coordinates[0] as [number, number][];
  const at = Math.floor(next() * (ring.length - 1));
  const [a, b] = [ring[at], ring[at + 1]] as [[number, number], [number, number]];
  if (i % 30 === 0) return a;
  if (i % 30 === 10) return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return [BOX[0] - next(), BOX[1] + next()];
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const times: number[] = [];
  let value = await work();
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    value = await work();
    times.push(performance.now() - start);
  }
  return { ms: median(times), value };
}

/** Runs both and returns the figures; throws if one answer differs. */
export async function benchLocate({ points: pointCount = 100_000, cells: cellCount = 1_700 } = {}) {
  const next = sequence(310101);
  const cells = tiling(cellCount, next);
  const points = samplePoints(pointCount, cells, next);

  const database = await openBenchDatabase('locate');
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('create extension postgis');
  try {
    await client.query('begin');
    await client.query(
      'create temp table cell (code text collate "C", geometry geometry(Polygon, 4490)) on commit drop',
    );
    await client.query('create temp table point (n int primary key, geometry geometry(Point, 4490)) on commit drop');
    await client.query(
      `insert into cell select code, ST_SetSRID(ST_GeomFromGeoJSON(shape), 4490) from unnest($1::text[], $2::text[]) t (code, shape)`,
      [cells.map((cell) => cell.code), cells.map((cell) => JSON.stringify(cell.geometry))],
    );
    await client.query(
      `insert into point select n, ST_SetSRID(ST_MakePoint(x, y), 4490) from unnest($1::float8[], $2::float8[]) with ordinality t (x, y, n)`,
      [
        Array.from({ length: pointCount }, (_, i) => points[2 * i]),
        Array.from({ length: pointCount }, (_, i) => points[2 * i + 1]),
      ],
    );
    await client.query('create index on cell using gist (geometry)');
    await client.query('analyze cell');
    await client.query('analyze point');

    // The statement answers with one row, so that the transfer of 100,000 rows does not count against it.
    const sql = `select array_agg(code order by n) as codes from (
        select p.n, min(c.code) as code from point p left join cell c on ST_Intersects(c.geometry, p.geometry) group by p.n) located`;
    const reference = await timed(
      async () => (await client.query<{ codes: (string | null)[] }>(sql)).rows[0]?.codes ?? [],
    );
    const build = await timed(() => buildLocator(cells));
    const index = await timed(() => build.value.locateMany(points));
    // Where the database finds no cell, a point within rounding distance of an edge may still be in one here.
    let closedGaps = 0;
    reference.value.forEach((code, i) => {
      const ours = index.value[i];
      if (ours === code) return;
      const insideBox = (points[2 * i] as number) >= BOX[0];
      if (code !== null || !insideBox) throw new Error(`point ${i}: index says ${ours}, SQL says ${code}`);
      closedGaps++;
    });
    return {
      bench: 'locate',
      points: pointCount,
      cells: cells.length,
      sqlMs: reference.ms,
      indexMs: index.ms,
      buildMs: build.ms,
      closedGaps,
      ratio: reference.ms / index.ms,
      wanted: 5,
    };
  } finally {
    await client.query('rollback');
    await client.end();
    await database.drop();
  }
}

if (import.meta.main) {
  const [points, cells] = process.argv.slice(2).map(Number);
  const figures = await benchLocate({ points, cells });
  report({
    name: 'locate',
    ours: figures.indexMs,
    reference: figures.sqlMs,
    ratio: figures.ratio,
    unit: 'ms',
    wanted: figures.wanted,
    note: `${figures.points} points in ${figures.cells} cells, answers equal, those on edges too; the index is built in ${figures.buildMs.toFixed(0)} ms; ${figures.closedGaps} points that SQL finds in no cell for rounding`,
  });
}
