import { Type } from 'typebox';
import type { Behalf, Post } from '#platform/kernel/actor.ts';
import type { Entrance, Services } from '#platform/kernel/app.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { HOLDS } from './organisation/held.ts';

/** Entrances (入口) that a post works in; the first is where it lands. */
export const ENTRANCES: Record<Post, readonly Entrance[]> = {
  citizen: ['citizen'],
  'enterprise-agent': ['business'],
  'committee-worker': ['gov'],
  'street-clerk': ['gov', 'ops'],
  'data-officer': ['data', 'gov'],
  'duty-officer': ['ops', 'gov'],
  'security-auditor': ['data'],
  'system-administrator': ['gov'],
  'security-administrator': ['gov'],
  'staffing-officer': ['gov'],
  'unit-head': ['gov'],
  'district-leader': ['ops', 'gov'],
  'unit-liaison': ['gov'],
};

/** Titles of the posts (岗位) for people. */
export const POST_TITLES: Record<Post, { zh: string; en: string }> = {
  citizen: { zh: '居民', en: 'Resident' },
  'enterprise-agent': { zh: '企业经办人', en: 'Enterprise agent' },
  'committee-worker': { zh: '居委社工', en: 'Committee worker' },
  'street-clerk': { zh: '街道经办', en: 'Street clerk' },
  'data-officer': { zh: '部门数据专员', en: 'Department data officer' },
  'duty-officer': { zh: '运行值班员', en: 'Operations duty officer' },
  'security-auditor': { zh: '安全审计员', en: 'Security auditor' },
  'system-administrator': { zh: '系统管理员', en: 'System administrator' },
  'security-administrator': { zh: '安全管理员', en: 'Security administrator' },
  'staffing-officer': { zh: '机构编制专员', en: 'Staffing officer' },
  'unit-head': { zh: '单位负责人', en: 'Head of unit' },
  'district-leader': { zh: '区领导', en: 'District leader' },
  'unit-liaison': { zh: '单位联络员', en: 'Unit liaison' },
};

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

function actingOf(behalf: Behalf, services: Services) {
  const declared = services.registry.provided(delegationScope).map(({ value }) => value);
  return {
    delegation: behalf.delegation,
    name: behalf.name,
    ended: behalf.ended,
    until: behalf.until?.toISOString() ?? null,
    scopes: declared
      .filter(({ id }) => behalf.scopes.includes(id))
      .map(({ id, title, page }) => ({ id, title, page: page ?? null })),
  };
}

const NOBODY = {
  signedIn: false,
  account: null,
  name: null,
  kind: null,
  post: null,
  postTitle: null,
  unit: null,
  area: null,
  reach: null,
  assignment: null,
  caretaker: false,
  withoutPost: false,
  assignments: [],
  entrances: [],
  acting: null,
};

/** The posts that an official holds now, to choose from. */
async function choices(db: Db, account: string, now: Date) {
  const rows = await db.rows<{
    id: string;
    kind: Post;
    title: string;
    title_en: string;
    name: string;
    name_en: string;
    acting: boolean;
  }>(sql`
    select g.id, p.kind, p.title, p.title_en, u.name, u.name_en, g.acting from identity.assignment g
    join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
    where g.account = ${account} and ${HOLDS(now)} order by g.acting, g.valid_from, g.id`);
  return rows.map((row) => ({
    id: row.id,
    post: row.title ? { zh: row.title, en: row.title_en || row.title } : POST_TITLES[row.kind],
    unit: { zh: row.name, en: row.name_en },
    caretaker: row.acting,
  }));
}

/** Who is signed in, and where they work; the same shape for a guest. */
export const whoAmI = route({
  method: 'GET',
  path: '/api/identity/me',
  summary: { zh: '当前登录者', en: 'Who is signed in' },
  allow: 'public',
  self: true,
  aboutSession: true,
  reply: Type.Object({
    signedIn: Type.Boolean(),
    account: Nullable(Type.String()),
    name: Nullable(Type.String()),
    kind: Nullable(Type.String()),
    post: Nullable(Type.String()),
    postTitle: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
    unit: Nullable(Type.Object({ code: Type.String(), name: Type.String(), nameEn: Type.String() })),
    area: Nullable(Type.String()),
    reach: Nullable(Type.String()),
    /** The assignment under which this session works, and all that one may choose from (岗位). */
    assignment: Nullable(Type.String()),
    caretaker: Type.Boolean(),
    /** An official who holds no post at this moment: signed in, without any right. */
    withoutPost: Type.Boolean(),
    assignments: Type.Array(Type.Object({ id: Type.String(), post: Words, unit: Words, caretaker: Type.Boolean() })),
    entrances: Type.Array(Type.String()),
    sample: Type.Boolean(),
    /** For whom the person acts at the moment (替谁办), and what they may do for them. */
    acting: Nullable(
      Type.Object({
        delegation: Type.String(),
        name: Type.String(),
        ended: Type.Boolean(),
        until: Nullable(Type.String({ format: 'date-time' })),
        scopes: Type.Array(Type.Object({ id: Type.String(), title: Words, page: Nullable(Type.String()) })),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, services, clock }) => {
    const { sample } = services.config;
    if (actor.kind !== 'person') return { ...NOBODY, sample };
    const official = actor.post === undefined || actor.assignment !== undefined;
    const assignments = official ? await choices(db, actor.account, clock.now()) : [];
    const { account, name } = actor;
    if (actor.post === undefined)
      // Whoever held a post is shown the desk, where it says why nothing can be done there.
      return { ...NOBODY, signedIn: true, account, name, withoutPost: true, entrances: ['gov'], sample };
    const unit = actor.unit
      ? await db.first<{ code: string; name: string; nameEn: string }>(
          sql`select code, name, name_en as "nameEn" from identity.unit where code = ${actor.unit}`,
        )
      : undefined;
    return {
      signedIn: true,
      account: actor.account,
      name: actor.name,
      kind: actor.post,
      post: actor.post,
      postTitle: POST_TITLES[actor.post],
      unit: unit ?? null,
      area: actor.area ?? null,
      reach: actor.reach,
      assignment: actor.assignment ?? null,
      caretaker: actor.caretaker ?? false,
      withoutPost: false,
      assignments,
      entrances: [...ENTRANCES[actor.post]],
      sample,
      acting: actor.behalf ? actingOf(actor.behalf, services) : null,
    };
  },
});
