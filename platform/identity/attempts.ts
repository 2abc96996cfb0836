import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DEVICE_MS } from './device.ts';

/** Bad tries in a row that are free: of one pair of account and address, of one known device, of one session's codes. */
export const FREE_TRIES = 10;
/** Bad tries on one account from anywhere; NIST SP 800-63B-4, 3.2.2: no more than 100. */
export const FREE_TRIES_OF_ACCOUNT = 100;
/** Bad tries from one address on any account; wide, since a whole office may share one. */
export const FREE_TRIES_OF_ADDRESS = 200;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 60 * 60_000;
/** A quiet day forgets earlier bad tries. */
const FORGET_MS = 24 * 60 * 60_000;

/** How long a lock lasts after the nth bad try in a row: nothing before the `free`th, then 1, 2, 4 … 60 minutes. */
export function lockAfter(bad: number, free: number = FREE_TRIES): number {
  if (bad < free) return 0;
  return Math.min(FIRST_LOCK_MS * 2 ** Math.min(bad - free, 20), LONGEST_LOCK_MS);
}

/** One counter: the keyed digest of what is tried, and how many bad tries are free. */
export type Counter = { key: string; free: number };

const system = systemActor({ name: 'sign-in' });

/** A counter of one account alone: its codes, its present password. */
export function ownCounter(services: Services, kind: string, account: string): Counter[] {
  return [{ key: services.keyring.lookup(kind, account), free: FREE_TRIES }];
}

/**
 * The counters of a sign-in. A device that the account knows counts for itself alone: whoever tries from elsewhere cannot lock
 * it. Others count by address and account, by address, and by account. Names that are no account are counted alike.
 */
export function signInCounters(options: {
  services: Services;
  account: string;
  address: string;
  device: string | undefined;
}): Counter[] {
  const { services, account, address, device } = options;
  const digest = (kind: string, value: string) => services.keyring.lookup(kind, value);
  if (device !== undefined) return [{ key: digest('sign-in-device', `${device}|${account}`), free: FREE_TRIES }];
  const network = networkOf(address);
  return [
    { key: digest('sign-in-pair', `${network}|${account}`), free: FREE_TRIES },
    { key: digest('sign-in-address', network), free: FREE_TRIES_OF_ADDRESS },
    { key: digest('sign-in-account', account), free: FREE_TRIES_OF_ACCOUNT },
  ];
}

/** An IPv6 caller has 2^64 addresses of its own: they are one. IPv4 written as IPv6 is IPv4. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::') as [string, string?];
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = plain.includes('::') ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0') : [];
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}

/**
 * Counts a try as bad before it is checked, so that many at once cannot slip under the limit; a right one takes it back. Where
 * one of the counters is locked nothing is counted, and until when is returned.
 */
export async function countTry(options: {
  services: Services;
  counters: readonly Counter[];
}): Promise<{ lockedUntil: Date | undefined }> {
  const { services, counters } = options;
  const now = services.clock.now();
  // Always locked in one order: two tries that share counters must not wait for each other.
  const keys = counters.map(({ key }) => key).sort();
  return services.database.tx({ module: 'identity', actor: system }, async (db) => {
    await db.run(sql`insert into identity.attempt (key, bad, last_at)
      select key, 0, ${now}::timestamptz from unnest(${keys}::text[]) as key order by key on conflict (key) do nothing`);
    const rows = await db.rows<{ key: string; bad: number; last_at: Date; locked_until: Date | null }>(
      sql`select key, bad, last_at, locked_until from identity.attempt where key = any(${keys}::text[]) order by key for update`,
    );
    const locks = rows.flatMap((row) => (row.locked_until && row.locked_until > now ? [row.locked_until] : []));
    if (locks.length > 0) return { lockedUntil: locks.reduce((a, b) => (a > b ? a : b)) };
    for (const row of rows) {
      const free = counters.find(({ key }) => key === row.key)?.free;
      const bad = now.getTime() - row.last_at.getTime() > FORGET_MS ? 1 : row.bad + 1;
      const lock = lockAfter(bad, free);
      const until = lock > 0 ? new Date(now.getTime() + lock) : null;
      db.last(
        sql`update identity.attempt set bad = ${bad}::int, last_at = ${now}::timestamptz, locked_until = ${until}::timestamptz where key = ${row.key}`,
      );
    }
    return { lockedUntil: undefined };
  });
}

/**
 * Forgets the tries of whoever was right. The first counter is theirs alone and goes; the others lose only what came from it,
 * so that an attacker's tries on the same account or from the same address stay counted.
 */
export async function forgetTries(db: Db, counters: readonly Counter[]): Promise<void> {
  const [own, ...shared] = counters;
  if (own === undefined) return;
  const keys = shared.map(({ key }) => key).sort();
  // The rows are locked in the order of `countTry` first: two callers that share them must not wait for each other.
  await db.rows(
    sql`select key from identity.attempt where key = any(${[own.key, ...keys].sort()}::text[]) order by key for update`,
  );
  const row = await db.first<{ bad: number }>(sql`delete from identity.attempt where key = ${own.key} returning bad`);
  if (row === undefined || keys.length === 0) return;
  await db.run(sql`update identity.attempt set bad = greatest(0, bad - ${row.bad}::int),
    locked_until = case when bad > ${row.bad}::int then locked_until end where key = any(${keys}::text[])`);
}

/** Drops counts, sessions and devices that no longer say anything. */
export async function forgetOld(services: Services): Promise<void> {
  const now = services.clock.now();
  const dayAgo = new Date(now.getTime() - FORGET_MS);
  await services.database.tx({ module: 'identity', actor: system }, async (db) => {
    await db.run(sql`delete from identity.attempt where last_at < ${dayAgo}::timestamptz`);
    await db.run(
      sql`delete from identity.session where expires_at < ${dayAgo}::timestamptz or ended_at < ${dayAgo}::timestamptz`,
    );
    await db.run(sql`delete from identity.challenge where expires_at < ${now}::timestamptz`);
    await db.run(sql`delete from identity.device where seen_at < ${new Date(now.getTime() - DEVICE_MS)}::timestamptz`);
  });
}
