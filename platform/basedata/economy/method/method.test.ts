import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodAt } from '../period.ts';
import { activityIndex, indexFrom } from './activity.ts';
import { deviation, leadingEigen, medianDeviation, regress } from './linear.ts';
import { nowcast, quarterly, yearGrowth } from './nowcast.ts';
import { adjust } from './seasonal.ts';
import { holidayRegressors, springFestival } from './spring-festival.ts';
import { stl } from './stl.ts';

/** Values computed by other software on the same input; `madeWith` says which. */
const reference = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/method-reference.json'), 'utf8')) as {
  y: number[];
  stl7: { seasonal: number[]; trend: number[] };
  stl13: { seasonal: number[]; trend: number[] };
  pca: { columns: number[][]; value: number; vector: number[]; index: number[] };
  ols: { coefficients: number[]; rss: number };
};
const months = (from: string, count: number): string[] => {
  const start = Number(from.slice(0, 4)) * 12 + Number(from.slice(5)) - 1;
  return Array.from({ length: count }, (_, i) => periodAt('M', start + i));
};
const close = (ours: readonly number[], theirs: readonly number[], digits: number) =>
  ours.forEach((value, i) => expect(value).toBeCloseTo(theirs[i] ?? Number.NaN, digits));

describe('STL', () => {
  it.each([7, 13] as const)('is the one of an independent implementation, seasonal window %i', (seasonal) => {
    const ours = stl(reference.y, { period: 12, seasonal });
    const theirs = seasonal === 7 ? reference.stl7 : reference.stl13;
    close(ours.seasonal, theirs.seasonal, 7);
    close(ours.trend, theirs.trend, 7);
  });
  it('adds up to what was given', () => {
    const { seasonal, trend, remainder } = stl(reference.y, { period: 12 });
    reference.y.forEach((y, i) => expect((seasonal[i] ?? 0) + (trend[i] ?? 0) + (remainder[i] ?? 0)).toBeCloseTo(y, 9));
  });
});

describe('the Spring Festival', () => {
  it('falls on the days of the almanac', () => {
    const days = [2012, 2015, 2020, 2023, 2024, 2025, 2026].map((year) =>
      new Date(springFestival(year)).toISOString().slice(0, 10),
    );
    expect(days).toEqual([
      '2012-01-23',
      '2015-02-19',
      '2020-01-25',
      '2023-01-22',
      '2024-02-10',
      '2025-01-29',
      '2026-02-17',
    ]);
  });
  it('moves what was bought before it, and is nothing in summer', () => {
    // 2024: the 20 days before 10 February lie in both months; 2023: before 22 January they reach into the old year.
    expect(holidayRegressors(2024, 1)[0]).toBeGreaterThan(0.3 - 0.5);
    expect(holidayRegressors(2024, 7)).toEqual([0, 0, 0]);
    expect((holidayRegressors(2023, 1)[1] ?? 0) - (holidayRegressors(2024, 1)[1] ?? 0)).toBeCloseTo(1, 9);
  });
  it('is found again in a series that was made with it', () => {
    const periods = months('2012-01', 168);
    const effect = [0.12, -0.2, 0.05];
    const points = periods.map((period, i) => {
      const x = holidayRegressors(Number(period.slice(0, 4)), Number(period.slice(5)));
      const season = 0.1 * Math.sin((2 * Math.PI * i) / 12);
      return {
        period,
        value: Math.exp(
          5 + 0.006 * i + season + x.reduce((sum, v, k) => sum + v * (effect[k] ?? 0), 0) + 0.004 * Math.sin(i * 1.7),
        ),
      };
    });
    const found = adjust(points);
    expect(found?.method).toBe('stl-spring-festival');
    found?.effects.forEach((value, i) => expect(Math.abs(value - (effect[i] ?? 0))).toBeLessThan(0.05));
    const noise = found?.adjusted.map((value, i) => Math.log(value) - 5 - 0.006 * i) ?? [];
    const raw = points.map(({ value }, i) => Math.log(value) - 5 - 0.006 * i);
    expect(deviation(noise)).toBeLessThan(deviation(raw) / 4);
  });
  it('is not looked for in a series with a hole or with too few months', () => {
    const points = months('2020-01', 60).map((period, i) => ({ period, value: 100 + i }));
    expect(adjust(points.filter((_, i) => i !== 30))).toBeUndefined();
    expect(adjust(points.slice(0, 40))).toBeUndefined();
  });
});

