import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

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

/** Whether a key opens a conditional set today: an agreement in force, or an order of it as a product. */
export async function opens(db: Db, options: { key: ApiKey; dataset: string }): Promise<boolean> {
  const { key, dataset } = options;
  const { may } = await db.one<{ may: boolean }>(sql`
    select exists (select from open_data.access_request r where r.dataset = ${dataset} and r.account = ${key.account} and r.state = 'approved' and r.valid_until > kernel.now())
      or exists (select from open_data.trade t join open_data.product p on p.id = t.product where p.dataset = ${dataset} and t.key = ${key.id}::uuid and t.state = 'delivered') as may`);
  return may;
}

export async function meter(db: Db, options: { key: string; dataset: string; rows: number }): Promise<void> {
  await db.run(sql`insert into open_data.key_use (key, dataset, day, calls, rows)
    values (${options.key}::uuid, ${options.dataset}, (kernel.now() at time zone 'Asia/Shanghai')::date, 1, ${options.rows}::bigint)
    on conflict (key, dataset, day) do update set calls = open_data.key_use.calls + 1, rows = open_data.key_use.rows + excluded.rows`);
}
