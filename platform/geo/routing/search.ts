import { type Graph, leastSeconds } from './graph.ts';
import { Heap } from './heap.ts';
import type { Snap } from './snap.ts';

export type Step = { name: string | null; metres: number; seconds: number };
export type Route = { metres: number; seconds: number; steps: Step[]; line: [number, number][] };
export type Cost = { metres: number; seconds: number };

type Piece = { metres: number; seconds: number; road: number; x: number; y: number };

/**
 * The quickest way between two places of the network (路径), or null where none leads there. A* with the straight line at the
 * highest speed as the guess, which is never too long (Hart, Nilsson, Raphael 1968); of equal ways always the same one.
 */
export function findRoute(graph: Graph, from: Snap, to: Snap): Route | null {
  const direct = alongOneEdge(graph, from, to);
  const arrivals = new Map<number, { seconds: number; piece: Piece }>();
  for (const { edge, from: node, done } of to.edges) {
    const piece = part(graph, edge, done, to);
    const known = arrivals.get(node);
    if (!known || piece.seconds < known.seconds) arrivals.set(node, { seconds: piece.seconds, piece });
  }
  const tree = search(graph, from, {
    guess: (node) => leastSeconds(graph, node, to.x, to.y),
    ends: arrivals,
    bound: direct?.seconds ?? Number.POSITIVE_INFINITY,
  });
  if (tree.end === null) return direct && assemble(graph, from, [direct]);
  const last = arrivals.get(tree.end)?.piece as Piece;
  return assemble(graph, from, [...tree.pathTo(tree.end), last]);
}

/** Time and distance of the quickest way from one place to each of many; null where none leads. */
export function costsFrom(graph: Graph, from: Snap, targets: readonly (Snap | null)[]): (Cost | null)[] {
  const tree = search(graph, from, { guess: () => 0, ends: new Map(), bound: Number.POSITIVE_INFINITY });
  return targets.map((to) => {
    if (to === null) return null;
    const direct = alongOneEdge(graph, from, to);
    let best: Cost | null = direct && { metres: direct.metres, seconds: direct.seconds };
    for (const { edge, from: node, done } of to.edges) {
      const seconds = (tree.seconds[node] as number) + (graph.seconds[edge] as number) * done;
      const metres = (tree.metres[node] as number) + (graph.metres[edge] as number) * done;
      if (seconds < (best?.seconds ?? Number.POSITIVE_INFINITY)) best = { metres, seconds };
    }
    return best;
  });
}

type Wanted = {
  /** Least seconds from a node to the end. */
  guess(node: number): number;
  /** Nodes from which the end is reached, and in how many seconds more. */
  ends: ReadonlyMap<number, { seconds: number }>;
  /** Ways that take as long as this are of no use. */
  bound: number;
};

function search(graph: Graph, from: Snap, { guess, ends, bound }: Wanted) {
  const seconds = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  const metres = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  /** Edge by which a node was reached; -1 = from the start. */
  const by = new Int32Array(graph.nodes).fill(-1);
  const before = new Int32Array(graph.nodes).fill(-1);
  const starts = new Map<number, Piece>();
  const heap = new Heap();
  for (const { edge, to, done } of from.edges) {
    const piece = part(graph, edge, 1 - done, { x: graph.x[to] as number, y: graph.y[to] as number });
    if (piece.seconds >= (seconds[to] as number)) continue;
    seconds[to] = piece.seconds;
    metres[to] = piece.metres;
    starts.set(to, piece);
    heap.push(to, piece.seconds + guess(to));
  }
  let [end, least]: [number | null, number] = [null, bound];
  const closed = new Uint8Array(graph.nodes);
  while (heap.size > 0) {
    const { node, cost } = heap.pop();
    if (cost >= least) break;
    if (closed[node]) continue;
    closed[node] = 1;
    const here = seconds[node] as number;
    const rest = ends.get(node);
    if (rest && here + rest.seconds < least) [end, least] = [node, here + rest.seconds];
    for (let e = graph.first[node] as number; e < (graph.first[node + 1] as number); e++) {
      const next = graph.to[e] as number;
      const reached = here + (graph.seconds[e] as number);
      if (reached >= (seconds[next] as number)) continue;
      seconds[next] = reached;
      metres[next] = (metres[node] as number) + (graph.metres[e] as number);
      by[next] = e;
      before[next] = node;
      heap.push(next, reached + guess(next));
    }
  }
  const pathTo = (node: number): Piece[] => {
    const pieces: Piece[] = [];
    let at = node;
    for (; by[at] !== -1; at = before[at] as number)
      pieces.push(part(graph, by[at] as number, 1, { x: graph.x[at] as number, y: graph.y[at] as number }));
    return [starts.get(at) as Piece, ...pieces.reverse()];
  };
  return { seconds, metres, end, pathTo };
}

/** A share of an edge that ends at a point. */
function part(graph: Graph, edge: number, share: number, { x, y }: { x: number; y: number }): Piece {
  const metres = (graph.metres[edge] as number) * share;
  return { metres, seconds: (graph.seconds[edge] as number) * share, road: graph.road[edge] as number, x, y };
}

/** Both places on one edge, the goal ahead: no node lies between. */
function alongOneEdge(graph: Graph, from: Snap, to: Snap): Piece | null {
  let best: Piece | null = null;
  for (const start of from.edges)
    for (const goal of to.edges) {
      if (start.edge !== goal.edge || goal.done < start.done) continue;
      const piece = part(graph, start.edge, goal.done - start.done, to);
      if (best === null || piece.seconds < best.seconds) best = piece;
    }
  return best;
}

/** Joins the pieces to one line, and those of one street to one step. */
function assemble(graph: Graph, from: Snap, pieces: readonly Piece[]): Route {
  const route: Route = { metres: 0, seconds: 0, steps: [], line: [graph.toDegrees(from.x, from.y)] };
  for (const piece of pieces) {
    route.metres += piece.metres;
    route.seconds += piece.seconds;
    if (piece.metres === 0) continue;
    route.line.push(graph.toDegrees(piece.x, piece.y));
    const { name } = graph.roads[piece.road] as { name: string | null };
    const step = route.steps.at(-1);
    if (step && step.name === name) {
      step.metres += piece.metres;
      step.seconds += piece.seconds;
    } else route.steps.push({ name, metres: piece.metres, seconds: piece.seconds });
  }
  return route;
}
