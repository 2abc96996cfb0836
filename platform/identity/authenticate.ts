import { type Actor, anonymous, type Assurance, type Post, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { whoActs } from './acting.ts';
import { IDLE_MS, sessionIn } from './session.ts';
import { personResolver } from './subjects.ts';

/** How long an answer may be reused; ending a session clears it at once in this process, elsewhere within this time. */
const CACHE_MS = 5_000;
const CACHE_SIZE = 10_000;
/** `seen_at` is written at most this often. */
const TOUCH_MS = 60_000;

type Known = { until: number; actor: Omit<Actor, 'trace' | 'purpose'> };
const caches = new WeakMap<Services, Map<string, Known>>();
const system = systemActor({ name: 'authenticate' });

function cacheOf(services: Services): Map<string, Known> {
  let cache = caches.get(services);
  if (cache === undefined) {
    cache = new Map();
    caches.set(services, cache);
  }
  return cache;
}

/** Forgets cached answers: of one session, or of all (after accounts changed). */
export function forgetSessions(services: Services, token?: string): void {
  if (token === undefined) cacheOf(services).clear();
  else cacheOf(services).delete(token);
}

/** Says who sends a request, from the session cookie; anyone without a live session is anonymous. */
export const sessionAuthenticator: Authenticator = {
  async authenticate({ cookie, trace, services }) {
    const token = sessionIn(cookie, services.config);
    if (token === undefined) return anonymous(trace);
    const cache = cacheOf(services);
    const now = services.clock.now().getTime();
    const cached = cache.get(token);
    if (cached && cached.until > now && cached.until - now <= CACHE_MS) return { ...cached.actor, trace };
    cache.delete(token);
    const actor = await readSession({ token, services });
    if (actor === undefined) return anonymous(trace);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(token, { until: now + CACHE_MS, actor });
    return { ...actor, trace };
  },
};

type SessionRow = {
  account: string;
  name: string;
  post: Post;
  unit: string | null;
  area: string | null;
  reach: 'own' | 'district';
  person_hash: string | null;
  entity: string | null;
  seen_at: Date;
  assurance: Assurance;
  strongest: Assurance;
  acting_for: string | null;
};

async function readSession({
  token,
  services,
}: {
  token: string;
  services: Services;
}): Promise<Known['actor'] | undefined> {
  const now = services.clock.now();
  const idleSince = new Date(now.getTime() - IDLE_MS);
  const row = await services.database.tx({ module: 'identity', actor: system }, async (db) => {
    const found = await db.first<SessionRow>(sql`
      select a.account, a.name, a.post, a.unit, a.area, a.reach, a.person_hash, a.entity, s.seen_at, s.acting_for,
        case when s.assured_until > ${now}::timestamptz then s.assurance else 1 end as assurance, identity.strongest(a.account) as strongest
      from identity.session s join identity.account a using (account)
      where s.token_hash = ${token} and s.ended_at is null and a.enabled
        and s.expires_at > ${now}::timestamptz and s.seen_at > ${idleSince}::timestamptz`);
    if (found && now.getTime() - found.seen_at.getTime() > TOUCH_MS) {
      await db.run(sql`update identity.session set seen_at = ${now}::timestamptz where token_hash = ${token}`);
    }
    return found;
  });
  if (row === undefined) return undefined;
  // Outside the transaction: on the embedded database a second one inside the first would wait for ever.
  const resolver = services.registry.provided(personResolver)[0]?.value;
  const person = row.person_hash && resolver ? await resolver.personOf({ hash: row.person_hash, services }) : undefined;
  const actor = {
    kind: 'person' as const,
    account: row.account,
    name: row.name,
    post: row.post,
    unit: row.unit ?? undefined,
    area: row.area ?? undefined,
    person,
    entity: row.entity ?? undefined,
    reach: row.reach,
    assurance: row.assurance,
    strongest: row.strongest,
  };
  return row.acting_for === null ? actor : whoActs({ actor, delegation: row.acting_for, services });
}
