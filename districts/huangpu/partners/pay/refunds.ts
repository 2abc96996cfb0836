import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { within } from './faults.ts';
import { queueNotice } from './queue-notice.ts';
import { type Answer, offsetTime, refusal, type Trade, tradeOf, transactionId } from './trades.ts';

export type Refund = {
  out_refund_no: string;
  out_trade_no: string;
  refund_id: string;
  amount: string;
  notify_url: string | null;
  status: string;
  create_time: Date;
  success_time: Date | null;
};
export const REFUND = sql`out_refund_no, out_trade_no, refund_id, amount::text as amount, notify_url, status, create_time, success_time`;

type Order = {
  out_trade_no?: string;
  out_refund_no?: string;
  notify_url?: string;
  amount?: { refund?: number; total?: number; currency?: string };
};

/** 退款申请: accepted at once, done when its notice is sent; asking again with the number gives the same refund. */
export async function placeRefund(services: Services, order: Order): Promise<Answer> {
  const { out_trade_no: tradeNo = '', out_refund_no: no = '', amount } = order;
  if (!/^[0-9a-zA-Z_\-|*@]{1,64}$/.test(no) || !Number.isSafeInteger(amount?.refund) || (amount?.refund ?? 0) < 1)
    return refusal(400, 'PARAM_ERROR', '参数错误');
  const now = services.clock.now();
  const answer = await within(services, async (db): Promise<Answer> => {
    const trade = await tradeOf(db, tradeNo, true);
    if (!trade) return refusal(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
    const before = await db.first<Refund>(sql`select ${REFUND} from pay_simulator.refund where out_refund_no = ${no}`);
    if (before) {
      const same = before.out_trade_no === tradeNo && before.amount === String(amount?.refund);
      return same
        ? { status: 200, body: refundBody(before, trade) }
        : refusal(400, 'INVALID_REQUEST', '退款单号重复，参数不一致');
    }
    if (trade.success_time === null) return refusal(400, 'INVALID_REQUEST', '订单未支付');
    const { sum } = await db.one<{ sum: string }>(
      sql`select coalesce(sum(amount), 0)::text as sum from pay_simulator.refund where out_trade_no = ${tradeNo} and status <> 'CLOSED'`,
    );
    if (
      Number(amount?.total) !== Number(trade.total) ||
      BigInt(sum) + BigInt(amount?.refund ?? 0) > BigInt(trade.total)
    )
      return refusal(400, 'INVALID_REQUEST', '退款金额大于可退金额');
    await db.run(sql`
      insert into pay_simulator.refund (out_refund_no, out_trade_no, refund_id, amount, notify_url, status, create_time, success_time)
      values (${no}, ${tradeNo}, ${transactionId('50')}, ${String(amount?.refund)}::bigint, ${order.notify_url ?? null}::text, 'SUCCESS', ${now}::timestamptz, ${now}::timestamptz)`);
    await db.run(sql`update pay_simulator.trade set state = 'REFUND' where out_trade_no = ${tradeNo}`);
    await queueNotice(db, { services, kind: 'REFUND.SUCCESS', number: no });
    const made = await db.one<Refund>(sql`select ${REFUND} from pay_simulator.refund where out_refund_no = ${no}`);
    // As the platform answers: it is under way, and the notice says more.
    return { status: 200, body: { ...refundBody(made, trade), status: 'PROCESSING', success_time: undefined } };
  });
  services.wake();
  return answer;
}

/** 查询单笔退款. */
export async function queryRefund(services: Services, no: string): Promise<Answer> {
  return within(services, async (db) => {
    const refund = await db.first<Refund>(sql`select ${REFUND} from pay_simulator.refund where out_refund_no = ${no}`);
    const trade = refund && (await tradeOf(db, refund.out_trade_no));
    if (!refund || !trade) return refusal(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
    return { status: 200, body: refundBody(refund, trade) };
  });
}

export function refundBody(refund: Refund, trade: Trade): Record<string, unknown> {
  const amount = Number(refund.amount);
  const total = Number(trade.total);
  return {
    refund_id: refund.refund_id,
    out_refund_no: refund.out_refund_no,
    transaction_id: trade.transaction_id,
    out_trade_no: trade.out_trade_no,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    success_time: refund.success_time === null ? undefined : offsetTime(refund.success_time),
    create_time: offsetTime(refund.create_time),
    status: refund.status,
    amount: {
      total,
      refund: amount,
      payer_total: total,
      payer_refund: amount,
      settlement_refund: amount,
      settlement_total: total,
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}
