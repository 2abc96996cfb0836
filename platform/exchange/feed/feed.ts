import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { BatchProblem } from '../import-batch.ts';
import type { Columns } from './drift.ts';

/** How a feed gets its rows; `push`: the source sends numbered batches itself. */
export type ConnectorKind = 'push' | 'http' | 'sftp' | 'postgres' | 'mariadb' | 'mqtt';

/** A feed (数据接口任务): one source, read in numbered batches into one data set. */
export type FeedRow = {
  id: string;
  dataset: string;
  unit: string;
  title: Text;
  connector: ConnectorKind;
  settings: Record<string, unknown>;
  credential: string | null;
  /** `snapshot`: every batch holds all records; `increment`: what is new since the watermark. */
  mode: 'increment' | 'snapshot';
  cycle_seconds: number;
  badge: string;
  state: 'active' | 'paused' | 'stopped';
  problem: BatchProblem | null;
  watermark: string | null;
  applied_seq: number;
  columns: Columns;
  failures: number;
  next_at: Date;
};

export type FeedBatchState = 'waiting' | 'applying' | 'held' | 'quarantined' | 'stopped' | 'applied' | 'refused';
export type FeedBatchRow = {
  id: string;
  feed: string;
  unit: string;
  seq: number;
  state: FeedBatchState;
  watermark_from: string | null;
  watermark: string | null;
  row_count: number | null;
  digest: string;
  format: string | null;
  file_id: string;
  file_name: string;
  file_size: number;
  file_key: string | null;
  import: string | null;
  received_at: Date;
};

export type IncidentKind =
  | 'duplicate'
  | 'older'
  | 'conflict'
  | 'mismatch'
  | 'gap'
  | 'source-down'
  | 'source-back'
  | 'stopped'
  | 'held'
  | 'quarantined'
  | 'released'
  | 'refused'
  | 'resumed'
  | 'paused'
  | 'changed'
  | 'columns-added'
  | 'classified';

/** The feed, held until the transaction ends: its batches are numbered and applied one after the other. */
export async function holdFeed(db: Db, id: string): Promise<FeedRow | undefined> {
  return db.first<FeedRow>(sql`select * from exchange.feed where id = ${id} for update`);
}

/** Keeps what happened to a feed (运行记录) and tells it as an event. */
export async function recordIncident(
  db: Db,
  incident: { feed: Pick<FeedRow, 'id' | 'unit'>; kind: IncidentKind; seq?: number; text: Text },
): Promise<void> {
  const { feed, kind, seq, text } = incident;
  await db.run(sql`insert into exchange.feed_incident (feed, unit, kind, seq, text, account)
    values (${feed.id}, ${feed.unit}, ${kind}, ${seq ?? null}::bigint, ${json(text)}::text::jsonb, ${db.actor.account})`);
  await db.emit({
    type: `exchange.feed.${kind}`,
    subject: feed.id,
    data: seq === undefined ? {} : { seq: String(seq) },
  });
}

/**
 * Hands the next batch in order to the import, if it is there and nothing of the feed is on its way. Batch 7 waits for batch 6.
 */
export async function advance(db: Db, feed: FeedRow): Promise<void> {
  if (feed.state !== 'active') return;
  const next = await db.first<FeedBatchRow>(sql`
    select * from exchange.feed_batch where feed = ${feed.id} and seq = ${feed.applied_seq}::bigint + 1 and state = 'waiting'`);
  if (!next) return;
  const dataset = await db.one<{ app: string; unit: string; mapping_version: number }>(
    sql`select app, unit, mapping_version from exchange.dataset where id = ${feed.dataset}`,
  );
  // A number of its own: a batch that was stopped and comes again is another import.
  const made = await db.one<{ id: string }>(sql`
    insert into exchange.batch (id, app, dataset, unit, mapping_version, file_id, file_name, file_size, file_digest, file_key, state, sent_by, sent_name, received_at, feed, feed_seq, format)
    values (kernel.uuidv7(), ${dataset.app}, ${feed.dataset}, ${dataset.unit}, ${dataset.mapping_version}::int, ${next.file_id}::uuid, ${next.file_name}, ${next.file_size}::bigint,
      ${next.digest}, ${next.file_key}, 'received', ${db.actor.account}, ${feed.title.zh}, kernel.now(), ${feed.id}, ${next.seq}::bigint, ${next.format}::text)
    returning id`);
  await db.run(
    sql`update exchange.feed_batch set state = 'applying', import = ${made.id}::uuid where id = ${next.id}::uuid`,
  );
  await db.enqueue({ name: 'import', payload: { batch: made.id }, key: made.id });
}

/** A batch of a feed was put aside: the feed stands still with its last good data until a person has looked (S4 fault 5). */
export async function stopFeed(db: Db, options: { feed: string; seq?: number; problem: BatchProblem }): Promise<void> {
  const feed = await holdFeed(db, options.feed);
  if (!feed) return;
  const problem = json(options.problem);
  await db.run(sql`
    update exchange.feed_batch set state = 'stopped', problem = ${problem}::text::jsonb where feed = ${feed.id} and seq = ${options.seq ?? null}::bigint and state = 'applying'`);
  await db.run(
    sql`update exchange.feed set state = 'stopped', problem = ${problem}::text::jsonb where id = ${feed.id}`,
  );
  await recordIncident(db, { feed, kind: 'stopped', seq: options.seq, text: options.problem.text });
}
