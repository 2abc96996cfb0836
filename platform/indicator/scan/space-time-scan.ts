import { sequence } from '#platform/kernel/random.ts';
import { ringsOf, type Rings } from './rings.ts';
import { chanceOf, type Tail } from './chance.ts';
import { bestWindow, countsOf, significantWindows, type Counts, type Expectation, type Window } from './windows.ts';

/** A place that is counted at, a cell of the unit grid (单元网格), in planar metres. */
export type Place = {
  x: number;
  y: number;
  /** What is to be expected here against the other places, in any unit: cases of the years before, residents, length of road. */
  weight: number;
};

/** One event: the number of its place and of its day, both from 0. */
export type Event = { place: number; day: number };

export type ScanTerms = {
  /** Days that are looked at. */
  days: number;
  /** What is to be expected on each day against the others (weekday, season); all alike where it is missing. */
  dayWeights?: readonly number[];
  /** The widest circle, metres. */
  maxRadius: number;
  /** The longest stretch, days. */
  maxDays: number;
  /** Fewest events that are called a cluster. */
  minEvents?: number;
  /** Random repetitions under the assumption that there is no cluster. */
  replications: number;
  /**
   * How p is read from the repetitions: by `rank` (999 give p down to 0.001), or by a `gumbel` curve through them, where many scans are
   * made and each is held to a small p. By rank where it is missing.
   */
  tail?: Tail;
  /** A cluster is told when p is at most this. */
  significance: number;
  seed: number;
};

/** A cluster (时空聚集): more events within a circle and a stretch of days than chance gives. */
export type Cluster = {
  /** Number of the place in the middle. */
  centre: number;
  radius: number;
  /** Numbers of the places within. */
  places: number[];
  /** First and last day, both included. */
  from: number;
  to: number;
  observed: number;
  expected: number;
  /** Natural logarithm of the likelihood ratio (对数似然比). */
  likelihood: number;
  /** Share of the repetitions, this data among them, whose best window is at least as good. */
  p: number;
};

/**
 * Space-time scan statistic for counts (Kulldorff 1997, Poisson model; time as in Kulldorff et al. 1998), looking back over the whole
 * stretch: cylinders round each place up to a radius and a number of days; high counts only. Significance by repetition (`chance.ts`):
 * as many events are spread by chance as the weights say, and the best window of each repetition is kept. Clusters after the first are
 * held to the same distribution, which is on the safe side, and share no place and day with a better one.
 *
 * The same input gives the same clusters. Nothing here is about persons: places and days are counted.
 * @throws RangeError if an event lies outside the places or days.
 */
export function spaceTimeScan(options: {
  places: readonly Place[];
  events: readonly Event[];
  terms: ScanTerms;
}): Cluster[] {
  const { places, events, terms } = options;
  if (events.length < (terms.minEvents ?? 2)) return [];
  const expectation = expectationOf(options);
  const rings = ringsOf(places, terms.maxRadius);
  const search = { rings, expectation, maxDays: terms.maxDays, minEvents: terms.minEvents ?? 2 };
  const chance = chanceOf(
    byChance({ ...search, replications: terms.replications, seed: terms.seed }),
    terms.tail ?? 'rank',
  );
  const floor = chance.least(terms.significance);
  if (floor === undefined) return [];
  const counts = counted(events, expectation);
  return apart(significantWindows({ ...search, counts, floor }), rings).map((window) => ({
    centre: window.centre,
    radius: rings.radii[window.centre]?.[window.ring] ?? 0,
    places: membersOf(rings, window),
    from: window.from,
    to: window.to,
    observed: window.observed,
    expected: window.expected,
    likelihood: window.likelihood,
    p: chance.p(window.likelihood),
  }));
}

/** What is expected at each place and on each day, so that all of it sums to the number of events. */
function expectationOf({
  places,
  events,
  terms,
}: {
  places: readonly Place[];
  events: readonly Event[];
  terms: ScanTerms;
}): Expectation {
  const space = places.reduce((sum, { weight }) => sum + weight, 0);
  const dayWeights = terms.dayWeights ?? Array.from({ length: terms.days }, () => 1);
  const time = dayWeights.reduce((sum, weight) => sum + weight, 0);
  if (!(space > 0) || !(time > 0) || dayWeights.length !== terms.days)
    throw new RangeError('weights have to be given for each place and day, and not all be nothing');
  return {
    total: events.length,
    places: Float64Array.from(places, ({ weight }) => weight / space),
    days: Float64Array.from(dayWeights, (weight) => weight / time),
  };
}

function counted(events: readonly Event[], { places, days }: Expectation): Counts {
  const outside = events.find(({ place, day }) => !(place in places && day in days));
  if (outside)
    throw new RangeError(`event at place ${outside.place}, day ${outside.day}: outside of what is looked at`);
  return countsOf({
    at: Uint32Array.from(events, ({ place }) => place),
    days: Uint32Array.from(events, ({ day }) => day),
    places: places.length,
  });
}

/** The best window of each repetition. */
function byChance(options: {
  rings: Rings;
  expectation: Expectation;
  maxDays: number;
  minEvents: number;
  replications: number;
  seed: number;
}): number[] {
  const { expectation, replications } = options;
  const random = sequence(options.seed);
  const [places, days] = [cumulative(expectation.places), cumulative(expectation.days)];
  const drawn = { at: new Uint32Array(expectation.total), days: new Uint32Array(expectation.total) };
  return Array.from({ length: replications }, () => {
    for (let event = 0; event < expectation.total; event++) {
      drawn.at[event] = draw(places, random());
      drawn.days[event] = draw(days, random());
    }
    return bestWindow({ ...options, counts: countsOf({ ...drawn, places: places.length }) });
  });
}

function cumulative(shares: Float64Array): Float64Array {
  let sum = 0;
  return shares.map((share) => (sum += share));
}

/** The first place whose sum of shares is above `at`. */
function draw(sums: Float64Array, at: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The best windows that share no place and day with a better one. */
function apart(windows: readonly Window[], rings: Rings): Window[] {
  const kept: { window: Window; places: Set<number> }[] = [];
  const sorted = [...windows].sort(
    (a, b) => b.likelihood - a.likelihood || a.centre - b.centre || a.ring - b.ring || a.from - b.from,
  );
  for (const window of sorted) {
    const places = membersOf(rings, window);
    const meets = kept.some(
      (other) =>
        window.from <= other.window.to &&
        other.window.from <= window.to &&
        places.some((place) => other.places.has(place)),
    );
    if (!meets) kept.push({ window, places: new Set(places) });
  }
  return kept.map(({ window }) => window);
}

const membersOf = (rings: Rings, { centre, ring }: Window): number[] =>
  [...(rings.neighbours[centre] ?? [])].slice(0, rings.ends[centre]?.[ring] ?? 0);
