import type { Services } from '#platform/kernel/app.ts';
import { type Db, ident } from '#platform/kernel/db.ts';
import { GrantExpired, InvalidInput, PurposeNotAllowed } from '#platform/kernel/errors.ts';
import { columnOf, type FieldMark, isPersonal, levelOf, type Resource } from '#platform/kernel/resource.ts';
import { SecretError } from '#platform/kernel/secret.ts';
import { join, json, sql, type Sql } from '#platform/kernel/sql.ts';
import { Type, type Static } from 'typebox';
import { CursorRefused, NoAgreement } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Served } from './serve.ts';

/** What a caller may ask of an item: some of the granted fields, rows by exact values, a page. */
export const ItemQuery = Type.Object(
  {
    fields: Type.Optional(
      Type.Array(Type.String({ maxLength: 80 }), { minItems: 1, maxItems: 200, uniqueItems: true }),
    ),
    filter: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: Type.String({ maxLength: 80 }),
            in: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 100 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 8 },
      ),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1 })),
    cursor: Type.Optional(Type.String({ minLength: 20, maxLength: 1000 })),
  },
  { additionalProperties: false },
);
export type ItemQuery = Static<typeof ItemQuery>;

/** A grant of the calling unit (本单位的共享授权) as it stands in the transaction that reads by it. */
export type UnitGrant = {
  id: string;
  name: string;
  owner: string;
  state: string;
  fields: string[];
  purposes: string[];
};

/**
 * The grant by which a unit reads a resource from outside, with what its calls are counted under and how many its supplier allows; it
 * is read by the statement that takes the message, so that nothing is served by what it was before.
 */
export function unitGrant(unit: string, resource: string): Sql {
  return sql`select 'grant:' || g.id as counted, l.per_minute, l.per_day, to_jsonb(g) as found
    from (select) one left join catalog.unit_grant(${unit}, ${resource}) g on true left join gateway.grant_limit l on l.grant_id = g.id`;
}

type Plan = { resource: Resource; grant: UnitGrant; names: string[]; marks: FieldMark[] };

/** What of the grant is read: the fields asked for, and always the key and whom a row is about. Refuses what the grant does not hold. */
export function planOf(options: {
  services: Services;
  resource: string;
  grant: UnitGrant | undefined;
  query: ItemQuery;
  purpose: string;
}): Plan {
  const { services, grant, query, purpose } = options;
  const found = services.registry.resource(options.resource)?.resource;
  if (!found || !grant || grant.state === 'requested' || grant.state === 'refused') throw NoAgreement.with();
  if (grant.state === 'expired') throw GrantExpired.with();
  if (!grant.purposes.includes(purpose)) throw PurposeNotAllowed.with();
  const held = grant.fields.filter((name) => found.fields[name]);
  const personal = isPersonal(levelOf(held.map((name) => found.fields[name]?.level ?? 'L1')));
  const subjects = Object.keys(found.fields).filter((name) => found.fields[name]?.subject);
  // Without the key no page follows another; without whom a row is about nobody could be told who looked.
  const missing = [found.key, ...(personal ? subjects : [])].filter((name) => !held.includes(name));
  if (missing.length > 0) throw NoAgreement.with({ extra: { missing } });
  const faults = [
    ...(query.fields ?? []).map((name, at) => ({ name, pointer: `/fields/${at}` })),
    ...(query.filter ?? []).map(({ field }, at) => ({ name: field, pointer: `/filter/${at}/field` })),
  ].flatMap(({ name, pointer }) =>
    held.includes(name) && !(pointer.startsWith('/filter') && found.fields[name]?.subject === 'person')
      ? []
      : [{ pointer, rule: 'granted', message: { zh: `授权中没有“${name}”`, en: `“${name}” is not in the grant` } }],
  );
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
  const names = query.fields ? held.filter((name) => query.fields?.includes(name)) : held;
  const marks = [...new Set([...names, found.key, ...(personal ? subjects : [])])].map((field) => ({
    resource: found.id,
    field,
    level: found.fields[field]?.level ?? 'L1',
    subject: found.fields[field]?.subject,
  }));
  return { resource: found, grant, names, marks };
}

