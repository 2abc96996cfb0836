import type { JobHandler } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Db } from '#platform/kernel/db.ts';
import { chunkRows } from './import-batch.ts';
import type { Claim, DatasetInfo, ImportTarget } from './target.ts';

/**
 * The job of a target's module that turns published claims into golden records: a chunk, its counters and the place
 * reached commit together, so a crash repeats nothing and loses nothing.
 */
export function loadJob(...targets: ImportTarget[]): JobHandler {
  return {
    name: 'load',
    attempts: 5,
    async run({ payload, services, actor, tx: own, signal, heartbeat }) {
      const batch = payload.batch ?? '';
      const target = targets.find((t) => t.id === payload.target);
      if (!target) throw new Error(`${payload.target} is no target of this module`);
      const role = target.module;
      const tx: typeof own = role ? (work) => services.database.tx({ module: role, actor }, work) : own;
      for (;;) {
        if (signal.aborted) throw new Error('stopped');
        const more = await tx(async (db) => {
          const claims = await db.rows<Claim>(sql`
            select c.id, c.dataset, c.unit, c.batch, c.row_no as row, c.source_key as "sourceKey", c.received_at as "receivedAt", c.payload
            from exchange.claim c join exchange.batch b on b.id = c.batch
            where c.batch = ${batch}::uuid and c.id > b.load_upto and b.state in ('publishing', 'loaded') order by c.id limit ${chunkRows(services)}::int`);
          const last = claims.at(-1);
          if (!last) {
            const done = await db.run(
              sql`update exchange.batch set state = 'loaded', loaded_at = kernel.now() where id = ${batch}::uuid and state = 'publishing'`,
            );
            if (done > 0)
              await db.emit({ type: 'exchange.batch.loaded', subject: batch, data: { batch, target: target.id } });
            return false;
          }
          const result = await target.load({
            db,
            claims,
            keyring: services.keyring,
            dataset: await datasetOf(db, last.dataset),
          });
          await db.run(sql`
            update exchange.batch set load_upto = ${last.id}::bigint, rows_loaded = rows_loaded + ${claims.length}::int, created = created + ${result.created}::int,
              changed = changed + ${result.changed}::int, unchanged = unchanged + ${result.unchanged}::int, conflicts = conflicts + ${result.conflicts}::int
            where id = ${batch}::uuid`);
          return true;
        });
        if (!more) return;
        await heartbeat();
      }
    },
    async failed({ payload, db }) {
      await db.emit({ type: 'exchange.batch.not-loaded', subject: payload.batch ?? '' });
    },
  };
}

async function datasetOf(db: Db, id: string): Promise<DatasetInfo> {
  const row = await db.one<
    DatasetInfo & { licence: string | null; attribution: string | null; sourceUrl: string | null }
  >(
    sql`select id, title, unit, badge, licence, attribution, source_url as "sourceUrl" from exchange.dataset where id = ${id}`,
  );
  return {
    ...row,
    licence: row.licence ?? undefined,
    attribution: row.attribution ?? undefined,
    sourceUrl: row.sourceUrl ?? undefined,
  };
}
