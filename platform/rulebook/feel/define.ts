import type { Scope } from './scope.ts';
import { type FeelFunction, isContext, isFunction, isList, isNumber, isRange, kindOf, type Value } from './values.ts';

/** How a builtin function is called: by place or by name, in a scope that is told why there is no result. */
export type BuiltinCall = {
  call(options: { args?: readonly Value[]; named?: ReadonlyMap<string, Value>; scope: Scope }): Value;
};

const TESTS: Record<string, (value: Value) => boolean> = {
  any: () => true,
  number: isNumber,
  string: (v) => typeof v === 'string',
  boolean: (v) => typeof v === 'boolean',
  list: isList,
  context: isContext,
  range: isRange,
  function: isFunction,
  date: (v) => kindOf(v) === 'date',
  time: (v) => kindOf(v) === 'time',
  dt: (v) => kindOf(v) === 'date and time',
  day: (v) => kindOf(v) === 'date' || kindOf(v) === 'date and time',
  ymd: (v) => kindOf(v) === 'years and months duration',
  dtd: (v) => kindOf(v) === 'days and time duration',
  duration: (v) => kindOf(v) === 'years and months duration' || kindOf(v) === 'days and time duration',
  point: (v) => !isRange(v) && v !== null,
};

type Param = { name: string; type: string; optional: boolean; rest: boolean };
type Form = { params: Param[]; run: (...args: never[]) => Value };

/** `substring(string: string, start position: number, length?: number)`: names as the standard has them, so that they can be named in a call. */
function readForm(text: string): Param[] {
  const inside = text.slice(text.indexOf('(') + 1, -1).trim();
  if (inside === '') return [];
  return inside.split(',').map((part) => {
    const [name = '', type = 'any'] = part.split(':').map((each) => each.trim());
    return {
      name: name.replace(/^\.\.\.|\?$/g, ''),
      type,
      optional: name.endsWith('?'),
      rest: name.startsWith('...'),
    };
  });
}

/**
 * A builtin function with its lists of parameters. An argument of another type gives null with a message, but a list of one stands for its
 * item and an item for a list of one (10.3.2.9.4); null where a type is asked for gives null.
 */
export function builtin(name: string, forms: Record<string, (...args: never[]) => Value>): [string, FeelFunction] {
  const read: Form[] = Object.entries(forms).map(([text, run]) => ({ params: readForm(text), run }));
  const call: BuiltinCall['call'] = ({ args, named, scope }) => {
    for (const form of read) {
      const given = named ? byName(form.params, named) : byPlace(form.params, args ?? []);
      const fitting = given && fit(form.params, given);
      if (fitting)
        return form.run(...(fitting as never[])) ?? scope.fault(`${name} gives no value for these arguments`);
    }
    return scope.fault(`${name}: the arguments do not fit`);
  };
  const scopeless = { fault: () => null } as unknown as Scope;
  const first = read[0]?.params ?? [];
  const made: FeelFunction & BuiltinCall = {
    kind: 'function',
    params: first.map((param) => ({ name: param.name })),
    invoke: (args) => call({ args, scope: scopeless }),
    call,
  };
  return [name, made];
}

function byPlace(params: Param[], args: readonly Value[]): (Value | undefined)[] | undefined {
  const last = params.at(-1);
  if (last?.rest) return args.length >= params.length - 1 ? [...args] : undefined;
  const least = params.filter(({ optional }) => !optional).length;
  return args.length >= least && args.length <= params.length ? [...args] : undefined;
}

function byName(params: Param[], named: ReadonlyMap<string, Value>): (Value | undefined)[] | undefined {
  for (const name of named.keys()) if (!params.some((param) => param.name === name)) return undefined;
  if (params.some((param) => !param.optional && !named.has(param.name))) return undefined;
  return params.map((param) => named.get(param.name));
}

function fit(params: Param[], given: (Value | undefined)[]): (Value | undefined)[] | undefined {
  const fitted: (Value | undefined)[] = [];
  for (const [i, value] of given.entries()) {
    const param = params[Math.min(i, params.length - 1)];
    if (!param) return undefined;
    if (value === undefined || (value === null && param.optional && param.type !== 'any')) {
      fitted.push(undefined);
      continue;
    }
    const test = TESTS[param.type];
    if (!test) throw new Error(`no type ${param.type}`);
    if (test(value)) fitted.push(value);
    else if (isList(value) && value.length === 1 && test(value[0] ?? null)) fitted.push(value[0]);
    else if (param.type === 'list' && value !== null) fitted.push([value]);
    else return undefined;
  }
  return fitted;
}
