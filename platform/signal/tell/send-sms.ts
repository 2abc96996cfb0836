import { createHmac, randomUUID } from 'node:crypto';
import { createOutbound } from '#platform/kernel/outbound.ts';
import type { SmsAccount } from './accounts.ts';
import type { Outgoing } from './send-email.ts';

/** RFC 3986, as the signature of the provider wants it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signature of a request (RPC 签名机制, HMAC-SHA1): over method and all parameters in their order. */
export function signatureOf(options: { method: string; parameters: Record<string, string>; secret: string }): string {
  const { method, parameters, secret } = options;
  const sorted = Object.keys(parameters).sort();
  const canonical = sorted.map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`).join('&');
  return createHmac('sha1', `${secret}&`)
    .update(`${method}&${encode('/')}&${encode(canonical)}`)
    .digest('base64');
}

/**
 * Sends a short message (SendSms). The content is a template that the operator has approved; the title fills it. `OutId` is the stable name of the message, the
 * same at every attempt; the nonce is another one each time, since it stands for the request. What it is worth depends on the provider: one that agrees to
 * answer a repeated `OutId` to the same number as it did the first time delivers once, also where this process dies between sending and noting. The public
 * documentation of SendSms hands `OutId` through and promises nothing of repeats (from memory, to be verified with the contract): without that agreement it is
 * at least once, two messages after such a death, since a warning that may be lost weighs more than one that may come twice.
 */
export async function sendSms(account: SmsAccount, { message, to, title }: Outgoing, now: Date): Promise<string> {
  const { baseUrl, accessKeyId, accessKeySecret, signName, templateCode, networks } = account;
  const parameters: Record<string, string> = {
    AccessKeyId: accessKeyId,
    Action: 'SendSms',
    Format: 'JSON',
    OutId: message,
    PhoneNumbers: to,
    SignName: signName,
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    TemplateCode: templateCode,
    TemplateParam: JSON.stringify({ title: title.zh.slice(0, 35) }),
    Timestamp: now.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    Version: '2017-05-25',
  };
  const signed = { ...parameters, Signature: signatureOf({ method: 'POST', parameters, secret: accessKeySecret }) };
  const reply = await createOutbound({ targets: [{ origin: new URL(baseUrl).origin, networks }] })(`${baseUrl}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(signed).toString(),
  });
  const answer = JSON.parse(reply.body.toString('utf8')) as { Code?: string; BizId?: string };
  // The provider's own text may hold the number: only its code is kept.
  if (answer.Code !== 'OK') throw new Error(`sms ${reply.status} ${String(answer.Code).slice(0, 60)}`);
  return answer.BizId ?? '';
}
