import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Done, Id, Line, Maybe } from '../shapes.ts';
import { newSecret } from './api-key.ts';

const Shown = {
  id: Type.String(),
  prefix: Type.String(),
  label: Type.String(),
  madeAt: Type.String(),
  revokedAt: Maybe(Type.String()),
  calls: Type.Integer(),
  rows: Type.Integer(),
};

/** The caller's own keys (开发者密钥): what begins them, never what they are. */
export const listKeys = route({
  method: 'GET',
  path: '/api/open-data/keys',
  summary: { zh: '我的开发者密钥', en: 'My developer keys' },
  allow: 'signed-in',
  reply: Type.Object({ keys: Type.Array(Type.Object(Shown)) }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor }) => {
    const keys = await db.rows<{
      id: string;
      prefix: string;
      label: string;
      madeAt: Date;
      revokedAt: Date | null;
      calls: number;
      rows: number;
    }>(sql`
      select k.id, k.prefix, k.label, k.made_at as "madeAt", k.revoked_at as "revokedAt", coalesce(sum(u.calls), 0)::float8 as calls, coalesce(sum(u.rows), 0)::float8 as rows
      from open_data.api_key k left join open_data.key_use u on u.key = k.id where k.account = ${actor.account} group by k.id order by k.made_at desc`);
    return {
      keys: keys.map((key) => ({
        ...key,
        madeAt: key.madeAt.toISOString(),
        revokedAt: key.revokedAt?.toISOString() ?? null,
      })),
    };
  },
});

/** Makes a key; it is shown this once, and only its digest is kept. */
export const createKey = route({
  method: 'POST',
  path: '/api/open-data/keys',
  summary: { zh: '生成开发者密钥', en: 'Make a developer key' },
  allow: 'signed-in',
  body: Type.Object({ label: Line(1, 60) }, { additionalProperties: false }),
  status: 201,
  shownOnce: true,
  reply: Type.Object({ id: Type.String(), secret: Type.String() }),
  examples: { own: { as: 'citizen', body: { label: '我的小程序' } } },
  handler: async ({ db, actor, body: { label } }) => {
    const id = uuidv7();
    const { secret, prefix, digest } = newSecret();
    await db.run(sql`insert into open_data.api_key (id, prefix, digest, account, holder, label)
      values (${id}::uuid, ${prefix}, ${digest}, ${actor.account}, ${actor.entity ?? '个人开发者'}, ${label})`);
    return { id, secret };
  },
});

/** Revokes an own key (停用密钥): it opens nothing from the next call on. */
export const revokeKey = route({
  method: 'POST',
  path: '/api/open-data/keys/:id/revoke',
  summary: { zh: '停用开发者密钥', en: 'Revoke a developer key' },
  allow: 'signed-in',
  params: Id,
  body: Type.Object({}, { additionalProperties: false }),
  reply: Done,
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:open-key' }, body: {} },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-open-key' }, body: {} },
  },
  handler: async ({ db, actor, params: { id } }) => {
    const done = await db.run(
      sql`update open_data.api_key set revoked_at = kernel.now(), revoked_why = '持有人停用' where id = ${id}::uuid and account = ${actor.account} and revoked_at is null`,
    );
    if (done === 0) throw NotFound.with();
    return { id, state: 'revoked' };
  },
});
