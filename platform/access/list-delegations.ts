import { Type } from 'typebox';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DelegationSchema, isGiver, isTaker, readDelegations, shown } from './delegation-record.ts';
import { addresseeKey } from './offer-delegation.ts';
import { factOf } from './person-facts.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** My delegations (我的代办): who acts for me, for whom I act or could, and what can be delegated at all. */
export const listDelegations = route({
  method: 'GET',
  path: '/api/access/delegations',
  summary: { zh: '我的代办', en: 'My delegations' },
  allow: 'access.delegation.hold',
  self: true,
  aboutSession: true,
  reply: Type.Object({
    given: Type.Array(DelegationSchema),
    held: Type.Array(DelegationSchema),
    scopes: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        text: Words,
        givers: Type.Array(Type.String()),
        page: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  prepare: ({ actor, services }) => receiveOffers(actor, services),
  handler: async ({ db, actor, clock, services }) => {
    const now = clock.now();
    const rows = await readDelegations(db);
    return {
      given: rows.filter((row) => isGiver(row, actor)).map((row) => shown(row, now)),
      held: rows.filter((row) => !isGiver(row, actor) && isTaker(row, actor)).map((row) => shown(row, now)),
      scopes: services.registry.provided(delegationScope).map(({ value: { id, title, text, givers, page } }) => ({
        id,
        title,
        text,
        givers: [...givers],
        page: page ?? null,
      })),
    };
  },
});

/** Hands offers that were addressed by name and phone to the account of that resident, the first time they look. */
async function receiveOffers(actor: Actor, services: Services): Promise<undefined> {
  if (actor.person === undefined) return;
  const fact = await factOf(services, actor.person);
  if (!fact?.name || !fact.phone) return;
  const key = addresseeKey(services, { name: fact.name, phone: fact.phone });
  await services.database.tx({ module: 'access', actor: systemActor({ name: 'delegation' }) }, (db) =>
    db.run(
      sql`update access.delegation set to_account = ${actor.account} where to_key = ${key} and to_account is null and state = 'offered'`,
    ),
  );
}
