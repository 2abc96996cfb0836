import { addAbortSignal } from 'node:stream';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { connectors } from '../connect/connectors.ts';
import { type Opened, openWithin, READ_MS, SourceProblem } from '../connect/connector.ts';
import type { BatchProblem } from '../import-batch.ts';
import { removeFile, UploadEmpty } from '../store-file.ts';
import { type FeedRow, holdFeed, recordIncident, stopFeed } from './feed.ts';
import { receiveFile, type ReceivedFile, registerFeedBatch } from './receive.ts';

type Tx = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** The longest wait after failures in a row, in seconds. */
const LONGEST_WAIT = 900;
const BEAT_MS = 20_000;

/** Reads a source once: what it has after the watermark becomes the next batch. Nothing moves before the batch is kept. */
export const runFeed = feedJob(READ_MS);

/** `withinMs`: the longest that one reading may take. */
export function feedJob(withinMs: number): JobHandler {
  return {
    name: 'feed-run',
    attempts: 3,
    outside: true,
    async run({ payload, services, actor, tx, signal, heartbeat }) {
      const id = payload.feed ?? '';
      const feed = await tx((db) => readyFeed(db, id));
      if (!feed) return;
      const limit = AbortSignal.timeout(withinMs);
      const beat = setInterval(() => void heartbeat().catch(() => undefined), BEAT_MS);
      try {
        await readSource({ feed, services, actor, tx, signal: AbortSignal.any([signal, limit]) });
      } catch (cause) {
        if (signal.aborted) throw cause;
        const error = limit.aborted ? tooSlow(cause) : cause;
        services.log.warn({ feed: id, err: error instanceof Error ? error.message : String(error) }, 'feed not read');
        if (error instanceof SourceProblem && error.columns)
          await tx((db) => stopFeed(db, { feed: id, problem: lostColumns(error) }));
        else await tx((db) => sourceDown(db, id, error));
      } finally {
        clearInterval(beat);
      }
      services.wake();
    },
  };
}

function tooSlow(cause: unknown): SourceProblem {
  return new SourceProblem(
    'SOURCE_SLOW',
    { zh: '来源在规定时间内没有读完', en: 'The source was not read within the time limit' },
    cause,
  );
}

/** The feed, if it may be read now: the batch before must be settled first, so that order and watermark stay simple. */
async function readyFeed(db: Db, id: string): Promise<FeedRow | undefined> {
  return db.first<FeedRow>(sql`
    select * from exchange.feed f where id = ${id} and state = 'active' and connector <> 'push'
      and not exists (select from exchange.feed_batch b where b.feed = f.id and b.state in ('waiting', 'applying', 'held', 'quarantined', 'stopped'))`);
}

async function readSource(options: {
  feed: FeedRow;
  services: Services;
  actor: Actor;
  tx: Tx;
  signal: AbortSignal;
}): Promise<void> {
  const { feed, services, actor, tx, signal } = options;
  if (feed.connector === 'push') return;
  const open = connectors[feed.connector].open({
    feed: feed.id,
    settings: feed.settings,
    credential: feed.credential === null ? undefined : services.keyring.open(feed.credential, `feed:${feed.id}`),
    watermark: feed.watermark,
    services,
    signal,
  });
  const opened = await openWithin(open, signal);
  if (opened.kind === 'unchanged') return void (await tx((db) => nothingNew(db, feed)));
  let file: ReceivedFile | undefined;
  let kept = false;
  try {
    file = await receiveFile({
      services,
      actor,
      dataset: feed.dataset,
      stream: addAbortSignal(signal, opened.stream),
      fileName: opened.fileName,
      format: opened.format ?? (typeof feed.settings.format === 'string' ? feed.settings.format : undefined),
      lines: opened.kind === 'rows',
    });
    const received = file;
    kept = await tx((db) => keepBatch(db, { feed, opened, file: received }));
  } catch (error) {
    // A table without a row after the watermark is an empty file.
    if (error instanceof ProblemError && error.spec.code === UploadEmpty.code && opened.kind === 'rows')
      return void (await tx((db) => nothingNew(db, feed)));
    throw error;
  } finally {
    await opened.close?.();
    if (file && !kept) await removeFile(services, file.id);
  }
}

