import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { flattenArea, relate } from './point-in-area.ts';
import type { Box } from './tiles.ts';

/** What is wrong with a geometry, and where: `path` as in `coordinates[0][3]`. */
export type GeometryFault = {
  code: 'TYPE' | 'EMPTY' | 'POSITION' | 'RANGE' | 'TOO_FEW' | 'NOT_CLOSED' | 'NO_AREA';
  path: string;
};

const DEPTH = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 } as const;
type Simple = keyof typeof DEPTH;

/**
 * Faults of a GeoJSON geometry (RFC 7946 §3.1) of unknown origin, in degrees; an empty list means that it can be stored.
 * Self-intersection is not looked for: the database does that (`ST_IsValid`).
 */
export function geometryFaults(value: unknown, path = 'geometry'): GeometryFault[] {
  if (typeof value !== 'object' || value === null || !('type' in value)) return [{ code: 'TYPE', path }];
  if (value.type === 'GeometryCollection') {
    const parts = 'geometries' in value && Array.isArray(value.geometries) ? value.geometries : null;
    if (!parts) return [{ code: 'TYPE', path }];
    return parts.flatMap((part, i) => geometryFaults(part, `${path}.geometries[${i}]`));
  }
  if (typeof value.type !== 'string' || !(value.type in DEPTH)) return [{ code: 'TYPE', path }];
  const coordinates = 'coordinates' in value ? value.coordinates : undefined;
  return faultsAt(value.type as Simple, coordinates, DEPTH[value.type as Simple], `${path}.coordinates`);
}

function faultsAt(type: Simple, value: unknown, depth: number, path: string): GeometryFault[] {
  if (depth === 0) return positionFaults(value, path);
  if (!Array.isArray(value)) return [{ code: 'TYPE', path }];
  if (value.length === 0) return [{ code: 'EMPTY', path }];
  const faults = value.flatMap((part, i) => faultsAt(type, part, depth - 1, `${path}[${i}]`));
  if (faults.length > 0 || depth > 1 || type === 'MultiPoint') return faults;
  return type.endsWith('Polygon') ? ringFaults(value, path) : value.length < 2 ? [{ code: 'TOO_FEW', path }] : [];
}

function positionFaults(value: unknown, path: string): GeometryFault[] {
  if (!Array.isArray(value) || value.length < 2 || !value.every(Number.isFinite)) return [{ code: 'POSITION', path }];
  const inRange = Math.abs(value[0]) <= 180 && Math.abs(value[1]) <= 90;
  return inRange ? [] : [{ code: 'RANGE', path }];
}

function ringFaults(ring: Position[], path: string): GeometryFault[] {
  const [first, last] = [ring[0] as Position, ring.at(-1) as Position];
  if (first[0] !== last[0] || first[1] !== last[1]) return [{ code: 'NOT_CLOSED', path }];
  if (ring.length < 4) return [{ code: 'TOO_FEW', path }];
  return signedArea(ring) === 0 ? [{ code: 'NO_AREA', path }] : [];
}

/**
 * Mends what can be mended without a guess: closes rings, drops repeated positions, turns outer rings
 * counter-clockwise and holes clockwise (RFC 7946 §3.1.6). Returns a new geometry.
 */
export function repairArea<G extends Polygon | MultiPolygon>(geometry: G): G {
  const repair = (rings: Position[][]) => rings.map((ring, i) => orient(closeRing(ring), i === 0));
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: repair(geometry.coordinates) };
  return { ...geometry, coordinates: geometry.coordinates.map(repair) };
}

function closeRing(ring: Position[]): Position[] {
  const distinct = ring.filter((position, i) => i === 0 || !samePlace(position, ring[i - 1] as Position));
  const [first, last] = [distinct[0], distinct.at(-1)];
  return first && last && !samePlace(first, last) ? [...distinct, first] : distinct;
}

const samePlace = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1];

function orient(ring: Position[], counterClockwise: boolean): Position[] {
  return signedArea(ring) > 0 === counterClockwise ? ring : [...ring].reverse();
}

/** Shoelace area in square degrees, positive if counter-clockwise; taken about the first position. */
function signedArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] as [number, number];
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[i + 1] as [number, number];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum / 2;
}

/** Equal-area radius of the CGCS2000 ellipsoid, metres. */
const AUTHALIC_RADIUS = 6371007.181;

/** Area in square metres on the equal-area sphere; within 0.4 % of the ellipsoid. Holes are taken off. */
export function areaSquareMetres(geometry: Polygon | MultiPolygon): number {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const ringArea = (ring: Position[]) => {
    const flat = ring.map(([x, y]) => [x as number, Math.sin(((y as number) * Math.PI) / 180)]);
    return Math.abs(signedArea(flat)) * (Math.PI / 180) * AUTHALIC_RADIUS ** 2;
  };
  return polygons
    .map(([outer, ...holes]) => holes.reduce((area, hole) => area - ringArea(hole), outer ? ringArea(outer) : 0))
    .reduce((sum, area) => sum + area, 0);
}

/** Bounds of a geometry in its own degrees; null if it has no position. */
export function boundsOf(geometry: Geometry): Box | null {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  eachPosition(geometry, ([x, y]) => {
    box[0] = Math.min(box[0], x as number);
    box[1] = Math.min(box[1], y as number);
    box[2] = Math.max(box[2], x as number);
    box[3] = Math.max(box[3], y as number);
  });
  return box[0] <= box[2] ? box : null;
}

type Deep = readonly (number | Deep)[];

function eachPosition(geometry: Geometry, visit: (position: Position) => void): void {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) eachPosition(part, visit);
    return;
  }
  const walk = (value: Deep) => {
    if (typeof value[0] === 'number') visit(value as Position);
    else for (const part of value) walk(part as Deep);
  };
  walk(geometry.coordinates);
}

/**
 * A point for sure inside the area (代表点), for labels and for the committee of a building: the middle of the longest
 * stretch of area along one of several level lines. Null if the area is empty.
 */
export function representativePoint(geometry: Polygon | MultiPolygon): [number, number] | null {
  const area = flattenArea(geometry);
  const [, south, , north] = area.box;
  let best: { point: [number, number]; length: number } | null = null;
  for (const share of [0.5, 0.37, 0.63, 0.21, 0.79, 0.07, 0.93]) {
    const y = south + (north - south) * share;
    const crossings = area.rings.flatMap((ring) => crossingsOf(ring, y)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i++) {
      const [west, east] = [crossings[i] as number, crossings[i + 1] as number];
      const point: [number, number] = [(west + east) / 2, y];
      if (east - west > (best?.length ?? 0) && relate(area, ...point) === 'inside')
        best = { point, length: east - west };
    }
    if (best) return best.point;
  }
  return null;
}

function crossingsOf(ring: Float64Array, y: number): number[] {
  const found: number[] = [];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1, y1, x2, y2] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]] as [number, number, number, number];
    if (y1 > y !== y2 > y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return found;
}
