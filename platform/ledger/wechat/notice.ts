import { type Notice, NoticeRefused } from '../payment-channel.ts';
import { type MerchantAccount, publicKeyOf } from './merchant-account.ts';
import { refundOf, tradeOf } from './messages.ts';
import { openResource, replyMessage, verified } from './signature.ts';

/** Seconds that a notice may be old, or early by a clock that differs (回调通知: 5 分钟). */
const FRESH_S = 300;

type Headers = Record<string, string | undefined>;

/** Whether answer or notice carries the provider's signature over these bytes. */
export function provenBy(options: { account: MerchantAccount; headers: Headers; body: Buffer }): boolean {
  const { account, headers, body } = options;
  const pem = account.platformKeys[headers['wechatpay-serial'] ?? ''];
  const { 'wechatpay-timestamp': timestamp, 'wechatpay-nonce': nonce, 'wechatpay-signature': signature } = headers;
  if (pem === undefined || !timestamp || !nonce || !signature) return false;
  return verified({ message: replyMessage({ timestamp, nonce, body }), signature, key: publicKeyOf(pem) });
}

/** Proves and opens a notice (支付通知, 退款结果通知). */
export function readWechatNotice(options: {
  account: MerchantAccount;
  headers: Headers;
  body: Buffer;
  now: Date;
}): Notice {
  const { account, headers, body, now } = options;
  if (!provenBy(options)) throw new NoticeRefused('signature');
  // Only what is signed is believed, the time as well: a notice that was caught cannot be sent again tomorrow.
  const age = now.getTime() / 1000 - Number(headers['wechatpay-timestamp']);
  if (!(Math.abs(age) <= FRESH_S)) throw new NoticeRefused('time');
  try {
    return opened(account, JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw new NoticeRefused(error instanceof SyntaxError ? 'no JSON' : (error as Error).message);
  }
}

type Envelope = {
  id: string;
  event_type: string;
  resource: { algorithm: string; ciphertext: string; nonce: string; associated_data?: string };
};

function opened(account: MerchantAccount, { id, event_type: type, resource }: Envelope): Notice {
  if (typeof id !== 'string' || resource?.algorithm !== 'AEAD_AES_256_GCM') throw new NoticeRefused('form');
  const plain = JSON.parse(
    openResource({
      apiV3Key: account.apiV3Key,
      nonce: resource.nonce,
      associatedData: resource.associated_data ?? '',
      ciphertext: resource.ciphertext,
    }),
  ) as { out_trade_no?: string; out_refund_no?: string; mchid?: string };
  const { appId, merchantId } = account;
  if (type === 'TRANSACTION.SUCCESS')
    return { id, kind: 'payment', number: plain.out_trade_no ?? '', trade: tradeOf(plain, { appId, merchantId }) };
  if (plain.mchid !== merchantId) throw new NoticeRefused('merchant');
  if (/^REFUND\.(SUCCESS|ABNORMAL|CLOSED)$/.test(type))
    return { id, kind: 'refund', number: plain.out_refund_no ?? '', refund: refundOf(plain, {}) };
  return { id, kind: 'other', number: '' };
}
