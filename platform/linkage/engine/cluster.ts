import { minCut, type WeightedEdge } from './min-cut.ts';

export type Clusters = {
  /** Cluster of each record: the smallest record in it. */
  readonly of: Int32Array;
  /** Edges that were cut, because their cluster held two that may not be one: a person decides on both sides. */
  readonly cut: readonly WeightedEdge[];
};

/**
 * Connected components of the automatic edges; a component that holds two records which `mustPart` keeps asunder is cut where its
 * edges weigh least. A function of the set of edges alone: their order makes no difference.
 */
export function cluster(options: {
  size: number;
  edges: {
    readonly a: ArrayLike<number>;
    readonly b: ArrayLike<number>;
    readonly weight: ArrayLike<number>;
    readonly count: number;
  };
  /** Are two records of one component kept asunder? */
  mustPart: (a: number, b: number) => boolean;
}): Clusters {
  const { size, edges, mustPart } = options;
  const of = components({ size, a: edges.a, b: edges.b, count: edges.count });
  const start = new Uint32Array(size + 1);
  for (const root of of) start[root + 1] = (start[root + 1] as number) + 1;
  for (let i = 0; i < size; i += 1) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice(0, size);
  const members = new Uint32Array(size);
  for (let i = 0; i < size; i += 1) {
    const root = of[i] as number;
    members[next[root] as number] = i;
    next[root] = (next[root] as number) + 1;
  }
  const spoilt = new Map<number, number[]>();
  for (let root = 0; root < size; root += 1) {
    const from = start[root] as number;
    const to = start[root + 1] as number;
    // Two that are linked passed the rules when they were scored.
    if (to - from > 2 && conflictIn(members.subarray(from, to), mustPart)) spoilt.set(root, []);
  }
  if (spoilt.size === 0) return { of, cut: [] };
  for (let e = 0; e < edges.count; e += 1) spoilt.get(of[edges.a[e] as number] as number)?.push(e);
  const cut: WeightedEdge[] = [];
  for (const [root, numbers] of spoilt) {
    const nodes = [...members.subarray(start[root] as number, start[root + 1] as number)];
    const own = numbers
      .map((e) => ({ a: edges.a[e] as number, b: edges.b[e] as number, weight: edges.weight[e] as number }))
      .sort((x, y) => x.a - y.a || x.b - y.b);
    cut.push(...partition({ nodes, edges: own, mustPart, of }));
  }
  return { of, cut };
}

/** Cuts one component until no part holds a conflict; writes the parts to `of` and returns the edges that went. */
function partition(options: {
  nodes: number[];
  edges: WeightedEdge[];
  mustPart: (a: number, b: number) => boolean;
  of: Int32Array;
}): WeightedEdge[] {
  const { mustPart, of } = options;
  const cut: WeightedEdge[] = [];
  const open: { nodes: number[]; edges: WeightedEdge[] }[] = [options];
  for (let part = open.pop(); part; part = open.pop()) {
    const { nodes, edges } = part;
    const conflict = conflictIn(nodes, mustPart);
    if (!conflict) {
      const least = Math.min(...nodes);
      for (const node of nodes) of[node] = least;
      continue;
    }
    const gone = new Set(minCut({ edges, ...sides(nodes, conflict, mustPart) }));
    cut.push(...gone);
    const kept = edges.filter((edge) => !gone.has(edge));
    for (const inner of split(nodes, kept)) open.push(inner);
  }
  return cut;
}

function conflictIn(
  nodes: ArrayLike<number>,
  mustPart: (a: number, b: number) => boolean,
): readonly [number, number] | undefined {
  for (let j = 1; j < nodes.length; j += 1)
    for (let i = 0; i < j; i += 1) {
      const a = nodes[i] as number;
      const b = nodes[j] as number;
      if (mustPart(a, b)) return [a, b];
    }
  return undefined;
}

/** Who is on which side of a conflict: whoever may not stand with one end, and may with the other, stands with the other. */
function sides(
  nodes: readonly number[],
  [a, b]: readonly [number, number],
  mustPart: (a: number, b: number) => boolean,
): { sources: Set<number>; sinks: Set<number> } {
  const sources = new Set([a]);
  const sinks = new Set([b]);
  for (const node of nodes) {
    if (node === a || node === b) continue;
    const notA = mustPart(a, node);
    const notB = mustPart(b, node);
    if (notB && !notA) sources.add(node);
    else if (notA && !notB) sinks.add(node);
  }
  return { sources, sinks };
}

function split(nodes: readonly number[], edges: readonly WeightedEdge[]): { nodes: number[]; edges: WeightedEdge[] }[] {
  const place = new Map(nodes.map((node, i) => [node, i]));
  const at = (node: number): number => place.get(node) as number;
  const of = components({
    size: nodes.length,
    a: edges.map((e) => at(e.a)),
    b: edges.map((e) => at(e.b)),
    count: edges.length,
  });
  const parts = new Map<number, { nodes: number[]; edges: WeightedEdge[] }>();
  nodes.forEach((node, i) => {
    const root = of[i] as number;
    const part = parts.get(root);
    if (part) part.nodes.push(node);
    else parts.set(root, { nodes: [node], edges: [] });
  });
  for (const edge of edges) parts.get(of[at(edge.a)] as number)?.edges.push(edge);
  return [...parts.values()];
}

/** Smallest node of each node's component (union–find with halving). */
export function components(options: {
  size: number;
  a: ArrayLike<number>;
  b: ArrayLike<number>;
  count: number;
}): Int32Array {
  const parent = Int32Array.from({ length: options.size }, (_, i) => i);
  const find = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let e = 0; e < options.count; e += 1) {
    const x = find(options.a[e] as number);
    const y = find(options.b[e] as number);
    if (x < y) parent[y] = x;
    else parent[x] = y;
  }
  return parent.map((_, i) => find(i));
}
