import { type Cell, type CellRule, sumsOfTable, TOTAL, withheldCells } from '#platform/indicator/small-cells.ts';
import type { Stated } from './read-workbook.ts';

/**
 * K8 at ingest: figures with too few enterprises, or one that dominates, are not stored, and others with them so that totals do not
 * give them back; nor growth that would, with the amount of the year before. Only where the file says how many stand behind a figure.
 */
export function withheldFigures(stated: readonly Stated[], rule: CellRule): Set<Stated> {
  const tables = new Map<string, Stated[]>();
  for (const each of stated) {
    const key = [each.indicator, each.freq, each.area, each.period, each.accumulation].join(' ');
    tables.set(key, [...(tables.get(key) ?? []), each]);
  }
  const hidden = new Set<Stated>();
  for (const table of tables.values()) {
    if (table.every(({ count }) => count === undefined)) continue;
    const cells = table.map(
      (s): Cell => ({
        at: {
          industry: s.industry === '_T' ? TOTAL : s.industry,
          ownership: s.ownership === '_T' ? TOTAL : s.ownership,
        },
        // A total without a count stands for all: it is not small, and still gives back what is left out beside it.
        count: s.count ?? Number.POSITIVE_INFINITY,
        value: Math.abs(s.value ?? 0),
        largest: s.largest === undefined ? undefined : s.largest * Math.abs(s.value ?? 0),
      }),
    );
    const held = withheldCells({ cells, sums: sumsOfTable(cells, ['industry', 'ownership']), rule });
    table.forEach((figure, i) => {
      if (!held[i]) return;
      for (const other of stated) if (other === figure || isGrowthOf(other, figure)) hidden.add(other);
    });
  }
  return hidden;
}

const isGrowthOf = (other: Stated, figure: Stated): boolean =>
  other.indicator === `${figure.indicator}_G` &&
  other.industry === figure.industry &&
  other.ownership === figure.ownership &&
  other.area === figure.area &&
  other.period === figure.period;
