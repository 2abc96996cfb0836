import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Whether an account has an agreement (开放利用协议) on a conditional set that is in force now. Nothing else opens one. */
export async function hasAgreement(db: Db, options: { account: string; dataset: string }): Promise<boolean> {
  const { may } = await db.one<{ may: boolean }>(sql`
    select exists (select from open_data.access_request r where r.dataset = ${options.dataset} and r.account = ${options.account} and r.state = 'approved' and r.valid_until > kernel.now()) as may`);
  return may;
}
