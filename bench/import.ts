/**
 * `import`: rows/s of a department file end to end (upload, encrypted file, read, check, claims, golden rows) against raw COPY
 * of the same claims into an equal table with the same indexes. Memory is what the process grows above its start.
 * Usage: import [rows] [rounds]
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, report, watchMemory } from './lib/figure.ts';
import { csvOf, loaded, registerUploads, upload } from '#platform/exchange/testing.ts';

const [rows = 60_000, rounds = 3] = process.argv.slice(2).map(Number);
const MEMORY_MB = 400;
const COLUMNS = 'app, dataset, unit, batch, row_no, source_key, digest, payload, received_at';

const house = await openBenchHouse({
  name: 'import',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, geo, exchange],
  work: true,
});
const folder = await mkdtemp(join(tmpdir(), 'smart-district-copy-'));
try {
  await registerUploads(house.services);
  await house.client.query('create table public.copied (like exchange.claim including all)');
  const file = join(folder, 'claims');
  const ours: number[] = [];
  const reference: number[] = [];
  let memory = { baseline: 0, highest: 0, grown: 0 };
  // The first round warms up. Each sends other keys, so that every row is new.
  for (let round = -1; round < rounds; round++) {
    const watch = watchMemory();
    const start = performance.now();
    const batch = await upload(house.services, csvOf(rows, `r${round}-`));
    await loaded(house.services, batch.id, rows);
    const seconds = (performance.now() - start) / 1000;
    const used = watch.stop();
    await pipeline(
      house.client.query(
        copyTo(`copy (select ${COLUMNS} from exchange.claim where batch = '${batch.id}' order by id) to stdout`),
      ),
      createWriteStream(file),
    );
    const before = performance.now();
    const copy = house.client.query(copyFrom(`copy public.copied (${COLUMNS}) from stdin`));
    createReadStream(file, { highWaterMark: 2 ** 18 }).pipe(copy);
    await once(copy, 'finish');
    const copied = (performance.now() - before) / 1000;
    if (round < 0) continue;
    ours.push(rows / seconds);
    reference.push(rows / copied);
    if (used.grown > memory.grown) memory = used;
  }
  report({
    name: 'import',
    ours: median(ours),
    reference: median(reference),
    ratio: median(ours) / median(reference),
    unit: 'rows/s',
    wanted: 0.1,
    note: `PostgreSQL, ${rows} rows a file into exchange.reference, medians of ${rounds} alternate rounds; memory grew ${memory.grown} MB (from ${memory.baseline} to ${memory.highest}, limit ${MEMORY_MB}): ${memory.grown <= MEMORY_MB ? 'kept' : 'EXCEEDED'}`,
  });
} finally {
  await house.close();
  await rm(folder, { recursive: true, force: true });
}
