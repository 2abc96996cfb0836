import type { Graph } from './graph.ts';

/** Where a place joins the network (接入点): a point on an edge, and how long it takes to reach the ends it may go to. */
export type Snap = {
  x: number;
  y: number;
  /** Metres between the place and the road. */
  away: number;
  /** Directed edges through the point: `done` is the share of the edge that lies before it. */
  edges: readonly { edge: number; from: number; to: number; done: number }[];
};

/** Farther from the next road than this, a place is not on the network: nothing is guessed across blocks and rivers. */
export const FARTHEST_METRES = 400;

/** Joins places to a network by the nearest edge; of equally near ones the first in the graph. */
export function snapper(graph: Graph): (lon: number, lat: number) => Snap | null {
  const ends = Int32Array.from({ length: graph.to.length });
  for (let node = 0; node < graph.nodes; node++)
    for (let e = graph.first[node] as number; e < (graph.first[node + 1] as number); e++) ends[e] = node;
  const cells = bucketsOf(graph, ends);
  return (lon, lat) => {
    const [x, y] = graph.toPlane(lon, lat);
    let best = null as { edge: number; share: number; away: number } | null;
    // What lies beyond a ring of cells is farther than the ring is wide: a nearer find ends the search.
    for (let ring = 0; ring <= cells.reach && (best?.away ?? Infinity) > (ring - 1) * CELL_METRES; ring++) {
      for (const edge of cells.inRing(x, y, ring)) {
        const found = nearestOn(graph, ends[edge] as number, graph.to[edge] as number, x, y);
        const first = best === null || found.away < best.away - EQUAL;
        if (first || (best !== null && found.away <= best.away + EQUAL && edge < best.edge)) best = { edge, ...found };
      }
    }
    if (best === null || best.away > FARTHEST_METRES) return null;
    const [a, b] = [ends[best.edge] as number, graph.to[best.edge] as number];
    const at = (from: Float64Array) =>
      (from[a] as number) + ((from[b] as number) - (from[a] as number)) * (best as { share: number }).share;
    const edges = [{ edge: best.edge, from: a, to: b, done: best.share }];
    for (let e = graph.first[b] as number; e < (graph.first[b + 1] as number); e++)
      if (graph.to[e] === a) edges.push({ edge: e, from: b, to: a, done: 1 - best.share });
    return { x: at(graph.x), y: at(graph.y), away: best.away, edges };
  };
}

function nearestOn(graph: Graph, a: number, b: number, x: number, y: number): { share: number; away: number } {
  const [ax, ay] = [graph.x[a] as number, graph.y[a] as number];
  const [dx, dy] = [(graph.x[b] as number) - ax, (graph.y[b] as number) - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return { share, away: Math.hypot(ax + share * dx - x, ay + share * dy - y) };
}

const CELL_METRES = 100;
/** Metres by which two distances count as one. */
const EQUAL = 1e-9;

/** Edges by the cells of a grid that their boxes touch. */
function bucketsOf(graph: Graph, ends: Int32Array) {
  const cells = new Map<string, number[]>();
  const cell = (value: number) => Math.floor(value / CELL_METRES);
  for (let edge = 0; edge < graph.to.length; edge++) {
    const [a, b] = [ends[edge] as number, graph.to[edge] as number];
    const [ax, ay, bx, by] = [graph.x[a], graph.y[a], graph.x[b], graph.y[b]] as [number, number, number, number];
    for (let i = cell(Math.min(ax, bx)); i <= cell(Math.max(ax, bx)); i++)
      for (let j = cell(Math.min(ay, by)); j <= cell(Math.max(ay, by)); j++) {
        const key = `${i},${j}`;
        const list = cells.get(key);
        if (list) list.push(edge);
        else cells.set(key, [edge]);
      }
  }
  return {
    reach: Math.ceil(FARTHEST_METRES / CELL_METRES),
    /** Edges of the cells that are `ring` cells away from the one that holds the point. */
    *inRing(x: number, y: number, ring: number): Generator<number> {
      const [ci, cj] = [cell(x), cell(y)];
      for (let i = ci - ring; i <= ci + ring; i++)
        for (let j = cj - ring; j <= cj + ring; j++)
          if (Math.max(Math.abs(i - ci), Math.abs(j - cj)) === ring) yield* cells.get(`${i},${j}`) ?? [];
    },
  };
}
