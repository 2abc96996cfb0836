import { createHash } from 'node:crypto';
import type { Db } from './db.ts';
import { IdempotencyKeyReused } from './errors.ts';
import type { Keyring } from './secret.ts';
import { sql } from './sql.ts';

export type Idempotent = {
  /** The reply of the first request with this key, if there was one. */
  earlier?: { status: number; value: unknown };
  finish(reply: { status: number; value: unknown }): Promise<void>;
};

/**
 * Idempotency-Key, scoped to actor and route: the same key and body gives the first reply again, another body is
 * refused, a concurrent twin waits on the row. Replies rest encrypted, 24 h.
 */
export async function idempotent(options: {
  db: Db;
  route: string;
  key: string;
  body: unknown;
  params: string;
  keyring: Keyring;
}): Promise<Idempotent> {
  const { db, route, key, keyring } = options;
  const hash = createHash('sha256')
    .update(JSON.stringify([options.params, options.body]))
    .digest('base64url');
  const context = `idempotency:${route}:${key}`;
  const found = await db.one<{ fresh: boolean; same: boolean; status: number | null; reply: string | null }>(
    sql`select fresh, same, status, reply from kernel.idempotency_begin(${route}, ${key}, ${hash})`,
  );
  if (!found.same) throw IdempotencyKeyReused.with();
  if (!found.fresh) {
    return {
      earlier: {
        status: found.status ?? 200,
        value: found.reply ? JSON.parse(keyring.open(found.reply, context)) : undefined,
      },
      finish: async () => undefined,
    };
  }
  return {
    finish: async ({ status, value }) => {
      const sealed = keyring.seal(JSON.stringify(value ?? null), context);
      db.last(sql`select kernel.idempotency_end(${route}, ${key}, ${status}::int, ${sealed})`);
    },
  };
}
