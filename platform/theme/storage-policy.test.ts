import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleTable } from '#platform/rulebook/rule-at.ts';
import { CLASSES, type DataClass, decideStorage } from './storage-policy.ts';

const entries = JSON.parse(readFileSync(new URL('rulebook.json', import.meta.url), 'utf8')) as {
  id: string;
  value: RuleTable;
}[];
const table = entries.find(({ id }) => id === 'theme.storage')?.value as RuleTable;
const MINUTELY = 365 * 24 * 60;
const decide = (kind: DataClass, volume: number, usedPerYear: number) => {
  const { line, structure, tier, moves, keep } = decideStorage(table, { class: kind, volume, usedPerYear });
  return { line, structure, tier, moves: moves && `${moves.after} ${moves.to}`, keep: [keep.least, keep.most] };
};
const none = [undefined, undefined];

describe('the storage policy', () => {
  it.each([
    ['transactional', 49_999_999, MINUTELY + 1, 1, 'row', 'hot', undefined, none],
    ['transactional', 50_000_000, MINUTELY + 1, 2, 'partitioned', 'hot', 'P13M warm', none],
    ['time-series', 10_000_001, 10, 3, 'series', 'hot', undefined, [undefined, 'P90D']],
    ['analytic', 0, 0, 4, 'columnar', 'warm', undefined, none],
    ['analytic', 1e12, 1e9, 4, 'columnar', 'warm', undefined, none],
    ['document', 10, 1, 5, 'object', 'warm', 'P180D cold', none],
    ['video', 1e13, 1, 6, 'outside', 'outside', undefined, ['P30D', 'P90D']],
    ['spatial', 99_999_999, 1, 7, 'spatial', 'hot', undefined, none],
    ['graph', 19_999_999, 1, 8, 'graph', 'hot', undefined, none],
    ['text', 5, 5, 9, 'full-text', 'hot', undefined, none],
    ['archive', 5, 0.99, 10, 'worm', 'cold', undefined, none],
  ] as const)('%s of %d used %d times a year: line %d', (kind, volume, used, line, structure, tier, moves, keep) => {
    expect(decide(kind, volume, used)).toEqual({ line, structure, tier, moves, keep });
  });

  it.each([
    ['transactional', 1000, MINUTELY],
    ['transactional', 50_000_000, MINUTELY],
    ['time-series', 10_000_000, MINUTELY],
    ['spatial', 100_000_000, 1],
    ['graph', 20_000_000, 1],
    ['archive', 5, 1],
  ] as const)('%s of %d used %d times a year stands beside the line: a person decides', (kind, volume, used) => {
    const decided = decideStorage(table, { class: kind, volume, usedPerYear: used });
    expect([decided.line, decided.structure, decided.tier]).toEqual([undefined, 'row', 'hot']);
    expect(decided.explanation.zh).toContain('由负责单位决定');
  });

  it('explains itself with what was measured and the line that fits', () => {
    const { explanation } = decideStorage(table, { class: 'time-series', volume: 12_000_000, usedPerYear: 9 });
    expect(explanation.zh).toContain('实测每日 12,000,000 条，每年使用 9 次。适用存储策略表第 3 行：');
    expect(explanation.en).toContain('measured 12,000,000 rows a day, used 9 times a year. Line 3 of the policy fits:');
  });

  it('has one answer for every set: at most one line fits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CLASSES),
        fc.nat({ max: 200_000_000 }),
        fc.double({ min: 0, max: 2e6, noNaN: true }),
        (kind, volume, usedPerYear) => {
          const facts = { class: kind, volume, usedPerYear };
          const fitting = table.rows.filter(
            (row) => decideStorage({ columns: table.columns, rows: [row] }, facts).line !== undefined,
          );
          expect(fitting.length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('has ten lines', () => expect(table.rows).toHaveLength(10));
});
