import { isRecord } from './is-record.ts';

/** A GeoJSON geometry with coordinates rounded to so many decimals: of what is about persons never finer than a street corner. */
export function coarsen(geometry: string, digits: number): string {
  const factor = 10 ** digits;
  const round = (value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * factor) / factor : Array.isArray(value) ? value.map(round) : value;
  const parsed: unknown = JSON.parse(geometry);
  if (!isRecord(parsed)) return geometry;
  return JSON.stringify({ ...parsed, coordinates: round(parsed.coordinates) });
}
