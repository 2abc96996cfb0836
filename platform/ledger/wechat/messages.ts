import type { ProviderRefund, Trade } from '../payment-channel.ts';
import { OutcomeUnknown } from '../payment-channel.ts';

/*
 * What WeChat Pay's messages mean to us. Fields and states as documented for Native payment and domestic refunds
 * (Native支付：查询订单, 支付成功回调通知; 退款：申请退款, 退款结果通知).
 */

type Json = Record<string, unknown>;

/** A payment, from an answer or a notice. */
export function tradeOf(message: unknown, expected: { appId: string; merchantId: string; no?: string }): Trade {
  const trade = message as Json;
  const amount = trade.amount as Json | undefined;
  if (
    trade.mchid !== expected.merchantId ||
    trade.appid !== expected.appId ||
    (expected.no !== undefined && trade.out_trade_no !== expected.no)
  )
    throw new OutcomeUnknown('the answer is about something else');
  switch (trade.trade_state) {
    // REFUND: paid, and something went back since.
    case 'SUCCESS':
    case 'REFUND':
      if (amount?.currency !== undefined && amount.currency !== 'CNY') throw new OutcomeUnknown('another currency');
      return {
        state: 'paid',
        transaction: text(trade.transaction_id),
        amount: fen(amount?.total),
        at: moment(trade.success_time),
      };
    case 'NOTPAY':
    case 'USERPAYING':
    case 'ACCEPT':
      return { state: 'open' };
    case 'CLOSED':
    case 'REVOKED':
    case 'PAYERROR':
      return { state: 'closed' };
    default:
      throw new OutcomeUnknown(`trade_state ${String(trade.trade_state)}`);
  }
}

/** A refund, from an answer (`status`) or a notice (`refund_status`). */
export function refundOf(message: unknown, expected: { no?: string }): ProviderRefund {
  const refund = message as Json;
  if (expected.no !== undefined && refund.out_refund_no !== expected.no)
    throw new OutcomeUnknown('the answer is about something else');
  const state = refund.status ?? refund.refund_status;
  switch (state) {
    case 'SUCCESS':
      return {
        state: 'refunded',
        reference: text(refund.refund_id),
        amount: fen((refund.amount as Json | undefined)?.refund),
        at: moment(refund.success_time),
      };
    case 'PROCESSING':
      return { state: 'under-way' };
    case 'ABNORMAL':
      return { state: 'stuck' };
    case 'CLOSED':
      return { state: 'failed' };
    default:
      throw new OutcomeUnknown(`refund status ${String(state)}`);
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new OutcomeUnknown('a number is missing');
  return value;
}

function fen(value: unknown): bigint {
  if (!Number.isSafeInteger(value)) throw new OutcomeUnknown('an amount is missing');
  return BigInt(value as number);
}

function moment(value: unknown): Date {
  const at = new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new OutcomeUnknown('a time is missing');
  return at;
}
