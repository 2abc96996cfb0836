import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { claimPayload, sourceKey } from './claim-payload.ts';
import { stopFeed } from './feed/feed.ts';
import { type FeedGate, openFeedGate } from './feed/gate.ts';
import { type Mapping, missingColumns } from './mapping.ts';
import { readRecords } from './read/read-records.ts';
import { ReadError } from './read/read-error.ts';
import type { FileFormat, ReadInfo, SourceRecord } from './read/types.ts';
import { createRowGate, type RowGate } from './row-gate.ts';
import { readFileStream } from './store-file.ts';
import { type CheckedRow, type ImportTarget, importTarget, type RowFault } from './target.ts';

export type BatchRow = {
  id: string;
  app: string;
  dataset: string;
  unit: string;
  mapping_version: number;
  file_id: string;
  file_name: string;
  file_key: string;
  state: string;
  rows_read: number;
  /** Of a batch that belongs to a feed. */
  feed: string | null;
  feed_seq: number | null;
  /** Format of the file where it is not the mapping's: rows that a connector wrote. */
  format: string | null;
};

/** A reason for which a whole file is put aside; the last good data stay (S4 fault 5). */
export type BatchProblem = {
  code: string;
  text: Text;
  columns?: { column: string; field: string; nearest?: string }[];
  line?: number;
  row?: number;
};

/**
 * Reads a stored file into claims and quarantine, in chunks that commit by themselves, then publishes the batch by one
 * state change. Killed at any point, it continues: rows already there are not written again.
 */
export const importBatch: JobHandler = {
  name: 'import',
  attempts: 3,
  async run({ payload, services, actor, tx, signal, heartbeat }) {
    const batch = await tx((db) =>
      db.first<BatchRow>(sql`select * from exchange.batch where id = ${payload.batch ?? ''}::uuid`),
    );
    if (!batch || (batch.state !== 'received' && batch.state !== 'reading')) return;
    const mapping = await tx((db) => readMapping(db, batch.dataset, batch.mapping_version));
    const target = findTarget(services, mapping.target);
    const feed = await tx((db) => openFeedGate({ db, services, batch, target }));
    const stop = (problem: BatchProblem) =>
      tx(async (db) => {
        await db.run(
          sql`update exchange.batch set state = 'stopped', problem = ${json(problem)}::text::jsonb where id = ${batch.id}::uuid`,
        );
        if (batch.feed) await stopFeed(db, { feed: batch.feed, seq: batch.feed_seq ?? 0, problem });
      });
    const reader = readRecords({
      stream: readFileStream({ services, id: batch.file_id, key: batch.file_key }),
      fileName: batch.file_name,
      format: (batch.format as FileFormat | null) ?? mapping.format,
      chunkSize: chunkRows(services),
    });
    let landing: Promise<void> = Promise.resolve();
    try {
      const info = await reader.info();
      const missing = missingColumns(mapping, columnsOf(info));
      if (missing.length > 0 && info.format !== 'json' && info.format !== 'geojson' && info.format !== 'osm-xml') {
        await stop({
          code: 'COLUMNS_CHANGED',
          columns: missing,
          text: {
            zh: `文件缺少 ${missing.length} 列，可能改名`,
            en: `${missing.length} column(s) are missing or renamed`,
          },
        });
        return;
      }
      await tx((db) =>
        db.run(
          sql`update exchange.batch set state = 'reading', info = ${json({ format: info.format, encoding: info.encoding, delimiter: info.delimiter, gzip: info.gzip, columns: info.columns, sheet: info.sheet })}::text::jsonb where id = ${batch.id}::uuid`,
        ),
      );
      const gate = createRowGate({ mapping, target, services });
      let faulty = 0;
      let ok = 0;
      let read = 0;
      for await (const chunk of reader) {
        if (signal.aborted) throw new Error('stopped');
        const shape = read === 0 ? feed?.shape(chunk) : undefined;
        if (shape) return await stop(shape);
        const result = await passChunk({ chunk, gate, target, services, actor });
        feed?.watch(result);
        read += chunk.length;
        faulty += result.refused.length;
        ok += result.accepted.length;
        const counts = { read, ok, faulty };
        const claims = writeClaims({ rows: result.accepted, batch, services, target });
        // The next chunk is read, checked and sealed while this one is written.
        await landing;
        landing = tx((db) => landChunk({ db, batch, claims, refused: result.refused, services, counts, feed })).then(
          heartbeat,
        );
        landing.catch(() => undefined);
      }
      await landing;
      await tx(async (db) => {
        if (await feed?.keptBack(db, read)) return;
        await publish(db, batch, moduleOfTarget(services, target.id).job, target);
      });
      services.wake();
    } catch (error) {
      await landing.catch(() => undefined);
      if (!(error instanceof ReadError)) throw error;
      await stop({
        code: error.code.toUpperCase().replaceAll('-', '_'),
        text: error.text,
        line: error.line,
        row: error.row,
      });
    }
  },
  async failed({ payload, error, db }) {
    const problem = {
      code: 'IMPORT_FAILED',
      text: { zh: '导入未能完成，请联系数据中心', en: 'The import could not be finished' },
      error,
    };
    const batch = await db.first<{ feed: string | null; feed_seq: number | null }>(
      sql`update exchange.batch set state = 'failed', problem = ${json(problem)}::text::jsonb where id = ${payload.batch ?? ''}::uuid returning feed, feed_seq`,
    );
    if (batch?.feed) await stopFeed(db, { feed: batch.feed, seq: batch.feed_seq ?? 0, problem });
  },
};

