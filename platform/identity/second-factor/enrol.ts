import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { countTry, forgetTries, ownCounter } from '../attempts.ts';
import { assertFreshProof } from '../renew-proof.ts';
import { sessionIn } from '../session.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { CodeLocked, CodesNotConsecutive, EnrolmentExpired } from './errors.ts';
import { examplePair } from './examples.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { enrolmentUri, newTotpSecret, stepOfPair } from './totp.ts';
import { totpContext } from './use-code.ts';

/** A secret that was shown must be confirmed within this time. */
const PENDING_MS = 15 * 60_000;
const ISSUER = 'Smart District';
const SIX_DIGITS = Type.String({ pattern: '^\\d{6}$' });

/** Starts an enrolment (启用动态码): shows a new secret. What is in force stays so until the new one is confirmed. */
export const startTotp = route({
  method: 'POST',
  path: '/api/identity/second-factor/totp',
  summary: { zh: '开始启用动态码', en: 'Start to set up an authenticator' },
  allow: 'signed-in',
  assurance: 2,
  passwordOnly: true,
  repeatable: true,
  reply: Type.Object({ uri: Type.String(), secret: Type.String(), until: Type.String() }),
  examples: { own: { as: 'security-auditor' } },
  prepare: ({ actor, headers, services }) =>
    assertFreshProof({ services, actor, token: sessionIn(headers.cookie, services.config) ?? '' }),
  handler: async ({ db, actor, clock, services }) => {
    const { account } = actor;
    const secret = newTotpSecret();
    const sealed = services.keyring.seal(secret, totpContext(account));
    const now = clock.now();
    await db.run(sql`insert into identity.totp (account, pending, pending_at) values (${account}, ${sealed}, ${now}::timestamptz)
      on conflict (account) do update set pending = excluded.pending, pending_at = excluded.pending_at`);
    return {
      uri: enrolmentUri({ secret, account, issuer: ISSUER }),
      secret,
      until: new Date(now.getTime() + PENDING_MS).toISOString(),
    };
  },
});

/**
 * Confirms it by two codes that follow each other; from then on the account is asked. The recovery codes are shown once. The
 * session is not raised by it: whoever found it open has just made these codes.
 */
export const confirmTotp = route({
  method: 'POST',
  path: '/api/identity/second-factor/totp/confirm',
  summary: { zh: '确认启用动态码', en: 'Confirm the authenticator' },
  allow: 'signed-in',
  assurance: 2,
  passwordOnly: true,
  repeatable: true,
  body: Type.Object({ first: SIX_DIGITS, second: SIX_DIGITS }, { additionalProperties: false }),
  reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
  errors: [EnrolmentExpired, CodesNotConsecutive, CodeLocked],
  examples: { own: () => ({ as: 'security-auditor', body: examplePair() }) },
  prepare: async ({ actor, services }) => {
    const counters = ownCounter(services, 'enrolment', actor.account);
    const { lockedUntil } = await countTry({ services, counters });
    if (lockedUntil !== undefined) throw CodeLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    return { counters };
  },
  handler: async ({ db, actor, clock, services, body, prepared }) => {
    const { account } = actor;
    const now = clock.now();
    const row = await db.first<{ pending: string }>(sql`select pending from identity.totp where account = ${account}
      and pending is not null and pending_at > ${new Date(now.getTime() - PENDING_MS)}::timestamptz for update`);
    if (row === undefined) throw EnrolmentExpired.with();
    const secret = services.keyring.open(row.pending, totpContext(account));
    const step = stepOfPair({ secret, ...body, now });
    if (step === undefined) throw CodesNotConsecutive.with();
    await db.run(sql`update identity.totp set secret = pending, confirmed_at = ${now}::timestamptz, last_step = ${step}::bigint,
      pending = null, pending_at = null where account = ${account}`);
    await forgetTries(db, prepared.counters);
    const recoveryCodes = await replaceRecoveryCodes({ db, services, account });
    await recordSignIn({ db, clock, account, outcome: 'second-factor-added' });
    forgetSessions(services);
    return { recoveryCodes };
  },
});

/** Takes the authenticator away (停用动态码), and the recovery codes unless a passkey is left. */
export const removeTotp = route({
  method: 'DELETE',
  path: '/api/identity/second-factor/totp',
  summary: { zh: '停用动态码', en: 'Remove the authenticator' },
  allow: 'signed-in',
  assurance: 2,
  passwordOnly: true,
  reply: Type.Object({ removed: Type.Boolean() }),
  examples: { own: { as: 'security-auditor' } },
  handler: async ({ db, actor, clock, services }) => {
    const { account } = actor;
    const removed = await db.first<{ held: boolean }>(
      sql`delete from identity.totp where account = ${account} returning secret is not null as held`,
    );
    await db.run(
      sql`delete from identity.recovery_code where account = ${account} and identity.strongest(${account}) = 1`,
    );
    if (removed?.held) await recordSignIn({ db, clock, account, outcome: 'second-factor-removed' });
    forgetSessions(services);
    return { removed: removed?.held ?? false };
  },
});
