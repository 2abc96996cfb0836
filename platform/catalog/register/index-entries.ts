import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { putDocuments } from '#platform/search/put-documents.ts';
import type { Content } from './content.ts';

/** What the documents of the catalogue are called in the search. */
export const ITEMS = { app: 'catalog', kind: 'item' } as const;
/** Documents of register entries; ids of resources hold no colon. */
const PREFIX = 'entry:';
/** Items that are read and written at a time. */
const BATCH = 500;

export const documentOf = (entry: string): string => `${PREFIX}${entry}`;
export const entryOf = (document: string): string | undefined =>
  document.startsWith(PREFIX) ? document.slice(PREFIX.length) : undefined;

/** Makes published items findable and forgets those that were withdrawn. Returns the documents that stay. */
export async function indexEntries(db: Db, only?: readonly string[]): Promise<string[]> {
  const ids =
    only ??
    (await db.rows<{ id: string }>(sql`select id from catalog.entry where state = 'published'`)).map(({ id }) => id);
  const kept: string[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const rows = await db.rows<{ id: string; unit: string; code: string; content: Content; sample: boolean }>(sql`
      select id, unit, code, content, sample from catalog.entry where id = any(${ids.slice(from, from + BATCH)}::uuid[]) and state = 'published'`);
    await putDocuments(db, {
      ...ITEMS,
      documents: rows.map(({ id, unit, code, content, sample }) => ({
        id: documentOf(id),
        facets: {
          level: content.level,
          owner: unit,
          sharing: content.sharing,
          held: 'elsewhere',
          ...(sample && { badge: 'sample' }),
        },
        sort: `1 ${content.title.zh}`,
        texts: {
          title: [content.title.zh, content.title.en, code],
          parts: content.items.map(({ name }) => name),
          rest: [content.summary.zh, content.summary.en, content.system],
        },
      })),
    });
    kept.push(...rows.map(({ id }) => documentOf(id)));
  }
  if (only) {
    const gone = only.map(documentOf).filter((id) => !kept.includes(id));
    await db.run(
      sql`delete from search.document where app = ${ITEMS.app} and kind = ${ITEMS.kind} and id = any(${gone}::text[])`,
    );
  }
  return kept;
}
