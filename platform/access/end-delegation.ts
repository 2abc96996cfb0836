import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { disabledAccounts } from '#platform/identity/accounts.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { DelegationNotOpen, GuardianByRecord } from './delegation-errors.ts';
import {
  DelegationParams,
  DelegationSchema,
  holdDelegation,
  isGiver,
  isTaker,
  readDelegation,
  shown,
} from './delegation-record.ts';
import { stateOf } from './delegation-rules.ts';
import { personFacts } from './person-facts.ts';

/**
 * Ends a delegation at once (结束委托): the giver withdraws it or the taker resigns (民法典 art. 173). Running sessions forget it
 * in this process immediately, elsewhere within their cache of 5 s.
 */
export const endDelegation = route({
  method: 'POST',
  path: '/api/access/delegations/:id/end',
  summary: { zh: '结束委托', en: 'End a delegation' },
  allow: 'access.delegation.hold',
  params: DelegationParams,
  self: true,
  reply: DelegationSchema,
  errors: [NotFound, DelegationNotOpen, GuardianByRecord],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:delegation' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-delegation' } },
  },
  handler: async ({ db, actor, clock, services, params: { id } }) => {
    const now = clock.now();
    const row = await holdDelegation(db, id);
    const giver = isGiver(row, actor);
    if (!giver && !isTaker(row, actor)) throw NotFound.with();
    const state = stateOf(row, now);
    if (state !== 'offered' && state !== 'accepted' && state !== 'active') throw DelegationNotOpen.with();
    if (giver && row.basis === 'guardian') throw GuardianByRecord.with();
    await end({ db, id, by: actor.account, why: giver ? 'giver' : 'taker', now });
    forgetSessions(services);
    return shown(await readDelegation(db, id), now);
  },
});

export async function end(options: {
  db: Db;
  id: string;
  by: string;
  why: 'giver' | 'taker' | 'record' | 'giver-died' | 'taker-gone';
  now: Date;
}): Promise<void> {
  const { db, id, by, why, now } = options;
  await db.run(sql`
    update access.delegation set state = ${why === 'giver' ? 'withdrawn' : 'ended'}, ended_at = ${now}::timestamptz, ended_by = ${by}, ended_why = ${why}
    where id = ${id}::uuid`);
  await db.emit({ type: 'access.delegation.ended', subject: id });
}

const BATCH = 500;

/** Ends what cannot hold any more: the giver has died, or the taker's account is gone. */
export async function endByFact(services: Services): Promise<number> {
  const actor = systemActor({ name: 'end-delegations' });
  const now = services.clock.now();
  let after = '00000000-0000-0000-0000-000000000000';
  let ended = 0;
  for (;;) {
    const open = await services.database.tx({ module: 'access', actor, readOnly: true }, (db) =>
      db.rows<{ id: string; giver: string | null; taker: string | null }>(sql`
        select id, giver_person as giver, taker_account as taker from access.delegation
        where state in ('offered', 'accepted') and valid_to > ${now}::timestamptz and id > ${after}::uuid order by id limit ${BATCH}::int`),
    );
    if (open.length === 0) break;
    after = open.at(-1)?.id ?? after;
    const dead = await deadOf(services, [...new Set(open.flatMap((d) => d.giver ?? []))]);
    const gone = await disabledAccounts({ services, accounts: [...new Set(open.flatMap((d) => d.taker ?? []))] });
    for (const { id, giver, taker } of open) {
      const why =
        giver !== null && dead.has(giver) ? 'giver-died' : taker !== null && gone.has(taker) ? 'taker-gone' : undefined;
      if (why === undefined) continue;
      await services.database.tx({ module: 'access', actor }, (db) => end({ db, id, by: actor.account, why, now }));
      ended += 1;
    }
  }
  if (ended > 0) forgetSessions(services);
  return ended;
}

async function deadOf(services: Services, persons: readonly string[]): Promise<Set<string>> {
  const port = services.registry.provided(personFacts)[0]?.value;
  if (port === undefined || persons.length === 0) return new Set();
  const facts = await port.factsOf({ persons, services });
  return new Set(persons.filter((pid) => facts.get(pid)?.deathDate));
}
