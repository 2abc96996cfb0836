import { createHash } from 'node:crypto';

/** One thing that was seen (线索): a case, an alert or a step of a scenario. Place in degrees. */
export type Seen = { ref: string; class: string; level: number; lon: number; lat: number; at: Date };
export type Rules = {
  /** Which family of incident a class belongs to; classes of one family are compatible. A class may belong to several families. */
  families: ReadonlyMap<string, readonly string[]>;
  metres: number;
  minutes: number;
  /** So many members make an incident. */
  least: number;
};
export type Cluster = { key: string; family: string; members: readonly Seen[] };

const EARTH_M = 6_371_008.8;
const rad = (degrees: number) => (degrees * Math.PI) / 180;
/** Distance in metres on the sphere (haversine). */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The family that two things have in common, the first by name; undefined where they are not compatible (可合并类别). */
export function familyOf(rules: Rules, a: string, b: string): string | undefined {
  const other = new Set(rules.families.get(b) ?? []);
  return [...(rules.families.get(a) ?? [])].sort().find((family) => other.has(family));
}

/** Whether two things may be of one incident: compatible, within the distance and within the time. */
export function belongs(rules: Rules, a: Seen, b: Seen): string | undefined {
  if (Math.abs(a.at.getTime() - b.at.getTime()) > rules.minutes * 60_000) return undefined;
  if (metresBetween(a, b) > rules.metres) return undefined;
  return familyOf(rules, a.class, b.class);
}

/** Key of an incident: what it began with, in the scope of a scenario. The same events give the same key, whenever they are played. */
export function keyOf(scope: string, first: { ref: string }): string {
  return createHash('sha256').update(`${scope} ${first.ref}`).digest('hex').slice(0, 12);
}

const order = (a: Seen, b: Seen): number => a.at.getTime() - b.at.getTime() || (a.ref < b.ref ? -1 : 1);

/**
 * Composite incidents of a set of things seen (关联分析): a thing joins the oldest group one of whose members it belongs to; groups of `least` are
 * incidents. Things are taken by time and then by reference, so the result does not depend on the order in which they came in.
 */
export function correlate(scope: string, seen: readonly Seen[], rules: Rules): Cluster[] {
  const groups: { family: string | undefined; members: Seen[] }[] = [];
  for (const thing of [...seen].sort(order)) {
    const found = groups.find(({ family, members }) =>
      members.some((member) => {
        const common = belongs(rules, member, thing);
        return (
          common !== undefined && (family === undefined || (rules.families.get(thing.class) ?? []).includes(family))
        );
      }),
    );
    if (!found) groups.push({ family: undefined, members: [thing] });
    else {
      const first = found.members.find((member) => belongs(rules, member, thing));
      found.family ??= first && familyOf(rules, first.class, thing.class);
      found.members.push(thing);
    }
  }
  return groups.flatMap(({ family, members }) => {
    const [first] = members;
    if (members.length < rules.least || !family || !first) return [];
    return [{ key: keyOf(scope, first), family, members }];
  });
}

/** Level of an incident: that of its gravest member, one graver from `many` members on. */
export function levelOf(members: readonly { level: number }[], many: number): number {
  const gravest = Math.min(...members.map(({ level }) => level));
  return Math.max(1, members.length >= many ? gravest - 1 : gravest);
}
