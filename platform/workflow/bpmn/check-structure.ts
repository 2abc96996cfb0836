import { type ActivityNode, type Definition, isActivity, type Node } from '../definition.ts';
import type { Faults } from './faults.ts';

/** Rules of BPMN 2.0.2 between elements that must hold before a process can be executed. */
export function checkStructure(definition: Definition, faults: Faults): void {
  for (const scope of Object.values(definition.scopes)) checkScope(definition, scope.id, faults);
  for (const node of Object.values(definition.nodes)) {
    checkFlows(definition, node, faults);
    if (node.type === 'boundary') attach(definition, node, faults);
    if (node.type === 'gateway') checkGateway(definition, node, faults);
    if ('default' in node && node.default !== undefined && !node.outgoing.includes(node.default))
      faults.add(node.id, 'default-flow', {
        zh: '默认连线不是从该元素引出的',
        en: 'has a default flow that does not leave it',
      });
    if (isActivity(node) && node.result !== undefined) checkResult(definition, node, node.result, faults);
    if (node.type === 'task' && node.task.kind === 'user')
      for (const other of node.task.separateFrom) {
        const named = definition.nodes[other];
        if (named?.type !== 'task' || named.task.kind !== 'user')
          faults.add(node.id, 'separate-from', {
            zh: `职责分离所指的 ${other} 不是用户任务`,
            en: `is separated from ${other}, which is no user task`,
          });
      }
    if (node.type === 'throw' && node.trigger.kind === 'link') checkLink(definition, node, node.trigger.link, faults);
    if ('trigger' in node && node.trigger.kind === 'compensation' && node.type !== 'boundary') {
      const target = node.trigger.activity === undefined ? undefined : definition.nodes[node.trigger.activity];
      if (node.trigger.activity !== undefined && (!target || !isActivity(target)))
        faults.add(node.id, 'compensation-target', {
          zh: '补偿所指的活动不存在',
          en: 'compensates an activity that is not there',
        });
    }
  }
}

function checkResult(definition: Definition, node: ActivityNode, name: string, faults: Faults): void {
  const declared = Object.hasOwn(definition.variables, name) ? definition.variables[name] : undefined;
  const list = node.loop?.kind === 'multi';
  if (!declared || (declared.type === 'list') !== list)
    faults.add(node.id, 'result', {
      zh: `结果变量 ${name} 未声明，或类型不符（多实例须为 list）`,
      en: `keeps its result in ${name}, which is not declared or of another type (several instances give a list)`,
    });
}

function checkScope(definition: Definition, id: string, faults: Faults): void {
  const scope = definition.scopes[id];
  if (!scope) return;
  const holder = definition.nodes[id];
  const starts = scope.starts.flatMap((start) => definition.nodes[start] ?? []);
  const root = holder === undefined;
  const one = holder?.type === 'event-subprocess';
  if (starts.length === 0) faults.add(id, 'start-missing', { zh: '没有开始事件', en: 'has no start event' });
  if (one && starts.length !== 1)
    faults.add(id, 'start-one', { zh: '事件子流程须有且只有一个开始事件', en: 'needs exactly one start event' });
  const plain = starts.filter((start) => start.type === 'start' && start.trigger.kind === 'none');
  if (!root && !one && plain.length !== starts.length)
    faults.add(id, 'start-trigger', {
      zh: '子流程的开始事件不能有触发定义',
      en: 'is a subprocess whose start has a trigger',
    });
  if (plain.length > 1)
    faults.add(id, 'start-several', {
      zh: '有多个无触发的开始事件',
      en: 'has more than one start event without trigger',
    });
  for (const node of scope.nodes.flatMap((each) => definition.nodes[each] ?? [])) {
    if (node.type === 'end' && node.trigger.kind === 'cancel' && !(holder?.type === 'subprocess' && holder.transaction))
      faults.add(node.id, 'cancel-place', {
        zh: '取消结束事件只能放在事务子流程中',
        en: 'cancels, which only an end inside a transaction may',
      });
    else if (node.type === 'end' && node.trigger.kind === 'cancel' && holder?.type === 'subprocess') {
      const exits = Object.values(definition.nodes).filter(
        (each) => each.type === 'boundary' && each.host === holder.id && each.trigger.kind === 'cancel',
      );
      if (exits.length !== 1)
        faults.add(holder.id, 'cancel-exit', {
          zh: '可取消的事务须有一个取消边界事件',
          en: 'can be cancelled and needs one cancel event at its border',
        });
    }
  }
}

