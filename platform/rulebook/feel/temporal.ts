import {
  type DaysTime,
  type FeelDate,
  type FeelDateTime,
  type FeelTime,
  type Value,
  type YearsMonths,
  kindOf,
} from './values.ts';

export const NANOS_A_SECOND = 1_000_000_000;
export const NANOS_A_DAY = 86_400 * NANOS_A_SECOND;
const YEAR_LIMIT = 999_999_999;

export const floorDiv = (a: number, b: number): number => Math.floor(a / b);
export const floorMod = (a: number, b: number): number => a - Math.floor(a / b) * b;

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export function epochDay({ year, month, day }: FeelDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = floorDiv(y, 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

export function dateOfEpochDay(days: number): FeelDate | null {
  const z = days + 719_468;
  const era = floorDiv(z, 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return dateOf(yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const lengthOfMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

export function dateOf(year: number, month: number, day: number): FeelDate | null {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > YEAR_LIMIT) return null;
  if (month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) return null;
  return { kind: 'date', year, month, day };
}

const DATE = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2}(?::\d{2})?)?(?:@(.+))?$/;

export function parseDate(text: string): FeelDate | null {
  const found = DATE.exec(text);
  return found && dateOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

export function parseTime(text: string): FeelTime | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, h, m, s, fraction = '', offset, zone] = found;
  if (Number(h) > 23 || Number(m) > 59 || Number(s) > 59 || (offset !== undefined && zone !== undefined)) return null;
  const nanos =
    (Number(h) * 3600 + Number(m) * 60 + Number(s)) * NANOS_A_SECOND + Number(fraction.slice(0, 9).padEnd(9, '0'));
  if (zone !== undefined) return isZone(zone) ? { kind: 'time', nanos, offset: null, zone } : null;
  const seconds = offset === undefined ? null : offsetOf(offset);
  return Number.isNaN(seconds) ? null : { kind: 'time', nanos, offset: seconds, zone: null };
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const [h = 0, m = 0, s = 0] = text.slice(1).split(':').map(Number);
  const seconds = h * 3600 + m * 60 + s;
  return m > 59 || s > 59 || seconds > 18 * 3600 ? Number.NaN : text.startsWith('-') ? -seconds : seconds;
}

export function parseDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T');
  const date = parseDate(at < 0 ? text : text.slice(0, at));
  const time = at < 0 ? midnight() : parseTime(text.slice(at + 1));
  return date && time && { kind: 'date and time', date, time };
}

export const midnight = (offset: number | null = null): FeelTime => ({ kind: 'time', nanos: 0, offset, zone: null });

const MONTHS = /^(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/;
const DAYS = /^(-)?P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/;

export function parseDuration(text: string): YearsMonths | DaysTime | null {
  const months = MONTHS.exec(text);
  if (months) {
    const count = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return Number.isSafeInteger(count) ? yearsMonths(months[1] ? -count : count) : null;
  }
  const days = DAYS.exec(text);
  if (!days) return null;
  const [, sign, d = 0, h = 0, m = 0, s = 0, fraction = ''] = days;
  const seconds = BigInt(d) * 86_400n + BigInt(h) * 3600n + BigInt(m) * 60n + BigInt(s);
  const nanos = seconds * BigInt(NANOS_A_SECOND) + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return daysTime(sign ? -nanos : nanos);
}

export const yearsMonths = (months: number): YearsMonths => ({ kind: 'years and months duration', months });
export const daysTime = (nanos: bigint): DaysTime => ({ kind: 'days and time duration', nanos });

const zones = new Map<string, Intl.DateTimeFormat | null>();
function zoneFormat(zone: string): Intl.DateTimeFormat | null {
  let format = zones.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
    } catch {
      format = null;
    }
    if (format) zones.set(zone, format);
  }
  return format;
}
const isZone = (zone: string): boolean => /^[A-Z]/.test(zone) && zoneFormat(zone) !== null;

/** Offset of a named zone at a local date and time, in seconds; twice, since the first guess may lie on the other side of a change. */
function offsetIn(zone: string, localSeconds: number): number {
  const at = (utc: number): number => {
    const name = zoneFormat(zone)
      ?.formatToParts(new Date(utc * 1000))
      .find(({ type }) => type === 'timeZoneName')?.value;
    const found = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(name ?? '');
    if (!found?.[1]) return 0;
    const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
    return found[1] === '-' ? -seconds : seconds;
  };
  return at(localSeconds - at(localSeconds));
}

