import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Bad tries in a row that are free; from this one on each locks the account. */
export const FREE_TRIES = 10;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 60 * 60_000;
/** A quiet day forgets earlier bad tries. */
const FORGET_MS = 24 * 60 * 60_000;

/** How long the account is locked after its nth bad try in a row: nothing before the tenth, then 1, 2, 4 … 60 minutes. */
export function lockAfter(bad: number): number {
  if (bad < FREE_TRIES) return 0;
  return Math.min(FIRST_LOCK_MS * 2 ** Math.min(bad - FREE_TRIES, 20), LONGEST_LOCK_MS);
}

const system = systemActor({ name: 'sign-in' });
export const attemptKey = (services: Services, account: string): string => services.keyring.lookup('sign-in', account);

/**
 * Counts a try as bad before the password is checked, so that many at once cannot slip under the limit; a right password
 * takes it back. Returns until when the account is locked by earlier tries, if it is.
 */
export async function countTry(options: {
  services: Services;
  /** Keyed digest of what is tried: of an account's password, its codes … */
  key: string;
}): Promise<{ lockedUntil: Date | undefined }> {
  const { services, key } = options;
  const now = services.clock.now();
  return services.database.tx({ module: 'identity', actor: system }, async (db) => {
    await db.run(
      sql`insert into identity.attempt (key, bad, last_at) values (${key}, 0, ${now}::timestamptz) on conflict (key) do nothing`,
    );
    const row = await db.one<{ bad: number; last_at: Date; locked_until: Date | null }>(
      sql`select bad, last_at, locked_until from identity.attempt where key = ${key} for update`,
    );
    if (row.locked_until && row.locked_until > now) return { lockedUntil: row.locked_until };
    const bad = now.getTime() - row.last_at.getTime() > FORGET_MS ? 1 : row.bad + 1;
    const lock = lockAfter(bad);
    const until = lock > 0 ? new Date(now.getTime() + lock) : null;
    await db.run(
      sql`update identity.attempt set bad = ${bad}::int, last_at = ${now}::timestamptz, locked_until = ${until}::timestamptz where key = ${key}`,
    );
    return { lockedUntil: undefined };
  });
}

/** Drops counts and sessions that no longer say anything. */
export async function forgetOld(services: Services): Promise<void> {
  const now = services.clock.now();
  const dayAgo = new Date(now.getTime() - FORGET_MS);
  await services.database.tx({ module: 'identity', actor: system }, async (db) => {
    await db.run(sql`delete from identity.attempt where last_at < ${dayAgo}::timestamptz`);
    await db.run(
      sql`delete from identity.session where expires_at < ${dayAgo}::timestamptz or ended_at < ${dayAgo}::timestamptz`,
    );
  });
}
