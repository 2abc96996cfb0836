import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { StepUpRequired } from '#platform/kernel/assurance.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { countTry, forgetTries, ownCounter } from './attempts.ts';
import { forgetSessions } from './authenticate.ts';
import { OldPasswordWrong, PasswordLocked } from './change-password.ts';
import { demoExample } from './demo-accounts.ts';
import { ASSURED_MS } from './open-session.ts';
import { passwordMatches } from './password.ts';
import { recordSignIn } from './record-sign-in.ts';
import { newToken, sessionCookie, sessionIn, tokenHash } from './session.ts';

/**
 * For acts on one's own account where nothing but a password is enrolled (ASVS 7.5.1, 7.5.2): the password was typed within the
 * last quarter of an hour, so that whoever finds an open session can neither enrol a factor of their own nor sign the owner out
 * elsewhere. Accounts with a second factor are asked for that by the route's `assurance`.
 */
export async function assertFreshProof(options: { services: Services; actor: Actor; token: string }): Promise<void> {
  const { services, actor, token } = options;
  if ((actor.strongest ?? 1) > 1) return;
  const since = new Date(services.clock.now().getTime() - ASSURED_MS);
  const fresh = await services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
    db.first(sql`select 1 as fresh from identity.session
      where token_hash = ${token} and account = ${actor.account} and greatest(created_at, proved_at) > ${since}::timestamptz`),
  );
  if (fresh === undefined) throw StepUpRequired.with({ extra: { assurance: 1, proof: 'password' } });
}

/** Types the password once more (重新验证密码); the session gets a new token. It does not raise the session. */
export const stepUpByPassword = route({
  method: 'POST',
  path: '/api/identity/step-up/password',
  summary: { zh: '用密码再验证一次', en: 'Confirm by password that it is you' },
  allow: 'signed-in',
  aboutSession: true,
  repeatable: true,
  bodyLimit: 4096,
  body: Type.Object({ password: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
  reply: Type.Object({ until: Type.String() }),
  errors: [OldPasswordWrong, PasswordLocked],
  examples: {
    own: () => ({
      as: 'duty-officer',
      body: { password: (demoExample('duty-officer').body as { password: string }).password },
    }),
  },
  prepare: async ({ body, headers, actor, services }) => {
    // One counter with the change of the password: both answer whether it is right.
    const counters = ownCounter(services, 'change-password', actor.account);
    const { lockedUntil } = await countTry({ services, counters });
    if (lockedUntil !== undefined) throw PasswordLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    const row = await services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
      db.first<{ password_hash: string }>(
        sql`select password_hash from identity.account where account = ${actor.account}`,
      ),
    );
    if (!(await passwordMatches({ hash: row?.password_hash, password: body.password }))) throw OldPasswordWrong.with();
    return { counters, token: sessionIn(headers.cookie, services.config) ?? '' };
  },
  handler: async ({ db, actor, clock, services, prepared: { counters, token }, header }) => {
    const now = clock.now();
    await forgetTries(db, counters);
    await db.run(sql`update identity.session set proved_at = ${now}::timestamptz
      where token_hash = ${token} and account = ${actor.account}`);
    await recordSignIn({ db, clock, account: actor.account, outcome: 'proved-by-password' });
    await renewToken({ db, services, token, header });
    return { until: new Date(now.getTime() + ASSURED_MS).toISOString() };
  },
});

/** Gives the session a new token (ASVS 7.2.4): one that was seen before the proof is worth nothing after it. */
export async function renewToken(options: {
  db: Db;
  services: Services;
  token: string;
  header: (name: string, value: string) => void;
}): Promise<void> {
  const { db, services, token, header } = options;
  const next = newToken();
  const renewed = await db.run(
    sql`update identity.session set token_hash = ${tokenHash(next)} where token_hash = ${token} and ended_at is null`,
  );
  forgetSessions(services, token);
  if (renewed === 1) header('set-cookie', sessionCookie({ token: next, config: services.config }));
}
