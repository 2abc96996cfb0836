import { generateRegistrationOptions } from '@simplewebauthn/server';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { assertFreshProof } from '../renew-proof.ts';
import { replaceRecoveryCodes } from '../second-factor/recovery-codes.ts';
import { sessionIn } from '../session.ts';
import { PasskeyFailed, PasskeyKnown, PasskeyUnavailable } from './errors.ts';
import { exampleRegistration } from './examples.ts';
import { ALGORITHMS, checkRegistration, keepChallenge, RegistrationAnswer, relyingParty } from './verify.ts';

const CREDENTIALS = { assurance: 2, passwordOnly: true, allow: 'signed-in' } as const;

/** What a browser needs to make a passkey (登记通行密钥). */
export const registrationOptions = route({
  method: 'POST',
  path: '/api/identity/passkeys/options',
  summary: { zh: '开始登记通行密钥', en: 'Start to register a passkey' },
  ...CREDENTIALS,
  repeatable: true,
  reply: Type.Object({ options: Type.Unknown() }),
  errors: [PasskeyUnavailable],
  examples: { own: { as: 'security-auditor' } },
  prepare: async ({ actor, headers, services }) => {
    await assertFreshProof({ services, actor, token: sessionIn(headers.cookie, services.config) ?? '' });
    const { account, name } = actor;
    const party = relyingParty(services, headers);
    const held = await services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
      db.rows<{ id: string; transports: string[] }>(
        sql`select id, transports from identity.passkey where account = ${account}`,
      ),
    );
    const options = await generateRegistrationOptions({
      rpName: '智慧城区 Smart District',
      rpID: party.id,
      userName: account,
      userDisplayName: name,
      // A handle that says nothing of the person.
      userID: new Uint8Array(Buffer.from(services.keyring.lookup('passkey-user', account), 'base64url')),
      excludeCredentials: held,
      supportedAlgorithmIDs: ALGORITHMS,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    await keepChallenge({ services, challenge: options.challenge, purpose: 'register', account });
    return { options };
  },
  handler: async ({ prepared }) => prepared,
});

/** Keeps a passkey. The first proof beyond a password brings recovery codes, which are shown once. */
export const registerPasskey = route({
  method: 'POST',
  path: '/api/identity/passkeys',
  summary: { zh: '登记通行密钥', en: 'Register a passkey' },
  ...CREDENTIALS,
  repeatable: true,
  bodyLimit: 64 * 1024,
  body: Type.Object(
    { name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }), answer: RegistrationAnswer },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), recoveryCodes: Type.Array(Type.String()) }),
  errors: [PasskeyUnavailable, PasskeyFailed, PasskeyKnown],
  examples: {
    own: () => ({ as: 'security-auditor', body: { name: '测试钥匙', answer: exampleRegistration() } }),
  },
  prepare: async ({ actor, body, headers, services }) =>
    checkRegistration({ services, headers, account: actor.account, answer: body.answer }),
  handler: async ({ db, actor, body, clock, services, prepared: key }) => {
    const { account } = actor;
    const added =
      await db.run(sql`insert into identity.passkey (id, account, public_key, counter, transports, name, created_at)
      values (${key.id}, ${account}, ${key.publicKey}, ${key.counter}::bigint, ${key.transports}::text[], ${body.name.trim()}, ${clock.now()}::timestamptz)
      on conflict (id) do nothing`);
    if (added === 0) throw PasskeyKnown.with();
    const held = await db.first(sql`select 1 as held from identity.recovery_code where account = ${account} limit 1`);
    const recoveryCodes = held ? [] : await replaceRecoveryCodes({ db, services, account });
    await recordSignIn({ db, clock, account, outcome: 'passkey-added' });
    forgetSessions(services);
    return { id: key.id, recoveryCodes };
  },
});

/** One's own passkeys (我的通行密钥). */
export const listPasskeys = route({
  method: 'GET',
  path: '/api/identity/passkeys',
  summary: { zh: '我的通行密钥', en: 'My passkeys' },
  allow: 'signed-in',
  reply: Type.Object({
    passkeys: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        createdAt: Type.String(),
        usedAt: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor }) => {
    const rows = await db.rows<{ id: string; name: string; created_at: Date; used_at: Date | null }>(
      sql`select id, name, created_at, used_at from identity.passkey where account = ${actor.account} order by created_at, id`,
    );
    return {
      passkeys: rows.map((row) => ({
        id: row.id,
        name: row.name,
        createdAt: row.created_at.toISOString(),
        usedAt: row.used_at?.toISOString() ?? null,
      })),
    };
  },
});

/** Removes a passkey; with the last proof beyond the password the recovery codes go as well. */
export const removePasskey = route({
  method: 'DELETE',
  path: '/api/identity/passkeys/:id',
  summary: { zh: '移除通行密钥', en: 'Remove a passkey' },
  ...CREDENTIALS,
  params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,300}$' }) }),
  reply: Type.Object({ removed: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: () => ({ as: 'security-auditor', params: { id: exampleRegistration().id } }),
    foreign: { as: 'street-clerk', params: { id: 'c29tZWJvZHktZWxzZXM' } },
  },
  handler: async ({ db, actor, clock, services, params: { id } }) => {
    const { account } = actor;
    const removed = await db.run(sql`delete from identity.passkey where id = ${id} and account = ${account}`);
    if (removed === 0) throw NotFound.with();
    await db.run(
      sql`delete from identity.recovery_code where account = ${account} and identity.strongest(${account}) = 1`,
    );
    await recordSignIn({ db, clock, account, outcome: 'passkey-removed' });
    forgetSessions(services);
    return { removed: true };
  },
});
