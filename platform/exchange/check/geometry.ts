import type { Position } from 'geojson';
import type { Text } from '#platform/kernel/text.ts';

const TYPES = new Set(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']);

/** Why a text is no usable GeoJSON geometry in degrees; undefined if it is. */
export function geometryFault(text: string): Text | undefined {
  let geometry: { type?: string; coordinates?: unknown };
  try {
    geometry = JSON.parse(text);
  } catch {
    return { zh: '几何不是有效的 GeoJSON', en: 'Not valid GeoJSON' };
  }
  if (!geometry?.type || !TYPES.has(geometry.type) || !Array.isArray(geometry.coordinates))
    return { zh: '几何类型不支持', en: 'Not a supported geometry' };
  if (!finite(geometry.coordinates))
    return { zh: '坐标超出范围或不是数字', en: 'A coordinate is out of range or no number' };
  if (geometry.type === 'Polygon' && !closed(geometry.coordinates as Position[][]))
    return { zh: '多边形没有闭合', en: 'A ring is not closed' };
  if (geometry.type === 'MultiPolygon' && !(geometry.coordinates as Position[][][]).every(closed))
    return { zh: '多边形没有闭合', en: 'A ring is not closed' };
  return undefined;
}

function finite(coordinates: unknown): boolean {
  if (!Array.isArray(coordinates)) return false;
  if (typeof coordinates[0] === 'number') {
    const [lon, lat] = coordinates as number[];
    return Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon ?? 999) <= 180 && Math.abs(lat ?? 999) <= 90;
  }
  return coordinates.length > 0 && coordinates.every(finite);
}

function closed(rings: Position[][]): boolean {
  return (
    rings.length > 0 &&
    rings.every((ring) => ring.length >= 4 && ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1])
  );
}
