import { type Node, nodeOf, scopeOf, type Trigger } from '../definition.ts';
import { textGiven } from './expression.ts';
import { dueOf } from './time.ts';
import { await_, contextOf, type Run } from './run.ts';
import type { ScopeState, Token } from './state.ts';

/** Triggers that come from outside; the others are found when something is thrown. */
const OUTSIDE = ['timer', 'message', 'signal'];

/** Waits for the trigger of an event, for a token (catch, boundary) or a scope (event subprocess). */
export function waitFor(run: Run, node: Node, trigger: Trigger, of: { token: Token } | { scope: ScopeState }): void {
  const context = contextOf(run, 'token' in of ? { token: of.token } : { scope: of.scope.id });
  const holder = 'token' in of ? { token: of.token.id } : { scope: of.scope.id };
  if (trigger.kind === 'timer') {
    const { due, cycle } = dueOf({ timer: trigger.timer, context, now: run.now, node: node.id });
    const wait = await_(run, { node: node.id, ...holder, kind: 'timer', ...(cycle && { cycle }) });
    run.effects.push({ type: 'timer', wait: wait.id, node: node.id, due });
  } else if (trigger.kind === 'message') {
    const key = keyOf(trigger.correlation, context, node.id);
    subscribe(run, node, holder, { kind: 'message', name: trigger.message, ...(key !== undefined && { key }) });
  } else if (trigger.kind === 'signal') subscribe(run, node, holder, { kind: 'signal', name: trigger.signal });
}

export function keyOf(
  correlation: string | undefined,
  context: Record<string, unknown>,
  node: string,
): string | undefined {
  return correlation === undefined ? undefined : textGiven({ feel: correlation }, context, node);
}

export function subscribe(
  run: Run,
  node: Node,
  holder: { token: string } | { scope: string },
  to: { kind: 'message' | 'signal'; name: string; key?: string },
): void {
  const wait = await_(run, { node: node.id, ...holder, kind: to.kind, name: to.name });
  run.effects.push({ type: 'subscribe', wait: wait.id, node: node.id, ...to });
}

/** Waits of the boundary events of an activity that begins. */
export function waitAtBoundary(run: Run, token: Token, events: readonly string[]): void {
  for (const id of events) {
    const event = nodeOf(run.definition, id);
    if (event.type === 'boundary' && OUTSIDE.includes(event.trigger.kind))
      waitFor(run, event, event.trigger, { token });
  }
}

/** Waits of the event subprocesses of a scope that begins. */
export function waitForHandlers(run: Run, scope: ScopeState): void {
  for (const handler of scopeOf(run.definition, scope.of).handlers) {
    for (const id of scopeOf(run.definition, handler).starts) {
      const start = nodeOf(run.definition, id);
      if (start.type === 'start' && OUTSIDE.includes(start.trigger.kind)) waitFor(run, start, start.trigger, { scope });
    }
  }
}
