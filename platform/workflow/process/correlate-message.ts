import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';
import type { Values } from '../engine/state.ts';
import { carrierOf, carry, settle, take } from '../store/carry.ts';

/**
 * Gives a message (消息) to the instances of the calling module that wait for it under this key. A key is the instance's business
 * row unless its drawing says another. Returns how many took it: nobody waiting is for the caller to judge.
 */
export async function correlateMessage(
  db: Db,
  options: { services: Services; message: string; key: string; variables?: Values; app?: string },
): Promise<number> {
  const { services, message, key, variables } = options;
  const app = options.app ?? db.module;
  const waiting = await db.rows<{ instance: string; wait: string }>(sql`
    select instance, wait from workflow.subscription
    where app = ${app} and kind = 'message' and name = ${message} and key = ${key} order by instance, wait`);
  if (waiting.length === 0) return 0;
  const carrier = await carrierOf(db, services);
  let taken = 0;
  for (const { instance, wait } of waiting) {
    const moving = await take(carrier, instance);
    // One event may take another's wait with it: an interrupting boundary event, an event-based gateway.
    if (!moving.state.waits[wait]) continue;
    await carry(carrier, moving, { type: 'message', wait, variables: declaredOf(moving.graph, variables ?? {}) });
    taken += 1;
  }
  await settle(carrier);
  return taken;
}

/** The sender's variables that the receiver knows. */
function declaredOf(graph: Definition, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(graph.variables, name)));
}
