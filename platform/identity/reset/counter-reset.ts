import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { countTry, forgetTries, ownCounter } from '../attempts.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { ID_NUMBER_LOOKUP, residentOf } from '../subjects.ts';
import { ResetLocked, ResetOpen } from './errors.ts';
import { halfDigest, newHalf, VALID_MS } from './reset-code.ts';
import { assertNoneOpen, Reason, What } from './request-reset.ts';

/**
 * Reset at a counter (柜台重置), for residents without a smartphone: the person is there with the card, a committee worker types
 * account and identity number. Only for residents of the worker's own area; anything else is answered alike, and wrong numbers
 * are counted, so that nobody learns here which number belongs to whom.
 */
export const counterReset = route({
  method: 'POST',
  path: '/api/identity/counter-resets',
  summary: { zh: '为到场居民重置口令', en: 'Reset the password of a resident who is present' },
  allow: 'identity.reset.counter',
  assurance: 2,
  shownOnce: true,
  status: 201,
  body: Type.Object(
    {
      account: Type.String({ minLength: 1, maxLength: 100 }),
      idNumber: Type.String({ pattern: '^[0-9]{17}[0-9Xx]$' }),
      what: What,
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ code: Type.String(), expiresAt: Type.String() }),
  errors: [NotFound, ResetOpen, ResetLocked],
  examples: {
    own: {
      as: 'committee-worker',
      body: { account: 'citizen.wei', idNumber: 'fixture:citizen-id', what: 'all', reason: '手机丢失，本人持证到场' },
    },
    foreign: {
      as: 'committee-worker',
      body: {
        account: 'citizen.father',
        idNumber: 'fixture:citizen-id',
        what: 'all',
        reason: '手机丢失，本人持证到场',
      },
    },
  },
  prepare: async ({ actor, body, services }) => {
    const counters = ownCounter(services, 'counter-reset', actor.account);
    const { lockedUntil } = await countTry({ services, counters });
    if (lockedUntil !== undefined) throw ResetLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    const account = body.account.trim().toLowerCase();
    const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, body.idNumber.toUpperCase());
    const system = systemActor({ name: 'counter-reset' });
    const found = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
      db.first<{ area: string | null }>(
        sql`select area from identity.account where account = ${account} and post = 'citizen' and enabled and person_hash = ${hash}`,
      ),
    );
    const resident = found && (await residentOf(services, hash));
    const area = resident?.committee ?? found?.area;
    if (!found || resident?.deathDate || !area || !actor.area || !area.startsWith(actor.area)) throw NotFound.with();
    return { account, counters };
  },
  handler: async ({ db, actor, clock, services, body, prepared: { account, counters } }) => {
    const now = clock.now();
    await assertNoneOpen(db, account, now);
    await forgetTries(db, counters);
    const id = uuidv7();
    const [first, second] = [newHalf(), newHalf()];
    const expires = new Date(now.getTime() + VALID_MS.counter);
    await db.run(sql`insert into identity.reset (id, account, what, way, proof, reason, requested_by, requested_at, confirmed_by, confirmed_at,
        first_digest, second_digest, expires_at)
      values (${id}::uuid, ${account}, ${body.what}, 'counter', 'card', ${body.reason}, ${actor.account}, ${now}::timestamptz, ${actor.account}, ${now}::timestamptz,
        ${halfDigest(services, { id, half: first, place: 1 })}, ${halfDigest(services, { id, half: second, place: 2 })}, ${expires}::timestamptz)`);
    await recordSignIn({ db, clock, account, outcome: 'reset-at-counter' });
    return { code: `${first}-${second}`, expiresAt: expires.toISOString() };
  },
});
