import type { Rings } from './rings.ts';

/** Shares of the total that are expected at each place and on each day (each sums to 1). */
export type Expectation = { total: number; places: Float64Array; days: Float64Array };

/** The days of the events of each place: those of place n stand from `starts[n]` up to `starts[n + 1]`. */
export type Counts = { starts: Uint32Array; days: Uint32Array };

/** Events by place (counting sort). */
export function countsOf(options: { at: Uint32Array; days: Uint32Array; places: number }): Counts {
  const starts = new Uint32Array(options.places + 1);
  for (const place of options.at) starts[place + 1] = (starts[place + 1] as number) + 1;
  for (let place = 0; place < options.places; place++)
    starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number);
  const next = starts.slice();
  const days = new Uint32Array(options.days.length);
  options.at.forEach((place, event) => {
    const to = next[place] as number;
    days[to] = options.days[event] as number;
    next[place] = to + 1;
  });
  return { starts, days };
}

/** A cylinder: a ring round a place, over days, both ends included. */
export type Window = {
  centre: number;
  ring: number;
  from: number;
  to: number;
  observed: number;
  expected: number;
  likelihood: number;
};

type Search = {
  rings: Rings;
  expectation: Expectation;
  counts: Counts;
  maxDays: number;
  minEvents: number;
};

/**
 * ln of the likelihood ratio for `observed` of `total` events where `expected` of them were to be expected: nothing unless there are more.
 * Kulldorff (1997), Poisson model.
 */
export function likelihoodRatio(options: { observed: number; expected: number; total: number }): number {
  const { observed, expected, total } = options;
  if (observed <= expected) return 0;
  const outside = total - observed;
  return (
    observed * Math.log(observed / expected) + (outside > 0 ? outside * Math.log(outside / (total - expected)) : 0)
  );
}

/** The likelihood of the best window of all. */
export function bestWindow(search: Search): number {
  const bar = barAt(0);
  eachAbove(search, bar, (window) => bar.raise(window.likelihood));
  return bar.likelihood;
}

/** For each place and first day the best window that is at least as good as `floor`. */
export function significantWindows(search: Search & { floor: number }): Window[] {
  // A hair below, so that a window as good as the floor is told too.
  const bar = barAt(search.floor * (1 - 1e-12));
  const best = new Map<string, Window>();
  eachAbove(search, bar, (window) => {
    const key = `${window.centre} ${window.from}`;
    if (window.likelihood > (best.get(key)?.likelihood ?? 0)) best.set(key, window);
  });
  return [...best.values()];
}

/** How many events the table of a bar goes up to; windows with more are reckoned out. */
const TABLE = 512;

type Bar = {
  likelihood: number;
  /** By number of events: a window whose expectation is not below this is not better. */
  below: Float64Array;
  raise(likelihood: number): void;
};

/**
 * What a window has to be above. The second part of the ratio is never positive, so c events are better than a likelihood L only if
 * c · ln(c / E) > L, that is E < c · e^(−L / c): one comparison in place of two logarithms for each of millions of windows.
 */
function barAt(likelihood: number): Bar {
  const bar: Bar = {
    likelihood,
    below: new Float64Array(TABLE),
    raise(to) {
      bar.likelihood = to;
      for (let events = 1; events < TABLE; events++) bar.below[events] = events * Math.exp(-to / events);
    },
  };
  bar.raise(likelihood);
  return bar;
}

/** Goes through all windows and tells those that are above the bar as it stands then. */
function eachAbove(search: Search, bar: Bar, tell: (window: Window) => void): void {
  const { rings, expectation, counts, maxDays, minEvents } = search;
  const { total } = expectation;
  const days = expectation.days.length;
  const until = sumsBefore(expectation.days);
  const series = new Uint32Array(days);
  /** Days with events in the ring: the best window always begins and ends on one. */
  const busy = new Uint32Array(days);
  for (let centre = 0; centre < rings.ends.length; centre++) {
    const neighbours = rings.neighbours[centre] as Uint32Array;
    const ends = rings.ends[centre] as Uint32Array;
    series.fill(0);
    let weight = 0;
    let filled = 0;
    for (let ring = 0; ring < ends.length; ring++) {
      let changed = false;
      for (const end = ends[ring] as number; filled < end; filled++) {
        const place = neighbours[filled] as number;
        weight += expectation.places[place] as number;
        for (let event = counts.starts[place] as number; event < (counts.starts[place + 1] as number); event++) {
          const day = counts.days[event] as number;
          series[day] = (series[day] as number) + 1;
          changed = true;
        }
      }
      // A wider ring without a further event expects more and holds no more.
      if (!changed) continue;
      let number = 0;
      for (let day = 0; day < days; day++) if (series[day] !== 0) busy[number++] = day;
      const expectedADay = total * weight;
      for (let first = 0; first < number; first++) {
        const from = busy[first] as number;
        const before = until[from] as number;
        let observed = 0;
        for (let last = first; last < number; last++) {
          const to = busy[last] as number;
          if (to - from >= maxDays) break;
          observed += series[to] as number;
          if (observed < minEvents) continue;
          const expected = expectedADay * ((until[to + 1] as number) - before);
          if (observed < TABLE && expected >= (bar.below[observed] as number)) continue;
          const likelihood = likelihoodRatio({ observed, expected, total });
          if (likelihood > bar.likelihood) tell({ centre, ring, from, to, observed, expected, likelihood });
        }
      }
    }
  }
}

/** By day the sum of the shares of the days before it; one more than there are days. */
function sumsBefore(shares: Float64Array): Float64Array {
  const sums = new Float64Array(shares.length + 1);
  for (let day = 0; day < shares.length; day++) sums[day + 1] = (sums[day] as number) + (shares[day] as number);
  return sums;
}
