import { type Node, nodeOf, type NodeOf } from '../definition.ts';
import { startActivity } from './activity.ts';
import { compensate } from './compensate.ts';
import { arriveAtParallel, passGateway } from './join.ts';
import { leave, pass } from './leave.ts';
import { type Arrival, contextOf, countStep, emptyScope, log, place, type Run, scopeStateOf } from './run.ts';
import { raise } from './throw.ts';
import type { Token } from './state.ts';
import { keyOf, subscribe, waitFor } from './wait.ts';

/** A token enters a node (BPMN 2.0.2 §13.3 to §13.5). */
export function enter(run: Run, { node: id, scope, by }: Arrival): void {
  countStep(run, id);
  const node = nodeOf(run.definition, id);
  switch (node.type) {
    case 'start':
      pass(run, node, scope);
      return;
    case 'task':
    case 'call':
    case 'subprocess':
      startActivity(run, node, scope);
      return;
    case 'catch':
      waitFor(run, node, node.trigger, { token: place(run, { node: id, scope }) });
      return;
    case 'throw':
    case 'end':
      giveOff(run, node, scope);
      return;
    case 'gateway':
      enterGateway(run, node, scope, by);
      return;
    case 'boundary':
    case 'event-subprocess':
      throw new Error(`${id} is not entered by a flow`);
  }
}

function enterGateway(run: Run, node: NodeOf<'gateway'>, scope: string, by: string | undefined): void {
  switch (node.gateway) {
    case 'exclusive':
      passGateway(run, node, scope);
      return;
    case 'parallel':
      arriveAtParallel(run, node, scope, by);
      return;
    case 'inclusive':
      if (node.incoming.length < 2) passGateway(run, node, scope);
      else place(run, { node: node.id, scope, ...(by !== undefined && { by }) });
      return;
    case 'event':
      waitForFirst(run, node, scope);
      return;
  }
}

/** An event-based gateway: whichever of its events comes first is the way. */
function waitForFirst(run: Run, gateway: NodeOf<'gateway'>, scope: string): void {
  const token = place(run, { node: gateway.id, scope });
  log(run, { node: gateway.id, token: token.id, lifecycle: 'start' });
  for (const flow of gateway.outgoing) {
    const node = nodeOf(run.definition, run.definition.flows[flow]?.to ?? '');
    if (node.type === 'catch') waitFor(run, node, node.trigger, { token });
    if (node.type === 'task' && node.task.kind === 'receive') {
      const key = keyOf(node.task.correlation, contextOf(run, { token }), node.id);
      subscribe(
        run,
        node,
        { token: token.id },
        {
          kind: 'message',
          name: node.task.message,
          ...(key !== undefined && { key }),
        },
      );
    }
  }
}

/** A throwing or an end event gives off its trigger; an end takes the token with it. */
function giveOff(run: Run, node: NodeOf<'throw'> | NodeOf<'end'>, scope: string): void {
  const token = place(run, { node: node.id, scope });
  const { trigger } = node;
  switch (trigger.kind) {
    case 'none':
      break;
    case 'message': {
      const context = contextOf(run, { scope });
      const key = keyOf(trigger.correlation, context, node.id);
      run.effects.push({
        type: 'send',
        node: node.id,
        message: trigger.message,
        ...(key !== undefined && { key }),
        variables: context,
      });
      break;
    }
    case 'signal':
      run.effects.push({ type: 'signal', node: node.id, signal: trigger.signal });
      break;
    case 'escalation':
      log(run, { node: node.id, lifecycle: 'complete', outcome: trigger.code ?? '' });
      raise(run, token, { kind: 'escalation', code: trigger.code ?? '' });
      goOn(run, node, token, false);
      return;
    case 'error':
      log(run, { node: node.id, lifecycle: 'complete', outcome: trigger.code ?? '' });
      raise(run, token, { kind: 'error', code: trigger.code ?? '' });
      return;
    case 'compensation':
      compensate(run, token, trigger.activity);
      return;
    case 'terminate':
      emptyScope(run, scopeStateOf(run, scope), token);
      break;
    case 'cancel':
      emptyScope(run, scopeStateOf(run, scope), token);
      log(run, { node: node.id, lifecycle: 'complete' });
      compensate(run, token);
      return;
    case 'link':
      goToLink(run, node, token, trigger.link);
      return;
    case 'timer':
      throw new Error(`${node.id} cannot throw a timer`);
  }
  goOn(run, node, token, true);
}

/** The token goes on, unless what was given off has stopped its scope. */
function goOn(run: Run, node: Node, token: Token, note: boolean): void {
  if (!run.state.tokens[token.id]) return;
  delete run.state.tokens[token.id];
  if (note) log(run, { node: node.id, lifecycle: 'complete' });
  leave(run, node, token.scope);
}

function goToLink(run: Run, node: Node, token: Token, link: string): void {
  delete run.state.tokens[token.id];
  log(run, { node: node.id, lifecycle: 'complete' });
  const target = Object.values(run.definition.nodes).find(
    (each) =>
      each.type === 'catch' && each.scope === node.scope && each.trigger.kind === 'link' && each.trigger.link === link,
  );
  if (target) pass(run, target, token.scope);
}
