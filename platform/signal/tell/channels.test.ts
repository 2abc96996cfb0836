import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type MessageProvider,
  SMS_KEY,
  startMessageProvider,
  WECHAT_APP,
} from '#districts/huangpu/partners/messages/server.ts';
import type { SmsAccount, WechatAccount } from './accounts.ts';
import { sendSms } from './send-sms.ts';
import { sendWechat } from './send-wechat.ts';

let provider: MessageProvider;
beforeAll(async () => {
  provider = await startMessageProvider();
});
afterAll(() => provider?.close());

const networks = ['127.0.0.0/8'];
const sms = (more: Partial<SmsAccount> = {}): SmsAccount => ({
  baseUrl: provider.origin,
  accessKeyId: SMS_KEY.id,
  accessKeySecret: SMS_KEY.secret,
  signName: '城运中心',
  templateCode: 'SMS_1',
  networks,
  ...more,
});
const wechat = (more: Partial<WechatAccount> = {}): WechatAccount => ({
  baseUrl: provider.origin,
  appId: WECHAT_APP.id,
  secret: WECHAT_APP.secret,
  templateId: 'T',
  networks,
  ...more,
});
const out = (to: string, title = "台风 * ~ (一) '橙色' & more") => ({
  message: crypto.randomUUID() as string,
  to,
  title: { zh: title, en: 'Typhoon' },
  link: 'https://district.example/gov/alerts/1',
});

it('a short message is signed as the provider wants it, whatever signs the title holds', async () => {
  expect(await sendSms(sms(), out('13800000000'), new Date())).toMatch(/^biz-/);
  expect(provider.sent.at(-1)).toEqual({ channel: 'sms', to: '13800000000', text: "台风 * ~ (一) '橙色' & more" });
});
it('a wrong secret, an old time, a number that is none and a provider in trouble are told by their code, without the number', async () => {
  const tries: [string, Promise<unknown>][] = [
    ['SignatureDoesNotMatch', sendSms(sms({ accessKeySecret: 'other' }), out('13800000000'), new Date())],
    ['InvalidTimeStamp.Expired', sendSms(sms(), out('13800000000'), new Date(0))],
    ['isv.MOBILE_NUMBER_ILLEGAL', sendSms(sms(), out('123'), new Date())],
  ];
  for (const [code, attempt] of tries) await expect(attempt).rejects.toThrow(code);
  provider.fail(1);
  await expect(sendSms(sms(), out('13800000000'), new Date())).rejects.toThrow(/^sms 200 isp.SYSTEM_ERROR$/);
});
it('a short message that is sent again under its name is delivered once, and answered as it was the first time', async () => {
  const message = out('13800000001');
  const before = provider.sent.length;
  const first = await sendSms(sms(), message, new Date());
  expect(await sendSms(sms(), message, new Date())).toBe(first);
  // A refusal is no answer that stays: what failed and is sent again goes out.
  const other = out('13800000001');
  provider.fail(1);
  await expect(sendSms(sms(), other, new Date())).rejects.toThrow('isp.SYSTEM_ERROR');
  expect(await sendSms(sms(), other, new Date())).not.toBe(first);
  expect(provider.sent).toHaveLength(before + 2);
  // Where the provider has not agreed to it, it is at least once.
  const plain = await startMessageProvider({ repeats: 'again' });
  for (let n = 0; n < 2; n++) await sendSms(sms({ baseUrl: plain.origin }), message, new Date());
  expect(plain.sent).toHaveLength(2);
  await plain.close();
});
it('a message of the official account is sent once, also when it is sent again', async () => {
  const message = out('openid-0000001');
  const first = await sendWechat(wechat(), message);
  expect(await sendWechat(wechat(), message)).toBe(first);
  expect(provider.sent.filter(({ channel }) => channel === 'wechat')).toHaveLength(1);
  await expect(sendWechat(wechat({ secret: 'other' }), out('openid-0000001'))).rejects.toThrow('wechat token 40001');
  await expect(sendWechat(wechat(), out('x'))).rejects.toThrow('wechat 40003');
});
it('an address inside the house that no account names is not called', async () => {
  await expect(sendSms(sms({ networks: [] }), out('13800000000'), new Date())).rejects.toMatchObject({
    spec: { code: 'OUTBOUND_REFUSED' },
  });
});
