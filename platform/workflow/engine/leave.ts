import { type Flow, flowOf, type Node } from '../definition.ts';
import { holds } from './expression.ts';
import { ProcessFault } from './process-fault.ts';
import { contextOf, log, type Run } from './run.ts';

/** Sends tokens along the flows that leave a node (BPMN 2.0.2 §13.2.1, §13.3). The token at the node is gone already. */
export function leave(run: Run, node: Node, scope: string): void {
  for (const flow of chosen(run, node, scope)) run.queue.push({ node: flow.to, scope, by: flow.id });
}

/** An event that does not rest: noted, and on. */
export function pass(run: Run, node: Node, scope: string): void {
  log(run, { node: node.id, lifecycle: 'complete' });
  leave(run, node, scope);
}

function chosen(run: Run, node: Node, scope: string): Flow[] {
  const flows = node.outgoing.map((id) => flowOf(run.definition, id));
  if (flows.length === 0) return [];
  const otherwise = 'default' in node ? flows.find(({ id }) => id === node.default) : undefined;
  const others = flows.filter((flow) => flow !== otherwise);
  if (others.every(({ condition }) => condition === undefined) && !otherwise) {
    return node.type === 'gateway' && node.gateway === 'exclusive' ? flows.slice(0, 1) : flows;
  }
  const context = contextOf(run, { scope });
  const true_ = (flow: Flow) => flow.condition === undefined || holds(flow.condition, context, flow.id);
  const one = node.type === 'gateway' && node.gateway === 'exclusive';
  const first = one ? others.find(true_) : undefined;
  const taken = one ? (first ? [first] : []) : others.filter(true_);
  if (taken.length > 0) return taken;
  if (otherwise) return [otherwise];
  throw new ProcessFault(node.id, 'no-path', {
    zh: '没有任何连线的条件成立，且没有默认连线',
    en: 'no condition of its flows holds, and it has no default flow',
  });
}
