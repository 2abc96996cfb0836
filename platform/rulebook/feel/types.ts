import type { Node } from './parse.ts';
import { isContext, isFunction, isList, isRange, kindOf, type TypeNode, type TypeTest } from './values.ts';

/** Types by name that a model defines itself. */
export type Types = (name: string) => TypeTest | undefined;

const SIMPLE: Record<string, TypeTest> = {
  Any: (v) => v !== null,
  Null: (v) => v === null,
  context: isContext,
  list: isList,
  range: isRange,
  function: isFunction,
};
const KINDS: Record<string, string> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  dateTime: 'date and time',
  'years and months duration': 'years and months duration',
  'year and month duration': 'years and months duration',
  yearMonthDuration: 'years and months duration',
  'days and time duration': 'days and time duration',
  'day and time duration': 'days and time duration',
  dayTimeDuration: 'days and time duration',
};

/** Test for a type of the language by its name; names as DMN files before 1.2 wrote them as well. */
export function builtinType(name: string): TypeTest | undefined {
  const kind = KINDS[name];
  return kind === undefined ? SIMPLE[name] : (value) => kindOf(value) === kind;
}

export function typeTest(type: TypeNode, types: Types): TypeTest | undefined {
  if ('list' in type) {
    const of = typeTest(type.list, types);
    return of && ((value) => isList(value) && value.every((item) => of(item)));
  }
  if ('range' in type) {
    const of = typeTest(type.range, types);
    return of && ((value) => isRange(value) && [value.start, value.end].every((end) => end === null || of(end)));
  }
  if ('context' in type) {
    const entries = type.context.map(({ name, type: each }) => ({ name, test: typeTest(each, types) }));
    if (entries.some(({ test }) => !test)) return undefined;
    return (value) =>
      isContext(value) &&
      entries.every(({ name, test }) => {
        const found = value.get(name);
        return found !== undefined && (found === null || test?.(found) === true);
      });
  }
  if ('params' in type)
    return (value) =>
      isFunction(value) &&
      (value.signature ? conformsTo(value.signature, type) : type.params.length === value.params.length);
  return types(type.name) ?? builtinType(type.name);
}

const ANY: TypeNode = { name: 'Any' };
/** Of what only running it would tell: it may be of any type that is asked for. */
const UNTOLD: TypeNode = { name: '?' };

/**
 * Whether each value of one type is of another (10.3.2.9.3): lists, ranges and contexts by what is in them, functions by taking at least
 * as much and giving at most as much.
 */
export function conformsTo(
  type: TypeNode | { params: readonly TypeNode[]; result: TypeNode },
  other: TypeNode | { params: readonly TypeNode[]; result: TypeNode },
): boolean {
  if (type === UNTOLD) return true;
  if ('name' in other)
    return (
      other.name === 'Any' || ('name' in type && (KINDS[type.name] ?? type.name) === (KINDS[other.name] ?? other.name))
    );
  if ('list' in other) return 'list' in type && conformsTo(type.list, other.list);
  if ('range' in other) return 'range' in type && conformsTo(type.range, other.range);
  if ('context' in other)
    return (
      'context' in type &&
      other.context.every(({ name, type: wanted }) =>
        type.context.some((entry) => entry.name === name && conformsTo(entry.type, wanted)),
      )
    );
  return (
    'params' in type &&
    type.params.length === other.params.length &&
    other.params.every((given, i) => conformsTo(given, type.params[i] ?? ANY)) &&
    conformsTo(type.result, other.result)
  );
}

/** What a function is, as far as its text tells without being run. */
export function signatureOf(node: Node & { kind: 'function' }): { params: TypeNode[]; result: TypeNode } {
  return { params: node.params.map(({ type }) => type ?? ANY), result: givenBy(node.body, node.params) };
}

function givenBy(node: Node, params: readonly { name: string; type?: TypeNode }[] = []): TypeNode {
  switch (node.kind) {
    case 'literal':
      return { name: node.value === null ? 'Null' : typeof node.value };
    case 'number':
      return { name: 'number' };
    case 'compare':
    case 'logic':
    case 'between':
    case 'in':
    case 'instance':
    case 'quantified':
      return { name: 'boolean' };
    case 'list': {
      const [first, ...rest] = node.items.map((item) => givenBy(item, params));
      const alike = first && rest.every((each) => conformsTo(each, first));
      return { list: alike ? first : ANY };
    }
    case 'context':
      return { context: node.entries.map(({ key, value }) => ({ name: key, type: givenBy(value, params) })) };
    case 'function':
      return signatureOf(node);
    case 'name':
      return params.find(({ name }) => name === node.name)?.type ?? UNTOLD;
    default:
      return UNTOLD;
  }
}
