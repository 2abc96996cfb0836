/** An edge between two nodes of a small graph. */
export type WeightedEdge = { readonly a: number; readonly b: number; readonly weight: number };

/**
 * The edges of least total weight whose removal parts every source from every sink (min-cut, Edmonds–Karp). A node that is
 * neither falls to the sources if it still hangs on them.
 */
export function minCut<E extends WeightedEdge>(options: {
  edges: readonly E[];
  sources: ReadonlySet<number>;
  sinks: ReadonlySet<number>;
}): E[] {
  const { edges, sources, sinks } = options;
  const near = new Map<number, number[]>();
  const link = (node: number, edge: number): void => {
    const known = near.get(node);
    if (known) known.push(edge);
    else near.set(node, [edge]);
  };
  edges.forEach(({ a, b }, i) => {
    link(a, i);
    link(b, i);
  });
  // What still fits through each edge, from a to b and back.
  const forth = edges.map((e) => Math.max(e.weight, 0));
  const back = [...forth];
  const flow = (): Map<number, number> => {
    const via = new Map<number, number>([...sources].map((node) => [node, -1]));
    const queue = [...sources];
    for (let at = 0; at < queue.length; at += 1) {
      const node = queue[at] as number;
      for (const i of near.get(node) ?? []) {
        const { a, b } = edges[i] as E;
        const other = a === node ? b : a;
        if (via.has(other) || ((a === node ? forth : back)[i] as number) <= 1e-9) continue;
        via.set(other, i);
        queue.push(other);
      }
    }
    return via;
  };
  for (;;) {
    const via = flow();
    const end = [...sinks].find((node) => via.has(node));
    if (end === undefined) return edges.filter(({ a, b }) => via.has(a) !== via.has(b));
    const path: { i: number; forward: boolean }[] = [];
    for (let node = end, i = via.get(node) ?? -1; i >= 0; i = via.get(node) ?? -1) {
      const { a, b } = edges[i] as E;
      path.push({ i, forward: b === node });
      node = b === node ? a : b;
    }
    const most = Math.min(...path.map(({ i, forward }) => (forward ? forth : back)[i] as number));
    for (const { i, forward } of path) {
      const [down, up] = forward ? [forth, back] : [back, forth];
      down[i] = (down[i] as number) - most;
      up[i] = (up[i] as number) + most;
    }
  }
}
