import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { ResetNeedsAnother, ResetOpen } from './errors.ts';
import { EXAMPLE_RESET_ACCOUNT } from './examples.ts';
import { halfDigest, newHalf, VALID_MS } from './reset-code.ts';

export const What = Type.Union([Type.Literal('password'), Type.Literal('all')]);
export const Reason = Type.String({ minLength: 2, maxLength: 200 });

/**
 * First step of a reset (申请重置): the system administrator says for whom, why, and how it was made sure who asks. The first half
 * of the code is shown here, once; it is worth nothing until the security administrator has confirmed and given the other half.
 */
export const requestReset = route({
  method: 'POST',
  path: '/api/identity/resets',
  summary: { zh: '申请重置口令或两步验证', en: 'Request a reset of password or second factor' },
  allow: 'identity.reset.request',
  assurance: 2,
  shownOnce: true,
  status: 201,
  body: Type.Object(
    {
      account: Type.String({ minLength: 1, maxLength: 100 }),
      what: What,
      proof: Type.Union([Type.Literal('card'), Type.Literal('unit-head'), Type.Literal('video')]),
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), half: Type.String(), expiresAt: Type.String() }),
  errors: [ResetOpen, ResetNeedsAnother],
  examples: {
    own: {
      as: 'system-administrator',
      body: { account: EXAMPLE_RESET_ACCOUNT, what: 'password', proof: 'card', reason: '忘记口令，本人持证到场' },
    },
  },
  handler: async ({ db, actor, clock, services, body }) => {
    const account = body.account.trim().toLowerCase();
    if (account === actor.account) throw ResetNeedsAnother.with();
    const found = await db.first(sql`select 1 as found from identity.account where account = ${account} and enabled`);
    if (!found) {
      const message = { zh: '没有这个账号，或已停用', en: 'is no account, or one that is disabled' };
      throw InvalidInput.with({ fields: [{ pointer: '/account', rule: 'unknown', message }] });
    }
    const now = clock.now();
    await assertNoneOpen(db, account, now);
    const id = uuidv7();
    const half = newHalf();
    const expires = new Date(now.getTime() + VALID_MS.administrators);
    await db.run(sql`insert into identity.reset (id, account, what, way, proof, reason, requested_by, requested_at, first_digest, expires_at)
      values (${id}::uuid, ${account}, ${body.what}, 'administrators', ${body.proof}, ${body.reason}, ${actor.account}, ${now}::timestamptz,
        ${halfDigest(services, { id, half, place: 1 })}, ${expires}::timestamptz)`);
    await recordSignIn({ db, clock, account, outcome: 'reset-requested' });
    return { id, half, expiresAt: expires.toISOString() };
  },
});

/** One reset at a time for an account; those that nobody used in time make room. */
export async function assertNoneOpen(db: Db, account: string, now: Date): Promise<void> {
  await db.run(sql`update identity.reset set cancelled_at = expires_at, cancelled_by = 'system:expired'
    where account = ${account} and used_at is null and cancelled_at is null and expires_at <= ${now}::timestamptz`);
  const open = await db.first(
    sql`select 1 as open from identity.reset where account = ${account} and used_at is null and cancelled_at is null`,
  );
  if (open) throw ResetOpen.with();
}
