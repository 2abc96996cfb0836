import { systemActor } from '#platform/kernel/actor.ts';
import { port, type Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Somebody who has the duty at this moment (当值). `unit` is whose duty it is, not where the person works. */
export type OnDuty = { role: 'duty-officer' | 'shift-leader' | 'deputy-director'; unit: string; account: string };

/** A roster that is kept elsewhere (值班表来源), such as the shifts of the operations centre. It opens its own transaction. */
export type DutyRoster = { now(services: Services): Promise<readonly OnDuty[]> };
export const dutyRoster = port<DutyRoster>('signal.duty-roster');

/**
 * Everybody who has the duty now (当值人员): what was entered for alerts, and the rosters that others keep; who keeps one need not keep it twice. Opens transactions
 * of its own, so it is read before a transaction begins.
 */
export async function dutyNow(services: Services): Promise<OnDuty[]> {
  const entered = await services.database.tx(
    { module: 'signal', actor: systemActor({ name: 'roster' }), readOnly: true },
    (db) =>
      db.rows<OnDuty>(
        sql`select distinct role, unit, account from signal.duty where from_at <= kernel.now() and to_at > kernel.now() order by account`,
      ),
  );
  const all = [...entered];
  for (const { value } of services.registry.provided(dutyRoster)) all.push(...(await value.now(services)));
  return all;
}
