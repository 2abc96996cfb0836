import type { Post } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** What the provider may say of an account; never its identity number. */
export type AccountRow = {
  account: string;
  name: string;
  post: Post;
  unit: string | null;
  unit_name: string | null;
  area: string | null;
  person_hash: string | null;
};

/** An account that may sign in now. */
export function readAccount(db: Db, account: string): Promise<AccountRow | undefined> {
  return db.first<AccountRow>(sql`select a.account, a.name, a.post, a.unit, u.name as unit_name, a.area, a.person_hash
    from identity.account a left join identity.unit u on u.code = a.unit where a.account = ${account} and a.enabled`);
}
