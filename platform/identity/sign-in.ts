import { Type } from 'typebox';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attemptKey, countTry } from './attempts.ts';
import { forgetSessions } from './authenticate.ts';
import { demoExample } from './demo-accounts.ts';
import { passwordMatches } from './password.ts';
import { recordSignIn, type SignInOutcome } from './record-sign-in.ts';
import { ABSOLUTE_MS, deviceOf, newToken, sessionCookie, sessionIn, tokenHash } from './session.ts';

/** One answer for a wrong password, an unknown and a disabled account. */
export const SignInFailed = domainError({
  code: 'SIGN_IN_FAILED',
  status: 401,
  title: { zh: '账号或密码不正确', en: 'Account or password is not right' },
  action: {
    zh: '请检查后重试；多次输错会暂时锁定。',
    en: 'Check both and try again; repeated mistakes lock the account for a while.',
  },
});
export const SignInLocked = domainError({
  code: 'SIGN_IN_LOCKED',
  status: 429,
  title: { zh: '输错次数过多，账号暂时锁定', en: 'Too many mistakes; the account is locked for a while' },
  action: { zh: '请稍后再试，或联系本单位管理员。', en: 'Try again later, or ask the administrator of your unit.' },
});

/** Signs in by account and password (登录): a new session, its token in an HttpOnly cookie. */
export const signIn = route({
  method: 'POST',
  path: '/api/identity/login',
  summary: { zh: '登录', en: 'Sign in' },
  allow: 'public',
  repeatable: true,
  aboutSession: true,
  bodyLimit: 4096,
  body: Type.Object({
    account: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  reply: Type.Object({ signedIn: Type.Boolean() }),
  errors: [SignInFailed, SignInLocked],
  examples: { own: demoExample },
  prepare: async ({ body, headers, actor, services }) => {
    const account = body.account.trim().toLowerCase();
    const { lockedUntil } = await countTry({ services, account });
    const found = await findAccount(services, account);
    if (lockedUntil !== undefined) {
      await refused({ services, actor, account: found?.account, outcome: 'locked' });
      throw SignInLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    }
    const known = found?.enabled ? found : undefined;
    if (!(await passwordMatches({ hash: known?.password_hash, password: body.password }))) {
      await refused({
        services,
        actor,
        account: found?.account,
        outcome: found ? 'wrong-password' : 'unknown-account',
      });
      throw SignInFailed.with();
    }
    return { account, replaced: sessionIn(headers.cookie), device: deviceOf(headers['user-agent']) };
  },
  handler: async ({ db, clock, services, prepared, header }) => {
    const { account, replaced, device } = prepared;
    const now = clock.now();
    const token = newToken();
    await db.run(sql`delete from identity.attempt where key = ${attemptKey(services, account)}`);
    if (replaced !== undefined) {
      await db.run(
        sql`update identity.session set ended_at = ${now}::timestamptz, ended_why = 'replaced' where token_hash = ${replaced} and ended_at is null`,
      );
      forgetSessions(services, replaced);
    }
    await db.run(sql`insert into identity.session (id, token_hash, account, device, created_at, seen_at, expires_at)
      values (${uuidv7()}::uuid, ${tokenHash(token)}, ${account}, ${device}, ${now}::timestamptz, ${now}::timestamptz, ${new Date(now.getTime() + ABSOLUTE_MS)}::timestamptz)`);
    await recordSignIn({ db, clock, account, outcome: 'signed-in' });
    header('set-cookie', sessionCookie({ token, config: services.config }));
    return { signedIn: true };
  },
});

const system = systemActor({ name: 'sign-in' });

async function findAccount(services: Services, account: string) {
  return services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.first<{ account: string; password_hash: string; enabled: boolean }>(
      sql`select account, password_hash, enabled from identity.account where account = ${account}`,
    ),
  );
}

/** A refused try has no transaction of its own to be written in. */
async function refused(options: {
  services: Services;
  actor: Actor;
  account: string | undefined;
  outcome: SignInOutcome;
}): Promise<void> {
  const { services, actor, account, outcome } = options;
  await services.database.tx({ module: 'identity', actor }, (db) =>
    recordSignIn({ db, clock: services.clock, account, outcome }),
  );
}
