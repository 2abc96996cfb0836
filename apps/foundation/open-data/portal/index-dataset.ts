import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { keepOnly, putDocuments } from '#platform/search/put-documents.ts';
import { type Field, THEMES } from '../schema.ts';

export const DATASETS = { app: 'open-data', kind: 'dataset' } as const;

/** Makes sets findable by title, columns, theme and summary, in the transaction that publishes them. */
export async function indexDataset(db: Db, ...ids: string[]): Promise<void> {
  const rows = await db.rows<{
    id: string;
    title: Text;
    summary: Text;
    theme: string;
    owner: string;
    licence: string;
    opening: string;
    fields: Field[];
  }>(sql`
    select d.id, d.title, d.summary, d.theme, d.owner, d.licence, d.opening, v.fields from open_data.dataset d join open_data.version v on v.id = d.current
    where d.id = any(${ids}) and d.state = 'open'`);
  await putDocuments(db, {
    ...DATASETS,
    documents: rows.map(({ id, title, summary, theme, owner, licence, opening, fields }) => ({
      id,
      facets: { theme, owner, licence, opening },
      // Without words the themes stand in their order: what is of this place before what is for reference.
      sort: `${Object.keys(THEMES).indexOf(theme)} ${title.zh}`,
      texts: {
        title: [title.zh, title.en, id],
        parts: [
          ...fields.flatMap((field) => [field.title.zh, field.title.en, field.name]),
          THEMES[theme]?.zh ?? '',
          THEMES[theme]?.en ?? '',
        ],
        rest: [summary.zh, summary.en],
      },
    })),
  });
}

/** Forgets the sets that are not open any more. */
export async function unindexDataset(db: Db): Promise<void> {
  const open = await db.rows<{ id: string }>(sql`select id from open_data.dataset where state = 'open'`);
  await keepOnly(db, { ...DATASETS, keep: open.map(({ id }) => id) });
}
