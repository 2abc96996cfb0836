import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';

/** How long an answer may be reused; a change clears it at once in this process, elsewhere within this time. */
const CACHE_MS = 5_000;
const CACHE_SIZE = 10_000;

/**
 * Whoever changes something forgets before the change is committed. What was read until this long after may still rest on the state before,
 * and is not kept: a right that was taken back must not come back for seconds out of a cache.
 */
const SETTLING_MS = 2_000;

export type Signed = Omit<Actor, 'trace' | 'purpose'>;
type Known = { until: number; actor: Signed };
type Cache = { known: Map<string, Known>; forgotten: Map<string, number>; allForgotten: number };
const caches = new WeakMap<Services, Cache>();

function cacheOf(services: Services): Cache {
  let cache = caches.get(services);
  if (cache === undefined) {
    cache = { known: new Map(), forgotten: new Map(), allForgotten: Number.NEGATIVE_INFINITY };
    caches.set(services, cache);
  }
  return cache;
}

/** The actor of a session as it was found within the last seconds. */
export function rememberedActor(services: Services, token: string): Signed | undefined {
  const { known } = cacheOf(services);
  const now = services.clock.now().getTime();
  const cached = known.get(token);
  if (cached && cached.until > now && cached.until - now <= CACHE_MS) return cached.actor;
  known.delete(token);
  return undefined;
}

/**
 * Keeps an actor for some seconds, but never beyond the moment at which it changes by itself (`changes`), and only where nothing was being
 * changed while it was read. `since`: when reading began, by `performance.now()`.
 */
export function rememberActor(options: {
  services: Services;
  token: string;
  actor: Signed;
  changes: Date | undefined;
  since: number;
}): void {
  const { services, token, actor, changes, since } = options;
  const cache = cacheOf(services);
  if (since < Math.max(cache.allForgotten, cache.forgotten.get(token) ?? cache.allForgotten) + SETTLING_MS) return;
  cache.forgotten.delete(token);
  if (cache.known.size >= CACHE_SIZE) cache.known.clear();
  const until = services.clock.now().getTime() + CACHE_MS;
  cache.known.set(token, { until: Math.min(until, changes?.getTime() ?? until), actor });
}

/** Forgets cached answers: of one session, or of all (after accounts, posts or assignments changed). */
export function forgetSessions(services: Services, token?: string): void {
  const cache = cacheOf(services);
  if (token !== undefined && cache.forgotten.size < CACHE_SIZE) {
    cache.known.delete(token);
    cache.forgotten.set(token, performance.now());
    return;
  }
  cache.known.clear();
  cache.forgotten.clear();
  cache.allForgotten = performance.now();
}
