import { fastest, type Mode, mayGo, type Road, speedOn } from './modes.ts';

/**
 * The road network of one mode (路网) as a directed graph in arrays. Nodes are the positions of the lines: two roads meet
 * where they share one. Lengths are planar metres about the middle of the network, good to 0.1 % over a district; the
 * straight line between two nodes is measured the same way, so it is never longer than a road.
 */
export type Graph = {
  mode: Mode;
  nodes: number;
  /** Metres east and north of the middle. */
  x: Float64Array;
  y: Float64Array;
  /** Edges of node n: `first[n]` to `first[n + 1]`. */
  first: Int32Array;
  to: Int32Array;
  metres: Float64Array;
  seconds: Float64Array;
  /** Index into `roads`. */
  road: Int32Array;
  roads: readonly Road[];
  toPlane(lon: number, lat: number): [number, number];
  toDegrees(x: number, y: number): [number, number];
};

const METRES_A_DEGREE = 111_195;

export function buildGraph(roads: readonly Road[], mode: Mode): Graph {
  const usable = roads
    .map((road, index) => ({ road, index, speed: speedOn(road, mode) }))
    .filter(({ speed }) => speed > 0);
  const positions = new Map<string, number>();
  const degrees: [number, number][] = [];
  const nodeAt = ([lon, lat]: readonly [number, number]): number => {
    const key = `${lon.toFixed(7)},${lat.toFixed(7)}`;
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, degrees.length);
    degrees.push([lon, lat]);
    return degrees.length - 1;
  };
  const pieces = usable.flatMap(({ road, index, speed }) =>
    road.line.slice(1).map((end, i) => ({
      a: nodeAt(road.line[i] as readonly [number, number]),
      b: nodeAt(end),
      index,
      speed,
      road,
    })),
  );
  const plane = planeAbout(degrees);
  const x = new Float64Array(degrees.length);
  const y = new Float64Array(degrees.length);
  degrees.forEach((position, node) => {
    [x[node], y[node]] = plane.toPlane(...position);
  });
  const edges = pieces
    .filter(({ a, b }) => a !== b)
    .flatMap(({ a, b, index, speed, road }) => {
      const metres = Math.hypot((x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number));
      const edge = { metres, seconds: metres / speed, index };
      return [
        ...(mayGo(road, mode, 'with') ? [{ from: a, to: b, ...edge }] : []),
        ...(mayGo(road, mode, 'against') ? [{ from: b, to: a, ...edge }] : []),
      ];
    });
  // By number of node: the same roads make the same graph, in whatever order they were read.
  edges.sort((p, q) => p.from - q.from || p.to - q.to || p.seconds - q.seconds || p.index - q.index);
  const first = new Int32Array(degrees.length + 1);
  for (const { from } of edges) first[from + 1] = (first[from + 1] as number) + 1;
  for (let node = 0; node < degrees.length; node++)
    first[node + 1] = (first[node + 1] as number) + (first[node] as number);
  return {
    mode,
    nodes: degrees.length,
    x,
    y,
    first,
    to: Int32Array.from(edges, ({ to }) => to),
    metres: Float64Array.from(edges, ({ metres }) => metres),
    seconds: Float64Array.from(edges, ({ seconds }) => seconds),
    road: Int32Array.from(edges, ({ index }) => index),
    roads,
    ...plane,
  };
}

function planeAbout(degrees: readonly (readonly [number, number])[]) {
  const mean = (part: 0 | 1) =>
    degrees.reduce((sum, position) => sum + position[part], 0) / Math.max(1, degrees.length);
  const [lon0, lat0] = [mean(0), mean(1)];
  const east = METRES_A_DEGREE * Math.cos((lat0 * Math.PI) / 180);
  return {
    toPlane: (lon: number, lat: number): [number, number] => [(lon - lon0) * east, (lat - lat0) * METRES_A_DEGREE],
    toDegrees: (x: number, y: number): [number, number] => [lon0 + x / east, lat0 + y / METRES_A_DEGREE],
  };
}

/** Least seconds from a place to a node by the straight line; never more than any road takes. */
export function leastSeconds(graph: Graph, node: number, x: number, y: number): number {
  return Math.hypot((graph.x[node] as number) - x, (graph.y[node] as number) - y) / fastest(graph.mode);
}
