import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

type Named = { name: string; idNumber: string };
export type DemoHousehold = { citizen: Named & { household: { members: (Named & { relation: string })[] } } };

/** Delegations that the examples of routes name: one in force and two offers for the first citizen, and what is others'. */
export async function fixtureDelegations(options: {
  house: TestHouse;
  giver: string;
  demo: DemoHousehold;
}): Promise<Record<string, unknown>> {
  const { house, giver, demo } = options;
  const add = async (more: { basis?: 'guardian'; to: string; accepted: boolean }): Promise<string> => {
    const id = uuidv7();
    const taker = more.accepted ? more.to : null;
    await house.services.database.tx({ module: 'access', actor: systemActor({ name: 'fixture' }) }, (db) =>
      db.run(sql`
        insert into access.delegation (id, basis, giver_person, giver_name, offered_by, to_account, to_label, taker_account, taker_name, scopes, valid_from, valid_to,
          evidence, state, offered_at)
        values (${id}::uuid, ${more.basis ?? 'consent'}, ${giver}::uuid, '样例委托人', 'fixture', ${more.to}, '样例', ${taker}::text, ${taker}::text,
          '{own-record-read}', kernel.now() - interval '1 hour', kernel.now() + interval '30 days', '样例', ${more.accepted ? 'accepted' : 'offered'}, kernel.now())`),
    );
    return id;
  };
  const { name, idNumber, household } = demo.citizen;
  const child = household.members.find(({ relation }) => relation === '女');
  return {
    delegation: await add({ to: 'citizen.wei', accepted: true }),
    'foreign-delegation': await add({ to: 'citizen.daughter', accepted: true }),
    offer: await add({ to: 'citizen.wei', accepted: false }),
    'offer-to-decline': await add({ to: 'citizen.wei', accepted: false }),
    'guardian-delegation': await add({ basis: 'guardian', to: 'citizen.daughter', accepted: true }),
    guardianship: {
      ward: { name: child?.name, idNumber: child?.idNumber },
      guardian: { name, idNumber },
      scopes: ['own-record-read'],
      evidence: '样例监护登记',
    },
  };
}
