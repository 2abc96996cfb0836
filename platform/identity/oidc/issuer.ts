import type { Services } from '#platform/kernel/app.ts';
import type { Config } from '#platform/kernel/config.ts';

/** Port that the system chose when the configuration said 0. */
const chosen = new WeakMap<Config, number>();

/** Told by the server once it listens. */
export function listensOn(config: Config, port: number): void {
  chosen.set(config, port);
}

/**
 * Who signs the tokens (issuer): the public origin, or the address that the server listens on. Never what a request says of
 * its host.
 */
export function issuerOf({ config }: Pick<Services, 'config'>): string {
  if (config.publicOrigin !== undefined) return config.publicOrigin;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${chosen.get(config) ?? config.port}`;
}
