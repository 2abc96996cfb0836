import { BUILTINS } from './builtins.ts';
import type { BuiltinCall } from './define.ts';
import { compare, holds, matches } from './compare.ts';
import { add, divide, multiply, negate, power, subtract } from './arithmetic.ts';
import type { Loop, Node } from './parse.ts';
import { Scope, TooMuchWork } from './scope.ts';
import { signatureOf, type Types, typeTest } from './types.ts';
import {
  dateOfEpochDay,
  epochDay,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  propertyOf,
} from './temporal.ts';
import {
  Decimal,
  type FeelDate,
  type FeelFunction,
  type FeelRange,
  isContext,
  isFunction,
  isList,
  isNumber,
  isRange,
  kindOf,
  type TypeTest,
  type Value,
} from './values.ts';

export type Compiled = (scope: Scope) => Value;

/** Turns a syntax tree into a function, once, so that a table is not read again for each case. */
export function compile(node: Node, types: Types = () => undefined): Compiled {
  const sub = (child: Node): Compiled => compile(child, types);
  const loop = ({ name, from, to }: Loop): LoopOver => ({ name, from: sub(from), ...(to ? { to: sub(to) } : {}) });
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'number': {
      const value = new Decimal(node.text);
      return () => value;
    }
    case 'at': {
      const value = parseAt(node.text);
      return (scope) => value ?? scope.fault(`@"${node.text}" is no date, time or duration`);
    }
    case 'input':
      return (scope) => (scope.input === undefined ? scope.fault('? stands outside a test') : scope.input);
    case 'name': {
      const builtin = BUILTINS.get(node.name);
      return (scope) => {
        const found = scope.find(node.name);
        if (found !== undefined) return found;
        return builtin ?? scope.fault(`${node.name} is not known`);
      };
    }
    case 'list': {
      const items = node.items.map(sub);
      return (scope) => items.map((item) => item(scope));
    }
    case 'context': {
      const entries = node.entries.map(({ key, value }) => ({ key, value: sub(value) }));
      const twice = new Set(entries.map(({ key }) => key)).size < entries.length;
      return (scope) => {
        if (twice) return scope.fault('a context has a key twice');
        const made = new Map<string, Value>();
        const inner = new Scope({ variables: made, parent: scope });
        for (const { key, value } of entries) made.set(key, value(inner));
        return made;
      };
    }
    case 'interval': {
      const [start, end] = [sub(node.start), sub(node.end)];
      return (scope) =>
        rangeOf({
          start: start(scope),
          end: end(scope),
          startIncluded: node.startIncluded,
          endIncluded: node.endIncluded,
          scope,
        });
    }
    case 'test': {
      const operand = sub(node.operand);
      return (scope) => operatorRange(node.operator, operand(scope), scope);
    }
    case 'compare': {
      const [left, right] = [sub(node.left), sub(node.right)];
      return (scope) => {
        const [a, b] = [left(scope), right(scope)];
        const found = holds(node.operator, a, b);
        return found ?? scope.fault(`${kindOf(a)} ${node.operator} ${kindOf(b)} cannot be compared`);
      };
    }
    case 'arithmetic': {
      const [left, right] = [sub(node.left), sub(node.right)];
      const operate = { '+': add, '-': subtract, '*': multiply, '/': divide, '**': power }[node.operator];
      return (scope) => {
        const [a, b] = [left(scope), right(scope)];
        return operate(a, b) ?? scope.fault(`${kindOf(a)} ${node.operator} ${kindOf(b)} gives no value`);
      };
    }
    case 'negate': {
      const operand = sub(node.operand);
      return (scope) => {
        const value = operand(scope);
        return negate(value) ?? scope.fault(`- of ${kindOf(value)}`);
      };
    }
    case 'logic': {
      const [left, right] = [sub(node.left), sub(node.right)];
      const decisive = node.operator === 'or';
      return (scope) => {
        const a = left(scope);
        if (a === decisive) return decisive;
        const b = right(scope);
        if (b === decisive) return decisive;
        return typeof a === 'boolean' && typeof b === 'boolean' ? !decisive : null;
      };
    }
    case 'between': {
      const [value, low, high] = [sub(node.value), sub(node.low), sub(node.high)];
      return (scope) => {
        const v = value(scope);
        const above = holds('>=', v, low(scope));
        const below = holds('<=', v, high(scope));
        return above === null || below === null ? scope.fault('between: cannot be compared') : above && below;
      };
    }
    case 'in': {
      const value = sub(node.value);
      const tests = node.tests.map((test) => compileTest(test, types));
      return (scope) => {
        const input = value(scope);
        const inner = new Scope({ parent: scope, input });
        let known: boolean | null = false;
        for (const test of tests) {
          const found = test(inner, input);
          if (found === true) return true;
          if (found === null) known = null;
        }
        return known;
      };
    }
    case 'instance': {
      const value = sub(node.value);
      const test = typeTest(node.type, types);
      return (scope) => (test ? test(value(scope)) : scope.fault('an unknown type'));
    }
    case 'if': {
      const [condition, yes, no] = [sub(node.condition), sub(node.yes), sub(node.no)];
      return (scope) => (condition(scope) === true ? yes(scope) : no(scope));
    }
    case 'for':
      return forOver(node.loops.map(loop), sub(node.result));
    case 'quantified':
      return quantifiedOver(node.every, node.loops.map(loop), sub(node.condition));
    case 'function': {
      if (node.external) return (scope) => scope.fault('external functions are not run');
      const body = sub(node.body);
      const params = node.params.map(({ name, type }) => ({ name, type: type && typeTest(type, types) }));
      const signature = signatureOf(node);
      return (scope) => ({ ...functionOf({ params, body, scope }), signature });
    }
    case 'call':
      return compileCall(node, types);
    case 'path': {
      const target = sub(node.target);
      return (scope) => pathOf(target(scope), node.name, scope);
    }
    case 'filter':
      return filterBy(sub(node.target), sub(node.condition), TRUTHS.has(node.condition.kind));
  }
}

