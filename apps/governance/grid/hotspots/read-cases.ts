import { createHash } from 'node:crypto';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Seen } from './recurrence.ts';

export type Cell = { code: string; lon: number; lat: number; x: number; y: number };
export type CaseSeen = Seen & { class: string; cell: string; street: string; committee: string; day: string };

const METRES_A_DEGREE = 111_320;

/** Unit grid cells with their middle, in degrees and in planar metres. */
export async function readCells(db: Db): Promise<Cell[]> {
  const cells = await db.rows<{ code: string; lon: number; lat: number }>(sql`
    select code, ST_X(ST_Centroid(geometry::geometry)) as lon, ST_Y(ST_Centroid(geometry::geometry)) as lat
    from ${db.share('area')} where level = 'cell' and valid_to is null order by code`);
  const flat = Math.cos(((cells[0]?.lat ?? 0) * Math.PI) / 180) * METRES_A_DEGREE;
  return cells.map((cell) => ({ ...cell, x: cell.lon * flat, y: cell.lat * METRES_A_DEGREE }));
}

/** Cases since a day, the oldest first; those that were rejected, withdrawn or merged into another do not count twice. */
export async function readCases(db: Db, since: Date, until: Date): Promise<CaseSeen[]> {
  const rows = await db.rows<Omit<CaseSeen, 'day'>>(sql`
    select no, class, cell, street, committee, lon, lat, reported_at as at from ${db.share('case')}
    where reported_at >= ${since}::timestamptz and reported_at < ${until}::timestamptz and state not in ('rejected', 'merged', 'withdrawn', 'cancelled') order by reported_at, no`);
  return rows.map((row) => ({ ...row, day: shanghaiDate(row.at) }));
}

/** Says which data a result was made of: the same cases give the same version (数据版本). */
export function versionOf(cases: readonly CaseSeen[]): string {
  const hash = createHash('sha256');
  for (const { no, class: code, cell, day } of cases) hash.update(`${no} ${code} ${cell} ${day}\n`);
  return hash.digest('hex').slice(0, 16);
}
