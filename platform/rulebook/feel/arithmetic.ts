import {
  addMonths,
  asDateTime,
  daysTime,
  epochDay,
  fromLocal,
  instantOf,
  NANOS_A_DAY,
  offsetAt,
  timeOfDay,
  yearsMonths,
} from './temporal.ts';
import {
  Decimal,
  type DaysTime,
  type FeelDate,
  type FeelDateTime,
  type FeelTime,
  isNumber,
  kindOf,
  type Value,
  type YearsMonths,
} from './values.ts';

/** Null where a number left the range of decimal128. */
const finite = (value: Decimal): Decimal | null => (value.isFinite() ? value : null);
const DAY = BigInt(NANOS_A_DAY);

/** Addition (table 57): numbers, texts, and times with durations. Null where the two do not go together. */
export function add(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return finite(Decimal.add(a, b));
  if (typeof a === 'string') return typeof b === 'string' ? a + b : null;
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left === 'years and months duration') {
    if (right === left) return yearsMonths((a as YearsMonths).months + (b as YearsMonths).months);
    return isPoint(right) ? shift(b, a, 1) : null;
  }
  if (left === 'days and time duration') {
    if (right === left) return daysTime((a as DaysTime).nanos + (b as DaysTime).nanos);
    return isPoint(right) ? shift(b, a, 1) : null;
  }
  return isPoint(left) ? shift(a, b, 1) : null;
}

export function subtract(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return finite(Decimal.sub(a, b));
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left === 'years and months duration' && right === left)
    return yearsMonths((a as YearsMonths).months - (b as YearsMonths).months);
  if (left === 'days and time duration' && right === left)
    return daysTime((a as DaysTime).nanos - (b as DaysTime).nanos);
  if (left === 'time' && right === 'time') {
    const [x, y] = [a as FeelTime, b as FeelTime];
    if ((offsetAt(x) === null) !== (offsetAt(y) === null)) return null;
    return daysTime(BigInt(timeOfDay(x) - timeOfDay(y)));
  }
  if ((left === 'date' || left === 'date and time') && (right === 'date' || right === 'date and time')) {
    if (left === 'date' && right === 'date')
      return daysTime(BigInt(epochDay(a as FeelDate) - epochDay(b as FeelDate)) * DAY);
    const [x, y] = [asDateTime(a as FeelDate | FeelDateTime), asDateTime(b as FeelDate | FeelDateTime)];
    if ((offsetAt(x.time, x.date) === null) !== (offsetAt(y.time, y.date) === null)) return null;
    return daysTime(instantOf(x) - instantOf(y));
  }
  return isPoint(left) ? shift(a, b, -1) : null;
}

const isPoint = (kind: string): boolean => kind === 'date' || kind === 'time' || kind === 'date and time';

/** A point in time moved by a duration. */
function shift(point: Value, by: Value, sign: 1 | -1): Value {
  const duration = kindOf(by);
  if (duration === 'years and months duration') {
    const months = (by as YearsMonths).months * sign;
    if (kindOf(point) === 'date') return addMonths(point as FeelDate, months);
    if (kindOf(point) !== 'date and time') return null;
    const { date, time } = point as FeelDateTime;
    const moved = addMonths(date, months);
    return moved && { kind: 'date and time', date: moved, time };
  }
  if (duration !== 'days and time duration') return null;
  const nanos = (by as DaysTime).nanos * BigInt(sign);
  switch (kindOf(point)) {
    case 'time': {
      const time = point as FeelTime;
      return { ...time, nanos: Number((((BigInt(time.nanos) + nanos) % DAY) + DAY) % DAY) };
    }
    case 'date':
      return fromLocal(BigInt(epochDay(point as FeelDate)) * DAY + nanos, { offset: null, zone: null })?.date ?? null;
    case 'date and time': {
      const { date, time } = point as FeelDateTime;
      return fromLocal(BigInt(epochDay(date)) * DAY + BigInt(time.nanos) + nanos, time);
    }
    default:
      return null;
  }
}

export function multiply(a: Value, b: Value): Value {
  if (isNumber(a)) return isNumber(b) ? finite(Decimal.mul(a, b)) : isDuration(b) ? scale(b, a) : null;
  return isDuration(a) && isNumber(b) ? scale(a, b) : null;
}

export function divide(a: Value, b: Value): Value {
  if (isNumber(b)) {
    if (b.isZero()) return null;
    if (isNumber(a)) return finite(Decimal.div(a, b));
    return isDuration(a) ? scale(a, new Decimal(1).div(b)) : null;
  }
  if (!isDuration(a) || !isDuration(b) || a.kind !== b.kind) return null;
  const [x, y] =
    a.kind === 'years and months duration'
      ? [a.months, (b as YearsMonths).months]
      : [String(a.nanos), String((b as DaysTime).nanos)];
  return new Decimal(y).isZero() ? null : Decimal.div(x, y);
}

const isDuration = (value: Value): value is YearsMonths | DaysTime =>
  kindOf(value) === 'years and months duration' || kindOf(value) === 'days and time duration';

function scale(duration: YearsMonths | DaysTime, factor: Decimal): Value {
  // A third is not exact: the last digits are rounded away before the rest is cut off.
  const whole = (value: Decimal): Decimal => value.toSignificantDigits(30).trunc();
  if (duration.kind === 'years and months duration') return yearsMonths(whole(factor.mul(duration.months)).toNumber());
  return daysTime(BigInt(whole(factor.mul(String(duration.nanos))).toFixed()));
}

export function power(a: Value, b: Value): Value {
  return isNumber(a) && isNumber(b) ? finite(Decimal.pow(a, b)) : null;
}

export function negate(value: Value): Value {
  if (isNumber(value)) return value.neg();
  if (!isDuration(value)) return null;
  return value.kind === 'years and months duration' ? yearsMonths(-value.months || 0) : daysTime(-value.nanos);
}
