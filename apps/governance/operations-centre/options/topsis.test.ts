import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Criterion, sensitivity, topsis } from './topsis.ts';

it('ranks the four cars of the usual textbook example as it does', () => {
  // Civic, Saturn, Ford, Mazda by style, reliability, fuel economy and cost.
  const criteria: Criterion[] = [
    { id: 'style', weight: 0.1, direction: 'benefit' },
    { id: 'reliability', weight: 0.4, direction: 'benefit' },
    { id: 'fuel', weight: 0.3, direction: 'benefit' },
    { id: 'cost', weight: 0.2, direction: 'cost' },
  ];
  const rated = topsis(criteria, [
    [7, 9, 9, 8],
    [8, 7, 8, 7],
    [9, 6, 8, 9],
    [6, 7, 8, 6],
  ]);
  expect(rated.map(({ rank }) => rank)).toEqual([1, 3, 4, 2]);
  const printed = [0.74, 0.41, 0.17, 0.45];
  for (const [i, { closeness }] of rated.entries()) expect(Math.abs(closeness - (printed[i] ?? 0))).toBeLessThan(0.02);
});

it('puts what is best in everything first, keeps within 0 and 1, and does not mind the units of measure', () => {
  const value = fc.double({ min: 1, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 6 }), value, (rows, factor) => {
      const criteria: Criterion[] = [
        { id: 'a', weight: 2, direction: 'benefit' },
        { id: 'b', weight: 1, direction: 'cost' },
      ];
      const all = [...rows, [200, 0.5] as [number, number]];
      const rated = topsis(criteria, all);
      expect(rated.at(-1)?.rank).toBe(1);
      for (const { closeness } of rated) expect(closeness >= 0 && closeness <= 1).toBe(true);
      const scaled = topsis(
        criteria,
        all.map(([a, b]) => [a * factor, b]),
      );
      rated.forEach(({ closeness }, i) => expect(scaled[i]?.closeness).toBeCloseTo(closeness, 8));
    }),
  );
});

it('says within which share of a weight the first stays first', () => {
  const criteria: Criterion[] = [
    { id: 'time', weight: 0.6, direction: 'cost' },
    { id: 'price', weight: 0.4, direction: 'cost' },
  ];
  const [time] = sensitivity(criteria, [
    [10, 90],
    [40, 30],
  ]);
  expect(time?.to).toBe(1);
  expect(time?.from).toBeGreaterThan(0);
  expect(time?.from).toBeLessThanOrEqual(0.6);
});
