import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, round, singlePeriods } from './cumulative.ts';
import { firstDay, type Frequency, frequencyOf, lastDay, ordinal, periodAt, shift, yearBefore } from './period.ts';
import { meanAbsoluteRevision, revisionsOf, revisionTriangle } from './vintage.ts';

type Case = {
  no: number;
  what: string;
  freq: Frequency;
  decimals?: number;
  in: Record<string, number>;
  single: Record<string, number>;
  combined: Record<string, number>;
};
const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/cumulative-cases.json'), 'utf8')) as Case[];

describe('single months of cumulative series', () => {
  it('has 36 hand cases', () => expect(cases.map((c) => c.no)).toEqual(Array.from({ length: 36 }, (_, i) => i + 1)));
  it.each(cases)('case $no: $what', ({ freq, decimals = 1, in: given, single, combined }) => {
    const found = singlePeriods(new Map(Object.entries(given)), { freq, decimals });
    expect(Object.fromEntries(found.single)).toEqual(single);
    expect(Object.fromEntries(found.combined)).toEqual(combined);
  });
  it('adds up again: January–February and the months are the cumulative of the year', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9_999, max: 99_999 }), { minLength: 11, maxLength: 11 }), (flows) => {
        let sum = 0;
        const given = new Map(flows.map((f, i) => [periodAt('M', 2024 * 12 + 1 + i), round((sum += f) / 10, 1)]));
        const { single, combined } = singlePeriods(given, { freq: 'M', decimals: 1 });
        const total = [...single.values(), ...combined.values()].reduce((a, b) => a + b, 0);
        expect(total).toBeCloseTo(given.get('2024-12') ?? Number.NaN, 6);
      }),
    );
  });
  it('gives no growth over nothing or less', () => {
    expect([growth(3, 0), growth(3, -1), growth(undefined, 1), growth(110, 100)]).toEqual([
      undefined,
      undefined,
      undefined,
      10,
    ]);
  });
});

describe('periods', () => {
  it('are counted without gaps over years', () => {
    fc.assert(
      fc.property(fc.constantFrom('A', 'Q', 'M'), fc.integer({ min: 4000, max: 30_000 }), (freq, n) => {
        const text = periodAt(freq as Frequency, freq === 'A' ? 1900 + (n % 200) : n);
        expect(frequencyOf(text)).toBe(freq);
        expect(ordinal(shift(text, 1)) - ordinal(text)).toBe(1);
      }),
    );
    expect([yearBefore('2025-10'), yearBefore('2025-Q1'), yearBefore('2025')]).toEqual(['2024-10', '2024-Q1', '2024']);
    expect(frequencyOf('2025-13')).toBeUndefined();
    expect(() => ordinal('October')).toThrow(RangeError);
  });
  it('have a first and a last day, also those that only a query names', () => {
    const days = (p: string) => [firstDay(p), lastDay(p)];
    expect(days('2024-02')).toEqual(['2024-02-01', '2024-02-29']);
    expect(days('2024-Q4')).toEqual(['2024-10-01', '2024-12-31']);
    expect(days('2024-S1')).toEqual(['2024-01-01', '2024-06-30']);
    expect(days('2024-A1')).toEqual(['2024-01-01', '2024-12-31']);
    expect(days('2024-03-05')).toEqual(['2024-03-05', '2024-03-05']);
    expect(days('next year')).toEqual([undefined, undefined]);
  });
});

describe('vintages', () => {
  const values = [
    { period: '2025-08', at: '2025-09-18', value: 100 },
    { period: '2025-08', at: '2025-10-18', value: 103 },
    { period: '2025-09', at: '2025-10-18', value: 110 },
    { period: '2025-09', at: '2025-11-18', value: 109 },
    { period: '2025-10', at: '2025-11-18', value: 120 },
  ];
  it('make a triangle whose rows are the history of a period', () => {
    expect(revisionTriangle(values, 12)).toEqual({
      vintages: ['2025-09-18', '2025-10-18', '2025-11-18'],
      rows: [
        { period: '2025-08', values: [100, 103, 103] },
        { period: '2025-09', values: [null, 110, 109] },
        { period: '2025-10', values: [null, null, 120] },
      ],
    });
    expect(revisionTriangle(values, 1).rows.map((r) => r.period)).toEqual(['2025-10']);
  });
  it('have a mean absolute revision over what was published twice', () => {
    expect(meanAbsoluteRevision(values)).toBe(2);
    expect(meanAbsoluteRevision(values.slice(0, 1))).toBeUndefined();
    expect(revisionsOf(values)[1]).toEqual({ period: '2025-09', first: 110, last: 109, difference: -1, vintages: 2 });
  });
});
