import { isActivity, type Node, nodeOf } from '../definition.ts';
import { startActivity } from './activity.ts';
import { leave } from './leave.ts';
import { log, open, ownerOf, type Run, scopeStateOf, tokensIn } from './run.ts';
import { fireBoundary } from './throw.ts';
import type { Done, ScopeState, Token } from './state.ts';

/**
 * Undoes (补偿) what was done in the scope of a throwing event, the latest first, one after the other. The token rests meanwhile.
 * Thrown inside an event subprocess it concerns the scope that this handles.
 */
export function compensate(run: Run, token: Token, activity?: string): void {
  let scope = scopeStateOf(run, token.scope);
  for (let owner = ownerOf(run, scope); scope.kind === 'event' && owner; owner = ownerOf(run, scope))
    scope = scopeStateOf(run, owner.scope);
  const all = scope.done ?? [];
  const meant = activity === undefined ? all : all.filter((done) => done.node === activity);
  const rest = all.filter((done) => !meant.includes(done));
  if (rest.length > 0) scope.done = rest;
  else delete scope.done;
  const todo = handlersOf(run, meant);
  if (todo.length === 0) {
    compensated(run, token);
    return;
  }
  const undoing = open(run, { kind: 'compensation', of: token.node, owner: token.id, todo });
  nextHandler(run, undoing);
}

function handlersOf(run: Run, done: readonly Done[]): string[] {
  return [...done].reverse().flatMap((each) => {
    if (each.inner) return handlersOf(run, each.inner);
    const node = nodeOf(run.definition, each.node);
    return isActivity(node) && node.compensation !== undefined ? [node.compensation] : [];
  });
}

/** Goes on with the next handler once the one before is through. True while there is one. */
export function nextHandler(run: Run, undoing: ScopeState): boolean {
  if (tokensIn(run, undoing.id).length > 0) return true;
  const [next, ...rest] = undoing.todo ?? [];
  if (next === undefined) return false;
  undoing.todo = rest;
  const handler = nodeOf(run.definition, next);
  if (!isActivity(handler)) throw new Error(`${next} is no activity`);
  startActivity(run, handler, undoing.id);
  return true;
}

/** All is undone: the throwing event goes on, and a transaction leaves by its cancel event (§13.3.9). */
export function compensated(run: Run, token: Token): void {
  const node = nodeOf(run.definition, token.node);
  delete run.state.tokens[token.id];
  if (node.type === 'end' && 'trigger' in node && node.trigger.kind === 'cancel') {
    const transaction = ownerOf(run, scopeStateOf(run, token.scope));
    if (transaction) leaveByCancel(run, transaction);
    return;
  }
  log(run, { node: node.id, lifecycle: 'complete' });
  if (node.type === 'throw') leave(run, node, token.scope);
}

function leaveByCancel(run: Run, transaction: Token): void {
  const host = nodeOf(run.definition, transaction.node);
  const whole = transaction.inner ? ownerOf(run, scopeStateOf(run, transaction.scope)) : transaction;
  const exit: Node | undefined = isActivity(host)
    ? host.boundary
        .map((id) => nodeOf(run.definition, id))
        .find((event) => event.type === 'boundary' && event.trigger.kind === 'cancel')
    : undefined;
  if (whole && exit?.type === 'boundary') fireBoundary(run, whole, exit);
}