/** Keys as their own type, so that their index finds the rows. */
function keysOf(resource: Resource, keys: readonly string[]): Sql {
  const { type, format } = (resource.fields[resource.key]?.schema ?? {}) as { type?: string; format?: string };
  if (format === 'uuid') return sql`${keys}::text[]::uuid[]`;
  if (format === 'date') return sql`${keys}::text[]::date[]`;
  if (type === 'integer') return sql`${keys}::text[]::bigint[]`;
  return type === 'number' ? sql`${keys}::text[]::numeric[]` : sql`${keys}::text[]`;
}

/** Reads one page of a granted item (共享数据读取) under the rights of the calling system. */
export async function readItem(options: {
  db: Db;
  services: Services;
  plan: Plan;
  query: ItemQuery;
  limits: Limits;
}): Promise<Served> {
  const { db, services, plan, query, limits } = options;
  const { resource, grant, marks, names } = plan;
  const unit = db.actor.unit ?? '';
  const context = `gateway.cursor:${unit}:${resource.id}`;
  const columnFor = (name: string): string =>
    columnOf(name, resource.fields[name] ?? { schema: {}, title: { zh: '', en: '' }, level: 'L1' });
  const key = ident('t', columnFor(resource.key));
  const after = query.cursor === undefined ? undefined : openCursor(services, query.cursor, context);
  const size = Math.min(query.limit ?? limits.page, limits.page);
  const columns = marks.map(({ field }) => sql`${ident('t', columnFor(field))} as ${ident(field)}`);
  const { keys } = await db.one<{ keys: string[] }>(
    sql`select share.unit_page(${grant.id}::uuid, ${after ?? null}::text, ${size}::int, ${json(query.filter ?? [])}::text::jsonb, ${db.actor.reach === 'own'}::boolean) as keys`,
  );
  const rows = await db.rows<Record<string, unknown>>(sql`
    select ${join(columns, ', ')}, ${key}::text as "gateway key" from ${db.share(grant.name)} t where ${key} = any (${keysOf(resource, keys)}) order by ${key}`);
  // The page is what was numbered, also where less of it is shown: only then have all pages come.
  const last =
    rows.at(-1)?.['gateway key'] ??
    (
      await db.first<{ key: string }>(sql`
    select k::text as key from unnest(${keysOf(resource, keys)}) k order by k desc limit 1`)
    )?.key;
  const next = keys.length >= size && typeof last === 'string' ? services.keyring.seal(last, context) : null;
  const subjects = new Map<string, { kind: 'person' | 'entity'; id: string }>();
  for (const row of rows)
    for (const { field, subject } of marks) {
      const id = row[field];
      if (subject && typeof id === 'string') subjects.set(`${subject}:${id}`, { kind: subject, id });
    }
  const items = rows.map((row) =>
    Object.fromEntries(names.map((name) => [name, shown({ services, unit, resource, name, value: row[name] })])),
  );
  return {
    value: { item: resource.id, version: resource.version, rows: items, next },
    rows: rows.length,
    subjects: [...subjects.values()],
    fields: marks,
  };
}

function openCursor(services: Services, cursor: string, context: string): string {
  try {
    return services.keyring.open(cursor, context);
  } catch (error) {
    if (error instanceof SecretError) throw CursorRefused.with();
    throw error;
  }
}

/** A person's number inside the platform leaves it as another for each unit: two units cannot join their copies by it. */
function shown(options: {
  services: Services;
  unit: string;
  resource: Resource;
  name: string;
  value: unknown;
}): unknown {
  const { services, unit, resource, name, value } = options;
  if (value instanceof Date) return value.toISOString();
  if (resource.fields[name]?.subject !== 'person' || typeof value !== 'string') return value ?? null;
  return services.keyring.lookup(`gateway-subject:${unit}`, value);
}
