import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Side of an entry, or on which an account grows (余额方向). */
export type Side = 'debit' | 'credit';

/** An account (会计科目) of the chart. */
export type Account = { code: string; title: Text; side: Side; guarded: boolean };

/** The chart of a regulation, as `accounts.json` holds it. */
export type Chart = { source: string; accounts: Account[] };

/** What is wrong with a chart, one sentence each. */
export function chartFaults(chart: unknown): string[] {
  const { source, accounts } = (chart ?? {}) as Partial<Chart>;
  if (typeof source !== 'string' || source.trim() === '') return ['the chart names no source'];
  if (!Array.isArray(accounts) || accounts.length === 0) return ['the chart has no accounts'];
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { code, title, side, guarded } of accounts as Partial<Account>[]) {
    const name = String(code);
    if (!/^[0-9]{4,12}$/.test(name)) faults.push(`${name}: a code has 4 to 12 digits`);
    if (seen.has(name)) faults.push(`${name}: stands twice`);
    seen.add(name);
    if (!title?.zh?.trim() || !title.en?.trim()) faults.push(`${name}: has no title in both languages`);
    if (side !== 'debit' && side !== 'credit') faults.push(`${name}: grows on neither side`);
    if (typeof guarded !== 'boolean') faults.push(`${name}: does not say whether it is guarded`);
  }
  return faults;
}

/** The chart that ships with the ledger. Throws, at the start, if it cannot be one. */
export function readChart(): Chart {
  const chart: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'accounts.json'), 'utf8'));
  const faults = chartFaults(chart);
  if (faults.length > 0) throw new Error(`platform/ledger/accounts.json: ${faults.join('; ')}`);
  return chart as Chart;
}

/** Adds what the database does not have yet. An account that means something else than before is refused: it needs a new code. */
export async function storeChart(db: Db, { source, accounts }: Chart): Promise<void> {
  for (const { code, title, side, guarded } of accounts)
    await db.run(sql`
      insert into ledger.account (code, title, side, guarded, source) values (${code}, ${json(title)}::text::jsonb, ${side}, ${guarded}::boolean, ${source})
      on conflict do nothing`);
  const stored = await db.rows<Pick<Account, 'code' | 'side' | 'guarded'>>(
    sql`select code, side, guarded from ledger.account where code = any (${accounts.map(({ code }) => code)}::text[])`,
  );
  for (const { code, side, guarded } of stored) {
    const said = accounts.find((each) => each.code === code);
    if (said && (said.side !== side || said.guarded !== guarded))
      throw new Error(`account ${code} has entries that meant something else; give the new meaning a new code`);
  }
}
