import type { Actor } from '#platform/kernel/actor.ts';
import type { JobHandler, Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ChannelRefused, openChannel, OutcomeUnknown, paymentChannel } from './payment-channel.ts';
import { reconcile } from './reconcile.ts';

/** From this hour in Shanghai the bill of yesterday is there (每日10点后). */
const READY_HOUR = 10;
/** Days that are asked for while their bill is missing. */
const DAYS_BACK = 7;

/** Fetches the provider's bill of a day and reconciles it (下载账单、对账). Not there yet, or not proven: it is asked for again later. */
export const fetchBill: JobHandler = {
  name: 'bill-fetch',
  attempts: 3,
  outside: true,
  async run({ payload, services, tx }) {
    const { channel: id = '', day = '' } = payload;
    const channel = await openChannel(services, id);
    if (!channel) return;
    try {
      const bill = await channel.bill(day);
      if (bill) await tx((db) => reconcile(db, { channel: id, day, ...bill }));
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) && !(error instanceof ChannelRefused)) throw error;
      services.log.warn({ channel: id, day, err: error.message }, 'bill not taken');
    }
    services.wake();
  },
};

/** Queues the days whose bill should be there and is not (timer), back to the first payment of the channel. */
export async function queueBills(services: Services, actor: Actor): Promise<void> {
  const now = services.clock.now();
  const hour = new Date(now.getTime() + 8 * 3_600_000).getUTCHours();
  const today = shanghaiDate(now);
  const last = addDays(today, hour >= READY_HOUR ? -1 : -2);
  await services.database.tx({ module: 'ledger', actor }, async (db) => {
    for (const { value } of services.registry.provided(paymentChannel)) {
      const days = await db.rows<{ day: string }>(sql`
        select d::date::text as day from (select (min(created_at) at time zone 'Asia/Shanghai')::date as first from ledger.payment where channel = ${value.id}) p,
          generate_series(greatest(p.first, ${addDays(today, -DAYS_BACK)}::date), ${last}::date, interval '1 day') d
        where p.first is not null and not exists (select from ledger.bill b where b.channel = ${value.id} and b.day = d::date)`);
      for (const { day } of days)
        await db.enqueue({ name: 'bill-fetch', payload: { channel: value.id, day }, key: `${value.id}:${day}` });
    }
  });
}
