import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { newScimToken, scimTokenHash } from './source.ts';

/** A token lasts a year at most; it is replaced by a second one beside it. */
const TOKEN_DAYS = 365;
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const SourceNameTaken = domainError({
  code: 'SOURCE_NAME_TAKEN',
  status: 409,
  title: { zh: '已有同名的来源系统', en: 'There is a source of this name already' },
  action: { zh: '请换一个名称。', en: 'Choose another name.' },
});

type TokenRow = {
  id: string;
  source: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
};

/** Source systems (人员来源系统) with their tokens, the tokens themselves excepted. */
export const listScimSources = route({
  method: 'GET',
  path: '/api/identity/scim-sources',
  summary: { zh: '人员来源系统', en: 'Source systems of people' },
  allow: 'identity.scim.manage',
  reply: Type.Object({
    sources: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        assigns: Type.Boolean(),
        people: Type.Integer(),
        createdAt: Type.String(),
        tokens: Type.Array(
          Type.Object({
            id: Type.String(),
            createdAt: Type.String(),
            expiresAt: Type.String(),
            usedAt: Nullable(Type.String()),
            revokedAt: Nullable(Type.String()),
          }),
        ),
      }),
    ),
  }),
  examples: { own: { as: 'system-administrator' } },
  handler: async ({ db }) => {
    const sources = await db.rows<{ id: string; name: string; assigns: boolean; people: number; created_at: Date }>(sql`
      select s.id, s.name, s.assigns, s.created_at, (select count(*)::int from identity.scim_user u where u.source = s.id and u.deleted_at is null) as people
      from identity.scim_source s where s.ended_at is null order by s.created_at`);
    const tokens = await db.rows<TokenRow>(
      sql`select id, source, created_at, expires_at, used_at, revoked_at from identity.scim_token order by created_at desc`,
    );
    return {
      sources: sources.map((source) => ({
        id: source.id,
        name: source.name,
        assigns: source.assigns,
        people: source.people,
        createdAt: source.created_at.toISOString(),
        tokens: tokens
          .filter((token) => token.source === source.id)
          .map((token) => ({
            id: token.id,
            createdAt: token.created_at.toISOString(),
            expiresAt: token.expires_at.toISOString(),
            usedAt: token.used_at?.toISOString() ?? null,
            revokedAt: token.revoked_at?.toISOString() ?? null,
          })),
      })),
    };
  },
});

/** Registers a source system; whether it may fill ordinary posts itself is decided here. */
export const registerScimSource = route({
  method: 'POST',
  path: '/api/identity/scim-sources',
  summary: { zh: '登记人员来源系统', en: 'Register a source system' },
  allow: 'identity.scim.manage',
  status: 201,
  body: Type.Object(
    { name: Type.String({ minLength: 2, maxLength: 60 }), assigns: Type.Boolean() },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String() }),
  errors: [SourceNameTaken],
  examples: { own: { as: 'system-administrator', body: { name: '样例人事系统', assigns: false } } },
  handler: async ({ db, actor, clock, body }) => {
    const id = uuidv7();
    const made = await db.run(sql`insert into identity.scim_source (id, name, assigns, created_by, created_at)
      values (${id}::uuid, ${body.name.trim()}, ${body.assigns}::boolean, ${actor.account}, ${clock.now()}::timestamptz) on conflict (name) do nothing`);
    if (made === 0) throw SourceNameTaken.with();
    return { id };
  },
});

/** Issues a token of a source: shown in this answer and never again. */
export const issueScimToken = route({
  method: 'POST',
  path: '/api/identity/scim-sources/:id/tokens',
  summary: { zh: '签发来源系统令牌', en: 'Issue a token of a source system' },
  allow: 'identity.scim.manage',
  assurance: 2,
  status: 201,
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ id: Type.String(), token: Type.String(), expiresAt: Type.String() }),
  errors: [NotFound],
  examples: {
    own: { as: 'system-administrator', params: { id: 'fixture:scim-source' } },
    foreign: { as: 'system-administrator', params: { id: '00000000-0000-7000-8000-000000000000' } },
  },
  handler: async ({ db, actor, clock, params }) => {
    const source = await db.first(
      sql`select 1 as found from identity.scim_source where id = ${params.id}::uuid and ended_at is null`,
    );
    if (!source) throw NotFound.with();
    const token = newScimToken();
    const id = uuidv7();
    const now = clock.now();
    const expires = new Date(now.getTime() + TOKEN_DAYS * 86_400_000);
    await db.run(sql`insert into identity.scim_token (id, source, token_hash, created_by, created_at, expires_at)
      values (${id}::uuid, ${params.id}::uuid, ${scimTokenHash(token)}, ${actor.account}, ${now}::timestamptz, ${expires}::timestamptz)`);
    return { id, token, expiresAt: expires.toISOString() };
  },
});

/** Revokes a token, at once. */
export const revokeScimToken = route({
  method: 'DELETE',
  path: '/api/identity/scim-tokens/:id',
  summary: { zh: '吊销来源系统令牌', en: 'Revoke a token of a source system' },
  allow: 'identity.scim.manage',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ revoked: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'system-administrator', params: { id: 'fixture:scim-token' } },
    foreign: { as: 'system-administrator', params: { id: '00000000-0000-7000-8000-000000000000' } },
  },
  handler: async ({ db, clock, params }) => {
    const done = await db.run(
      sql`update identity.scim_token set revoked_at = coalesce(revoked_at, ${clock.now()}::timestamptz) where id = ${params.id}::uuid`,
    );
    if (done === 0) throw NotFound.with();
    return { revoked: true };
  },
});
