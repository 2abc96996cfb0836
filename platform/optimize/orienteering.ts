import { sequence } from '#platform/kernel/random.ts';

/** A walk that is to be planned: what each stop is worth, and how long it takes to get about. */
export type Walk = {
  /** Minutes from each stop to each other one; not necessarily the same both ways. */
  minutes: readonly (readonly number[])[];
  /** What a visit is worth (risk that is looked at); nothing at the start and the end. */
  worth: readonly number[];
  /** Minutes that a visit takes. */
  stay: readonly number[];
  start: number;
  /** May be the start. */
  end: number;
  /** Minutes in all. */
  budget: number;
};

export type Route = {
  /** Stops in order, start and end included. */
  stops: number[];
  worth: number;
  minutes: number;
  /** No walk within the budget can be worth more than this. */
  bound: number;
};

/**
 * The orienteering problem (定向问题): the walk that is worth the most within the time. Iterated local search after Vansteenwegen et al.
 * (2009): stops are put in where they are worth the most for the minute, the order is bettered, a stretch is taken out and filled anew.
 * Heuristic: `bound` says how far the best could be. The same seed gives the same walk.
 *
 * `undefined` if not even the way from start to end fits.
 */
export function planWalk(walk: Walk, terms: { rounds?: number; seed: number }): Route | undefined {
  const direct = { stops: [walk.start, walk.end] };
  if (!(minutesOf(walk, direct.stops) <= walk.budget)) return undefined;
  const random = sequence(terms.seed);
  let now = filled(walk, direct.stops);
  let best = now;
  let length = 1;
  for (let round = 0; round < (terms.rounds ?? 300); round++) {
    const inner = now.length - 2;
    if (inner > 0) {
      const from = 1 + Math.floor(random() * inner);
      const to = Math.min(from + length, now.length - 1);
      now = filled(walk, shorter(walk, [...now.slice(0, from), ...now.slice(to)]), random);
    }
    if (better(walk, now, best)) {
      best = now;
      length = 1;
    } else length = (length % Math.max(1, Math.ceil(inner / 3))) + 1;
    // From time to time back to the best, so that the search does not stray for good.
    if (round % 25 === 24) now = best;
  }
  return { stops: best, worth: worthOf(walk, best), minutes: minutesOf(walk, best), bound: boundOf(walk) };
}

/** Puts in what fits, the most worth for the added minute first, and straightens the order each time nothing more fits. */
function filled(walk: Walk, from: readonly number[], random: () => number = () => 0.5): number[] {
  let stops = [...from];
  for (;;) {
    const next = insertion(walk, stops, random);
    if (next) {
      stops.splice(next.at, 0, next.stop);
      continue;
    }
    const straight = shorter(walk, stops);
    if (minutesOf(walk, straight) >= minutesOf(walk, stops) - 1e-9) return stops;
    stops = straight;
  }
}

function insertion(
  walk: Walk,
  stops: readonly number[],
  random: () => number,
): { stop: number; at: number } | undefined {
  const left = walk.budget - minutesOf(walk, stops);
  const visited = new Set(stops);
  let best: { stop: number; at: number; rate: number } | undefined;
  for (let stop = 0; stop < walk.worth.length; stop++) {
    const worth = walk.worth[stop] ?? 0;
    if (visited.has(stop) || !(worth > 0)) continue;
    // Chance moves a stop before others that are about as good, so that a second try is not the first again.
    const favour = 0.5 + random();
    for (let at = 1; at < stops.length; at++) {
      const [before, after] = [stops[at - 1] as number, stops[at] as number];
      const added =
        way(walk, before, stop) + way(walk, stop, after) - way(walk, before, after) + (walk.stay[stop] ?? 0);
      if (added > left + 1e-9) continue;
      // Worth squared: a stop that is worth much is preferred to several small ones that are by chance on the way.
      const rate = (favour * worth * worth) / Math.max(added, 0.01);
      if (!best || rate > best.rate) best = { stop, at, rate };
    }
  }
  return best;
}

/** The same stops in a shorter order: stretches are turned round while that helps (2-opt; both ways are reckoned, they may differ). */
function shorter(walk: Walk, from: readonly number[]): number[] {
  let stops = [...from];
  let minutes = minutesOf(walk, stops);
  for (let changed = true; changed; ) {
    changed = false;
    for (let a = 1; a < stops.length - 2; a++)
      for (let b = a + 1; b < stops.length - 1; b++) {
        const turned = [...stops.slice(0, a), ...stops.slice(a, b + 1).reverse(), ...stops.slice(b + 1)];
        const of = minutesOf(walk, turned);
        if (of >= minutes - 1e-9) continue;
        [stops, minutes, changed] = [turned, of, true];
      }
  }
  return stops;
}

/**
 * Above every walk: each visit costs at least its stay and half of the shortest ways in and out; the best that such costs leave room for,
 * the last stop in part (fractional knapsack).
 */
function boundOf(walk: Walk): number {
  const { worth, stay, start, end } = walk;
  const others = worth.map((_, stop) => stop);
  const shortest = (stop: number, way_: (other: number) => number) =>
    Math.min(...others.filter((other) => other !== stop).map(way_));
  const halfOut = (stop: number) => shortest(stop, (other) => way(walk, stop, other)) / 2;
  const halfIn = (stop: number) => shortest(stop, (other) => way(walk, other, stop)) / 2;
  let left = walk.budget - halfOut(start) - halfIn(end);
  const visits = others
    .filter((stop) => stop !== start && stop !== end && (worth[stop] ?? 0) > 0)
    .map((stop) => ({ worth: worth[stop] ?? 0, cost: (stay[stop] ?? 0) + halfIn(stop) + halfOut(stop) }))
    .sort((a, b) => b.worth / Math.max(b.cost, 1e-9) - a.worth / Math.max(a.cost, 1e-9));
  let sum = 0;
  for (const visit of visits) {
    if (left <= 0) break;
    sum += visit.worth * Math.min(1, left / Math.max(visit.cost, 1e-9));
    left -= visit.cost;
  }
  return sum;
}

const way = (walk: Walk, from: number, to: number): number => walk.minutes[from]?.[to] ?? Number.POSITIVE_INFINITY;

function minutesOf(walk: Walk, stops: readonly number[]): number {
  return stops.reduce(
    (sum, stop, at) =>
      sum +
      (at === 0 ? 0 : way(walk, stops[at - 1] as number, stop)) +
      (stop === walk.start || stop === walk.end ? 0 : (walk.stay[stop] ?? 0)),
    0,
  );
}

const worthOf = (walk: Walk, stops: readonly number[]): number =>
  stops.reduce((sum, stop) => sum + (stop === walk.start || stop === walk.end ? 0 : (walk.worth[stop] ?? 0)), 0);

function better(walk: Walk, a: readonly number[], b: readonly number[]): boolean {
  const [worthA, worthB] = [worthOf(walk, a), worthOf(walk, b)];
  if (worthA !== worthB) return worthA > worthB;
  return minutesOf(walk, a) < minutesOf(walk, b) - 1e-9;
}
