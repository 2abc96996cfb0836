import { BpmnModdle } from 'bpmn-moddle';
import type { Definition, Variable, VariableType } from '../definition.ts';
import { checkStructure } from './check-structure.ts';
import { DISTRICT_MODDLE } from './district-moddle.ts';
import { type Element, elementOf, elementsOf, flagOf, kindOf, textOf } from './element.ts';
import { collectFaults, type Faults, refusedFor } from './faults.ts';
import { type Draft, readScope } from './read-scope.ts';

/** Largest file in characters: far above any drawing that a person reads. */
const LARGEST = 2_000_000;

/**
 * Compiles a standard BPMN 2.0 file. Diagram interchange and extensions of other makers are left alone. What the engine does not
 * execute is refused with the list of all faults (`DEFINITION_REFUSED`), never passed over. `process` chooses one of several
 * processes in the file; without it the only executable one is meant.
 */
export async function readDefinition(xml: string, options: { process?: string } = {}): Promise<Definition> {
  const faults = collectFaults();
  const root = await parse(xml, faults);
  const process = root && chooseProcess(root, options.process, faults);
  if (!process) throw refusedFor(faults.list);
  const draft: Draft = { scopes: {}, nodes: {}, flows: {} };
  readScope({ holder: process, draft, faults });
  const definition: Definition = {
    format: 1,
    id: process.id ?? '',
    name: process.name ?? process.id ?? '',
    ...draft,
    variables: readVariables(process, faults),
    needs: needsOf(draft),
  };
  checkStructure(definition, faults);
  if (faults.list.length > 0) throw refusedFor(faults.list);
  return definition;
}

async function parse(xml: string, faults: Faults): Promise<Element | undefined> {
  if (xml.length > LARGEST) {
    faults.add(null, 'file-size', { zh: '文件过大', en: 'the file is too large' });
    return undefined;
  }
  try {
    const { rootElement, warnings } = await new BpmnModdle({ district: DISTRICT_MODDLE }).fromXML(xml);
    for (const { message, element, property, value } of warnings) {
      const unresolved = message.startsWith('unresolved reference');
      // What a reference leads to outside the semantic part (colours, planes of the drawing) does not concern execution.
      if (unresolved && !(element?.$type.startsWith('bpmn:') ?? false)) continue;
      faults.add(element ?? null, unresolved ? 'reference' : 'file', {
        zh: unresolved ? `引用的元素不存在：${property} = ${value}` : `文件不符合 BPMN 2.0：${message.slice(0, 200)}`,
        en: unresolved ? `names what is not there: ${property} = ${value}` : `is no BPMN 2.0: ${message.slice(0, 200)}`,
      });
    }
    return rootElement;
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : '';
    faults.add(null, 'file', { zh: `文件不是 BPMN 2.0：${why}`, en: `the file is no BPMN 2.0: ${why}` });
    return undefined;
  }
}

function chooseProcess(root: Element, wanted: string | undefined, faults: Faults): Element | undefined {
  const all = elementsOf(root, 'rootElements').filter((each) => kindOf(each) === 'Process');
  const filled = all.filter((each) => elementsOf(each, 'flowElements').length > 0);
  const executable = filled.filter((each) => flagOf(each, 'isExecutable'));
  const found =
    wanted !== undefined
      ? all.filter(({ id }) => id === wanted)
      : executable.length > 0
        ? executable
        : filled.filter((each) => each.isExecutable !== false || filled.length === 1);
  const [only] = found;
  if (found.length === 1 && only) return only;
  faults.add(null, 'process-choice', {
    zh:
      found.length === 0 ? '文件中没有可执行的流程' : `文件中有多个可执行流程：${found.map(({ id }) => id).join('、')}`,
    en:
      found.length === 0
        ? 'the file has no executable process'
        : `the file has several executable processes: ${found.map(({ id }) => id).join(', ')}`,
  });
  return undefined;
}

const TYPES: readonly VariableType[] = ['string', 'number', 'boolean', 'date', 'list', 'id'];

function readVariables(process: Element, faults: Faults): Record<string, Variable> {
  const extension = elementOf(process, 'extensionElements');
  const variables: Record<string, Variable> = {};
  for (const each of extension ? elementsOf(extension, 'values') : []) {
    if (each.$type !== 'district:Variable' && each.$type !== 'district:variable') continue;
    const name = textOf(each, 'name');
    const type = TYPES.find((known) => known === (textOf(each, 'type') ?? 'string'));
    const level = textOf(each, 'level') ?? 'L2';
    if (name === undefined || type === undefined || (level !== 'L1' && level !== 'L2')) {
      faults.add(process, 'variable', {
        zh: `流程变量 ${name ?? ''} 声明有误：须有名称、类型，且级别为 L1 或 L2（个人信息不得放入流程变量）`,
        en: `declares variable ${name ?? ''} wrongly: name, type, and level L1 or L2 (personal data do not belong in a process)`,
      });
      continue;
    }
    variables[name] = { name, type, level };
  }
  return variables;
}

function needsOf({ nodes }: Draft): Definition['needs'] {
  const needs = {
    handlers: new Set<string>(),
    decisions: new Set<string>(),
    processes: new Set<string>(),
    messages: new Set<string>(),
    signals: new Set<string>(),
  };
  for (const node of Object.values(nodes)) {
    if (node.type === 'call') needs.processes.add(node.process);
    if (node.type === 'task' && node.task.kind === 'service') needs.handlers.add(node.task.handler);
    if (node.type === 'task' && node.task.kind === 'rule') needs.decisions.add(node.task.decision);
    if (node.type === 'task' && (node.task.kind === 'send' || node.task.kind === 'receive'))
      needs.messages.add(node.task.message);
    if ('trigger' in node && node.trigger.kind === 'message') needs.messages.add(node.trigger.message);
    if ('trigger' in node && node.trigger.kind === 'signal') needs.signals.add(node.trigger.signal);
  }
  return {
    handlers: [...needs.handlers],
    decisions: [...needs.decisions],
    processes: [...needs.processes],
    messages: [...needs.messages],
    signals: [...needs.signals],
  };
}
