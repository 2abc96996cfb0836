import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exposedBySums } from './exposed-by-sums.ts';
import { type Cell, type CellRule, sumsOfTable, TOTAL, withheldCells } from './small-cells.ts';

const persons: CellRule = { minimum: 10 };
const firms: CellRule = { minimum: 3, dominance: 0.75 };

/** A table with its totals: rows × columns, row totals, column totals, grand total. */
function table(counts: readonly (readonly number[])[]): Cell[] {
  const width = counts[0]?.length ?? 0;
  const cell = (row: string, column: string, count: number): Cell => ({ at: { row, column }, count });
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  return [
    ...counts.flatMap((list, row) => list.map((count, column) => cell(`${row}`, `${column}`, count))),
    ...counts.map((list, row) => cell(`${row}`, TOTAL, sum(list))),
    ...Array.from({ length: width }, (_, column) =>
      cell(TOTAL, `${column}`, sum(counts.map((list) => list[column] ?? 0))),
    ),
    cell(TOTAL, TOTAL, sum(counts.map(sum))),
  ];
}

const protect = (cells: readonly Cell[], rule: CellRule) =>
  withheldCells({ cells, sums: sumsOfTable(cells, ['row', 'column']), rule });

test('nine persons are withheld, ten are published', () => {
  expect(
    withheldCells({
      cells: [
        { at: {}, count: 9 },
        { at: {}, count: 10 },
      ],
      sums: [],
      rule: persons,
    }),
  ).toEqual([true, false]);
});

test('an empty cell is small, unless nobody can ever be in it', () => {
  const cells: Cell[] = [
    { at: {}, count: 0 },
    { at: {}, count: 0, structural: true },
  ];
  expect(withheldCells({ cells, sums: [], rule: persons })).toEqual([true, false]);
});

test('a firm with more than three quarters of a number is not published with it', () => {
  const cells: Cell[] = [
    { at: {}, count: 5, value: 1000, largest: 750 },
    { at: {}, count: 5, value: 1000, largest: 751 },
  ];
  expect(withheldCells({ cells, sums: [], rule: firms })).toEqual([false, true]);
});

test('a single withheld cell takes the smallest other cell of its row and column with it', () => {
  const cells = table([
    [5, 40, 200],
    [60, 70, 300],
    [90, 80, 400],
  ]);
  const hidden = protect(cells, persons);
  expect(hidden.slice(0, 9)).toEqual([true, true, false, true, true, false, false, false, false]);
  expect(hidden.slice(9)).toEqual(Array.from({ length: 7 }, () => false));
});

test('two small cells of one row that are too few together take a third', () => {
  const cells = table([[2, 3, 50, 60]]).filter(({ at }) => at.row === '0');
  expect(protect(cells, persons)).toEqual([true, true, true, false, false]);
});

test('a cell that follows only from several sums together is seen', () => {
  const sums = [
    { total: 4, parts: [0, 1] },
    { total: 5, parts: [1, 2] },
    { total: 6, parts: [0, 1, 2, 3] },
    { total: 7, parts: [0, 2] },
  ];
  expect(exposedBySums({ sums, hidden: [true, true, true, true, false, false, false, false] })).toBeDefined();
  expect(exposedBySums({ sums: sums.slice(0, 2), hidden: [true, true, true, false, false, false] })).toBeUndefined();
});

test('no withheld cell of any table can be worked out, not by trying every table that fits', () => {
  const counts = fc.array(fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 3,
  });
  fc.assert(
    fc.property(counts, (rows) => {
      const cells = table(rows);
      const hidden = protect(cells, persons);
      for (const [number, cell] of cells.entries()) if (!hidden[number]) expect(cell.count).toBeGreaterThanOrEqual(10);
      for (let number = 0; number < rows.length * 3; number += 1) {
        if (hidden[number])
          expect(canBeOther({ rows, hidden, target: number }), JSON.stringify({ rows, number })).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('larger tables: published cells are large, and no withheld one follows from sums', () => {
  const counts = fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 })).chain(([height, width]) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 900 })), {
        minLength: width,
        maxLength: width,
      }),
      {
        minLength: height,
        maxLength: height,
      },
    ),
  );
  fc.assert(
    fc.property(counts, (rows) => {
      const cells = table(rows);
      const sums = sumsOfTable(cells, ['row', 'column']);
      const hidden = withheldCells({ cells, sums, rule: persons });
      expect(exposedBySums({ sums, hidden })).toBeUndefined();
      for (const [number, cell] of cells.entries()) if (!hidden[number]) expect(cell.count).toBeGreaterThanOrEqual(10);
    }),
    { numRuns: 200 },
  );
});

/**
 * The attack, written apart from the protection: is there another table of whole numbers ≥ 0 that agrees with everything published
 * and has another number in this place? Withheld cells are tried one after another, the asked one first.
 */
function canBeOther({
  rows,
  hidden,
  target,
}: {
  rows: readonly (readonly number[])[];
  hidden: readonly boolean[];
  target: number;
}): boolean {
  const inner = rows.flat();
  const numbers = inner.map((_, number) => number);
  const unknown = [target, ...numbers.filter((number) => hidden[number] && number !== target)];
  const groups = [
    ...rows.map((_, row) => numbers.filter((n) => Math.floor(n / 3) === row)),
    ...[0, 1, 2].map((column) => numbers.filter((n) => n % 3 === column)),
    numbers,
  ].filter((_, group) => !hidden[inner.length + group]);
  const left = groups.map((cells) => cells.filter((n) => hidden[n]).reduce((sum, n) => sum + (inner[n] ?? 0), 0));
  const lastOf = groups.map((cells) => unknown.findLast((n) => cells.includes(n)));
  const fits = (index: number): boolean => {
    const cell = unknown[index];
    if (cell === undefined) return true;
    const mine = groups.flatMap((cells, group) => (cells.includes(cell) ? [group] : []));
    const most = Math.min(40, ...mine.map((group) => left[group] ?? 0));
    for (let value = 0; value <= most; value += 1) {
      if (index === 0 && value === inner[target]) continue;
      if (mine.some((group) => lastOf[group] === cell && left[group] !== value)) continue;
      for (const group of mine) left[group] = (left[group] ?? 0) - value;
      const found = fits(index + 1);
      for (const group of mine) left[group] = (left[group] ?? 0) + value;
      if (found) return true;
    }
    return false;
  };
  return fits(0);
}
