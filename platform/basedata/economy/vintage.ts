import { ordinal } from './period.ts';

/** One value of one vintage (版本): `at` is when it was published. */
export type VintageValue = { period: string; at: string; value: number };

export type RevisionRow = { period: string; values: (number | null)[] };
/** Revision triangle (修订三角): one row a period, one column a vintage; empty before the first and where nothing was said anew. */
export type Triangle = { vintages: string[]; rows: RevisionRow[] };

/** The triangle of the newest `periods` periods. A column repeats the value that was in force, so that a row reads as a history. */
export function revisionTriangle(values: readonly VintageValue[], periods: number): Triangle {
  const chosen = [...new Set(values.map((v) => v.period))].sort((a, b) => ordinal(b) - ordinal(a)).slice(0, periods);
  const kept = values.filter((v) => chosen.includes(v.period));
  const vintages = [...new Set(kept.map((v) => v.at))].sort();
  const rows = chosen.reverse().map((period): RevisionRow => {
    let last: number | null = null;
    return {
      period,
      values: vintages.map((at) => {
        const said = kept.find((v) => v.period === period && v.at === at);
        if (said) last = said.value;
        return last;
      }),
    };
  });
  return { vintages, rows };
}

/** Revisions of each period: first value published, newest value, difference, number of vintages. */
export function revisionsOf(
  values: readonly VintageValue[],
): { period: string; first: number; last: number; difference: number; vintages: number }[] {
  const by = new Map<string, VintageValue[]>();
  for (const value of values) by.set(value.period, [...(by.get(value.period) ?? []), value]);
  return [...by].map(([period, list]) => {
    const ordered = [...list].sort((a, b) => (a.at < b.at ? -1 : 1));
    const first = ordered[0]?.value ?? 0;
    const last = ordered.at(-1)?.value ?? 0;
    return { period, first, last, difference: last - first, vintages: ordered.length };
  });
}

/** Mean absolute revision (平均绝对修订) over periods that were published more than once; undefined where none was. */
export function meanAbsoluteRevision(values: readonly VintageValue[]): number | undefined {
  const revised = revisionsOf(values).filter((r) => r.vintages > 1);
  if (revised.length === 0) return undefined;
  return revised.reduce((sum, r) => sum + Math.abs(r.difference), 0) / revised.length;
}
