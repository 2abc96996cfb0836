import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openSigning } from '../sign/keys.ts';
import { addSeal, SEAL_COLUMNS, type SealRow } from './seals.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const SealView = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  name: Type.String(),
  key: Type.String(),
  from: Type.String(),
  until: Type.String(),
  revokedAt: Nullable,
  revokedReason: Nullable,
});

const sealView = ({ id, unit, name, key, from, until, revokedAt, revokedReason }: SealRow) => ({
  id,
  unit,
  name,
  key,
  from: from.toISOString(),
  until: until.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
  revokedReason,
});

/** Register of seals with those revoked (印章登记与注销清单), public as the seals themselves are. */
export const listSeals = route({
  method: 'GET',
  path: '/api/document/seals',
  summary: { zh: '印章登记与注销清单', en: 'Register of seals, revoked ones included' },
  allow: 'public',
  reply: Type.Object({ seals: Type.Array(SealView) }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => {
    const rows = await db.rows<SealRow>(
      sql`select ${SEAL_COLUMNS} from document.seal order by unit, valid_from desc, id`,
    );
    return { seals: rows.map(sealView) };
  },
});

/** Makes a unit's seal (制章). */
export const makeUnitSeal = route({
  method: 'POST',
  path: '/api/document/seals',
  summary: { zh: '制作印章', en: 'Make the seal of a unit' },
  allow: 'document.seal.manage',
  body: Type.Object(
    { unit: Type.String({ pattern: '^[a-z0-9-]{2,60}$' }), name: Type.String({ minLength: 2, maxLength: 40 }) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: SealView,
  errors: [InvalidInput],
  examples: { own: { as: 'security-administrator', body: { unit: 'market-supervision', name: '市场监督管理局' } } },
  prepare: ({ services }) => openSigning(services),
  handler: async ({ db, body, prepared }) => {
    if (!prepared.names.has(body.unit))
      throw InvalidInput.with({
        fields: [{ pointer: '/unit', rule: 'known', message: { zh: '没有这个单位', en: 'no such unit' } }],
      });
    await db.run(sql`select pg_advisory_xact_lock(hashtext('document.seal'))`);
    return sealView(await addSeal(db, prepared, body));
  },
});

/** Revokes a seal (注销印章). What it sealed before stays sealed; the answer of a verification says both. */
export const revokeSeal = route({
  method: 'POST',
  path: '/api/document/seals/:id/revoke',
  summary: { zh: '注销印章', en: 'Revoke a seal' },
  allow: 'document.seal.manage',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9]{14}$' }) }),
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false }),
  reply: SealView,
  errors: [NotFound],
  examples: {
    own: {
      as: 'security-administrator',
      params: { id: 'fixture:document-seal-to-revoke' },
      body: { reason: '机构更名' },
    },
  },
  handler: async ({ db, actor, params, body, clock }) => {
    await db.run(sql`update document.seal set revoked_at = ${clock.now()}::timestamptz, revoked_reason = ${body.reason}, revoked_by = ${actor.account}
      where id = ${params.id} and revoked_at is null`);
    const row = await db.first<SealRow>(sql`select ${SEAL_COLUMNS} from document.seal where id = ${params.id}`);
    if (!row) throw NotFound.with();
    await db.emit({ type: 'document.seal.revoked', subject: row.id });
    return sealView(row);
  },
});
