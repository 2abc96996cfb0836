import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequence } from '#platform/kernel/random.ts';
import { planWalk, type Route, type Walk } from './orienteering.ts';

/** Stops anywhere in a square of twenty minutes; the first is start and end. */
function walkOf(options: { stops: number; budget: number; seed: number }): Walk {
  const random = sequence(options.seed);
  const points = Array.from({ length: options.stops + 1 }, () => [random() * 20, random() * 20] as const);
  return {
    minutes: points.map(([x, y]) => points.map(([u, v]) => Math.hypot(u - x, v - y))),
    worth: points.map((_, n) => (n === 0 ? 0 : 1 + Math.floor(random() * 9))),
    stay: points.map((_, n) => (n === 0 ? 0 : 2)),
    start: 0,
    end: 0,
    budget: options.budget,
  };
}

describe('a walk within a time', () => {
  it('keeps to the time, visits no stop twice, and is never worth more than the bound', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 0, max: 90 }),
        (seed, stops, budget) => {
          const walk = walkOf({ stops, budget, seed });
          const route = planWalk(walk, { seed, rounds: 40 }) as Route;
          expect(route.minutes).toBeLessThanOrEqual(budget + 1e-6);
          const inner = route.stops.slice(1, -1);
          expect(new Set(inner).size).toBe(inner.length);
          expect(route.worth).toBe(inner.reduce((sum, stop) => sum + (walk.worth[stop] ?? 0), 0));
          expect(route.worth).toBeLessThanOrEqual(route.bound + 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is as good as the best of all walks in nine of ten cases of nine stops, and never much worse', () => {
    let equal = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const walk = walkOf({ stops: 9, budget: 35, seed });
      const best = bestOfAll(walk);
      const found = planWalk(walk, { seed, rounds: 200 })?.worth ?? 0;
      expect(found).toBeLessThanOrEqual(best);
      expect(found).toBeGreaterThanOrEqual(best * 0.9);
      if (found === best) equal++;
    }
    expect(equal).toBeGreaterThanOrEqual(36);
  });

  it('knows ways that cannot be gone, and ways that differ by direction', () => {
    const gone = Number.POSITIVE_INFINITY;
    // Only 0 → 1 → 2 → 0, which takes 17 minutes.
    const minutes = [
      [0, 5, gone],
      [gone, 0, 5],
      [5, gone, 0],
    ];
    const walk: Walk = { minutes, worth: [0, 1, 1], stay: [0, 1, 1], start: 0, end: 0, budget: 16 };
    expect(planWalk(walk, { seed: 1 })).toMatchObject({ stops: [0, 0], worth: 0 });
    const to = { ...walk, end: 2 };
    expect(planWalk(to, { seed: 1 })).toBeUndefined();
  });

  it('is the same for the same seed, and not to be had if the end is too far', () => {
    const walk = walkOf({ stops: 30, budget: 60, seed: 3 });
    expect(planWalk(walk, { seed: 5 })).toEqual(planWalk(walk, { seed: 5 }));
    expect(planWalk({ ...walk, end: 7, budget: 0.1 }, { seed: 5 })).toBeUndefined();
  });
});

/** Tries every order of every choice of stops. */
function bestOfAll(walk: Walk): number {
  let best = 0;
  const go = (at: number, minutes: number, worth: number, visited: number): void => {
    if (minutes + (walk.minutes[at]?.[walk.end] ?? 0) > walk.budget) return;
    best = Math.max(best, worth);
    for (let next = 1; next < walk.worth.length; next++) {
      if (visited & (1 << next)) continue;
      const to = minutes + (walk.minutes[at]?.[next] ?? 0) + (walk.stay[next] ?? 0);
      go(next, to, worth + (walk.worth[next] ?? 0), visited | (1 << next));
    }
  };
  go(walk.start, 0, 0, 0);
  return best;
}
