import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Config } from '#platform/kernel/config.ts';
import { setCookie, tokenIn } from '#platform/kernel/cookies.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { newToken, tokenHash } from './session.ts';

/** A device that has not signed in for so long is a stranger again. */
export const DEVICE_MS = 180 * 24 * 60 * 60_000;
/** Devices that an account knows at a time; the longest unused goes first. */
const MOST_DEVICES = 20;

/** Digest of the device token in a Cookie header, if one of the right shape is there. */
export function deviceIn(cookie: string | undefined, config: Config): string | undefined {
  const token = tokenIn(cookie, 'device', config);
  return token === undefined ? undefined : tokenHash(token);
}

/** The Set-Cookie header of a new device token; it outlives the session and is worth nothing without the password. */
export function deviceCookie(options: { token: string; config: Config }): string {
  return setCookie({ name: 'device', value: options.token, seconds: DEVICE_MS / 1000, config: options.config });
}

/** The digest, if the account knows this device. */
export async function knownDevice(options: {
  services: Services;
  account: string;
  device: string | undefined;
}): Promise<string | undefined> {
  const { services, account, device } = options;
  if (device === undefined) return undefined;
  const since = new Date(services.clock.now().getTime() - DEVICE_MS);
  const actor = systemActor({ name: 'sign-in' });
  const found = await services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
    db.first(sql`select 1 as known from identity.device
      where account = ${account} and token_hash = ${device} and seen_at > ${since}::timestamptz`),
  );
  return found === undefined ? undefined : device;
}

/**
 * Keeps the device that has just signed in; gives the token of a new one where the browser brought none, and whether the account
 * sees it for the first time.
 */
export async function keepDevice(options: {
  db: Db;
  now: Date;
  account: string;
  device: string | undefined;
}): Promise<{ hash: string; token: string | undefined; fresh: boolean }> {
  const { db, now, account } = options;
  const token = options.device === undefined ? newToken() : undefined;
  const hash = options.device ?? tokenHash(token as string);
  const { fresh } = await db.one<{
    fresh: boolean;
  }>(sql`insert into identity.device (account, token_hash, created_at, seen_at)
    values (${account}, ${hash}, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (account, token_hash) do update set seen_at = excluded.seen_at returning created_at = ${now}::timestamptz as fresh`);
  await db.run(sql`delete from identity.device where account = ${account} and token_hash not in (
    select token_hash from identity.device where account = ${account} order by seen_at desc, token_hash limit ${MOST_DEVICES})`);
  return { hash, token, fresh };
}
