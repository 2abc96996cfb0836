/**
 * Generated shapes of the district: its open outline cut into ten streets at about their true place, each into as many
 * committees as the register lists, each into grid cells of about one hectare. All are marked `generated: true`.
 */
import { readFileSync } from 'node:fs';
import type { Feature, Polygon } from 'geojson';
import { fromGcj02 } from './datum.ts';
import { createPlane } from './planar.ts';
import type { Plane, Ring } from './planar.ts';
import type { Random } from './random.ts';

export type AreaLevel = 'district' | 'street' | 'committee' | 'cell';

/** One area of the district; `ring` is open (first point not repeated), EPSG:4490 degrees. */
export interface Area {
  code: string;
  name: string;
  level: AreaLevel;
  parent: string | null;
  ring: [number, number][];
}

export interface Register {
  streets: { code: string; name: string }[];
  committees: { code: string; name: string; street: string }[];
}

const UNIT = 1e7;
/** cos of the district's latitude: one degree east is shorter than one degree north. */
const SHRINK = Math.cos((31.217 * Math.PI) / 180);

type Layout = { street: string; share: number } | { angle: number; parts: [Layout, Layout] };
const leaf = (street: string, share: number): Layout => ({ street, share });
/** `angle` of the normal in degrees from east: 0 puts the first part west, 90 puts it south. */
const split = (angle: number, first: Layout, second: Layout): Layout => ({ angle, parts: [first, second] });

// Relative place and share of area (km², rounded planning figures). The borders themselves are invented.
const LAYOUT: Layout = split(
  96,
  split(
    12,
    split(
      72,
      split(80, leaf('310101020', 3.09), leaf('310101021', 1.59)),
      split(0, leaf('310101023', 1.98), leaf('310101022', 1.41)),
    ),
    split(
      68,
      leaf('310101015', 2.87),
      split(10, leaf('310101019', 1.24), split(25, leaf('310101018', 1.19), leaf('310101017', 2.59))),
    ),
  ),
  split(8, leaf('310101002', 2.41), leaf('310101013', 2.18)),
);

const shareOf = (layout: Layout): number =>
  'share' in layout ? layout.share : shareOf(layout.parts[0]) + shareOf(layout.parts[1]);

function normalAt(angle: number): [number, number] {
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians) * SHRINK, Math.sin(radians)];
}

/** Tries the wanted angle first, then turns further and further until one straight chord does the cut. */
function cutNear(options: {
  plane: Plane;
  ring: Ring;
  angle: number;
  ratio: number;
  random: Random;
}): [number[], number[]] {
  const { plane, ring, angle, random } = options;
  for (let attempt = 0; attempt < 120; attempt++) {
    const turn = attempt === 0 ? 0 : (attempt % 2 === 0 ? 1 : -1) * (attempt * 1.5 + random.next());
    const ratio = Math.min(0.9, Math.max(0.1, options.ratio + (attempt > 30 ? (random.next() - 0.5) * 0.2 : 0)));
    const parts = plane.cut({ ring, normal: normalAt(angle + turn), ratio });
    if (parts !== undefined) return parts;
  }
  throw new Error('no straight cut found for a shape');
}

function extent(plane: Plane, ring: Ring, angle: number): number {
  const [nx, ny] = normalAt(angle);
  let [low, high] = [Infinity, -Infinity];
  for (const v of ring) {
    const d = nx * plane.x(v) + ny * plane.y(v);
    low = Math.min(low, d);
    high = Math.max(high, d);
  }
  return high - low;
}

/** Cuts a ring into `count` parts of about equal area, always across its longer side, along the street grid of the place. */
function cutInto(options: { plane: Plane; ring: Ring; count: number; grain: number; random: Random }): number[][] {
  const { plane, ring, count, grain, random } = options;
  if (count === 1) return [[...ring]];
  const along = extent(plane, ring, grain) > extent(plane, ring, grain + 90) ? grain : grain + 90;
  const half = random.chance(0.5) ? Math.floor(count / 2) : Math.ceil(count / 2);
  const ratio = (half / count) * (1 + (random.next() - 0.5) * 0.16);
  const parts = cutNear({ plane, ring, angle: along + (random.next() - 0.5) * 8, ratio, random });
  return [
    ...cutInto({ plane, ring: parts[0], count: half, grain, random }),
    ...cutInto({ plane, ring: parts[1], count: count - half, grain, random }),
  ];
}

