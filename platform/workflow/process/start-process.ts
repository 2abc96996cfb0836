import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { Values } from '../engine/state.ts';
import { ActRefused } from '../errors.ts';
import { carrierOf, carry, open, settle } from '../store/carry.ts';

/**
 * Starts a process (启动流程) of the calling module about one of its rows, in the transaction of the row. `message` chooses the start
 * event that waits for it. Steps that need no person are through when this returns, except those that go outside.
 */
export async function startProcess(
  db: Db,
  options: {
    services: Services;
    process: string;
    /** Id of the business row. */
    key: string;
    /** Unit that answers for it; absent = the caller's. */
    unit?: string;
    variables?: Values;
    message?: string;
  },
): Promise<{ instance: string; ended: boolean }> {
  const { services, process, key, variables, message } = options;
  const carrier = await carrierOf(db, services);
  const unit = options.unit ?? db.actor.unit ?? null;
  const moving = await open(carrier, { app: db.module, process, key, unit });
  const start = Object.values(moving.graph.nodes).find(
    (node) =>
      node.type === 'start' &&
      node.scope === moving.graph.id &&
      node.trigger.kind === 'message' &&
      node.trigger.message === message,
  );
  if (message !== undefined && !start)
    throw ActRefused.with({
      detail: { zh: `流程没有消息 ${message} 的开始事件`, en: `no start waits for ${message}` },
    });
  await carry(carrier, moving, {
    type: 'start',
    ...(variables && { variables }),
    ...(start && { node: start.id }),
  });
  await settle(carrier);
  return { instance: moving.row.id, ended: moving.state.ended !== undefined };
}
