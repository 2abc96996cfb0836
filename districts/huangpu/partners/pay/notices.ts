import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Fault, within } from './faults.ts';
import { merchantOf } from './merchant.ts';
import { proofOf, sealResource } from './proof.ts';
import type { Kind } from './queue-notice.ts';
import { REFUND, type Refund, refundBody } from './refunds.ts';
import { tradeBody, tradeOf } from './trades.ts';

type Waiting = { id: string; kind: Kind; number: string; fault: Fault | null; tries: number; state: string };

/** Seconds until a notice that was not taken comes again; then it is given up (the platform goes on for a day). */
const AGAIN_S = [15, 15, 30, 180, 600];
/** Sends a notice (支付通知, 退款结果通知) and looks whether it was taken. */
export const sendNotice: JobHandler = {
  name: 'send-notice',
  attempts: 3,
  outside: true,
  async run({ payload, services, tx }) {
    const notice = await tx((db) =>
      db.first<Waiting>(sql`select * from pay_simulator.notice where id = ${payload.notice ?? ''}::uuid`),
    );
    if (!notice || notice.state === 'given-up' || (notice.state === 'taken' && notice.fault !== 'duplicate')) return;
    const { url, body } = await composed(services, notice);
    if (url === undefined) return;
    const broken = notice.fault === 'bad-signature' && notice.tries === 0;
    const status = await createOutbound({
      targets: [{ origin: new URL(url).origin, networks: ['127.0.0.0/8', '::1/128'] }],
      timeoutMs: 5_000,
      maxRedirects: 0,
    })(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...(await proofOf(services, body, broken)) },
    }).then(
      (reply) => reply.status,
      () => 0,
    );
    await tx((db) => settle(db, { services, notice, status }));
    services.wake();
  },
};

async function settle(db: Db, options: { services: Services; notice: Waiting; status: number }): Promise<void> {
  const { services, notice, status } = options;
  const taken = status >= 200 && status < 300;
  const wait = AGAIN_S[notice.tries];
  const state = taken ? 'taken' : wait === undefined ? 'given-up' : 'waiting';
  await db.run(sql`
    update pay_simulator.notice set tries = tries + 1, answered = ${status}::int, state = ${state} where id = ${notice.id}::uuid`);
  if (state === 'waiting' && wait !== undefined)
    await db.enqueue({
      name: 'send-notice',
      payload: { notice: notice.id },
      at: new Date(services.clock.now().getTime() + wait * 1000),
    });
  // What was held back follows what it should have come before.
  const held = await db.rows<{ id: string }>(
    sql`update pay_simulator.notice set state = 'waiting' where state = 'held' and id <> ${notice.id}::uuid returning id`,
  );
  for (const { id } of held) await db.enqueue({ name: 'send-notice', payload: { notice: id } });
}

async function composed(services: Services, notice: Waiting): Promise<{ url?: string; body: string }> {
  const { refund, trade } = await within(services, async (db) => {
    const refund =
      notice.kind === 'REFUND.SUCCESS'
        ? await db.first<Refund>(sql`select ${REFUND} from pay_simulator.refund where out_refund_no = ${notice.number}`)
        : undefined;
    return { refund, trade: await tradeOf(db, refund?.out_trade_no ?? notice.number) };
  });
  if (!trade) return { body: '' };
  const { merchant } = await merchantOf(services);
  let content: Record<string, unknown>;
  if (refund) {
    const { status: refund_status, ...rest } = refundBody(refund, trade);
    content = { mchid: merchant.merchantId, ...rest, refund_status };
  } else {
    content = await tradeBody(services, { ...trade, state: 'SUCCESS' });
    if (notice.fault === 'wrong-amount')
      content.amount = {
        total: Number(trade.total) + 1,
        payer_total: Number(trade.total) + 1,
        currency: 'CNY',
        payer_currency: 'CNY',
      };
  }
  const body = JSON.stringify({
    id: notice.id,
    create_time: services.clock.now().toISOString(),
    resource_type: 'encrypt-resource',
    event_type: notice.kind,
    summary: refund ? '退款成功' : '支付成功',
    resource: await sealResource(services, refund ? 'refund' : 'transaction', content),
  });
  return { url: (refund ? refund.notify_url : trade.notify_url) ?? undefined, body };
}
