/** Datum changes of the generator; WGS 84 stands for EPSG:4490 (they differ by less than 1e-6 degree here). */
import gcoordModule from 'gcoord';

// The package declares an ES default export but is CommonJS to Node: both shapes are the same object.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

type Point = [number, number];

/** 火星坐标 to EPSG:4490. */
export function fromGcj02(point: Point): Point {
  return gcoord.transform<Point>(point, gcoord.GCJ02, gcoord.WGS84);
}

/** EPSG:4490 to 火星坐标, rounded to 1e-7 degree. */
export function toGcj02(point: Point): Point {
  const [lon, lat] = gcoord.transform<Point>(point, gcoord.WGS84, gcoord.GCJ02);
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}
