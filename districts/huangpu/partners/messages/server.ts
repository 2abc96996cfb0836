/**
 * A provider of short messages and of official-account messages, for tests and trials: what the public documentation of SendSms (2017-05-25) and of WeChat's
 * template messages says, written apart from the adapters that are tried against it. Nothing leaves the machine; what was sent is in `sent`.
 *
 * A repeat of the same name (`client_msg_id`; for short messages the sender's own `OutId` to the same number) gets the first answer and is not sent again. For
 * short messages that is what a district agrees with its provider: the public documentation promises nothing of a repeated `OutId`. `repeats: 'again'` is a
 * provider without it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SMS_KEY = { id: 'sample-key', secret: 'sample-secret' };
export const WECHAT_APP = { id: 'wx-sample', secret: 'wx-secret' };
/** A request that is older or newer is refused, as a repeated nonce is. */
const FRESH_MS = 15 * 60_000;

export type Sent = { channel: 'sms' | 'wechat'; to: string; text: string };
export type MessageProvider = { origin: string; sent: Sent[]; fail(times: number): void; close(): Promise<void> };

export async function startMessageProvider(options: { repeats?: 'once' | 'again' } = {}): Promise<MessageProvider> {
  const sent: Sent[] = [];
  const nonces = new Set<string>();
  const known = new Map<string, number>();
  const answered = options.repeats === 'again' ? undefined : new Map<string, object>();
  const tokens = new Set<string>();
  let failures = 0;
  const answer = async (request: IncomingMessage): Promise<object> => {
    const url = new URL(request.url ?? '/', 'http://provider');
    const body = await bodyOf(request);
    if (failures > 0) {
      failures -= 1;
      return { Code: 'isp.SYSTEM_ERROR', errcode: -1, errmsg: 'system error' };
    }
    if (url.pathname === '/cgi-bin/token') {
      const { searchParams: q } = url;
      if (q.get('appid') !== WECHAT_APP.id || q.get('secret') !== WECHAT_APP.secret)
        return { errcode: 40_001, errmsg: 'invalid credential' };
      const token = `token-${tokens.size + 1}`;
      tokens.add(token);
      return { access_token: token, expires_in: 7_200 };
    }
    if (url.pathname === '/cgi-bin/message/template/send') {
      if (!tokens.has(url.searchParams.get('access_token') ?? ''))
        return { errcode: 40_001, errmsg: 'invalid credential' };
      const asked = JSON.parse(body) as {
        touser: string;
        template_id: string;
        client_msg_id?: string;
        data: Record<string, { value: string }>;
      };
      if (!/^[\w-]{10,}$/.test(asked.touser)) return { errcode: 40_003, errmsg: 'invalid openid' };
      const once = `${asked.touser} ${asked.client_msg_id ?? Math.random()}`;
      const earlier = known.get(once);
      if (earlier !== undefined) return { errcode: 0, errmsg: 'ok', msgid: earlier };
      known.set(once, known.size + 1);
      sent.push({ channel: 'wechat', to: asked.touser, text: Object.values(asked.data)[0]?.value ?? '' });
      return { errcode: 0, errmsg: 'ok', msgid: known.size };
    }
    return takeSms({ method: request.method ?? '', form: new URLSearchParams(body), nonces, sent, answered });
  };
  const server: Server = createServer((request, reply) => {
    answer(request).then(
      (value) => reply.setHeader('content-type', 'application/json').end(JSON.stringify(value)),
      () => reply.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    fail: (times) => void (failures = times),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function takeSms(options: {
  method: string;
  form: URLSearchParams;
  nonces: Set<string>;
  sent: Sent[];
  /** Answers by number and name of the sender; undefined = a repeat is another message. */
  answered: Map<string, object> | undefined;
}): object {
  const { method, form, nonces, sent, answered } = options;
  const given = Buffer.from(form.get('Signature') ?? '');
  form.delete('Signature');
  form.sort();
  // Form encoding differs from RFC 3986 in the blank, the star and the tilde.
  const canonical = form.toString().replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~');
  const text = [method, '%2F', encodeURIComponent(canonical).replaceAll('*', '%2A')].join('&');
  const wanted = Buffer.from(createHmac('sha1', `${SMS_KEY.secret}&`).update(text).digest('base64'));
  if (form.get('AccessKeyId') !== SMS_KEY.id) return { Code: 'InvalidAccessKeyId.NotFound' };
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { Code: 'SignatureDoesNotMatch' };
  if (Math.abs(Date.now() - Date.parse(form.get('Timestamp') ?? '')) > FRESH_MS)
    return { Code: 'InvalidTimeStamp.Expired' };
  const nonce = form.get('SignatureNonce') ?? '';
  if (nonces.has(nonce)) return { Code: 'SignatureNonceUsed' };
  nonces.add(nonce);
  const to = form.get('PhoneNumbers') ?? '';
  if (!/^1[3-9]\d{9}$/.test(to)) return { Code: 'isv.MOBILE_NUMBER_ILLEGAL' };
  const { title } = JSON.parse(form.get('TemplateParam') ?? '{}') as { title?: string };
  const name = form.get('OutId');
  const once = `${to} ${name ?? ''}`;
  const earlier = name === null ? undefined : answered?.get(once);
  if (earlier) return earlier;
  sent.push({ channel: 'sms', to, text: title ?? '' });
  const answer = { Code: 'OK', Message: 'OK', BizId: `biz-${sent.length}`, RequestId: nonce };
  answered?.set(once, answer);
  return answer;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
