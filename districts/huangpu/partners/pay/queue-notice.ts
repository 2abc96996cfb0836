import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Fault } from './faults.ts';

export type Kind = 'TRANSACTION.SUCCESS' | 'REFUND.SUCCESS';

/** How long a notice that is to come late is held at most. */
const HELD_S = 60;

/** Queues a notice with what befalls it. */
export async function queueNotice(
  db: Db,
  options: { services: Services; kind: Kind; number: string; fault?: { kind: Fault; seconds: number } },
): Promise<void> {
  const { services, kind, number, fault } = options;
  const state = fault?.kind === 'drop' ? 'dropped' : fault?.kind === 'reorder' ? 'held' : 'waiting';
  const id = uuidv7();
  await db.run(sql`
    insert into pay_simulator.notice (id, kind, number, fault, state) values (${id}::uuid, ${kind}, ${number}, ${fault?.kind ?? null}::text, ${state})`);
  if (state === 'dropped') return;
  const wait = state === 'held' ? HELD_S : fault?.kind === 'delay' ? fault.seconds : 0;
  const at = wait === 0 ? undefined : new Date(services.clock.now().getTime() + wait * 1000);
  for (let copies = fault?.kind === 'duplicate' ? 3 : 1; copies > 0; copies--)
    await db.enqueue({ name: 'send-notice', payload: { notice: id }, at });
}
