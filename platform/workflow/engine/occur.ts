import { nodeOf } from '../definition.ts';
import { completeActivity } from './activity.ts';
import { pass } from './leave.ts';
import { StaleEvent } from './process-fault.ts';
import { log, type Run, scopeStateOf, unwait } from './run.ts';
import { fireBoundary, startHandler } from './throw.ts';
import type { Event, Wait } from './state.ts';
import { after } from './time.ts';

/** A timer has fired, a message or a signal has come, for something that waits for it. */
export function occur(run: Run, event: Extract<Event, { type: 'timer' | 'message' | 'signal' }>): void {
  const wait = Object.hasOwn(run.state.waits, event.wait) ? run.state.waits[event.wait] : undefined;
  if (!wait || wait.kind !== event.type) throw new StaleEvent(event.wait);
  const node = nodeOf(run.definition, wait.node);
  const again = ('interrupting' in node && !node.interrupting) === true;
  if (again) repeat(run, wait);
  else delete run.state.waits[wait.id];
  if (wait.scope !== undefined) {
    if (node.type !== 'start') throw new Error(`${node.id} starts nothing`);
    startHandler(run, scopeStateOf(run, wait.scope), node);
    return;
  }
  const host = run.state.tokens[wait.token ?? ''];
  if (!host) throw new StaleEvent(event.wait);
  if (node.type === 'boundary') {
    fireBoundary(run, host, node);
    return;
  }
  if (host.node === node.id && node.type === 'task') {
    completeActivity(run, host, null);
    return;
  }
  // A catch event, here or behind an event-based gateway whose other events are void now.
  unwait(run, { token: host.id });
  delete run.state.tokens[host.id];
  if (node.type === 'task') log(run, { node: node.id, lifecycle: 'start' });
  pass(run, node, host.scope);
}

/** What does not interrupt stays: a message or a signal may come again, a timer only if it is a cycle. */
function repeat(run: Run, wait: Wait): void {
  if (wait.kind !== 'timer') return;
  if (!wait.cycle || wait.cycle.left === 0) {
    delete run.state.waits[wait.id];
    return;
  }
  if (wait.cycle.left !== undefined) wait.cycle.left -= 1;
  const due = after(run.now, wait.cycle.every, wait.node);
  run.effects.push({ type: 'timer', wait: wait.id, node: wait.node, due: { at: due.toISOString() } });
}
