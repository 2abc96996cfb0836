import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Holder, listHolders } from '#platform/identity/organisation/holders.ts';
import { type Notice, noticeSource } from './notice-source.ts';
import { tell } from './tell.ts';

/** Messages of one transaction. */
const CHUNK = 200;

/** A case has something to tell somebody (案件告知): the rest is done outside of the transaction of the event. */
export const hearNotices: Consumer = {
  name: 'hear-notices',
  type: 'incident.notice.made',
  handle: async ({ event, db }) => {
    await db.enqueue({ name: 'tell-notices', payload: { ...event.data, about: 'case' }, key: `notice ${event.id}` });
  },
};

/**
 * Tells what a module has to tell (发送告知): asks it for the notices of an event and gives each to whom it concerns, once. Who may sign in is asked
 * of the register: a digest that stands for somebody anonymous is no account, so nobody is told.
 */
export const tellNotices: JobHandler = {
  name: 'tell-notices',
  run: async ({ payload, services, tx, heartbeat }) => {
    const source = services.registry.provided(noticeSource).find(({ value }) => value.about === payload.about)?.value;
    const notices = (await source?.read({ services, data: payload })) ?? [];
    if (!source || notices.length === 0) return;
    const holders = await listHolders(services);
    for (let from = 0; from < notices.length; from += CHUNK) {
      await tx(async (db) => {
        for (const notice of notices.slice(from, from + CHUNK))
          await tellNotice(db, { about: source.about, notice, holders });
      });
      await heartbeat();
    }
  },
};

/** Tells one notice. Says who was told by this call. */
export async function tellNotice(
  db: Db,
  options: { about: 'case'; notice: Notice; holders: readonly Holder[] },
): Promise<string[]> {
  const { about, notice, holders } = options;
  const { key, subject, path, title, level, binding, to } = notice;
  const accounts = accountsFor(to, holders);
  if (accounts.length === 0) return [];
  if ('party' in to)
    await db.run(sql`
      insert into signal.own_matter (subject, account, about, status, since)
      values (${subject}::uuid, ${to.party}, ${about}, ${to.status}, kernel.now()) on conflict (subject) do nothing`);
  const matter = 'party' in to ? to.status : undefined;
  return tell(db, {
    accounts,
    message: { key: `${about}:${key}`, about, subject, level, title, path, matter, binding },
  });
}

/** The accounts of people who are there: a party is a resident or an agent of an enterprise, everybody else holds a post. */
export function accountsFor(to: Notice['to'], holders: readonly Holder[]): string[] {
  const found = holders.filter((holder) => {
    if ('party' in to) return holder.account === to.party && holder.unit === null;
    if (holder.unit === null || holder.account === to.but) return false;
    if ('official' in to) return holder.account === to.official;
    return to.posts.includes(holder.post) && (to.unit === null || holder.unit === to.unit);
  });
  return [...new Set(found.map(({ account }) => account))];
}
