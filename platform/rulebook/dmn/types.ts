import { compileTest, type Test } from '../feel/evaluate.ts';
import { Scope } from '../feel/scope.ts';
import { builtinType } from '../feel/types.ts';
import { type Names, normalName } from '../feel/names.ts';
import { parseUnaryTests } from '../feel/parse.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../feel/temporal.ts';
import { Decimal, isContext, isFunction, isList, kindOf, type TypeTest, type Value } from '../feel/values.ts';
import type { ItemDefinition } from './model.ts';

/** A type as it is used: whether a value conforms, and how one that came as JSON is read. */
export type Type = {
  test: TypeTest;
  /** The same without allowed values, as `instance of` asks (10.3.2.9.3); absent = there are none. */
  shape?: TypeTest;
  base?: string;
  item?: Type;
  fields?: ReadonlyMap<string, Type>;
  /** Of a function: the type of what it gives. */
  result?: Type;
};

/** The types of a model by name (item definitions, 7.3.3), over those of the language. */
export function typesOf(
  definitions: readonly ItemDefinition[],
  names: Names,
): (name: string | undefined) => Type | undefined {
  const byName = new Map(definitions.map((each) => [normalName(each.name), each]));
  const made = new Map<string, Type>();
  const find = (name: string | undefined): Type | undefined => {
    if (name === undefined) return undefined;
    const key = normalName(name);
    const known = made.get(key);
    if (known) return known;
    const definition = byName.get(key);
    if (!definition) {
      const test = builtinType(name);
      return test && name !== 'Any' ? { test, base: name } : undefined;
    }
    // A type that is written in terms of itself ends at the second sight.
    made.set(key, { test: () => true });
    const type = build(definition);
    made.set(key, type);
    return type;
  };
  const build = (definition: ItemDefinition): Type => {
    const {
      components,
      isFunction: callable,
      resultRef,
      isCollection,
      allowedValues,
      typeConstraint,
      typeRef,
    } = definition;
    let single: Type = find(typeRef) ?? { test: () => true };
    if (callable) single = { test: isFunction, result: find(resultRef) };
    else if (components.length > 0) {
      const fields = new Map(components.map((each) => [normalName(each.name), build(each)]));
      const all =
        (of: (type: Type) => TypeTest): TypeTest =>
        (value) =>
          isContext(value) &&
          [...fields].every(([name, type]) => value.has(name) && orNull(of(type))(value.get(name) ?? null));
      single = { fields, test: all(({ test }) => test), shape: all(shapeOf) };
    }
    if (allowedValues) single = restricted(single, testsOf(allowedValues, names));
    const whole: Type = isCollection
      ? { item: single, test: listOf(single.test), shape: listOf(shapeOf(single)) }
      : single;
    return typeConstraint ? restricted(whole, testsOf(typeConstraint, names)) : whole;
  };
  return find;
}

const shapeOf = (type: Type): TypeTest => type.shape ?? type.test;
const orNull =
  (test: TypeTest): TypeTest =>
  (value) =>
    value === null || test(value);
const listOf =
  (test: TypeTest): TypeTest =>
  (value) =>
    isList(value) && value.every(orNull(test));
const restricted = (type: Type, tests: CellTest): Type => ({
  ...type,
  shape: shapeOf(type),
  test: (value) => type.test(value) && tests(new Scope({ input: value }), value) === true,
});

/** All tests of a cell as one: true if one of them holds, or, under `not`, none. */
export type CellTest = Test;
export function testsOf(text: string, names: Names): CellTest {
  const parsed = text.trim() === '' ? null : parseUnaryTests(text, names);
  if (parsed === null) return () => true;
  const tests = parsed.tests.map((test) => compileTest(test));
  return (scope, input) => {
    let unknown = false;
    for (const test of tests) {
      const found = test(scope, input);
      if (found === true) return !parsed.negated;
      if (found === null) unknown = true;
    }
    return unknown && parsed.negated ? null : parsed.negated;
  };
}

/** A value as its declared type wants it (10.3.2.9.4 implicit conversions); undefined where it does not conform. */
export function conformTo(value: Value, type: Type | undefined): Value | undefined {
  if (!type || value === null || type.test(value)) return value;
  if (isList(value) && value.length === 1 && value[0] !== null) {
    const inner = conformTo(value[0] ?? null, type);
    if (inner !== undefined) return inner;
  }
  if (!isList(value) && type.item && type.test([value])) return [value];
  if (kindOf(value) === 'date' && type.base && ['date and time', 'dateTime'].includes(type.base))
    return { kind: 'date and time', date: value as never, time: { kind: 'time', nanos: 0, offset: 0, zone: null } };
  return undefined;
}

const READ: Record<string, (text: string) => Value> = {
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  dateTime: parseDateTime,
  'days and time duration': parseDuration,
  'years and months duration': parseDuration,
  dayTimeDuration: parseDuration,
  yearMonthDuration: parseDuration,
};

/** JSON as FEEL: texts become dates and durations where the type says so. */
export function fromJson(json: unknown, type?: Type): Value {
  if (json === null || json === undefined) return null;
  if (typeof json === 'boolean') return json;
  if (typeof json === 'number') return Number.isFinite(json) ? new Decimal(json) : null;
  if (typeof json === 'string') return type?.base === 'number' ? null : (type?.base && READ[type.base]?.(json)) || json;
  if (Array.isArray(json)) return json.map((item) => fromJson(item, type?.item));
  if (typeof json !== 'object') return null;
  return new Map(
    Object.entries(json).map(([key, value]) => [normalName(key), fromJson(value, type?.fields?.get(normalName(key)))]),
  );
}