describe('the activity index', () => {
  const { columns, value, vector, index } = reference.pca;
  const periods = months('2020-01', columns[0]?.length ?? 0);
  const inputs = columns.map((column, k) => ({
    series: `S${k}`,
    points: new Map(periods.map((p, i) => [p, column[i] ?? 0])),
  }));
  const made = activityIndex({ inputs, sign: 'S0' });
  it('is the first principal component that other software finds', () => {
    close(made?.inputs.map((i) => i.loading) ?? [], vector, 7);
    close(made?.values ?? [], index, 6);
    expect((made?.explained ?? 0) * columns.length).toBeCloseTo(value, 7);
  });
  it('is equal to 1e-6 when computed again from the published loadings', () => {
    const published = JSON.parse(JSON.stringify(made)) as NonNullable<typeof made>;
    const again = indexFrom({ ...published, points: new Map(inputs.map((i) => [i.series, i.points])) });
    again.forEach((v, i) => expect(Math.abs(v - (made?.values[i] ?? 0))).toBeLessThan(1e-6));
  });
  it('has the sign of retail sales, whichever way the component came out', () => {
    const turned = activityIndex({
      inputs: inputs.map((input, k) =>
        k === 0 ? { ...input, points: new Map([...input.points].map(([p, v]) => [p, -v])) } : input,
      ),
      sign: 'S0',
    });
    expect(turned?.inputs[0]?.loading).toBeGreaterThan(0);
  });
  it('is not made from one series, from a series that never moves, or from too few months', () => {
    expect(activityIndex({ inputs: inputs.slice(0, 1), sign: 'S0' })).toBeUndefined();
    const flat = { series: 'F', points: new Map(periods.map((p) => [p, 7])) };
    expect(activityIndex({ inputs: [inputs[0] ?? flat, flat], sign: 'S0' })).toBeUndefined();
    const short = inputs.map((i) => ({ ...i, points: new Map([...i.points].slice(0, 20)) }));
    expect(activityIndex({ inputs: short, sign: 'S0' })).toBeUndefined();
  });
});

describe('the nowcast', () => {
  const quarters = Array.from({ length: 40 }, (_, i) => periodAt('Q', 2014 * 4 + i));
  const cycle = (i: number) => 6 + 4 * Math.sin(i * 0.9) + 2 * Math.cos(i * 2.3);
  const level = (driver: (i: number) => number) => {
    const out: number[] = [];
    for (let i = 0; i < 41; i += 1) out.push(i < 4 ? 100 + i : (out[i - 4] ?? 0) * (1 + driver(i) / 100));
    return out;
  };
  const driven = level(cycle);
  const monthly = new Map(
    Array.from({ length: 41 * 3 }, (_, i) => [periodAt('M', 2014 * 12 + i), (driven[Math.floor(i / 3)] ?? 0) / 3]),
  );
  const target = new Map(quarters.map((q, i) => [q, (driven[i] ?? 0) * 5]));
  it('sees the quarter that monthly figures know already, and is shown because it beats the naive guess', () => {
    const found = nowcast({ target: { series: 'T', points: target }, monthly: [{ series: 'M', points: monthly }] });
    expect(found?.period).toBe('2024-Q1');
    expect(found?.predictors).toEqual(['M']);
    expect(found?.growth).toBeCloseTo(cycle(40), 1);
    expect(found?.mape).toBeLessThan(found?.naive ?? 0);
    expect(found?.shown).toBe(true);
  });
  it('is hidden where it is no better than "the same growth as last quarter"', () => {
    const walk = (i: number): number => (i === 0 ? 5 : walk(i - 1) + 0.4 * Math.sin(i * i));
    const wandering = level(walk);
    const steady = new Map(quarters.map((q, i) => [q, wandering[i] ?? 0]));
    const noise = new Map([...monthly].map(([p, v], i) => [p, v * (1 + 0.3 * Math.sin(i * i))]));
    const found = nowcast({ target: { series: 'T', points: steady }, monthly: [{ series: 'M', points: noise }] });
    expect(found?.shown).toBe(false);
    expect(found?.mape).toBeTypeOf('number');
  });
  it('counts quarters only where all three months are there, and growth only over what is positive', () => {
    expect([
      ...quarterly(
        new Map([
          ['2024-01', 1],
          ['2024-02', 2],
        ]),
      ),
    ]).toEqual([]);
    expect([
      ...quarterly(
        new Map([
          ['2024-01', 1],
          ['2024-02', 2],
          ['2024-03', 3],
        ]),
      ),
    ]).toEqual([['2024-Q1', 6]]);
    expect([
      ...yearGrowth(
        new Map([
          ['2023-Q1', 0],
          ['2024-Q1', 2],
        ]),
      ),
    ]).toEqual([]);
  });
});

describe('regression', () => {
  it('finds what other software finds', () => {
    const c = reference.pca.columns;
    const rows = Array.from({ length: 40 }, (_, i) => [c[0]?.[i] ?? 0, c[1]?.[i] ?? 0, c[2]?.[i] ?? 0]);
    const fit = regress(rows, (c[3] ?? []).slice(0, 40));
    close(fit?.coefficients ?? [], reference.ols.coefficients, 7);
    expect(fit?.rss).toBeCloseTo(reference.ols.rss, 7);
  });
  it('refuses columns that depend on each other', () => {
    expect(
      regress(
        [
          [1, 2],
          [2, 4],
          [3, 6],
          [5, 10],
        ],
        [1, 2, 3, 4],
      ),
    ).toBeUndefined();
  });
  it('turns a symmetric matrix into its axis', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 6, maxLength: 6 }), (v) => {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = v;
        const m = [
          [a, b, c],
          [b, d, e],
          [c, e, f],
        ];
        const { value, vector } = leadingEigen(m);
        m.forEach((row, i) => {
          const product = row.reduce((sum, x, j) => sum + x * (vector[j] ?? 0), 0);
          expect(product).toBeCloseTo(value * (vector[i] ?? 0), 6);
        });
      }),
    );
  });
  it('measures spread so that one wild value does not count', () => {
    expect(medianDeviation([1, 2, 3, 4, 1000])).toBe(1);
  });
});
