import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { accountsOf, type MessagingAccounts } from './accounts.ts';
import { isFree, kindOf, readLockedLevels } from './kinds.ts';
import { type Contact, contactContext } from './preference.ts';
import { type Outgoing, sendEmail } from './send-email.ts';
import { sendSms } from './send-sms.ts';
import { sendWechat } from './send-wechat.ts';
import type { Channel, Message } from './tell.ts';
import { UNSUBSCRIBE_PATH, unsubscribeToken } from './unsubscribe-link.ts';

type Work = {
  account: string;
  about: Message['about'];
  subject: string;
  title: { zh: string; en: string };
  state: string;
  contact: string | null;
  citizen: boolean;
  path: string | null;
  level: number;
  binding: boolean;
  now: Date;
};
/** `free`: one may unsubscribe from its kind; `off`: its reader has, since it was told. */
type Ready = Work & { free: boolean; off: boolean };

/**
 * Delivers one message by one channel (投递). The row of the ledger is the intent to send: it is committed as `sending` before anything leaves the house, and the id of the
 * message is the name under which the provider gets it, the same at every attempt. A delivery that is done is not done again. Between sending and noting a process
 * may die: then it is sent once more under the same name, and a provider that honours the name (WeChat `client_msg_id`, SMS `OutId` by contract) answers as
 * it did the first time and delivers nothing. A provider that does not honour it gets it at least once, twice after such a death: a warning that comes
 * twice is a nuisance, one that never comes is a danger, and which of both happened cannot be known here. So is a mail; its Message-ID is the same, by which
 * most mail programs show one.
 */
export const deliver: JobHandler = {
  name: 'deliver',
  outside: true,
  attempts: 6,
  run: async ({ payload, services, tx }) => {
    const { message = '', channel = '' } = payload;
    const work = await tx((db) => begin(db, message, channel));
    if (!work) return;
    if (work.off) return tx((db) => end(db, { message, channel, state: 'dropped' }));
    const accounts = await accountsOf(services);
    const contact = contactOf(services, work);
    const to = { email: contact.email, sms: contact.mobile, wechat: contact.openId }[channel as Channel];
    if (to === undefined) return tx((db) => end(db, { message, channel, state: 'failed', error: 'no address' }));
    const out: Outgoing = {
      message,
      to,
      title: work.title,
      link: linkOf(services, work),
      unsubscribe: work.free
        ? `${originOf(services)}${UNSUBSCRIBE_PATH}/${unsubscribeToken(services, message)}`
        : undefined,
    };
    const receipt = await send({ channel: channel as Channel, accounts, out, now: services.clock.now() });
    if (receipt === undefined)
      return tx((db) => end(db, { message, channel, state: 'failed', error: 'no account for this channel' }));
    await tx((db) => end(db, { message, channel, state: 'sent', receipt }));
  },
  failed: async ({ payload, error, db }) => {
    const { message = '', channel = '' } = payload;
    await end(db, { message, channel, state: 'failed', error });
  },
};

async function send(options: {
  channel: Channel;
  accounts: MessagingAccounts;
  out: Outgoing;
  now: Date;
}): Promise<string | undefined> {
  const { channel, accounts, out, now } = options;
  switch (channel) {
    case 'email':
      return accounts.smtp && sendEmail(accounts.smtp, out);
    case 'sms':
      return accounts.sms && sendSms(accounts.sms, out, now);
    case 'wechat':
      return accounts.wechat && sendWechat(accounts.wechat, out);
  }
}

async function begin(db: Db, message: string, channel: string): Promise<Ready | undefined> {
  const work = await db.first<Work>(sql`
    select m.account, m.about, m.subject, m.title, d.state, p.contact, m.citizen, m.path, m.level, m.binding, kernel.now() as now
    from signal.delivery d join signal.message m on m.id = d.message
      left join signal.preference p on p.account = m.account
    where d.message = ${message}::uuid and d.channel = ${channel} for update of d`);
  if (!work || (work.state !== 'waiting' && work.state !== 'sending')) return undefined;
  const kind = kindOf(work, await readLockedLevels(db, work.now));
  const free = isFree(kind);
  await db.run(sql`
    update signal.delivery set state = 'sending', attempts = attempts + 1, changed_at = kernel.now() where message = ${message}::uuid and channel = ${channel}`);
  const off = free
    ? await db.first(sql`
        select 1 from signal.unsubscribed where account = ${work.account} and kind = ${kind} and channel = ${channel}`)
    : undefined;
  return { ...work, free, off: off !== undefined };
}

async function end(
  db: Db,
  done: { message: string; channel: string; state: 'sent' | 'failed' | 'dropped'; receipt?: string; error?: string },
): Promise<void> {
  await db.run(sql`
    update signal.delivery set state = ${done.state}, receipt = ${done.receipt ?? null}::text, error = ${done.error?.slice(0, 200) ?? null}::text, changed_at = kernel.now()
    where message = ${done.message}::uuid and channel = ${done.channel} and state <> 'sent'`);
}

function contactOf(services: Services, { account, contact }: Work): Contact {
  if (contact === null) return {};
  return JSON.parse(services.keyring.open(contact as `s1.${string}`, contactContext(account))) as Contact;
}

const originOf = ({ config }: Services): string => config.publicOrigin ?? `http://${config.host}:${config.port}`;

function linkOf(services: Services, { about, subject, citizen, path }: Work): string {
  const origin = originOf(services);
  if (path !== null) return `${origin}${path}`;
  if (citizen) return `${origin}/citizen/warnings`;
  if (about === 'order') return `${origin}/gov/orders?order=${subject}`;
  return about === 'warning' ? `${origin}/gov/warnings/${subject}` : `${origin}/gov/alerts/${subject}`;
}
