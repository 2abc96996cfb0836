import type { Flow, Node, Scope } from '../definition.ts';
import { type Element, elementOf, elementsOf, flagOf, kindOf, textOf } from './element.ts';
import type { Faults } from './faults.ts';
import { readLoop, readTask } from './read-activity.ts';
import { readFeel } from './read-expression.ts';
import { readTrigger } from './read-trigger.ts';

/** What is being put together from a process and its subprocesses. */
export type Draft = { scopes: Record<string, Scope>; nodes: Record<string, Node>; flows: Record<string, Flow> };

/** Elements without meaning for execution: pictures, texts, and data that are shown only. */
const SHOWN_ONLY = new Set([
  'DataObject',
  'DataObjectReference',
  'DataStoreReference',
  'TextAnnotation',
  'Group',
  'Association',
]);

/** Reads what stands inside a process or a subprocess, and all that is below it. */
export function readScope(options: { holder: Element; draft: Draft; faults: Faults; event?: boolean }): void {
  const { holder, draft, faults } = options;
  const id = idOf(holder, faults);
  const scope: Scope = { id, starts: [], handlers: [], nodes: [] };
  draft.scopes[id] = scope;
  const elements = elementsOf(holder, 'flowElements');
  const lanes = lanesOf(holder);
  for (const element of elements.filter((each) => kindOf(each) === 'SequenceFlow')) readFlow(element, draft, faults);
  for (const element of elements) {
    const kind = kindOf(element);
    if (kind === 'SequenceFlow' || SHOWN_ONLY.has(kind)) continue;
    const node = readNode({ element, scope: id, lane: lanes.get(element), options });
    if (!node) continue;
    if (draft.nodes[node.id])
      faults.add(element, 'id-twice', { zh: '元素编号重复', en: 'has an id that stands twice' });
    draft.nodes[node.id] = node;
    scope.nodes.push(node.id);
    if (node.type === 'start') scope.starts.push(node.id);
    if (node.type === 'event-subprocess') scope.handlers.push(node.id);
  }
  readCompensation(holder, draft, faults);
}

function idOf(element: Element, faults: Faults): string {
  if (element.id === undefined)
    faults.add(null, 'id-missing', { zh: `有 ${kindOf(element)} 没有编号`, en: `a ${kindOf(element)} has no id` });
  return element.id ?? '';
}

function lanesOf(holder: Element): Map<Element, string> {
  const lanes = new Map<Element, string>();
  const walk = (sets: Element[]): void => {
    for (const lane of sets.flatMap((set) => elementsOf(set, 'lanes'))) {
      for (const node of elementsOf(lane, 'flowNodeRef')) lanes.set(node, lane.name ?? lane.id ?? '');
      const inner = elementOf(lane, 'childLaneSet');
      if (inner) walk([inner]);
    }
  };
  walk(elementsOf(holder, 'laneSets'));
  return lanes;
}

function readFlow(flow: Element, draft: Draft, faults: Faults): void {
  const from = elementOf(flow, 'sourceRef')?.id;
  const to = elementOf(flow, 'targetRef')?.id;
  if (flow.id === undefined || from === undefined || to === undefined) {
    faults.add(flow, 'flow-ends', { zh: '连线缺少起点或终点', en: 'is a flow without source or target' });
    return;
  }
  const condition = readFeel(elementOf(flow, 'conditionExpression'), flow, faults);
  draft.flows[flow.id] = {
    id: flow.id,
    ...(flow.name !== undefined && { name: flow.name }),
    from,
    to,
    ...(condition !== undefined && { condition }),
  };
}

