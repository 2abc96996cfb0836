import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findTarget, moduleOfTarget, publish } from '../import-batch.ts';
import { advance, type FeedBatchRow, type FeedRow, holdFeed, recordIncident } from './feed.ts';
import { settleSnapshot } from './gate.ts';
import { BatchParams, FeedParams } from './shapes.ts';

export const BatchNotHeld = domainError({
  code: 'BATCH_NOT_HELD',
  status: 409,
  title: { zh: '该批没有等待处理', en: 'This batch does not wait for anybody' },
  action: { zh: '请刷新后再看。', en: 'Reload and look again.' },
});
export const FeedNotStopped = domainError({
  code: 'FEED_NOT_STOPPED',
  status: 409,
  title: { zh: '接口现在不能这样操作', en: 'This cannot be done with the feed now' },
  action: { zh: '请刷新后再看。', en: 'Reload and look again.' },
});

const Reason = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false });
const Decided = Type.Object({ seq: Type.Integer(), state: Type.String() });

/** A person says that a held batch is right (放行): it goes on as if it had not been held. Personal data are never released. */
export const releaseBatch = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/batches/:seq/release',
  summary: { zh: '放行被暂扣的批次', en: 'Release a held batch' },
  allow: 'exchange.feed.manage',
  params: BatchParams,
  body: Reason,
  reply: Decided,
  errors: [NotFound, BatchNotHeld],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed', seq: 'fixture:held' }, body: { reason: '已与来源核实' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-feed', seq: '1' }, body: { reason: '已与来源核实' } },
  },
  handler: async ({ db, params, body, services }) => {
    const { feed, batch } = await holdBatch(db, params, ['held']);
    await decided(db, { batch, state: batch.import ? 'applying' : 'waiting', reason: body.reason });
    if (batch.import) {
      const { target } = await db.one<{ target: string }>(
        sql`select target from exchange.dataset where id = ${feed.dataset}`,
      );
      // What was learnt of the source's shape counts with the batch that showed it.
      await db.run(sql`
        update exchange.feed f set columns = coalesce(b.stats -> 'learnt', f.columns) from exchange.feed_batch b where f.id = ${feed.id} and b.id = ${batch.id}::uuid`);
      await settleSnapshot(db, { feed, batch: { id: batch.import, feed_seq: batch.seq } });
      await publish(db, { id: batch.import }, moduleOfTarget(services, target).job, findTarget(services, target));
      await db.run(sql`update exchange.batch set problem = null where id = ${batch.import}::uuid`);
    } else await advance(db, feed);
    await recordIncident(db, {
      feed,
      kind: 'released',
      seq: batch.seq,
      text: {
        zh: `第 ${batch.seq} 批已人工放行：${body.reason}`,
        en: `Batch ${batch.seq} was released: ${body.reason}`,
      },
    });
    return { seq: params.seq, state: 'released' };
  },
});

/** A person puts a batch aside (拒收): the last good data stay, and the source may send the number again. */
export const refuseBatch = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/batches/:seq/refuse',
  summary: { zh: '拒收批次', en: 'Refuse a batch' },
  allow: 'exchange.feed.manage',
  params: BatchParams,
  body: Reason,
  reply: Decided,
  errors: [NotFound, BatchNotHeld],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed', seq: 'fixture:held-too' }, body: { reason: '来源误发' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-feed', seq: '1' }, body: { reason: '来源误发' } },
  },
  handler: async ({ db, params, body }) => {
    const { feed, batch } = await holdBatch(db, params, ['held', 'quarantined', 'waiting', 'stopped']);
    // What has begun to load is loaded to its end when the feed goes on.
    if (await halfLoaded(db, batch)) throw BatchNotHeld.with({ extra: { state: batch.state } });
    await putAside(db, { feed, batch, reason: body.reason });
    return { seq: params.seq, state: 'refused' };
  },
});

/**
 * After a stop the feed goes on (恢复): the batch that stopped it is put aside and read again, or, where its loading had begun, loaded
 * to its end; changed columns may be accepted.
 */
export const resumeFeed = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/resume',
  summary: { zh: '恢复数据接口', en: 'Let a feed go on' },
  allow: 'exchange.feed.manage',
  params: FeedParams,
  body: Type.Object(
    { acceptColumns: Type.Boolean(), reason: Type.String({ minLength: 2, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, FeedNotStopped],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:stopped-feed' },
      body: { acceptColumns: false, reason: '来源已恢复' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-feed' },
      body: { acceptColumns: false, reason: '来源已恢复' },
    },
  },
  handler: async ({ db, params, body, services }) => {
    const feed = await holdFeed(db, params.id);
    if (!feed) throw NotFound.with();
    if (feed.state === 'active') throw FeedNotStopped.with();
    const stopped = await db.first<FeedBatchRow>(
      sql`select * from exchange.feed_batch where feed = ${feed.id} and state = 'stopped' order by seq limit 1`,
    );
    if (stopped && (await halfLoaded(db, stopped))) await loadOn(db, { feed, batch: stopped, services });
    else if (stopped) await putAside(db, { feed, batch: stopped, reason: body.reason });
    await db.run(sql`
      update exchange.feed set state = 'active', problem = null, next_at = kernel.now(), columns = case when ${body.acceptColumns}::boolean then '{}' else columns end
      where id = ${feed.id}`);
    await recordIncident(db, {
      feed,
      kind: 'resumed',
      text: { zh: `已恢复：${body.reason}`, en: `Goes on again: ${body.reason}` },
    });
    await advance(db, { ...feed, state: 'active' });
    return { state: 'active' };
  },
});

