import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Number of a person at one system (OpenID Connect Core 8.1): two systems cannot put together what they know. */
export function pairwiseSubject(asked: { services: Services; client: string; account: string }): string {
  return asked.services.keyring.lookup('oidc-subject', `${asked.client}|${asked.account}`);
}

/** Keeps that a person has signed in to a system; the web, which is in no register, keeps nothing. */
export async function keepSubject(
  db: Db,
  seen: { client: string; account: string; subject: string; now: Date },
): Promise<void> {
  await db.run(sql`insert into identity.client_subject (client, subject, account, seen_at)
    select c.id, ${seen.subject}, a.account, ${seen.now}::timestamptz from identity.client c, identity.account a
    where c.id = ${seen.client} and a.account = ${seen.account}
    on conflict (client, subject) do update set seen_at = excluded.seen_at`);
}

/** Who takes the consent back is unknown to the system from then on. */
export async function forgetSubject(db: Db, gone: { client: string; account: string }): Promise<void> {
  await db.run(sql`delete from identity.client_subject where client = ${gone.client} and account = ${gone.account}`);
}
