import type { Geometry } from 'geojson';
import { convertGeometry, readDatum } from '#platform/geo/coordinates.ts';
import type { ImportTarget } from './target.ts';

/** Brings geometries to the stored datum (EPSG:4490); a file with coordinates must declare its own. */
export function toStored(
  values: Record<string, string | null>,
  target: ImportTarget,
  crs: string | undefined,
): Record<string, string | null> {
  const fields = target.fields.filter((f) => f.type === 'geometry' && values[f.name]);
  if (fields.length === 0) return values;
  const from = readDatum(crs);
  if (from === 'EPSG:4490' || from === 'EPSG:4326') return values;
  const stored = { ...values };
  for (const field of fields) {
    const geometry = JSON.parse(values[field.name] ?? 'null') as Geometry | null;
    if (geometry) stored[field.name] = JSON.stringify(convertGeometry({ geometry, from, to: 'EPSG:4490' }));
  }
  return stored;
}
