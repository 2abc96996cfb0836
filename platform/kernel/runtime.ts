import { mkdir, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from './actor.ts';
import type { AppManifest, Services } from './app.ts';
import { createClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDatabase } from './db.ts';
import type { Engine } from './db/engine.ts';
import { acquireLock } from './db/lock.ts';
import { pgliteEngine } from './db/pglite.ts';
import { postgresEngine } from './db/postgres.ts';
import { findTemplate, keepBase, keepTemplate } from './db/template.ts';
import { startWorker, type Worker } from './jobs.ts';
import type { Logger } from './log.ts';
import { bootstrap, migrate, schemaFingerprint, schemaPrints } from './migrate.ts';
import { createRegistry, type Registry } from './registry.ts';
import { openCheckedKeyring } from './key-check.ts';

export type Runtime = { services: Services; worker: Worker; close(): Promise<void> };

/** What `npm start`, the tests and the benches have in common: database open and migrated, keys read, worker running. */
export async function openRuntime(options: {
  manifests: readonly AppManifest[];
  config: Config;
  log: Logger;
  registry?: Registry;
  onStep?: (note: string) => void;
  /** Tests that want the queue to stand still. */
  work?: boolean;
}): Promise<Runtime> {
  const { config, log } = options;
  const registry = options.registry ?? createRegistry(options.manifests);
  const { engine, release } = await openEngine({ config, registry, onStep: options.onStep });
  const database = createDatabase(engine);
  const keyring = await openCheckedKeyring({ config, database }).catch(async (error: unknown) => {
    await database.close();
    release();
    throw error;
  });
  let worker: Worker | undefined;
  const services: Services = {
    config,
    clock: createClock(),
    registry,
    keyring,
    database,
    log,
    wake: () => worker?.wake(),
    gates: new Map(),
  };
  for (const module of registry.modules) {
    if (module.seed)
      await database.tx({ module: module.id, actor: systemActor({ name: 'seed' }) }, (db) =>
        module.seed!({ db, services }),
      );
  }
  worker = startWorker({ services, reclaim: engine.kind === 'pglite', pollMs: options.work === false ? 2 ** 30 : 500 });
  return {
    services,
    worker,
    close: async () => {
      await worker?.stop();
      await database.close();
      release();
    },
  };
}

/** Opens the database named by the configuration and brings it to the state of the manifests. */
export async function openEngine(options: {
  config: Config;
  registry: Registry;
  onStep?: (note: string) => void;
}): Promise<{ engine: Engine; release: () => void }> {
  const { config, registry } = options;
  if (config.databaseUrl) {
    const engine = postgresEngine({ url: config.databaseUrl, adminUrl: config.databaseAdminUrl });
    if (config.databaseAdminUrl) await migrate({ engine, registry, root: config.root });
    return { engine, release: () => undefined };
  }
  const folder = join(config.dataDir, 'pg');
  await mkdir(config.dataDir, { recursive: true });
  const lock = acquireLock(config.dataDir);
  let engine: Engine | undefined;
  try {
    const fresh = !existsSync(folder) || (await readdir(folder)).length === 0;
    const prints = await schemaPrints(registry, config.root);
    const kept = { folder: config.cacheDir, fingerprint: schemaFingerprint(prints), prints };
    const template = fresh ? await findTemplate(kept) : undefined;
    engine = await pgliteEngine({ dataDir: folder, template: template?.bytes, cacheDir: config.cacheDir });
    if (!template?.whole) {
      options.onStep?.('database');
      if (template && !template.bytes && engine.dump) {
        await bootstrap(engine);
        await keepBase(config.cacheDir, await engine.dump());
      }
      await migrate({ engine, registry, root: config.root });
      if (template && engine.dump) await keepTemplate({ ...kept, bytes: await engine.dump() });
    }
    await engine.lockDown();
    return { engine, release: () => lock.release() };
  } catch (error) {
    await engine?.close();
    lock.release();
    throw error;
  }
}
