import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { carrierOf, carry, settle, take } from '../store/carry.ts';

/** Cancels an instance of the calling module (终止流程) with all that it called: open tasks are withdrawn, timers fire no more. */
export async function cancelProcess(db: Db, options: { services: Services; instance: string }): Promise<void> {
  const carrier = await carrierOf(db, options.services);
  const moving = await take(carrier, options.instance);
  await carry(carrier, moving, { type: 'cancel' }, { act: 'cancel' });
  await settle(carrier);
}
