import { type Definition, flowOf, isActivity, type Node, nodeOf } from '../definition.ts';
import type { LoggedStep } from './read-log.ts';

/** Tokens of one replayed case: put down, taken, missing where one should have been, left over at the end. */
export type Counts = { produced: number; consumed: number; missing: number; remaining: number };

/** A token that is on one of several flows: which one shows by what is done next. `optional`: it may as well not be there. */
type Held = { flows: readonly string[]; optional: boolean };

/**
 * Replays one case on its definition (令牌重放; Rozinat and van der Aalst, "Conformance checking of processes based on monitoring
 * real behavior", Information Systems 33, 2008). The log has every element that was completed, gateways too, so that nothing has to
 * be guessed but which way an exclusive gateway took.
 */
export function replayCase(definition: Definition, steps: readonly Pick<LoggedStep, 'node' | 'lifecycle'>[]): Counts {
  const counts: Counts = { produced: 1, consumed: 0, missing: 0, remaining: 0 };
  let held: Held[] = [];
  const put = (flows: readonly string[], optional = false) => {
    held.push({ flows, optional });
    if (!optional) counts.produced += 1;
  };
  const takeFrom = (flows: readonly string[]): boolean => {
    const at = held.findIndex((token) => token.flows.some((flow) => flows.includes(flow)));
    if (at < 0) return false;
    const [token] = held.splice(at, 1);
    // One that need not have been there is counted once it shows that it was.
    if (token?.optional) counts.produced += 1;
    counts.consumed += 1;
    return true;
  };
  const take = (flows: readonly string[]) => {
    if (takeFrom(flows)) return;
    counts.missing += 1;
    counts.consumed += 1;
  };
  const clear = (scope: string) => {
    const inside = (flow: string) =>
      isWithin(definition, nodeOf(definition, flowOf(definition, flow).from).scope, scope);
    const [gone, kept] = [
      held.filter(({ flows }) => flows.some(inside)),
      held.filter(({ flows }) => !flows.some(inside)),
    ];
    counts.consumed += gone.filter(({ optional }) => !optional).length;
    held = kept;
  };

  for (const { node: id, lifecycle } of steps) {
    const node = definition.nodes[id];
    if (!node || lifecycle !== 'complete') continue;
    if (isActivity(node) && node.compensates) continue;
    switch (node.type) {
      case 'start':
        if (node.scope === definition.id) counts.consumed += 1;
        else if (definition.nodes[node.scope]?.type === 'event-subprocess' && node.interrupting)
          clear(nodeOf(definition, node.scope).scope);
        break;
      case 'boundary': {
        const host = nodeOf(definition, node.host);
        if (node.interrupting && node.trigger.kind !== 'compensation') {
          clear(host.id);
          take(host.incoming);
        }
        break;
      }
      case 'gateway':
        if (node.gateway === 'parallel') for (const flow of node.incoming) take([flow]);
        else if (node.gateway === 'inclusive') {
          take(node.incoming);
          for (const flow of node.incoming) takeFrom([flow]);
        } else take(node.incoming);
        break;
      case 'task':
      case 'call':
      case 'subprocess':
        // Further runs of an activity with several stand in the log too; the first has taken the token.
        if (node.loop && !held.some(({ flows }) => flows.some((flow) => node.incoming.includes(flow)))) continue;
        take(node.incoming);
        break;
      case 'event-subprocess':
        continue;
      case 'catch':
        if (node.trigger.kind !== 'link') take(node.incoming);
        break;
      case 'throw':
      case 'end':
        take(node.incoming);
        if (node.type === 'end' && node.trigger.kind === 'terminate') clear(node.scope);
        if (node.type === 'end' && node.trigger.kind === 'error') clear(node.scope);
        break;
    }
    leave(node);
  }
  counts.remaining = held.filter(({ optional }) => !optional).length;
  // What was put down and lies there was neither taken nor missing; the final marking is empty.
  return counts;

  function leave(node: Node): void {
    if (node.outgoing.length === 0) return;
    if (node.type === 'gateway' && (node.gateway === 'exclusive' || node.gateway === 'event'))
      return put(node.outgoing);
    const free = node.type === 'gateway' && node.gateway === 'inclusive';
    for (const flow of node.outgoing) {
      const standard = 'default' in node && node.default === flow;
      put([flow], free || standard || flowOf(definition, flow).condition !== undefined);
    }
  }
}

function isWithin(definition: Definition, scope: string, outer: string): boolean {
  for (let at = scope; ; at = nodeOf(definition, at).scope) {
    if (at === outer) return true;
    if (at === definition.id) return false;
  }
}

/** Fitness of one case or of many together: 1 = exactly as drawn. */
export function fitnessOf(cases: readonly Counts[]): number {
  const sum = (of: keyof Counts) => cases.reduce((total, counts) => total + counts[of], 0);
  const [produced, consumed] = [sum('produced'), sum('consumed')];
  if (produced === 0 || consumed === 0) return 1;
  return 0.5 * (1 - sum('missing') / consumed) + 0.5 * (1 - sum('remaining') / produced);
}

export const fits = ({ missing, remaining }: Counts): boolean => missing === 0 && remaining === 0;
