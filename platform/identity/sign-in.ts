import { Type } from 'typebox';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Counter, countTry, forgetTries, signInCounters } from './attempts.ts';
import { assertLiving, HolderDeceased } from './death.ts';
import { demoExample } from './demo-accounts.ts';
import { knownDevice } from './device.ts';
import { browserOf, openSession } from './open-session.ts';
import { assertRoom, passwordMatches } from './password.ts';
import { recordSignIn, type SignInOutcome } from './record-sign-in.ts';
import { CodeLocked, CodeRequired, CodeWrong } from './second-factor/errors.ts';
import { hasSecondFactor, useCode } from './second-factor/use-code.ts';

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
  title: { zh: '输错次数过多，暂时锁定', en: 'Too many mistakes; signing in is locked for a while' },
  action: {
    zh: '请稍后再试，或在您以前登录过的电脑、手机上登录。',
    en: 'Try again later, or on a computer or telephone from which you have signed in before.',
  },
});

/**
 * Signs in (登录): a new session, its token in an HttpOnly cookie. An account with a second factor is asked for a code, after
 * its password was right and not before; the session then has level 2 for a while.
 */
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
    code: Type.Optional(Type.String({ minLength: 6, maxLength: 20 })),
    /** The sign-in is for a system that the provider answers to; the web gets its own session by the same way as that system. */
    forSystem: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({ signedIn: Type.Boolean() }),
  errors: [SignInFailed, SignInLocked, HolderDeceased, CodeRequired, CodeWrong, CodeLocked],
  examples: { own: () => demoExample() },
  prepare: async ({ body, headers, address, actor, services }) => {
    assertRoom();
    const account = body.account.trim().toLowerCase();
    const browser = browserOf(headers, services);
    const { device } = browser;
    const trusted = await knownDevice({ services, account, device: browser.token });
    const counters = signInCounters({ services, account, address, device: trusted });
    const { lockedUntil } = await countTry({ services, counters });
    const found = await findAccount(services, account);
    if (lockedUntil !== undefined) {
      await refused({ services, actor, account: found?.account, outcome: 'locked', device });
      throw SignInLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    }
    const known = found?.enabled ? found : undefined;
    if (!(await passwordMatches({ hash: known?.password_hash ?? undefined, password: body.password }))) {
      await refused({
        services,
        actor,
        account: found?.account,
        outcome: found ? 'wrong-password' : 'unknown-account',
        device,
      });
      throw SignInFailed.with();
    }
    await assertLiving({ services, account, actor });
    const second = await hasSecondFactor(services, account);
    if (second && body.code === undefined) {
      await takeBack(services, counters);
      throw CodeRequired.with();
    }
    if (second && body.code !== undefined) await useCode({ services, account, code: body.code, actor });
    return { account, counters, second, browser };
  },
  handler: async ({ db, services, prepared, body, header }) => {
    const { account, counters, second, browser } = prepared;
    await forgetTries(db, counters);
    const proof = second
      ? { assurance: 2 as const, amr: ['pwd', 'otp', 'mfa'] as const }
      : { assurance: 1 as const, amr: ['pwd'] as const };
    await openSession({ db, services, account, ...proof, forSystem: body.forSystem, browser, header });
    return { signedIn: true };
  },
});

const system = systemActor({ name: 'sign-in' });

async function findAccount(services: Services, account: string) {
  return services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.first<{ account: string; password_hash: string | null; enabled: boolean }>(
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
  device: string;
}): Promise<void> {
  const { services, actor, account, outcome, device } = options;
  await services.database.tx({ module: 'identity', actor }, (db) =>
    recordSignIn({ db, clock: services.clock, account, outcome, device }),
  );
}

async function takeBack(services: Services, counters: readonly Counter[]): Promise<void> {
  await services.database.tx({ module: 'identity', actor: system }, (db) => forgetTries(db, counters));
}
