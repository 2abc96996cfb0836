import type { RuleTable } from '#platform/rulebook/rule-at.ts';

/** What is known of a theme's rows and use; `rows` null = it copies nothing. */
export type StorageFacts = { copies: boolean; rows: number | null; readsPerDay: number };

/** The row of the decision table that fits (存储策略): where the rows stand, and why. */
export type Placement = { tier: string; reason: string };

/**
 * Decides where a theme's rows stand, by the table of the rulebook (`theme.storage`): copies · most rows · least reads a day · tier · why. The
 * first row that fits counts; an empty cell fits everything.
 */
export function placementOf(table: RuleTable, facts: StorageFacts): Placement | undefined {
  const at = (name: string) => table.columns.indexOf(name);
  const row = table.rows.find((cells) => {
    const copies = cells[at('copies')];
    const most = cells[at('most-rows')];
    const reads = cells[at('least-reads')];
    if (typeof copies === 'boolean' && copies !== facts.copies) return false;
    if (typeof most === 'number' && (facts.rows ?? 0) > most) return false;
    return typeof reads !== 'number' || facts.readsPerDay >= reads;
  });
  return row && { tier: String(row[at('tier')]), reason: String(row[at('reason')]) };
}