/** A test of a cell: what it says of the input. */
export type Test = (scope: Scope, input: Value) => boolean | null;

export function compileTest(node: Node, types: Types = () => undefined): Test {
  if (node.kind === 'test') {
    const operand = compile(node.operand, types);
    return (scope, input) => holds(node.operator, input, operand(scope));
  }
  const run = compile(node, types);
  if (usesInput(node))
    return (scope) => {
      const found = run(scope);
      return typeof found === 'boolean' ? found : null;
    };
  return (scope, input) => {
    const value = run(scope);
    // An expression over other variables decides by itself; a yes or no as a literal is compared with the input.
    if (typeof value === 'boolean' && typeof input !== 'boolean' && node.kind !== 'literal') return value;
    return matches(input, value);
  };
}

function usesInput(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'input') return true;
  return Object.values(node).some((child) => (Array.isArray(child) ? child.some(usesInput) : usesInput(child)));
}

export function functionOf(options: {
  params: readonly { name: string; type?: TypeTest }[];
  body: Compiled;
  scope: Scope;
}): FeelFunction {
  const { params, body, scope } = options;
  return {
    kind: 'function',
    params,
    invoke: (args) => {
      if (args.length !== params.length) return scope.fault('a function was called with other arguments than it takes');
      const variables = new Map<string, Value>();
      for (const [i, { name, type }] of params.entries()) {
        const given = conform(args[i] ?? null, type);
        variables.set(name, given === undefined ? scope.fault(`${name}: an argument of another type`) : given);
      }
      return body(new Scope({ variables, parent: scope }));
    },
  };
}

/** A value as its type wants it: a list of one for its item and the reverse (10.3.2.9.4); undefined where it does not conform. */
export function conform(value: Value, type: TypeTest | undefined): Value | undefined {
  if (!type || value === null || type(value)) return value;
  if (isList(value) && value.length === 1 && type(value[0] ?? null)) return value[0] ?? null;
  if (!isList(value) && type([value])) return [value];
  return undefined;
}

