import type { MultiPolygon, Polygon } from 'geojson';
import { type Area, type Containment, flattenArea, relate } from './point-in-area.ts';

/** One area that points are located in: a grid cell (单元网格), committee or street with its code. */
export type LocatableCell = { code: string; geometry: Polygon | MultiPolygon };

export type Locator = {
  /** Number of cells in the index. */
  size: number;
  /** Code of the cell that holds the point, or null if none does. Degrees in the datum of the cells. */
  locate(lon: number, lat: number): string | null;
  /** The same for many points `[lon, lat, lon, lat, …]`; one answer for each, in order. */
  locateMany(points: Float64Array): (string | null)[];
};

/** Bucket without any cell. */
const EMPTY = -1;

/**
 * In-memory point location over cells that tile an area (网格定位).
 *
 * Rule: the lowest code among the cells that hold the point, where edge and vertex count as held, i.e. what
 * `select min(code) … where ST_Intersects(geometry, point)` answers. Side tests use the same double arithmetic as
 * PostGIS (see `relate`), so that this index and SQL never disagree. Only where that arithmetic leaves a point within
 * rounding distance of a shared edge in no cell at all is the exact predicate asked, so a tiling has no holes.
 *
 * How: a raster of buckets over the bounding box. No edge passes through most buckets, so the answer is the same for
 * the whole bucket and is stored; the others hold the few cells whose box meets them, in order of code.
 */
export function buildLocator(cells: readonly LocatableCell[]): Locator {
  const areas = [...cells]
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
    .map((cell) => ({ code: cell.code, area: flattenArea(cell.geometry) }))
    .filter(({ area }) => area.rings.length > 0);
  const codes = areas.map(({ code }) => code);
  const shapes = areas.map(({ area }) => area);
  const raster = buildRaster(shapes);

  const find = (x: number, y: number): number => {
    const bucket = raster.bucketOf(x, y);
    if (bucket < 0) return EMPTY;
    const entry = raster.entries[bucket] as number;
    if (entry >= EMPTY) return entry;
    return firstHolding({ shapes, candidates: raster.candidates[-2 - entry] as Int32Array, x, y });
  };
  return {
    size: codes.length,
    locate: (lon, lat) => codes[find(lon, lat)] ?? null,
    locateMany(points) {
      const answers: (string | null)[] = new Array(points.length >> 1);
      for (let i = 0; i < answers.length; i++) {
        answers[i] = codes[find(points[2 * i] as number, points[2 * i + 1] as number)] ?? null;
      }
      return answers;
    },
  };
}

type Candidates = { shapes: readonly Area[]; candidates: Int32Array | readonly number[]; x: number; y: number };

function firstHolding({ shapes, candidates, x, y }: Candidates): number {
  for (const test of ['double', 'exact'] as const) {
    for (const index of candidates) {
      const answer: Containment = relate(shapes[index] as Area, x, y, test);
      if (answer !== 'outside') return index;
    }
  }
  return EMPTY;
}

type Raster = {
  bucketOf(x: number, y: number): number;
  /** Index of the cell of a whole bucket, -1 for none, or -2 - n for the n-th list of candidates. */
  entries: Int32Array;
  candidates: Int32Array[];
};

/** Buckets per segment: enough that most buckets are free of edges, few enough to build in some tens of ms. */
const BUCKETS_PER_SEGMENT = 24;
const MAX_SIDE = 1536;

