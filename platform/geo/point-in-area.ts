import type { MultiPolygon, Polygon, Position } from 'geojson';
import { orientation } from './orientation.ts';

/** Where a point lies in regard to an area. */
export type Containment = 'inside' | 'edge' | 'outside';

/** Arithmetic of the side test: plain doubles as PostGIS does it, or free of rounding error. */
export type SideTest = 'double' | 'exact';

/** A polygon or multipolygon as flat rings `[x, y, x, y, …]`, for tests in a tight loop. */
export type Area = {
  /** west, south, east, north */
  box: readonly [number, number, number, number];
  rings: readonly Float64Array[];
  /** Index in `rings` at which each polygon starts (its outer ring); one more entry closes the list. */
  polygons: readonly number[];
};

/** Flattens a GeoJSON area. Rings of fewer than four positions are left out. */
export function flattenArea(geometry: Polygon | MultiPolygon): Area {
  const source = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings: Float64Array[] = [];
  const polygons = [0];
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of source) {
    for (const ring of polygon) {
      if (ring.length < 4) continue;
      rings.push(flattenRing(ring, box));
    }
    if (rings.length > (polygons.at(-1) as number)) polygons.push(rings.length);
  }
  return { box, rings, polygons };
}

function flattenRing(ring: readonly Position[], box: [number, number, number, number]): Float64Array {
  const flat = new Float64Array(ring.length * 2);
  ring.forEach((position, i) => {
    const [x, y] = position as [number, number];
    flat[2 * i] = x;
    flat[2 * i + 1] = y;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  });
  return flat;
}

/** Where a point lies in an area: holes are outside, an edge or vertex of any ring is `edge`. */
export function relate(area: Area, x: number, y: number, test: SideTest = 'exact'): Containment {
  const { box, rings, polygons } = area;
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return 'outside';
  for (let p = 0; p + 1 < polygons.length; p++) {
    const first = polygons[p] as number;
    const outer = relateRing(rings[first] as Float64Array, x, y, test);
    if (outer === 'edge') return 'edge';
    if (outer === 'outside') continue;
    let inHole = false;
    for (let r = first + 1; r < (polygons[p + 1] as number); r++) {
      const hole = relateRing(rings[r] as Float64Array, x, y, test);
      if (hole === 'edge') return 'edge';
      if (hole === 'inside') inHole = true;
    }
    if (!inHole) return 'inside';
  }
  return 'outside';
}

/** Winding number of a ring about a point; the ring's first position equals its last. */
function relateRing(ring: Float64Array, x: number, y: number, test: SideTest): Containment {
  let winding = 0;
  let x1 = ring[0] as number;
  let y1 = ring[1] as number;
  for (let i = 2; i < ring.length; i += 2) {
    const x2 = ring[i] as number;
    const y2 = ring[i + 1] as number;
    if ((y1 <= y && y <= y2) || (y2 <= y && y <= y1)) {
      const side = test === 'exact' ? orientation(x1, y1, x2, y2, x, y) : doubleSide(x1, y1, x2, y2, x, y);
      if (side === 0) {
        if ((x1 <= x && x <= x2) || (x2 <= x && x <= x1)) return 'edge';
      } else if (side > 0) {
        if (y1 <= y && y < y2) winding++;
      } else if (y2 <= y && y < y1) winding--;
    }
    x1 = x2;
    y1 = y2;
  }
  return winding === 0 ? 'outside' : 'inside';
}

/** `determineSide` of PostGIS (lwgeom_functions_analytic.c), rounding for rounding. */
function doubleSide(x1: number, y1: number, x2: number, y2: number, x: number, y: number): number {
  return (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
}
