import type { JobHandler, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { accountsOf, type MessagingAccounts } from './accounts.ts';
import { type Contact, contactContext } from './preference.ts';
import { type Outgoing, sendEmail } from './send-email.ts';
import { sendSms } from './send-sms.ts';
import { sendWechat } from './send-wechat.ts';
import type { Channel } from './tell.ts';

type Work = {
  account: string;
  about: string;
  subject: string;
  title: { zh: string; en: string };
  state: string;
  contact: string | null;
  citizen: boolean;
  path: string | null;
};

/**
 * Delivers one message by one channel (投递). The ledger says what became of it; a delivery that is done is not done again. Between sending and noting a
 * process may die: then it is sent once more under the same name, which mail programs and WeChat take for one.
 */
export const deliver: JobHandler = {
  name: 'deliver',
  outside: true,
  attempts: 6,
  run: async ({ payload, services, tx }) => {
    const { message = '', channel = '' } = payload;
    const work = await tx((db) => begin(db, message, channel));
    if (!work) return;
    const accounts = await accountsOf(services);
    const contact = contactOf(services, work);
    const to = { email: contact.email, sms: contact.mobile, wechat: contact.openId }[channel as Channel];
    if (to === undefined) return tx((db) => end(db, { message, channel, state: 'failed', error: 'no address' }));
    const out: Outgoing = { message, to, title: work.title, link: linkOf(services, work) };
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

async function begin(db: Db, message: string, channel: string): Promise<Work | undefined> {
  const work = await db.first<Work>(sql`
    select m.account, m.about, m.subject, m.title, d.state, p.contact, m.citizen, m.path from signal.delivery d join signal.message m on m.id = d.message
      left join signal.preference p on p.account = m.account
    where d.message = ${message}::uuid and d.channel = ${channel} for update of d`);
  if (!work || work.state === 'sent' || work.state === 'failed') return undefined;
  await db.run(sql`
    update signal.delivery set state = 'sending', attempts = attempts + 1, changed_at = kernel.now() where message = ${message}::uuid and channel = ${channel}`);
  return work;
}

async function end(
  db: Db,
  done: { message: string; channel: string; state: 'sent' | 'failed'; receipt?: string; error?: string },
): Promise<void> {
  await db.run(sql`
    update signal.delivery set state = ${done.state}, receipt = ${done.receipt ?? null}::text, error = ${done.error?.slice(0, 200) ?? null}::text, changed_at = kernel.now()
    where message = ${done.message}::uuid and channel = ${done.channel} and state <> 'sent'`);
}

function contactOf(services: Services, { account, contact }: Work): Contact {
  if (contact === null) return {};
  return JSON.parse(services.keyring.open(contact as `s1.${string}`, contactContext(account))) as Contact;
}

function linkOf({ config }: Services, { about, subject, citizen, path }: Work): string {
  const origin = config.publicOrigin ?? `http://${config.host}:${config.port}`;
  if (path !== null) return `${origin}${path}`;
  if (citizen) return `${origin}/citizen/warnings`;
  if (about === 'order') return `${origin}/gov/orders?order=${subject}`;
  return about === 'warning' ? `${origin}/gov/warnings/${subject}` : `${origin}/gov/alerts/${subject}`;
}
