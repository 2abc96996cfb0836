import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { titleOf } from './grant-record.ts';
import { usesElsewhere, UseSchema, usesOf } from './register/item-uses.ts';
import { type ItemDetail, itemDetail, ItemDetailSchema, TextSchema } from './item-detail.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);

type ItemRow = {
  id: string;
  class: string | null;
  code: string | null;
  version: number;
  module: string;
  title: Text;
  summary: Text;
  owner: string;
  sharing: string;
  opening: string;
  level: string;
  updates: string;
  retention: Text;
  key: string;
  scope: { by: string; field: string } | null;
  geometry: string | null;
  badge: string | null;
  published_at: Date;
  revised_at: Date;
};
type FieldRow = {
  name: string;
  title: Text;
  level: string;
  element: string | null;
  subject: string | null;
  type: Record<string, unknown>;
};
type TakerRow = {
  taker: string;
  name: string;
  state: string;
  fields: string[];
  purposes: string[];
  since: Date | null;
  validUntil: Date | null;
};

/** A field's type in one word for people who read the catalogue, from its JSON Schema. */
export function typeName(schema: Record<string, unknown>): string {
  const branches = (schema.anyOf ?? schema.oneOf) as Record<string, unknown>[] | undefined;
  if (branches) {
    const names = new Set(branches.filter((b) => b.type !== 'null').map(typeName));
    return [...names].join(' | ') || 'null';
  }
  if (schema.const !== undefined || schema.enum !== undefined) return 'code';
  if (typeof schema.format === 'string') return schema.format;
  if (Array.isArray(schema.type)) return schema.type.filter((t) => t !== 'null').join(' | ');
  return typeof schema.type === 'string' ? schema.type : 'any';
}

/** One item of the catalogue: fields with level, element and owner, who takes it, where its rows come from. */
export const getItem = route({
  method: 'GET',
  path: '/api/catalog/items/:id',
  summary: { zh: '信息资源详情', en: 'One catalogue item' },
  allow: 'public',
  params: Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]*\\.[a-z0-9.-]+$', maxLength: 120 }) }),
  reply: Type.Object({
    id: Type.String(),
    /** Class and code in the register (信息资源代码). */
    class: MaybeText,
    code: MaybeText,
    version: Type.Integer(),
    module: Type.String(),
    moduleTitle: TextSchema,
    title: TextSchema,
    summary: TextSchema,
    owner: Type.String(),
    sharing: Type.String(),
    opening: Type.String(),
    level: Type.String(),
    updates: Type.String(),
    retention: TextSchema,
    key: Type.String(),
    scope: Type.Union([Type.Object({ by: Type.String(), field: Type.String() }), Type.Null()]),
    geometry: MaybeText,
    badge: MaybeText,
    publishedAt: Type.String(),
    revisedAt: Type.String(),
    fields: Type.Array(
      Type.Object({
        name: Type.String(),
        title: TextSchema,
        level: Type.String(),
        element: MaybeText,
        subject: MaybeText,
        type: Type.String(),
      }),
    ),
    takers: Type.Array(
      Type.Object({
        taker: Type.String(),
        title: TextSchema,
        name: Type.String(),
        state: Type.String(),
        fields: Type.Array(Type.String()),
        purposes: Type.Array(Type.String()),
        since: MaybeText,
        validUntil: MaybeText,
      }),
    ),
    /** All that depends on the item (应用登记): who takes it, what is derived from it, which forms count it. */
    uses: Type.Array(UseSchema),
    detail: Type.Union([ItemDetailSchema, Type.Null()]),
  }),
  examples: { own: { as: 'anonymous', params: { id: 'population.resident' } } },
  // Before the transaction: the provider reads its own tables under its own role, and an embedded database has one session.
  prepare: async ({ params, actor, services }) => {
    const found = services.registry.resource(params.id);
    const details: ItemDetail[] = [];
    const uses = await usesElsewhere(services, params.id);
    if (!found) return { details, uses };
    for (const { value } of services.registry.provided(itemDetail)) {
      const detail = await value.describe({ services, actor, resource: params.id, module: found.module.id });
      if (detail) details.push(detail);
    }
    return { details, uses };
  },
  handler: async ({ db, services, params, prepared }) => {
    const item = await db.first<ItemRow>(sql`
      select id, class, code, version, module, title, summary, owner, sharing, opening, level, updates, retention, key, scope, geometry, badge, published_at, revised_at
      from catalog.resource where id = ${params.id}`);
    if (!item) throw NotFound.with();
    const fields = await db.rows<FieldRow>(
      sql`select name, title, level, element, subject, type from catalog.field where resource = ${params.id} order by ord`,
    );
    const takers = await db.rows<TakerRow>(sql`
      select taker, name, case when state = 'approved' and valid_until <= kernel.now() then 'expired' else state end as state,
        case when state = 'approved' then fields else wanted end as fields, purposes, coalesce(decided_at, requested_at) as since, valid_until as "validUntil"
      from catalog.grant where resource = ${params.id} order by (state = 'approved') desc, taker, name`);
    const { published_at, revised_at, ...rest } = item;
    return {
      ...rest,
      moduleTitle: titleOf(services, item.module),
      publishedAt: published_at.toISOString(),
      revisedAt: revised_at.toISOString(),
      fields: fields.map((f) => ({ ...f, type: typeName(f.type) })),
      takers: takers.map((t) => ({
        ...t,
        title: titleOf(services, t.taker),
        since: t.since?.toISOString() ?? null,
        validUntil: t.validUntil?.toISOString() ?? null,
      })),
      uses: await usesOf(db, { services, resource: params.id, others: prepared.uses }),
      detail: prepared.details[0] ?? null,
    };
  },
});
