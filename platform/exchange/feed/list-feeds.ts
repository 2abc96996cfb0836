import { type Static, Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FreshnessLimits } from '#platform/catalog/quality/score.ts';
import { findTarget } from '../import-batch.ts';
import type { FeedRow } from './feed.ts';
import { freshnessOf, freshnessLimits, HEALTH_ORDER, healthOf } from './health.ts';
import { FeedDetail, FeedParams, FeedSchema } from './shapes.ts';

type Listed = Omit<FeedRow, 'problem'> & {
  problem: { code: string; text: Text } | null;
  last_error: { code: string; text: Text } | null;
  data_at: Date | null;
  checked_at: Date | null;
  waiting: number;
  held: number;
  gap: boolean;
  takers: number;
  age: number | null;
};

/** The caller's feeds (数据接口), those that need a decision first. */
export const listFeeds = route({
  method: 'GET',
  path: '/api/exchange/feeds',
  summary: { zh: '数据接口及其健康状况', en: 'Feeds and their health' },
  allow: 'exchange.feed.read',
  reply: Type.Object({ feeds: Type.Array(FeedSchema) }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => ({ feeds: await readFeeds(db) }),
});

export async function readFeeds(db: Db, only?: string): Promise<Static<typeof FeedSchema>[]> {
  const rows = await db.rows<Listed>(sql`
    select f.*, extract(epoch from kernel.now() - greatest(f.data_at, f.checked_at))::float8 as age,
      (select count(*)::int from exchange.feed_batch b where b.feed = f.id and b.state = 'waiting') as waiting,
      (select count(*)::int from exchange.feed_batch b where b.feed = f.id and b.state in ('held', 'quarantined')) as held,
      exists (select from exchange.feed_batch b where b.feed = f.id and b.state = 'waiting' and b.alarmed) as gap,
      (select count(*)::int from exchange.subscription s where s.feed = f.id and s.state = 'active') as takers
    from exchange.feed f ${only === undefined ? empty : sql`where f.id = ${only}`} order by f.unit, f.id`);
  const limits = await freshnessLimits(db);
  return rows
    .map((row) => replyOf(row, limits))
    .sort((a, b) => HEALTH_ORDER.indexOf(a.health as 'good') - HEALTH_ORDER.indexOf(b.health as 'good'));
}

function replyOf(row: Listed, limits: FreshnessLimits) {
  const freshness = freshnessOf({
    age: row.data_at === null ? undefined : (row.age ?? undefined),
    cycle: row.cycle_seconds,
    limits,
  });
  return {
    id: row.id,
    title: row.title,
    dataset: row.dataset,
    unit: row.unit,
    connector: row.connector,
    mode: row.mode,
    cycleSeconds: row.cycle_seconds,
    badge: row.badge,
    state: row.state,
    health: healthOf({ ...row, freshness }),
    freshness,
    appliedSeq: row.applied_seq,
    waiting: row.waiting,
    held: row.held,
    failures: row.failures,
    problem: said(row.problem),
    lastError: said(row.last_error),
    dataAt: row.data_at?.toISOString(),
    checkedAt: row.checked_at?.toISOString(),
    nextAt: row.connector === 'push' ? undefined : row.next_at.toISOString(),
    takers: row.takers,
  };
}

const said = (problem: { code: string; text: Text } | null | undefined) =>
  problem ? { code: problem.code, text: problem.text } : undefined;

/** One feed: its batches, what happened, who is given its changes. */
export const showFeed = route({
  method: 'GET',
  path: '/api/exchange/feeds/:id',
  summary: { zh: '一个数据接口的运行情况', en: 'How a feed is doing' },
  allow: 'exchange.feed.read',
  params: FeedParams,
  reply: FeedDetail,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-feed' } },
  },
  handler: async ({ db, params, services, actor }) => {
    const [feed] = await readFeeds(db, params.id);
    const row = await db.first<FeedRow>(sql`select * from exchange.feed where id = ${params.id}`);
    if (!feed || !row) throw NotFound.with();
    return {
      feed,
      settings: row.settings,
      hasCredential: row.credential !== null,
      watermark: row.watermark ?? undefined,
      batches: await readBatches(db, feed.id),
      incidents: await readIncidents(db, feed.id),
      subscriptions: await readSubscriptions(db, feed.id, feed.appliedSeq),
      grants: await grantsFor(db, services, feed.dataset),
      mine: row.unit === actor.unit,
    };
  },
});