/** Batch and watermark in one transaction; a run that was overtaken by another one has no effect. */
async function keepBatch(
  db: Db,
  options: { feed: FeedRow; opened: Exclude<Opened, { kind: 'unchanged' }>; file: ReceivedFile },
): Promise<boolean> {
  const { opened, file } = options;
  const feed = await holdFeed(db, options.feed.id);
  if (
    !feed ||
    feed.state !== 'active' ||
    feed.connector !== options.feed.connector ||
    feed.watermark !== options.feed.watermark ||
    feed.applied_seq !== options.feed.applied_seq
  )
    return false;
  const earlier = opened.kind === 'file' ? await sameContent(db, feed, file.digest) : undefined;
  const watermark = opened.watermark();
  const seq = feed.applied_seq + 1;
  await reached(db, feed);
  if (earlier && earlier.seq === feed.applied_seq) {
    await db.run(
      sql`update exchange.feed set watermark = ${watermark}::text, checked_at = kernel.now() where id = ${feed.id}`,
    );
    await recordIncident(db, {
      feed,
      kind: 'duplicate',
      seq: earlier.seq,
      text: {
        zh: `来源发来的内容与第 ${earlier.seq} 批（${day(earlier.at)}）完全相同，没有影响`,
        en: `The source sent the same content as batch ${earlier.seq} (${day(earlier.at)}): no effect`,
      },
    });
    return false;
  }
  const made = await registerFeedBatch(db, {
    feed,
    seq,
    file,
    watermarkFrom: feed.watermark,
    watermark,
    held: earlier ? olderProblem(earlier) : undefined,
  });
  if (made.outcome !== 'registered') return false;
  await db.run(sql`update exchange.feed set watermark = ${watermark}::text where id = ${feed.id}`);
  return true;
}

type Earlier = { seq: number; at: Date };

/** The newest batch that was applied with the same content: yesterday's file again, if something else came since. */
async function sameContent(db: Db, feed: FeedRow, digest: string): Promise<Earlier | undefined> {
  return db.first<Earlier>(sql`
    select seq, received_at as at from exchange.feed_batch where feed = ${feed.id} and digest = ${digest} and state = 'applied' order by seq desc limit 1`);
}

function olderProblem(earlier: Earlier): BatchProblem {
  return {
    code: 'OLDER_CONTENT',
    text: {
      zh: `来源又发来了第 ${earlier.seq} 批（${day(earlier.at)}）的旧内容，等待人工确认`,
      en: `The source sent the old content of batch ${earlier.seq} (${day(earlier.at)}) again: it waits for a person`,
    },
  };
}

function lostColumns(error: SourceProblem): BatchProblem {
  const { code, text, columns = [] } = error;
  return { code, text, columns: columns.map((column) => ({ column, field: column })) };
}

async function nothingNew(db: Db, feed: FeedRow): Promise<void> {
  await db.run(sql`update exchange.feed set checked_at = kernel.now() where id = ${feed.id}`);
  await reached(db, feed);
}

/** The source answered: the next reading is due after a cycle. */
async function reached(db: Db, feed: FeedRow): Promise<void> {
  await db.run(sql`
    update exchange.feed set failures = 0, last_error = null, next_at = kernel.now() + ${feed.cycle_seconds}::int * interval '1 second' where id = ${feed.id}`);
  if (feed.failures > 0)
    await recordIncident(db, { feed, kind: 'source-back', text: { zh: '来源恢复', en: 'The source answers again' } });
}

/** Seconds until a source is tried again after so many failures in a row before this one. */
export function waitOf({ failures, cycle }: { failures: number; cycle: number }): number {
  return Math.min(5 * 2 ** Math.min(failures, 10), LONGEST_WAIT, Math.max(cycle, 5));
}

/** The source did not answer: tried again soon, then more rarely, never more rarely than its cycle asks. */
async function sourceDown(db: Db, id: string, error: unknown): Promise<void> {
  const feed = await holdFeed(db, id);
  if (!feed) return;
  const said = explain(error);
  const wait = waitOf({ failures: feed.failures, cycle: feed.cycle_seconds });
  await db.run(sql`
    update exchange.feed set failures = failures + 1, last_error = ${json(said)}::text::jsonb, next_at = kernel.now() + ${wait}::int * interval '1 second' where id = ${id}`);
  if (feed.failures === 0)
    await recordIncident(db, {
      feed,
      kind: said.code === 'CLASSIFIED_CONTENT' ? 'classified' : 'source-down',
      text: said.text,
    });
}

/** What went wrong, in words that hold no host, user or statement. */
export function explain(error: unknown): { code: string; text: Text } {
  if (error instanceof SourceProblem) return { code: error.code, text: error.text };
  if (error instanceof ProblemError) return { code: error.spec.code, text: error.spec.title };
  return { code: 'SOURCE_FAILED', text: { zh: '读取来源时出错', en: 'Reading the source failed' } };
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
