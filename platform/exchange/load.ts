import type { JobHandler } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { Keyring } from '#platform/kernel/secret.ts';
import { claimsIn, type ClaimWindow, windowAfter } from './claim-window.ts';
import { chunkRows } from './import-batch.ts';
import type { Claim, DatasetInfo, ImportTarget, LoadResult } from './target.ts';

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
          const at = await db.first<{ upto: number; dataset: string }>(
            sql`select load_upto as upto, dataset from exchange.batch where id = ${batch}::uuid and state in ('publishing', 'loaded')`,
          );
          const window = at && (await windowAfter(db, { batch, after: at.upto, size: chunkRows(services) }));
          if (!window) {
            const done = await db.run(
              sql`update exchange.batch set state = 'loaded', loaded_at = kernel.now() where id = ${batch}::uuid and state = 'publishing'`,
            );
            if (done > 0)
              await db.emit({ type: 'exchange.batch.loaded', subject: batch, data: { batch, target: target.id } });
            return false;
          }
          const dataset = await datasetOf(db, at.dataset);
          const { claims, ...result } = target.loadWindow
            ? await target.loadWindow({ db, batch, window, dataset })
            : await loadClaims({ db, batch, window, dataset, target, keyring: services.keyring });
          await db.run(sql`
            update exchange.batch set load_upto = ${window.to}::bigint, rows_loaded = rows_loaded + ${claims}::int, created = created + ${result.created}::int,
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

async function loadClaims(options: {
  db: Db;
  batch: string;
  window: ClaimWindow;
  dataset: DatasetInfo;
  target: ImportTarget;
  keyring: Keyring;
}): Promise<LoadResult & { claims: number }> {
  const { db, batch, window, dataset, target, keyring } = options;
  const claims = await db.rows<Claim>(sql`
    select c.id, c.dataset, c.unit, c.batch, c.row_no as row, c.source_key as "sourceKey", c.received_at as "receivedAt", c.payload
    from ${claimsIn(window, batch)} c order by c.id`);
  return { ...(await target.load({ db, claims, keyring, dataset })), claims: claims.length };
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
