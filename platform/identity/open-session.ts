import type { Assurance } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { deviceCookie, deviceIn, keepDevice } from './device.ts';
import { signOnCookie, signOnIn } from './oidc/sign-on.ts';
import { recordSignIn } from './record-sign-in.ts';
import { ABSOLUTE_MS, deviceOf, newToken, sessionCookie, sessionIn, tokenHash } from './session.ts';

/** A proof beyond the password lasts this long; afterwards the session is as sure as a password again. */
export const ASSURED_MS = 15 * 60_000;

/** What a request says of the browser that signs in: the session that it replaces, its device token, its name. */
export type Browser = {
  replaced: string | undefined;
  signOn: string | undefined;
  token: string | undefined;
  device: string;
};
/** How a person proved who they are (RFC 8176). */
export type Methods = readonly ('pwd' | 'otp' | 'hwk' | 'user' | 'mfa' | 'fed')[];

export function browserOf(headers: Record<string, string | undefined>, services: Services): Browser {
  return {
    replaced: sessionIn(headers.cookie, services.config),
    signOn: signOnIn(headers.cookie, services.config),
    token: deviceIn(headers.cookie, services.config),
    device: deviceOf(headers['user-agent']),
  };
}

/**
 * Opens a session for someone who has proved who they are: cookies, history, and the device is known from then on. The browser
 * gets a new token for the provider and, unless it signs in for another system (`forSystem`), one for the web.
 */
export async function openSession(options: {
  db: Db;
  services: Services;
  account: string;
  assurance: Assurance;
  amr?: Methods;
  forSystem?: boolean;
  browser: Browser;
  header: (name: string, value: string) => void;
}): Promise<void> {
  const { db, services, account, assurance, browser, header } = options;
  const { clock, config } = services;
  const { device } = browser;
  const now = clock.now();
  const token = newToken();
  const ssoToken = newToken();
  const id = uuidv7();
  const kept = await keepDevice({ db, now, account, device: browser.token });
  const assuredUntil = assurance > 1 ? new Date(now.getTime() + ASSURED_MS) : null;
  await db.run(sql`insert into identity.session (id, token_hash, account, device, created_at, seen_at, expires_at, assurance, assured_until, device_hash,
      sso_hash, amr)
    values (${id}::uuid, ${tokenHash(token)}, ${account}, ${device}, ${now}::timestamptz, ${now}::timestamptz,
      ${new Date(now.getTime() + ABSOLUTE_MS)}::timestamptz, ${assurance}::int, ${assuredUntil}::timestamptz, ${kept.hash},
      ${tokenHash(ssoToken)}, ${[...(options.amr ?? ['pwd'])]}::text[])`);
  const ofWeb = await replaceSession({ db, services, account, browser, now, by: id });
  await recordSignIn({ db, clock, account, outcome: 'signed-in', device, newDevice: kept.fresh, at: now });
  await endOldest({ db, services, account });
  if (!options.forSystem || ofWeb) header('set-cookie', sessionCookie({ token, config }));
  if (kept.token) header('set-cookie', deviceCookie({ token: kept.token, config }));
  header('set-cookie', signOnCookie({ token: ssoToken, config }));
}

/**
 * Ends what this browser was signed in to before. The same person goes on in the systems that are open; of another one they are
 * told that the session has ended. Says whether the web was signed in as the same account.
 */
async function replaceSession(options: {
  db: Db;
  services: Services;
  account: string;
  browser: Browser;
  now: Date;
  by: string;
}): Promise<boolean> {
  const { db, services, account, browser, now, by } = options;
  const { replaced = '', signOn = '' } = browser;
  if (replaced === '' && signOn === '') return false;
  const earlier = await db.rows<{
    id: string;
    account: string;
    token_hash: string;
  }>(sql`select id, account, token_hash from identity.session
    where (token_hash = ${replaced} or sso_hash = ${signOn}) and ended_at is null and id <> ${by}::uuid order by id for update`);
  const own = earlier.filter((row) => row.account === account).map(({ id }) => id);
  await db.run(
    sql`update identity.oidc_item set sign_on = ${by}::uuid where sign_on = any(${own}::uuid[]) and account = ${account}`,
  );
  await db.run(sql`update identity.session set ended_at = ${now}::timestamptz, ended_why = 'replaced'
    where id = any(${earlier.map(({ id }) => id)}::uuid[])`);
  for (const { token_hash } of earlier) forgetSessions(services, token_hash);
  return earlier.some((row) => row.account === account && row.token_hash === replaced);
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
  amr?: Methods;
}): Promise<Date> {
  const { db, services, account, token } = options;
  const until = new Date(services.clock.now().getTime() + ASSURED_MS);
  await db.run(sql`update identity.session set assurance = 2, assured_until = ${until}::timestamptz,
      amr = array(select distinct unnest(amr || ${[...(options.amr ?? ['otp']), 'mfa']}::text[]) order by 1)
    where token_hash = ${token} and account = ${account}`);
  await recordSignIn({ db, clock: services.clock, account, outcome: 'stepped-up' });
  forgetSessions(services, token);
  return until;
}
