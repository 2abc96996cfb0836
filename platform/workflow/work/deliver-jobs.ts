import { systemActor } from '#platform/kernel/actor.ts';
import type { JobHandler } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Values } from '../engine/state.ts';
import { correlateMessage } from '../process/correlate-message.ts';
import { startProcess } from '../process/start-process.ts';
import { carrierOf, carry, settle, take } from '../store/carry.ts';
import { raiseIncident } from './incident.ts';

/**
 * Delivers a message that an instance has sent: to the instances of its app that wait for it, or to a process that it starts. Tried
 * again for a while, as the receiver may not have come to the place yet; then an incident says that nobody took it.
 */
export const deliverJob: JobHandler = {
  name: 'deliver',
  run: async ({ payload, services }) => {
    const { app = '', message = '', key = '', variables = '{}' } = payload;
    await services.database.tx({ module: app, actor: systemActor({ name: 'process' }) }, async (db) => {
      const values = JSON.parse(variables) as Values;
      if ((await correlateMessage(db, { services, message, key, variables: values })) > 0) return;
      const starts = await db.rows<{ process: string }>(sql`
        select d.process from (select distinct on (process) process, graph from workflow.definition where app = ${app} order by process, version desc) d
        where exists (select from jsonb_each(d.graph->'nodes') n(id, node)
          where node->>'type' = 'start' and node->'trigger'->>'message' = ${message} and node->>'scope' = d.graph->>'id')`);
      const [only] = starts;
      if (!only || starts.length > 1)
        throw new Error(`message ${message} for ${key}: ${starts.length} processes start with it, none waits for it`);
      const sender = await db.first<{ unit: string | null }>(
        sql`select unit from workflow.instance where id = ${payload.instance ?? ''}::uuid`,
      );
      const unit = sender?.unit ?? undefined;
      await startProcess(db, { services, process: only.process, key, message, ...(unit !== undefined && { unit }) });
    });
  },
  failed: async ({ payload, error, db }) => {
    const { app = '', instance = '', node = '', message = '' } = payload;
    await raiseIncident(db, { app, instance, token: `message ${message}`, node, kind: 'message', error, payload });
  },
};

/** Tells a signal to every instance of the app that waits for it. Each goes on in a transaction of its own. */
export const broadcastJob: JobHandler = {
  name: 'broadcast',
  run: async ({ payload, services, tx }) => {
    const { app = '', signal = '' } = payload;
    const waiting = await tx((db) =>
      db.rows<{ instance: string; wait: string }>(sql`
        select instance, wait from workflow.subscription where app = ${app} and kind = 'signal' and name = ${signal} order by instance, wait`),
    );
    const failed: unknown[] = [];
    for (const { instance, wait } of waiting)
      await services.database
        .tx({ module: app, actor: systemActor({ name: 'process' }) }, async (db) => {
          const carrier = await carrierOf(db, services);
          const moving = await take(carrier, instance);
          if (!moving.state.waits[wait]) return;
          await carry(carrier, moving, { type: 'signal', wait });
          await settle(carrier);
        })
        .catch((error: unknown) => failed.push(error));
    // One that finds no way on holds up no other; the job is tried again for those that are left.
    if (failed.length > 0) throw failed[0];
  },
};
