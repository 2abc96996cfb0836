import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gradeOf, GRADES, quarterBefore, quarterOf, scoreOf, timePart, usualTimes } from './score-rules.ts';

it('draws three cases to the mean of the district: within five points of it', () => {
  const scored = scoreOf({ k: 20, parts: [{ part: 'time', weight: 0.3, n: 3, own: 55, all: 92 }] });
  expect(scored?.value).toBeCloseTo((3 * 55 + 20 * 92) / 23, 1);
  expect(Math.abs((scored?.value ?? 0) - 92)).toBeLessThanOrEqual(5);
});

it('lies between the own mean and that of all, nearer to the own the more cases there are', () => {
  const mark = fc.float({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(mark, mark, fc.integer({ min: 1, max: 5_000 }), (own, all, n) => {
      const value = (cases: number) =>
        scoreOf({ k: 20, parts: [{ part: 'time', weight: 1, n: cases, own, all }] })?.value ?? Number.NaN;
      expect(value(n)).toBeGreaterThanOrEqual(Math.min(own, all) - 0.01);
      expect(value(n)).toBeLessThanOrEqual(Math.max(own, all) + 0.01);
      expect(Math.abs(value(n + 50) - own)).toBeLessThanOrEqual(Math.abs(value(n) - own) + 0.02);
    }),
  );
});

it('gives the weight of a part without data to the others, and none where there are none', () => {
  const scored = scoreOf({
    k: 20,
    parts: [
      { part: 'time', weight: 0.3, n: 100, own: 80, all: 80 },
      { part: 'ratings', weight: 0.2, n: 0, own: null, all: null },
      { part: 'tasks', weight: 0.1, n: 100, own: 40, all: 40 },
    ],
  });
  expect(scored?.value).toBe(70);
  expect(scored?.parts.map(({ share }) => Math.round(share * 100))).toEqual([75, 0, 25]);
  expect(scoreOf({ k: 20, parts: [{ part: 'time', weight: 1, n: 0, own: null, all: null }] })).toBeNull();
});

it('is fair to who has the hard cases: the item’s usual time is what is expected', () => {
  const rows = [
    ...Array.from({ length: 10 }, () => ({ item: 'hard', actual: 20, unit: 'a' })),
    ...Array.from({ length: 10 }, () => ({ item: 'easy', actual: 1, unit: 'b' })),
    { item: 'easy', actual: 6, unit: 'c' },
  ];
  const usual = usualTimes(rows);
  const of = (unit: string) =>
    timePart(rows.filter((row) => row.unit === unit).map((row) => ({ ...row, expected: usual.get(row.item) ?? 0 })));
  expect(of('a')).toBe(100);
  expect(of('b')).toBe(100);
  expect(of('c')).toBeLessThan(30);
});

it('has four grades by lines, and knows its quarters', () => {
  const lines = GRADES.map((grade, at) => ({ grade, from: [90, 80, 60, 0][at] ?? 0 }));
  expect([95, 90, 89.9, 60, 12].map((value) => gradeOf(value, lines))).toEqual([
    'excellent',
    'excellent',
    'good',
    'pass',
    'fail',
  ]);
  expect(quarterOf('2026-11-26')).toEqual({ name: '2026-Q4', from: '2026-10-01', to: '2027-01-01' });
  expect(quarterBefore('2026-02-01').name).toBe('2025-Q4');
  expect(quarterBefore('2026-11-26').name).toBe('2026-Q3');
});
