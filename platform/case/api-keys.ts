import { createHash, randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

const KEY = { allow: 'incident.key' } as const;

/** What is kept of a key: it is random and long, so that a plain digest tells nothing. */
export const keyDigest = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** Makes a key with which a third party sends reports (GeoReport v2 `api_key`). Shown once. */
export const makeApiKey = route({
  ...KEY,
  method: 'POST',
  path: '/api/incident/api-keys',
  summary: { zh: '发放第三方接口密钥', en: 'Make a key for a third party' },
  body: Type.Object({ holder: Type.String({ minLength: 2, maxLength: 120 }) }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), key: Type.String() }),
  status: 201,
  shownOnce: true,
  examples: { own: { as: 'system-administrator', body: { holder: '样例市民应用' } } },
  handler: async ({ db, actor, clock, body: { holder } }) => {
    const [id, key] = [uuidv7(), randomBytes(24).toString('base64url')];
    await db.run(sql`
      insert into incident.api_key (id, digest, holder, made_by, made_at)
      values (${id}::uuid, ${keyDigest(key)}, ${holder}, ${actor.account}, ${clock.now()}::timestamptz)`);
    return { id, key };
  },
});

/** The keys that were given out, without themselves. */
export const listApiKeys = route({
  ...KEY,
  method: 'GET',
  path: '/api/incident/api-keys',
  summary: { zh: '第三方接口密钥', en: 'Keys of third parties' },
  reply: Type.Object({
    keys: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        holder: Type.String(),
        madeAt: Type.String({ format: 'date-time' }),
        revokedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      }),
    ),
  }),
  examples: { own: { as: 'system-administrator' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{ id: string; holder: string; madeAt: Date; revokedAt: Date | null }>(
      sql`select id, holder, made_at as "madeAt", revoked_at as "revokedAt" from incident.api_key order by made_at desc limit 500`,
    );
    return {
      keys: rows.map((row) => ({
        ...row,
        madeAt: row.madeAt.toISOString(),
        revokedAt: row.revokedAt?.toISOString() ?? null,
      })),
    };
  },
});

/** Takes a key back: the next report with it is refused. */
export const revokeApiKey = route({
  ...KEY,
  method: 'POST',
  path: '/api/incident/api-keys/:id/revoke',
  summary: { zh: '收回第三方接口密钥', en: 'Revoke a key' },
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ revoked: Type.Boolean() }),
  errors: [NotFound],
  examples: { own: { as: 'system-administrator', params: { id: 'fixture:incident-api-key' } } },
  handler: async ({ db, clock, params: { id } }) => {
    const n = await db.run(
      sql`update incident.api_key set revoked_at = coalesce(revoked_at, ${clock.now()}::timestamptz) where id = ${id}::uuid`,
    );
    if (n === 0) throw NotFound.with();
    return { revoked: true };
  },
});
