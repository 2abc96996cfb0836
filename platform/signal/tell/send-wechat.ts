import { createOutbound } from '#platform/kernel/outbound.ts';
import type { WechatAccount } from './accounts.ts';
import type { Outgoing } from './send-email.ts';

/** Sends a template message of an official account (模板消息). `client_msg_id` makes the provider send a repeat of the same message once. */
export async function sendWechat(account: WechatAccount, { message, to, title, link }: Outgoing): Promise<string> {
  const { baseUrl, appId, secret, templateId, networks } = account;
  const outbound = createOutbound({ targets: [{ origin: new URL(baseUrl).origin, networks }] });
  const asked = new URLSearchParams({ grant_type: 'client_credential', appid: appId, secret });
  const token = answerOf(await outbound(`${baseUrl}/cgi-bin/token?${asked}`));
  if (typeof token.access_token !== 'string') throw new Error(`wechat token ${token.errcode ?? ''}`);
  const reply = await outbound(
    `${baseUrl}/cgi-bin/message/template/send?access_token=${encodeURIComponent(token.access_token)}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        touser: to,
        template_id: templateId,
        url: link,
        // At most 32 characters: the UUID without its hyphens.
        client_msg_id: message.replaceAll('-', ''),
        data: { thing1: { value: title.zh.slice(0, 20) } },
      }),
    },
  );
  const sent = answerOf(reply);
  if (sent.errcode !== 0) throw new Error(`wechat ${sent.errcode ?? reply.status}`);
  return String(sent.msgid ?? '');
}

type Answer = { errcode?: number; access_token?: string; msgid?: number };
const answerOf = (reply: { body: Buffer }): Answer => JSON.parse(reply.body.toString('utf8')) as Answer;
