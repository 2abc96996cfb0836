/**
 * `bulk`: one large file through the whole import with bounded memory: 100 MB into PostgreSQL, or `embedded` 10 MB into PGlite.
 * The reference is the limit of growth; the ratio is limit / growth. Usage: bulk [MB=100] | bulk embedded [MB=10]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { csvOf, loaded, registerUploads, upload } from '#platform/exchange/testing.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report, watchMemory } from './lib/figure.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';

const LIMIT_MB = 400;
const ROW_BYTES = 95;
const manifests = [identity, access, audit, search, rulebook, calendar, catalog, geo, exchange];
const embedded = process.argv[2] === 'embedded';
const megabytes = Number(process.argv[embedded ? 3 : 2] ?? (embedded ? 10 : 100));

async function open(): Promise<{ services: Services; close(): Promise<void> }> {
  if (!embedded) {
    const house = await openBenchHouse({ name: 'bulk', manifests, work: true });
    return { services: house.services, close: () => house.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-bulk-'));
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'keys', 'k.json') });
  const runtime = await openRuntime({ manifests, config, log: createLogger({ level: 'silent' }) });
  const close = async () => {
    await runtime.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { services: runtime.services, close };
}

const house = await open();
try {
  await registerUploads(house.services);
  const rows = Math.ceil((megabytes * 2 ** 20) / ROW_BYTES);
  const watch = watchMemory();
  const start = performance.now();
  const { id, bytes } = await upload(house.services, csvOf(rows));
  await loaded(house.services, id, rows);
  const seconds = (performance.now() - start) / 1000;
  const memory = watch.stop();
  report({
    name: 'bulk',
    ours: memory.grown,
    reference: LIMIT_MB,
    ratio: LIMIT_MB / Math.max(1, memory.grown),
    unit: 'MB grown',
    wanted: 1,
    note: `${embedded ? 'PGlite' : 'PostgreSQL'}, ${Math.round(bytes / 2 ** 20)} MB, ${rows} rows, all loaded in ${seconds.toFixed(0)} s (${Math.round(rows / seconds)} rows/s); resident memory ${memory.baseline} → ${memory.highest} MB`,
  });
} finally {
  await house.close();
}
