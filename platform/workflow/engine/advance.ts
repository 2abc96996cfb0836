import { type Definition, isActivity, nodeOf } from '../definition.ts';
import { begin, completeActivity, finishActivity, openScope } from './activity.ts';
import { compensated, nextHandler } from './compensate.ts';
import { keepDone } from './done.ts';
import { enter } from './enter.ts';
import { fireInclusive } from './join.ts';
import { addRuns } from './loop.ts';
import { occur } from './occur.ts';
import { ProcessFault, StaleEvent } from './process-fault.ts';
import { rewind } from './rewind.ts';
import { countStep, log, type Move, ownerOf, type Run, tokensIn, unwait } from './run.ts';
import { endProcess, raise } from './throw.ts';
import type { Effect, Event, ScopeState, State, Token } from './state.ts';
import { checkVariables } from './variables.ts';

/**
 * Moves an instance by one event until everything in it rests: pure and deterministic, without clock, chance or I/O. The same
 * definition, state, event and time give the same state and effects, byte for byte. Throws `StaleEvent` where the event is for
 * something that is gone, `ProcessFault` where the definition gives no way on; `state` is never changed.
 */
export function advance(options: { definition: Definition; state: State; event: Event; now: Date }): {
  state: State;
  effects: Effect[];
} {
  const { definition, event, now } = options;
  if (options.state.ended) throw new StaleEvent(definition.id);
  const run: Run = { definition, state: structuredClone(options.state), now, effects: [], queue: [], steps: 0 };
  apply(run, event);
  settle(run);
  return { state: run.state, effects: withoutVoid(run.effects) };
}

function apply(run: Run, event: Event): void {
  const { state, definition } = run;
  if ('variables' in event && event.variables) {
    checkVariables(definition, event.variables);
    Object.assign(state.variables, event.variables);
  }
  switch (event.type) {
    case 'start':
      return start(run, event.node);
    case 'complete':
      return complete(run, tokenAt(run, event.token), event.outcome ?? null);
    case 'error': {
      const token = tokenAt(run, event.token);
      log(run, { node: token.node, token: token.id, lifecycle: 'ate_abort', outcome: event.code });
      return raise(run, token, { kind: 'error', code: event.code });
    }
    case 'escalation':
      return raise(run, tokenAt(run, event.token), { kind: 'escalation', code: event.code });
    case 'timer':
    case 'message':
    case 'signal':
      return occur(run, event);
    case 'add': {
      const token = tokenAt(run, event.token);
      const node = nodeOf(definition, token.node);
      if (!isActivity(node)) throw new StaleEvent(token.id);
      return addRuns(run, node, token, event.items);
    }
    case 'rewind':
      return rewind(run, tokenAt(run, event.token), event.to);
    case 'cancel':
      return endProcess(run, { kind: 'cancelled' });
  }
}

function start(run: Run, node: string | undefined): void {
  if (run.state.next !== 1) throw new StaleEvent(run.definition.id);
  openScope(run, { kind: 'process', of: run.definition.id }, node);
  if (run.queue.length === 0)
    throw new ProcessFault(node ?? null, 'start', {
      zh: '流程没有这个开始事件',
      en: 'the process has no such start event',
    });
}

function tokenAt(run: Run, id: string): Token {
  const token = Object.hasOwn(run.state.tokens, id) ? run.state.tokens[id] : undefined;
  if (!token) throw new StaleEvent(id);
  return token;
}

/** Only work that was handed out can be reported as done. */
function complete(run: Run, token: Token, outcome: Parameters<typeof completeActivity>[2]): void {
  const node = nodeOf(run.definition, token.node);
  const handedOut = (node.type === 'task' && node.task.kind !== 'receive') || node.type === 'call';
  if (!handedOut || (node.loop && !token.inner)) throw new StaleEvent(token.id);
  completeActivity(run, token, outcome);
}

/** Moves tokens until none moves: then joins that wait no longer, then scopes that are through. */
function settle(run: Run): void {
  for (;;) {
    for (let next = run.queue.shift(); next; next = run.queue.shift()) move(run, next);
    if (fireInclusive(run)) continue;
    if (!closeOne(run)) return;
  }
}

/** One move; what it was for may be gone by now. */
function move(run: Run, next: Move): void {
  if ('scope' in next) {
    if (run.state.scopes[next.scope]) enter(run, next);
    return;
  }
  const token = run.state.tokens['begin' in next ? next.begin : next.finish];
  const node = token && nodeOf(run.definition, token.node);
  if (!node || !isActivity(node)) return;
  countStep(run, node.id);
  if ('begin' in next) begin(run, node, token);
  else finishActivity(run, node, token, next.result);
}

/** Ends one scope in which nothing is left. */
function closeOne(run: Run): boolean {
  for (const scope of Object.values(run.state.scopes)) {
    if (scope.kind === 'loop' || tokensIn(run, scope.id).length > 0) continue;
    close(run, scope);
    return true;
  }
  return false;
}

function close(run: Run, scope: ScopeState): void {
  if (scope.kind === 'process') {
    endProcess(run, { kind: 'completed' });
    return;
  }
  if (scope.kind === 'compensation' && nextHandler(run, scope)) return;
  const owner = ownerOf(run, scope);
  if (!owner) throw new Error(`scope ${scope.id} has no owner`);
  unwait(run, { scope: scope.id });
  delete run.state.scopes[scope.id];
  if (scope.kind === 'compensation') {
    compensated(run, owner);
    return;
  }
  keepDone(run, scope, owner);
  if (scope.kind === 'subprocess') {
    completeActivity(run, owner, null);
    return;
  }
  delete run.state.tokens[owner.id];
  log(run, { node: owner.node, token: owner.id, lifecycle: 'complete' });
}

/** Work and waits that came and went within this one advance never existed for the world. */
function withoutVoid(effects: Effect[]): Effect[] {
  const gone = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'withdrawn') gone.add(effect.token);
    if (effect.type === 'unwait') gone.add(effect.wait);
  }
  if (gone.size === 0) return effects;
  const made = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'task' || effect.type === 'service' || effect.type === 'rule' || effect.type === 'call')
      made.add(effect.token);
    if (effect.type === 'timer' || effect.type === 'subscribe') made.add(effect.wait);
  }
  const void_ = (id: string) => gone.has(id) && made.has(id);
  return effects.filter((effect) => {
    if (effect.type === 'log' || effect.type === 'escalated' || effect.type === 'ended') return true;
    if ('wait' in effect) return !void_(effect.wait);
    return !('token' in effect) || !void_(effect.token);
  });
}
