/**
 * `open-download`: a whole open set of ten million rows by HTTP. Ours writes the file once from its stored lots and streams it with its
 * validators, key and meter; reference: a bare server of Node that pipes the same file, in alternate rounds. Wanted are 20 MB/s at constant memory.
 * Usage: open-download [rows] [rounds]
 */
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fileOf } from '#apps/foundation/open-data/formats/files.ts';
import type { Field } from '#apps/foundation/open-data/schema.ts';
import { manifests } from '../manifests.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, report } from './lib/figure.ts';

const [rows = 10_000_000, rounds = 3] = process.argv.slice(2).map(Number);
const LOT = 1000;
const MEGA = 1_000_000;
const WANTED = 20;
/** Reads an address to its end and says how many bytes came in how many milliseconds. */
const READER = `const from = performance.now(); let bytes = 0;
require('node:http').get(process.argv[1], (reply) => reply.on('data', (part) => (bytes += part.length)).on('end', () => console.log(bytes, performance.now() - from)));`;
const VERSION = '019a0000-0000-7000-8000-000000000001';

const house = await openBenchHouse({ name: 'open_download', manifests });
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);
try {
  const names = ['id', 'street', 'on', 'value', 'note'];
  const fields = names.map(
    (name): Field => ({ name, title: { zh: name, en: name }, type: name === 'value' ? 'number' : 'string' }),
  );
  const lot = JSON.stringify(
    Array.from({ length: LOT }, (_, at) => [
      `P${at}`,
      '瑞金二路街道',
      '2026-11-26',
      at * 1.5,
      at % 9 === 0 ? null : `第 ${at} 行`,
    ]),
  );
  await house.services.database.tx({ module: 'open-data', actor: systemActor({ name: 'bench' }) }, async (db) => {
    await db.run(sql`insert into open_data.dataset (id, item, title, summary, theme, owner, licence, cycle, about, badge, state, opening, decision, created_by)
      values ('bench', 'geo.area', '{"zh":"b","en":"b"}', '{"zh":"b","en":"b"}', 'places', 'data-centre', 'CC0-1.0', 'once', 'thing', 'sample', 'decided', 'open', '{}', 'bench')`);
    await db.run(sql`insert into open_data.version (id, dataset, no, cite, fields, rows, digest, state, data_on, prepared_by, prepared_name, approved_by, approved_name, published_at)
      values (${VERSION}::uuid, 'bench', 1, 'sd.bench.v1', ${JSON.stringify(fields)}::text::jsonb, ${rows}::int, 'x', 'published', '2026-11-26', 'a', 'a', 'b', 'b', now())`);
    await db.run(sql`insert into open_data.chunk (version, no, first_row, count, rows)
      select ${VERSION}::uuid, g, g * ${LOT} + 1, ${LOT}, ${lot}::text::jsonb from generate_series(0, ${rows / LOT - 1}::int) g`);
    await db.run(sql`update open_data.dataset set state = 'open', current = ${VERSION}::uuid where id = 'bench'`);
  });
  const before = process.memoryUsage.rss();
  peak = before;
  const building = performance.now();
  const file = await fileOf(house.services, { version: VERSION, fields, format: 'csv' });
  const built = (performance.now() - building) / 1000;
  const buildPeak = peak;
  const size = file.size / MEGA;

  await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const bare = createServer((_request, response) =>
    createReadStream(file.path, { highWaterMark: 256 * 1024 }).pipe(response),
  );
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  const port = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port;
  // The reader is a process of its own: what it holds is not counted here.
  const download = async (url: string): Promise<number> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', READER, url]);
    const [bytes = 0, milliseconds = 0] = stdout.split(' ').map(Number);
    if (bytes !== file.size) throw new Error(`${bytes} of ${file.size}`);
    return (1000 * size) / milliseconds;
  };
  const addresses = {
    ours: `http://127.0.0.1:${port(house.server.fastify.server)}/open/bench/v1.csv`,
    reference: `http://127.0.0.1:${port(bare)}/`,
  };
  const speeds = { ours: [] as number[], reference: [] as number[] };
  const peaks = { ours: 0, reference: 0 };
  await download(addresses.reference);
  for (let round = 0; round < rounds; round++)
    for (const name of ['ours', 'reference'] as const) {
      peak = 0;
      speeds[name].push(await download(addresses[name]));
      peaks[name] = Math.max(peaks[name], peak);
    }
  bare.close();
  const [ours, reference] = [median(speeds.ours), median(speeds.reference)];
  report({
    name: 'open-download',
    ours,
    reference,
    ratio: ours / reference,
    unit: 'MB/s',
    wanted: WANTED / reference,
    note: `PostgreSQL, ${rows} rows, ${size.toFixed(0)} MB of CSV, reader in a process of its own; file written from the lots in ${built.toFixed(0)} s (${(size / built).toFixed(0)} MB/s, peak ${(buildPeak / MEGA).toFixed(0)} MB of memory, ${(before / MEGA).toFixed(0)} MB before), then kept; peak while streaming ${(peaks.ours / MEGA).toFixed(0)} MB (reference ${(peaks.reference / MEGA).toFixed(0)} MB); reference a bare server that pipes the same file; wanted ${WANTED} MB/s at least`,
  });
} finally {
  clearInterval(watch);
  await house.close();
}
