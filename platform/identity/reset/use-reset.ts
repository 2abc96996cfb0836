import { timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { countTry, forgetTries, signInCounters } from '../attempts.ts';
import { forgetSessions } from '../authenticate.ts';
import { passwordFault } from '../check-password.ts';
import { assertRoom, hashPassword } from '../password.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { ResetLocked, ResetRefused } from './errors.ts';
import { EXAMPLE_NEW_PASSWORD, EXAMPLE_RESET_ACCOUNT, EXAMPLE_RESET_HALVES } from './examples.ts';
import { halfDigest, halvesOf } from './reset-code.ts';

const system = systemActor({ name: 'reset' });

/**
 * Last step (设置新口令): the person types the code and a new password. The code is good once; every session ends, every device is a
 * stranger again, and with `all` the second factor is gone. Nobody is signed in by it: the new password has to prove itself.
 */
export const useReset = route({
  method: 'POST',
  path: '/api/identity/reset',
  summary: { zh: '凭重置码设置新口令', en: 'Set a new password with a reset code' },
  allow: 'public',
  repeatable: true,
  aboutSession: true,
  bodyLimit: 4096,
  body: Type.Object(
    {
      account: Type.String({ minLength: 1, maxLength: 100 }),
      code: Type.String({ minLength: 16, maxLength: 40 }),
      password: Type.String({ minLength: 1, maxLength: 200 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ changed: Type.Boolean(), secondFactor: Type.Boolean() }),
  errors: [ResetRefused, ResetLocked],
  examples: {
    own: {
      as: 'anonymous',
      body: {
        account: EXAMPLE_RESET_ACCOUNT,
        code: EXAMPLE_RESET_HALVES.join('-'),
        password: EXAMPLE_NEW_PASSWORD,
      },
    },
  },
  prepare: async ({ body, address, services }) => {
    assertRoom();
    const account = body.account.trim().toLowerCase();
    // The address is counted together with sign-ins; account and pair are counted for resets alone, so that nobody who guesses
    // codes can keep the owner from signing in.
    const counters = signInCounters({ services, account: `reset ${account}`, address, device: undefined });
    const { lockedUntil } = await countTry({ services, counters });
    if (lockedUntil !== undefined) throw ResetLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    const found = await openReset(services, account, body.code);
    if (found === undefined) throw ResetRefused.with();
    const fault = await passwordFault({
      services,
      password: body.password,
      pointer: '/password',
      about: { account, name: found.name },
    });
    if (fault) throw InvalidInput.with({ fields: [fault] });
    return { account, counters, id: found.id, what: found.what, hash: await hashPassword(body.password) };
  },
  handler: async ({ db, clock, services, prepared: { account, counters, id, what, hash } }) => {
    const now = clock.now();
    // Twice at the same time: the row lock lets the second see that it was used.
    const used = await db.run(sql`update identity.reset set used_at = ${now}::timestamptz
      where id = ${id}::uuid and used_at is null and cancelled_at is null and expires_at > ${now}::timestamptz`);
    if (used === 0) throw ResetRefused.with();
    await forgetTries(db, counters);
    await db.run(sql`update identity.account set password_hash = ${hash} where account = ${account}`);
    await db.run(sql`delete from identity.device where account = ${account}`);
    if (what === 'all') {
      await db.run(sql`delete from identity.totp where account = ${account}`);
      await db.run(sql`delete from identity.passkey where account = ${account}`);
      await db.run(sql`delete from identity.recovery_code where account = ${account}`);
    }
    await db.run(sql`update identity.session set ended_at = ${now}::timestamptz, ended_why = 'reset'
      where account = ${account} and ended_at is null`);
    forgetSessions(services);
    await recordSignIn({ db, clock, account, outcome: what === 'all' ? 'reset-used-all' : 'reset-used' });
    const { strongest } = await db.one<{ strongest: number }>(sql`select identity.strongest(${account}) as strongest`);
    return { changed: true, secondFactor: strongest > 1 };
  },
});

type Open = { id: string; what: 'password' | 'all'; name: string; first_digest: string; second_digest: string };

async function openReset(services: Services, account: string, code: string): Promise<Open | undefined> {
  const halves = halvesOf(code);
  const row = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.first<Open>(sql`select r.id, r.what, a.name, r.first_digest, r.second_digest from identity.reset r join identity.account a using (account)
      where r.account = ${account} and a.enabled and r.confirmed_at is not null and r.used_at is null and r.cancelled_at is null
        and r.expires_at > ${services.clock.now()}::timestamptz`),
  );
  if (row === undefined || halves === undefined) return undefined;
  const { id } = row;
  const right =
    same(row.first_digest, halfDigest(services, { id, half: halves.first, place: 1 })) &&
    same(row.second_digest, halfDigest(services, { id, half: halves.second, place: 2 }));
  return right ? row : undefined;
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
