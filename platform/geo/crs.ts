import { type Sql, sql } from '#platform/kernel/sql.ts';

/**
 * Reference systems (坐标参考系) in which features are given out and boxes and filters are taken (OGC 18-058r1). Rows are
 * stored as longitude and latitude in CGCS2000; PostGIS always computes east before north, while the authority of most of
 * these systems writes north first. `northFirst` says so, and every coordinate is turned on the way in and on the way out.
 * GCJ-02 and BD-09 have no entry: they are nobody's published reference system, and `coordinates.ts` alone reads them. The
 * city's own coordinates (上海城市坐标) are not published either: they come through the surveying service only.
 */
export type Crs = {
  uri: string;
  /** Names under which people write it. */
  names: readonly string[];
  srid: number;
  /** The authority's order of axes: latitude or northing first. */
  northFirst: boolean;
  degrees: boolean;
  /** The same geodetic datum as the stored rows, so only the projection is left to compute. */
  datum: 'CGCS2000' | 'WGS 84';
};

export const CRS84_URI = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

export const CRS84: Crs = {
  uri: CRS84_URI,
  names: ['CRS84', 'OGC:CRS84', 'urn:ogc:def:crs:OGC:1.3:CRS84'],
  srid: 4326,
  northFirst: false,
  degrees: true,
  datum: 'WGS 84',
};

const entry = (code: number, rest: Pick<Crs, 'northFirst' | 'degrees' | 'datum'>): Crs => ({
  uri: epsg(code),
  names: [`EPSG:${code}`, `urn:ogc:def:crs:EPSG::${code}`, `https://www.opengis.net/def/crs/EPSG/0/${code}`],
  srid: code,
  ...rest,
});

/** Published for every layer, the default first. Axes as in the EPSG dataset. */
export const PUBLISHED_CRS: readonly Crs[] = [
  CRS84,
  entry(4326, { northFirst: true, degrees: true, datum: 'WGS 84' }),
  entry(4490, { northFirst: true, degrees: true, datum: 'CGCS2000' }),
  entry(3857, { northFirst: false, degrees: false, datum: 'WGS 84' }),
  // CGCS2000 / 3-degree Gauss-Kruger, central meridian 120° E: X is the northing and comes first.
  entry(4549, { northFirst: true, degrees: false, datum: 'CGCS2000' }),
  entry(32651, { northFirst: false, degrees: false, datum: 'WGS 84' }),
];

/** What the rows are stored in, as the collections name it. */
export const STORAGE_CRS = epsg(4490);

const BY_NAME = new Map(PUBLISHED_CRS.flatMap((crs) => [crs.uri, ...crs.names].map((name) => [name, crs] as const)));

/** The published system of this URI (or short name, which clients write), in brackets or not; undefined if there is none. */
export function findCrs(name: string): Crs | undefined {
  return BY_NAME.get(name.replace(/^\[(.*)\]$/, '$1'));
}

/** A stored geometry in the system asked for, its ordinates in the authority's order. */
export function toCrs(geometry: Sql, crs: Crs): Sql {
  if (crs.degrees) return crs.northFirst ? sql`ST_FlipCoordinates(${geometry})` : geometry;
  const projected = sql`ST_Transform(${onDatum(geometry, crs)}, ${crs.srid}::int)`;
  return crs.northFirst ? sql`ST_FlipCoordinates(${projected})` : projected;
}

/** The other way: a geometry whose ordinates came in the authority's order, as rows are stored (SRID 4490). */
export function fromCrs(geometry: Sql, crs: Crs): Sql {
  const eastFirst = crs.northFirst ? sql`ST_FlipCoordinates(${geometry})` : geometry;
  if (crs.degrees) return sql`ST_SetSRID(${eastFirst}, 4490)`;
  const back = sql`ST_Transform(ST_SetSRID(${eastFirst}, ${crs.srid}::int), ${crs.datum === 'WGS 84' ? 4326 : 4490}::int)`;
  return crs.datum === 'WGS 84' ? sql`ST_SetSRID(${back}, 4490)` : back;
}

/** CGCS2000 and WGS 84 differ by centimetres and are taken as equal: only the label changes, no shift is computed. */
function onDatum(geometry: Sql, crs: Crs): Sql {
  return crs.datum === 'WGS 84' ? sql`ST_SetSRID(${geometry}, 4326)` : geometry;
}

/** Digits behind the point that GeoJSON needs: a tenth of a millimetre either way. */
export const digitsOf = (crs: Crs): number => (crs.degrees ? 9 : 4);

/** A box in a system, its four numbers in the authority's order, as the polygon that stored rows are compared with. */
export function boxIn(box: readonly [number, number, number, number], crs: Crs): Sql {
  const [a, b, c, d] = box;
  const given = sql`ST_MakeEnvelope(${a}::float8, ${b}::float8, ${c}::float8, ${d}::float8)`;
  if (crs.degrees) return fromCrs(given, crs);
  // The edges of a projected box are no lines of longitude and latitude: they are followed in steps.
  const widest = Math.max(Math.abs(c - a), Math.abs(d - b));
  return fromCrs(widest > 0 ? sql`ST_Segmentize(${given}, ${widest / 64}::float8)` : given, crs);
}
