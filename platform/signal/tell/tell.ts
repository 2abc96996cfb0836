import type { JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { isFree, kindOf, readLockedLevels } from './kinds.ts';
import type { MatterStatus } from './notice-source.ts';
import { quietUntil } from './quiet.ts';

/** Ways beside the page itself (通知渠道). */
export const CHANNELS = ['email', 'sms', 'wechat'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is told (消息): a short title, and what it is about. Details are read on the page, by whoever may. */
export type Message = {
  /** Which telling it is: whoever tries to tell the same again changes nothing. */
  key: string;
  about: 'alert' | 'storm' | 'warning' | 'order' | 'case';
  subject: string;
  level: number;
  step?: number;
  title: Text;
  /** Page on which the reader finds it, where the kind of message does not say so. */
  path?: string;
  /** Set for citizens: the public warning that it is about, or the status of a matter of their own. The database knows no other message to a citizen. */
  publicWarning?: string;
  matter?: MatterStatus;
  /** It has to be told by rule (依规告知): nobody can unsubscribe from it. */
  binding?: boolean;
};

/**
 * Tells somebody something, once (一事一次). The message stands in their list at once; each channel that they chose gets a delivery of its
 * own, which waits for the end of their quiet hours unless the level is I, and is not made where they unsubscribed from the kind. Says who was told by this call.
 */
export async function tell(db: Db, options: { accounts: readonly string[]; message: Message }): Promise<string[]> {
  const { accounts, message } = options;
  const { key, about, subject, level, step, title, path, publicWarning, matter, binding = false } = message;
  const made = accounts.map((account) => ({ id: uuidv7(), account }));
  const rows = await db.rows<{ id: string; account: string }>(sql`
    insert into signal.message (id, account, key, about, subject, level, step, title, created_at, citizen, public_warning, path, matter_status, binding)
    select w.id, w.account, ${key}, ${about}, ${subject}::uuid, ${level}::int, ${step ?? 0}::int, ${JSON.stringify(title)}::text::jsonb, kernel.now(),
      ${publicWarning !== undefined || matter !== undefined}::boolean, ${publicWarning ?? null}::uuid, ${path ?? null}::text, ${matter ?? null}::text, ${binding}::boolean
    from jsonb_to_recordset(${JSON.stringify(made)}::text::jsonb) as w(id uuid, account text)
    on conflict (account, key) do nothing returning id, account`);
  if (rows.length === 0) return [];
  await deliverAll(db, { messages: rows, message: { about, level, binding } });
  return rows.map(({ account }) => account);
}

/** Serves the channels of messages that another module has told in its own transaction (`signal.tell_order`): ids only. */
export const serveChannels: JobHandler = {
  name: 'serve-channels',
  run: async ({ payload, tx }) => {
    await tx(async (db) => {
      const messages = await db.rows<{ id: string; account: string } & Told>(sql`
        select id, account, about, level, binding from signal.message m where id = ${payload.message ?? ''}::uuid
          and not exists (select from signal.delivery d where d.message = m.id)`);
      for (const message of messages) await deliverAll(db, { messages: [message], message });
    });
  },
};

type Told = { about: Message['about']; level: number; binding: boolean };
async function deliverAll(
  db: Db,
  options: { messages: readonly { id: string; account: string }[]; message: Told },
): Promise<void> {
  const { messages, message: told } = options;
  const wishes = await db.rows<{
    account: string;
    email: boolean;
    sms: boolean;
    wechat: boolean;
    from: string | null;
    to: string | null;
    now: Date;
  }>(sql`
    select account, email, sms, wechat, quiet_from::text as "from", quiet_to::text as "to", kernel.now() as now from signal.preference
    where account = any(${messages.map(({ account }) => account)}::text[]) and (email or sms or wechat)`);
  const [first] = wishes;
  if (!first) return;
  const kind = kindOf(told, await readLockedLevels(db, first.now));
  const off = isFree(kind)
    ? await db.rows<{ account: string; channel: Channel }>(sql`
        select account, channel from signal.unsubscribed where kind = ${kind} and account = any(${wishes.map(({ account }) => account)}::text[])`)
    : [];
  for (const wish of wishes) {
    const message = messages.find(({ account }) => account === wish.account)?.id as string;
    const later = told.level === 1 ? undefined : quietUntil({ from: wish.from, to: wish.to, now: wish.now });
    const wanted = (each: Channel): boolean =>
      wish[each] && !off.some(({ account, channel }) => account === wish.account && channel === each);
    for (const channel of CHANNELS.filter(wanted)) {
      await db.run(sql`
        insert into signal.delivery (message, channel, state, not_before, changed_at)
        values (${message}::uuid, ${channel}, 'waiting', ${later ?? null}::timestamptz, kernel.now())`);
      await db.enqueue({ name: 'deliver', payload: { message, channel }, at: later, key: `${message} ${channel}` });
    }
  }
}
