/**
 * Tile arithmetic of the web-mercator pyramid (瓦片), scheme XYZ: y = 0 is north.
 * Source: OGC Two Dimensional Tile Matrix Set 17-083r4, WebMercatorQuad.
 */
export type Tile = { z: number; x: number; y: number };

/** west, south, east, north */
export type Box = [number, number, number, number];

/** Deepest zoom level that is served; a tile is 8 m wide there in Shanghai. */
export const MAX_ZOOM = 22;

/** Deepest level at which a tile shows more than its neighbour above enlarged: clients ask none below. */
export const DEEPEST_USEFUL = 16;

/** Units of a tile's side in a vector tile. */
export const EXTENT = 4096;
/** Margin beyond the tile's side, in units of `EXTENT`, so that borders drawn wide do not show at the seams. */
export const BUFFER = 64;

const HALF_WORLD = 20037508.342789244;

/** Whether the three numbers name a tile of the pyramid. */
export function isTile({ z, x, y }: Tile): boolean {
  const count = 2 ** z;
  return [z, x, y].every(Number.isInteger) && z >= 0 && z <= MAX_ZOOM && x >= 0 && x < count && y >= 0 && y < count;
}

/** Reads the three path parts; null if they do not name a tile. */
export function readTile(parts: { z: string; x: string; y: string }): Tile | null {
  if (![parts.z, parts.x, parts.y].every((part) => /^(?:0|[1-9]\d{0,7})$/.test(part))) return null;
  const tile = { z: Number(parts.z), x: Number(parts.x), y: Number(parts.y) };
  return isTile(tile) ? tile : null;
}

/** Bounds in metres, EPSG:3857. `margin` is a share of the side added all round. */
export function mercatorBox({ z, x, y }: Tile, margin = 0): Box {
  const side = (2 * HALF_WORLD) / 2 ** z;
  const pad = side * margin;
  return [
    -HALF_WORLD + x * side - pad,
    HALF_WORLD - (y + 1) * side - pad,
    -HALF_WORLD + (x + 1) * side + pad,
    HALF_WORLD - y * side + pad,
  ];
}

/** Bounds in degrees. `margin` is a share of the side added all round; latitudes stay within the pyramid's ±85.05°. */
export function degreeBox(tile: Tile, margin = 0): Box {
  const [west, south, east, north] = mercatorBox(tile, margin);
  return [longitude(west), latitude(south), longitude(east), latitude(north)];
}

function longitude(metres: number): number {
  return (Math.max(-HALF_WORLD, Math.min(HALF_WORLD, metres)) / HALF_WORLD) * 180;
}

function latitude(metres: number): number {
  const y = Math.max(-HALF_WORLD, Math.min(HALF_WORLD, metres));
  return (Math.atan(Math.sinh((y / HALF_WORLD) * Math.PI)) * 180) / Math.PI;
}

/** The tile of a zoom level that holds a point in degrees. */
export function tileAt({ lon, lat, z }: { lon: number; lat: number; z: number }): Tile {
  const count = 2 ** z;
  const angle = (Math.max(-85.0511287798066, Math.min(85.0511287798066, lat)) * Math.PI) / 180;
  const clamp = (value: number) => Math.max(0, Math.min(count - 1, Math.floor(value)));
  return {
    z,
    x: clamp(((lon + 180) / 360) * count),
    y: clamp(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * count),
  };
}
