import type { FastifyReply } from 'fastify';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { isFree, type Kind, kindOf, readLockedLevels, sayKind, unsubscribe } from './kinds.ts';
import type { Message } from './tell.ts';
import { messageOfToken, UNSUBSCRIBE_PATH } from './unsubscribe-link.ts';

const actor = systemActor({ name: 'unsubscribe' });
/** The page loads nothing; its one form posts to this site. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const LONGEST = 4096;
/** What a mail program posts (RFC 8058, 3.1), and the form of our page. */
const ONE_CLICK = 'List-Unsubscribe=One-Click';

type Found = { account: string; kind: Kind; title: Text; reason: Text | null };

/**
 * The link in a mail (一键退订, RFC 8058): without signing in. Opening it changes nothing, since programs open links to look at them; the post of the mail
 * program, or of the button on the page, unsubscribes the account of that mail from its kind by e-mail. It only ever narrows: nothing is turned on, no address is
 * shown, and what has to be told stays. The same again is the same. A token that was not made here is not found.
 */
export const unsubscribeByMail: Mount = {
  path: `${UNSUBSCRIBE_PATH}/:token`,
  summary: { zh: '邮件一键退订', en: 'Unsubscribe by the link of a mail' },
  allow: 'public',
  register(server, kernel) {
    server.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'string', bodyLimit: LONGEST },
      (_request, text, done) => done(null, String(text)),
    );
    server.get<{ Params: { token: string } }>(`${UNSUBSCRIBE_PATH}/:token`, async (request, reply) => {
      const { services } = kernel;
      const found = await inside(services, (db) => find(db, services, request.params.token));
      if (!found) return show(reply, 404, UNKNOWN);
      return found.reason ? show(reply, 200, lockedPage(found, found.reason)) : show(reply, 200, askPage(found));
    });
    server.post<{ Params: { token: string } }>(`${UNSUBSCRIBE_PATH}/:token`, async (request, reply) => {
      const { services } = kernel;
      if (!saysOneClick(String(request.body ?? ''))) return show(reply, 400, UNKNOWN);
      const found = await inside(services, async (db) => {
        const one = await find(db, services, request.params.token);
        if (!one || !isFree(one.kind)) return one;
        const fresh = await unsubscribe(db, { account: one.account, kind: one.kind, channel: 'email', way: 'mail' });
        if (fresh)
          await services.registry.provided(auditTrail)[0]?.value.record(db, {
            route: `POST ${UNSUBSCRIBE_PATH} ${one.kind}`,
            fields: [],
            subjects: [],
            outcome: 'changed',
          });
        return one;
      });
      if (!found) return show(reply, 404, UNKNOWN);
      return found.reason ? show(reply, 409, lockedPage(found, found.reason)) : show(reply, 200, donePage(found));
    });
  },
};

const inside = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'signal', actor }, work);

/** The pair may come as a form or as a part of one (RFC 8058, 3.2). */
const saysOneClick = (body: string): boolean =>
  body.includes(ONE_CLICK) || (/name="?List-Unsubscribe"?/i.test(body) && body.includes('One-Click'));

async function find(db: Db, services: Services, token: string): Promise<Found | undefined> {
  const message = messageOfToken(services, token);
  if (message === undefined) return undefined;
  const row = await db.first<{
    account: string;
    about: Message['about'];
    level: number;
    binding: boolean;
    citizen: boolean;
  }>(sql`select account, about, level, binding, citizen from signal.message where id = ${message}::uuid`);
  if (!row) return undefined;
  const locked = await readLockedLevels(db, services.clock.now());
  const kind = kindOf(row, locked);
  const { title, reason } = sayKind(kind, { locked, official: !row.citizen });
  return { account: row.account, kind, title, reason };
}

const show = (reply: FastifyReply, status: number, body: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-security-policy', POLICY)
    .type('text/html; charset=utf-8')
    .send(page(body));

const page = (
  body: string,
): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>退订邮件 · Unsubscribe</title><style>body{font:18px/1.7 system-ui,sans-serif;max-width:34rem;margin:10vh auto;padding:0 1.25rem}
h1{font-size:1.5rem}button{font:inherit;padding:.6rem 1.4rem}p[lang=en]{opacity:.8}</style></head><body><main>${body}</main></body></html>`;

const KEPT_ZH = '站内消息和其他渠道不变；登录后可在“通知设置”中随时改回。';
const KEPT_EN =
  'Messages on the page and other channels stay as they are; change it at any time under “Notifications”.';
const askPage = ({ title }: Found): string => `<h1>不再用邮件接收“${title.zh}”？</h1><p>${KEPT_ZH}</p>
<p lang="en">No more mails about “${title.en}”? ${KEPT_EN}</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">退订 Unsubscribe</button></form>`;
const donePage = ({ title }: Found): string => `<h1>已退订“${title.zh}”的邮件</h1><p>${KEPT_ZH}</p>
<p lang="en">You will get no more mails about “${title.en}”. ${KEPT_EN}</p>`;
const lockedPage = ({ title }: Found, reason: Text): string => `<h1>“${title.zh}”不能退订</h1><p>${reason.zh}</p>
<p lang="en">“${title.en}”: ${reason.en}</p>`;
const UNKNOWN = `<h1>退订链接无效</h1><p>链接不完整，或不是本系统发出的。请从邮件中完整复制，或登录后在“通知设置”中退订。</p>
<p lang="en">The link is incomplete, or was not made here. Copy all of it from the mail, or sign in and unsubscribe under “Notifications”.</p>`;
