import type { Given, TimerSpec, Trigger } from '../definition.ts';
import { type Element, elementOf, elementsOf, flagOf, kindOf, textOf } from './element.ts';
import type { Faults } from './faults.ts';
import { checkFeel, readGiven } from './read-expression.ts';
import { feelOf } from './element.ts';

/** Where an event stands: which triggers it may have depends on it (BPMN 2.0.2 table 10.93). */
export type Place = 'start' | 'event-start' | 'catch' | 'throw' | 'end' | 'boundary';

const ALLOWED: Readonly<Record<Place, readonly Trigger['kind'][]>> = {
  start: ['none', 'message'],
  'event-start': ['timer', 'message', 'signal', 'error', 'escalation'],
  catch: ['timer', 'message', 'signal', 'link'],
  throw: ['none', 'message', 'signal', 'escalation', 'compensation', 'link'],
  end: ['none', 'message', 'signal', 'error', 'escalation', 'compensation', 'cancel', 'terminate'],
  boundary: ['timer', 'message', 'signal', 'error', 'escalation', 'compensation', 'cancel'],
};

/** What an event is triggered by or gives off; exactly one definition, of a kind that the engine executes at this place. */
export function readTrigger(event: Element, place: Place, faults: Faults): Trigger {
  const definitions = [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')];
  const [only] = definitions;
  if (definitions.length > 1 || flagOf(event, 'parallelMultiple')) {
    faults.add(event, 'multiple-triggers', {
      zh: '一个事件只能有一个触发定义',
      en: 'has more than one trigger; an event may have one',
    });
  }
  const trigger: Trigger | undefined = only ? triggerOf(only, event, place, faults) : { kind: 'none' };
  if (trigger && !ALLOWED[place].includes(trigger.kind)) {
    faults.add(event, 'trigger-place', {
      zh: only ? `此处不支持 ${kindOf(only)}` : '此处的事件必须有触发定义',
      en: only ? `cannot have ${kindOf(only)} at this place` : 'needs a trigger at this place',
    });
  }
  return trigger ?? { kind: 'none' };
}

function triggerOf(definition: Element, event: Element, place: Place, faults: Faults): Trigger | undefined {
  const catches = place !== 'throw' && place !== 'end';
  switch (kindOf(definition)) {
    case 'TimerEventDefinition':
      return { kind: 'timer', timer: readTimer(definition, event, faults) };
    case 'MessageEventDefinition': {
      const message = readMessage(definition, event, faults);
      const correlation = readCorrelation(definition, event, faults);
      return { kind: 'message', message, ...(correlation !== undefined && { correlation }) };
    }
    case 'SignalEventDefinition': {
      const signal = elementOf(definition, 'signalRef');
      const name = signal && (textOf(signal, 'name') ?? signal.id);
      if (name === undefined) faults.add(event, 'signal-missing', { zh: '未指定信号', en: 'names no signal' });
      return { kind: 'signal', signal: name ?? '' };
    }
    case 'ErrorEventDefinition': {
      const code = codeOf(definition, 'errorRef', 'errorCode');
      if (code === undefined && !catches)
        faults.add(event, 'error-missing', { zh: '抛出的错误没有错误代码', en: 'throws an error without a code' });
      return { kind: 'error', ...(code !== undefined && { code }) };
    }
    case 'EscalationEventDefinition': {
      const code = codeOf(definition, 'escalationRef', 'escalationCode');
      if (code === undefined && !catches)
        faults.add(event, 'escalation-missing', {
          zh: '上报事件没有上报代码',
          en: 'throws an escalation without a code',
        });
      return { kind: 'escalation', ...(code !== undefined && { code }) };
    }
    case 'CompensateEventDefinition': {
      const activity = elementOf(definition, 'activityRef')?.id;
      if (!flagOf(definition, 'waitForCompletion', true))
        faults.add(event, 'compensation-wait', {
          zh: '不支持不等待完成的补偿',
          en: 'does not wait for its compensation, which cannot be executed',
        });
      return { kind: 'compensation', ...(activity !== undefined && { activity }) };
    }
    case 'CancelEventDefinition':
      return { kind: 'cancel' };
    case 'TerminateEventDefinition':
      return { kind: 'terminate' };
    case 'LinkEventDefinition': {
      const link = textOf(definition, 'name');
      if (link === undefined)
        faults.add(event, 'link-missing', { zh: '链接事件没有名称', en: 'is a link without a name' });
      return { kind: 'link', link: link ?? '' };
    }
    default:
      faults.add(event, 'trigger-unsupported', {
        zh: `不支持的事件类型 ${kindOf(definition)}`,
        en: `has a trigger that cannot be executed: ${kindOf(definition)}`,
      });
      return undefined;
  }
}

/** Name of a message; messages of other systems are known by name, not by the id in one drawing. */
export function readMessage(holder: Element, event: Element, faults: Faults): string {
  const message = elementOf(holder, 'messageRef');
  const name = message && (textOf(message, 'name') ?? message.id);
  if (name === undefined) faults.add(event, 'message-missing', { zh: '未指定消息', en: 'names no message' });
  return name ?? '';
}

export function readCorrelation(holder: Element, event: Element, faults: Faults): string | undefined {
  const text = textOf(holder, 'correlation');
  return text === undefined ? undefined : checkFeel(feelOf(text), event, faults);
}

function codeOf(definition: Element, reference: string, member: string): string | undefined {
  const found = elementOf(definition, reference);
  return found && (textOf(found, member) ?? textOf(found, 'name') ?? found.id);
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const CYCLE = /^R\d*\/P.+$/;

export function readTimer(definition: Element, event: Element, faults: Faults): TimerSpec {
  const written = (member: string): string | undefined => {
    const expression = elementOf(definition, member);
    return expression && textOf(expression, 'body');
  };
  const specs: TimerSpec[] = [];
  const take = (text: string | undefined, plain: RegExp, made: (given: Given) => TimerSpec): void => {
    const given = readGiven(text, event, faults);
    if (given === undefined) return;
    if ('literal' in given && !plain.test(given.literal))
      faults.add(event, 'timer-form', {
        zh: `定时写法不正确：${given.literal}（须为 ISO 8601）`,
        en: `has a time that is not ISO 8601: ${given.literal}`,
      });
    specs.push(made(given));
  };
  take(written('timeDate'), MOMENT, (at) => ({ kind: 'date', at }));
  take(written('timeDuration'), DURATION, (after) => ({ kind: 'duration', after }));
  take(written('timeCycle'), CYCLE, (every) => ({ kind: 'cycle', every }));
  take(textOf(definition, 'workingDays'), /^\d{1,4}$/, (days) => ({ kind: 'working-days', days }));
  const [only] = specs;
  if (specs.length !== 1 || !only)
    faults.add(event, 'timer-missing', {
      zh: '定时事件须且只须写明一个时间',
      en: 'is a timer that must say one time, and one only',
    });
  return only ?? { kind: 'duration', after: { literal: 'PT0S' } };
}
