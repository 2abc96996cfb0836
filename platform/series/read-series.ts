import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Measured } from './append-rows.ts';
import { readCold } from './cold-read.ts';
import { type PartRow, PART_COLUMNS } from './part.ts';
import { type Resolution, resolutionOf } from './resolution.ts';
import { SeriesTooWide } from './series-errors.ts';

/** A point of an answer: of raw rows n = 1 and all values the same. `sensor` null = all of them together. */
export type Point = { sensor: string | null; at: Date; n: number; mean: number; least: number; most: number };

export type SeriesQuestion = {
  series: string;
  from: Date;
  until: Date;
  /** Absent = all. */
  sensors?: readonly string[];
  /** All sensors as one line. */
  together?: boolean;
  /** Absent = by the length of the period. */
  resolution?: Resolution;
  /** Most points; more are refused, never cut off. */
  most?: number;
};

const MOST = 100_000;

/**
 * Answers a question about a series of the module, whatever tier its rows stand in: hot partitions from the database, cold ones from their
 * files, in one order. Not to be called inside a transaction: files are read (a route does it in `prepare`).
 */
export async function readSeries(
  services: Services,
  context: { module: string; actor: Actor },
  question: SeriesQuestion,
): Promise<{ resolution: Resolution; points: Point[] }> {
  const resolution = question.resolution ?? resolutionOf(question);
  const most = question.most ?? MOST;
  const points =
    resolution === 'raw'
      ? await readRaw(services, context, { ...question, most })
      : await readRolled(services, context, { ...question, most, resolution });
  if (points.length > most) throw SeriesTooWide.with();
  return { resolution, points };
}

/** The last value of each sensor (最新状态). */
export function readLatest(
  services: Services,
  context: { module: string; actor: Actor },
  { series, sensors }: { series: string; sensors?: readonly string[] },
): Promise<Measured[]> {
  return services.database.tx(context, (db) =>
    db.rows<Measured>(
      sql`select sensor, at, value from series.read_latest(${series}, ${sensors ? [...sensors] : null}::text[])`,
    ),
  );
}

type Bounded = SeriesQuestion & { most: number };

async function readRaw(
  services: Services,
  context: { module: string; actor: Actor },
  question: Bounded,
): Promise<Point[]> {
  const { series, from, until, most, together = false } = question;
  const sensors = question.sensors ? [...question.sensors] : null;
  const given = sql`${series}, ${sensors}::text[], ${from}::timestamptz, ${until}::timestamptz, ${most + 1}::int`;
  const { cold, hot, summed } = await services.database.tx(context, async (db) => {
    // Held until the rows are read: a part is either in this answer's rows or in its files, never in both or in neither.
    const parts = await db.rows<PartRow>(
      sql`select ${PART_COLUMNS} from series.parts_of(${series}, ${from}::timestamptz, ${until}::timestamptz)`,
    );
    const cold = parts.filter(({ state }) => state === 'cold' || state === 'returning');
    // Where nothing has to come from files, the database adds up by itself.
    if (together && cold.length === 0)
      return {
        cold,
        hot: [],
        summed: await db.rows<Rolled>(
          sql`select null as sensor, at, n::float8 as n, total, low, high from series.read_raw_together(${given})`,
        ),
      };
    return { cold, hot: await db.rows<Measured>(sql`select sensor, at, value from series.read_raw(${given})`) };
  });
  if (summed) return summed.map(pointOf);
  const rows = [...hot];
  for (const part of cold) {
    for await (const row of readCold(services, part, { from, until, sensors })) {
      rows.push(row);
      if (rows.length > most) throw SeriesTooWide.with();
    }
  }
  if (cold.length > 0)
    rows.sort((a, b) => (a.sensor < b.sensor ? -1 : a.sensor > b.sensor ? 1 : a.at.getTime() - b.at.getTime()));
  return rawPoints(rows, together);
}

function rawPoints(rows: readonly Measured[], together: boolean): Point[] {
  if (!together)
    return rows.map(({ sensor, at, value }) => ({ sensor, at, n: 1, mean: value, least: value, most: value }));
  const moments = new Map<number, Point & { total: number }>();
  for (const { at, value } of rows) {
    const found = moments.get(at.getTime());
    if (!found)
      moments.set(at.getTime(), { sensor: null, at, n: 1, total: value, mean: value, least: value, most: value });
    else {
      found.n += 1;
      found.total += value;
      found.mean = found.total / found.n;
      found.least = Math.min(found.least, value);
      found.most = Math.max(found.most, value);
    }
  }
  return [...moments.values()]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, n, mean, least, most }) => ({ sensor: null, at, n, mean, least, most }));
}

type Rolled = { sensor: string | null; at: Date; n: number; total: number; low: number; high: number };

async function readRolled(
  services: Services,
  context: { module: string; actor: Actor },
  { series, sensors, from, until, together, most, resolution }: Bounded & { resolution: Resolution },
): Promise<Point[]> {
  const rows = await services.database.tx(context, (db) =>
    db.rows<Rolled>(sql`
      select sensor, at, n::float8 as n, total, low, high
      from series.read_rolled(${series}, ${resolution}, ${sensors ? [...sensors] : null}::text[], ${from}::timestamptz, ${until}::timestamptz, ${together ?? false}::boolean, ${most + 1}::int)`),
  );
  return rows.map(pointOf);
}

const pointOf = ({ sensor, at, n, total, low, high }: Rolled): Point => ({
  sensor,
  at,
  n,
  mean: total / n,
  least: low,
  most: high,
});
