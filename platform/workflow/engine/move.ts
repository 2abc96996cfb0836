import { type Definition, isActivity, type Node, nodeOf } from '../definition.ts';
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

/** Every element of the old version that a state stands at or remembers: each needs a place in the new one. */
export function placesOf(state: State): Set<string> {
  return new Set([
    ...Object.values(state.tokens).map(({ node }) => node),
    ...Object.values(state.waits).map(({ node }) => node),
    ...Object.values(state.scopes).flatMap(({ done = [], todo = [] }) => [...done.map(({ node }) => node), ...todo]),
  ]);
}

/** The elements of another version that could take the place of one: of the same kind. */
export function counterparts(from: Definition, to: Definition, id: string): Node[] {
  const kind = kindOf(nodeOf(from, id));
  return Object.values(to.nodes).filter((node) => kindOf(node) === kind);
}

/**
 * What a state that can be moved would lose by it: events that the new version attaches to a step under way are not waited for before
 * it begins again, and a task that is open keeps its posts and its limit.
 */
export function lossesOf(options: {
  from: Definition;
  to: Definition;
  state: State;
  map: Readonly<Record<string, string>>;
}): MoveFault[] {
  const { from, to, state, map } = options;
  const waits = new Set(Object.values(state.waits).map(({ node }) => map[node] ?? node));
  const lost: MoveFault[] = [];
  for (const { node: id } of Object.values(state.tokens)) {
    const [before, after] = [nodeOf(from, id), to.nodes[map[id] ?? id]];
    if (!after || !isActivity(after)) continue;
    for (const event of after.boundary) {
      const { trigger } = nodeOf(to, event) as Extract<Node, { type: 'boundary' }>;
      if (!['timer', 'message', 'signal'].includes(trigger.kind) || waits.has(event)) continue;
      lost.push({
        element: event,
        message: {
          zh: '新版本在该步骤上的这个事件，对已经开始的这一步不起作用',
          en: 'is attached to a step that has begun: it works from the next time on',
        },
      });
    }
    if (before.type !== 'task' || before.task.kind !== 'user' || after.type !== 'task' || after.task.kind !== 'user')
      continue;
    if (
      JSON.stringify([before.task.candidates, before.task.limit]) !==
      JSON.stringify([after.task.candidates, after.task.limit])
    )
      lost.push({
        element: id,
        message: {
          zh: '新版本改了办理岗位或时限；已发出的待办仍按原来的',
          en: 'has other posts or another limit in the new version: a task that is open keeps those it has',
        },
      });
  }
  return lost;
}

function kindOf(node: Node): string {
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
