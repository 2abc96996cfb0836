import type { Table } from '../schema.ts';

/**
 * Which columns single people out (准标识符), found in the rows themselves: those that were declared, and any other whose values, alone
 * or with one that is chosen already, leave groups smaller than `k`. A declared list alone forgets the column that somebody adds next
 * year. Columns that were declared sensitive are looked at too: one with a value for nearly everybody names them.
 */
export function chooseQuasi({ table, k }: { table: Table; k: number }): { name: string; why: 'declared' | 'unique' }[] {
  const { fields, rows } = table;
  const chosen: { name: string; at: number; why: 'declared' | 'unique' }[] = [];
  fields.forEach(({ name, role }, at) => {
    if (role === 'quasi') chosen.push({ name, at, why: 'declared' });
  });
  const open = fields
    .map(({ name, role }, at) => ({ name, at, role, alone: smallShare(rows, [at], k) }))
    .filter(({ role, name }) => role !== 'quasi' && role !== 'identifier' && !chosen.some((c) => c.name === name))
    .sort((a, b) => b.alone - a.alone);
  for (const { name, at, role, alone } of open) {
    const limit = role === 'sensitive' ? MOSTLY : 0;
    const with_ = chosen.map((one) => smallShare(rows, [one.at, at], k) - smallShare(rows, [one.at], k));
    if (alone > limit || (role !== 'sensitive' && with_.some((more) => more > 0)))
      chosen.push({ name, at, why: 'unique' });
  }
  return chosen.map(({ name, why }) => ({ name, why }));
}

/** A sensitive column with so many rare values is as good as a name. */
const MOSTLY = 0.5;

/** Share of the rows that stand in a group smaller than `k` by these columns. */
function smallShare(rows: readonly (readonly unknown[])[], columns: readonly number[], k: number): number {
  if (rows.length === 0) return 0;
  let small = 0;
  for (const { length } of groupsBy(rows, columns).values()) if (length < k) small += length;
  return small / rows.length;
}

/** Numbers of the rows that look alike by these columns (等价组). */
export function groupsBy(rows: readonly (readonly unknown[])[], columns: readonly number[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  rows.forEach((row, number) => {
    const key = JSON.stringify(columns.map((at) => row[at]));
    const group = groups.get(key);
    if (group) group.push(number);
    else groups.set(key, [number]);
  });
  return groups;
}
