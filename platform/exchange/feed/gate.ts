import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import type { BatchProblem, BatchRow, LandedChunk, PassedChunk } from '../import-batch.ts';
import type { SourceRecord } from '../read/types.ts';
import type { ImportTarget } from '../target.ts';
import { type Columns, type Drift, driftOf, learnColumns } from './drift.ts';
import { type FeedRow, holdFeed, recordIncident, stopFeed } from './feed.ts';
import { isUnconditional, type PersonalFind, personalDetector } from './personal.ts';

/**
 * What a batch of a feed must pass besides the checks of every file: the shape of the source, no personal data where all may
 * read, the stated number of rows, and not too much changed at once.
 */
export type FeedGate = {
  /** Looks at the first rows; what it gives back stops the feed. */
  shape(chunk: readonly SourceRecord[]): BatchProblem | undefined;
  watch(chunk: PassedChunk): void;
  /** In the transaction of a landed chunk. */
  land(db: Db, landed: LandedChunk): Promise<void>;
  /** In the transaction that would publish: true when the batch is kept back for a person, or stopped. */
  keptBack(db: Db, read: number): Promise<boolean>;
};

export async function openFeedGate(options: {
  db: Db;
  services: Services;
  batch: BatchRow;
  target: ImportTarget;
}): Promise<FeedGate | undefined> {
  const { db, services, batch, target } = options;
  if (!batch.feed) return undefined;
  const feed = await db.one<FeedRow>(sql`select * from exchange.feed where id = ${batch.feed}`);
  const stated = await db.one<{ row_count: number | null }>(sql`
    select row_count from exchange.feed_batch where feed = ${feed.id} and seq = ${batch.feed_seq}::bigint and import = ${batch.id}::uuid`);
  const detect = isUnconditional(target, services.registry) ? personalDetector(target) : undefined;
  let found: PersonalFind | undefined;
  let drift: Drift | undefined;
  let learnt: Columns = feed.columns;
  return {
    shape(chunk) {
      drift = driftOf(feed.columns, chunk);
      learnt = learnColumns(feed.columns, chunk);
      return problemOf(drift);
    },
    watch({ accepted }) {
      for (const row of accepted) {
        if (found) return;
        found = detect?.(row);
      }
    },
    async land(db, { keys, refused, fresh, changed }) {
      if (fresh + changed > 0)
        await db.run(sql`
          update exchange.feed_batch set stats = jsonb_build_object(
            'fresh', coalesce((stats ->> 'fresh')::int, 0) + ${fresh}::int, 'changed', coalesce((stats ->> 'changed')::int, 0) + ${changed}::int)
          where import = ${batch.id}::uuid`);
      if (feed.mode !== 'snapshot') return;
      if (keys.length > 0)
        await db.run(sql`
          insert into exchange.feed_seen (batch, source_key) select ${batch.id}::uuid, k from unnest(${keys}::text[]) k
          on conflict (batch, source_key) do update set faulty = false`);
      if (refused.length > 0)
        await db.run(sql`
          insert into exchange.feed_seen (batch, source_key, faulty) select ${batch.id}::uuid, k, true from unnest(${refused}::text[]) k on conflict do nothing`);
    },
    async keptBack(db, read) {
      const held = await holdFeed(db, feed.id);
      if (!held) return false;
      const rows = Number(stated.row_count ?? read);
      if (rows !== read) {
        const problem = countProblem(rows, read);
        await db.run(
          sql`update exchange.batch set state = 'stopped', problem = ${json(problem)}::text::jsonb where id = ${batch.id}::uuid`,
        );
        await stopFeed(db, { feed: feed.id, seq: batch.feed_seq ?? 0, problem });
        return true;
      }
      const stats = await statsOf(db, held, batch);
      const added = Object.keys(feed.columns).length > 0 ? (drift?.added ?? []) : [];
      await db.run(sql`
        update exchange.feed_batch set row_count = ${read}::bigint, stats = ${json({ ...stats, columns: added, learnt })}::text::jsonb where import = ${batch.id}::uuid`);
      if (found) {
        await keep(db, { feed: held, batch, state: 'quarantined', problem: personalProblem(found) });
        return true;
      }
      if (await suspicious(db, held, stats)) {
        await keep(db, { feed: held, batch, state: 'held', problem: shareProblem(stats) });
        return true;
      }
      await db.run(sql`update exchange.feed set columns = ${json(learnt)}::text::jsonb where id = ${feed.id}`);
      if (added.length > 0)
        await recordIncident(db, {
          feed,
          kind: 'columns-added',
          seq: batch.feed_seq ?? undefined,
          text: { zh: `来源新增了列：${added.join('、')}`, en: `The source has new columns: ${added.join(', ')}` },
        });
      await settleSnapshot(db, { feed: held, batch });
      return false;
    },
  };
}

export type FeedStats = { known: number; fresh: number; changed: number; removed: number };

