import { COUNT, columnAt, isStatistic, type Table, type Value } from '../schema.ts';

export type Difference = { at: Record<string, Value>; change: number };

/**
 * What somebody learns who holds both versions (差分攻击): groups of the columns that both have, whose number of persons changed by so few
 * that the change points at them. Columns that only one version has are summed over, so that a new column hides nothing.
 */
export function compareVersions(options: {
  before: Table;
  after: Table;
  quasi: readonly string[];
  smallest: number;
}): Difference[] {
  const { before, after, quasi, smallest } = options;
  if (after.about === 'thing') return [];
  const shared = after.fields
    .map(({ name }) => name)
    .filter((name) => name !== COUNT && columnAt(before.fields, name) >= 0)
    .filter((name) => isStatistic(after) || quasi.includes(name));
  const was = tally(before, shared, after);
  const is = tally(after, shared, before);
  const found: Difference[] = [];
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [earlier, later] = [was.get(key) ?? 0, is.get(key) ?? 0];
    // A withheld number differs from nothing.
    if (earlier === null || later === null) continue;
    const change = later - earlier;
    if (change === 0 || Math.abs(change) >= smallest) continue;
    const values = JSON.parse(key) as Value[];
    found.push({ at: Object.fromEntries(shared.map((name, at) => [name, values[at] ?? null])), change });
  }
  return found;
}

function tally(table: Table, columns: readonly string[], other: Table): Map<string, number | null> {
  const at = columns.map((name) => columnAt(table.fields, name));
  const count = isStatistic(table) ? columnAt(table.fields, COUNT) : -1;
  // Dimensions that the other version lacks: their total row already holds the sum.
  const extra = isStatistic(table)
    ? table.fields
        .map(({ name }, place) => ({ name, place }))
        .filter(({ name }) => name !== COUNT && columnAt(other.fields, name) < 0)
    : [];
  const totals = extra.every(({ place }) => table.rows.some((row) => row[place] === TOTAL_ROW));
  const counts = new Map<string, number | null>();
  for (const row of table.rows) {
    if (totals ? extra.some(({ place }) => row[place] !== TOTAL_ROW) : false) continue;
    const key = JSON.stringify(at.map((place) => row[place]));
    const value = count < 0 ? 1 : (row[count] as number | null);
    const before = counts.get(key);
    counts.set(key, value === null || before === null ? null : (before ?? 0) + value);
  }
  return counts;
}

const TOTAL_ROW: Value = '合计';
