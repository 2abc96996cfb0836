import { systemActor } from '#platform/kernel/actor.ts';
import type { Timer } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endSubscriptions } from '../delivery/end-subscriptions.ts';
import { type FeedRow, recordIncident } from './feed.ts';

/** Queues the readings and deliveries that are due, says when a number is missing, and ends what its grant no longer covers. */
export const watchFeeds: Timer = {
  name: 'feeds',
  everyMs: 2_000,
  async run({ services }) {
    const actor = systemActor({ name: 'feeds' });
    await services.database.tx({ module: 'exchange', actor }, async (db) => {
      await queueDue(db);
      await alarmGaps(db);
      await endSubscriptions(db);
    });
  },
};

async function queueDue(db: Db): Promise<void> {
  const due = await db.rows<{ kind: string; id: string }>(sql`
    select 'feed' as kind, f.id from exchange.feed f where f.state = 'active' and f.connector <> 'push' and f.next_at <= kernel.now()
      and not exists (select from exchange.feed_batch b where b.feed = f.id and b.state in ('waiting', 'applying', 'held', 'quarantined', 'stopped'))
    union all
    select 'subscription', s.id::text from exchange.subscription s join exchange.feed f on f.id = s.feed
    where s.state = 'active' and s.next_at <= kernel.now() and s.sent_seq < f.applied_seq`);
  for (const { kind, id } of due) {
    if (kind === 'feed') await db.enqueue({ name: 'feed-run', payload: { feed: id }, key: id });
    else await db.enqueue({ name: 'feed-deliver', payload: { subscription: id }, key: id });
  }
}

/** A batch that waits for an earlier one longer than a cycle (S9 fault 1). */
async function alarmGaps(db: Db): Promise<void> {
  const gaps = await db.rows<FeedRow & { seq: number }>(sql`
    update exchange.feed_batch b set alarmed = true from exchange.feed f
    where f.id = b.feed and b.state = 'waiting' and not b.alarmed and f.state = 'active' and b.seq > f.applied_seq + 1
      and b.received_at + f.cycle_seconds * interval '1 second' <= kernel.now()
      and not exists (select from exchange.feed_batch o where o.feed = b.feed and o.seq = f.applied_seq + 1 and o.state <> 'refused')
    returning f.*, b.seq`);
  for (const gap of gaps)
    await recordIncident(db, {
      feed: gap,
      kind: 'gap',
      seq: gap.seq,
      text: {
        zh: `第 ${gap.seq} 批已到，第 ${gap.applied_seq + 1} 批超过一个周期仍未到`,
        en: `Batch ${gap.seq} is here, batch ${gap.applied_seq + 1} has been missing for more than a cycle`,
      },
    });
}
