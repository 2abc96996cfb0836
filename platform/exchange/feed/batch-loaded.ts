import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { advance, holdFeed, stopFeed } from './feed.ts';

/** A batch of a feed is in the base database: the feed counts it, the next in order begins, and its takers are due. */
export const batchLoaded: Consumer = {
  name: 'feed-batch-loaded',
  type: 'exchange.batch.loaded',
  async handle({ event, db, services }) {
    const batch = await db.first<{ feed: string; seq: number; watermark: string | null }>(sql`
      update exchange.feed_batch set state = 'applied', applied_at = kernel.now() where import = ${event.subject}::uuid and state = 'applying'
      returning feed, seq, watermark`);
    if (!batch) return;
    await db.run(sql`
      update exchange.feed set applied_seq = ${batch.seq}::bigint, data_at = kernel.now(), problem = null,
        watermark = case when connector = 'push' then coalesce(${batch.watermark}::text, watermark) else watermark end
      where id = ${batch.feed}`);
    const due = await db.rows<{ id: string }>(
      sql`select id from exchange.subscription where feed = ${batch.feed} and state = 'active' and failures = 0`,
    );
    for (const { id } of due) await db.enqueue({ name: 'feed-deliver', payload: { subscription: id }, key: id });
    await db.emit({ type: 'exchange.feed.applied', subject: batch.feed, data: { seq: String(batch.seq) } });
    const feed = await holdFeed(db, batch.feed);
    // Messages are kept until they are in the base database: a batch that was put aside is made of them again.
    if (feed?.connector === 'mqtt')
      await db.run(
        sql`delete from exchange.feed_message where feed = ${feed.id} and id <= ${batch.watermark ?? '0'}::text::bigint`,
      );
    if (feed) await advance(db, feed);
    services.wake();
  },
};

/** A batch could not be loaded: the feed says so and stands still; a person lets it go on when the cause is gone. */
export const batchNotLoaded: Consumer = {
  name: 'feed-batch-not-loaded',
  type: 'exchange.batch.not-loaded',
  async handle({ event, db }) {
    const batch = await db.first<{ feed: string; seq: number }>(
      sql`select feed, seq from exchange.feed_batch where import = ${event.subject}::uuid and state = 'applying'`,
    );
    if (!batch) return;
    await stopFeed(db, {
      ...batch,
      problem: {
        code: 'LOAD_FAILED',
        text: {
          zh: `第 ${batch.seq} 批入库失败，恢复后继续`,
          en: `Batch ${batch.seq} could not be loaded; it goes on where it stood`,
        },
      },
    });
  },
};
