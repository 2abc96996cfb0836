import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';

/** How long an answer may be reused; a change clears it at once in this process, elsewhere within this time. */
const CACHE_MS = 5_000;
const CACHE_SIZE = 10_000;

export type Signed = Omit<Actor, 'trace' | 'purpose'>;
type Known = { until: number; actor: Signed };
const caches = new WeakMap<Services, Map<string, Known>>();

function cacheOf(services: Services): Map<string, Known> {
  let cache = caches.get(services);
  if (cache === undefined) {
    cache = new Map();
    caches.set(services, cache);
  }
  return cache;
}

/** The actor of a session as it was found within the last seconds. */
export function rememberedActor(services: Services, token: string): Signed | undefined {
  const cache = cacheOf(services);
  const now = services.clock.now().getTime();
  const cached = cache.get(token);
  if (cached && cached.until > now && cached.until - now <= CACHE_MS) return cached.actor;
  cache.delete(token);
  return undefined;
}

/** Keeps an actor for some seconds, but never beyond the moment at which it changes by itself (`changes`). */
export function rememberActor(options: {
  services: Services;
  token: string;
  actor: Signed;
  changes: Date | undefined;
}): void {
  const { services, token, actor, changes } = options;
  const cache = cacheOf(services);
  if (cache.size >= CACHE_SIZE) cache.clear();
  const until = services.clock.now().getTime() + CACHE_MS;
  cache.set(token, { until: Math.min(until, changes?.getTime() ?? until), actor });
}

/** Forgets cached answers: of one session, or of all (after accounts, posts or assignments changed). */
export function forgetSessions(services: Services, token?: string): void {
  if (token === undefined) cacheOf(services).clear();
  else cacheOf(services).delete(token);
}
