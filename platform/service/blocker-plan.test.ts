import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Obstacle, planRemovals } from './blocker-plan.ts';
import type { BlockerKind } from './item-depth.ts';

const KINDS: BlockerKind[] = ['paper-original', 'wet-signature', 'site-visit', 'payment', 'vertical-system'];
const MEASURES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const obstacles = fc.uniqueArray(
  fc.record({
    item: fc.constantFrom('i1', 'i2', 'i3', 'i4', 'i5', 'i6'),
    kind: fc.constantFrom(...KINDS),
    measures: fc.subarray(MEASURES, { maxLength: 3 }),
  }),
  { selector: ({ item, kind }) => `${item}:${kind}`, maxLength: 18 },
);
const CASES: Record<string, number> = { i1: 900, i2: 40, i3: 7, i4: 300, i5: 0, i6: 55 };
const cases = (item: string) => CASES[item] ?? 0;

/** Weight that a set of measures covers, straight from the definition. */
function coverage(all: readonly Obstacle[], chosen: ReadonlySet<string>, weight: (item: string) => number): number {
  const blockers = (item: string) => all.filter((other) => other.item === item).length;
  return all
    .filter(({ measures }) => measures.some((measure) => chosen.has(measure)))
    .reduce((sum, { item }) => sum + weight(item) / blockers(item), 0);
}

function subsets(size: number): string[][] {
  return Array.from({ length: 2 ** MEASURES.length }, (_, bits) =>
    MEASURES.filter((_m, at) => bits & (2 ** at)),
  ).filter((set) => set.length === size);
}

describe('what to remove next', () => {
  it.each([
    ['items', () => 1],
    ['cases', cases],
  ])('covers at least 1 − 1/e of what any as many measures could, by %s', (_, weight) => {
    fc.assert(
      fc.property(obstacles, fc.integer({ min: 1, max: 4 }), (all, most) => {
        const steps = planRemovals({ obstacles: all, weight, cases, most });
        const greedy = coverage(all, new Set(steps.map(({ measure }) => measure)), weight);
        const best = Math.max(...subsets(most).map((set) => coverage(all, new Set(set), weight)));
        expect(greedy).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best - 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it('calls an item freed in the step that takes its last blocker, once', () => {
    fc.assert(
      fc.property(obstacles, (all) => {
        const steps = planRemovals({ obstacles: all, weight: () => 1, cases, most: MEASURES.length });
        const done = new Set<string>();
        const freed = new Set<string>();
        for (const step of steps) {
          done.add(step.measure);
          const open = new Set(
            all.filter(({ measures }) => !measures.some((m) => done.has(m))).map(({ item }) => item),
          );
          for (const item of step.freed) {
            expect(freed.has(item)).toBe(false);
            freed.add(item);
          }
          const free = [...new Set(all.map(({ item }) => item))].filter((item) => !open.has(item)).sort();
          expect([...freed].sort()).toEqual(free);
          expect(step.freedCases).toBe(step.freed.reduce((sum, item) => sum + cases(item), 0));
        }
      }),
    );
  });

  it('gains less with every step, and stops where nothing is left to remove', () => {
    fc.assert(
      fc.property(obstacles, (all) => {
        const steps = planRemovals({ obstacles: all, weight: () => 1, cases, most: 99 });
        const gains = steps.map(({ covered }, at) => covered - (steps[at - 1]?.covered ?? 0));
        gains.slice(1).forEach((gain, at) => expect(gain).toBeLessThanOrEqual((gains[at] ?? 0) + 1));
        expect(steps.reduce((sum, { removes }) => sum + removes, 0)).toBe(
          all.filter(({ measures }) => measures.length > 0).length,
        );
      }),
    );
  });

  it('does not depend on the order in which blockers come', () => {
    fc.assert(
      fc.property(obstacles, (all) => {
        const plan = (list: readonly Obstacle[]) => planRemovals({ obstacles: list, weight: () => 1, cases, most: 5 });
        expect(plan([...all].reverse())).toEqual(plan(all));
      }),
    );
  });
});
