/** Outlines measured again: mostly the same houses a little off, some split, merged, moved, gone or new. The truth is known. */
import type { Polygon } from 'geojson';
import { METRE, SHRINK } from './footprints.ts';
import type { Random } from './random.ts';

type Point = [number, number];
export interface Surveyed {
  id: string;
  address: string;
  outline: Polygon;
  /** Codes of the buildings that this outline is, or is part of; empty for a new house. */
  from: string[];
  kind: 'same' | 'split' | 'merge' | 'new';
}
type Known = { code: string; address: string; outline: Polygon };

const ringOf = (outline: Polygon): Point[] =>
  (outline.coordinates[0] ?? []).slice(0, 4).map((p): Point => [p[0] ?? 0, p[1] ?? 0]);
const closed = (ring: Point[]): Polygon => {
  const rounded = ring.map(([x, y]): Point => [Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7]);
  return { type: 'Polygon', coordinates: [[...rounded, rounded[0] as Point]] };
};
const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** Moved by up to `most` metres as a whole, and each corner by a fifth of that. */
function shaken(ring: Point[], most: number, random: Random): Point[] {
  const off = (metres: number): Point => {
    const [x, y] = [(random.next() * 2 - 1) * metres, (random.next() * 2 - 1) * metres];
    return [(x * METRE) / SHRINK, y * METRE];
  };
  const [dx, dy] = off(most);
  return ring.map(([x, y]) => {
    const [ex, ey] = off(most / 5);
    return [x + dx + ex, y + dy + ey];
  });
}

/** One house cut across its longer side at `t`. */
function halves(ring: Point[], t: number): [Point[], Point[]] {
  const [a, b, c, d] = ring as [Point, Point, Point, Point];
  const length = (p: Point, q: Point): number => Math.hypot((p[0] - q[0]) * SHRINK, p[1] - q[1]);
  if (length(a, b) >= length(b, c)) {
    const [m, n] = [between(a, b, t), between(d, c, t)];
    return [
      [a, m, n, d],
      [m, b, c, n],
    ];
  }
  const [m, n] = [between(b, c, t), between(a, d, t)];
  return [
    [a, b, m, n],
    [n, m, c, d],
  ];
}

/** A new survey of these houses. */
export function surveyOf(options: { buildings: readonly Known[]; random: Random }): Surveyed[] {
  const { random } = options;
  const out: Surveyed[] = [];
  const add = (one: Omit<Surveyed, 'id'>): void =>
    void out.push({ id: `S${String(out.length + 1).padStart(5, '0')}`, ...one });
  for (const building of options.buildings) {
    const chance = random.next();
    const ring = ringOf(building.outline);
    if (chance < 0.1) {
      const cut = halves(ring, 0.35 + random.next() * 0.3);
      cut.forEach((part, i) =>
        add({
          address: i === 0 ? building.address : '',
          outline: closed(shaken(part, 0.3, random)),
          from: [building.code],
          kind: 'split',
        }),
      );
    } else if (chance < 0.16) continue;
    else
      add({
        address: random.chance(0.7) ? building.address : '',
        outline: closed(shaken(ring, 1, random)),
        from: [building.code],
        kind: 'same',
      });
  }
  return out;
}

export interface OutlineCase {
  kind: 'split' | 'merge' | 'same' | 'replaced';
  before: Known[];
  after: { id: string; address: string; outline: Polygon }[];
  /** Pairs before → after that are one house or a part of it. */
  links: [string, string][];
}

/** Cases of their own, each at a place of its own far from the others: splits and merges, with houses that stayed and neighbours. */
export function outlineCases({ count, random }: { count: number; random: Random }): OutlineCase[] {
  return Array.from({ length: count }, (_, n): OutlineCase => {
    const origin: Point = [121.4 + (n % 40) * 0.004, 31.1 + Math.floor(n / 40) * 0.004];
    const [width, depth] = [12 + random.next() * 30, 9 + random.next() * 12];
    const at = (x: number, y: number, w: number): Point[] => {
      const angle = (n % 7) * 0.2;
      const turn = ([u, v]: Point): Point => [
        u * Math.cos(angle) - v * Math.sin(angle),
        u * Math.sin(angle) + v * Math.cos(angle),
      ];
      return (
        [
          [x, y],
          [x + w, y],
          [x + w, y + depth],
          [x, y + depth],
        ] as Point[]
      )
        .map(turn)
        .map(([u, v]): Point => [origin[0] + (u * METRE) / SHRINK, origin[1] + v * METRE]);
    };
    const name = (i: number): string => `样例路${n + 1}弄${i + 1}号`;
    const neighbour = { code: `N${n}`, address: name(8), outline: closed(at(width * 2 + 14, 0, width)) };
    const neighbourAfter = {
      id: `n${n}`,
      address: random.chance(0.5) ? name(8) : '',
      outline: closed(shaken(ringOf(neighbour.outline), 0.8, random)),
    };
    const kind = random.pickWeighted(['split', 'merge', 'same', 'replaced'] as const, [40, 80, 92, 100]);
    const noise = random.next() * 0.9;
    const whole = at(0, 0, width);
    if (kind === 'same' || kind === 'replaced') {
      const before = { code: `A${n}`, address: name(0), outline: closed(whole) };
      // Replaced: torn down, and another house beside the old place.
      const moved = kind === 'same' ? shaken(whole, noise, random) : at(0, depth + 6, width * 0.8);
      const after = { id: `a${n}`, address: kind === 'same' ? name(0) : name(5), outline: closed(moved) };
      const links: [string, string][] = kind === 'same' ? [[before.code, after.id]] : [];
      return {
        kind,
        before: [before, neighbour],
        after: [after, neighbourAfter],
        links: [...links, [neighbour.code, neighbourAfter.id]],
      };
    }
    const pieces: Point[][] = [];
    let rest = whole;
    const parts = random.int(2, 4);
    for (let i = parts; i > 1; i--) {
      const [first, second] = halves(rest, 1 / i + (random.next() - 0.5) * 0.15);
      pieces.push(first);
      rest = second;
    }
    pieces.push(rest);
    if (kind === 'split') {
      const before = { code: `A${n}`, address: name(0), outline: closed(whole) };
      const after = pieces.map((ring, i) => ({
        id: `a${n}-${i}`,
        address: random.chance(0.4) ? name(i) : '',
        outline: closed(shaken(ring, noise * 0.5, random)),
      }));
      return {
        kind,
        before: [before, neighbour],
        after: [...after, neighbourAfter],
        links: [...after.map(({ id }): [string, string] => [before.code, id]), [neighbour.code, neighbourAfter.id]],
      };
    }
    const before = pieces.map((ring, i) => ({ code: `A${n}-${i}`, address: name(i), outline: closed(ring) }));
    const after = {
      id: `a${n}`,
      address: random.chance(0.5) ? name(0) : '',
      outline: closed(shaken(whole, noise * 0.5, random)),
    };
    return {
      kind,
      before: [...before, neighbour],
      after: [after, neighbourAfter],
      links: [...before.map(({ code }): [string, string] => [code, after.id]), [neighbour.code, neighbourAfter.id]],
    };
  });
}
