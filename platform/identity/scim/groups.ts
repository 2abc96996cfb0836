import { createHash } from 'node:crypto';
import type { Post } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { endAssignments } from '../organisation/end-work.ts';
import { POST_TITLES } from '../who-am-i.ts';
import { GROUP } from './documents.ts';
import { invalid, ScimError } from './errors.ts';
import type { Column } from './filter.ts';
import { type Found, findOne, findPage, type OneSearch, type Search } from './search.ts';
import type { Source } from './source.ts';

type Json = Record<string, unknown>;
type GroupRow = {
  id: string;
  kind: Post;
  title: string;
  unit: string;
  reach: string;
  valid_from: Date | null;
  members: { value: string; display: string }[];
};

/** Posts with power over others, or over the whole district, are filled by reviewed orders only. */
const BY_ORDER_ONLY: readonly Post[] = [
  'system-administrator',
  'security-administrator',
  'security-auditor',
  'staffing-officer',
  'unit-head',
  'district-leader',
];

const memberOf = (
  source: Source,
  now: Date,
): Sql => sql`from identity.assignment g join identity.scim_user s using (account) join identity.account a using (account)
  where g.post = p.id and s.source = ${source.id}::uuid and s.deleted_at is null
    and g.valid_from <= ${now}::timestamptz and (g.valid_to is null or g.valid_to > ${now}::timestamptz)`;

/** What a group may be found by. The display name is made of the unit's and the post's. */
export const groupColumns = (source: Source, now: Date): Record<string, Column> => {
  const titles = Object.entries(POST_TITLES);
  const shown = sql`u.name || ' · ' || coalesce(nullif(p.title, ''), (select t.title from unnest(${titles.map(([kind]) => kind)}::text[],
    ${titles.map(([, title]) => title.zh)}::text[]) as t(kind, title) where t.kind = p.kind))`;
  return {
    id: { sql: sql`p.id::text`, type: 'exact' },
    displayname: { sql: shown, type: 'text' },
    'members.value': {
      sql: sql`s.id::text`,
      type: 'exact',
      within: (condition) => sql`exists (select 1 ${memberOf(source, now)} and ${condition})`,
    },
  };
};

export function findGroups(search: Search): Promise<Found> {
  const { source, now } = search;
  return findPage<GroupRow>({
    search,
    columns: sql`p.id, p.kind, p.title, u.name as unit, p.reach, nullif(p.valid_from, '-infinity') as valid_from,
      (select coalesce(jsonb_agg(jsonb_build_object('value', s.id, 'display', a.name) order by s.id), '[]'::jsonb) ${memberOf(source, now)}) as members`,
    from: sql`identity.post p join identity.unit u on u.code = p.unit
      where (p.valid_to is null or p.valid_to > ${now}::timestamptz) and (u.valid_to is null or u.valid_to > ${now}::timestamptz)`,
    id: sql`p.id`,
    document: groupDocument,
  });
}

export function findGroup(asked: OneSearch): Promise<Json> {
  return findOne({ asked, id: sql`p.id`, kind: 'group', find: findGroups });
}

function groupDocument(row: GroupRow, root: string): Json {
  const displayName = `${row.unit} · ${row.title || POST_TITLES[row.kind].zh}`;
  const members = row.members.map((member) => ({ ...member, $ref: `${root}/Users/${member.value}`, type: 'User' }));
  const version = createHash('sha256')
    .update(JSON.stringify([displayName, members]))
    .digest('base64url')
    .slice(0, 16);
  return {
    schemas: [GROUP],
    id: row.id,
    displayName,
    members,
    meta: {
      resourceType: 'Group',
      ...(row.valid_from === null ? {} : { created: row.valid_from.toISOString() }),
      location: `${root}/Groups/${row.id}`,
      version: `W/"${version}"`,
    },
  };
}

/** Brings the members of a post to what the source says: movers. Who goes loses the post at once; who comes must be allowed to. */
export async function replaceMembers(options: {
  db: Db;
  source: Source;
  before: Json;
  body: Json;
  now: Date;
}): Promise<void> {
  const { db, source, before, body, now } = options;
  if (body.displayName !== undefined && body.displayName !== before.displayName)
    throw invalid('mutability', 'displayName is read-only: posts are set up by the staffing office');
  const post = String(before.id);
  const was = memberIds(before.members);
  const wanted = memberIds(body.members);
  for (const id of was.filter((member) => !wanted.includes(member))) {
    const { account } = await memberAccount(db, source, id);
    await endAssignments({ db, account, now, post });
  }
  const coming = wanted.filter((member) => !was.includes(member));
  if (coming.length > 0) await assertAssignable(db, source, post);
  for (const id of coming) {
    const { account, enabled } = await memberAccount(db, source, id);
    if (!enabled) throw invalid('invalidValue', `user ${id} is not active`);
    await db.run(
      sql`insert into identity.assignment (account, post, valid_from, origin) values (${account}, ${post}::uuid, ${now}::timestamptz, 'scim')`,
    );
    await db.emit({ type: 'identity.assignment.begun', subject: account });
  }
  await db.run(sql`update identity.scim_user set version = version + 1, modified_at = ${now}::timestamptz
    where id = any(${[...coming, ...was.filter((member) => !wanted.includes(member))]}::uuid[])`);
}

function memberIds(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('invalidValue', 'members must be a list');
  const ids = value.map((member) => String((member as { value?: unknown } | null)?.value ?? '').toLowerCase());
  if (ids.some((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)))
    throw invalid('invalidValue', 'members need the id of a user in value');
  return [...new Set(ids)];
}

async function memberAccount(db: Db, source: Source, id: string): Promise<{ account: string; enabled: boolean }> {
  const found = await db.first<{ account: string; enabled: boolean }>(sql`
    select a.account, a.enabled from identity.scim_user s join identity.account a using (account)
    where s.id = ${id}::uuid and s.source = ${source.id}::uuid and s.deleted_at is null`);
  if (!found) throw invalid('invalidValue', `user ${id} is not known`);
  return found;
}

async function assertAssignable(db: Db, source: Source, post: string): Promise<void> {
  if (!source.assigns) throw new ScimError(403, 'this source may not fill posts: a transfer order does');
  const { kind, reach, single } = await db.one<{ kind: Post; reach: string; single: boolean }>(
    sql`select kind, reach, single from identity.post where id = ${post}::uuid`,
  );
  if (single || reach === 'district' || BY_ORDER_ONLY.includes(kind))
    throw new ScimError(403, 'this post is filled by a reviewed transfer order only');
}
