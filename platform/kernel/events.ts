import { systemActor } from './actor.ts';
import type { Consumer, EventRecord, Services } from './app.ts';
import { DatabaseAway } from './db/engine.ts';
import { sql } from './sql.ts';

type Located = EventRecord & { txid: string };

/** Who could not take an event, and why; it gets the same one again. */
export type NotTaken = { consumer: string; error: unknown };

/**
 * Delivers committed events to their consumers, at least once and in commit-safe order: only events whose transaction
 * is older than every running one are read (a sequence alone would skip rows that commit late).
 * Returns how many events were handled. Throws what the first consumer threw, after all others had their turn.
 */
export async function dispatchEvents(services: Services, batch = 200): Promise<number> {
  const { handled, failed } = await deliverEvents(services, batch);
  if (failed[0]) throw failed[0].error;
  return handled;
}

/**
 * The same for the worker: a consumer that fails (its grant was withdrawn, its event is one that it cannot read) waits at that event and stops
 * nobody else. Throws only where the database is away.
 */
export async function deliverEvents(
  services: Services,
  batch = 200,
): Promise<{ handled: number; failed: readonly NotTaken[] }> {
  let handled = 0;
  const failed: NotTaken[] = [];
  for (const module of services.registry.modules) {
    for (const consumer of module.consumers ?? []) {
      try {
        handled += await deliver(services, module.id, consumer, batch);
      } catch (error) {
        if (error instanceof DatabaseAway) throw error;
        failed.push({ consumer: `${module.id}/${consumer.name}`, error });
      }
    }
  }
  return { handled, failed };
}

async function deliver(services: Services, module: string, consumer: Consumer, batch: number): Promise<number> {
  const name = `${module}/${consumer.name}`;
  const kernel = systemActor({ name: 'events' });
  const events = await services.database.tx({ module: 'kernel', actor: kernel }, async (db) => {
    await db.run(sql`insert into kernel.consumer (name) values (${name}) on conflict do nothing`);
    return db.rows<Located>(sql`
      select e.id, e.source, e.type, e.subject, e.time, e.data, e.account, e.txid::text as txid, e.seq::text as seq
      from kernel.event e, kernel.consumer c
      where c.name = ${name} and e.type = ${consumer.type}
        and (e.txid, e.seq) > (c.txid, c.seq) and e.txid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.txid, e.seq limit ${batch}::int`);
  });
  for (const event of events) {
    await services.database.tx({ module, actor: systemActor({ name }) }, async (db) => {
      const fresh = await db.first<{ fresh: boolean }>(
        sql`select kernel.inbox_take(${name}, ${event.id}::uuid) as fresh`,
      );
      if (fresh?.fresh) await consumer.handle({ event, db, services });
    });
    await services.database.tx({ module: 'kernel', actor: kernel }, (db) =>
      db.run(
        sql`update kernel.consumer set txid = ${event.txid}::text::xid8, seq = ${event.seq}::bigint where name = ${name}`,
      ),
    );
  }
  return events.length;
}

/**
 * True while an event waits for one of its consumers, also one that may not be read yet because an older transaction is
 * still running somewhere in the cluster.
 */
export async function eventsWait(services: Services): Promise<boolean> {
  const consumers = services.registry.modules.flatMap((module) =>
    (module.consumers ?? []).map((consumer) => ({ name: `${module.id}/${consumer.name}`, type: consumer.type })),
  );
  const { waiting } = await services.database.tx({ module: 'kernel', actor: systemActor({ name: 'events' }) }, (db) =>
    db.one<{ waiting: boolean }>(sql`
      select exists (
        select from jsonb_to_recordset(${JSON.stringify(consumers)}::text::jsonb) as w(name text, type text)
        left join kernel.consumer c on c.name = w.name
        join kernel.event e on e.type = w.type and (e.txid, e.seq) > (coalesce(c.txid, '0'::xid8), coalesce(c.seq, 0))) as waiting`),
  );
  return waiting;
}
