import { createHash, randomBytes } from 'node:crypto';
import { ProblemError } from '#platform/kernel/errors.ts';
import { createOutbound, type OutboundReply } from '#platform/kernel/outbound.ts';
import type { Services } from '#platform/kernel/app.ts';
import { ChannelRefused, type OpenChannel, OutcomeUnknown, type PaymentChannel } from '../payment-channel.ts';
import { accountOf, type MerchantAccount } from './merchant-account.ts';
import { refundOf, tradeOf } from './messages.ts';
import { provenBy, readWechatNotice } from './notice.ts';
import { authorization } from './signature.ts';
import { readTradeBill } from './trade-bill.ts';

const ANSWER_MS = 10_000;
const LARGEST_BILL = 64 * 1024 * 1024;

/** WeChat Pay (微信支付) by its public API v3, Native payment: the payer scans a code. */
export const wechatPay: PaymentChannel = wechatChannel('wechat');

/** The channel under an id of its own: notices come to the address that ends in it. */
export function wechatChannel(id: string): PaymentChannel {
  return {
    id,
    title: { zh: '微信支付', en: 'WeChat Pay' },
    open: async (services) => {
      const account = await accountOf(services);
      return account && openWechat({ id, account, now: () => services.clock.now() });
    },
  };
}

type Method = 'GET' | 'POST';
type Context = { id: string; account: MerchantAccount; now: Services['clock']['now'] };

export function openWechat(context: Context): OpenChannel {
  const { id, account } = context;
  const { appId, merchantId } = account;
  const of = { appId, merchantId };
  const noticeUrl = `${account.noticeOrigin}/api/ledger/notices/${id}`;
  return {
    async ask({ no, amount, title, expiresAt }) {
      const answer = await ask(context, 'POST', '/v3/pay/transactions/native', {
        appid: appId,
        mchid: merchantId,
        description: [...title].slice(0, 40).join(''),
        out_trade_no: no,
        time_expire: shanghai(expiresAt),
        notify_url: noticeUrl,
        amount: { total: Number(amount), currency: 'CNY' },
      });
      const { code_url: codeUrl } = answer as { code_url?: unknown };
      if (typeof codeUrl !== 'string') throw new OutcomeUnknown('no code_url');
      return { codeUrl };
    },
    async query(no) {
      const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(no)}?mchid=${merchantId}`;
      const answer = await orAbsent(ask(context, 'GET', path));
      return answer === undefined ? { state: 'absent' } : tradeOf(answer, { ...of, no });
    },
    async close(no) {
      await ask(context, 'POST', `/v3/pay/transactions/out-trade-no/${encodeURIComponent(no)}/close`, {
        mchid: merchantId,
      });
    },
    async refund({ no, paymentNo, amount, total, reason }) {
      const answer = await ask(context, 'POST', '/v3/refund/domestic/refunds', {
        out_trade_no: paymentNo,
        out_refund_no: no,
        reason: [...reason].slice(0, 26).join(''),
        notify_url: noticeUrl,
        amount: { refund: Number(amount), total: Number(total), currency: 'CNY' },
      });
      return refundOf(answer, { no });
    },
    async queryRefund(no) {
      const answer = await orAbsent(ask(context, 'GET', `/v3/refund/domestic/refunds/${encodeURIComponent(no)}`));
      return answer === undefined ? { state: 'absent' } : refundOf(answer, { no });
    },
    bill: (day) => bill(context, day),
    readNotice: (notice) => readWechatNotice({ ...notice, account }),
    answer: (outcome) =>
      outcome.taken
        ? { status: 204, body: '' }
        : { status: 401, body: JSON.stringify({ code: 'FAIL', message: outcome.why }) },
  };
}

/** One question with its proof both ways. What is not proven has not been answered. */
async function ask(context: Context, method: Method, path: string, body?: unknown): Promise<unknown> {
  const reply = await send(context, method, `${context.account.baseUrl}${path}`, body);
  if (reply.status >= 500 || reply.status === 429) throw new OutcomeUnknown(`answered ${reply.status}`);
  if (!provenBy({ account: context.account, headers: flat(reply.headers), body: reply.body }))
    throw new OutcomeUnknown('the answer is not signed by the provider');
  const text = reply.body.toString('utf8');
  const answer = text === '' ? {} : (parsed(text) as { code?: string; message?: string });
  if (reply.status >= 400) throw new ChannelRefused(answer.code ?? String(reply.status), answer.message ?? '');
  return answer;
}

async function send({ account, now }: Context, method: Method, url: string, body?: unknown): Promise<OutboundReply> {
  const { origin, pathname, search } = new URL(url);
  const text = body === undefined ? '' : JSON.stringify(body);
  const { merchantId, serial, privateKey } = account;
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const path = `${pathname}${search}`;
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'smart-district/ledger',
    authorization: authorization({
      method,
      path,
      body: text,
      merchantId,
      serial,
      privateKey,
      timestamp,
      nonce: randomBytes(16).toString('hex').toUpperCase(),
    }),
  };
  const outbound = createOutbound({
    targets: [{ origin, networks: account.networks }],
    timeoutMs: ANSWER_MS,
    maxBytes: LARGEST_BILL,
    maxRedirects: 0,
    keepRedirects: true,
  });
  return outbound(url, { method, headers, body: text === '' ? undefined : text }).catch((error: unknown) => {
    throw error instanceof ProblemError ? new OutcomeUnknown(error.spec.code) : error;
  });
}

/** Codes by which the provider says that it does not know a number (查询订单, 查询单笔退款). */
const ABSENT = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS']);

async function orAbsent(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((error: unknown) => {
    if (error instanceof ChannelRefused && ABSENT.has(error.code)) return undefined;
    throw error;
  });
}

/** The bill of a day: its address is asked for, then it is fetched; its SHA-1 is that of the signed answer. */
async function bill(context: Context, day: string): ReturnType<OpenChannel['bill']> {
  let answer: { hash_type?: string; hash_value?: string; download_url?: string };
  try {
    answer = (await ask(context, 'GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`)) as typeof answer;
  } catch (error) {
    if (error instanceof ChannelRefused && error.code === 'STATEMENT_CREATING') return undefined;
    if (error instanceof ChannelRefused && error.code === 'NO_STATEMENT_EXIST') return { rows: [], digest: 'none' };
    throw error;
  }
  const { hash_type: kind = '', hash_value: digest = '', download_url: url = '' } = answer;
  // The address must be the provider's: the request carries our signature.
  if (URL.parse(url)?.origin !== new URL(context.account.baseUrl).origin) throw new OutcomeUnknown('another address');
  const file = await send(context, 'GET', url);
  if (file.status !== 200) throw new OutcomeUnknown(`the bill answered ${file.status}`);
  const sum = createHash('sha1').update(file.body).digest('hex');
  if (kind !== 'SHA1' || sum !== digest.toLowerCase()) throw new OutcomeUnknown('the bill is not the one announced');
  return { rows: readTradeBill(file.body.toString('utf8')), digest: sum };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OutcomeUnknown('the answer is no JSON');
  }
}

function flat(headers: OutboundReply['headers']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]));
}

/** `2026-11-26T18:00:00+08:00`. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
}
