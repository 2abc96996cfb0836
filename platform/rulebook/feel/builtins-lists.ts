import { compare, equal } from './compare.ts';
import { builtin } from './define.ts';
import { add, divide } from './arithmetic.ts';
import { type Context, Decimal, type FeelFunction, isContext, isList, isNumber, type Value } from './values.ts';

type List = readonly Value[];
const same = (a: Value, b: Value): boolean => equal(a, b) === true;

/** A function over a list, given as one or item by item. */
function over(name: string, run: (list: List) => Value): [string, FeelFunction] {
  return builtin(name, {
    '(list: list)': (list: List) => run(list),
    '(...list: any)': (...items: Value[]) => (items.length === 0 ? null : run(items)),
  });
}
/** The same over numbers only; anything else among them gives null. */
const overNumbers = (name: string, run: (numbers: Decimal[]) => Value): [string, FeelFunction] =>
  over(name, (list) => (list.every(isNumber) ? run([...list] as Decimal[]) : null));

/** The smallest or greatest: null where there is none or two cannot be ordered. */
const extreme =
  (sign: 1 | -1) =>
  (list: List): Value => {
    let best: Value = null;
    for (const item of list) {
      if (best === null) best = item;
      const order = compare(item, best);
      if (order === null) return null;
      if (order * sign > 0) best = item;
    }
    return best;
  };

/** True if one is `decisive`, null if one is neither true nor false. */
const logic =
  (decisive: boolean) =>
  (list: List): Value =>
    list.includes(decisive) ? decisive : list.every((item) => typeof item === 'boolean') ? !decisive : null;

const sum = (numbers: Decimal[]): Decimal => numbers.reduce((a, b) => a.add(b), new Decimal(0));
function unique(list: List): Value[] {
  const kept: Value[] = [];
  for (const item of list) if (!kept.some((each) => same(each, item))) kept.push(item);
  return kept;
}
const flatten = (list: List): Value[] => list.flatMap((item) => (isList(item) ? flatten(item) : [item]));
const ascending = (numbers: Decimal[]): Decimal[] => numbers.toSorted((a, b) => a.cmp(b));

/** Index of a place that counts from 1, or from the end where it is negative; undefined outside the list. */
function indexOf(place: Decimal, length: number): number | undefined {
  const at = place.trunc().toNumber();
  const index = at > 0 ? at - 1 : length + at;
  return at === 0 || index < 0 || index >= length ? undefined : index;
}

