import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DelegationNotOpen, TakerNotEligible } from './delegation-errors.ts';
import {
  DelegationParams,
  type DelegationRow,
  DelegationSchema,
  holdDelegation,
  isGiver,
  isTaker,
  readDelegation,
  shown,
} from './delegation-record.ts';
import { mayTake, stateOf } from './delegation-rules.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

async function openOffer(options: { db: Db; actor: Actor; id: string; now: Date }): Promise<DelegationRow> {
  const { db, actor, id, now } = options;
  const row = await holdDelegation(db, id);
  if (!isTaker(row, actor)) throw isGiver(row, actor) ? TakerNotEligible.with() : NotFound.with();
  if (stateOf(row, now) !== 'offered') throw DelegationNotOpen.with();
  return row;
}

/** Takes a delegation on (接受委托). */
export const acceptDelegation = route({
  method: 'POST',
  path: '/api/access/delegations/:id/accept',
  summary: { zh: '接受委托', en: 'Take a delegation on' },
  allow: 'access.delegation.hold',
  params: DelegationParams,
  self: true,
  reply: DelegationSchema,
  errors: [NotFound, DelegationNotOpen, TakerNotEligible],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:offer' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-delegation' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const row = await openOffer({ db, actor, id, now });
    if (!mayTake({ basis: row.basis, post: actor.post, person: actor.person }) || isGiver(row, actor))
      throw TakerNotEligible.with();
    await db.run(sql`
      update access.delegation set state = 'accepted', answered_at = ${now}::timestamptz, taker_account = ${actor.account},
        taker_person = ${row.basis === 'helper' ? null : (actor.person ?? null)}::uuid, taker_name = ${actor.name} where id = ${id}::uuid`);
    await db.emit({ type: 'access.delegation.accepted', subject: id });
    return shown(await readDelegation(db, id), now);
  },
});

/** Does not take it on (不接受). */
export const declineDelegation = route({
  method: 'POST',
  path: '/api/access/delegations/:id/decline',
  summary: { zh: '不接受委托', en: 'Decline a delegation' },
  allow: 'access.delegation.hold',
  params: DelegationParams,
  self: true,
  reply: DelegationSchema,
  errors: [NotFound, DelegationNotOpen, TakerNotEligible],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:offer-to-decline' } },
    foreign: { as: 'citizen', params: { id: NOBODY } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const row = await openOffer({ db, actor, id, now });
    await db.run(
      sql`update access.delegation set state = 'declined', answered_at = ${now}::timestamptz where id = ${row.id}::uuid`,
    );
    await db.emit({ type: 'access.delegation.declined', subject: id });
    return shown({ ...row, state: 'declined' }, now);
  },
});
