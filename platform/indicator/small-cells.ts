import { exposedBySums } from './exposed-by-sums.ts';

/** One number of a table that is to be published (统计单元). */
export type Cell = {
  /** Category by dimension; `TOTAL` where the cell sums over the dimension. */
  at: Readonly<Record<string, string>>;
  /** Persons or firms behind the number. */
  count: number;
  /** The published magnitude where it is not the count itself (fen, square metres); not negative. */
  value?: number;
  /** What the largest single firm contributes to `value`. */
  largest?: number;
  /** Nobody can ever be here (a pupil of 80 years): an empty cell that tells nothing. */
  structural?: boolean;
};

/** Cell numbers (positions in the list) of a total and of what it is the sum of. */
export type Sum = { total: number; parts: readonly number[] };

/** What the rulebook says (`statistics.small-cell.*`): fewest contributors, and the largest share of one of them. */
export type CellRule = { minimum: number; dominance?: number };

export const TOTAL = '*';

/**
 * Small-cell protection (小单元抑制): which cells of a table are withheld, in the order of the cells.
 * First those with too few contributors or one that dominates. Then others, until
 * - what a sum withholds together has itself enough contributors, and no one of them dominates it;
 * - no withheld cell follows from what is published, by any combination of sums.
 * The smallest fitting cell is taken first, so that large totals stay. A withheld cell never says for which of the reasons.
 */
export function withheldCells({
  cells,
  sums,
  rule,
}: {
  cells: readonly Cell[];
  sums: readonly Sum[];
  rule: CellRule;
}): boolean[] {
  const hidden = cells.map((cell) => isSmall(cell, rule));
  const members = sums.map((sum) => [sum.total, ...sum.parts]);
  for (;;) {
    const weak = members.filter((cellsOfSum) => isWeak({ cellsOfSum, cells, hidden, rule }));
    const opened = weak.length > 0 ? weak : openedThrough({ members, sums, hidden });
    const next = opened.map((of) => cheapest({ of, cells, hidden })).find((cell) => cell !== undefined);
    if (next === undefined) return hidden;
    hidden[next] = true;
  }
}

/** The sums of a table that states cells with `TOTAL` in any of its dimensions. */
export function sumsOfTable(cells: readonly Cell[], dimensions: readonly string[]): Sum[] {
  const totals = new Map<string, number>();
  const parts = new Map<string, number[]>();
  const without = (cell: Cell, dimension: string) =>
    JSON.stringify([dimension, dimensions.map((name) => (name === dimension ? TOTAL : cell.at[name]))]);
  cells.forEach((cell, number) => {
    for (const dimension of dimensions) {
      const key = without(cell, dimension);
      if (cell.at[dimension] === TOTAL) totals.set(key, number);
      else parts.set(key, [...(parts.get(key) ?? []), number]);
    }
  });
  return [...totals].flatMap(([key, total]) => {
    const of = parts.get(key);
    return of ? [{ total, parts: of }] : [];
  });
}

function isSmall(cell: Cell, rule: CellRule): boolean {
  if (cell.structural && cell.count === 0) return false;
  return cell.count < rule.minimum || dominated([cell], rule);
}

function dominated(cells: readonly Cell[], { dominance }: CellRule): boolean {
  if (dominance === undefined) return false;
  const value = cells.reduce((sum, cell) => sum + (cell.value ?? 0), 0);
  return value > 0 && Math.max(...cells.map((cell) => cell.largest ?? 0)) > dominance * value;
}

/** A sum withholds something, but too little: one cell only, or few contributors together. */
function isWeak({
  cellsOfSum,
  cells,
  hidden,
  rule,
}: {
  cellsOfSum: readonly number[];
  cells: readonly Cell[];
  hidden: readonly boolean[];
  rule: CellRule;
}): boolean {
  const [total, ...parts] = cellsOfSum;
  const held = parts.filter((cell) => hidden[cell]);
  if (total !== undefined && hidden[total]) return held.length === 0;
  if (held.length === 0) return false;
  const together = held.map((cell) => cells[cell]).filter((cell) => cell !== undefined);
  if (held.length === 1) return true;
  return together.reduce((sum, cell) => sum + cell.count, 0) < rule.minimum || dominated(together, rule);
}

/** The sums to look for another cell in, where a withheld one follows from several sums together: its own first. */
function openedThrough({
  members,
  sums,
  hidden,
}: {
  members: readonly (readonly number[])[];
  sums: readonly Sum[];
  hidden: readonly boolean[];
}): readonly (readonly number[])[] {
  const exposed = exposedBySums({ sums, hidden });
  if (exposed === undefined) return [];
  return [...members.filter((cells) => cells.includes(exposed)), ...members];
}

function cheapest({
  of,
  cells,
  hidden,
}: {
  of: readonly number[];
  cells: readonly Cell[];
  hidden: readonly boolean[];
}): number | undefined {
  const [total, ...parts] = of;
  const size = (number: number) => cells[number]?.value ?? cells[number]?.count ?? 0;
  const open = parts.filter((number) => !hidden[number] && !(cells[number]?.structural && cells[number]?.count === 0));
  const best = open.sort((a, b) => size(a) - size(b) || a - b)[0];
  return best ?? (total !== undefined && !hidden[total] ? total : undefined);
}