async function readBatches(db: Db, feed: string) {
  const rows = await db.rows<{
    seq: number;
    state: string;
    row_count: number | null;
    digest: string;
    watermark: string | null;
    import: string | null;
    received_at: Date;
    applied_at: Date | null;
    problem: { code: string; text: Text } | null;
    stats: { fresh?: number; changed?: number; removed?: number; known?: number };
    decided_name: string | null;
    reason: string | null;
  }>(sql`
    select b.seq, b.state, b.row_count, b.digest, b.watermark, b.import, b.received_at, b.applied_at, b.problem, b.stats, b.decided_name, b.reason
    from exchange.feed_batch b where b.feed = ${feed} order by b.seq desc, b.received_at desc limit 50`);
  return rows.map((b) => ({
    seq: b.seq,
    state: b.state,
    rows: b.row_count ?? undefined,
    digest: b.digest,
    watermark: b.watermark ?? undefined,
    import: b.import ?? undefined,
    receivedAt: b.received_at.toISOString(),
    appliedAt: b.applied_at?.toISOString(),
    problem: said(b.problem),
    added: b.stats.fresh ?? 0,
    changed: b.stats.changed ?? 0,
    removed: b.stats.removed ?? 0,
    known: b.stats.known ?? 0,
    decidedBy: b.decided_name ?? undefined,
    reason: b.reason ?? undefined,
  }));
}

async function readIncidents(db: Db, feed: string) {
  const rows = await db.rows<{ kind: string; seq: number | null; text: Text; at: Date }>(
    sql`select kind, seq, text, at from exchange.feed_incident where feed = ${feed} order by id desc limit 50`,
  );
  return rows.map(({ kind, seq, text, at }) => ({
    kind,
    seq: seq ?? undefined,
    text,
    at: at.toISOString(),
  }));
}

async function readSubscriptions(db: Db, feed: string, applied: number) {
  const rows = await db.rows<{
    id: string;
    grant_id: string;
    taker: string;
    kind: 'inbox' | 'http';
    url: string | null;
    state: string;
    sent_seq: number;
    delivered_rows: number;
    failures: number;
    last_error: { code: string; text: Text } | null;
    delivered_at: Date | null;
    ended_why: Text | null;
  }>(sql`select * from exchange.subscription where feed = ${feed} order by state, created_at desc limit 50`);
  return rows.map((s) => ({
    id: s.id,
    grant: s.grant_id,
    taker: s.taker,
    kind: s.kind,
    url: s.url ?? undefined,
    state: s.state,
    sentSeq: s.sent_seq,
    lag: Math.max(0, applied - s.sent_seq),
    rows: s.delivered_rows,
    failures: s.failures,
    lastError: said(s.last_error),
    deliveredAt: s.delivered_at?.toISOString(),
    endedWhy: s.ended_why ?? undefined,
  }));
}

/** Approved grants on what the feed's data end in. */
export async function grantsFor(db: Db, services: Services, dataset: string) {
  const { target } = await db.one<{ target: string }>(sql`select target from exchange.dataset where id = ${dataset}`);
  const resources = [...(findTarget(services, target).feeds ?? [])];
  return db.rows<{ id: string; taker: string; resource: string; fields: string[] }>(
    sql`select id, taker, resource, fields from catalog.grants_on(${resources}::text[]) order by taker, resource`,
  );
}
