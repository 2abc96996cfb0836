import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { carrierOf, carry, type Moving, settle, take } from '../store/carry.ts';
import { raiseIncident } from './incident.ts';

/** Instances whose timers are fired in one transaction. */
const BATCH = 200;

/**
 * Fires timers that are due (定时触发). A batch holds its instances, skipping those that somebody else moves; what is fired and what
 * comes of it are committed together. So each is fired once, with two processes and after kill -9 as well.
 */
export async function fireTimers(services: Services): Promise<number> {
  let all = 0;
  for (;;) {
    const fired = await services.database.tx({ module: 'workflow', actor: systemActor({ name: 'timers' }) }, (db) =>
      fireBatch(db, services),
    );
    all += fired;
    if (fired === 0) return all;
  }
}

async function fireBatch(db: Db, services: Services): Promise<number> {
  const held = await db.rows<{ id: string }>(sql`
    select i.id from workflow.instance i
    where i.id in (select t.instance from workflow.timer t where t.due_at <= kernel.now() and not t.stuck order by t.due_at limit ${BATCH}::int)
    order by i.id for update skip locked`);
  if (held.length === 0) return 0;
  // Read again now that they are held: what another process has fired meanwhile is gone.
  const due = await db.rows<{ instance: string; wait: string; node: string }>(sql`
    select instance, wait, node from workflow.timer where instance = any(${held.map(({ id }) => id)}::uuid[]) and due_at <= kernel.now() and not stuck
    order by due_at, instance, wait`);
  const carrier = await carrierOf(db, services);
  for (const timer of due) {
    const moving = await take(carrier, timer.instance);
    // Another timer of the instance may have taken this one's step away; its row goes with that.
    if (!moving.state.waits[timer.wait]) continue;
    const before = copyOf(moving);
    try {
      await carry(carrier, moving, { type: 'timer', wait: timer.wait });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      Object.assign(moving, before);
      await db.run(
        sql`update workflow.timer set stuck = true where instance = ${timer.instance}::uuid and wait = ${timer.wait}`,
      );
      await raiseIncident(db, {
        app: moving.row.app,
        instance: timer.instance,
        token: timer.wait,
        node: timer.node,
        kind: 'timer',
        error: error.message,
      });
    }
  }
  await settle(carrier);
  return due.length;
}

/** What is put back where a step finds no way on. */
function copyOf({ row, state, effects, notes }: Moving): Partial<Moving> {
  return { row: { ...row }, state, effects: [...effects], notes: [...notes] };
}