/** List functions (10.3.4.4), context functions (10.3.4.10) and sort. */
export const LISTS: [string, FeelFunction][] = [
  builtin('list contains', {
    '(list: list, element: any)': (list: List, element: Value) => list.some((item) => same(item, element)),
  }),
  builtin('count', { '(list: list)': (list: List) => new Decimal(list.length) }),
  over('min', extreme(-1)),
  over('max', extreme(1)),
  overNumbers('sum', (numbers) => (numbers.length === 0 ? null : sum(numbers))),
  over('mean', (list) => {
    const [first, ...rest] = list;
    if (first === undefined) return null;
    return divide(
      rest.reduce((a, b) => add(a, b), first),
      new Decimal(list.length),
    );
  }),
  over('all', logic(false)),
  over('any', logic(true)),
  builtin('sublist', {
    '(list: list, start position: number, length?: number)': (list: List, start: Decimal, length?: Decimal) => {
      const from = indexOf(start, list.length);
      if (from === undefined || (length !== undefined && (length.lt(1) || from + length.toNumber() > list.length)))
        return null;
      return list.slice(from, length === undefined ? undefined : from + length.trunc().toNumber());
    },
  }),
  builtin('append', { '(list: list, ...item: any)': (list: List, ...items: Value[]) => [...list, ...items] }),
  builtin('concatenate', { '(...list: list)': (...lists: List[]) => lists.flat() }),
  builtin('union', { '(...list: list)': (...lists: List[]) => unique(lists.flat()) }),
  builtin('insert before', {
    '(list: list, position: number, newItem: any)': (list: List, position: Decimal, item: Value) => {
      const at = indexOf(position, list.length);
      return at === undefined ? null : list.toSpliced(at, 0, item);
    },
  }),
  builtin('remove', {
    '(list: list, position: number)': (list: List, position: Decimal) => {
      const at = indexOf(position, list.length);
      return at === undefined ? null : list.toSpliced(at, 1);
    },
  }),
  builtin('list replace', {
    '(list: list, position: number, newItem: any)': (list: List, position: Decimal, item: Value) => {
      const at = indexOf(position, list.length);
      return at === undefined ? null : list.with(at, item);
    },
    '(list: list, match: function, newItem: any)': (list: List, match: FeelFunction, item: Value) => {
      const found = list.map((each) => match.invoke([each, item]));
      return found.every((each) => typeof each === 'boolean')
        ? list.map((each, i) => (found[i] === true ? item : each))
        : null;
    },
  }),
  builtin('reverse', { '(list: list)': (list: List) => list.toReversed() }),
  builtin('index of', {
    '(list: list, match: any)': (list: List, match: Value) =>
      list.flatMap((item, i) => (same(item, match) ? [new Decimal(i + 1)] : [])),
  }),
  builtin('distinct values', { '(list: list)': (list: List) => unique(list) }),
  builtin('flatten', { '(list: list)': (list: List) => flatten(list) }),
  overNumbers('product', (numbers) => (numbers.length === 0 ? null : numbers.reduce((a, b) => a.mul(b)))),
  overNumbers('median', (numbers) => {
    const sorted = ascending(numbers);
    const half = Math.floor(sorted.length / 2);
    const [low, high] = [sorted[half - 1], sorted[half]];
    if (!high) return null;
    return sorted.length % 2 === 1 || !low ? high : low.add(high).div(2);
  }),
  overNumbers('stddev', (numbers) => {
    if (numbers.length < 2) return null;
    const mean = sum(numbers).div(numbers.length);
    return sum(numbers.map((n) => n.sub(mean).pow(2)))
      .div(numbers.length - 1)
      .sqrt();
  }),
  overNumbers('mode', (numbers) => {
    const counted = Map.groupBy(ascending(numbers), (n) => n.toFixed());
    const most = Math.max(0, ...[...counted.values()].map(({ length }) => length));
    return [...counted.values()].flatMap((group) => (group.length === most && group[0] ? [group[0]] : []));
  }),
  builtin('sort', {
    '(list: list, precedes: function)': (list: List, precedes: FeelFunction) => {
      if (precedes.params.length !== 2) return null;
      return list.toSorted((a, b) =>
        precedes.invoke([a, b]) === true ? -1 : precedes.invoke([b, a]) === true ? 1 : 0,
      );
    },
    '(list: list)': (list: List) => list.toSorted((a, b) => compare(a, b) ?? 0),
  }),
  builtin('get value', {
    '(m: context, key: string)': (m: Context, key: string) => m.get(key) ?? null,
    '(context: context, key: string)': (m: Context, key: string) => m.get(key) ?? null,
    '(context: context, keys: list)': (m: Context, keys: List) =>
      keys.reduce<Value>((at, key) => (isContext(at) && typeof key === 'string' ? (at.get(key) ?? null) : null), m),
  }),
  builtin('get entries', {
    '(m: context)': (m: Context) => entriesOf(m),
    '(context: context)': (m: Context) => entriesOf(m),
  }),
  builtin('context', {
    '(entries: list)': (entries: List) => {
      const made = new Map<string, Value>();
      for (const entry of entries) {
        const key = isContext(entry) ? entry.get('key') : undefined;
        const value = isContext(entry) ? entry.get('value') : undefined;
        if (typeof key !== 'string' || value === undefined || made.has(key)) return null;
        made.set(key, value);
      }
      return made;
    },
  }),
  builtin('context put', {
    '(context: context, key: string, value: any)': (context: Context, key: string, value: Value) =>
      put(context, [key], value),
    '(context: context, keys: list, value: any)': (context: Context, keys: List, value: Value) =>
      keys.length > 0 && keys.every((key) => typeof key === 'string') ? put(context, keys as string[], value) : null,
  }),
  builtin('context merge', {
    '(contexts: list)': (contexts: List) =>
      contexts.every(isContext) ? new Map(contexts.flatMap((each) => [...(each as Context)])) : null,
  }),
];

const entriesOf = (m: Context): Value =>
  [...m].map(
    ([key, value]) =>
      new Map<string, Value>([
        ['key', key],
        ['value', value],
      ]),
  );

function put(context: Context, keys: readonly string[], value: Value): Value {
  const [key = '', ...rest] = keys;
  let inner: Value = value;
  if (rest.length > 0) {
    const below = context.get(key);
    if (below === undefined || !isContext(below)) return null;
    inner = put(below, rest, value);
    if (inner === null) return null;
  }
  return new Map([...context, [key, inner]]);
}
