import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { addKey, findKey, HOUSE, KEY_COLUMNS, type KeyRow, openSigning } from './keys.ts';
import { keyStateAt } from './statement.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const KeyView = Type.Object({
  id: Type.String(),
  owner: Type.String(),
  title: Type.String(),
  state: Type.String(),
  from: Type.String(),
  until: Type.String(),
  replacedAt: Nullable,
  revokedAt: Nullable,
  revokedReason: Nullable,
  certificate: Type.String(),
});

const keyView = (row: KeyRow, now: Date) => ({
  id: row.id,
  owner: row.owner,
  title: row.title,
  state: keyStateAt(row, now),
  from: row.from.toISOString(),
  until: row.until.toISOString(),
  replacedAt: row.replacedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  revokedReason: row.revokedReason,
  certificate: row.certificate,
});

/** Certificates of all keys that ever signed, with those revoked (签名证书与吊销清单): whoever checks a signature elsewhere needs them. */
export const listKeys = route({
  method: 'GET',
  path: '/api/document/keys',
  summary: { zh: '签名证书与吊销清单', en: 'Signing certificates, revoked ones included' },
  allow: 'public',
  reply: Type.Object({ keys: Type.Array(KeyView) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, clock }) => {
    const rows = await db.rows<KeyRow>(
      sql`select ${KEY_COLUMNS} from document.sign_key order by owner = ${HOUSE} desc, owner, valid_from desc, id`,
    );
    return { keys: rows.map((row) => keyView(row, clock.now())) };
  },
});

/** Gives a unit, or the house, a new signing key (更换签名密钥); the former one signs no more. */
export const replaceKey = route({
  method: 'POST',
  path: '/api/document/keys',
  summary: { zh: '更换签名密钥', en: 'Give a unit a new signing key' },
  allow: 'document.key.manage',
  body: Type.Object({ owner: Type.String({ pattern: '^[a-z0-9-]{2,60}$' }) }, { additionalProperties: false }),
  status: 201,
  reply: KeyView,
  errors: [InvalidInput],
  examples: { own: { as: 'security-administrator', body: { owner: 'market-supervision' } } },
  prepare: ({ services }) => openSigning(services),
  handler: async ({ db, body, prepared, clock }) => {
    if (body.owner !== HOUSE && !prepared.names.has(body.owner))
      throw InvalidInput.with({
        fields: [{ pointer: '/owner', rule: 'known', message: { zh: '没有这个单位', en: 'no such unit' } }],
      });
    return keyView(await addKey(db, prepared, body.owner), clock.now());
  },
});

/** Revokes a key (吊销密钥): from this moment nothing that it signs holds; what it signed before stays as it was, and says so. */
export const revokeKey = route({
  method: 'POST',
  path: '/api/document/keys/:id/revoke',
  summary: { zh: '吊销签名密钥', en: 'Revoke a signing key' },
  allow: 'document.key.manage',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false }),
  reply: KeyView,
  errors: [NotFound],
  examples: {
    own: {
      as: 'security-administrator',
      params: { id: 'fixture:document-key' },
      body: { reason: '介质遗失' },
    },
  },
  handler: async ({ db, actor, params, body, clock }) => {
    await db.run(sql`update document.sign_key set revoked_at = ${clock.now()}::timestamptz, revoked_reason = ${body.reason}, revoked_by = ${actor.account}
      where id = ${params.id} and revoked_at is null`);
    const row = await findKey(db, params.id);
    if (!row) throw NotFound.with();
    await db.emit({ type: 'document.key.revoked', subject: row.id });
    return keyView(row, clock.now());
  },
});
