import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { HOLDS } from '../organisation/held.ts';
import { disableAccount, endAssignments } from '../organisation/end-work.ts';
import { POST_TITLES } from '../who-am-i.ts';
import type { Post } from '#platform/kernel/actor.ts';
import { USER } from './documents.ts';
import { invalid, ScimError } from './errors.ts';
import type { Column } from './filter.ts';
import { type Found, findOne, findPage, type OneSearch, type Search } from './search.ts';
import type { Source } from './source.ts';

type Json = Record<string, unknown>;
type UserRow = {
  id: string;
  account: string;
  name: string;
  enabled: boolean;
  disabled_why: string | null;
  external_id: string | null;
  version: number;
  created_at: Date;
  modified_at: Date;
  groups: { value: string; kind: Post; title: string; unit: string }[];
};

/** What a user may be found by. */
export const USER_COLUMNS: Record<string, Column> = {
  id: { sql: sql`s.id::text`, type: 'exact' },
  externalid: { sql: sql`s.external_id`, type: 'exact' },
  username: { sql: sql`a.account`, type: 'text' },
  displayname: { sql: sql`a.name`, type: 'text' },
  'name.formatted': { sql: sql`a.name`, type: 'text' },
  active: { sql: sql`a.enabled`, type: 'boolean' },
  'meta.created': { sql: sql`s.created_at`, type: 'time' },
  'meta.lastmodified': { sql: sql`s.modified_at`, type: 'time' },
};

const usersOf = (source: Source): Sql =>
  sql`identity.scim_user s join identity.account a using (account) where s.source = ${source.id}::uuid and s.deleted_at is null`;

export function findUsers(search: Search): Promise<Found> {
  return findPage<UserRow>({
    search,
    columns: sql`s.id, a.account, a.name, a.enabled, a.disabled_why, s.external_id, s.version, s.created_at, s.modified_at,
      (select coalesce(jsonb_agg(jsonb_build_object('value', p.id, 'kind', p.kind, 'title', p.title, 'unit', u.name) order by p.id), '[]'::jsonb)
        from identity.assignment g join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
        where g.account = a.account and ${HOLDS(search.now)}) as groups`,
    from: usersOf(search.source),
    id: sql`s.id`,
    document: userDocument,
  });
}

export function findUser(asked: OneSearch): Promise<Json> {
  return findOne({ asked, id: sql`s.id`, kind: 'user', find: findUsers });
}

function userDocument(row: UserRow, root: string): Json {
  return {
    schemas: [USER],
    id: row.id,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    userName: row.account,
    displayName: row.name,
    name: { formatted: row.name },
    active: row.enabled,
    groups: row.groups.map(({ value, kind, title, unit }) => ({
      value,
      $ref: `${root}/Groups/${value}`,
      display: `${unit} · ${title || POST_TITLES[kind].zh}`,
      type: 'direct',
    })),
    meta: {
      resourceType: 'User',
      created: row.created_at.toISOString(),
      lastModified: row.modified_at.toISOString(),
      location: `${root}/Users/${row.id}`,
      version: `W/"${row.version}"`,
    },
  };
}

type Wanted = { userName: string; name: string; active: boolean; externalId: string | null };

/** What a source says of a user; everything that is not kept here (phones, addresses, a password) is left out unread. */
function readUser(body: unknown): Wanted {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('invalidSyntax', 'an object is needed');
  const given = new Map(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value as unknown]));
  const schemas = given.get('schemas');
  if (!Array.isArray(schemas) || !schemas.includes(USER)) throw invalid('invalidSyntax', `schemas must hold ${USER}`);
  const userName = given.get('username');
  if (typeof userName !== 'string' || !/^[a-z][a-z0-9.-]{2,40}$/.test(userName))
    throw invalid('invalidValue', 'userName: 3 to 41 of a-z, 0-9, point and hyphen, beginning with a letter');
  const active = readActive(given.get('active') ?? true);
  const externalId = given.get('externalid') ?? null;
  if (externalId !== null && (typeof externalId !== 'string' || externalId.length > 200))
    throw invalid('invalidValue', 'externalId: text of at most 200 characters');
  return { userName, name: readName(given), active, externalId };
}

