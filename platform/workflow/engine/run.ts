import { type Definition, nodeOf } from '../definition.ts';
import { ProcessFault } from './process-fault.ts';
import type { Effect, Lifecycle, ScopeState, State, Token, Value, Wait } from './state.ts';

/** A token that is on its way: it has left one node and has not entered the next. */
export type Arrival = { node: string; scope: string; by?: string };

/** What is still to be done in this advance, in order: a token enters a node, a run begins, an activity is through. */
export type Move = Arrival | { begin: string } | { finish: string; result: Value };

/** One advance at work: the state is its own copy. */
export type Run = {
  definition: Definition;
  state: State;
  now: Date;
  effects: Effect[];
  queue: Move[];
  steps: number;
};

/** More steps in one advance than any process needs: the drawing goes in a circle without a person, a timer or a message. */
const MOST_STEPS = 20_000;

export function countStep(run: Run, node: string): void {
  run.steps += 1;
  if (run.steps > MOST_STEPS)
    throw new ProcessFault(node, 'endless', {
      zh: '流程无休止地循环，没有停下来等待的步骤',
      en: 'goes round for ever without a step that waits',
    });
}

function nextId(run: Run, kind: 't' | 's' | 'w'): string {
  const id = `${kind}${run.state.next}`;
  run.state.next += 1;
  return id;
}

export function place(run: Run, token: Omit<Token, 'id'>): Token {
  const placed = { id: nextId(run, 't'), ...token };
  run.state.tokens[placed.id] = placed;
  return placed;
}

export function open(run: Run, scope: Omit<ScopeState, 'id'>): ScopeState {
  const opened = { id: nextId(run, 's'), ...scope };
  run.state.scopes[opened.id] = opened;
  return opened;
}

export function await_(run: Run, wait: Omit<Wait, 'id'>): Wait {
  const made = { id: nextId(run, 'w'), ...wait };
  run.state.waits[made.id] = made;
  return made;
}

export function log(run: Run, step: { node: string; token?: string; lifecycle: Lifecycle; outcome?: string }): void {
  run.effects.push({ type: 'log', ...step });
}

export function tokensIn(run: Run, scope: string): Token[] {
  return Object.values(run.state.tokens).filter((token) => token.scope === scope);
}

export function scopesOwnedBy(run: Run, token: string): ScopeState[] {
  return Object.values(run.state.scopes).filter(({ owner }) => owner === token);
}

export function ownerOf(run: Run, scope: ScopeState): Token | undefined {
  return scope.owner === undefined ? undefined : run.state.tokens[scope.owner];
}

export function scopeStateOf(run: Run, id: string): ScopeState {
  const scope = run.state.scopes[id];
  if (!scope) throw new Error(`no scope ${id}`);
  return scope;
}

/** Takes away the waits of a token or of a scope. */
export function unwait(run: Run, of: { token: string } | { scope: string }): void {
  for (const wait of Object.values(run.state.waits)) {
    const meant = 'token' in of ? wait.token === of.token : wait.scope === of.scope;
    if (!meant) continue;
    delete run.state.waits[wait.id];
    run.effects.push({ type: 'unwait', wait: wait.id, kind: wait.kind });
  }
}

/** Takes a token away with all that it owns: what was handed out for it is withdrawn. */
export function drop(run: Run, token: Token): void {
  if (!run.state.tokens[token.id]) return;
  delete run.state.tokens[token.id];
  unwait(run, { token: token.id });
  for (const scope of scopesOwnedBy(run, token.id)) dropScope(run, scope);
  // What has not begun was never handed out.
  if (run.queue.some((move) => 'begin' in move && move.begin === token.id)) return;
  const node = nodeOf(run.definition, token.node);
  if (node.type === 'task' || node.type === 'call') {
    if (!('loop' in node && node.loop) || token.inner) {
      run.effects.push({ type: 'withdrawn', token: token.id, node: node.id });
      log(run, { node: node.id, token: token.id, lifecycle: 'withdraw' });
    }
  } else if (node.type === 'subprocess' && (!node.loop || token.inner))
    log(run, { node: node.id, token: token.id, lifecycle: 'withdraw' });
}

export function dropScope(run: Run, scope: ScopeState): void {
  emptyScope(run, scope);
  delete run.state.scopes[scope.id];
}

/** Stops all that goes on in a scope; the scope itself stays. `but` is left alone. */
export function emptyScope(run: Run, scope: ScopeState, but?: Token): void {
  unwait(run, { scope: scope.id });
  run.queue = run.queue.filter((move) => !('scope' in move) || move.scope !== scope.id);
  for (const token of tokensIn(run, scope.id)) if (token.id !== but?.id) drop(run, token);
}

/** What an expression sees at a token or in a scope: the variables, and what the runs of loops around it have of their own. */
export function contextOf(run: Run, at: { token: Token } | { scope: string }): Record<string, Value> {
  const layers: Record<string, Value>[] = [];
  let token: Token | undefined = 'token' in at ? at.token : undefined;
  let scope: ScopeState | undefined = run.state.scopes['token' in at ? at.token.scope : at.scope];
  for (;;) {
    if (token?.local) layers.push(token.local);
    if (!scope?.owner) break;
    token = run.state.tokens[scope.owner];
    scope = token && run.state.scopes[token.scope];
  }
  return Object.assign({}, run.state.variables, ...layers.reverse());
}
