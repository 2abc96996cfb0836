/**
 * `tier-move`: a day of a series leaves the database for two verified files and comes back (S8 acceptance 4). The SM3 of its lines is the same on
 * every way, and so are the answers. Reference: COPY TO of the same lines into one file, which verifies nothing.
 * Usage: tier-move [sensors]
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { systemActor } from '#platform/kernel/actor.ts';
import { declareSeries } from '#platform/series/append-rows.ts';
import { findPart, moveCold, moveHot } from '#platform/series/move-tier.ts';
import { readSeries } from '#platform/series/read-series.ts';
import { manifests } from '../manifests.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, report } from './lib/figure.ts';

const [sensors = 250] = process.argv.slice(2).map(Number);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MEGA = 1e6;
const ROUNDS = 3;
const WANTED_GB = 50;
/** The specification names no speed; fifty gigabytes should move in a night. */
const NIGHT_HOURS = 8;

const house = await openBenchHouse({ name: 'tier_move', manifests });
const { services, client } = house;
const context = { module: 'data-centre', actor: systemActor({ name: 'bench' }) };
const start = Math.floor((Date.now() + 8 * HOUR) / DAY) * DAY - 8 * HOUR - DAY;
const part = new Date(start + 8 * HOUR).toISOString().slice(0, 10).replaceAll('-', '');
const name = { series: 'flow', part };
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};
/** Answers to three questions of different width, as one SM3. */
const answers = async (): Promise<string> => {
  const hash = createHash('sm3');
  const ask = async (from: number, until: number, some?: string[]) =>
    hash.update(
      JSON.stringify(
        await readSeries(services, context, {
          series: 'flow',
          from: new Date(from),
          until: new Date(until),
          sensors: some,
          resolution: 'raw',
        }),
      ),
    );
  await ask(start + 8 * HOUR, start + 9 * HOUR);
  await ask(start, start + DAY, ['gate-7', 'gate-77', 'gate-140']);
  await ask(start, start + DAY, ['no-such-gate']);
  return hash.digest('hex');
};

try {
  await services.database.tx(context, (db) =>
    declareSeries(db, { id: 'flow', title: { zh: '客流', en: 'Flow' }, grain: 'day', level: 'L1' }),
  );
  const from = `'${new Date(start).toISOString()}'::timestamptz`;
  await client.query('set role series_owner');
  await client.query(`select series.make_part(s, ${from}) from series.series s where id = 'flow'`);
  await client.query('reset role');
  await client.query(`insert into series.raw__flow__${part} select 'gate-' || s, ${from} + m * interval '1 minute', round((sin(s * 31 + m / 40.0) * 1000)::numeric, 2)::float8
    from generate_series(0, 1439) m, generate_series(1, ${sensors}) s`);
  await client.query('analyze');
  const { bytes } = (
    await client.query(
      `select sum(length(sensor) + 18 + length(value::text))::float8 as bytes from series.raw__flow__${part}`,
    )
  ).rows[0] as { bytes: number };
  const size = bytes / MEGA;
  const before = await answers();
  const times = { cold: [] as number[], hot: [] as number[], copy: [] as number[] };
  const digests = new Set<string>();
  const same: boolean[] = [];
  let packed = 0;
  const file = join(tmpdir(), `sd-bench-copy-${process.pid}`);
  for (let round = 0; round < ROUNDS; round++) {
    times.copy.push(
      await seconds(() =>
        pipeline(
          client.query(
            copyTo(
              `copy (select sensor, round(date_part('epoch', at) * 1000000)::bigint, value from series.raw__flow__${part} order by sensor, at) to stdout`,
            ),
          ),
          createWriteStream(file),
        ),
      ),
    );
    times.cold.push(await seconds(() => moveCold(services, name)));
    const cold = await findPart(services, name);
    digests.add(cold.digest ?? '');
    packed = (cold.bytes ?? 0) / MEGA;
    same.push((await answers()) === before);
    times.hot.push(await seconds(() => moveHot(services, name)));
    same.push((await answers()) === before);
  }
  const copied = (await stat(file)).size / MEGA;
  await rm(file);
  const ours = size / median(times.cold);
  const reference = copied / median(times.copy);
  if (digests.size !== 1 || same.includes(false)) throw new Error('SM3 or answers differ');
  report({
    name: 'tier-move',
    ours,
    reference,
    ratio: ours / reference,
    unit: 'MB/s',
    wanted: (WANTED_GB * 1000) / (NIGHT_HOURS * 3600) / reference,
    note: `PostgreSQL, ${sensors * 1440} rows, ${size.toFixed(0)} MB of lines, ${packed.toFixed(1)} MB a copy; hot → cold is written, read back, copied and read back before the rows are dropped: ${median(times.cold).toFixed(1)} s; cold → hot ${median(times.hot).toFixed(1)} s (${(size / median(times.hot)).toFixed(1)} MB/s); reference COPY TO one file in the same order ${median(times.copy).toFixed(1)} s. SM3 the same in ${ROUNDS} moves (${[...digests][0]?.slice(0, 12)}…), answers to three questions the same after each of ${same.length} moves. Not measured but reckoned: ${WANTED_GB} GB are ${((WANTED_GB * 1000) / ours / 3600).toFixed(1)} h, partition by partition, while reading goes on (wanted: a night of ${NIGHT_HOURS} h)`,
  });
} finally {
  await house.close();
}
