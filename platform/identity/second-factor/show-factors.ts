import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';

/** What the account has enrolled and how sure the session is (我的验证方式). */
export const showFactors = route({
  method: 'GET',
  path: '/api/identity/second-factor',
  summary: { zh: '我的验证方式', en: 'My ways to prove who I am' },
  allow: 'signed-in',
  reply: Type.Object({
    totpSince: Type.Union([Type.String(), Type.Null()]),
    passkeys: Type.Integer(),
    recoveryLeft: Type.Integer(),
    assurance: Type.Integer(),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor }) => {
    const row = await db.one<{ since: Date | null; passkeys: number; left: number }>(sql`select
      (select confirmed_at from identity.totp where account = ${actor.account}) as since,
      (select count(*)::int from identity.passkey where account = ${actor.account}) as passkeys,
      (select count(*)::int from identity.recovery_code where account = ${actor.account} and used_at is null) as left`);
    return {
      totpSince: row.since?.toISOString() ?? null,
      passkeys: row.passkeys,
      recoveryLeft: row.left,
      assurance: actor.assurance ?? 1,
    };
  },
});

/** Recovery codes stand for an authenticator or a passkey; without one there is nothing to recover. */
export const NoSecondFactor = domainError({
  code: 'NO_SECOND_FACTOR',
  status: 409,
  title: { zh: '尚未启用两步验证', en: 'No second factor is set up' },
  action: { zh: '请先启用动态码或登记通行密钥。', en: 'Set up an authenticator or register a passkey first.' },
});

/** Makes ten new recovery codes; the old ones are worth nothing from then on. */
export const renewRecoveryCodes = route({
  method: 'POST',
  path: '/api/identity/second-factor/recovery-codes',
  summary: { zh: '重新生成恢复码', en: 'Make new recovery codes' },
  allow: 'signed-in',
  assurance: 2,
  passwordOnly: true,
  repeatable: true,
  reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
  errors: [NoSecondFactor],
  examples: { own: { as: 'security-auditor' } },
  handler: async ({ db, actor, clock, services }) => {
    const { account } = actor;
    if ((actor.strongest ?? 1) === 1) throw NoSecondFactor.with();
    const recoveryCodes = await replaceRecoveryCodes({ db, services, account });
    await recordSignIn({ db, clock, account, outcome: 'recovery-codes-made' });
    return { recoveryCodes };
  },
});
