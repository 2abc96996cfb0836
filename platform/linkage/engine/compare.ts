import type { PairLevels } from '../model/rules.ts';
import { pairMemo } from './pair-memo.ts';
import type { Table } from './table.ts';

/** Compares two records of a table; the levels stand in `levels` until the next call. */
export type Comparer = { readonly levels: PairLevels; compare(a: number, b: number): void };

export function comparer(table: Table): Comparer {
  const levels = new Int8Array(table.columns.length);
  const columns = table.columns.map(({ attribute, ids, values }) => ({
    ids,
    memo: pairMemo((a, b) => attribute.compare(values[a], values[b])),
  }));
  return {
    levels,
    compare(a, b) {
      for (let k = 0; k < columns.length; k += 1) {
        const { ids, memo } = columns[k] as (typeof columns)[number];
        const x = ids[a] as number;
        const y = ids[b] as number;
        levels[k] = x < 0 || y < 0 ? -1 : x === y ? 0 : memo.level(x, y);
      }
    },
  };
}
