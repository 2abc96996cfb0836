import type { BlockerKind } from './item-depth.ts';

/** A blocker of an item with the measures that would each remove it. */
export type Obstacle = { item: string; kind: BlockerKind; measures: readonly string[] };

/** One step of the plan: what to do next, and what it brings. */
export type Step = {
  measure: string;
  /** Blockers that this step removes and no step before it did. */
  removes: number;
  /** Share of the weight of all blockers that is gone after this step, in ten-thousandths. */
  covered: number;
  /** Items with no blocker left because of this step. */
  freed: string[];
  /** Cases a year of those items. */
  freedCases: number;
};

/** An item weighs what it is worth; each of its blockers an equal part, so that weights are whole numbers for up to five blockers. */
const PARTS = 60;

/**
 * What to remove next (网办障碍清除计划): greedy maximum coverage. A measure covers the blockers that it removes; an item's weight is shared out over
 * its blockers. Coverage is monotone and submodular, so k greedy steps cover at least 1 − 1/e of what any k measures could (Nemhauser, Wolsey, Fisher
 * 1978). The number of items *freed* has no such bound, since an item is free only once its last blocker is gone; it is told for every step, and
 * decides between measures that cover the same.
 */
export function planRemovals(options: {
  obstacles: readonly Obstacle[];
  /** What freeing an item is worth: 1 for each, or its cases a year. */
  weight: (item: string) => number;
  /** Cases a year of an item. */
  cases: (item: string) => number;
  most: number;
}): Step[] {
  const { obstacles, weight, cases, most } = options;
  const left = new Map<string, number>();
  for (const { item } of obstacles) left.set(item, (left.get(item) ?? 0) + 1);
  const worth = obstacles.map(({ item }) => (weight(item) * PARTS) / (left.get(item) ?? 1));
  const total = worth.reduce((sum, one) => sum + one, 0);
  const by = new Map<string, number[]>();
  obstacles.forEach(({ measures }, at) => {
    for (const measure of new Set(measures)) by.set(measure, [...(by.get(measure) ?? []), at]);
  });
  const gone = new Set<number>();
  const steps: Step[] = [];
  let covered = 0;
  while (steps.length < most) {
    const best = [...by]
      .map(([measure, all]) => {
        const fresh = all.filter((at) => !gone.has(at));
        const freed = freedBy(
          fresh.map((at) => (obstacles[at] as Obstacle).item),
          left,
        );
        return { measure, fresh, freed, gain: fresh.reduce((sum, at) => sum + (worth[at] ?? 0), 0) };
      })
      .filter(({ fresh }) => fresh.length > 0)
      .sort((a, b) => b.gain - a.gain || b.freed.length - a.freed.length || (a.measure < b.measure ? -1 : 1))[0];
    if (!best) break;
    for (const at of best.fresh) {
      gone.add(at);
      const { item } = obstacles[at] as Obstacle;
      left.set(item, (left.get(item) ?? 0) - 1);
    }
    covered += best.gain;
    steps.push({
      measure: best.measure,
      removes: best.fresh.length,
      covered: total === 0 ? 0 : Math.round((covered / total) * 10_000),
      freed: best.freed,
      freedCases: best.freed.reduce((sum, item) => sum + cases(item), 0),
    });
  }
  return steps;
}

/** Items whose last blockers are among these. */
function freedBy(items: readonly string[], left: ReadonlyMap<string, number>): string[] {
  const removed = new Map<string, number>();
  for (const item of items) removed.set(item, (removed.get(item) ?? 0) + 1);
  return [...removed].flatMap(([item, count]) => (left.get(item) === count ? [item] : [])).sort();
}