/** Seconds east of UTC at that date, or null for a local time. */
export function offsetAt(time: FeelTime, date?: FeelDate): number | null {
  if (time.zone === null) return time.offset;
  const day = date ? epochDay(date) : Math.floor(Date.now() / 86_400_000);
  const seconds = day * 86_400 + Math.floor(time.nanos / NANOS_A_SECOND);
  return Math.abs(seconds) < 8_000_000_000_000 ? offsetIn(time.zone, seconds) : 0;
}

/** A point on the time line in nanoseconds; local values as if they were UTC. */
export function instantOf({ date, time }: FeelDateTime): bigint {
  const offset = offsetAt(time, date) ?? 0;
  return BigInt(epochDay(date)) * BigInt(NANOS_A_DAY) + BigInt(time.nanos) - BigInt(offset) * BigInt(NANOS_A_SECOND);
}

export const timeOfDay = (time: FeelTime): number => time.nanos - (offsetAt(time) ?? 0) * NANOS_A_SECOND;

/** Local date and time from nanoseconds on the local line. */
export function fromLocal(nanos: bigint, time: Pick<FeelTime, 'offset' | 'zone'>): FeelDateTime | null {
  const day = BigInt(NANOS_A_DAY);
  const rest = ((nanos % day) + day) % day;
  const date = dateOfEpochDay(Number((nanos - rest) / day));
  return (
    date && {
      kind: 'date and time',
      date,
      time: { kind: 'time', nanos: Number(rest), offset: time.offset, zone: time.zone },
    }
  );
}

export function addMonths(date: FeelDate, months: number): FeelDate | null {
  const total = date.year * 12 + (date.month - 1) + months;
  const year = floorDiv(total, 12);
  const month = floorMod(total, 12) + 1;
  return dateOf(year, month, Math.min(date.day, lengthOfMonth(year, month)));
}

export const asDateTime = (value: FeelDate | FeelDateTime): FeelDateTime =>
  value.kind === 'date' ? { kind: 'date and time', date: value, time: midnight(0) } : value;

/** Whole months from one day to another, as a calendar counts them (10.3.4.1 years and months duration). */
export function monthsBetween(from: FeelDate, to: FeelDate): number {
  if (epochDay(to) < epochDay(from)) return -monthsBetween(to, from) || 0;
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return to.day < from.day ? months - 1 : months;
}

export function weekday(date: FeelDate): number {
  return floorMod(epochDay(date) + 3, 7) + 1;
}

/** A property of a temporal value or a range (table 65), undefined where it has none of that name. */
export function propertyOf(value: Value, name: string): number | string | Value | undefined {
  switch (kindOf(value)) {
    case 'date':
      return dateProperty(value as FeelDate, name);
    case 'date and time': {
      const { date, time } = value as FeelDateTime;
      return dateProperty(date, name) ?? timeProperty(time, name, date);
    }
    case 'time':
      return timeProperty(value as FeelTime, name);
    case 'years and months duration': {
      const { months } = value as YearsMonths;
      if (name === 'years') return Math.trunc(months / 12);
      return name === 'months' ? months % 12 : undefined;
    }
    case 'days and time duration': {
      const seconds = (value as DaysTime).nanos / BigInt(NANOS_A_SECOND);
      if (name === 'days') return Number(seconds / 86_400n);
      if (name === 'hours') return Number((seconds / 3600n) % 24n);
      if (name === 'minutes') return Number((seconds / 60n) % 60n);
      return name === 'seconds' ? Number((value as DaysTime).nanos % 60_000_000_000n) / NANOS_A_SECOND : undefined;
    }
    default:
      return undefined;
  }
}

function dateProperty(date: FeelDate, name: string): number | undefined {
  if (name === 'year' || name === 'month' || name === 'day') return date[name];
  return name === 'weekday' ? weekday(date) : undefined;
}

function timeProperty(time: FeelTime, name: string, date?: FeelDate): number | string | Value | undefined {
  if (name === 'hour') return Math.floor(time.nanos / (3600 * NANOS_A_SECOND));
  if (name === 'minute') return Math.floor(time.nanos / (60 * NANOS_A_SECOND)) % 60;
  if (name === 'second') return (time.nanos % (60 * NANOS_A_SECOND)) / NANOS_A_SECOND;
  if (name === 'timezone') return time.zone;
  if (name !== 'time offset') return undefined;
  const offset = offsetAt(time, date);
  return offset === null ? null : daysTime(BigInt(offset) * BigInt(NANOS_A_SECOND));
}
