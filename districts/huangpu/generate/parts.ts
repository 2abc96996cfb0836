import { makePartCode } from '#apps/governance/grid/parts/part-code.ts';
import { cumulate, type Random } from './random.ts';

/** A generated part of the street. */
export type GeneratedPart = {
  code: string;
  lon: number;
  lat: number;
  owner: string;
  keeper: string;
  installed: string;
};
type Line = readonly (readonly [number, number])[];

/** By class: how many of a thousand, and who owns and keeps them, one after the other. */
const KINDS: readonly (readonly [
  kind: string,
  share: number,
  units: readonly (readonly [owner: string, keeper: string])[],
])[] = [
  [
    '0101',
    300,
    [
      ['water-company', 'water-company'],
      ['construction-transport', 'construction-transport'],
      ['grid-company', 'grid-company'],
      ['telecom', 'telecom'],
      ['mobile', 'mobile'],
      ['unicom', 'unicom'],
      ['gas-company', 'gas-company'],
    ],
  ],
  ['0102', 150, [['construction-transport', 'grid-company']]],
  ['0103', 14, [['water-company', 'fire-rescue']]],
  [
    '0104',
    40,
    [
      ['telecom', 'telecom'],
      ['mobile', 'mobile'],
      ['unicom', 'unicom'],
    ],
  ],
  ['0105', 30, [['grid-company', 'grid-company']]],
  [
    '0106',
    60,
    [
      ['grid-company', 'grid-company'],
      ['telecom', 'telecom'],
      ['traffic-police', 'traffic-police'],
    ],
  ],
  ['0107', 120, [['construction-transport', 'construction-transport']]],
  ['0202', 40, [['construction-transport', 'construction-transport']]],
  ['0203', 50, [['traffic-police', 'traffic-police']]],
  ['0204', 12, [['traffic-police', 'traffic-police']]],
  ['0205', 8, [['construction-transport', 'construction-transport']]],
  ['0206', 20, [['civil-affairs', 'civil-affairs']]],
  ['0301', 36, [['greening', 'greening']]],
  ['0401', 20, [['greening', 'greening']]],
  ['0402', 90, [['greening', 'greening']]],
  ['0403', 10, [['greening', 'greening']]],
];
const METRES_A_DEGREE = 111_000;
const FIRST_NUMBER = 101;
const FIRST_YEAR = 1998;
const LAST_YEAR = 2024;

/** Points at random along lines, each some metres beside: long roads bear more. */
export function placesAlong(lines: readonly Line[], options: { count: number; random: Random }): [number, number][] {
  const { count, random } = options;
  const pieces = lines.flatMap((line) => line.slice(1).map((to, n) => [line[n] ?? to, to] as const));
  const narrow = ([, lat]: readonly [number, number]) => Math.cos((lat * Math.PI) / 180);
  const lengths = cumulate(pieces.map(([a, b]) => Math.hypot((b[0] - a[0]) * narrow(a), b[1] - a[1])));
  return Array.from({ length: count }, () => {
    const [a, b] = random.pickWeighted(pieces, lengths);
    const at = random.next();
    const across = ((2 + random.next() * 4) * (random.chance(0.5) ? 1 : -1)) / METRES_A_DEGREE;
    const [x, y] = [(b[0] - a[0]) * narrow(a), b[1] - a[1]];
    const long = Math.hypot(x, y) || 1;
    const lon = a[0] + (b[0] - a[0]) * at - ((y / long) * across) / narrow(a);
    const lat = a[1] + (b[1] - a[1]) * at + (x / long) * across;
    return [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
  });
}

/** Parts along roads: same seed and roads, same parts. Codes go up by class, in the order of making. */
export function generateParts(options: {
  lines: readonly Line[];
  count: number;
  division: string;
  random: Random;
  /** What lies outside is not made. */
  inside: (lon: number, lat: number) => boolean;
}): GeneratedPart[] {
  const { lines, count, division, random, inside } = options;
  if (lines.length === 0) return [];
  const shares = cumulate(KINDS.map(([, share]) => share));
  const numbers = new Map<string, number>();
  const parts: GeneratedPart[] = [];
  // Roads end at the edge of a box, the district does not: some tries fall outside of it.
  for (let round = 0; round < 10 && parts.length < count; round += 1)
    for (const [lon, lat] of placesAlong(lines, { count: count - parts.length, random })) {
      if (!inside(lon, lat)) continue;
      const [kind, , units] = random.pickWeighted(KINDS, shares);
      const number = numbers.get(kind) ?? FIRST_NUMBER;
      numbers.set(kind, number + 1);
      const [owner, keeper] = random.pick(units);
      const day = `${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
      parts.push({
        code: makePartCode({ division, major: kind.slice(0, 2), minor: kind.slice(2), number }),
        lon,
        lat,
        owner,
        keeper,
        installed: `${random.int(FIRST_YEAR, LAST_YEAR)}-${day}`,
      });
    }
  return parts;
}
