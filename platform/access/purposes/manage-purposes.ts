import { Type } from 'typebox';
import { POSTS } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { DutyConflict } from '../duty/duty-errors.ts';
import { forgetRules } from '../policy/rules.ts';
import { HolderShape, Nullable, Words } from '../policy/shapes.ts';
import { postTitle } from '../policy/words.ts';
import { PurposeExists, PurposeRetired } from './purpose-errors.ts';

const Code = Type.String({ pattern: '^[a-z][a-z0-9.-]{1,60}$' });
const Basis = Type.Object({ source: Type.String(), article: Type.String(), en: Type.String() });
const Moment = Nullable(Type.String({ format: 'date-time' }));
export const PurposeSchema = Type.Object({
  code: Type.String(),
  title: Words,
  basis: Basis,
  posts: Type.Array(HolderShape),
  verified: Type.Boolean({ description: 'false = 待核, no named person has verified the legal basis yet' }),
  verifiedName: Nullable(Type.String()),
  addedName: Nullable(Type.String()),
  addedAt: Moment,
  reason: Nullable(Type.String()),
  retiredName: Nullable(Type.String()),
  retiredAt: Moment,
  retiredWhy: Nullable(Type.String()),
});
type Shown = {
  code: string;
  title: { zh: string; en: string };
  basis: { source: string; article: string; en: string };
  posts: string[];
  verified: boolean;
  verifiedName: string | null;
  addedName: string | null;
  addedAt: Date | null;
  reason: string | null;
  retiredName: string | null;
  retiredAt: Date | null;
  retiredWhy: string | null;
};

async function read(db: Db, code?: string) {
  const rows = await db.rows<Shown>(sql`
    select code, title, basis, posts, verified_by is not null as verified, verified_name as "verifiedName", added_name as "addedName", added_at as "addedAt", reason,
      retired_name as "retiredName", retired_at as "retiredAt", retired_why as "retiredWhy"
    from access.purpose where ${code ?? null}::text is null or code = ${code ?? null}::text order by retired_at is not null, code`);
  return rows.map((row) => ({
    ...row,
    posts: row.posts.map((post) => ({ post, title: postTitle(post) })),
    addedAt: row.addedAt?.toISOString() ?? null,
    retiredAt: row.retiredAt?.toISOString() ?? null,
  }));
}

async function readOne(db: Db, code: string) {
  const [found] = await read(db, code);
  if (!found) throw NotFound.with();
  return found;
}

/** The register of purposes (使用目的登记册) with its history. */
export const listPurposeRegister = route({
  method: 'GET',
  path: '/api/access/purpose-register',
  summary: { zh: '使用目的登记册', en: 'Register of purposes' },
  allow: 'access.purpose.read',
  reply: Type.Object({ purposes: Type.Array(PurposeSchema) }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ db }) => ({ purposes: await read(db) }),
});

/** Adds a purpose with its legal basis and the posts that may state it; 待核 until somebody else has verified it. */
export const addPurpose = route({
  method: 'POST',
  path: '/api/access/purpose-register',
  summary: { zh: '登记使用目的', en: 'Add a purpose' },
  allow: 'access.purpose.manage',
  body: Type.Object(
    {
      code: Code,
      title: Type.Object(
        { zh: Type.String({ minLength: 2, maxLength: 60 }), en: Type.String({ minLength: 2, maxLength: 120 }) },
        { additionalProperties: false },
      ),
      basis: Type.Object(
        {
          source: Type.String({ minLength: 2, maxLength: 120 }),
          article: Type.String({ minLength: 1, maxLength: 80 }),
          en: Type.String({ minLength: 2, maxLength: 200 }),
        },
        { additionalProperties: false },
      ),
      posts: Type.Array(Type.Union(POSTS.map((post) => Type.Literal(post))), { minItems: 1, uniqueItems: true }),
      reason: Type.String({ minLength: 5, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: PurposeSchema,
  errors: [PurposeExists],
  examples: {
    own: {
      as: 'security-administrator',
      body: {
        code: 'flood-relief',
        title: { zh: '防汛安置', en: 'Flood relief' },
        basis: { source: '中华人民共和国突发事件应对法', article: '第四十九条', en: 'Emergency Response Law, art. 49' },
        posts: ['street-clerk'],
        reason: '汛期转移安置需要',
      },
    },
  },
  handler: async ({ db, actor, clock, services, body }) => {
    const made = await db.run(sql`
      insert into access.purpose (code, title, basis, posts, added_by, added_name, added_at, reason)
      values (${body.code}, ${json(body.title)}::text::jsonb, ${json(body.basis)}::text::jsonb, ${[...body.posts]}::text[], ${actor.account}, ${actor.name}, ${clock.now()}::timestamptz, ${body.reason})
      on conflict do nothing`);
    if (made === 0) throw PurposeExists.with();
    await db.emit({ type: 'access.purpose.added', subject: body.code });
    forgetRules(services);
    return readOne(db, body.code);
  },
});

/** Retires a purpose at once (停用): who states it from now on is refused, by every grant too. It does not come back. */
export const retirePurpose = route({
  method: 'POST',
  path: '/api/access/purpose-register/:code/retire',
  summary: { zh: '停用使用目的', en: 'Retire a purpose' },
  allow: 'access.purpose.manage',
  params: Type.Object({ code: Code }),
  body: Type.Object({ reason: Type.String({ minLength: 5, maxLength: 500 }) }, { additionalProperties: false }),
  reply: PurposeSchema,
  errors: [NotFound, PurposeRetired],
  examples: {
    own: { as: 'security-administrator', params: { code: 'fixture:purpose' }, body: { reason: '专项工作已经结束' } },
    foreign: {
      as: 'security-administrator',
      params: { code: 'fixture:no-purpose' },
      body: { reason: '专项工作已经结束' },
    },
  },
  handler: async ({ db, actor, clock, services, params: { code }, body }) => {
    const found = await readOne(db, code);
    if (found.retiredAt !== null) throw PurposeRetired.with();
    await db.run(sql`update access.purpose set retired_at = ${clock.now()}::timestamptz, retired_by = ${actor.account}, retired_name = ${actor.name}, retired_why = ${body.reason}
      where code = ${code}`);
    await db.emit({ type: 'access.purpose.retired', subject: code });
    forgetRules(services);
    return readOne(db, code);
  },
});

/** A named person says that they have read the legal basis (核验); the badge 待核 goes. Not who added the purpose. */
export const verifyPurpose = route({
  method: 'POST',
  path: '/api/access/purpose-register/:code/verify',
  summary: { zh: '核验使用目的的法律依据', en: 'Verify the legal basis of a purpose' },
  allow: 'access.purpose.verify',
  params: Type.Object({ code: Code }),
  reply: PurposeSchema,
  errors: [NotFound, DutyConflict],
  examples: {
    own: { as: 'security-administrator', params: { code: 'fixture:purpose' } },
    foreign: { as: 'security-administrator', params: { code: 'fixture:no-purpose' } },
  },
  handler: async ({ db, actor, clock, params: { code } }) => {
    const found = await db.first<{ added_by: string | null }>(
      sql`select added_by from access.purpose where code = ${code} for update`,
    );
    if (!found) throw NotFound.with();
    if (found.added_by === actor.account) throw DutyConflict.with();
    await db.run(sql`update access.purpose set verified_by = ${actor.account}, verified_name = ${actor.name}, verified_on = ${clock.now()}::timestamptz::date
      where code = ${code}`);
    await db.emit({ type: 'access.purpose.verified', subject: code });
    return readOne(db, code);
  },
});
