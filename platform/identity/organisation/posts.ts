import { Type } from 'typebox';
import { POSTS, type Post } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { isAccountPost } from '../accounts.ts';
import { POST_TITLES } from '../who-am-i.ts';
import { HOLDS } from './held.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });

type PostRow = {
  id: string;
  kind: Post;
  unit: string;
  area: string | null;
  reach: string;
  title: string;
  title_en: string;
  single: boolean;
  valid_to: Date | null;
  holders: { account: string; name: string; acting: boolean }[];
};

/** Posts (岗位) that stand now, with who holds them: of one unit, or all. */
export const listPosts = route({
  method: 'GET',
  path: '/api/identity/posts',
  summary: { zh: '岗位', en: 'Posts' },
  allow: 'identity.people.read',
  query: Type.Object({ unit: Type.Optional(Type.String({ maxLength: 61 })) }, { additionalProperties: false }),
  reply: Type.Object({
    posts: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.String(),
        title: Words,
        unit: Type.String(),
        area: Nullable(Type.String()),
        reach: Type.String(),
        single: Type.Boolean(),
        until: Nullable(Type.String()),
        holders: Type.Array(Type.Object({ account: Type.String(), name: Type.String(), acting: Type.Boolean() })),
      }),
    ),
  }),
  examples: { own: { as: 'staffing-officer' } },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const rows = await db.rows<PostRow>(sql`
      select p.id, p.kind, p.unit, p.area, p.reach, p.title, p.title_en, p.single, p.valid_to,
        (select coalesce(jsonb_agg(jsonb_build_object('account', a.account, 'name', a.name, 'acting', g.acting) order by g.acting, g.valid_from), '[]'::jsonb)
          from identity.assignment g join identity.account a using (account) where g.post = p.id and ${HOLDS(now)}) as holders
      from identity.post p join identity.unit u on u.code = p.unit
      where p.valid_from <= ${now}::timestamptz and (p.valid_to is null or p.valid_to > ${now}::timestamptz)
        and (${query.unit ?? null}::text is null or p.unit = ${query.unit ?? null}::text) order by u.position, p.kind, p.id`);
    return {
      posts: rows.map(({ title, title_en, valid_to, ...row }) => ({
        ...row,
        title: title ? { zh: title, en: title_en || title } : POST_TITLES[row.kind],
        until: valid_to?.toISOString() ?? null,
      })),
    };
  },
});

const KINDS = POSTS.filter((post) => !isAccountPost(post));

/** Sets up a post (设岗): it gives nobody anything before an order fills it. */
export const setUpPost = route({
  method: 'POST',
  path: '/api/identity/posts',
  summary: { zh: '设置岗位', en: 'Set up a post' },
  allow: 'identity.post.set-up',
  status: 201,
  body: Type.Object(
    {
      kind: Type.String({ enum: KINDS }),
      unit: Type.String({ maxLength: 61 }),
      title: Type.Optional(Type.String({ maxLength: 60 })),
      single: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String() }),
  errors: [InvalidInput],
  examples: {
    own: { as: 'staffing-officer', body: { kind: 'data-officer', unit: 'staffing', title: '数据专员' } },
  },
  handler: async ({ db, clock, body }) => {
    const unit = await db.first<{ area: string | null }>(sql`
      with recursive above(code, parent, area) as (
        select code, parent, area from identity.unit where code = ${body.unit} and valid_to is null
        union all select u.code, u.parent, u.area from identity.unit u join above a on u.code = a.parent where a.area is null)
      select area from above order by area nulls last limit 1`);
    if (!unit) {
      const message = { zh: '没有这个单位，或已经撤销', en: 'there is no such unit, or it has ended' };
      throw InvalidInput.with({ fields: [{ pointer: '/unit', rule: 'no-unit', message }] });
    }
    const id = uuidv7();
    // The area is the unit's, or of the next unit above that has one; the whole district is never given here.
    await db.run(sql`insert into identity.post (id, kind, unit, area, reach, title, single, valid_from)
      values (${id}::uuid, ${body.kind}, ${body.unit}, ${unit.area}::text, 'own', ${body.title?.trim() ?? ''},
        ${body.single ?? body.kind === 'unit-head'}::boolean, ${clock.now()}::timestamptz)`);
    return { id };
  },
});
