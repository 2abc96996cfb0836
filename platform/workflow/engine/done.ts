import type { ActivityNode } from '../definition.ts';
import { type Run, scopeStateOf } from './run.ts';
import type { ScopeState, Token } from './state.ts';

/** Notes that an activity can be undone from now on (BPMN 2.0.2 §10.6): by its handler, or by what was done inside it. */
export function noteDone(run: Run, node: ActivityNode, token: Token): void {
  if (node.compensation === undefined) return;
  const scope = scopeStateOf(run, token.scope);
  const mine = scope.done?.findIndex((done) => done.node === node.id && done.inner !== undefined) ?? -1;
  // The handler of a subprocess stands for all that was done inside it.
  if (mine >= 0) scope.done?.splice(mine, 1);
  scope.done = [...(scope.done ?? []), { node: node.id }];
}

/** Hands what was done in a scope that has ended to the scope around it. */
export function keepDone(run: Run, ended: ScopeState, owner: Token): void {
  if (!ended.done || ended.done.length === 0) return;
  const around = scopeStateOf(run, owner.scope);
  around.done = [...(around.done ?? []), { node: owner.node, inner: ended.done }];
}
