import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { DatabaseAway } from '#platform/kernel/db/engine.ts';
import { sql } from '#platform/kernel/sql.ts';
import { carrierOf, carry, settle, take, takeHeld } from '../store/carry.ts';
import { raiseIncident } from './incident.ts';

/** Instances whose timers are fired in one transaction. */
const BATCH = 200;

type Timer = { instance: string; wait: string; node: string; app: string };

const tx = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'workflow', actor: systemActor({ name: 'timers' }) }, work);

/**
 * Fires timers that are due (定时触发). A batch holds its instances, skipping those that somebody else moves; what is fired and what
 * comes of it are committed together. So each is fired once, with two processes and after kill -9 as well. Where a batch fails its
 * timers are fired one by one, so that one that finds no way on becomes an incident and holds up no other.
 */
export async function fireTimers(services: Services): Promise<number> {
  let all = 0;
  for (;;) {
    const fired = await tx(services, (db) => fireBatch(db, services)).catch((error: unknown) => {
      if (error instanceof DatabaseAway) throw error;
      return fireEach(services);
    });
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
  const due = await db.rows<Timer>(sql`
    select instance, wait, node, app from workflow.timer where instance = any(${held.map(({ id }) => id)}::uuid[]) and due_at <= kernel.now() and not stuck
    order by due_at, instance, wait`);
  await fire(db, services, due);
  return due.length;
}

async function fireEach(services: Services): Promise<number> {
  const due = await tx(services, (db) =>
    db.rows<Timer>(sql`
      select instance, wait, node, app from workflow.timer where due_at <= kernel.now() and not stuck order by due_at, instance, wait limit ${BATCH}::int`),
  );
  for (const timer of due) {
    try {
      await tx(services, (db) => fire(db, services, [timer]));
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      await tx(services, (db) => setAside(db, timer, error instanceof Error ? error.message : String(error)));
    }
  }
  return due.length;
}

async function fire(db: Db, services: Services, due: readonly Timer[]): Promise<void> {
  const carrier = await carrierOf(db, services);
  if (due.length > 1) await takeHeld(carrier, [...new Set(due.map(({ instance }) => instance))]);
  for (const { instance, wait } of due) {
    const moving = await take(carrier, instance);
    if (moving.state.waits[wait]) await carry(carrier, moving, { type: 'timer', wait });
    // Another of the instance has taken its step away.
    else await db.run(sql`delete from workflow.timer where instance = ${instance}::uuid and wait = ${wait}`);
  }
  await settle(carrier);
}

async function setAside(db: Db, timer: Timer, error: string): Promise<void> {
  const { instance, wait, node, app } = timer;
  const set = await db.run(
    sql`update workflow.timer set stuck = true where instance = ${instance}::uuid and wait = ${wait} and not stuck`,
  );
  if (set > 0) await raiseIncident(db, { app, instance, token: wait, node, kind: 'timer', error });
}
