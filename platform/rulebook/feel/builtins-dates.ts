import { builtin } from './define.ts';
import { equal } from './compare.ts';
import {
  asDateTime,
  dateOf,
  epochDay,
  floorMod,
  midnight,
  monthsBetween,
  NANOS_A_SECOND,
  offsetAt,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  weekday,
  yearsMonths,
} from './temporal.ts';
import {
  Decimal,
  type DaysTime,
  type FeelDate,
  type FeelDateTime,
  type FeelTime,
  kindOf,
  type Value,
} from './values.ts';

type Day = FeelDate | FeelDateTime;
const dayOf = (value: Day): FeelDate => (value.kind === 'date' ? value : value.date);
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Date and time conversions (10.3.4.1) and functions (10.3.4.9). */
export const DATES = [
  builtin('date', {
    '(from: string)': (from: string) => parseDate(from),
    '(from: day)': (from: Day) => dayOf(from),
    '(year: number, month: number, day: number)': (y: Decimal, m: Decimal, d: Decimal) =>
      dateOf(y.toNumber(), m.toNumber(), d.toNumber()),
  }),
  builtin('time', {
    '(from: string)': (from: string) => parseTime(from),
    '(from: time)': (from: FeelTime) => from,
    '(from: dt)': (from: FeelDateTime) => withOffset(from),
    '(from: date)': () => midnight(0),
    '(hour: number, minute: number, second: number, offset?: dtd)': (
      h: Decimal,
      m: Decimal,
      s: Decimal,
      offset?: DaysTime,
    ) => {
      const seconds = offset === undefined ? null : Number(offset.nanos / BigInt(NANOS_A_SECOND));
      if (!h.isInteger() || !m.isInteger() || [h, m, s].some((n) => n.isNeg()) || h.gt(23) || m.gt(59) || s.gte(60))
        return null;
      if (seconds !== null && Math.abs(seconds) > 18 * 3600) return null;
      const nanos = h.mul(3600).add(m.mul(60)).add(s).mul(NANOS_A_SECOND).trunc().toNumber();
      return { kind: 'time', nanos, offset: seconds, zone: null };
    },
  }),
  builtin('date and time', {
    '(from: string)': (from: string) => parseDateTime(from),
    '(date: day, time: time)': (date: Day, time: FeelTime) => ({ kind: 'date and time', date: dayOf(date), time }),
    '(from: dt)': (from: FeelDateTime) => from,
    '(from: date)': (from: FeelDate) => asDateTime(from),
  }),
  builtin('duration', {
    '(from: string)': (from: string) => parseDuration(from),
    '(from: duration)': (from: Value) => from,
  }),
  builtin('years and months duration', {
    '(from: day, to: day)': (from: Day, to: Day) => yearsMonths(monthsBetween(dayOf(from), dayOf(to))),
  }),
  builtin('now', { '()': () => moment() }),
  builtin('today', { '()': () => moment().date }),
  builtin('day of year', { '(date: day)': (date: Day) => new Decimal(dayOfYear(dayOf(date))) }),
  builtin('day of week', { '(date: day)': (date: Day) => DAYS[weekday(dayOf(date)) - 1] ?? null }),
  builtin('month of year', { '(date: day)': (date: Day) => MONTHS[dayOf(date).month - 1] ?? null }),
  builtin('week of year', { '(date: day)': (date: Day) => new Decimal(weekOfYear(dayOf(date))) }),
  builtin('is', { '(value1: any, value2: any)': (a: Value, b: Value) => isSame(a, b) }),
];

function withOffset({ date, time }: FeelDateTime): FeelTime {
  return time.zone === null ? time : { ...time, offset: offsetAt(time, date), zone: time.zone };
}

/** The moment of asking. A decision by law takes its day as an input; these two are here because the language has them. */
function moment(): FeelDateTime {
  return parseDateTime(new Date().toISOString()) as FeelDateTime;
}

const dayOfYear = (date: FeelDate): number => epochDay(date) - epochDay({ ...date, month: 1, day: 1 }) + 1;

/** ISO 8601 week: the one that holds the Thursday. */
function weekOfYear(date: FeelDate): number {
  const thursday = epochDay(date) - floorMod(epochDay(date) + 3, 7) + 3;
  for (const year of [date.year - 1, date.year, date.year + 1]) {
    const first = epochDay({ kind: 'date', year, month: 1, day: 1 });
    const next = epochDay({ kind: 'date', year: year + 1, month: 1, day: 1 });
    if (thursday >= first && thursday < next) return Math.floor((thursday - first) / 7) + 1;
  }
  return 0;
}

/** `is`: the same value of the same kind; times with the same offset or zone. */
function isSame(a: Value, b: Value): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  if (kindOf(a) === 'time') return sameTime(a as FeelTime, b as FeelTime);
  if (kindOf(a) === 'date and time') {
    const [x, y] = [a as FeelDateTime, b as FeelDateTime];
    return epochDay(x.date) === epochDay(y.date) && sameTime(x.time, y.time);
  }
  return equal(a, b) === true;
}
const sameTime = (a: FeelTime, b: FeelTime): boolean =>
  a.nanos === b.nanos && a.offset === b.offset && a.zone === b.zone;
