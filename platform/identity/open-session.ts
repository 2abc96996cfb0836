import type { Assurance } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { deviceCookie, deviceIn, keepDevice } from './device.ts';
import { recordSignIn } from './record-sign-in.ts';
import { ABSOLUTE_MS, deviceOf, newToken, sessionCookie, sessionIn, tokenHash } from './session.ts';

/** A proof beyond the password lasts this long; afterwards the session is as sure as a password again. */
export const ASSURED_MS = 15 * 60_000;

/** What a request says of the browser that signs in: the session that it replaces, its device token, its name. */
export type Browser = { replaced: string | undefined; token: string | undefined; device: string };

export function browserOf(headers: Record<string, string | undefined>, services: Services): Browser {
  return {
    replaced: sessionIn(headers.cookie, services.config),
    token: deviceIn(headers.cookie, services.config),
    device: deviceOf(headers['user-agent']),
  };
}

/** Opens a session for someone who has proved who they are: cookies, history, and the device is known from then on. */
export async function openSession(options: {
  db: Db;
  services: Services;
  account: string;
  assurance: Assurance;
  browser: Browser;
  header: (name: string, value: string) => void;
}): Promise<void> {
  const { db, services, account, assurance, browser, header } = options;
  const { clock, config } = services;
  const { replaced, device } = browser;
  const now = clock.now();
  const token = newToken();
  const kept = await keepDevice({ db, now, account, device: browser.token });
  if (replaced !== undefined) {
    await db.run(
      sql`update identity.session set ended_at = ${now}::timestamptz, ended_why = 'replaced' where token_hash = ${replaced} and ended_at is null`,
    );
    forgetSessions(services, replaced);
  }
  const assuredUntil = assurance > 1 ? new Date(now.getTime() + ASSURED_MS) : null;
  await db.run(sql`insert into identity.session (id, token_hash, account, device, created_at, seen_at, expires_at, assurance, assured_until, device_hash)
    values (${uuidv7()}::uuid, ${tokenHash(token)}, ${account}, ${device}, ${now}::timestamptz, ${now}::timestamptz,
      ${new Date(now.getTime() + ABSOLUTE_MS)}::timestamptz, ${assurance}::int, ${assuredUntil}::timestamptz, ${kept.hash})`);
  await recordSignIn({ db, clock, account, outcome: 'signed-in', device, newDevice: kept.fresh, at: now });
  await endOldest({ db, services, account });
  header('set-cookie', sessionCookie({ token, config }));
  if (kept.token) header('set-cookie', deviceCookie({ token: kept.token, config }));
}

/** Sessions that an account may have at a time; a further one ends the longest unused (ASVS 7.1.2). */
export const MOST_SESSIONS = 20;

async function endOldest({ db, services, account }: { db: Db; services: Services; account: string }): Promise<void> {
  const ended = await db.rows<{
    token_hash: string;
  }>(sql`update identity.session set ended_at = ${services.clock.now()}::timestamptz, ended_why = 'too-many'
    where id in (select id from identity.session where account = ${account} and ended_at is null
      order by seen_at desc, created_at desc, id desc offset ${MOST_SESSIONS}::int) returning token_hash`);
  for (const { token_hash } of ended) forgetSessions(services, token_hash);
  if (ended.length > 0) await recordSignIn({ db, clock: services.clock, account, outcome: 'oldest-session-ended' });
}

/** Raises the caller's session; until when. */
export async function raiseSession(options: {
  db: Db;
  services: Services;
  account: string;
  token: string;
}): Promise<Date> {
  const { db, services, account, token } = options;
  const until = new Date(services.clock.now().getTime() + ASSURED_MS);
  await db.run(sql`update identity.session set assurance = 2, assured_until = ${until}::timestamptz
    where token_hash = ${token} and account = ${account}`);
  await recordSignIn({ db, clock: services.clock, account, outcome: 'stepped-up' });
  forgetSessions(services, token);
  return until;
}
