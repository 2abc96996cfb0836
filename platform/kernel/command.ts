import type { AppManifest, Services } from './app.ts';
import { createClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDatabase } from './db.ts';
import { openCheckedKeyring } from './key-check.ts';
import { createLogger } from './log.ts';
import { createRegistry } from './registry.ts';
import { openEngine } from './runtime.ts';

/** Runs a command on the configured database, without serving anything; an embedded database must not be in use. */
export async function withServices<T>(
  options: { manifests: readonly AppManifest[]; config: Config },
  work: (services: Services) => Promise<T>,
): Promise<T> {
  const { config } = options;
  const registry = createRegistry(options.manifests);
  const { engine, release } = await openEngine({ config, registry });
  const database = createDatabase(engine);
  try {
    const keyring = await openCheckedKeyring({ config, database });
    return await work({
      config,
      clock: createClock(),
      registry,
      keyring,
      database,
      log: createLogger({ level: 'silent' }),
      wake: () => undefined,
      gates: new Map(),
    });
  } finally {
    await database.close();
    release();
  }
}
