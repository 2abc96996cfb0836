import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../read/types.ts';
import { driftOf, learnColumns } from './drift.ts';
import { freshnessOf, healthOf } from './health.ts';

const record = (values: Record<string, string | null>, row = 1): SourceRecord => ({ row, values });
const table = fc
  .uniqueArray(fc.constantFrom('甲', '乙', '丙', '丁', 'a', 'b'), { minLength: 1, maxLength: 6 })
  .chain((columns) =>
    fc
      .array(
        fc.record(
          Object.fromEntries(
            columns.map((c) => [c, fc.option(fc.constantFrom('1', '22', '2026-01-02', 'x'), { nil: null })]),
          ),
        ),
        { minLength: 20, maxLength: 60 },
      )
      .map((rows) => rows.map((values, at) => record(values as Record<string, string | null>, at + 1))),
  );

describe('the shape of a source', () => {
  it('has not drifted where the same rows come again', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(driftOf(learnColumns({}, rows), rows)).toEqual({ added: [], removed: [], retyped: [] });
      }),
    );
  });

  it('has lost exactly the columns that are in no row any more, if they always were there', () => {
    fc.assert(
      fc.property(table, fc.nat(), (rows, pick) => {
        const columns = Object.keys(rows[0]?.values ?? {});
        const gone = columns[pick % columns.length] ?? '';
        const without = rows.map(({ row, values }) =>
          record(
            Object.fromEntries(Object.entries(values).filter(([c]) => c !== gone)) as Record<string, string | null>,
            row,
          ),
        );
        expect(driftOf(learnColumns({}, rows), without).removed).toEqual([gone]);
        expect(driftOf(learnColumns({}, without), rows).added).toEqual([gone]);
      }),
    );
  });

  it('is not judged by a message that holds none of its columns, nor by columns that were seen a few times only', () => {
    const rows = Array.from({ length: 30 }, (_, n) => record({ 号: `K${n}`, 名: '甲' }, n + 1));
    const known = learnColumns({}, rows);
    const garbage = [record({ message: 'no json' })];
    expect(driftOf(known, garbage).removed).toEqual([]);
    expect(driftOf(known, [...rows, ...garbage]).removed).toEqual([]);
    expect(learnColumns(known, garbage)).toEqual(known);
    // So many of them are no chance.
    expect(
      driftOf(
        known,
        rows.map(({ row }) => record({ 別名: 'x' }, row)),
      ).removed,
    ).toEqual(['号', '名']);
    expect(driftOf(learnColumns({}, rows.slice(0, 5)), [record({ 号: 'K1' })]).removed).toEqual([]);
  });

  it('does not miss a column that came later', () => {
    const rows = Array.from({ length: 30 }, (_, n) => record({ 号: `K${n}` }, n + 1));
    const later = learnColumns(
      learnColumns({}, rows),
      rows.map(({ row, values }) => record({ ...values, 注: 'x' } as Record<string, string>, row)),
    );
    expect(later.注?.always).toBe(false);
    expect(driftOf(later, rows).removed).toEqual([]);
  });

  it('is retyped only if no value is of the former kind', () => {
    const numbers = Array.from({ length: 30 }, (_, n) => record({ 数: String(n) }, n + 1));
    const known = learnColumns({}, numbers);
    expect(driftOf(known, [record({ 数: '约三十' })]).retyped).toEqual([{ column: '数', was: 'number', is: 'text' }]);
    expect(driftOf(known, [record({ 数: '约三十' }), record({ 数: '31' })]).retyped).toEqual([]);
    expect(driftOf(known, [record({ 数: null })]).retyped).toEqual([]);
  });
});

describe('freshness and health', () => {
  const limits = { green: 1.1, amber: 2 };
  it.each([
    [undefined, 'none'],
    [0, 'green'],
    [110, 'green'],
    [111, 'amber'],
    [200, 'amber'],
    [201, 'red'],
  ])('an age of %s with a cycle of 100 is %s', (age, expected) => {
    expect(freshnessOf({ age, cycle: 100, limits })).toBe(expected);
  });

  it('puts what needs a person before everything else', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.nat(3),
        fc.constantFrom('green', 'amber', 'red', 'none'),
        (gap, failures, freshness) => {
          expect(healthOf({ state: 'stopped', held: 1, gap, failures, freshness: freshness as 'green' })).toBe(
            'decide',
          );
          expect(healthOf({ state: 'stopped', held: 0, gap, failures, freshness: freshness as 'green' })).toBe(
            'stopped',
          );
        },
      ),
    );
  });
});
