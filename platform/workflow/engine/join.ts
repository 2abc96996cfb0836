import { type Definition, flowOf, type NodeOf, nodeOf } from '../definition.ts';
import { leave } from './leave.ts';
import { log, place, type Run, tokensIn } from './run.ts';
import type { Token } from './state.ts';

/** A token comes to a parallel join: it fires once there is one on every flow (BPMN 2.0.2 §13.4.1). */
export function arriveAtParallel(run: Run, node: NodeOf<'gateway'>, scope: string, by: string | undefined): void {
  if (node.incoming.length < 2) {
    passGateway(run, node, scope);
    return;
  }
  place(run, { node: node.id, scope, ...(by !== undefined && { by }) });
  const waiting = tokensIn(run, scope).filter((token) => token.node === node.id);
  const one = node.incoming.map((flow) => waiting.find((token) => token.by === flow));
  if (one.some((token) => token === undefined)) return;
  for (const token of one) if (token) delete run.state.tokens[token.id];
  passGateway(run, node, scope);
}

export function passGateway(run: Run, node: NodeOf<'gateway'>, scope: string): void {
  log(run, { node: node.id, lifecycle: 'complete' });
  leave(run, node, scope);
}

/**
 * Fires one inclusive join that has to wait no longer (BPMN 2.0.2 §13.4.3, table 13.3): no token can still come by a flow that is
 * empty, unless it could also come by one that has a token. Asked when nothing else moves. True if one has fired.
 */
export function fireInclusive(run: Run): boolean {
  const asked = new Set<string>();
  for (const token of Object.values(run.state.tokens)) {
    const node = nodeOf(run.definition, token.node);
    const key = `${token.scope} ${token.node}`;
    if (node.type !== 'gateway' || node.gateway !== 'inclusive' || asked.has(key)) continue;
    asked.add(key);
    const waiting = tokensIn(run, token.scope).filter((each) => each.node === node.id);
    if (!isReady(run, node, token.scope, waiting)) continue;
    for (const flow of node.incoming) {
      const first = waiting.find((each) => each.by === flow);
      if (first) delete run.state.tokens[first.id];
    }
    passGateway(run, node, token.scope);
    return true;
  }
  return false;
}

function isReady(run: Run, node: NodeOf<'gateway'>, scope: string, waiting: readonly Token[]): boolean {
  const full = node.incoming.filter((flow) => waiting.some((token) => token.by === flow));
  const empty = node.incoming.filter((flow) => !full.includes(flow));
  if (empty.length === 0) return true;
  const toEmpty = upstream(run.definition, node.id, empty);
  const toFull = upstream(run.definition, node.id, full);
  return tokensIn(run, scope).every((token) => {
    if (token.node === node.id) return true;
    const place = placeOf(run, token);
    return !toEmpty.has(place) || toFull.has(place);
  });
}

/** Where a token stands in the graph: on the flow by which it waits at another join, or at its node. */
function placeOf(run: Run, token: Token): string {
  return token.by !== undefined && nodeOf(run.definition, token.node).type === 'gateway' ? token.by : token.node;
}

/** Flows and nodes from which a path leads to one of `flows` without visiting the join. */
function upstream(definition: Definition, join: string, flows: readonly string[]): Set<string> {
  const found = new Set<string>(flows);
  const open = [...flows];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const before = flowOf(definition, id).from;
    if (before === join || found.has(before)) continue;
    found.add(before);
    const node = nodeOf(definition, before);
    const next = [...node.incoming];
    // An activity that rests may still leave by its boundary events; a link is entered from its throwing side.
    if (node.type === 'boundary') next.push(...enter(definition, node.host, found));
    if (node.type === 'catch' && node.trigger.kind === 'link') {
      for (const source of linksTo(definition, node)) next.push(...enter(definition, source, found));
    }
    for (const flow of next) {
      if (found.has(flow)) continue;
      found.add(flow);
      open.push(flow);
    }
  }
  return found;
}

function enter(definition: Definition, id: string, found: Set<string>): string[] {
  if (found.has(id)) return [];
  found.add(id);
  return nodeOf(definition, id).incoming;
}

function linksTo(definition: Definition, target: NodeOf<'catch'>): string[] {
  const { trigger } = target;
  if (trigger.kind !== 'link') return [];
  return Object.values(definition.nodes)
    .filter(
      (node) =>
        node.type === 'throw' &&
        node.scope === target.scope &&
        node.trigger.kind === 'link' &&
        node.trigger.link === trigger.link,
    )
    .map(({ id }) => id);
}
