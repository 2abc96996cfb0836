import { hash } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** A row of `identity.oidc_item`: a token, a code, a grant, a provider session. */
export type ItemRow = {
  model: string;
  digest: string;
  grant_digest: string | null;
  uid_digest: string | null;
  account: string | null;
  client: string | null;
  sign_on: string | null;
  payload: string | null;
  sealed: string | null;
  expires_at: Date | null;
  consumed_at: Date | null;
  /** Level and methods of the sign-in behind a provider session, as JSON. */
  proof?: string | null;
};

/** A row as it is written. */
export type NewItem = Omit<ItemRow, 'consumed_at' | 'proof'>;

/** What is stored of an id that somebody holds. Ids are random, so a plain digest cannot be reversed by guessing. */
export function digestOf(id: string): string {
  return hash('sha256', id, 'base64url');
}

export function itemContext(model: string, digest: string): string {
  return `identity.oidc_item:${model}:${digest}`;
}

/** The family stands as long as its grant does: whoever adds a token holds the grant, whoever ends it removes the grant first. */
export async function putItem(db: Db, item: NewItem): Promise<number> {
  const values = sql`${item.model}, ${item.digest}, ${item.grant_digest}::text, ${item.uid_digest}::text, ${item.account}::text,
    ${item.client}::text, ${item.sign_on}::uuid, ${item.payload}::text, ${item.sealed}::text, ${item.expires_at}::timestamptz`;
  const from =
    item.grant_digest === null
      ? sql``
      : sql`from identity.oidc_item g where g.model = 'Grant' and g.digest = ${item.grant_digest} for key share`;
  return db.run(sql`insert into identity.oidc_item (model, digest, grant_digest, uid_digest, account, client, sign_on, payload, sealed, expires_at)
    select ${values} ${from}
    on conflict (model, digest) do update set grant_digest = excluded.grant_digest, uid_digest = excluded.uid_digest, account = excluded.account,
      client = excluded.client, sign_on = excluded.sign_on, payload = excluded.payload, sealed = excluded.sealed, expires_at = excluded.expires_at`);
}

/** Uses up a code or a refresh token; false if somebody else was first. */
export async function consumeItem(db: Db, item: { model: string; digest: string; at: Date }): Promise<boolean> {
  const taken = await db.run(sql`update identity.oidc_item set consumed_at = ${item.at}::timestamptz
    where model = ${item.model} and digest = ${item.digest} and consumed_at is null`);
  return taken === 1;
}

/**
 * Ends a family: the grant goes first and waits for exchanges that hold it, so that the second statement sees every token that
 * they have made.
 */
export async function revokeFamily(db: Db, grant: string): Promise<void> {
  await db.run(sql`delete from identity.oidc_item where model = 'Grant' and digest = ${grant}`);
  await db.run(sql`delete from identity.oidc_item where grant_digest = ${grant}`);
}
