import type { Random } from './random.ts';

/** A unit grid (单元网格), metres from the corner of the district. */
export type UnitGrid = { x: number; y: number };
export type PlacedCase = { kind: number; place: number; day: number };
/** What was put in, and is to be found: more of a kind round a place within some days than otherwise. */
export type Planted = { kind: number; place: number; radius: number; from: number; to: number; cases: number };

export type CaseYears = {
  places: UnitGrid[];
  kinds: number;
  /** The year before, without anything planted. */
  before: PlacedCase[];
  year: PlacedCase[];
  planted: Planted[];
};

const SIDE = 100;
const COLUMNS = 50;
/** Cases by weekday, Monday first, against each other. */
const WEEKDAY = [1.15, 1.05, 1, 1, 1.05, 0.9, 0.85];

/**
 * Two years of cases of the grid in which it is known what is a hot spot: kinds differ in how common they are, places in how much happens
 * there, and each kind has places of its own. In the second year clusters are planted: within some days two to five times as many cases
 * round a place as the background has, and never fewer than fifteen.
 */
export function generateCaseYears(options: {
  places: number;
  kinds: number;
  cases: number;
  planted: number;
  random: Random;
}): CaseYears {
  const { kinds, random } = options;
  const places = Array.from({ length: options.places }, (_, n) => ({
    x: (n % COLUMNS) * SIDE,
    y: Math.floor(n / COLUMNS) * SIDE,
  }));
  const busy = places.map(() => skewed(random, 0.6));
  const kindsOften = Array.from({ length: kinds }, (_, kind) => 1 / (kind + 2));
  const own = kindsOften.map(() => places.map((_, place) => (busy[place] ?? 0) * skewed(random, 0.5)));
  const drawYear = (count: number): PlacedCase[] => {
    const day = drawer(
      Array.from({ length: 365 }, (_, n) => (WEEKDAY[n % 7] ?? 1) * (1 + 0.2 * Math.sin((n / 365) * 2 * Math.PI))),
    );
    const kind = drawer(kindsOften);
    const place = own.map(drawer);
    return Array.from({ length: count }, () => {
      const of = kind(random);
      return { kind: of, place: place[of]?.(random) ?? 0, day: day(random) };
    });
  };
  const year = drawYear(options.cases);
  const planted: Planted[] = [];
  while (planted.length < options.planted) {
    const next = plant({ places, kinds, year, random });
    // Two of a kind that touch would be one.
    if (planted.some((other) => other.kind === next.kind && Math.abs(other.from - next.from) < 40)) continue;
    planted.push(next);
    year.push(...casesOf({ of: next, places, random }));
  }
  return { places, kinds, before: drawYear(options.cases), year, planted };
}

function plant(options: {
  places: readonly UnitGrid[];
  kinds: number;
  year: readonly PlacedCase[];
  random: Random;
}): Planted {
  const { places, year, random } = options;
  const kind = random.int(0, options.kinds - 1);
  const place = random.int(0, places.length - 1);
  const radius = random.pick([0, 100, 150]);
  const from = random.int(0, 350);
  const to = Math.min(364, from + random.int(2, 9));
  const within = new Set(near({ places, place, radius }));
  const background = (year.filter((of) => of.kind === kind && within.has(of.place)).length / 365) * (to - from + 1);
  return { kind, place, radius, from, to, cases: Math.max(15, Math.round(background * random.int(1, 4))) };
}

function casesOf({ of, places, random }: { of: Planted; places: readonly UnitGrid[]; random: Random }): PlacedCase[] {
  const within = near({ places, place: of.place, radius: of.radius });
  return Array.from({ length: of.cases }, () => ({
    kind: of.kind,
    place: random.pick(within),
    day: random.int(of.from, of.to),
  }));
}

function near({ places, place, radius }: { places: readonly UnitGrid[]; place: number; radius: number }): number[] {
  const middle = places[place];
  return places.flatMap((other, n) =>
    middle && Math.hypot(other.x - middle.x, other.y - middle.y) <= radius ? [n] : [],
  );
}

/** Positive, mean about 1, with a long tail (log-normal by the sum of twelve). */
function skewed(random: Random, spread: number): number {
  let sum = -6;
  for (let n = 0; n < 12; n++) sum += random.next();
  return Math.exp(spread * sum - (spread * spread) / 2);
}

function drawer(weights: readonly number[]): (random: Random) => number {
  let sum = 0;
  const sums = weights.map((weight) => (sum += weight));
  const numbers = weights.map((_, n) => n);
  return (random) => random.pickWeighted(numbers, sums);
}
