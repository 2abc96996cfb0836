/**
 * Parallel approval (并联审批): which item of a bundle waits for which, and when the whole can be done. The promise of a bundle is
 * its critical path (关键路径): the longest chain, not the sum.
 */
export type PlanNode = {
  id: string;
  /** Items that must be granted first. */
  after: readonly string[];
  /** A moment that is known already: decided, or due by its own clock. Absent = counted from what it waits for. */
  end?: Date;
};

export type Planned = { start: Date; end: Date };
export type Plan = {
  nodes: ReadonlyMap<string, Planned>;
  end: Date;
  /** The chain that decides when the whole is done, first to last. */
  critical: readonly string[];
};
export type PlanFault = { cycle: readonly string[] } | { unknown: string };

/** What is wrong with the dependencies of a bundle: one that goes round in a circle, or names what is not there. */
export function planFault(nodes: readonly Pick<PlanNode, 'id' | 'after'>[]): PlanFault | undefined {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { after } of nodes) for (const id of after) if (!byId.has(id)) return { unknown: id };
  const done = new Set<string>();
  const walk = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const before of byId.get(id)?.after ?? []) {
      const cycle = walk(before, [...path, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const { id } of nodes) {
    const cycle = walk(id, []);
    if (cycle) return { cycle: [...cycle].reverse() };
  }
  return undefined;
}

/**
 * Earliest start and end of every item. `last` counts the end of an item that starts at a moment. Throws RangeError for what
 * `planFault` finds.
 */
export function planOf(options: { nodes: readonly PlanNode[]; from: Date; last(id: string, start: Date): Date }): Plan {
  const { nodes, from, last } = options;
  const fault = planFault(nodes);
  if (fault) throw new RangeError(`dependencies cannot be planned: ${JSON.stringify(fault)}`);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const planned = new Map<string, Planned>();
  const place = (id: string): Planned => {
    const found = planned.get(id);
    if (found) return found;
    const node = byId.get(id) as PlanNode;
    const start = node.after.map((before) => place(before).end).reduce(later, from);
    const made = { start, end: node.end ?? last(id, start) };
    planned.set(id, made);
    return made;
  };
  for (const { id } of nodes) place(id);
  // What is over its time is not promised anew: the end may lie before `from`.
  const end = [...planned.values()].map((each) => each.end).reduce(later, nodes.length > 0 ? new Date(0) : from);
  return { nodes: planned, end, critical: criticalPath({ byId, planned, end }) };
}

function criticalPath(options: {
  byId: ReadonlyMap<string, PlanNode>;
  planned: ReadonlyMap<string, Planned>;
  end: Date;
}): string[] {
  const { byId, planned, end } = options;
  const endOf = (id: string): number => planned.get(id)?.end.getTime() ?? 0;
  const path: string[] = [];
  let at = [...byId.keys()].find((id) => endOf(id) === end.getTime());
  while (at !== undefined) {
    path.unshift(at);
    at = [...(byId.get(at)?.after ?? [])].sort((a, b) => endOf(b) - endOf(a))[0];
  }
  return path;
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