function readActive(value: unknown): boolean {
  // Some clients send words.
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  if (typeof value !== 'boolean') throw invalid('invalidValue', 'active: true or false');
  return value;
}

function readName(given: Map<string, unknown>): string {
  const { formatted, familyName, givenName } = (given.get('name') ?? {}) as Record<string, unknown>;
  const parts = [familyName, givenName].filter((part) => typeof part === 'string').join('');
  const name = [given.get('displayname'), formatted, parts].find(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  if (typeof name !== 'string' || name.length > 60)
    throw invalid('invalidValue', 'displayName or name.formatted of at most 60 characters is needed');
  return name.trim();
}

/** A joiner (入职): an account without a password, that the person opens; it has no rights before an assignment. */
export async function createUser(options: { db: Db; source: Source; body: unknown; now: Date }): Promise<string> {
  const { db, source, now } = options;
  const wanted = readUser(options.body);
  const taken = await db.first(sql`select 1 as found from identity.account where account = ${wanted.userName}
    union all select 1 from identity.scim_user where source = ${source.id}::uuid and external_id = ${wanted.externalId}::text limit 1`);
  if (taken) throw new ScimError(409, 'userName or externalId is taken', 'uniqueness');
  const id = uuidv7();
  await db.run(sql`insert into identity.account (account, name, enabled, disabled_why)
    values (${wanted.userName}, ${wanted.name}, ${wanted.active}::boolean, ${wanted.active ? null : 'scim'}::text)`);
  await db.run(sql`insert into identity.scim_user (id, account, source, external_id, created_at, modified_at)
    values (${id}::uuid, ${wanted.userName}, ${source.id}::uuid, ${wanted.externalId}::text, ${now}::timestamptz, ${now}::timestamptz)`);
  await db.emit({ type: 'identity.account.created', subject: wanted.userName });
  return id;
}

/** Brings a user to what the source says. A leaver (`active: false`) loses sessions and posts at once. */
export async function replaceUser(options: {
  db: Db;
  source: Source;
  before: Json;
  body: unknown;
  now: Date;
}): Promise<void> {
  const { db, source, before, now } = options;
  const wanted = readUser(options.body);
  const id = String(before.id);
  const account = String(before.userName);
  if (wanted.userName !== account) throw invalid('mutability', 'userName never changes');
  if (wanted.externalId !== null) {
    const taken = await db.first(sql`select 1 as found from identity.scim_user
      where source = ${source.id}::uuid and external_id = ${wanted.externalId} and id <> ${id}::uuid`);
    if (taken) throw new ScimError(409, 'externalId is taken', 'uniqueness');
  }
  if (wanted.active !== before.active) await setActive({ db, account, active: wanted.active, now });
  await db.run(sql`update identity.account set name = ${wanted.name} where account = ${account}`);
  await db.run(sql`update identity.scim_user set external_id = ${wanted.externalId}::text, version = version + 1, modified_at = ${now}::timestamptz
    where id = ${id}::uuid`);
}

async function setActive(options: { db: Db; account: string; active: boolean; now: Date }): Promise<void> {
  const { db, account, active, now } = options;
  if (active) {
    const opened = await db.run(sql`update identity.account set enabled = true, disabled_why = null
      where account = ${account} and disabled_why is distinct from 'administrator'`);
    if (opened === 0) throw new ScimError(409, 'an administrator has disabled this account');
    return;
  }
  await disableAccount({ db, account, now, why: 'scim' });
  await endAssignments({ db, account, now });
}

/** Takes a user away (RFC 7644 § 3.6): the account stays for the record, closed for good to this source. */
export async function deleteUser(options: { db: Db; before: Json; now: Date }): Promise<void> {
  const { db, before, now } = options;
  await setActive({ db, account: String(before.userName), active: false, now });
  await db.run(
    sql`update identity.scim_user set deleted_at = ${now}::timestamptz, external_id = null where id = ${String(before.id)}::uuid`,
  );
}