/** Stops reading for a while (暂停); what has been received is kept. */
export const pauseFeed = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/pause',
  summary: { zh: '暂停数据接口', en: 'Pause a feed' },
  allow: 'exchange.feed.manage',
  params: FeedParams,
  body: Reason,
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, FeedNotStopped],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed-to-pause' }, body: { reason: '来源检修' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-feed' }, body: { reason: '来源检修' } },
  },
  handler: async ({ db, params, body }) => {
    const feed = await holdFeed(db, params.id);
    if (!feed) throw NotFound.with();
    if (feed.state === 'stopped') throw FeedNotStopped.with();
    await db.run(sql`update exchange.feed set state = 'paused' where id = ${feed.id}`);
    await recordIncident(db, {
      feed,
      kind: 'paused',
      text: { zh: `已暂停：${body.reason}`, en: `Paused: ${body.reason}` },
    });
    return { state: 'paused' };
  },
});

/** Reads a source now instead of at its next turn. */
export const readNow = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/read',
  summary: { zh: '立即读取来源', en: 'Read the source now' },
  allow: 'exchange.feed.manage',
  params: FeedParams,
  status: 202,
  reply: Type.Object({ queued: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:feed' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-feed' } },
  },
  handler: async ({ db, params }) => {
    const feed = await holdFeed(db, params.id);
    if (!feed) throw NotFound.with();
    if (feed.state !== 'active' || feed.connector === 'push') return { queued: false };
    await db.run(sql`update exchange.feed set next_at = kernel.now() where id = ${feed.id}`);
    await db.enqueue({ name: 'feed-run', payload: { feed: feed.id }, key: feed.id });
    return { queued: true };
  },
});

async function holdBatch(
  db: Db,
  params: { id: string; seq: number },
  states: readonly string[],
): Promise<{ feed: FeedRow; batch: FeedBatchRow }> {
  const feed = await holdFeed(db, params.id);
  const batch =
    feed &&
    (await db.first<FeedBatchRow>(
      sql`select * from exchange.feed_batch where feed = ${feed.id} and seq = ${params.seq}::bigint and state <> 'refused' for update`,
    ));
  if (!feed || !batch) throw NotFound.with();
  if (!states.includes(batch.state)) throw BatchNotHeld.with({ extra: { state: batch.state } });
  return { feed, batch };
}

async function halfLoaded(db: Db, batch: FeedBatchRow): Promise<boolean> {
  const found = await db.first<{ state: string }>(
    sql`select state from exchange.batch where id = ${batch.import}::uuid and state = 'publishing'`,
  );
  return found !== undefined;
}

/** Its claims are public and some are loaded: only the rest is missing. */
async function loadOn(db: Db, options: { feed: FeedRow; batch: FeedBatchRow; services: Services }): Promise<void> {
  const { feed, batch, services } = options;
  const { target } = await db.one<{ target: string }>(
    sql`select target from exchange.dataset where id = ${feed.dataset}`,
  );
  await db.run(sql`update exchange.feed_batch set state = 'applying', problem = null where id = ${batch.id}::uuid`);
  await db.enqueue({
    name: 'load',
    module: moduleOfTarget(services, target).job,
    payload: { batch: batch.import ?? '', target },
    key: batch.import ?? '',
  });
}

async function decided(db: Db, options: { batch: FeedBatchRow; state: string; reason: string }): Promise<void> {
  const { batch, state, reason } = options;
  await db.run(sql`
    update exchange.feed_batch set state = ${state}, decided_by = ${db.actor.account}, decided_name = ${db.actor.name}, decided_at = kernel.now(), reason = ${reason}
    where id = ${batch.id}::uuid`);
}

/**
 * Nothing of the batch is published; a source that is read goes back to where the batch began. Personal data where none may be are
 * forgotten: claims, and messages of a topic, which would only come again.
 */
async function putAside(db: Db, options: { feed: FeedRow; batch: FeedBatchRow; reason: string }): Promise<void> {
  const { feed, batch, reason } = options;
  await decided(db, { batch, state: 'refused', reason });
  if (batch.import) {
    await db.run(
      sql`update exchange.batch set state = 'stopped' where id = ${batch.import}::uuid and state <> 'failed'`,
    );
    await db.run(sql`delete from exchange.feed_seen where batch = ${batch.import}::uuid`);
  }
  const personal = batch.state === 'quarantined';
  if (personal && batch.import) await db.run(sql`select exchange.forget_personal_batch(${batch.import}::uuid)`);
  if (personal && feed.connector === 'mqtt')
    await db.run(
      sql`delete from exchange.feed_message where feed = ${feed.id} and id <= ${batch.watermark}::text::bigint`,
    );
  else if (feed.connector !== 'push')
    await db.run(sql`update exchange.feed set watermark = ${batch.watermark_from}::text where id = ${feed.id}`);
  await recordIncident(db, {
    feed,
    kind: 'refused',
    seq: batch.seq,
    text: { zh: `第 ${batch.seq} 批已拒收：${reason}`, en: `Batch ${batch.seq} was refused: ${reason}` },
  });
}
