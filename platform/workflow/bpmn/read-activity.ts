import type { Loop, Task, TimerSpec } from '../definition.ts';
import { type Element, elementOf, elementsOf, feelOf, flagOf, kindOf, textOf, wordsOf } from './element.ts';
import type { Faults } from './faults.ts';
import { checkFeel, readFeel, readGiven } from './read-expression.ts';
import { readCorrelation, readMessage } from './read-trigger.ts';

/** Kinds of task that are executed; a script task is none: rules stand in the rulebook, work in declared handlers. */
export function readTask(task: Element, faults: Faults): Task | undefined {
  refuseData(task, faults);
  switch (kindOf(task)) {
    case 'Task':
    case 'ManualTask':
      return { kind: 'pass' };
    case 'UserTask':
      return readUserTask(task, faults);
    case 'ServiceTask': {
      const handler = textOf(task, 'handler') ?? plainImplementation(task);
      if (handler === undefined)
        faults.add(task, 'handler-missing', {
          zh: '服务任务未指定处理程序（district:handler）',
          en: 'is a service task without a handler (district:handler)',
        });
      return { kind: 'service', handler: handler ?? '' };
    }
    case 'BusinessRuleTask': {
      const decision = textOf(task, 'decision') ?? plainImplementation(task);
      if (decision === undefined)
        faults.add(task, 'decision-missing', {
          zh: '规则任务未指定决策（district:decision）',
          en: 'is a rule task without a decision (district:decision)',
        });
      return { kind: 'rule', decision: decision ?? '' };
    }
    case 'SendTask':
    case 'ReceiveTask': {
      if (flagOf(task, 'instantiate'))
        faults.add(task, 'instantiate', {
          zh: '不支持由接收任务启动流程，请用消息开始事件',
          en: 'starts the process; use a message start event',
        });
      const correlation = readCorrelation(task, task, faults);
      return {
        kind: kindOf(task) === 'SendTask' ? 'send' : 'receive',
        message: readMessage(task, task, faults),
        ...(correlation !== undefined && { correlation }),
      };
    }
    case 'ScriptTask':
      faults.add(task, 'script', {
        zh: '不允许脚本任务：规则请写入规则库，处理请用服务任务',
        en: 'is a script task, which is not executed: put rules in the rulebook and work in a service task',
      });
      return undefined;
    default:
      return undefined;
  }
}

function readUserTask(task: Element, faults: Faults): Task {
  const posts = readGiven(textOf(task, 'posts') ?? potentialOwner(task), task, faults);
  const units = readGiven(textOf(task, 'units'), task, faults);
  const limit = readLimit(task, faults);
  const form = textOf(task, 'form');
  if (!posts)
    faults.add(task, 'candidates-missing', {
      zh: '用户任务未指定办理岗位（district:posts）',
      en: 'is a user task for nobody: name the posts (district:posts)',
    });
  return {
    kind: 'user',
    candidates: { ...(posts && { posts }), ...(units && { units }) },
    outcomes: wordsOf(textOf(task, 'outcomes')),
    separateFrom: wordsOf(textOf(task, 'separateFrom')),
    ...(limit && { limit }),
    ...(form !== undefined && { form }),
  };
}

/** The standard's own way to name who does a task (BPMN 2.0.2 §10.3.4.1). */
function potentialOwner(task: Element): string | undefined {
  for (const role of elementsOf(task, 'resources')) {
    if (!['PotentialOwner', 'HumanPerformer', 'Performer'].includes(kindOf(role))) continue;
    const assigned = elementOf(role, 'resourceAssignmentExpression');
    const expression = assigned && elementOf(assigned, 'expression');
    const text = expression && textOf(expression, 'body');
    if (text !== undefined) return text;
  }
  return undefined;
}

function readLimit(task: Element, faults: Faults): TimerSpec | undefined {
  const days = readGiven(textOf(task, 'limitWorkingDays'), task, faults);
  if (days) return { kind: 'working-days', days };
  const after = readGiven(textOf(task, 'limit'), task, faults);
  return after && { kind: 'duration', after };
}

/** `implementation` says a technology in the standard (`##WebService`); a plain word names the handler. */
function plainImplementation(task: Element): string | undefined {
  const text = textOf(task, 'implementation');
  return text === undefined || text.startsWith('##') || text.includes(':') ? undefined : text;
}

/** Data associations would move data; here they stand in the business row, so a drawing that relies on them is refused. */
function refuseData(activity: Element, faults: Faults): void {
  const moves = [...elementsOf(activity, 'dataInputAssociations'), ...elementsOf(activity, 'dataOutputAssociations')];
  if (moves.some((each) => elementOf(each, 'transformation') || elementsOf(each, 'assignment').length > 0))
    faults.add(activity, 'data-association', {
      zh: '不支持带转换或赋值的数据关联',
      en: 'moves data by an association with transformation or assignment, which is not executed',
    });
}

export function readLoop(activity: Element, faults: Faults): Loop | undefined {
  const loop = elementOf(activity, 'loopCharacteristics');
  if (!loop) return undefined;
  const feel = (member: string) => readFeel(elementOf(loop, member), activity, faults);
  if (kindOf(loop) === 'StandardLoopCharacteristics') {
    const max = loop.loopMaximum;
    const condition = feel('loopCondition');
    if (condition === undefined && typeof max !== 'number')
      faults.add(activity, 'loop-endless', {
        zh: '循环须有条件或最大次数',
        en: 'is a loop without a condition or a maximum',
      });
    return {
      kind: 'standard',
      testBefore: flagOf(loop, 'testBefore'),
      ...(condition !== undefined && { while: condition }),
      ...(typeof max === 'number' && { max }),
    };
  }
  const behaviour = textOf(loop, 'behavior');
  if ((behaviour !== undefined && behaviour !== 'All') || elementsOf(loop, 'complexBehaviorDefinition').length > 0)
    faults.add(activity, 'loop-behavior', {
      zh: '不支持多实例的事件行为设置',
      en: 'throws events for its instances (behavior), which is not executed',
    });
  const given = textOf(loop, 'collection');
  const reference = elementOf(loop, 'loopDataInputRef');
  const collection =
    given !== undefined
      ? checkFeel(feelOf(given), activity, faults)
      : reference && checkFeel(reference.name ?? reference.id ?? '', activity, faults);
  const cardinality = feel('loopCardinality');
  const item = elementOf(loop, 'inputDataItem');
  const element = textOf(loop, 'element') ?? item?.name ?? item?.id;
  const until = feel('completionCondition');
  if ((collection === undefined) === (cardinality === undefined))
    faults.add(activity, 'loop-count', {
      zh: '多实例须指定集合或次数之一',
      en: 'is a multi-instance that needs either a collection or a number',
    });
  return {
    kind: 'multi',
    sequential: flagOf(loop, 'isSequential'),
    ...(collection !== undefined && { collection }),
    ...(cardinality !== undefined && { cardinality }),
    ...(element !== undefined && { element }),
    ...(until !== undefined && { until }),
  };
}
