import type { JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { bookRefund } from './book-refund.ts';
import { ChannelRefused, openChannel, OutcomeUnknown, type ProviderRefund } from './payment-channel.ts';

type Wanted = {
  id: string;
  channel: string;
  no: string;
  paymentNo: string;
  amount: string;
  total: string;
  reason: string;
  sent: boolean;
};

/**
 * Brings an approved refund one step on (退费、查退费): sends it under its one number; once the provider may have heard of it, it is queried
 * first and sent again only if the provider does not know the number.
 */
export const stepRefund: JobHandler = {
  name: 'refund-step',
  attempts: 3,
  outside: true,
  async run({ payload, services, tx }) {
    const refund = await tx((db) => claim(db, payload.refund ?? ''));
    if (!refund) return;
    const channel = await openChannel(services, refund.channel);
    if (!channel) return void (await tx((db) => note(db, refund.id, 'PAYMENT_CHANNEL_ABSENT')));
    try {
      let said: ProviderRefund = refund.sent ? await channel.queryRefund(refund.no) : { state: 'absent' };
      if (said.state === 'absent') {
        await tx((db) => db.run(sql`update ledger.refund set sent = true where id = ${refund.id}::uuid`));
        said = await channel.refund({ ...refund, amount: BigInt(refund.amount), total: BigInt(refund.total) });
      }
      await tx((db) => bookRefund(db, { refund: refund.id, said }));
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) && !(error instanceof ChannelRefused)) throw error;
      services.log.warn({ refund: refund.id, err: error.message }, 'refund not settled');
      await tx((db) => note(db, refund.id, error instanceof ChannelRefused ? error.code : 'OUTCOME_UNKNOWN'));
    }
    services.wake();
  },
};

async function claim(db: Db, id: string): Promise<Wanted | undefined> {
  return db.first<Wanted>(sql`
    update ledger.refund r set queries = r.queries + 1,
      query_at = kernel.now() + least(5 * power(2, least(r.queries, 10)), 3600) * interval '1 second'
    from ledger.payment p where p.id = r.payment and r.id = ${id}::uuid and r.state = 'approved'
    returning r.id, p.channel, r.no, p.no as "paymentNo", r.amount::text as amount, p.amount::text as total, r.reason, r.sent`);
}

async function note(db: Db, id: string, problem: string): Promise<void> {
  await db.run(sql`update ledger.refund set problem = ${problem} where id = ${id}::uuid and state = 'approved'`);
}
