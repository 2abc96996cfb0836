import { type Definition, isActivity, type Node, nodeOf } from '../definition.ts';
import { ProcessFault, StaleEvent } from './process-fault.ts';
import { drop, ownerOf, type Run, scopeStateOf, tokensIn } from './run.ts';
import type { Token } from './state.ts';

/**
 * Takes an instance back to an earlier user task (退回, 撤回), an act outside BPMN: what came of that task in its scope is withdrawn, and
 * the task is there again. Branches beside it are left alone. Refused where the way back crosses a parallel join whose other
 * branches are through: the join would wait for ever.
 */
export function rewind(run: Run, from: Token, to: string): void {
  const target = Object.hasOwn(run.definition.nodes, to) ? nodeOf(run.definition, to) : undefined;
  if (target?.type !== 'task' || target.task.kind !== 'user' || target.compensates) throw refused(to);
  const at = inScopeOf(run, from, target.scope);
  if (!at) throw refused(to);
  const graph = graphOf(run.definition, target.scope);
  const barriers = dominatorsOf(graph, run.definition, target);
  const after = reached(graph, successors(graph, target.id), barriers);
  if (!after.has(placeOf(run, at)) || crossesJoin(run, { graph, barriers, after, target, at })) throw refused(to);
  for (const token of tokensIn(run, at.scope)) if (after.has(placeOf(run, token))) drop(run, token);
  run.queue.push({ node: target.id, scope: at.scope });
}

function refused(to: string): ProcessFault {
  return new ProcessFault(to, 'rewind', {
    zh: '不能退回到该步骤：它不在当前步骤之前，或中间已经过并行汇合',
    en: 'cannot be returned to: it does not come before this step, or a parallel join lies between',
  });
}

/** The token itself, or the one that holds it, in the scope of the target. */
function inScopeOf(run: Run, from: Token, scope: string): Token | undefined {
  for (let at: Token | undefined = from; at; ) {
    const around = scopeStateOf(run, at.scope);
    if (around.of === scope && around.kind !== 'loop' && around.kind !== 'compensation') return at;
    at = ownerOf(run, around);
  }
  throw run.state.tokens[from.id] ? refused(scope) : new StaleEvent(from.id);
}

function placeOf(run: Run, token: Token): string {
  return token.by !== undefined && nodeOf(run.definition, token.node).type === 'gateway' ? token.by : token.node;
}

/** Nodes and flows of a scope with what comes after each; an activity may also go on by its boundary events. */
type Graph = Map<string, string[]>;

function graphOf(definition: Definition, scope: string): Graph {
  const graph: Graph = new Map();
  const nodes = Object.values(definition.nodes).filter((node) => node.scope === scope);
  for (const node of nodes) {
    const next = [...node.outgoing];
    if (isActivity(node)) next.push(...node.boundary);
    if (node.type === 'throw' && node.trigger.kind === 'link') {
      const { link } = node.trigger;
      for (const each of nodes)
        if (each.type === 'catch' && each.trigger.kind === 'link' && each.trigger.link === link) next.push(each.id);
    }
    graph.set(node.id, next);
    for (const id of node.outgoing) graph.set(id, [definition.flows[id]?.to ?? '']);
  }
  return graph;
}

function successors(graph: Graph, id: string): string[] {
  return graph.get(id) ?? [];
}

/** All that can be reached; a barrier is reached, but not passed. */
function reached(graph: Graph, from: readonly string[], barriers: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || barriers.has(id)) continue;
    found.add(id);
    open.push(...successors(graph, id));
  }
  return found;
}

/** Nodes that every way to the target goes through, the target among them: what lies behind them is a new round. */
function dominatorsOf(graph: Graph, definition: Definition, target: Node): Set<string> {
  const starts = Object.values(definition.nodes)
    .filter(({ type, scope }) => type === 'start' && scope === target.scope)
    .map(({ id }) => id);
  const found = new Set<string>([target.id]);
  for (const id of graph.keys()) {
    if (definition.nodes[id] && !reached(graph, starts, new Set([id])).has(target.id)) found.add(id);
  }
  return found;
}

function crossesJoin(
  run: Run,
  options: { graph: Graph; barriers: Set<string>; after: Set<string>; target: Node; at: Token },
): boolean {
  const { graph, barriers, after, target, at } = options;
  const place = placeOf(run, at);
  return [...after].some((id) => {
    const node = run.definition.nodes[id];
    if (node?.type !== 'gateway' || node.gateway !== 'parallel' || node.incoming.length < 2) return false;
    const beyond = reached(graph, successors(graph, id), barriers);
    return beyond.has(place) && !dominatorsOf(graph, run.definition, node).has(target.id);
  });
}
