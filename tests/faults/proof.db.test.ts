import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Mapping } from '#platform/exchange/mapping.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';
import { registerBatch } from '#platform/exchange/send-import.ts';
import { storeFile } from '#platform/exchange/store-file.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { district } from '#districts/huangpu/district.ts';
import { writeFaultyUpload } from '#districts/huangpu/generate/faulty-upload.ts';
import { keepGenerated } from '#districts/huangpu/generate/generate.ts';
import { approveSampleGrants } from '#districts/huangpu/load.ts';
import { manifests } from '#manifests';

let house: TestHouse;
let folder: string;

/** The rule that names each kind of planted fault. */
const RULES: Record<string, string> = {
  'wrong-check-digit': 'citizen-id-check',
  'impossible-date': 'impossible-date',
  'birth-date-not-id': 'birth-date-differs',
  'missing-name': 'required',
  'bad-phone': 'phone',
  'unknown-building': 'unknown-building',
  'unknown-sex': 'unknown-code',
  'swapped-columns': 'swapped-columns',
  'future-date': 'future-date',
  'duplicate-row': 'duplicate-row',
  'text-too-long': 'too-long',
};

const readMapping = (name: string) =>
  JSON.parse(readFileSync(join(district.paths.mappings, `${name}.json`), 'utf8')) as Mapping & { file: string };

async function importFile(name: string, path: string): Promise<string> {
  const { services } = house;
  const mapping = readMapping(name);
  const actor = systemActor({ name: 'proof', unit: mapping.unit, purpose: 'data-quality' });
  const exchange = { module: 'exchange', actor };
  await services.database.tx(exchange, (db) => registerDataset(db, services, mapping));
  const file = await storeFile({ services, stream: createReadStream(path) });
  const { id } = await services.database.tx(exchange, async (db) => {
    const dataset = await db.one<{ id: string; app: string; unit: string; mapping_version: number }>(
      sql`select id, app, unit, mapping_version from exchange.dataset where id = ${mapping.dataset}`,
    );
    return registerBatch({ db, actor, dataset, file, fileName: path.split('/').at(-1) ?? name });
  });
  await house.runtime.worker.drain();
  return id;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smart-district-proof-'));
  house = await openHouse({ manifests });
  await approveSampleGrants(house.services);
}, 180_000);
afterAll(async () => {
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('the report of the upload names exactly the 37 planted faults by row, column and rule; every other row is loaded', {
  timeout: 300_000,
}, async () => {
  const out = join(house.services.config.cacheDir, `generated-${district.seed}`);
  keepGenerated({ profile: 'small', seed: district.seed, out });
  // The register of buildings is what unknown codes are held against.
  for (const name of ['generated-areas', 'area-streets', 'area-committees', 'housing-buildings']) {
    const { file } = readMapping(name);
    await importFile(name, file.startsWith('data/') ? join(district.paths.root, file) : join(out, file));
  }
  const upload = writeFaultyUpload({ profile: 'small', seed: district.seed, out: folder });
  expect(upload.faults).toHaveLength(37);
  const id = await importFile('civil-affairs-household', upload.path);

  const { services } = house;
  const actor = systemActor({ name: 'proof', unit: 'civil-affairs', purpose: 'data-quality' });
  const { batch, found, claims } = await services.database.tx({ module: 'exchange', actor }, async (db) => ({
    batch: await db.one(
      sql`select state, rows_read, rows_ok, rows_faulty, rows_loaded from exchange.batch where id = ${id}::uuid`,
    ),
    found: await db.rows<{ row: number; faults: { column: string; rule: string }[] }>(
      sql`select row_no as row, faults from exchange.quarantine where batch = ${id}::uuid order by row_no`,
    ),
    claims: await db.one<{ n: number }>(
      sql`select count(distinct row_no)::int as n from exchange.claim where batch = ${id}::uuid`,
    ),
  }));
  expect(batch).toEqual({ state: 'loaded', rows_read: 5000, rows_ok: 4963, rows_faulty: 37, rows_loaded: 4963 });
  expect(claims.n).toBe(4963);
  const named = found.map(({ row, faults }) => ({ row, column: faults[0]?.column, rule: faults[0]?.rule }));
  expect(named).toEqual(upload.faults.map(({ row, column, kind }) => ({ row, column, rule: RULES[kind] })));
});
