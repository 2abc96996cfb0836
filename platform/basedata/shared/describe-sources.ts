import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Source } from './survivorship.ts';

export type DescribedSource = {
  claim: number;
  dataset: string;
  datasetTitle: Text;
  unit: string;
  receivedAt: string;
  from?: string;
  batch?: string;
  row?: number;
  badge?: string;
};

/** Adds title, batch and row to sources, for people to read and follow. */
export async function describeSources(
  db: Db,
  sources: readonly Source[],
): Promise<(source: Source) => DescribedSource> {
  const claims = [...new Set(sources.map((s) => s.c))];
  const rows = await db.rows<{ id: number; batch: string; row: number; title: Text; badge: string }>(sql`
    select c.id, c.batch, c.row_no as row, d.title, d.badge from exchange.claim c join exchange.dataset d on d.id = c.dataset where c.id = any(${claims}::bigint[])`);
  const found = new Map(rows.map((r) => [r.id, r]));
  return (source) => {
    const row = found.get(source.c);
    return {
      claim: source.c,
      dataset: source.d,
      datasetTitle: row?.title ?? { zh: source.d, en: source.d },
      unit: source.u,
      receivedAt: source.at,
      ...(source.from === undefined ? {} : { from: source.from }),
      ...(row ? { batch: row.batch, row: row.row, badge: row.badge } : {}),
    };
  };
}