function readNode(read: {
  element: Element;
  scope: string;
  lane: string | undefined;
  options: { draft: Draft; faults: Faults; event?: boolean };
}): Node | undefined {
  const { element, scope, lane, options } = read;
  const { draft, faults } = options;
  const id = idOf(element, faults);
  const flows = Object.values(draft.flows);
  const base = {
    id,
    ...(element.name !== undefined && { name: element.name }),
    ...(lane !== undefined && { lane }),
    scope,
    incoming: flows.filter(({ to }) => to === id).map((flow) => flow.id),
    outgoing: flows.filter(({ from }) => from === id).map((flow) => flow.id),
  };
  const otherwise = elementOf(element, 'default')?.id;
  const fallback = otherwise === undefined ? {} : { default: otherwise };
  const kind = kindOf(element);
  switch (kind) {
    case 'StartEvent':
      return {
        ...base,
        type: 'start',
        trigger: readTrigger(element, options.event ? 'event-start' : 'start', faults),
        interrupting: flagOf(element, 'isInterrupting', true),
      };
    case 'EndEvent':
      return { ...base, type: 'end', trigger: readTrigger(element, 'end', faults) };
    case 'IntermediateCatchEvent':
      return { ...base, type: 'catch', trigger: readTrigger(element, 'catch', faults) };
    case 'IntermediateThrowEvent':
      return { ...base, type: 'throw', trigger: readTrigger(element, 'throw', faults) };
    case 'BoundaryEvent':
      return {
        ...base,
        type: 'boundary',
        trigger: readTrigger(element, 'boundary', faults),
        host: elementOf(element, 'attachedToRef')?.id ?? '',
        interrupting: flagOf(element, 'cancelActivity', true),
      };
    case 'ExclusiveGateway':
      return { ...base, type: 'gateway', gateway: 'exclusive', ...fallback };
    case 'InclusiveGateway':
      return { ...base, type: 'gateway', gateway: 'inclusive', ...fallback };
    case 'ParallelGateway':
      return { ...base, type: 'gateway', gateway: 'parallel' };
    case 'EventBasedGateway':
      if (flagOf(element, 'instantiate') || textOf(element, 'eventGatewayType') === 'Parallel')
        faults.add(element, 'event-gateway-kind', {
          zh: '不支持用于启动的或并行的事件网关',
          en: 'is an event-based gateway that starts a process or is parallel, which is not executed',
        });
      return { ...base, type: 'gateway', gateway: 'event' };
    case 'SubProcess':
    case 'Transaction':
      if (flagOf(element, 'triggeredByEvent')) {
        readScope({ holder: element, draft, faults, event: true });
        return { ...base, type: 'event-subprocess' };
      }
  }
  const loop = readLoop(element, faults);
  const result = textOf(element, 'result');
  const activity = {
    ...base,
    boundary: [],
    ...(loop && { loop }),
    ...(flagOf(element, 'isForCompensation') && { compensates: true as const }),
    ...fallback,
    ...(result !== undefined && { result }),
  };
  if (kind === 'SubProcess' || kind === 'Transaction') {
    readScope({ holder: element, draft, faults });
    return { ...activity, type: 'subprocess', transaction: kind === 'Transaction' };
  }
  if (kind === 'CallActivity') {
    const process = textOf(element, 'calledElement');
    if (process === undefined)
      faults.add(element, 'called-missing', { zh: '调用活动未指定流程', en: 'calls no process' });
    return { ...activity, type: 'call', process: process ?? '' };
  }
  const task = readTask(element, faults);
  if (task) return { ...activity, type: 'task', task };
  if (kind !== 'ScriptTask')
    faults.add(element, 'element-unsupported', {
      zh: `不支持的元素 ${kind}`,
      en: `is a ${kind}, which is not executed`,
    });
  return undefined;
}

/** A compensation boundary event names its handler by an association (BPMN 2.0.2 §10.6.1). */
function readCompensation(holder: Element, draft: Draft, faults: Faults): void {
  for (const association of elementsOf(holder, 'artifacts').filter((each) => kindOf(each) === 'Association')) {
    const from = draft.nodes[elementOf(association, 'sourceRef')?.id ?? ''];
    const to = draft.nodes[elementOf(association, 'targetRef')?.id ?? ''];
    if (from?.type !== 'boundary' || from.trigger.kind !== 'compensation') continue;
    const host = draft.nodes[from.host];
    if (!host || !('boundary' in host)) continue;
    if (to && 'compensates' in to && to.compensates) host.compensation = to.id;
    else
      faults.add(from.id, 'compensation-handler', {
        zh: '补偿边界事件须关联到标记为补偿的活动',
        en: 'must be associated with an activity that is marked for compensation',
      });
  }
}
