import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { bookPayment } from './book-payment.ts';
import { ChannelRefused, openChannel, type OpenChannel, OutcomeUnknown, type Trade } from './payment-channel.ts';

export type UnderWay = {
  id: string;
  channel: string;
  no: string;
  amount: bigint;
  title: string;
  expiresAt: Date;
  state: 'asking' | 'ready';
  sent: boolean;
  /** It is not wanted any more: its time is over or the order is not open. */
  unwanted: boolean;
};

/**
 * Brings a payment that is under way one step on (下单、查单、关单): asks the provider for a code; later asks what became of it; closes it
 * when it is not wanted any more. Once the provider may have heard of it, it is queried before anything else, always under the same
 * number. What stays unknown comes again by `query_at`.
 */
export const stepPayment: JobHandler = {
  name: 'payment-step',
  attempts: 3,
  outside: true,
  async run({ payload, services, tx }) {
    const payment = await tx((db) => claim(db, payload.payment ?? ''));
    if (!payment) return;
    const channel = await openChannel(services, payment.channel);
    if (!channel) return void (await tx((db) => note(db, payment.id, 'PAYMENT_CHANNEL_ABSENT')));
    try {
      await step({ payment, channel, tx });
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) && !(error instanceof ChannelRefused)) throw error;
      services.log.warn({ payment: payment.id, err: error.message }, 'payment not settled');
      await tx((db) => note(db, payment.id, error instanceof ChannelRefused ? error.code : 'OUTCOME_UNKNOWN'));
    }
    services.wake();
  },
};

type Tx = <T>(work: (db: Db) => Promise<T>) => Promise<T>;
type Step = { payment: UnderWay; channel: OpenChannel; tx: Tx };

async function step({ payment, channel, tx }: Step): Promise<void> {
  const trade: Trade = payment.sent ? await channel.query(payment.no) : { state: 'absent' };
  switch (trade.state) {
    case 'paid':
      return void (await tx((db) => bookPayment(db, { payment: payment.id, trade, source: 'query' })));
    case 'closed':
      return void (await tx((db) => end(db, payment.id, 'closed')));
    case 'absent':
    case 'open':
      if (payment.unwanted) {
        if (trade.state === 'open') await channel.close(payment.no);
        return void (await tx((db) => end(db, payment.id, 'closed')));
      }
      if (payment.state === 'asking') await askCode({ payment, channel, tx });
  }
}

async function askCode({ payment, channel, tx }: Step): Promise<void> {
  await tx((db) => db.run(sql`update ledger.payment set sent = true where id = ${payment.id}::uuid`));
  try {
    const { codeUrl } = await channel.ask(payment);
    await tx((db) =>
      db.run(sql`
        update ledger.payment set state = 'ready', code_url = ${codeUrl}, problem = null, query_at = kernel.now() + interval '5 seconds', queries = 0
        where id = ${payment.id}::uuid and state = 'asking'`),
    );
  } catch (error) {
    if (!(error instanceof ChannelRefused) || MAY_EXIST.has(error.code)) throw error;
    await tx((db) => end(db, payment.id, 'refused', error.code));
  }
}

/** Refusals that do not mean that there is no payment under the number: it is queried. */
const MAY_EXIST = new Set(['ORDERPAID', 'ORDER_CLOSED', 'OUT_TRADE_NO_USED', 'SYSTEM_ERROR', 'FREQUENCY_LIMITED']);

/** The payment, with the time of its next look set before anything is asked: whoever dies now is followed by that. */
async function claim(db: Db, id: string): Promise<UnderWay | undefined> {
  const found = await db.first<Omit<UnderWay, 'amount'> & { amount: string }>(sql`
    update ledger.payment p set queries = p.queries + 1,
      query_at = kernel.now() + least(5 * power(2, least(p.queries, 8)), 600) * interval '1 second'
    from ledger.fee_order o where o.id = p.fee_order and p.id = ${id}::uuid and p.state in ('asking', 'ready')
    returning p.id, p.channel, p.no, p.amount::text as amount, o.title->>'zh' as title, p.expires_at as "expiresAt", p.state, p.sent,
      (p.expires_at <= kernel.now() or o.state <> 'open') as unwanted`);
  return found && { ...found, amount: BigInt(found.amount) };
}

async function end(db: Db, id: string, state: 'closed' | 'refused', problem?: string): Promise<void> {
  await db.run(sql`
    update ledger.payment set state = ${state}, query_at = null, problem = ${problem ?? null}::text where id = ${id}::uuid and state in ('asking', 'ready')`);
}

async function note(db: Db, id: string, problem: string): Promise<void> {
  await db.run(
    sql`update ledger.payment set problem = ${problem} where id = ${id}::uuid and state in ('asking', 'ready')`,
  );
}

/** Payments, refunds and orders whose time has come (timer): they are queued, each once. */
export async function queueDue(
  { database, wake }: Pick<Services, 'database' | 'wake'>,
  actor: Db['actor'],
): Promise<number> {
  const queued = await database.tx({ module: 'ledger', actor }, async (db) => {
    const due = await db.rows<{ id: string; job: string }>(sql`
      (select id, 'payment' as job from ledger.payment where query_at <= kernel.now() order by query_at limit 200) union all
      (select id, 'refund' as job from ledger.refund where query_at <= kernel.now() order by query_at limit 200)`);
    for (const { id, job } of due) await db.enqueue({ name: `${job}-step`, payload: { [job]: id }, key: id });
    return due.length;
  });
  if (queued > 0) wake();
  return queued;
}