export function parseAt(text: string): Value {
  return parseDate(text) ?? parseTime(text) ?? (text.includes('T') ? parseDateTime(text) : null) ?? parseDuration(text);
}

export function rangeOf(options: {
  start: Value;
  end: Value;
  startIncluded: boolean;
  endIncluded: boolean;
  scope: Scope;
}): Value {
  const { start, end, startIncluded, endIncluded, scope } = options;
  if (start === null && end === null) return scope.fault('an interval without ends');
  if (start !== null && end !== null && compare(start, end) === null)
    return scope.fault('the ends of an interval cannot be compared');
  return {
    kind: 'range',
    start,
    end,
    startIncluded: start !== null && startIncluded,
    endIncluded: end !== null && endIncluded,
  };
}

function operatorRange(operator: NonNullable<FeelRange['operator']>, operand: Value, scope: Scope): Value {
  if (operand === null) return scope.fault('an interval without an end');
  const closed = {
    kind: 'range' as const,
    start: operand,
    end: operand,
    startIncluded: true,
    endIncluded: true,
    operator,
  };
  switch (operator) {
    case '=':
    case '!=':
      return closed;
    case '<':
    case '<=':
      return { ...closed, start: null, startIncluded: false, endIncluded: operator === '<=' };
    case '>':
    case '>=':
      return { ...closed, end: null, endIncluded: false, startIncluded: operator === '>=' };
  }
}

export function pathOf(target: Value, name: string, scope: Scope): Value {
  if (target === null) return scope.fault(`${name} of nothing`);
  if (isList(target)) return target.map((item) => pathOf(item, name, scope));
  if (isContext(target)) {
    const found = target.get(name);
    return found === undefined ? scope.fault(`${name} is not in the context`) : found;
  }
  if (isRange(target)) {
    if (name === 'start' || name === 'end') return target[name];
    if (name === 'start included') return target.startIncluded;
    if (name === 'end included') return target.endIncluded;
  }
  const found = propertyOf(target, name);
  if (found === undefined) return scope.fault(`${kindOf(target)} has no ${name}`);
  return typeof found === 'number' ? new Decimal(found) : found;
}

/** What a loop runs over: a list, the numbers or days of a range; undefined where it is none of these. */
function* domain(value: Value, to: Value | undefined): Generator<Value, boolean> {
  let [start, end] = [value, to ?? null];
  let [skipStart, skipEnd] = [false, false];
  if (to === undefined) {
    if (isList(value)) {
      yield* value;
      return true;
    }
    if (!isRange(value)) {
      if (value === null) return false;
      yield value;
      return true;
    }
    [start, end] = [value.start, value.end];
    [skipStart, skipEnd] = [!value.startIncluded, !value.endIncluded];
  }
  const [first, last, make] = stepsOf(start, end);
  if (first === undefined || last === undefined || make === undefined) return false;
  const step = first <= last ? 1 : -1;
  for (let at = first; step > 0 ? at <= last : at >= last; at += step)
    if (!(skipStart && at === first) && !(skipEnd && at === last)) yield make(at);
  return true;
}

function stepsOf(start: Value, end: Value): [number?, number?, ((at: number) => Value)?] {
  if (isNumber(start) && isNumber(end)) {
    if (!start.isInteger() || !end.isInteger()) return [];
    return [start.toNumber(), end.toNumber(), (at) => new Decimal(at)];
  }
  if (kindOf(start) === 'date' && kindOf(end) === 'date')
    return [epochDay(start as FeelDate), epochDay(end as FeelDate), (at) => dateOfEpochDay(at)];
  return [];
}