/** How a landed, still invisible batch compares with what is known of the feed's data set. */
async function statsOf(db: Db, feed: FeedRow, batch: BatchRow): Promise<FeedStats> {
  const kept = await db.one<{ stats: { fresh?: number; changed?: number } }>(
    sql`select stats from exchange.feed_batch where import = ${batch.id}::uuid`,
  );
  const claims = { fresh: kept.stats.fresh ?? 0, changed: kept.stats.changed ?? 0 };
  if (feed.mode !== 'snapshot') return { ...claims, known: 0, removed: 0 };
  const before = await db.one<{ known: number; removed: number }>(sql`
    select count(*)::int as known, count(*) filter (where s.source_key is null)::int as removed
    from (${knownKeys(feed)}) k left join exchange.feed_seen s on s.batch = ${batch.id}::uuid and s.source_key = k.source_key`);
  return { ...claims, ...before };
}

/** Keys that the last accepted snapshot held, or an earlier one that nothing has taken away. */
const knownKeys = (feed: FeedRow) => sql`
  select distinct c.source_key from exchange.claim c join exchange.batch b on b.id = c.batch
  where c.dataset = ${feed.dataset} and b.state in ('publishing', 'loaded')
    and not exists (select from exchange.feed_gone g where g.feed = ${feed.id} and g.source_key = c.source_key)`;

/** S4 fault 7: a source that changes or drops much of what it said at once is asked about first. */
async function suspicious(db: Db, feed: FeedRow, stats: FeedStats): Promise<boolean> {
  if (feed.mode !== 'snapshot') return false;
  const share = await amountAt(db, 'exchange.feed.suspicious-share');
  const least = await amountAt(db, 'exchange.feed.suspicious-least');
  return stats.known >= least.amount && stats.changed + stats.removed > (share.amount / 100) * stats.known;
}

/** Keys that left are marked, keys that are back are known again. Golden records stay: a source's silence deletes nobody. */
export async function settleSnapshot(
  db: Db,
  options: { feed: FeedRow; batch: Pick<BatchRow, 'id' | 'feed_seq'> },
): Promise<void> {
  const { feed, batch } = options;
  if (feed.mode !== 'snapshot') return;
  await db.run(sql`
    insert into exchange.feed_gone (feed, source_key, seq)
    select ${feed.id}, k.source_key, ${batch.feed_seq}::bigint from (${knownKeys(feed)}) k
    where not exists (select from exchange.feed_seen s where s.batch = ${batch.id}::uuid and s.source_key = k.source_key)
    on conflict do nothing`);
  await db.run(sql`
    delete from exchange.feed_gone g using exchange.feed_seen s where g.feed = ${feed.id} and s.batch = ${batch.id}::uuid and s.source_key = g.source_key and not s.faulty`);
  await db.run(sql`delete from exchange.feed_seen where batch = ${batch.id}::uuid`);
}

async function keep(
  db: Db,
  options: { feed: FeedRow; batch: BatchRow; state: 'held' | 'quarantined'; problem: BatchProblem },
): Promise<void> {
  const { feed, batch, state, problem } = options;
  const text = json(problem);
  await db.run(
    sql`update exchange.batch set state = 'held', problem = ${text}::text::jsonb where id = ${batch.id}::uuid`,
  );
  await db.run(
    sql`update exchange.feed_batch set state = ${state}, problem = ${text}::text::jsonb where import = ${batch.id}::uuid`,
  );
  await recordIncident(db, { feed, kind: state, seq: batch.feed_seq ?? undefined, text: problem.text });
}

function problemOf(drift: Drift): BatchProblem | undefined {
  if (drift.removed.length > 0)
    return {
      code: 'COLUMNS_CHANGED',
      columns: drift.removed.map((column) => ({ column, field: column, nearest: drift.added[0] })),
      text: {
        zh: `来源少了列：${drift.removed.join('、')}`,
        en: `The source has lost columns: ${drift.removed.join(', ')}`,
      },
    };
  if (drift.retyped.length > 0)
    return {
      code: 'COLUMNS_RETYPED',
      columns: drift.retyped.map(({ column }) => ({ column, field: column })),
      text: {
        zh: `列的类型变了：${drift.retyped.map((each) => each.column).join('、')}`,
        en: `Columns hold another type now: ${drift.retyped.map((each) => each.column).join(', ')}`,
      },
    };
  return undefined;
}

function countProblem(stated: number, read: number): BatchProblem {
  return {
    code: 'COUNT_MISMATCH',
    text: {
      zh: `来源声明 ${stated} 行，实际读到 ${read} 行`,
      en: `The source stated ${stated} rows, ${read} were read`,
    },
  };
}

function personalProblem(found: PersonalFind): BatchProblem {
  const what =
    found.kind === 'mobile'
      ? { zh: '手机号码', en: 'a mobile number' }
      : { zh: '公民身份号码', en: 'an identity number' };
  return {
    code: 'PERSONAL_DATA',
    row: found.row,
    text: {
      zh: `无条件共享的资源里出现${what.zh}（第 ${found.row} 行），整批隔离`,
      en: `There is ${what.en} in a resource that everybody may read (row ${found.row}); the batch is set aside`,
    },
  };
}

function shareProblem({ known, changed, removed }: FeedStats): BatchProblem {
  return {
    code: 'SUSPICIOUS_CHANGE',
    text: {
      zh: `已知 ${known} 条，本批一次改动 ${changed} 条、缺少 ${removed} 条，超过允许比例，等待人工确认`,
      en: `Of ${known} known records this batch changes ${changed} and lacks ${removed}: more than is taken without a person`,
    },
  };
}
