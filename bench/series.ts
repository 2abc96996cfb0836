/**
 * `series`: one value a minute of each of 760 sensors, which are 400 million rows a year (S8 acceptance 3). The history grows, the day does not:
 * the last hour is asked of raw rows, the trend of a year of the roll-ups (which stand in full for a year). Reference: the same questions to
 * one plain table with a B-tree, in alternate rounds; it has no year, so its trend is that of the days it has.
 * Usage: series [days…]
 */
import { systemActor } from '#platform/kernel/actor.ts';
import { appendRows, declareSeries } from '#platform/series/append-rows.ts';
import { readSeries } from '#platform/series/read-series.ts';
import { manifests } from '../manifests.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { alternate, median, report } from './lib/figure.ts';

const given = process.argv.slice(2).map(Number);
const days = given.length > 0 ? given : [2, 6, 12];
const SENSORS = 760;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROUNDS = 7;
const YEAR = 365;
const WANTED = { hour: 200, year: 2000 };
const FULL = 400e6;

const house = await openBenchHouse({ name: 'series', manifests });
const context = { module: 'data-centre', actor: systemActor({ name: 'bench' }) };
const { services, client } = house;
const midnight = Math.floor((Date.now() + 8 * HOUR) / DAY) * DAY - 8 * HOUR;
const moment = (ms: number) => `'${new Date(ms).toISOString()}'::timestamptz`;
const nameOf = (start: number) => new Date(start + 8 * HOUR).toISOString().slice(0, 10).replaceAll('-', '');
const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

/** A past day of raw rows and what the writer would have made of them. */
async function fillDay(start: number): Promise<void> {
  const part = `series.raw__flow__${nameOf(start)}`;
  await client.query('set role series_owner');
  await client.query(`select series.make_part(s, ${moment(start)}) from series.series s where id = 'flow'`);
  await client.query('reset role');
  await client.query(`insert into ${part} select 'gate-' || s, ${moment(start)} + m * interval '1 minute', (s * 31 + m * 17) % 997
    from generate_series(0, 1439) m, generate_series(1, ${SENSORS}) s`);
  await client.query(
    `insert into series.m5__flow select sensor, series.bin('5 minutes', at), count(*), sum(value), min(value), max(value) from ${part} group by 1, 2`,
  );
  await client.query(
    `insert into series.h1__flow select sensor, series.bin('1 hour', at), count(*), sum(value), min(value), max(value) from ${part} group by 1, 2`,
  );
  await client.query(`insert into plain select * from ${part}`);
}

try {
  await services.database.tx(context, (db) =>
    declareSeries(db, { id: 'flow', title: { zh: '客流', en: 'Flow' }, grain: 'day', level: 'L1' }),
  );
  await client.query(
    'create table plain (sensor text collate "C" not null, at timestamptz not null, value float8 not null)',
  );
  await client.query(`insert into series.d1__flow select 'gate-' || s, ${moment(midnight)} - d * interval '1 day', 1440, 700000, 0, 996
    from generate_series(1, ${YEAR}) d, generate_series(1, ${SENSORS}) s`);
  const written: number[] = [];
  const sizes: { rows: number; hour: number; plainHour: number; year: number; plainTrend: number }[] = [];
  let filled = 0;
  for (const size of days) {
    await client.query('drop index if exists plain_at');
    for (; filled < size; filled++) await fillDay(midnight - (filled + 1) * DAY);
    await client.query('create index plain_at on plain (at, sensor)');
    await client.query('analyze');
    const until = new Date(midnight);
    const lastHour = { series: 'flow', from: new Date(midnight - HOUR), until, together: true };
    const year = { series: 'flow', from: new Date(midnight - YEAR * DAY), until, together: true };
    const works = {
      hour: () => milliseconds(() => readSeries(services, context, lastHour)),
      plainHour: () =>
        milliseconds(() =>
          client.query(
            `select at, count(*), sum(value), min(value), max(value) from plain where at >= ${moment(midnight - HOUR)} and at < ${moment(midnight)} group by at order by at`,
          ),
        ),
      year: () => milliseconds(() => readSeries(services, context, year)),
      plainTrend: () =>
        milliseconds(() =>
          client.query(
            `select date_bin('1 day', at, ${moment(midnight)}), count(*), avg(value), min(value), max(value) from plain group by 1 order by 1`,
          ),
        ),
    };
    const seen = await alternate({
      rounds: ROUNDS,
      works: { hour: works.hour, plainHour: works.plainHour, year: works.year },
    });
    const trends = [await works.plainTrend(), await works.plainTrend()];
    sizes.push({
      rows: size * SENSORS * 1440,
      hour: median(seen.hour),
      plainHour: median(seen.plainHour),
      year: median(seen.year),
      plainTrend: Math.min(...trends),
    });
    console.log(JSON.stringify(sizes.at(-1)));
  }
  // A minute after the other, as they come: raw rows, latest state and three roll-ups in one transaction.
  for (let minute = 0; minute < 40; minute++) {
    const at = new Date(midnight + minute * 60_000);
    const rows = Array.from({ length: SENSORS }, (_, s) => ({
      sensor: `gate-${s + 1}`,
      at,
      value: (s * 31 + minute) % 997,
    }));
    if (at.getTime() > Date.now()) break;
    written.push(await milliseconds(() => services.database.tx(context, (db) => appendRows(db, 'flow', rows))));
  }
  const last = sizes.at(-1);
  const first = sizes[0];
  if (!last || !first) throw new Error('no size');
  const each = (key: 'hour' | 'plainHour' | 'year' | 'plainTrend') =>
    sizes.map((size) => size[key].toFixed(0)).join(' / ');
  report({
    name: 'series',
    ours: last.year,
    reference: last.plainTrend,
    ratio: last.plainTrend / last.year,
    unit: 'ms for the trend of a year',
    wanted: last.plainTrend / WANTED.year,
    note: `PostgreSQL, ${sizes.map(({ rows }) => `${(rows / 1e6).toFixed(1)} M`).join(' / ')} rows of 1.09 M a day: last hour, all sensors by the minute from ${SENSORS * 60} raw rows, ${each('hour')} ms, plain table ${each('plainHour')} ms (wanted < ${WANTED.hour}); trend of a year, all sensors by day from the roll-up of a full year ${each('year')} ms (wanted < ${WANTED.year}), plain table over the days that it has ${each('plainTrend')} ms, which grows with the rows: about ${((last.plainTrend * FULL) / last.rows / 1000).toFixed(0)} s at 400 M. Neither of ours reads more when the history grows: one partition of a fixed day, and 365 × ${SENSORS} lines; 400 M rows are the same day ${YEAR} times, extrapolated, not measured. Written with latest state and three roll-ups: ${((SENSORS * 1000) / median(written)).toFixed(0)} rows/s in batches of ${SENSORS}`,
  });
} finally {
  await house.close();
}
