import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { ResetNeedsAnother, ResetNotOpen } from './errors.ts';
import { EXAMPLE_RESET } from './examples.ts';
import { halfDigest, newHalf, stateOf, VALID_MS } from './reset-code.ts';

const Params = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }) });
const NOBODY = '00000000-0000-7000-8000-000000000000';

type ResetRow = {
  account: string;
  requested_by: string;
  confirmed_at: Date | null;
  used_at: Date | null;
  cancelled_at: Date | null;
  expires_at: Date;
};

/**
 * Second step (确认重置): the security administrator checks the reason and gives the other half of the code, shown here, once. Whoever
 * asked for the reset and whoever confirms it are two persons, and neither is the one whose account it is.
 */
export const confirmReset = route({
  method: 'POST',
  path: '/api/identity/resets/:id/confirm',
  summary: { zh: '确认重置', en: 'Confirm a reset' },
  allow: 'identity.reset.confirm',
  assurance: 2,
  shownOnce: true,
  params: Params,
  reply: Type.Object({ half: Type.String(), expiresAt: Type.String() }),
  errors: [NotFound, ResetNotOpen, ResetNeedsAnother],
  examples: {
    own: { as: 'security-administrator', params: { id: EXAMPLE_RESET } },
    foreign: { as: 'security-administrator', params: { id: NOBODY } },
  },
  handler: async ({ db, actor, clock, services, params: { id } }) => {
    const now = clock.now();
    const row = await hold(db, id);
    if (stateOf(row, now) !== 'requested') throw ResetNotOpen.with();
    await assertAnother(db, actor, row);
    const half = newHalf();
    const expires = new Date(now.getTime() + VALID_MS.administrators);
    await db.run(sql`update identity.reset set confirmed_by = ${actor.account}, confirmed_at = ${now}::timestamptz,
      second_digest = ${halfDigest(services, { id, half, place: 2 })}, expires_at = ${expires}::timestamptz where id = ${id}::uuid`);
    await recordSignIn({ db, clock, account: row.account, outcome: 'reset-issued' });
    return { half, expiresAt: expires.toISOString() };
  },
});

/** Either administrator stops a reset (撤销重置) that has not been used: its code is worth nothing from then on. */
export const cancelReset = route({
  method: 'POST',
  path: '/api/identity/resets/:id/cancel',
  summary: { zh: '撤销重置', en: 'Cancel a reset' },
  allow: 'identity.reset.cancel',
  params: Params,
  reply: Type.Object({ cancelled: Type.Boolean() }),
  errors: [NotFound, ResetNotOpen],
  examples: {
    own: { as: 'security-administrator', params: { id: EXAMPLE_RESET } },
    foreign: { as: 'security-administrator', params: { id: NOBODY } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const row = await hold(db, id);
    const state = stateOf(row, now);
    if (state !== 'requested' && state !== 'issued') throw ResetNotOpen.with();
    await db.run(
      sql`update identity.reset set cancelled_at = ${now}::timestamptz, cancelled_by = ${actor.account} where id = ${id}::uuid`,
    );
    await recordSignIn({ db, clock, account: row.account, outcome: 'reset-cancelled' });
    return { cancelled: true };
  },
});

async function hold(db: Db, id: string): Promise<ResetRow> {
  const row = await db.first<ResetRow>(sql`
    select account, requested_by, confirmed_at, used_at, cancelled_at, expires_at from identity.reset where id = ${id}::uuid for update`);
  if (!row) throw NotFound.with();
  return row;
}

/** Two accounts of one person are one person, as far as their identity numbers are known. */
async function assertAnother(db: Db, actor: Actor, row: ResetRow): Promise<void> {
  const same = await db.first(sql`select 1 as same from identity.account me join identity.account other
    on other.account = me.account or other.person_hash = me.person_hash
    where me.account = ${actor.account} and other.account in (${row.requested_by}, ${row.account})`);
  if (same) throw ResetNeedsAnother.with();
}
