import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

/** What can be told to go wrong (故障注入). The first six befall a notice, `timeout` a request that is done all the same, the last two the bill. */
export const FAULTS = [
  'delay',
  'duplicate',
  'drop',
  'bad-signature',
  'wrong-amount',
  'reorder',
  'timeout',
  'bill-drop',
  'bill-amount',
] as const;
export type Fault = (typeof FAULTS)[number];

const MODULE = 'pay-simulator';
export const simulator = systemActor({ name: MODULE });

export const within = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: MODULE, actor: simulator }, work);

/** Lets something go wrong: with one number, or with the next one that comes. */
export async function plantFault(
  services: Services,
  fault: { kind: Fault; number?: string; seconds?: number; times?: number },
): Promise<void> {
  const { kind, number, seconds = 0, times = 1 } = fault;
  await within(services, (db) =>
    db.run(sql`
      insert into pay_simulator.fault (id, number, kind, seconds, left_over)
      values (${uuidv7()}::uuid, ${number ?? null}::text, ${kind}, ${seconds}::int, ${times}::int)`),
  );
}

/** The fault that befalls this now, if one was planted; it is used up. */
export async function befallen(
  db: Db,
  { number, kinds }: { number: string; kinds: readonly Fault[] },
): Promise<{ kind: Fault; seconds: number } | undefined> {
  return db.first<{ kind: Fault; seconds: number }>(sql`
    update pay_simulator.fault set left_over = left_over - 1
    where id = (select id from pay_simulator.fault where left_over > 0 and (number is null or number = ${number}) and kind = any (${[...kinds]}::text[])
      order by number nulls last, id limit 1 for update skip locked)
    returning kind, seconds`);
}
