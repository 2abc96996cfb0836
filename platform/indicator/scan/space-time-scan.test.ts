import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequence } from '#platform/kernel/random.ts';
import { ringsOf } from './rings.ts';
import { spaceTimeScan, type Event, type Place } from './space-time-scan.ts';
import { chanceOf } from './chance.ts';
import { expectedPlaces } from './expected-places.ts';
import { bestWindow, countsOf, likelihoodRatio } from './windows.ts';

/** A square of cells of 100 m. */
const square = (side: number): Place[] =>
  Array.from({ length: side * side }, (_, n) => ({ x: (n % side) * 100, y: Math.floor(n / side) * 100, weight: 1 }));

/** Events that lie anywhere with the same chance. */
function scattered(options: { count: number; places: number; days: number; seed: number }): Event[] {
  const random = sequence(options.seed);
  return Array.from({ length: options.count }, () => ({
    place: Math.floor(random() * options.places),
    day: Math.floor(random() * options.days),
  }));
}

const TERMS = { maxRadius: 250, maxDays: 7, replications: 99, significance: 0.05, seed: 1 };

describe('rings round places', () => {
  it('hold the place itself first and equal distances together', () => {
    const rings = ringsOf(square(5), 200);
    expect(rings.neighbours[12]?.[0]).toBe(12);
    expect([...(rings.radii[12] ?? [])]).toEqual([0, 100, 141.42, 200]);
    expect([...(rings.ends[12] ?? [])]).toEqual([1, 5, 9, 13]);
  });
});

