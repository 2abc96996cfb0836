import type { Claim } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Statement } from '../shared/survivorship.ts';

type ClaimRow = Claim & { code: string };

/** All that was ever claimed of these buildings, by code. */
export async function statementsOf(db: Db, codes: readonly string[]): Promise<Map<string, Statement[]>> {
  const rows = await db.rows<ClaimRow>(sql`
    select b.code, c.id, c.dataset, c.unit, c.batch, c.row_no as row, c.source_key as "sourceKey", c.received_at as "receivedAt", c.payload
    from space.building_claim b join exchange.claim c on c.id = b.claim_id where b.code = any (${[...codes]}::text[]) order by c.id`);
  const byCode = new Map<string, Statement[]>();
  for (const row of rows) {
    const values = Object.fromEntries(
      Object.entries(row.payload).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
      ),
    );
    const statement: Statement = {
      claim: row.id,
      dataset: row.dataset,
      unit: row.unit,
      batch: row.batch,
      row: row.row,
      sourceKey: row.sourceKey,
      receivedAt: row.receivedAt.toISOString(),
      values,
    };
    byCode.set(row.code, [...(byCode.get(row.code) ?? []), statement]);
  }
  return byCode;
}
