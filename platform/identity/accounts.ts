import { type Post, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { hashPassword } from './password.ts';
import { ID_NUMBER_LOOKUP } from './subjects.ts';

export type NewAccount = {
  account: string;
  name: string;
  post: Post;
  password: string;
  unit?: string;
  area?: string;
  reach?: 'own' | 'district';
};

/** Posts that are the account itself; every other one is held by an assignment. */
export function isAccountPost(post: Post): post is 'citizen' | 'enterprise-agent' {
  return post === 'citizen' || post === 'enterprise-agent';
}

/**
 * Adds an account, or leaves an existing one with its password and brings the rest up to date. An official gets the first
 * post with it; whoever has ever held one is moved by orders only.
 */
export async function putAccount(options: {
  db: Db;
  account: NewAccount;
  sample: boolean;
  /** Hash of the password, where the caller has it already. */
  hash?: string;
}): Promise<void> {
  const { db, account: a, sample } = options;
  const own = isAccountPost(a.post) ? { post: a.post, area: a.area ?? null } : { post: null, area: null };
  const there = await db.first(sql`select 1 as found from identity.account where account = ${a.account}`);
  if (there) {
    // The name may meanwhile be the one of the resident behind the account.
    await db.run(sql`update identity.account set post = ${own.post}::text, area = ${own.area}::text, sample = ${sample}::boolean,
      enabled = disabled_why is null where account = ${a.account}`);
  } else {
    const hash = options.hash ?? (await hashPassword(a.password));
    await db.run(sql`insert into identity.account (account, name, post, area, password_hash, sample)
      values (${a.account}, ${a.name}, ${own.post}::text, ${own.area}::text, ${hash}, ${sample}::boolean)`);
  }
  if (!isAccountPost(a.post) && a.unit !== undefined)
    await giveFirstPost({
      db,
      account: a.account,
      post: { kind: a.post, unit: a.unit, area: a.area ?? null, reach: a.reach ?? 'own' },
    });
}

/** The first post of an account that has never held one: an existing one of this shape, or a new one. */
async function giveFirstPost(options: {
  db: Db;
  account: string;
  post: { kind: Post; unit: string; area: string | null; reach: 'own' | 'district' };
}): Promise<void> {
  const { db, account, post } = options;
  const held = await db.first(sql`select 1 as found from identity.assignment where account = ${account} limit 1`);
  if (held) return;
  const same = sql`kind = ${post.kind} and unit = ${post.unit} and area is not distinct from ${post.area}::text and reach = ${post.reach}`;
  await db.run(sql`insert into identity.post (kind, unit, area, reach, single, valid_from)
    select ${post.kind}, ${post.unit}, ${post.area}::text, ${post.reach}, ${post.kind} = 'unit-head', '-infinity'
    where not exists (select from identity.post where ${same} and valid_to is null)`);
  await db.run(sql`insert into identity.assignment (account, post, valid_from, origin)
    select ${account}, id, '-infinity', 'initial' from identity.post where ${same} and valid_to is null limit 1`);
}

/**
 * Ties an account to the person or enterprise that it stands for. Of the identity number only the keyed digest is kept; the
 * pid is found through `personResolver` once the population database has the person.
 */
export async function linkAccount(options: {
  services: Services;
  account: string;
  subject: { idNumber: string; name?: string } | { uscc: string; name?: string };
}): Promise<void> {
  const { services, account, subject } = options;
  const person = 'idNumber' in subject ? services.keyring.lookup(ID_NUMBER_LOOKUP, subject.idNumber) : null;
  const entity = 'uscc' in subject ? subject.uscc : null;
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'link-account' }) }, (db) =>
    db.run(sql`update identity.account set person_hash = coalesce(${person}::text, person_hash), entity = coalesce(${entity}::text, entity),
      name = coalesce(${subject.name ?? null}::text, name) where account = ${account}`),
  );
  forgetSessions(services);
}

/** Which of these accounts nobody can use any more: disabled, or gone. */
export async function disabledAccounts(options: {
  services: Services;
  accounts: readonly string[];
}): Promise<Set<string>> {
  const { services, accounts } = options;
  if (accounts.length === 0) return new Set();
  const rows = await services.database.tx(
    { module: 'identity', actor: systemActor({ name: 'accounts' }), readOnly: true },
    (db) =>
      db.rows<{ account: string }>(
        sql`select account from identity.account where account = any(${[...accounts]}::text[]) and enabled`,
      ),
  );
  const enabled = new Set(rows.map((row) => row.account));
  return new Set(accounts.filter((account) => !enabled.has(account)));
}
