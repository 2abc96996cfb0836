import type { Services } from '#platform/kernel/app.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { createOutbound, type OutboundReply } from '#platform/kernel/outbound.ts';
import type { Text } from '#platform/kernel/text.ts';
import { answerFault, type AnswerFault } from '#platform/exchange/gateway/check-answer.ts';
import { signOutgoing } from '#platform/exchange/gateway/sign-outgoing.ts';
import { cityOf } from './city.ts';
import { isRefusal } from './order.ts';

/** Purpose that our messages name; the number of the order is their case. */
const PURPOSE = 'contact-reporter';

/** Why the city did not take or give something: in words, by its code; whether the city itself said that it never will, or the answer is not to be believed. */
export type CityFailure = { words: Text; code: string; refused: boolean; disbelieved?: AnswerFault };

/**
 * Asks the city something by a signed message, and believes only an answer that the city signed over this very question (验签): everything else counts as if nothing
 * had come back. `system` is the city's in the register of the gateway. Gives the answer with status 2xx, or why there is none; never anything of what the city wrote.
 */
export async function askCity(
  services: Services,
  of: {
    system: string;
    service: string;
    no: string;
    body: object;
    /** Idempotency key. */
    key: string;
    /** Else where the city is told things; always at the city's own origin. */
    url?: string;
    timeoutMs: number;
    maxBytes: number;
  },
): Promise<{ answer: OutboundReply } | { failed: CityFailure }> {
  const failed = (code: string, zh: string, en: string, more: Partial<CityFailure> = {}) => ({
    failed: { words: { zh, en }, code, refused: false, ...more },
  });
  try {
    const city = await cityOf(services);
    if (!city)
      return failed('HOTLINE_NO_CITY', '没有配置市热线的回传地址', 'No address of the city’s hotline is configured');
    const origin = URL.parse(city.url)?.origin ?? '';
    const url = new URL(of.url ?? city.url, city.url).href;
    const body = JSON.stringify(of.body);
    const signed = await signOutgoing({ services, url, body, service: of.service, purpose: PURPOSE, caseNo: of.no });
    const outbound = createOutbound({
      targets: [{ origin, networks: city.networks }],
      timeoutMs: of.timeoutMs,
      maxBytes: of.maxBytes,
      maxRedirects: 0,
      keepRedirects: true,
    });
    const answer = await outbound(url, { method: 'POST', body, headers: { ...signed, 'idempotency-key': of.key } });
    const { status } = answer;
    const fault = await answerFault({ services, system: of.system, request: { url, headers: signed }, answer });
    if (fault !== undefined) {
      const [zh, en] = FAULT_WORDS[fault];
      return failed(
        'HOTLINE_ANSWER',
        `应答（${status}）不可信，视为未送达：${zh}`,
        `The answer (${status}) is not believed and counts as none: ${en}`,
        { disbelieved: fault },
      );
    }
    if (status >= 200 && status <= 299) return { answer };
    const refused = isRefusal(status);
    return failed('HOTLINE_STATUS', `市热线回答 ${status}`, `The city’s hotline answered ${status}`, { refused });
  } catch (error) {
    if (error instanceof ProblemError)
      return { failed: { words: error.spec.title, code: error.spec.code, refused: false } };
    services.log.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'the hotline was not asked');
    return failed('HOTLINE_BROKEN', '与市热线通信时出错', 'Talking to the city failed');
  }
}

const FAULT_WORDS: Readonly<Record<AnswerFault, readonly [zh: string, en: string]>> = {
  unsigned: ['没有签名', 'it is not signed'],
  profile: ['签名不合约定', 'its signature is not as agreed'],
  digest: ['内容与摘要不符', 'its content is not that of its digest'],
  key: ['不是市热线登记的密钥', 'its key is none that is registered for the city'],
  request: ['不是对这条消息的应答', 'it answers another message'],
  time: ['签名不在有效期内', 'its signature is out of its time'],
  signature: ['签名不正确', 'its signature is wrong'],
};
