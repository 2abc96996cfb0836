import { randomInt } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { befallen, type Fault, within } from './faults.ts';
import { merchantOf } from './merchant.ts';
import { queueNotice } from './queue-notice.ts';

export type Answer = { status: number; body?: object };
export const refusal = (status: number, code: string, message: string): Answer => ({ status, body: { code, message } });

export type Trade = {
  out_trade_no: string;
  token: string;
  description: string;
  total: string;
  notify_url: string;
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  expires_at: Date;
  transaction_id: string | null;
  success_time: Date | null;
};
export const TRADE = sql`out_trade_no, token, description, total::text as total, notify_url, state, expires_at, transaction_id, success_time`;

type NativeOrder = {
  appid?: string;
  mchid?: string;
  description?: string;
  out_trade_no?: string;
  time_expire?: string;
  notify_url?: string;
  amount?: { total?: number; currency?: string };
};

/** Native下单: makes the order, or gives the code of the same one again. */
export async function placeNative(
  services: Services,
  order: NativeOrder,
  cashier: (token: string) => string,
): Promise<Answer> {
  const { merchant } = await merchantOf(services);
  const { out_trade_no: no = '', description = '', notify_url: url = '', amount } = order;
  if (order.appid !== merchant.appId || order.mchid !== merchant.merchantId)
    return refusal(400, 'APPID_MCHID_NOT_MATCH', 'appid和mchid不匹配');
  if (
    !/^[0-9a-zA-Z_\-|*]{6,32}$/.test(no) ||
    description === '' ||
    !/^https?:\/\//.test(url) ||
    !Number.isSafeInteger(amount?.total) ||
    (amount?.total ?? 0) < 1
  )
    return refusal(400, 'PARAM_ERROR', '参数错误');
  const now = services.clock.now();
  const expires = order.time_expire ? new Date(order.time_expire) : new Date(now.getTime() + 2 * 3_600_000);
  return within(services, async (db) => {
    await db.run(sql`
      insert into pay_simulator.trade (out_trade_no, token, description, total, notify_url, state, created_at, expires_at)
      values (${no}, gen_random_uuid(), ${description}, ${String(amount?.total)}::bigint, ${url}, 'NOTPAY', ${now}::timestamptz, ${expires}::timestamptz)
      on conflict do nothing`);
    const trade = await db.one<Trade>(sql`select ${TRADE} from pay_simulator.trade where out_trade_no = ${no}`);
    if (trade.state === 'CLOSED') return refusal(400, 'ORDER_CLOSED', '订单已关闭');
    if (trade.state !== 'NOTPAY') return refusal(400, 'ORDERPAID', '订单已支付');
    if (trade.total !== String(amount?.total) || trade.description !== description)
      return refusal(400, 'INVALID_REQUEST', '商户订单号重复，参数不一致');
    return { status: 200, body: { code_url: cashier(trade.token) } };
  });
}

/** 商户订单号查询订单. */
export async function queryTrade(services: Services, no: string): Promise<Answer> {
  const trade = await within(services, (db) => tradeOf(db, no));
  if (!trade) return refusal(404, 'ORDER_NOT_EXIST', '订单不存在');
  return { status: 200, body: await tradeBody(services, trade) };
}

/** 关闭订单. */
export async function closeTrade(services: Services, no: string): Promise<Answer> {
  return within(services, async (db) => {
    const trade = await tradeOf(db, no, true);
    if (!trade) return refusal(404, 'ORDER_NOT_EXIST', '订单不存在');
    if (trade.state === 'SUCCESS' || trade.state === 'REFUND') return refusal(400, 'ORDERPAID', '订单已支付');
    await db.run(sql`update pay_simulator.trade set state = 'CLOSED' where out_trade_no = ${no}`);
    return { status: 204 };
  });
}

/** What the payer does at the cashier: pays once, whatever the notice then meets with. */
export async function payTrade(
  services: Services,
  options: { token: string; fault?: Fault; seconds?: number },
): Promise<boolean> {
  const now = services.clock.now();
  const paid = await within(services, async (db) => {
    const trade = await db.first<{ out_trade_no: string }>(sql`
      update pay_simulator.trade set state = 'SUCCESS', success_time = ${now}::timestamptz, transaction_id = ${transactionId('42')}
      where token = ${options.token}::uuid and state = 'NOTPAY' and expires_at > ${now}::timestamptz returning out_trade_no`);
    if (!trade) return false;
    const planted = await befallen(db, { number: trade.out_trade_no, kinds: NOTICE_FAULTS });
    const fault = options.fault === undefined ? planted : { kind: options.fault, seconds: options.seconds ?? 30 };
    await queueNotice(db, { services, kind: 'TRANSACTION.SUCCESS', number: trade.out_trade_no, fault });
    return true;
  });
  if (paid) services.wake();
  return paid;
}

const NOTICE_FAULTS: readonly Fault[] = ['delay', 'duplicate', 'drop', 'bad-signature', 'wrong-amount', 'reorder'];

export async function tradeOf(db: Db, no: string, held = false): Promise<Trade | undefined> {
  return held
    ? db.first<Trade>(sql`select ${TRADE} from pay_simulator.trade where out_trade_no = ${no} for update`)
    : db.first<Trade>(sql`select ${TRADE} from pay_simulator.trade where out_trade_no = ${no}`);
}

/** A trade as answers and notices have it. An order whose time is over is closed. */
export async function tradeBody(services: Services, trade: Trade): Promise<Record<string, unknown>> {
  const { merchant } = await merchantOf(services);
  const over = trade.state === 'NOTPAY' && trade.expires_at <= services.clock.now();
  const total = Number(trade.total);
  const common = { appid: merchant.appId, mchid: merchant.merchantId, out_trade_no: trade.out_trade_no };
  if (trade.success_time === null)
    return {
      ...common,
      trade_state: over ? 'CLOSED' : trade.state,
      trade_state_desc: over ? '订单已关闭' : '订单未支付',
      amount: { total, currency: 'CNY' },
    };
  return {
    ...common,
    transaction_id: trade.transaction_id,
    trade_type: 'NATIVE',
    trade_state: trade.state,
    trade_state_desc: trade.state === 'REFUND' ? '转入退款' : '支付成功',
    bank_type: 'OTHERS',
    success_time: offsetTime(trade.success_time),
    payer: { openid: 'sample-payer' },
    amount: { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' },
  };
}

/** 28 digits, as those of the platform. */
export function transactionId(prefix: string): string {
  return `${prefix}${Array.from({ length: 26 }, () => randomInt(10)).join('')}`;
}

/** RFC 3339 in the time of Shanghai. */
export function offsetTime(at: Date): string {
  return `${new Date(at.getTime() + 28_800_000).toISOString().slice(0, 19)}+08:00`;
}