type LoopOver = { name: string; from: Compiled; to?: Compiled };
/** Calls `visit` for each combination; false where a loop has nothing that it could run over, 'stop' where the visitor had enough. */
function visitAll(
  loops: readonly LoopOver[],
  scope: Scope,
  visit: (inner: Scope) => boolean,
  depth = 0,
): boolean | 'stop' {
  const loop = loops[depth];
  if (!loop) return visit(scope) ? true : 'stop';
  const items = domain(loop.from(scope), loop.to?.(scope));
  for (;;) {
    const next = items.next();
    if (next.done) return next.value;
    scope.budget.rounds -= 1;
    if (scope.budget.rounds < 0) throw new TooMuchWork('more rounds of loops than a decision may make');
    const inner = new Scope({ variables: new Map([[loop.name, next.value]]), parent: scope });
    const went = visitAll(loops, inner, visit, depth + 1);
    if (went !== true) return went;
  }
}

/** `for`: one result a combination; `partial` holds those so far. */
export function forOver(loops: readonly LoopOver[], result: Compiled): Compiled {
  return (scope) => {
    const made: Value[] = [];
    const outer = new Scope({ variables: new Map([['partial', made]]), parent: scope });
    const went = visitAll(loops, outer, (inner) => {
      made.push(result(inner));
      return true;
    });
    return went === false ? scope.fault('for: nothing that a loop could run over') : made;
  };
}

/** `some` and `every` in three values: unknown where a condition is neither true nor false. */
export function quantifiedOver(every: boolean, loops: readonly LoopOver[], condition: Compiled): Compiled {
  return (scope) => {
    let unknown = false;
    const went = visitAll(loops, scope, (inner) => {
      const found = condition(inner);
      if (typeof found !== 'boolean') unknown = true;
      return found !== !every;
    });
    if (went === false) return scope.fault('nothing that some or every could run over');
    return went === 'stop' ? !every : unknown ? null : every;
  };
}

function compileCall(node: Node & { kind: 'call' }, types: Types): Compiled {
  const target = compile(node.target, types);
  const args = node.args.map((arg) => compile(arg, types));
  const { named } = node;
  return (scope) => {
    const called = target(scope);
    if (!isFunction(called)) return scope.fault('what is called is no function');
    const given = args.map((arg) => arg(scope));
    const builtin = called as FeelFunction & Partial<BuiltinCall>;
    if (named) {
      const byName = new Map(named.map((name, i) => [name, given[i] ?? null]));
      if (builtin.call) return builtin.call({ named: byName, scope });
      if (called.invokeNamed) return called.invokeNamed(byName);
      const known = called.params.map(({ name }) => name);
      if (byName.size !== known.length || known.some((name) => !byName.has(name)))
        return scope.fault('a function was called with other arguments than it takes');
      return called.invoke(known.map((name) => byName.get(name) ?? null));
    }
    return builtin.call ? builtin.call({ args: given, scope }) : called.invoke(given);
  };
}

const TRUTHS = new Set<Node['kind']>(['compare', 'logic', 'between', 'in', 'instance', 'quantified']);

/**
 * Filter (10.3.2.5): a number picks by place, from the end where it is negative; a condition keeps the items for which it is true. An
 * item that is a context lends its entries to the condition.
 */
export function filterBy(target: Compiled, condition: Compiled, isTruth: boolean): Compiled {
  return (scope) => {
    const found = target(scope);
    if (found === null) return isTruth ? [] : null;
    const list = isList(found) ? found : [found];
    const about = (item: Value): Scope => {
      const variables = new Map<string, Value>(isContext(item) ? item : undefined);
      if (!variables.has('item')) variables.set('item', item);
      return new Scope({ variables, parent: scope });
    };
    if (!isTruth) {
      const quiet = new Scope({ parent: scope, messages: [] });
      const place = condition(quiet);
      if (isNumber(place)) {
        if (!place.isInteger()) return scope.fault('a place in a list is a whole number');
        const at = place.toNumber();
        return (at > 0 ? list[at - 1] : at < 0 ? list[list.length + at] : undefined) ?? null;
      }
    }
    const kept = list.filter((item) => condition(about(item)) === true);
    return kept;
  };
}
