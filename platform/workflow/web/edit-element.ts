import { type OpenDrawing, type Moddle, service, type Shape } from './bpmn-services.ts';

/*
 * Changes of the drawing by name rather than by mouse. All go through `modeling`, so that each can be undone; none writes to the
 * model directly.
 */

export type Timer = { kind: 'duration' | 'date' | 'cycle' | 'working-days'; value: string };

const TIMER_MEMBER = { duration: 'timeDuration', date: 'timeDate', cycle: 'timeCycle' } as const;

export const kindOf = (shape: Shape): string => shape.type.replace(/^bpmn:/, '');

/** An attribute as text: of BPMN itself (`name`) or of our extension (`district:posts`). */
export function textOf(part: Moddle | undefined, attribute: string): string {
  const value = part?.get(attribute);
  return typeof value === 'string' ? value : '';
}

export function setText(drawing: OpenDrawing, shape: Shape, attribute: string, text: string): void {
  service(drawing, 'modeling').updateProperties(shape, { [attribute]: text.trim() === '' ? undefined : text.trim() });
}

/** What an event waits for: its first event definition. */
export function triggerOf(shape: Shape): Moddle | undefined {
  return (shape.businessObject.get('eventDefinitions') as Moddle[] | undefined)?.[0];
}

export function timerOf(trigger: Moddle): Timer {
  const days = textOf(trigger, 'district:workingDays');
  if (days !== '') return { kind: 'working-days', value: days };
  for (const [kind, member] of Object.entries(TIMER_MEMBER)) {
    const body = (trigger.get(member) as Moddle | undefined)?.['body'];
    if (typeof body === 'string') return { kind: kind as Timer['kind'], value: body };
  }
  return { kind: 'duration', value: '' };
}

export function setTimer(drawing: OpenDrawing, shape: Shape, { kind, value }: Timer): void {
  const trigger = triggerOf(shape);
  if (!trigger) return;
  const expression = service(drawing, 'moddle').create('bpmn:FormalExpression', { body: value.trim() });
  service(drawing, 'modeling').updateModdleProperties(shape, trigger, {
    timeDuration: kind === 'duration' ? expression : undefined,
    timeDate: kind === 'date' ? expression : undefined,
    timeCycle: kind === 'cycle' ? expression : undefined,
    'district:workingDays': kind === 'working-days' ? value.trim() : undefined,
  });
}

export function conditionOf(shape: Shape): string {
  const body = (shape.businessObject.get('conditionExpression') as Moddle | undefined)?.['body'];
  return typeof body === 'string' ? body.replace(/^=\s*/, '') : '';
}

export function setCondition(drawing: OpenDrawing, shape: Shape, feel: string): void {
  const body = feel.trim();
  service(drawing, 'modeling').updateProperties(shape, {
    conditionExpression:
      body === '' ? undefined : service(drawing, 'moddle').create('bpmn:FormalExpression', { body: `=${body}` }),
  });
}

/** The way that is taken when no condition of the others holds (默认分支). */
export function isDefault(shape: Shape): boolean {
  return shape.source !== undefined && shape.source.businessObject.get('default') === shape.businessObject;
}

export function setDefault(drawing: OpenDrawing, shape: Shape, on: boolean): void {
  if (shape.source)
    service(drawing, 'modeling').updateProperties(shape.source, { default: on ? shape.businessObject : undefined });
}

export type Loop = { kind: 'none' | 'parallel' | 'sequential'; collection: string; element: string; until: string };

export function loopOf(shape: Shape): Loop {
  const loop = shape.businessObject.get('loopCharacteristics') as Moddle | undefined;
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics')
    return { kind: 'none', collection: '', element: '', until: '' };
  const until = (loop.get('completionCondition') as Moddle | undefined)?.['body'];
  return {
    kind: loop.get('isSequential') === true ? 'sequential' : 'parallel',
    collection: textOf(loop, 'district:collection'),
    element: textOf(loop, 'district:element'),
    until: typeof until === 'string' ? until.replace(/^=\s*/, '') : '',
  };
}

export function setLoop(drawing: OpenDrawing, shape: Shape, { kind, collection, element, until }: Loop): void {
  const moddle = service(drawing, 'moddle');
  const loop =
    kind === 'none'
      ? undefined
      : moddle.create('bpmn:MultiInstanceLoopCharacteristics', {
          isSequential: kind === 'sequential',
          'district:collection': collection.trim() || undefined,
          'district:element': element.trim() || undefined,
          completionCondition:
            until.trim() === '' ? undefined : moddle.create('bpmn:FormalExpression', { body: `=${until.trim()}` }),
        });
  service(drawing, 'modeling').updateProperties(shape, { loopCharacteristics: loop });
}

export type Variable = { name: string; type: string; level: string };

const extensionsOf = (process: Moddle): Moddle[] =>
  ((process.get('extensionElements') as Moddle | undefined)?.get('values') as Moddle[] | undefined) ?? [];

/** Variables (流程变量) that a process declares. */
export function variablesOf(process: Moddle): Variable[] {
  return extensionsOf(process)
    .filter(({ $type }) => $type === 'district:Variable')
    .map((each) => ({ name: textOf(each, 'name'), type: textOf(each, 'type'), level: textOf(each, 'level') }));
}

export function setVariables(drawing: OpenDrawing, shape: Shape, variables: readonly Variable[]): void {
  const moddle = service(drawing, 'moddle');
  const others = extensionsOf(shape.businessObject).filter(({ $type }) => $type !== 'district:Variable');
  const values = [...others, ...variables.map((each) => moddle.create('district:Variable', each))];
  service(drawing, 'modeling').updateProperties(shape, {
    extensionElements: values.length > 0 ? moddle.create('bpmn:ExtensionElements', { values }) : undefined,
  });
}

/** Steps that can be put after another one without a mouse. */
export const APPENDABLE = [
  'bpmn:UserTask',
  'bpmn:ServiceTask',
  'bpmn:BusinessRuleTask',
  'bpmn:ExclusiveGateway',
  'bpmn:ParallelGateway',
  'bpmn:EndEvent',
] as const;

/** Puts a new step after `from`, connected and placed where there is room. */
export function append(drawing: OpenDrawing, from: Shape, type: string): void {
  const shape = service(drawing, 'elementFactory').createShape({ type });
  const placed = service(drawing, 'autoPlace').append(from, shape);
  service(drawing, 'selection').select(placed);
}

/** Steps that lines can lead to, in the order of the drawing from left to right. */
export function stepsOf(drawing: OpenDrawing): Shape[] {
  const placed = (shape: Shape) => (shape as Shape & { x?: number }).x ?? 0;
  return service(drawing, 'elementRegistry')
    .filter(
      (shape) => shape.labelTarget === undefined && /(Task|Event|Gateway|SubProcess|CallActivity)$/.test(shape.type),
    )
    .sort((a, b) => placed(a) - placed(b));
}

export const nameOf = (shape: Shape): string => textOf(shape.businessObject, 'name') || shape.id;

/** Can something follow it? Nothing leads on from an end, nor from an event subprocess. */
export const leadsOn = (shape: Shape): boolean =>
  /(Task|StartEvent|IntermediateCatchEvent|IntermediateThrowEvent|BoundaryEvent|Gateway|SubProcess|CallActivity)$/.test(
    shape.type,
  );
