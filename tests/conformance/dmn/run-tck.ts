import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { equal } from '#platform/rulebook/feel/compare.ts';
import { normalName } from '#platform/rulebook/feel/names.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '#platform/rulebook/feel/temporal.ts';
import { textOf } from '#platform/rulebook/feel/text.ts';
import { isContext, isList, isNumber, number, type Value } from '#platform/rulebook/feel/values.ts';
import { prepare } from '#platform/rulebook/dmn/evaluate-decision.ts';
import type { Model } from '#platform/rulebook/dmn/model.ts';
import { readModel } from '#platform/rulebook/dmn/read-model.ts';
import type { Type } from '#platform/rulebook/dmn/types.ts';
import { child, children, type Element, readXml } from '#platform/rulebook/dmn/xml.ts';

/** One expected result of the TCK: `folder/case#id node`. */
export type Outcome = { name: string; passed: boolean; wanted: string; got: string };

/** Runs every test file below a folder that is laid out as the DMN TCK's `TestCases`. */
export function runFolder(folder: string): Outcome[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.xml'))
    .sort()
    .flatMap((file) => {
      const root = readXml(readFileSync(join(folder, file), 'utf8'));
      return root.name === 'testCases' ? runFile(join(folder, file), file, root) : [];
    });
}

function runFile(path: string, name: string, root: Element): Outcome[] {
  const here = dirname(path);
  const models = new Map<string, Model>();
  const faults: string[] = [];
  for (const file of readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.dmn')))
    try {
      models.set(file, readModel(readFileSync(join(here, file), 'utf8')));
    } catch (error) {
      faults.push(`${file}: ${String(error)}`);
    }
  const wanted = child(root, 'modelName')?.text.trim() ?? '';
  // Older test files name the model and not its file.
  const model = models.get(wanted) ?? (models.size === 1 ? [...models.values()][0] : undefined);
  const short = name.replace(/\.xml$/, '');
  return children(root, 'testCase').flatMap((test) =>
    children(test, 'resultNode').map((node): Outcome => {
      const expected = child(node, 'expected') ?? child(node, 'computed');
      const label = `${short}#${test.attributes.id} ${node.attributes.name}`;
      if (!model) return { name: label, passed: false, wanted: '', got: `no model ${wanted} ${faults.join('; ')}` };
      try {
        const got = ask(model, [...models.values()], test, node);
        const want = expected ? valueOf(expected, undefined, got) : null;
        return { name: label, passed: close(want, got), wanted: textOf(want, true), got: textOf(got, true) };
      } catch (error) {
        return { name: label, passed: false, wanted: '', got: String(error) };
      }
    }),
  );
}

function ask(model: Model, imported: readonly Model[], test: Element, node: Element): Value {
  const program = prepare(model, imported);
  const run = program.start();
  const input = new Map(
    children(test, 'inputNode').map((each) => {
      const name = each.attributes.name ?? '';
      const ref =
        model.inputs.find((one) => one.name === name)?.typeRef ??
        model.decisions.find((one) => one.name === name)?.typeRef;
      return [normalName(name), valueOf(each, program.types(ref))] as const;
    }),
  );
  const { type, invocableName } = test.attributes;
  const callable = type === 'decisionService' || type === 'bkm' || type === 'businessKnowledgeModel';
  return run.askValues(callable ? (invocableName ?? '') : (node.attributes.name ?? ''), input);
}

/** A value of the TCK: `<value>`, `<list>` or `<component>`s; where no type is written, that of what stands beside it. */
function valueOf(element: Element, type?: Type, beside?: Value): Value {
  const value = child(element, 'value');
  if (value) return scalar(value, type, beside);
  const list = child(element, 'list');
  if (list) {
    if (list.attributes.nil === 'true') return null;
    const others = beside !== undefined && isList(beside) ? beside : [];
    return children(list, 'item').map((item, i) => valueOf(item, type?.item, others[i]));
  }
  const components = children(element, 'component');
  if (components.length === 0) return null;
  return new Map(
    components.map((each) => {
      const name = normalName(each.attributes.name ?? '');
      const other = beside !== undefined && isContext(beside) ? beside.get(name) : undefined;
      return [name, valueOf(each, type?.fields?.get(name), other)];
    }),
  );
}

function scalar({ attributes, text }: Element, type?: Type, beside?: Value): Value {
  if (attributes.nil === 'true') return null;
  const kind = attributes.type?.replace(/^.*:/, '');
  switch (kind ?? baseOf(type, beside)) {
    case 'decimal':
    case 'double':
    case 'float':
    case 'integer':
    case 'int':
    case 'long':
    case 'number':
      return number(text.trim());
    case 'boolean':
      return text.trim() === 'true';
    case 'date':
      return parseDate(text.trim());
    case 'time':
      return parseTime(text.trim());
    case 'dateTime':
    case 'date and time':
      return parseDateTime(text.trim());
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
    case 'days and time duration':
    case 'years and months duration':
      return parseDuration(text.trim());
    default:
      return text;
  }
}

function baseOf(type?: Type, beside?: Value): string | undefined {
  if (type?.base) return type.base;
  if (beside === undefined || beside === null) return undefined;
  if (isNumber(beside)) return 'number';
  return typeof beside === 'boolean'
    ? 'boolean'
    : typeof beside === 'object' && 'kind' in beside
      ? beside.kind
      : undefined;
}

/** Equal, with numbers to eight digits as the TCK's own runners compare them. */
function close(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return a.sub(b).abs().lte(a.abs().mul('1e-8').add('1e-8'));
  if (isList(a) && isList(b)) return a.length === b.length && a.every((each, i) => close(each, b[i] ?? null));
  if (isContext(a) && isContext(b)) {
    const others = new Map([...b].map(([key, each]) => [normalName(key), each]));
    return (
      a.size === b.size &&
      [...a].every(([key, each]) => others.has(normalName(key)) && close(each, others.get(normalName(key)) ?? null))
    );
  }
  return equal(a, b) === true;
}
