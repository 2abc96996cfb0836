import { type Static, Type } from 'typebox';
import { port, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { titleOf } from '../grant-record.ts';
import { TextSchema } from '../item-detail.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** One thing that depends on an item (数据应用): an application, a feed, a theme table, a report form, a line of a list. */
export const UseSchema = Type.Object({
  kind: Type.Union([
    Type.Literal('taker'),
    Type.Literal('feed'),
    Type.Literal('theme'),
    Type.Literal('report'),
    Type.Literal('list'),
  ]),
  id: Type.String(),
  title: TextSchema,
  /** Unit behind it, where one is. */
  unit: MaybeText,
  state: Type.String(),
  /** How many of the item's fields it uses, where that is known. */
  fields: Type.Union([Type.Integer(), Type.Null()]),
});
export type ItemUse = Static<typeof UseSchema>;

/**
 * Says what else depends on a resource: feeds, theme tables, analyses of modules above the catalogue. It opens a transaction of its
 * own, under its own role. Every use registers its application here.
 */
export type ItemUses = { of(options: { services: Services; resource: string }): Promise<ItemUse[]> };
export const itemUses = port<ItemUses>('catalog.itemUses');

export async function usesElsewhere(services: Services, resource: string): Promise<ItemUse[]> {
  const uses: ItemUse[] = [];
  for (const { value } of services.registry.provided(itemUses)) uses.push(...(await value.of({ services, resource })));
  return uses;
}

/** The module whose takes are each a thematic database (专题库). */
const THEMES = 'theme';

/** All that depends on a resource in one list: takers by grant, then what other modules told, report forms and lists. */
export async function usesOf(
  db: Db,
  options: { services: Services; resource: string; others: readonly ItemUse[] },
): Promise<ItemUse[]> {
  const { services, resource, others } = options;
  const takers = await db.rows<{ id: string; taker: string; unit: string | null; state: string; fields: number }>(sql`
    select g.taker || '.' || g.name as id, g.taker, g.requested_unit as unit, case when g.state = 'approved' and g.valid_until <= kernel.now() then 'expired' else g.state end as state,
      case when g.state = 'approved' then cardinality(g.fields) else cardinality(g.wanted) end as fields
    from catalog.grant g where g.resource = ${resource} and g.state in ('approved', 'requested') order by 1`);
  const forms = await db.rows<{ id: string; title: Text; unit: string; cells: number }>(sql`
    select f.id, f.title, f.unit, count(*)::int as cells from catalog.report_cell c join catalog.report_form f on f.id = c.form
    where c.mapping->>'resource' = ${resource} group by f.id order by f.no`);
  const lines = await db.rows<{ id: string; title: Text; unit: string; list: string }>(sql`
    select id, title, made_unit as unit, list from catalog.list_entry where resource = ${resource} and state in ('in-force', 'catalogued') order by made_at`);
  return [
    ...takers.map(({ taker, ...use }) => ({
      ...use,
      kind: taker === THEMES ? ('theme' as const) : ('taker' as const),
      title: titleOf(services, taker),
    })),
    ...others,
    ...forms.map(({ cells, ...form }) => ({ ...form, kind: 'report' as const, state: `${cells}`, fields: null })),
    ...lines.map(({ list, ...line }) => ({ ...line, kind: 'list' as const, state: list, fields: null })),
  ];
}
