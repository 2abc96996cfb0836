import gcoordModule from 'gcoord';
import type { Geometry, Position } from 'geojson';

// The package is CommonJS without `__esModule`: its one export arrives as the default, which its types place deeper.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

/**
 * Datums in which coordinates may arrive (坐标系). Stored are CGCS2000 (EPSG:4490) and WGS 84 (EPSG:4326), which differ by
 * centimetres and are taken as equal; GCJ-02 (火星坐标系) and BD-09 (百度坐标系) exist in these adapters only.
 */
export const DATUMS = ['EPSG:4490', 'EPSG:4326', 'GCJ-02', 'BD-09'] as const;
export type Datum = (typeof DATUMS)[number];

/** Raised where coordinates arrive without a datum, or with one that nobody here can read: they are refused, not guessed. */
export class UndeclaredDatum extends Error {
  readonly declared: string | undefined;
  constructor(declared?: string) {
    super(
      declared ? `unknown coordinate reference system: ${declared}` : 'coordinates without a declared reference system',
    );
    this.name = 'UndeclaredDatum';
    this.declared = declared;
  }
}

const NAMES: Record<string, Datum> = {
  'EPSG:4490': 'EPSG:4490',
  CGCS2000: 'EPSG:4490',
  'EPSG:4326': 'EPSG:4326',
  WGS84: 'EPSG:4326',
  'WGS-84': 'EPSG:4326',
  CRS84: 'EPSG:4326',
  'OGC:CRS84': 'EPSG:4326',
  'GCJ-02': 'GCJ-02',
  GCJ02: 'GCJ-02',
  'BD-09': 'BD-09',
  BD09: 'BD-09',
  BD09LL: 'BD-09',
};

/** Reads a declared datum, as a short name, `urn:ogc:def:crs:…` or an OGC URI. Throws UndeclaredDatum. */
export function readDatum(declared: string | null | undefined): Datum {
  const text = declared?.trim() ?? '';
  if (text === '') throw new UndeclaredDatum();
  const short = text.toUpperCase().replace(/^(?:URN:OGC:DEF:CRS:|HTTPS?:\/\/WWW\.OPENGIS\.NET\/DEF\/CRS\/)/, '');
  const [authority, code] = [short.split(/[:/]/)[0], short.split(/[:/]/).at(-1)];
  const datum = NAMES[short] ?? NAMES[`${authority}:${code}`];
  if (!datum) throw new UndeclaredDatum(text);
  return datum;
}

const GCOORD_NAMES = {
  'EPSG:4490': gcoord.WGS84,
  'EPSG:4326': gcoord.WGS84,
  'GCJ-02': gcoord.GCJ02,
  'BD-09': gcoord.BD09,
} as const;

/**
 * One position `[lon, lat]` in degrees from one datum to another. Accuracy of the way back from GCJ-02 or BD-09 is about
 * 1 cm against the forward formula; the published formula itself is good to some metres. A third ordinate is kept.
 */
export function convertPosition({ position, from, to }: { position: Position; from: Datum; to: Datum }): Position {
  const [source, target] = [GCOORD_NAMES[from], GCOORD_NAMES[to]];
  if (source === target) return position;
  const [lon, lat, ...rest] = position as [number, number, ...number[]];
  const [x, y] = gcoord.transform<[number, number]>([lon, lat], source, target);
  return [x, y, ...rest];
}

/** A whole geometry from one datum to another; returns a new one. See `convertPosition`. */
export function convertGeometry<G extends Geometry>({
  geometry,
  from,
  to,
}: {
  geometry: G;
  from: Datum;
  to: Datum;
}): G {
  if (GCOORD_NAMES[from] === GCOORD_NAMES[to]) return geometry;
  if (geometry.type === 'GeometryCollection') {
    return {
      ...geometry,
      geometries: geometry.geometries.map((part) => convertGeometry({ geometry: part, from, to })),
    };
  }
  return { ...geometry, coordinates: convertDeep(geometry.coordinates, from, to) };
}

type Deep = number | readonly Deep[];

function convertDeep(coordinates: Deep, from: Datum, to: Datum): Deep {
  if (typeof coordinates === 'number') throw new TypeError('a position is an array of numbers');
  if (typeof coordinates[0] === 'number') return convertPosition({ position: coordinates as Position, from, to });
  return coordinates.map((part) => convertDeep(part, from, to));
}
