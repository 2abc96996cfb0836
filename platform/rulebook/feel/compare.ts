import { epochDay, instantOf, offsetAt, timeOfDay } from './temporal.ts';
import {
  type Context,
  type FeelDate,
  type FeelDateTime,
  type FeelRange,
  type FeelTime,
  isList,
  isNumber,
  kindOf,
  type DaysTime,
  type Value,
  type YearsMonths,
} from './values.ts';

/**
 * Equality (table 53): true or false between values of one kind, null between two kinds, since they cannot be compared. Null equals
 * null only.
 */
export function equal(a: Value, b: Value): boolean | null {
  if (a === null || b === null) return a === b;
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left !== right) return null;
  switch (left) {
    case 'list': {
      const [x, y] = [a as readonly Value[], b as readonly Value[]];
      return x.length === y.length && x.every((item, i) => equal(item, y[i] ?? null) === true);
    }
    case 'context': {
      const [x, y] = [a as Context, b as Context];
      return x.size === y.size && [...x].every(([key, v]) => y.has(key) && equal(v, y.get(key) ?? null) === true);
    }
    case 'range': {
      const [x, y] = [a as FeelRange, b as FeelRange];
      return (
        equal(x.start, y.start) === true &&
        equal(x.end, y.end) === true &&
        x.startIncluded === y.startIncluded &&
        x.endIncluded === y.endIncluded
      );
    }
    case 'function':
      return a === b;
    case 'string':
    case 'boolean':
      return a === b;
    case 'time': {
      const [x, y] = [a as FeelTime, b as FeelTime];
      if ((offsetAt(x) === null) !== (offsetAt(y) === null)) return false;
      return timeOfDay(x) === timeOfDay(y);
    }
    case 'date and time': {
      const [x, y] = [a as FeelDateTime, b as FeelDateTime];
      if ((offsetAt(x.time, x.date) === null) !== (offsetAt(y.time, y.date) === null)) return false;
      return instantOf(x) === instantOf(y);
    }
    default:
      return compare(a, b) === 0;
  }
}

/** Below, equal or above; null where the two cannot be ordered (table 54). */
export function compare(a: Value, b: Value): number | null {
  if (isNumber(a)) return isNumber(b) ? a.cmp(b) : null;
  if (typeof a === 'string') return typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : null;
  if (a === null || b === null || typeof a === 'boolean') return null;
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return null;
  switch (kind) {
    case 'date':
      return epochDay(a as FeelDate) - epochDay(b as FeelDate);
    case 'time': {
      const [x, y] = [a as FeelTime, b as FeelTime];
      if ((offsetAt(x) === null) !== (offsetAt(y) === null)) return null;
      return timeOfDay(x) - timeOfDay(y);
    }
    case 'date and time': {
      const [x, y] = [a as FeelDateTime, b as FeelDateTime];
      if ((offsetAt(x.time, x.date) === null) !== (offsetAt(y.time, y.date) === null)) return null;
      return sign(instantOf(x) - instantOf(y));
    }
    case 'years and months duration':
      return (a as YearsMonths).months - (b as YearsMonths).months;
    case 'days and time duration':
      return sign((a as DaysTime).nanos - (b as DaysTime).nanos);
    default:
      return null;
  }
}
const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0);

export function holds(operator: '=' | '!=' | '<' | '<=' | '>' | '>=', a: Value, b: Value): boolean | null {
  if (operator === '=') return equal(a, b);
  if (operator === '!=') {
    const same = equal(a, b);
    return same === null ? null : !same;
  }
  const order = compare(a, b);
  if (order === null) return null;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Whether a value lies in a range. */
export function inRange(value: Value, range: FeelRange): boolean | null {
  if (value === null) return null;
  if (range.operator === '!=') return holds('!=', value, range.start);
  const above = range.start === null ? true : holds(range.startIncluded ? '>=' : '>', value, range.start);
  const below = range.end === null ? true : holds(range.endIncluded ? '<=' : '<', value, range.end);
  if (range.start === null && range.end === null) return null;
  return above === null || below === null ? null : above && below;
}

/** `in` of one test value (table 55): a range that holds it, a list that has it, or the same. */
export function matches(value: Value, test: Value): boolean | null {
  if (kindOf(test) === 'range' && kindOf(value) !== 'range') return inRange(value, test as FeelRange);
  if (isList(test)) {
    if (isList(value) && equal(value, test) === true) return true;
    let known: boolean | null = false;
    for (const item of test) {
      const found = kindOf(item) === 'range' ? matches(value, item) : equal(value, item);
      if (found === true) return true;
      if (found === null && kindOf(item) === 'range') known = null;
    }
    return known;
  }
  return equal(value, test);
}
