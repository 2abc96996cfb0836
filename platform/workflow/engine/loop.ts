import type { ActivityNode } from '../definition.ts';
import { holds, valueOf } from './expression.ts';
import { ProcessFault } from './process-fault.ts';
import { contextOf, dropScope, open, place, type Run, scopeStateOf } from './run.ts';
import type { LoopState, ScopeState, Token, Value } from './state.ts';

/** Most instances of one activity. */
const MOST_RUNS = 1_000;

/** The runs of an activity with several (BPMN 2.0.2 §13.3.7 multi-instance, §13.3.6 loop). `token` is the whole. */
export function startLoop(run: Run, node: ActivityNode, token: Token): void {
  const loop = node.loop;
  if (!loop) return;
  const context = contextOf(run, { token });
  if (loop.kind === 'standard') {
    const max = loop.max ?? MOST_RUNS;
    const none =
      max < 1 ||
      (loop.testBefore && loop.while !== undefined && !holds(loop.while, { ...context, loopCounter: 0 }, node.id));
    if (none) {
      run.queue.push({ finish: token.id, result: null });
      return;
    }
    openLoop(run, node, token, { total: max, started: 0, done: 0, outcomes: [] });
    return;
  }
  const items =
    loop.collection === undefined ? undefined : itemsOf(valueOf(loop.collection, context, node.id), node.id);
  const total =
    items?.length ?? countOf(loop.cardinality === undefined ? 0 : valueOf(loop.cardinality, context, node.id), node.id);
  if (total === 0) {
    run.queue.push({ finish: token.id, result: [] });
    return;
  }
  openLoop(run, node, token, { total, started: 0, done: 0, outcomes: [], ...(items && { items }) });
}

function openLoop(run: Run, node: ActivityNode, token: Token, loop: LoopState): void {
  const scope = open(run, { kind: 'loop', of: node.id, owner: token.id, loop });
  startRuns(run, node, scope);
}

/** Starts what may run now: all at once, or one at a time. */
function startRuns(run: Run, node: ActivityNode, scope: ScopeState): void {
  const loop = loopOf(scope);
  const together = node.loop?.kind === 'multi' && !node.loop.sequential;
  while (loop.started < loop.total && (together || loop.started === loop.done)) {
    const item = loop.items?.[loop.started];
    loop.started += 1;
    const element = node.loop?.kind === 'multi' ? node.loop.element : undefined;
    const token = place(run, {
      node: node.id,
      scope: scope.id,
      inner: true,
      local: { loopCounter: loop.started, ...(element !== undefined && item !== undefined && { [element]: item }) },
    });
    run.queue.push({ begin: token.id });
  }
}

/** One run is through. Its token is gone already. */
export function runDone(run: Run, node: ActivityNode, token: Token, result: Value): void {
  const scope = scopeStateOf(run, token.scope);
  const loop = loopOf(scope);
  loop.done += 1;
  loop.outcomes.push(result);
  const whole = run.state.tokens[scope.owner ?? ''];
  if (!whole || !node.loop) throw new Error(`loop ${scope.id} has no owner`);
  const context = {
    ...contextOf(run, { token: whole }),
    loopCounter: loop.done,
    numberOfInstances: loop.total,
    numberOfActiveInstances: loop.started - loop.done,
    numberOfCompletedInstances: loop.done,
    numberOfTerminatedInstances: 0,
    outcomes: loop.outcomes,
  };
  const { loop: spec } = node;
  const enough =
    spec.kind === 'multi'
      ? spec.until !== undefined && holds(spec.until, context, node.id)
      : spec.while !== undefined && !holds(spec.while, { ...context, outcome: result }, node.id);
  if (!enough && loop.done < loop.total) {
    startRuns(run, node, scope);
    return;
  }
  const outcomes = loop.outcomes;
  const inner = scope.done;
  dropScope(run, scope);
  if (inner) keepInner(run, whole, node, inner);
  run.queue.push({ finish: whole.id, result: spec.kind === 'multi' ? (outcomes as Value) : result });
}

/** What its runs have done can be undone as a part of the whole. */
function keepInner(run: Run, whole: Token, node: ActivityNode, inner: NonNullable<ScopeState['done']>): void {
  const around = scopeStateOf(run, whole.scope);
  around.done = [...(around.done ?? []), { node: node.id, inner }];
}

/** One more run of a multi-instance that is at work (加签). */
export function addRuns(run: Run, node: ActivityNode, token: Token, items: readonly Value[]): void {
  const scope = scopeStateOf(run, token.scope);
  if (scope.kind !== 'loop' || node.loop?.kind !== 'multi')
    throw new ProcessFault(node.id, 'not-multiple', {
      zh: '该步骤不是多人办理，不能加签',
      en: 'has no several instances that could be added to',
    });
  const loop = loopOf(scope);
  if (loop.total + items.length > MOST_RUNS) throw tooMany(node.id);
  if (loop.items) loop.items = [...loop.items, ...items];
  loop.total += items.length;
  if (!node.loop.sequential) startRuns(run, node, scope);
}

function loopOf(scope: ScopeState): LoopState {
  if (!scope.loop) throw new Error(`scope ${scope.id} is no loop`);
  return scope.loop;
}

function itemsOf(value: unknown, node: string): Value[] {
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  if (list.length > MOST_RUNS) throw tooMany(node);
  return list as Value[];
}

function countOf(value: unknown, node: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new ProcessFault(node, 'loop-count', {
      zh: '多实例的次数不是自然数',
      en: 'has a number of instances that is no natural number',
    });
  if (value > MOST_RUNS) throw tooMany(node);
  return value;
}

function tooMany(node: string): ProcessFault {
  return new ProcessFault(node, 'loop-many', {
    zh: `一个步骤最多 ${MOST_RUNS} 个实例`,
    en: `has more than ${MOST_RUNS} instances`,
  });
}
