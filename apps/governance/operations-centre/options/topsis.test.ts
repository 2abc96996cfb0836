import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Criterion, sensitivity, topsis } from './topsis.ts';

it('ranks the four cars of a lecture with a cost among the criteria as it does', () => {
  // Civic, Saturn, Ford, Mazda by style, reliability, fuel economy and cost: F. Faez, TOPSIS method in MADM. Independent implementations give the figures below
  // (Python package topsis, its README), within the rounding of the lecture.
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
  const printed = [0.7427, 0.4036, 0.1759, 0.4414];
  for (const [i, { closeness }] of rated.entries()) expect(Math.abs(closeness - (printed[i] ?? 0))).toBeLessThan(0.002);
});

it('rates the example of a textbook as printed there', () => {
  // G.-H. Tzeng and J.-J. Huang, Multiple Attribute Decision Making: Methods and Applications, CRC Press 2011; the same figures are the reference of
  // scikit-criteria (tests/agg/test_topsis.py), an implementation independent of this one.
  const criteria: Criterion[] = [0.3, 0.4, 0.3].map((weight, i) => ({ id: `c${i}`, weight, direction: 'benefit' }));
  const rated = topsis(criteria, [
    [5, 8, 4],
    [7, 6, 8],
    [8, 8, 6],
    [7, 4, 6],
  ]);
  expect(rated.map(({ rank }) => rank)).toEqual([3, 2, 1, 4]);
  for (const [i, printed] of [0.5037, 0.6581, 0.7482, 0.334].entries())
    expect(rated[i]?.closeness).toBeCloseTo(printed, 4);
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
