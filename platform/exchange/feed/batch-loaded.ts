import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { advance, holdFeed } from './feed.ts';

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
    if (feed) await advance(db, feed);
    services.wake();
  },
};