/** Rows that are written in one transaction: at most about 200 ms, in which the embedded database serves nobody else (§2b 9). */
export function chunkRows(services: Services): number {
  return services.database.kind === 'postgres' ? 2_000 : 500;
}

export function columnsOf(info: ReadInfo): string[] {
  return info.columns;
}

export async function readMapping(db: Db, dataset: string, version: number): Promise<Mapping> {
  const found = await db.one<{ document: Mapping }>(
    sql`select document from exchange.mapping where dataset = ${dataset} and version = ${version}::int`,
  );
  return found.document;
}

export function findTarget(services: Services, id: string): ImportTarget {
  const found = services.registry.provided(importTarget).find((t) => t.value.id === id);
  if (!found) throw new Error(`no import target ${id}`);
  return found.value;
}

/** Module whose role loads the claims of a target, and module whose job does it. */
export function moduleOfTarget(services: Services, id: string): { role: string; job: string } {
  const found = services.registry.provided(importTarget).find((t) => t.value.id === id);
  if (!found) throw new Error(`no import target ${id}`);
  return { role: found.value.module ?? found.module.id, job: found.module.id };
}

export type PassedRow = CheckedRow & { key: string; raw: SourceRecord };
/** `key`: of a row that was refused for something else. */
export type RefusedRow = { row: number; key?: string; raw: SourceRecord; faults: RowFault[] };
export type PassedChunk = { accepted: PassedRow[]; refused: RefusedRow[] };

/** Maps and checks a chunk: first what the row itself shows, then what only the database knows. */
export async function passChunk(options: {
  chunk: readonly SourceRecord[];
  gate: RowGate;
  target: ImportTarget;
  services: Services;
  actor: Actor;
}): Promise<PassedChunk> {
  const { chunk, gate, target, services, actor } = options;
  const accepted: PassedRow[] = [];
  const refused: RefusedRow[] = [];
  for (const record of chunk) {
    const passed = gate.pass(record);
    if (passed.ok) accepted.push({ row: record.row, values: passed.values, key: passed.key, raw: record });
    else refused.push({ row: record.row, key: passed.key, raw: record, faults: passed.faults });
  }
  if (!target.check || accepted.length === 0) return { accepted, refused };
  const module = moduleOfTarget(services, target.id).role;
  const faults = await services.database.tx({ module, actor }, (db) => target.check!({ db, rows: accepted }));
  if (faults.length === 0) return { accepted, refused };
  const byRow = new Map<number, RowFault[]>();
  for (const fault of faults)
    byRow.set(fault.row, [
      ...(byRow.get(fault.row) ?? []),
      { ...fault, column: gate.columnOf(fault.field ?? fault.column) },
    ]);
  return {
    accepted: accepted.filter((r) => !byRow.has(r.row)),
    refused: [
      ...refused,
      ...accepted
        .filter((r) => byRow.has(r.row))
        .map((r) => ({ row: r.row, key: r.key, raw: r.raw, faults: byRow.get(r.row) ?? [] })),
    ],
  };
}

