import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import type { Count } from './count-table.ts';
import { AGES, emptyStock, type Stock } from './project.ts';

/** Residents by area (9 digits = street, 12 = committee), sex and age, as they were known at an instant. */
export function countsAt(db: Db, options: { digits: 9 | 12; at: Date }): Promise<Count[]> {
  return db.rows<Count>(
    sql`select code, sex, age, n from population.stock(${options.digits}::int, ${options.at}::timestamptz) order by code, sex, age`,
  );
}

/** Fewest persons of a number that is shown, by the rule of the day. */
export async function fewestShown(db: Db): Promise<number> {
  return (await amountAt(db, 'statistics.small-cell.persons')).amount;
}

/** The stock of each area, and of all together under the empty code. */
export function stocksOf(counts: readonly Count[]): Map<string, Stock> {
  const stocks = new Map<string, Stock>([['', emptyStock()]]);
  for (const { code, sex, age, n } of counts)
    for (const area of [code, '']) {
      const stock = stocks.get(area) ?? emptyStock();
      stocks.set(area, stock);
      const ages = sex === '1' ? stock.male : stock.female;
      const at = Math.min(AGES - 1, age);
      ages[at] = (ages[at] ?? 0) + n;
    }
  return stocks;
}
