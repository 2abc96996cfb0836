import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ahpWeights, type Comparison } from './ahp.ts';
import { entropyWeights } from './entropy-weights.ts';

it('weighs the drinks of Saaty as he does', () => {
  // T. L. Saaty, Decision making with the analytic hierarchy process, Int. J. Services Sciences 1:1 (2008) 83–98: what is drunk most in the United States.
  const ids = ['coffee', 'wine', 'tea', 'beer', 'sodas', 'milk', 'water'];
  const rows = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
  ];
  const comparisons = ids.flatMap((a, i) =>
    ids.slice(i + 1).map((b, j) => ({ a, b, times: rows[i]?.[i + 1 + j] ?? 0 })),
  );
  const { weights, ratio, consistent } = ahpWeights(ids, comparisons);
  const printed = [0.177, 0.019, 0.042, 0.116, 0.19, 0.129, 0.327];
  for (const [i, id] of ids.entries()) expect(weights.get(id)).toBeCloseTo(printed[i] ?? 0, 3);
  expect(ratio).toBeCloseTo(0.022, 3);
  expect(consistent).toBe(true);
});

it('does not use judgements that contradict one another', () => {
  const round: Comparison[] = [
    { a: 'a', b: 'b', times: 5 },
    { a: 'b', b: 'c', times: 5 },
    { a: 'c', b: 'a', times: 5 },
  ];
  expect(ahpWeights(['a', 'b', 'c'], round)).toMatchObject({ consistent: false });
  expect(() => ahpWeights(['a', 'b', 'd'], round)).toThrow('not compared');
  expect(() => ahpWeights(['a', 'b'], [{ a: 'a', b: 'b', times: 12 }])).toThrow('not on the scale');
});

it('finds the weights again of which judgements without contradiction were made, whatever the order', () => {
  const weight = fc.double({ min: 1, max: 3, noNaN: true });
  fc.assert(
    fc.property(fc.array(weight, { minLength: 2, maxLength: 8 }), (wanted) => {
      const ids = wanted.map((_, i) => `c${i}`);
      const comparisons = ids.flatMap((a, i) =>
        ids.slice(i + 1).map((b, j) => ({ a, b, times: (wanted[i] ?? 1) / (wanted[i + 1 + j] ?? 1) })),
      );
      const { weights, ratio } = ahpWeights(ids.toReversed(), comparisons);
      const total = wanted.reduce((sum, value) => sum + value, 0);
      for (const [i, id] of ids.entries()) expect(weights.get(id)).toBeCloseTo((wanted[i] ?? 0) / total, 8);
      expect(ratio).toBeLessThan(1e-6);
    }),
  );
});

it('gives what never differs no weight by entropy, and says nothing of too few days', () => {
  expect(
    entropyWeights(
      [
        [0, 2],
        [1, 2],
        [2, 2],
      ],
      3,
    ),
  ).toEqual([1, 0]);
  expect(
    entropyWeights(
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      3,
    ),
  ).toBeUndefined();
  expect(
    entropyWeights([
      [1, 2],
      [2, 1],
    ]),
  ).toBeUndefined();
  // By hand: shares 1/4 and 3/4 have an entropy of 0.8113, shares 2/5 and 3/5 one of 0.9710, in bits.
  const [one, two] = entropyWeights(
    [
      [1, 2],
      [3, 3],
    ],
    2,
  ) as [number, number];
  expect(one / two).toBeCloseTo((1 - 0.811278) / (1 - 0.970951), 3);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 7, maxLength: 40 }), (rows) => {
      const weights = entropyWeights(rows);
      if (weights) expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    }),
  );
});