/** The open outline of the district, from GCJ-02 to EPSG:4490 (WGS 84 and CGCS2000 differ by less than 1e-6 degree here). */
export function readOutline(path: string): [number, number][] {
  const file = JSON.parse(readFileSync(path, 'utf8')) as { features: Feature<Polygon>[] };
  const ring = file.features[0]?.geometry.coordinates[0] ?? [];
  const points = ring.map((p) => fromGcj02([p[0] ?? 0, p[1] ?? 0]));
  return points.filter((p, i) => i === 0 || p[0] !== points[i - 1]?.[0] || p[1] !== points[i - 1]?.[1]).slice(0, -1);
}

/** All areas in the order district, streets, committees, cells; children tile their parent exactly. */
export function makeAreas(options: {
  outline: [number, number][];
  register: Register;
  cells: number;
  districtCode: string;
  districtName: string;
  random: Random;
}): Area[] {
  const { outline, register, random } = options;
  const plane = createPlane();
  const whole = outline.map(([lon, lat]) => plane.vertex(Math.round(lon * UNIT), Math.round(lat * UNIT)));
  if (plane.area(whole) < 0) whole.reverse();

  const streetRings = new Map<string, number[]>();
  const place = (ring: number[], layout: Layout): void => {
    if ('share' in layout) {
      streetRings.set(layout.street, ring);
      return;
    }
    const ratio = shareOf(layout.parts[0]) / shareOf(layout);
    const [first, second] = cutNear({ plane, ring, angle: layout.angle, ratio, random });
    place(first, layout.parts[0]);
    place(second, layout.parts[1]);
  };
  place(whole, LAYOUT);

  type Draft = Omit<Area, 'ring'> & { ring: Ring };
  const streets: Draft[] = [];
  const committees: Draft[] = [];
  const cells: Draft[] = [];
  const perCommittee = options.cells / register.committees.length;
  let owed = 0;
  for (const street of register.streets) {
    const ring = streetRings.get(street.code);
    if (ring === undefined) throw new Error(`no place laid out for street ${street.code}`);
    streets.push({ code: street.code, name: street.name, level: 'street', parent: options.districtCode, ring });
    const own = register.committees.filter((committee) => committee.street === street.code);
    const grain = random.int(-4, 14);
    const rings = cutInto({ plane, ring, count: own.length, grain, random });
    own.forEach((committee, i) => {
      const committeeRing = rings[i] as number[];
      committees.push({
        code: committee.code,
        name: committee.name,
        level: 'committee',
        parent: street.code,
        ring: committeeRing,
      });
      owed += perCommittee;
      const count = Math.floor(owed + 1e-9);
      owed -= count;
      cutInto({ plane, ring: committeeRing, count, grain, random }).forEach((cell, n) => {
        const sequence = String(n + 1).padStart(2, '0');
        cells.push({
          code: committee.code + sequence,
          name: `${committee.name}第${n + 1}网格`,
          level: 'cell',
          parent: committee.code,
          ring: cell,
        });
      });
    });
  }
  const district: Draft = {
    code: options.districtCode,
    name: options.districtName,
    level: 'district',
    parent: null,
    ring: whole,
  };
  // Only now has every edge received all of its vertices.
  return [district, ...streets, ...committees, ...cells].map((draft) => ({
    ...draft,
    ring: plane.expand(draft.ring).map((v): [number, number] => [plane.x(v) / UNIT, plane.y(v) / UNIT]),
  }));
}

/** GeoJSON feature of an area; `generated` is what the map's badge 样例数据 reads. */
export function areaFeature(area: Area): Feature<Polygon> {
  return {
    type: 'Feature',
    id: area.code,
    properties: { areaCode: area.code, name: area.name, level: area.level, parent: area.parent, generated: true },
    geometry: { type: 'Polygon', coordinates: [[...area.ring, area.ring[0] as [number, number]]] },
  };
}
