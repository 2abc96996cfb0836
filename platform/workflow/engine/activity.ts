import { type ActivityNode, isActivity, nodeOf, scopeOf } from '../definition.ts';
import { noteDone } from './done.ts';
import { textGiven, wordsGiven } from './expression.ts';
import { leave } from './leave.ts';
import { runDone, startLoop } from './loop.ts';
import { contextOf, log, open, place, type Run, unwait } from './run.ts';
import type { Due, ScopeState, Token, Value } from './state.ts';
import { after } from './time.ts';
import { checkVariables } from './variables.ts';
import { keyOf, subscribe, waitAtBoundary, waitForHandlers } from './wait.ts';

/** An activity begins (BPMN 2.0.2 §13.3.2): its boundary events wait while it rests. */
export function startActivity(run: Run, node: ActivityNode, scope: string): void {
  const token = place(run, { node: node.id, scope });
  waitAtBoundary(run, token, node.boundary);
  if (node.loop) startLoop(run, node, token);
  else begin(run, node, token);
}

/** One run of an activity. */
export function begin(run: Run, node: ActivityNode, token: Token): void {
  if (node.type === 'subprocess') {
    log(run, { node: node.id, token: token.id, lifecycle: 'start' });
    openScope(run, { kind: 'subprocess', of: node.id, owner: token.id });
    return;
  }
  if (node.type === 'call') {
    log(run, { node: node.id, token: token.id, lifecycle: 'start' });
    run.effects.push({
      type: 'call',
      token: token.id,
      node: node.id,
      process: node.process,
      variables: contextOf(run, { token }),
    });
    return;
  }
  const { task } = node;
  const context = contextOf(run, { token });
  log(run, { node: node.id, token: token.id, lifecycle: task.kind === 'user' ? 'schedule' : 'start' });
  switch (task.kind) {
    case 'user': {
      const due = dueFor(run, node, context);
      run.effects.push({
        type: 'task',
        token: token.id,
        node: node.id,
        posts: wordsGiven(task.candidates.posts, context, node.id),
        units: wordsGiven(task.candidates.units, context, node.id),
        ...(due && { due }),
        ...(token.inner && typeof token.local?.loopCounter === 'number' && { index: token.local.loopCounter }),
      });
      return;
    }
    case 'service':
      run.effects.push({ type: 'service', token: token.id, node: node.id, handler: task.handler });
      return;
    case 'rule':
      run.effects.push({ type: 'rule', token: token.id, node: node.id, decision: task.decision, input: context });
      return;
    case 'receive': {
      const key = keyOf(task.correlation, context, node.id);
      subscribe(
        run,
        node,
        { token: token.id },
        {
          kind: 'message',
          name: task.message,
          ...(key !== undefined && { key }),
        },
      );
      return;
    }
    case 'send': {
      const key = keyOf(task.correlation, context, node.id);
      run.effects.push({
        type: 'send',
        node: node.id,
        message: task.message,
        ...(key !== undefined && { key }),
        variables: context,
      });
      completeActivity(run, token, null);
      return;
    }
    case 'pass':
      completeActivity(run, token, null);
      return;
  }
}

function dueFor(run: Run, node: ActivityNode, context: Record<string, unknown>): Due | undefined {
  const limit = node.type === 'task' && node.task.kind === 'user' ? node.task.limit : undefined;
  if (limit?.kind === 'working-days') return { workingDays: Number(textGiven(limit.days, context, node.id)) };
  if (limit?.kind === 'duration')
    return { at: after(run.now, textGiven(limit.after, context, node.id), node.id).toISOString() };
  return undefined;
}

/** Opens a scope: its event subprocesses wait, its start event without trigger is entered, or the one that is named. */
export function openScope(run: Run, scope: Pick<ScopeState, 'kind' | 'of' | 'owner'>, start?: string): ScopeState {
  const opened = open(run, scope);
  waitForHandlers(run, opened);
  const starts = scopeOf(run.definition, scope.of).starts.map((id) => nodeOf(run.definition, id));
  const first = starts.find((node) =>
    start === undefined ? node.type === 'start' && node.trigger.kind === 'none' : node.id === start,
  );
  if (first) run.queue.push({ node: first.id, scope: opened.id });
  return opened;
}

/** An activity, or one run of it, is through. */
export function completeActivity(run: Run, token: Token, result: Value): void {
  const node = nodeOf(run.definition, token.node);
  if (!isActivity(node)) throw new Error(`${node.id} is no activity`);
  const outcome = typeof result === 'string' ? { outcome: result } : {};
  if (!node.loop || token.inner) log(run, { node: node.id, token: token.id, lifecycle: 'complete', ...outcome });
  if (token.inner) {
    delete run.state.tokens[token.id];
    unwait(run, { token: token.id });
    runDone(run, node, token, result);
    return;
  }
  finishActivity(run, node, token, result);
}

/** The whole activity is through: its result is kept, and its token goes on. */
export function finishActivity(run: Run, node: ActivityNode, token: Token, result: Value): void {
  delete run.state.tokens[token.id];
  unwait(run, { token: token.id });
  if (node.result !== undefined) {
    checkVariables(run.definition, { [node.result]: result });
    run.state.variables[node.result] = result;
  }
  noteDone(run, node, token);
  if (!isCompensation(run, token.scope)) leave(run, node, token.scope);
}

function isCompensation(run: Run, scope: string): boolean {
  return run.state.scopes[scope]?.kind === 'compensation';
}
