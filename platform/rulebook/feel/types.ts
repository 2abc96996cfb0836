import type { TypeNode } from './parse.ts';
import { isContext, isFunction, isList, isRange, kindOf, type TypeTest } from './values.ts';

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
  if ('params' in type) return (value) => isFunction(value) && value.params.length === type.params.length;
  return types(type.name) ?? builtinType(type.name);
}
