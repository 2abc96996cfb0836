import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#platform/kernel/config.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openEngine } from '#platform/kernel/runtime.ts';
import { manifests } from '../manifests.ts';

/** Migrates the embedded database once before the test files run, so that each of them starts from the kept template. */
export default async function makeTemplate(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-template-'));
  try {
    const config = readConfig({
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keyring.json'),
      CACHE_DIR: process.env.CACHE_DIR,
    });
    const { engine, release } = await openEngine({ config, registry: createRegistry(manifests) });
    await engine.close();
    release();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
