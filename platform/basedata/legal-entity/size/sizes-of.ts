import type { Golden } from '#platform/basedata/shared/survivorship.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt, type RuleTable } from '#platform/rulebook/rule-at.ts';
import { classify, type SizeRow, sizeRows } from './classify.ts';

/** Bands in which the tax authority tells revenue and assets, by code: the lower end in 万元. */
export function lowerEnds({ columns, rows }: RuleTable): Map<string, number> {
  return new Map(rows.map((row) => [String(row[columns.indexOf('code')]), Number(row[columns.indexOf('from')])]));
}

async function measures(db: Db): Promise<{ rows: SizeRow[]; bands: Map<string, number> }> {
  const [sizes, bands] = [await ruleAt(db, 'legal-entity.size.class'), await ruleAt(db, 'legal-entity.size.band')];
  return { rows: sizeRows(sizes.value as RuleTable), bands: lowerEnds(bands.value as RuleTable) };
}

/** Size class of each enterprise: large, medium, small, micro, unknown, or none where the measure has no class for its industry. */
export async function sizesOf(db: Db, all: readonly { uscc: string; golden: Golden }[]): Promise<Map<string, string>> {
  if (all.length === 0) return new Map();
  const { rows, bands } = await measures(db);
  const told = await db.rows<{ uscc: string; revenueBand: string | null; assetsBand: string | null }>(sql`
    select uscc, revenue_band as "revenueBand", assets_band as "assetsBand" from legal_entity.tax_bands(${all.map(({ uscc }) => uscc)}::text[])`);
  const byCode = new Map(told.map((row) => [row.uscc, row]));
  return new Map(
    all.map(({ uscc, golden }) => {
      const { revenueBand, assetsBand } = byCode.get(uscc) ?? {};
      const staff = golden.staff?.value;
      const result = classify(rows, {
        industryCode: golden.industryCode?.value,
        staff: staff === undefined ? undefined : Number(staff),
        // Bands begin at every bound of the measure, so that their lower end decides as the amount would.
        revenue: bands.get(revenueBand ?? ''),
        assets: bands.get(assetsBand ?? ''),
      });
      return [uscc, result.size];
    }),
  );
}
