import { Type, type Static } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { findDocuments } from '#platform/search/find-documents.ts';
import { ITEMS } from '../register/index-entries.ts';
import { TextSchema } from '../item-detail.ts';
import { elementOf, type FieldName, SAME, similarity } from './similar.ts';

/** A shared information item that answers what a form wants to ask (可共享的来源). */
export const SameFieldSchema = Type.Object({
  resource: Type.String(),
  resourceTitle: TextSchema,
  owner: Type.String(),
  field: Type.String(),
  title: TextSchema,
  /** 0.75 … 1, by which it was found; people decide whether it is the same. */
  likeness: Type.Number(),
});
export type SameField = Static<typeof SameFieldSchema>;

type Row = Omit<SameField, 'likeness'> & { element: string | null };

/** Items that the search offers for comparison; a name has few neighbours. */
const OFFERED = 40;
const SHOWN = 5;

/**
 * Shared fields that ask for the same as a field of a form, the likeliest first. Compared are the fields of items that the search finds by
 * the name or by what else the data element is called, and fields that follow the same standard.
 */
export async function findSame(db: Db, asked: FieldName): Promise<SameField[]> {
  const names = [asked.title, ...(elementOf(asked.title)?.aliases.slice(0, 3) ?? [])];
  const ids = new Set<string>();
  for (const q of names)
    for (const id of (
      await findDocuments(db, { kind: ITEMS.kind, q, chosen: { held: 'here' }, page: 1, pageSize: OFFERED })
    ).ids)
      ids.add(id);
  const standard = asked.element ?? elementOf(asked.title)?.standard ?? null;
  const rows = await db.rows<Row>(sql`
    select f.resource, r.title as "resourceTitle", r.owner, f.name as field, f.title, f.element
    from catalog.field f join catalog.resource r on r.id = f.resource
    where r.sharing <> 'none' and f.subject is null and (r.id = any(${[...ids]}::text[]) or f.element = ${standard}::text)`);
  return rows
    .map(({ element, ...row }) => ({ ...row, likeness: likeness(asked, { element, ...row }) }))
    .filter((row) => row.likeness >= SAME)
    .sort((a, b) => b.likeness - a.likeness || (a.resource < b.resource ? -1 : 1))
    .slice(0, SHOWN);
}

function likeness(asked: FieldName, row: { title: Text; element: string | null; resourceTitle: Text }): number {
  const found = similarity(asked, { title: row.title.zh, element: row.element, of: row.resourceTitle.zh });
  return Math.round(found * 100) / 100;
}
