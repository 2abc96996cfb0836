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

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Addresses by which a browser may reach this server: the issuer and, where that is this machine alone, its other names. */
export function ownOrigins(services: Pick<Services, 'config'>): string[] {
  const issuer = issuerOf(services);
  const { hostname, port } = new URL(issuer);
  if (services.config.publicOrigin !== undefined || !LOOPBACK_NAMES.includes(hostname)) return [issuer];
  return [issuer, ...LOOPBACK_NAMES.map((name) => `http://${name}:${port}`).filter((origin) => origin !== issuer)];
}

/** Where this browser is: one of our own addresses, or the issuer if the request says another. */
export function originFor(services: Pick<Services, 'config'>, host: string | undefined): string {
  return ownOrigins(services).find((origin) => new URL(origin).host === host) ?? issuerOf(services);
}
