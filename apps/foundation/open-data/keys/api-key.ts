import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { hasAgreement } from '../conditional/has-agreement.ts';

export type ApiKey = { id: string; account: string; holder: string };

/** 256 random bits need no slow hash: nobody guesses them. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function newSecret(): { secret: string; prefix: string; digest: string } {
  const secret = `sdo_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix: secret.slice(0, 10), digest: digestOf(secret) };
}

/** The key that a request carries: `Authorization` as CKAN has it, with or without `Bearer`, or `X-API-Key`. */
export function secretIn(headers: Record<string, unknown>): string | undefined {
  const text = [headers['authorization'], headers['x-api-key']].find(
    (value) => typeof value === 'string' && value.includes('sdo_'),
  );
  return typeof text === 'string' ? text.replace(/^Bearer\s+/i, '').trim() : undefined;
}

export async function findKey(db: Db, secret: string | undefined): Promise<ApiKey | undefined> {
  if (secret === undefined) return undefined;
  return db.first<ApiKey>(
    sql`select id, account, holder from open_data.api_key where digest = ${digestOf(secret)} and revoked_at is null`,
  );
}

/** Whether a key opens a conditional set today: its holder has an agreement in force. An order of a product is none. */
export const opens = (db: Db, { key, dataset }: { key: ApiKey; dataset: string }): Promise<boolean> =>
  hasAgreement(db, { account: key.account, dataset });

export async function meter(db: Db, options: { key: string; dataset: string; rows: number }): Promise<void> {
  await db.run(sql`insert into open_data.key_use (key, dataset, day, calls, rows)
    values (${options.key}::uuid, ${options.dataset}, (kernel.now() at time zone 'Asia/Shanghai')::date, 1, ${options.rows}::bigint)
    on conflict (key, dataset, day) do update set calls = open_data.key_use.calls + 1, rows = open_data.key_use.rows + excluded.rows`);
}
