/** A case where and when it was reported. */
export type Seen = { no: string; lon: number; lat: number; at: Date };

const DAY_MS = 86_400_000;
const METRES_A_DEGREE = 111_320;

/** Metres between two places of one city, on the plane that touches the first. */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const x = (b.lon - a.lon) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(x, b.lat - a.lat) * METRES_A_DEGREE;
}

/**
 * Cases that come back at one place (反复发生): of one class, at least `least` within `metres` of one of them and within `days`. The largest
 * groups first, of equal ones the latest; no case stands in two. The first of a group is the one in the middle.
 */
export function recurrences(
  cases: readonly Seen[],
  terms: { least: number; metres: number; days: number },
): [Seen, ...Seen[]][] {
  const buckets = new Map<string, Seen[]>();
  // A degree of longitude is shorter than one of latitude: neighbours two columns away are looked at.
  const side = terms.metres / METRES_A_DEGREE;
  const at = ({ lon, lat }: Seen): [number, number] => [Math.floor(lon / side), Math.floor(lat / side)];
  for (const each of cases) {
    const key = at(each).join();
    buckets.set(key, [...(buckets.get(key) ?? []), each]);
  }
  const near = (middle: Seen): Seen[] => {
    const [x, y] = at(middle);
    const reach = Math.ceil(1 / Math.max(0.1, Math.cos((middle.lat * Math.PI) / 180)));
    const found: Seen[] = [];
    for (let dx = -reach; dx <= reach; dx++)
      for (let dy = -1; dy <= 1; dy++) found.push(...(buckets.get([x + dx, y + dy].join()) ?? []));
    return found.filter((other) => metresBetween(middle, other) <= terms.metres);
  };
  const groups = cases
    .map((middle) => ({ middle, window: bestWindow(near(middle), terms.days) }))
    .filter(({ window }) => window.length >= terms.least);
  const used = new Set<string>();
  const kept: [Seen, ...Seen[]][] = [];
  for (const { middle, window } of groups.sort(
    (a, b) =>
      b.window.length - a.window.length || last(b.window) - last(a.window) || (a.middle.no < b.middle.no ? -1 : 1),
  )) {
    const free = window.filter(({ no }) => !used.has(no));
    if (free.length < terms.least || used.has(middle.no)) continue;
    for (const { no } of free) used.add(no);
    used.add(middle.no);
    kept.push([middle, ...free.filter(({ no }) => no !== middle.no)]);
  }
  return kept.filter((group) => group.length >= terms.least && spanOf(group) <= terms.days * DAY_MS);
}

const last = (window: readonly Seen[]): number => window.at(-1)?.at.getTime() ?? 0;

const spanOf = (group: readonly Seen[]): number => {
  const times = group.map(({ at }) => at.getTime());
  return Math.max(...times) - Math.min(...times);
};

/** The longest stretch of at most so many days that holds the most; the latest of equal ones. */
function bestWindow(cases: readonly Seen[], days: number): Seen[] {
  const sorted = [...cases].sort((a, b) => a.at.getTime() - b.at.getTime());
  let best: Seen[] = [];
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while ((sorted[to] as Seen).at.getTime() - (sorted[from] as Seen).at.getTime() > days * DAY_MS) from += 1;
    if (to - from + 1 >= best.length) best = sorted.slice(from, to + 1);
  }
  return best;
}
