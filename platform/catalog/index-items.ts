import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { keepOnly, putDocuments } from '#platform/search/put-documents.ts';
import { indexEntries, ITEMS } from './register/index-entries.ts';

/** Items that are read and written at a time. */
const BATCH = 500;

type Row = {
  id: string;
  code: string | null;
  title: Text;
  summary: Text;
  facets: Record<string, string>;
  fields: { name: string; title: Text; element: string | null }[] | null;
};

/** Makes every item of the catalogue findable by its name, fields, data elements and summary; what is unchanged is left. */
export async function indexItems(db: Db): Promise<void> {
  const ids = (await db.rows<{ id: string }>(sql`select id from catalog.resource order by id`)).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += BATCH) {
    const rows = await db.rows<Row>(sql`
      select r.id, r.code, r.title, r.summary, jsonb_strip_nulls(jsonb_build_object('level', r.level, 'owner', r.owner, 'sharing', r.sharing, 'badge', r.badge)) as facets,
        (select jsonb_agg(jsonb_build_object('name', f.name, 'title', f.title, 'element', f.element) order by f.ord) from catalog.field f where f.resource = r.id) as fields
      from catalog.resource r where r.id = any(${ids.slice(from, from + BATCH)})`);
    await putDocuments(db, {
      ...ITEMS,
      documents: rows.map(({ id, code, title, summary, facets, fields }) => ({
        id,
        facets: { ...facets, held: 'here' },
        // What can be had here stands before what is only known of.
        sort: `0 ${title.zh}`,
        texts: {
          title: [title.zh, title.en, id, code ?? ''],
          parts: (fields ?? []).flatMap((f) => [f.title.zh, f.title.en, f.name, f.element ?? '']),
          rest: [summary.zh, summary.en],
        },
      })),
    });
  }
  await keepOnly(db, { ...ITEMS, keep: [...ids, ...(await indexEntries(db))] });
}
