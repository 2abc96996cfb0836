import { isActivity, type Node, nodeOf, scopeOf, type NodeOf } from '../definition.ts';
import { openScope } from './activity.ts';
import { leave } from './leave.ts';
import { drop, dropScope, emptyScope, log, ownerOf, place, type Run, scopeStateOf, unwait } from './run.ts';
import type { Outcome, ScopeState, Token } from './state.ts';

type Thrown = { kind: 'error' | 'escalation'; code: string };

/**
 * Carries an error or an escalation outwards from a token until something catches it: a boundary event of the activity, an event
 * subprocess of the scope, and so on (BPMN 2.0.2 §10.5.1, §10.5.7). An error that nothing catches ends the instance; an
 * escalation is told to whoever called the process.
 */
export function raise(run: Run, from: Token, thrown: Thrown): void {
  let at: Token | undefined = from;
  while (at) {
    if (caughtAtBoundary(run, at, thrown)) return;
    const scope = scopeStateOf(run, at.scope);
    if (caughtInScope(run, scope, at, thrown)) return;
    at = ownerOf(run, scope);
  }
  if (thrown.kind === 'escalation') run.effects.push({ type: 'escalated', code: thrown.code });
  else endProcess(run, { kind: 'error', code: thrown.code });
}

function catches(node: Node, thrown: Thrown): 'by-code' | 'any' | undefined {
  if (!('trigger' in node) || node.trigger.kind !== thrown.kind) return undefined;
  if (node.trigger.code === undefined) return 'any';
  return node.trigger.code === thrown.code ? 'by-code' : undefined;
}

/** The event that names the code stands before one that takes every code. */
function catcherAmong<T extends Node>(nodes: readonly T[], thrown: Thrown): T | undefined {
  return (
    nodes.find((node) => catches(node, thrown) === 'by-code') ?? nodes.find((node) => catches(node, thrown) === 'any')
  );
}

function caughtAtBoundary(run: Run, at: Token, thrown: Thrown): boolean {
  const node = nodeOf(run.definition, at.node);
  if (!isActivity(node) || at.inner) return false;
  const events = node.boundary.map((id) => nodeOf(run.definition, id)).filter((each) => each.type === 'boundary');
  const event = catcherAmong(events, thrown);
  if (!event) return false;
  if (thrown.kind === 'error') log(run, { node: node.id, token: at.id, lifecycle: 'ate_abort', outcome: thrown.code });
  fireBoundary(run, at, event);
  return true;
}

function caughtInScope(run: Run, scope: ScopeState, at: Token, thrown: Thrown): boolean {
  if (scope.kind === 'loop' || scope.kind === 'compensation' || scope.interrupted) return false;
  const starts = scopeOf(run.definition, scope.of)
    .handlers.filter((handler) => handler !== at.node)
    .flatMap((handler) => scopeOf(run.definition, handler).starts)
    .map((id) => nodeOf(run.definition, id))
    .filter((each) => each.type === 'start');
  const start = catcherAmong(starts, thrown);
  if (!start) return false;
  startHandler(run, scope, start);
  return true;
}

/** A boundary event goes off: where it interrupts, the activity with all its runs is stopped. */
export function fireBoundary(run: Run, host: Token, event: NodeOf<'boundary'>): void {
  if (event.interrupting) drop(run, host);
  log(run, { node: event.id, lifecycle: 'complete' });
  leave(run, event, host.scope);
}

/** An event subprocess starts; where it interrupts, everything else of its scope stops. */
export function startHandler(run: Run, scope: ScopeState, start: NodeOf<'start'>): void {
  if (start.interrupting || start.trigger.kind === 'error') {
    emptyScope(run, scope);
    scope.interrupted = true;
  }
  const token = place(run, { node: start.scope, scope: scope.id });
  log(run, { node: start.scope, token: token.id, lifecycle: 'start' });
  openScope(run, { kind: 'event', of: start.scope, owner: token.id }, start.id);
}

/** The instance is over; nothing of it is left. */
export function endProcess(run: Run, outcome: Outcome): void {
  for (const scope of Object.values(run.state.scopes)) {
    if (scope.kind !== 'process') continue;
    unwait(run, { scope: scope.id });
    dropScope(run, scope);
  }
  run.queue = [];
  run.state.ended = outcome;
  run.effects.push({ type: 'ended', outcome });
}
