import { type Definition, nodeOf } from '../definition.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { State, Token } from './state.ts';

/** Why an instance cannot be moved to another version, at which element. */
export type MoveFault = { element: string; message: Text };

/**
 * Moves an instance to another version of its process: every token, wait and scope must have a place there, by the same id or by
 * `map`, of the same kind and in the same surroundings. `renamed` are tokens and waits at elements of another id. All faults are told; nothing is moved by halves. Waits that the new
 * version has beside those are not made: they hold from the next time the activity begins.
 */
export function moveState(options: {
  from: Definition;
  to: Definition;
  state: State;
  map: Readonly<Record<string, string>>;
}): { state: State; renamed: { id: string; node: string }[]; faults: MoveFault[] } {
  const { from, to, map } = options;
  const state = structuredClone(options.state);
  const faults: MoveFault[] = [];
  const renamed: { id: string; node: string }[] = [];
  const placeOf = (id: string): string => (id === from.id ? to.id : (map[id] ?? id));
  const fault = (element: string, zh: string, en: string) => faults.push({ element, message: { zh, en } });
  const check = (id: string): string | undefined => {
    const target = to.nodes[placeOf(id)];
    if (!target) {
      fault(id, '新版本中没有对应的元素', 'has no place in the new version');
      return undefined;
    }
    const before = nodeOf(from, id);
    if (kindOf(before) !== kindOf(target)) {
      fault(id, '新版本中对应的元素类型不同', 'is of another kind in the new version');
      return undefined;
    }
    if (placeOf(before.scope) !== target.scope)
      fault(id, '新版本中对应的元素在另一层', 'is in another subprocess in the new version');
    return target.id;
  };
  for (const token of Object.values(state.tokens)) {
    const node = check(token.node);
    if (node === undefined) continue;
    if (token.by !== undefined) moveJoin({ token, to, node, fault });
    if (node !== token.node) renamed.push({ id: token.id, node });
    token.node = node;
  }
  for (const wait of Object.values(state.waits)) {
    const node = check(wait.node);
    if (node !== undefined && node !== wait.node) renamed.push({ id: wait.id, node });
    wait.node = node ?? wait.node;
  }
  for (const scope of Object.values(state.scopes)) {
    scope.of = placeOf(scope.of);
    if (scope.done) scope.done = scope.done.map((done) => ({ ...done, node: check(done.node) ?? done.node }));
    if (scope.todo) scope.todo = scope.todo.map((id) => check(id) ?? id);
  }
  for (const [name, value] of Object.entries(state.variables))
    if (value !== null && to.variables[name]?.type !== from.variables[name]?.type)
      fault(name, '新版本未声明该变量，或类型不同', 'is a variable that the new version does not declare like this');
  return { state, renamed, faults };
}

function moveJoin(options: {
  token: Token;
  to: Definition;
  node: string;
  fault: (element: string, zh: string, en: string) => void;
}): void {
  const { token, to, node, fault } = options;
  if (to.flows[token.by ?? '']?.to !== node)
    fault(token.by ?? '', '新版本中没有这条进入汇合的连线', 'is a flow into a join that the new version does not have');
}

function kindOf(node: ReturnType<typeof nodeOf>): string {
  const inner =
    node.type === 'task'
      ? node.task.kind
      : node.type === 'gateway'
        ? node.gateway
        : 'trigger' in node
          ? node.trigger.kind
          : '';
  const loop = 'loop' in node && node.loop ? node.loop.kind : '';
  return `${node.type} ${inner} ${loop}`;
}
