import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Ends every assignment of an account (离任), at once; what would have begun later never begins. Says how many. */
export async function endAssignments(options: { db: Db; account: string; now: Date; post?: string }): Promise<number> {
  const { db, account, now, post } = options;
  const ended = await db.run(sql`update identity.assignment set valid_to = greatest(valid_from, ${now}::timestamptz)
    where account = ${account} and (valid_to is null or valid_to > ${now}::timestamptz) and (${post ?? null}::uuid is null or post = ${post ?? null}::uuid)`);
  if (ended > 0) await db.emit({ type: 'identity.assignment.ended', subject: account });
  return ended;
}

/** Closes an account to sign-in and ends its sessions; `why` outlives restarts. */
export async function disableAccount(options: {
  db: Db;
  account: string;
  now: Date;
  why: 'administrator' | 'scim';
}): Promise<void> {
  const { db, account, now, why } = options;
  await db.run(sql`update identity.account set enabled = false, disabled_why = ${why} where account = ${account}`);
  await db.run(sql`update identity.session set ended_at = ${now}::timestamptz, ended_why = 'account-disabled'
    where account = ${account} and ended_at is null`);
  await db.emit({ type: 'identity.account.disabled', subject: account });
}