describe('the likelihood of a window', () => {
  it('is the Poisson ratio of Kulldorff: 10 events where 4 of 100 were expected', () => {
    // 10 ln(10/4) + 90 ln(90/96), reckoned by hand.
    expect(likelihoodRatio({ observed: 10, expected: 4, total: 100 })).toBeCloseTo(9.1629073 - 5.8084669, 5);
    expect(likelihoodRatio({ observed: 4, expected: 4, total: 100 })).toBe(0);
    expect(likelihoodRatio({ observed: 100, expected: 40, total: 100 })).toBeCloseTo(100 * Math.log(2.5), 10);
  });

  it('of the best window is what a search of every window without short cuts finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ place: fc.nat(15), day: fc.nat(9) }), { minLength: 2, maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 16, maxLength: 16 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 10 }),
        (events, weights, dayWeights) => {
          const places = square(4).map((place, n) => ({ ...place, weight: weights[n] ?? 1 }));
          const search = { places, events, dayWeights, maxRadius: 200, maxDays: 4 };
          expect(bestOf(search)).toBeCloseTo(slowBest(search), 9);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what is to be expected at places', () => {
  it('follows the kind where it is common, the place where it is rare, and is nowhere nothing', () => {
    const common = expectedPlaces({ ofKind: [900, 100], ofAll: [1000, 1000] });
    expect((common[0] ?? 0) / (common[1] ?? 1)).toBeGreaterThan(8);
    const rare = expectedPlaces({ ofKind: [0, 0, 1], ofAll: [3000, 300, 300] });
    expect(rare[0]).toBeGreaterThan(rare[1] ?? 0);
    expect(Math.min(...expectedPlaces({ ofKind: [0, 0], ofAll: [0, 0] }))).toBeGreaterThan(0);
  });
});

describe('chance', () => {
  it('by rank counts the data as one of the repetitions', () => {
    const chance = chanceOf(
      Array.from({ length: 99 }, (_, n) => n),
      'rank',
    );
    expect(chance.p(1000)).toBe(0.01);
    expect(chance.p(98)).toBe(0.02);
    expect(chance.p(chance.least(0.05) ?? 0)).toBeLessThanOrEqual(0.05);
    expect(chance.least(0.001)).toBeUndefined();
  });

  it('by curve gives back the p of values that are drawn from it', () => {
    const random = sequence(3);
    const drawn = Array.from({ length: 5000 }, () => 5 - 2 * Math.log(-Math.log(random())));
    const chance = chanceOf(drawn, 'gumbel');
    for (const p of [0.5, 0.05, 0.001])
      expect(chance.p(5 - 2 * Math.log(-Math.log1p(-p)))).toBeCloseTo(p, p > 0.01 ? 1 : 3);
    expect(chance.p(chance.least(0.0005) ?? 0)).toBeCloseTo(0.0005, 6);
  });
});

describe('the scan', () => {
  const places = square(20);
  const noise = scattered({ count: 2000, places: places.length, days: 60, seed: 7 });

  it('finds a planted cluster with its place and days, and nothing beside', () => {
    const planted = Array.from({ length: 30 }, (_, n) => ({
      place: [210, 211, 230, 190, 209][n % 5] ?? 0,
      day: 20 + (n % 4),
    }));
    const found = spaceTimeScan({ places, events: [...noise, ...planted], terms: { ...TERMS, days: 60 } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ centre: 210, radius: 100, from: 20, to: 23, p: 0.01 });
    expect(found[0]?.observed).toBeGreaterThanOrEqual(30);
  });

  it('finds clusters at the same place at two times as two', () => {
    const twice = [10, 40].flatMap((start) =>
      Array.from({ length: 30 }, (_, n) => ({ place: n % 2 ? 210 : 211, day: start + (n % 3) })),
    );
    const found = spaceTimeScan({ places, events: [...noise, ...twice], terms: { ...TERMS, days: 60 } });
    expect(found.map(({ from, to }) => [from, to]).sort()).toEqual([
      [10, 12],
      [40, 42],
    ]);
  });

  it('calls nothing a cluster that only follows the weights', () => {
    const busy = places.map((place, n) => ({ ...place, weight: n === 0 ? 400 : 1 }));
    const events = [...noise, ...Array.from({ length: 2000 }, (_, n) => ({ place: 0, day: n % 60 }))];
    expect(spaceTimeScan({ places: busy, events, terms: { ...TERMS, days: 60 } })).toEqual([]);
  });

  it('calls chance a cluster no more often than its significance says', () => {
    const few = square(8);
    let called = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const events = scattered({ count: 150, places: few.length, days: 20, seed });
      if (spaceTimeScan({ places: few, events, terms: { ...TERMS, days: 20, seed: 500 + seed } }).length > 0) called++;
    }
    // 5 % of 60, with room for three deviations.
    expect(called).toBeLessThanOrEqual(8);
  });

  it('finds the same the second time', () => {
    const planted = Array.from({ length: 25 }, (_, n) => ({ place: 100, day: 5 + (n % 2) }));
    const run = () => spaceTimeScan({ places, events: [...noise, ...planted], terms: { ...TERMS, days: 60 } });
    expect(run()).toEqual(run());
  });

  it('refuses events outside of what is looked at, and knows nothing of no events', () => {
    expect(() =>
      spaceTimeScan({
        places,
        events: [
          { place: 1, day: 60 },
          { place: 1, day: 1 },
        ],
        terms: { ...TERMS, days: 60 },
      }),
    ).toThrow(RangeError);
    expect(spaceTimeScan({ places, events: [], terms: { ...TERMS, days: 60 } })).toEqual([]);
  });
});

type SmallSearch = { places: Place[]; events: Event[]; dayWeights: number[]; maxRadius: number; maxDays: number };

function bestOf({ places, events, dayWeights, maxRadius, maxDays }: SmallSearch): number {
  const counts = countsOf({
    at: Uint32Array.from(events, ({ place }) => place),
    days: Uint32Array.from(events, ({ day }) => day),
    places: places.length,
  });
  const share = (weights: number[]) =>
    Float64Array.from(weights, (weight) => weight / weights.reduce((a, b) => a + b, 0));
  return bestWindow({
    rings: ringsOf(places, maxRadius),
    expectation: { total: events.length, places: share(places.map(({ weight }) => weight)), days: share(dayWeights) },
    counts,
    maxDays,
    minEvents: 1,
  });
}

/** Every circle with every stretch of days, counted anew each time. */
function slowBest({ places, events, dayWeights, maxRadius, maxDays }: SmallSearch): number {
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  let best = 0;
  for (const centre of places)
    for (const rim of places) {
      const radius = Math.hypot(rim.x - centre.x, rim.y - centre.y);
      if (radius > maxRadius) continue;
      const inside = places.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y) <= radius + 0.001);
      for (let from = 0; from < dayWeights.length; from++)
        for (let to = from; to < Math.min(from + maxDays, dayWeights.length); to++) {
          const observed = events.filter(({ place, day }) => inside[place] && day >= from && day <= to).length;
          const space =
            sum(places.map(({ weight }, n) => (inside[n] ? weight : 0))) / sum(places.map(({ weight }) => weight));
          const time = sum(dayWeights.slice(from, to + 1)) / sum(dayWeights);
          best = Math.max(
            best,
            likelihoodRatio({ observed, expected: events.length * space * time, total: events.length }),
          );
        }
    }
  return best;
}