/** Writes one chunk: claims for what passed and is new, quarantine for what did not. */
export async function landChunk(options: {
  db: Db;
  batch: BatchRow;
  claims: WrittenClaims;
  refused: readonly RefusedRow[];
  services: Services;
  counts: { read: number; ok: number; faulty: number };
  feed?: FeedGate;
}): Promise<void> {
  const { db, batch, claims, services, counts } = options;
  const landed = await insertClaims({ db, batch, claims });
  const refused = options.refused.flatMap(({ key }) =>
    key ? [sourceKey({ key, dataset: batch.dataset, keyring: services.keyring })] : [],
  );
  await options.feed?.land(db, { ...landed, refused });
  if (options.refused.length > 0) {
    const rows = options.refused.map((r) => ({
      row: r.row,
      faults: r.faults,
      sealed: services.keyring.seal(JSON.stringify(r.raw.values), `quarantine:${batch.id}:${r.row}`),
    }));
    await db.run(sql`
      insert into exchange.quarantine (batch, row_no, app, unit, faults, row_sealed)
      select ${batch.id}::uuid, r.row, ${batch.app}, ${batch.unit}, r.faults, r.sealed
      from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(row int, faults jsonb, sealed text)
      on conflict (batch, row_no) do nothing`);
  }
  await db.run(sql`update exchange.batch set rows_read = greatest(rows_read, ${counts.read}::int), rows_ok = greatest(rows_ok, ${counts.ok}::int),
    rows_faulty = greatest(rows_faulty, ${counts.faulty}::int) where id = ${batch.id}::uuid`);
}

/** What a landed chunk says: keys of its records, and how many are new or have changed. A chunk that landed before says nothing new. */
export type Landed = { keys: string[]; fresh: number; changed: number };
/** With the keys of rows that were refused: their records are at the source all the same. */
export type LandedChunk = Landed & { refused: string[] };

/** Claims as they go to the database: sealed, and as one text. */
export type WrittenClaims = { keys: string[]; text: string };

export function writeClaims(options: {
  rows: readonly (CheckedRow & { key: string })[];
  batch: Pick<BatchRow, 'dataset'>;
  services: Services;
  target: ImportTarget;
}): WrittenClaims {
  const { rows, batch, services, target } = options;
  const records = rows.map((row) => claimPayload({ row, dataset: batch.dataset, target, keyring: services.keyring }));
  return { keys: records.map(({ key }) => key), text: json(records) };
}

/** A record that says the same as its last published claim makes no new claim. */
export async function insertClaims(options: { db: Db; batch: BatchRow; claims: WrittenClaims }): Promise<Landed> {
  const { db, batch, claims } = options;
  const { keys } = claims;
  if (keys.length === 0) return { keys, fresh: 0, changed: 0 };
  // A record that had left its source and is back is told again.
  const gone = batch.feed
    ? sql`exists (select from exchange.feed_gone g where g.feed = ${batch.feed} and g.source_key = r.key)`
    : sql`false`;
  const counts = await db.one<{ fresh: number; changed: number }>(sql`
    with incoming as materialized (
      select r.row as row_no, r.key, r.digest, r.payload, last.digest as before, ${gone} as gone
      from jsonb_to_recordset(${claims.text}::text::jsonb) as r(row int, key text, digest text, payload jsonb)
      left join lateral (
        select c.digest from exchange.claim c join exchange.batch b on b.id = c.batch
        where c.dataset = ${batch.dataset} and c.source_key = r.key and (b.id = ${batch.id}::uuid or b.state in ('publishing', 'loaded'))
        order by c.id desc limit 1) last on true
    ), made as (
      insert into exchange.claim (app, dataset, unit, batch, row_no, source_key, digest, payload, received_at)
      select ${batch.app}, ${batch.dataset}, ${batch.unit}, ${batch.id}::uuid, i.row_no, i.key, i.digest, i.payload, (select kernel.now())
      from incoming i where i.before is distinct from i.digest or i.gone
      order by i.row_no
      on conflict (batch, row_no) do nothing
      returning row_no
    )
    select count(*) filter (where i.before is null or i.gone)::int as fresh, count(*) filter (where i.before is not null and not i.gone)::int as changed
    from made m join incoming i on i.row_no = m.row_no`);
  return { keys, ...counts };
}

/** Makes a landed batch visible and queues its loading. */
export async function publish(
  db: Db,
  batch: Pick<BatchRow, 'id'>,
  module: string,
  target: ImportTarget,
): Promise<void> {
  await db.run(sql`
    update exchange.batch b set state = 'publishing', published_at = kernel.now(),
      rows_same = rows_ok - (select count(*)::int from exchange.claim c where c.batch = b.id)
    where id = ${batch.id}::uuid`);
  await db.enqueue({ name: 'load', module, payload: { batch: batch.id, target: target.id }, key: batch.id });
}
