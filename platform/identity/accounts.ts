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

/** Adds an account, or leaves an existing one with its password and brings the rest up to date. */
export async function putAccount(options: { db: Db; account: NewAccount; sample: boolean }): Promise<void> {
  const { db, account: a, sample } = options;
  const there = await db.first(sql`select 1 as found from identity.account where account = ${a.account}`);
  const values = { unit: a.unit ?? null, area: a.area ?? null, reach: a.reach ?? 'own' };
  if (there) {
    // The name may meanwhile be the one of the resident behind the account.
    await db.run(sql`update identity.account set post = ${a.post}, unit = ${values.unit}::text, area = ${values.area}::text, reach = ${values.reach},
      sample = ${sample}::boolean, enabled = true where account = ${a.account}`);
    return;
  }
  const hash = await hashPassword(a.password);
  await db.run(sql`insert into identity.account (account, name, post, unit, area, reach, password_hash, sample)
    values (${a.account}, ${a.name}, ${a.post}, ${values.unit}::text, ${values.area}::text, ${values.reach}, ${hash}, ${sample}::boolean)`);
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