function buildRaster(shapes: readonly Area[]): Raster {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  let segments = 0;
  for (const { box, rings } of shapes) {
    minX = Math.min(minX, box[0]);
    minY = Math.min(minY, box[1]);
    maxX = Math.max(maxX, box[2]);
    maxY = Math.max(maxY, box[3]);
    for (const ring of rings) segments += ring.length >> 1;
  }
  const side = Math.min(MAX_SIDE, Math.max(8, Math.ceil(Math.sqrt(segments * BUCKETS_PER_SEGMENT))));
  const scaleX = maxX > minX ? side / (maxX - minX) : 0;
  const scaleY = maxY > minY ? side / (maxY - minY) : 0;
  const column = (x: number) => Math.min(side - 1, Math.max(0, Math.floor((x - minX) * scaleX)));
  const row = (y: number) => Math.min(side - 1, Math.max(0, Math.floor((y - minY) * scaleY)));
  // A double near a segment's end may round to its line: the marks reach a little beyond the segment.
  const pad = 1e-12 * Math.max(1, Math.abs(maxX), Math.abs(maxY), Math.abs(minX), Math.abs(minY));

  const hasEdge = new Uint8Array(side * side);
  const west = (c: number) => minX + c / scaleX;
  for (const { rings } of shapes) {
    for (const ring of rings) markEdges({ ring, hasEdge, side, column, row, west, pad });
  }

  // A bucket free of edges has the answer of its free neighbour to the west: only the first of a run is looked up.
  const continuesRun = (bucket: number) => bucket % side > 0 && !hasEdge[bucket] && !hasEdge[bucket - 1];
  const boxed: number[][] = Array.from({ length: side * side });
  shapes.forEach(({ box }, index) => {
    const right = column(box[2] + pad);
    const top = row(box[3] + pad);
    for (let r = row(box[1] - pad); r <= top; r++) {
      for (let c = column(box[0] - pad); c <= right; c++) {
        const bucket = r * side + c;
        if (!continuesRun(bucket)) (boxed[bucket] ??= []).push(index);
      }
    }
  });

  const entries = new Int32Array(side * side).fill(EMPTY);
  const candidates: Int32Array[] = [];
  for (let bucket = 0; bucket < entries.length; bucket++) {
    if (continuesRun(bucket)) {
      entries[bucket] = entries[bucket - 1] as number;
      continue;
    }
    const list = boxed[bucket];
    if (!list) continue;
    if (hasEdge[bucket]) {
      candidates.push(Int32Array.from(list));
      entries[bucket] = -1 - candidates.length;
    } else {
      const x = minX + ((bucket % side) + 0.5) / scaleX;
      const y = minY + (Math.floor(bucket / side) + 0.5) / scaleY;
      entries[bucket] = firstHolding({ shapes, candidates: list, x, y });
    }
  }
  return {
    entries,
    candidates,
    bucketOf: (x, y) => (x >= minX && x <= maxX && y >= minY && y <= maxY ? row(y) * side + column(x) : -1),
  };
}

type Marking = {
  ring: Float64Array;
  hasEdge: Uint8Array;
  side: number;
  column(x: number): number;
  row(y: number): number;
  /** West border of a column. */
  west(column: number): number;
  pad: number;
};

/** Marks each bucket that a segment may touch: in each column the rows that it crosses there, and one more either way. */
function markEdges({ ring, hasEdge, side, column, row, west, pad }: Marking): void {
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const flip = (ring[i] as number) > (ring[i + 2] as number) ? 2 : 0;
    const [x1, y1] = [ring[i + flip], ring[i + flip + 1]] as [number, number];
    const [x2, y2] = [ring[i + 2 - flip], ring[i + 3 - flip]] as [number, number];
    const slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0;
    const last = column(x2 + pad);
    for (let c = column(x1 - pad); c <= last; c++) {
      const yIn = slope === 0 ? y1 : y1 + slope * (Math.max(x1, Math.min(x2, west(c))) - x1);
      const yOut = slope === 0 ? y2 : y1 + slope * (Math.max(x1, Math.min(x2, west(c + 1))) - x1);
      const top = Math.min(side - 1, row(Math.max(yIn, yOut)) + 1);
      for (let r = Math.max(0, row(Math.min(yIn, yOut)) - 1); r <= top; r++) hasEdge[r * side + c] = 1;
    }
  }
}
