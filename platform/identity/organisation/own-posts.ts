import { Type } from 'typebox';
import type { Post } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../actor-cache.ts';
import { sessionIn } from '../session.ts';
import { POST_TITLES } from '../who-am-i.ts';
import { HOLDS } from './held.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

type AssignmentRow = {
  id: string;
  kind: Post;
  title: string;
  title_en: string;
  unit: string;
  unit_name: string;
  unit_name_en: string;
  area: string | null;
  acting: boolean;
  valid_from: Date | null;
  valid_to: Date | null;
  holds: boolean;
  no: string | null;
};

/** My posts (我的岗位): those I held, hold and shall hold, with the names that the units had then. */
export const listOwnPosts = route({
  method: 'GET',
  path: '/api/identity/assignments',
  summary: { zh: '我的岗位', en: 'My posts' },
  allow: 'signed-in',
  reply: Type.Object({
    assignments: Type.Array(
      Type.Object({
        id: Type.String(),
        when: Type.Union([Type.Literal('now'), Type.Literal('past'), Type.Literal('coming')]),
        post: Words,
        unit: Type.Object({ code: Type.String(), name: Type.String(), nameEn: Type.String() }),
        area: Nullable(Type.String()),
        acting: Type.Boolean(),
        from: Nullable(Type.String()),
        to: Nullable(Type.String()),
        order: Nullable(Type.String()),
        current: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const rows = await db.rows<AssignmentRow>(sql`
      select g.id, p.kind, p.title, p.title_en, p.unit, p.area, g.acting, nullif(g.valid_from, '-infinity') as valid_from, g.valid_to, o.no,
        (${HOLDS(now)}) as holds, coalesce(v.name, u.name) as unit_name, coalesce(v.name_en, u.name_en) as unit_name_en
      from identity.assignment g join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
      left join identity.transfer_order o on o.id = g.by_order
      left join lateral (select name, name_en from identity.unit_version where unit = p.unit
        and valid_from < coalesce(g.valid_to, ${now}::timestamptz) order by valid_from desc limit 1) v on true
      where g.account = ${actor.account} and (g.valid_to is null or g.valid_to > g.valid_from) order by g.valid_from desc, g.id`);
    return {
      assignments: rows.map((row) => ({
        id: row.id,
        when: row.holds
          ? ('now' as const)
          : row.valid_from !== null && row.valid_from > now
            ? ('coming' as const)
            : ('past' as const),
        post: row.title ? { zh: row.title, en: row.title_en || row.title } : POST_TITLES[row.kind],
        unit: { code: row.unit, name: row.unit_name, nameEn: row.unit_name_en },
        area: row.area,
        acting: row.acting,
        from: row.valid_from?.toISOString() ?? null,
        to: row.valid_to?.toISOString() ?? null,
        order: row.no,
        current: row.id === actor.assignment,
      })),
    };
  },
});

/** Works under another of the posts that one holds (切换岗位), in this session only. */
export const choosePost = route({
  method: 'PUT',
  path: '/api/identity/assignment',
  summary: { zh: '切换当前岗位', en: 'Work under another of my posts' },
  allow: 'signed-in',
  aboutSession: true,
  body: Type.Object({ assignment: Type.String({ format: 'uuid' }) }, { additionalProperties: false }),
  reply: Type.Object({ assignment: Type.String() }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', body: { assignment: 'fixture:assignment' } },
    foreign: { as: 'street-clerk', body: { assignment: 'fixture:foreign-assignment' } },
  },
  prepare: async ({ headers, services }) => ({ token: sessionIn(headers.cookie, services.config) ?? '' }),
  handler: async ({ db, actor, services, clock, body, prepared: { token } }) => {
    const held = await db.first(sql`select g.id from identity.assignment g join identity.post p on p.id = g.post
      join identity.unit u on u.code = p.unit where g.id = ${body.assignment}::uuid and g.account = ${actor.account} and ${HOLDS(clock.now())}`);
    if (!held) throw NotFound.with();
    await db.run(sql`update identity.session set assignment = ${body.assignment}::uuid
      where token_hash = ${token} and account = ${actor.account} and ended_at is null`);
    forgetSessions(services, token);
    return { assignment: body.assignment };
  },
});
