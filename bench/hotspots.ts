/**
 * `hotspots`: planted clusters among the cases of a year over 2,050 unit grids, found by the space-time scan, kind by kind; what is to be
 * expected comes from the year before. Wanted: of 20 at least 18, with at most 2 that nobody planted. Reference in the same run: the
 * grids that stand out in a week of their kind (robust deviation), which is what a table by grid and week would show.
 * Usage: node bench/hotspots.ts [cases] [kinds] [repetitions] [seed]
 */
import { loadavg } from 'node:os';
import { generateCaseYears, type PlacedCase, type Planted } from '#districts/huangpu/generate/hotspots.ts';
import { createRandom } from '#districts/huangpu/generate/random.ts';
import { expectedPlaces } from '#platform/indicator/scan/expected-places.ts';
import { spaceTimeScan } from '#platform/indicator/scan/space-time-scan.ts';
import { report } from './lib/figure.ts';

const [cases = 250_000, kinds = 40, replications = 99, given] = process.argv.slice(2).map(Number);
const seed = given ?? Math.floor(Math.random() * 2 ** 31);
const { places, before, year, planted } = generateCaseYears({
  places: 2050,
  kinds,
  cases,
  planted: 20,
  random: createRandom(seed),
});
type Found = { kind: number; place: number; from: number; to: number; strength: number };

const byPlace = (of: readonly PlacedCase[]): number[] => {
  const counts = places.map(() => 0);
  for (const { place } of of) counts[place] = (counts[place] ?? 0) + 1;
  return counts;
};
const byDay = Array.from({ length: 365 }, () => 1);
for (const { day } of before) byDay[day] = (byDay[day] ?? 0) + 1;
const ofAll = byPlace(before);

const start = performance.now();
const found: Found[] = [];
for (let kind = 0; kind < kinds; kind++) {
  const expected = expectedPlaces({ ofKind: byPlace(before.filter((of) => of.kind === kind)), ofAll });
  const clusters = spaceTimeScan({
    places: places.map((place, n) => ({ ...place, weight: expected[n] ?? 0 })),
    events: year.filter((of) => of.kind === kind),
    terms: {
      days: 365,
      dayWeights: byDay,
      maxRadius: 250,
      maxDays: 14,
      minEvents: 5,
      replications,
      // Twenty in a hundred scans of nothing would be too many: all kinds together are held to 5 %.
      significance: 0.05 / kinds,
      tail: 'gumbel',
      seed: kind + 1,
    },
  });
  found.push(...clusters.map((of) => ({ kind, place: of.centre, from: of.from, to: of.to, strength: of.likelihood })));
}
const seconds = (performance.now() - start) / 1000;

/** Grids by week whose count stands out from the same grid's weeks, as many as the scan has found. */
function outstanding(): Found[] {
  const counts = new Map<string, number>();
  for (const { kind, place, day } of year) {
    const key = `${kind} ${place} ${Math.floor(day / 7)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => {
      const [kind = 0, place = 0, week = 0] = key.split(' ').map(Number);
      const mean = (ofAll[place] ?? 0) / 52 / kinds;
      return { kind, place, from: week * 7, to: week * 7 + 6, strength: (count - mean) / Math.sqrt(mean + 0.1) };
    })
    .sort((a, b) => b.strength - a.strength)
    .slice(0, Math.max(20, found.length));
}

const meets = (of: Found, truth: Planted): boolean => {
  const [a, b] = [places[of.place], places[truth.place]];
  if (of.kind !== truth.kind || of.from > truth.to || truth.from > of.to || !a || !b) return false;
  return Math.hypot(a.x - b.x, a.y - b.y) <= 250 + truth.radius;
};
const recall = (of: readonly Found[]) => planted.filter((truth) => of.some((one) => meets(one, truth))).length;
const wrong = (of: readonly Found[]) => of.filter((one) => !planted.some((truth) => meets(one, truth))).length;
const plain = outstanding();

report({
  name: 'hotspots',
  ours: recall(found),
  reference: recall(plain),
  ratio: recall(found) / Math.max(1, recall(plain)),
  unit: 'planted clusters found of 20',
  wanted: 1,
  note: `${cases} cases, ${kinds} kinds, ${replications} repetitions each, seed ${seed}: ${recall(found)} of 20 found, ${wrong(found)} not planted, ${seconds.toFixed(0)} s by the clock; grids by week that stand out: ${recall(plain)} found, ${wrong(plain)} not planted; load ${loadavg()[0]?.toFixed(1)}`,
});
if (recall(found) < 18 || wrong(found) > 2) process.exitCode = 1;
