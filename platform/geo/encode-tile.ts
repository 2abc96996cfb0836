import type { Feature } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import vtPbf from 'vt-pbf';
import { BUFFER, EXTENT, MAX_ZOOM, type Tile } from './tiles.ts';

/**
 * Features as one Mapbox vector tile 2.1, for databases without ST_AsMVT (PGlite). Features are in degrees; only those
 * that meet the tile need be given. Null properties are left out, nested ones become JSON text, as ST_AsMVT does.
 * A whole number as id is kept as the feature's id.
 */
export function encodeTile({
  layer,
  tile,
  features,
}: {
  layer: string;
  tile: Tile;
  features: readonly Feature[];
}): Uint8Array {
  if (features.length === 0) return new Uint8Array();
  const index = new GeoJSONVT(
    { type: 'FeatureCollection', features: [...features] },
    { maxZoom: MAX_ZOOM, indexMaxZoom: 0, extent: EXTENT, buffer: BUFFER, tolerance: 3 },
  );
  const sliced = index.getTile(tile.z, tile.x, tile.y);
  if (!sliced || sliced.features.length === 0) return new Uint8Array();
  return vtPbf.fromGeojsonVt({ [layer]: sliced }, { version: 2, extent: EXTENT });
}