function checkFlows(definition: Definition, node: Node, faults: Faults): void {
  const silent = node.type === 'start' || node.type === 'boundary' || node.type === 'event-subprocess';
  const compensates = isActivity(node) && node.compensates === true;
  const undo = node.type === 'boundary' && node.trigger.kind === 'compensation';
  const linked = node.type === 'catch' && node.trigger.kind === 'link';
  if ((silent || compensates || linked) && node.incoming.length > 0)
    faults.add(node.id, 'incoming', { zh: '该元素不能有进入的连线', en: 'cannot have flows that lead to it' });
  if (!silent && !compensates && !linked && node.incoming.length === 0)
    faults.add(node.id, 'unreachable', { zh: '没有连线通向该元素', en: 'cannot be reached: no flow leads to it' });
  if ((node.type === 'end' || node.type === 'event-subprocess' || compensates || undo) && node.outgoing.length > 0)
    faults.add(node.id, 'outgoing', { zh: '该元素不能有引出的连线', en: 'cannot have flows that leave it' });
  for (const id of [...node.incoming, ...node.outgoing]) {
    const flow = definition.flows[id];
    const [from, to] = [definition.nodes[flow?.from ?? ''], definition.nodes[flow?.to ?? '']];
    if (from && to && from.scope !== to.scope)
      faults.add(id, 'flow-crosses', {
        zh: '连线不能跨越子流程边界',
        en: 'crosses the border of a subprocess',
      });
    if (flow?.condition !== undefined && from && !mayChoose(from))
      faults.add(id, 'condition-place', {
        zh: '该元素引出的连线不能带条件',
        en: 'has a condition, but leaves an element that does not choose',
      });
  }
}

function mayChoose(from: Node): boolean {
  return (
    isActivity(from) || (from.type === 'gateway' && (from.gateway === 'exclusive' || from.gateway === 'inclusive'))
  );
}

function attach(definition: Definition, event: Extract<Node, { type: 'boundary' }>, faults: Faults): void {
  const host = definition.nodes[event.host];
  if (!host || !isActivity(host) || host.scope !== event.scope) {
    faults.add(event.id, 'attached', { zh: '边界事件须附着在活动上', en: 'must be attached to an activity' });
    return;
  }
  host.boundary.push(event.id);
  const { kind } = event.trigger;
  if (kind === 'error' && !event.interrupting)
    faults.add(event.id, 'error-interrupts', { zh: '错误边界事件必须中断', en: 'catches an error and must interrupt' });
  if (kind === 'cancel' && !(host.type === 'subprocess' && host.transaction))
    faults.add(event.id, 'cancel-place', {
      zh: '取消边界事件只能附着在事务子流程上',
      en: 'catches a cancel, which only a transaction gives',
    });
  if (kind === 'compensation' && host.compensation === undefined)
    faults.add(event.id, 'compensation-handler', {
      zh: '补偿边界事件未关联补偿活动',
      en: 'is associated with no compensation activity',
    });
  if (host.loop && kind === 'compensation')
    faults.add(event.id, 'compensation-loop', {
      zh: '不支持对多实例或循环活动的补偿',
      en: 'compensates an activity with several instances, which is not executed',
    });
}

function checkGateway(definition: Definition, gateway: Extract<Node, { type: 'gateway' }>, faults: Faults): void {
  if (gateway.outgoing.length === 0)
    faults.add(gateway.id, 'gateway-end', { zh: '网关没有引出的连线', en: 'is a gateway that leads nowhere' });
  if (gateway.gateway === 'exclusive' || gateway.gateway === 'inclusive') {
    if (gateway.outgoing.length < 2) return;
    for (const id of gateway.outgoing) {
      if (id !== gateway.default && definition.flows[id]?.condition === undefined)
        faults.add(id, 'condition-missing', {
          zh: '网关引出的非默认连线须有条件',
          en: 'leaves a gateway that chooses, without condition and not as its default',
        });
    }
  }
  if (gateway.gateway !== 'event') return;
  for (const id of gateway.outgoing) {
    const to = definition.nodes[definition.flows[id]?.to ?? ''];
    const waits =
      (to?.type === 'catch' && to.trigger.kind !== 'link') ||
      (to?.type === 'task' && to.task.kind === 'receive' && !to.loop && to.boundary.length === 0);
    if (!waits || (to?.incoming.length ?? 0) > 1)
      faults.add(id, 'event-gateway', {
        zh: '事件网关之后须直接是只由它通向的捕获事件或接收任务',
        en: 'must lead from its event-based gateway straight to a catch event or a plain receive task of its own',
      });
  }
}

function checkLink(definition: Definition, node: Node, link: string, faults: Faults): void {
  const targets = Object.values(definition.nodes).filter(
    (each) =>
      each.type === 'catch' && each.scope === node.scope && each.trigger.kind === 'link' && each.trigger.link === link,
  );
  if (targets.length !== 1)
    faults.add(node.id, 'link-target', {
      zh: `链接 ${link} 在同一层须有且只有一个目标`,
      en: `leads to ${link}, which must be one link in the same scope`,
    });
}
