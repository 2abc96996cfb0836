import type { Post } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { HOLDS } from '../organisation/held.ts';

/** What the provider may say of an account; never its identity number. Officials without a post have none. */
export type AccountRow = {
  account: string;
  name: string;
  post: Post | null;
  unit: string | null;
  unit_name: string | null;
  area: string | null;
  person_hash: string | null;
};

/** Joins to an account `a` the first post `h` that it holds at a moment; citizens and agents hold none, the account says it. */
export const FIRST_POST = (at: Date): Sql => sql`left join lateral (
    select p.kind, p.unit, u.name as unit_name, p.area from identity.assignment g join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
    where a.post is null and g.account = a.account and ${HOLDS(at)} order by g.acting, g.valid_from, g.id limit 1) h on true`;

/** An account that may sign in now. */
export function readAccount(db: Db, account: string, at: Date): Promise<AccountRow | undefined> {
  return db.first<AccountRow>(sql`select a.account, a.name, coalesce(a.post, h.kind) as post, h.unit, h.unit_name, coalesce(a.area, h.area) as area, a.person_hash
    from identity.account a ${FIRST_POST(at)} where a.account = ${account} and a.enabled`);
}
