/** Civil dates (日期) as `YYYY-MM-DD` text, and instants shown in Asia/Shanghai. Working days are in `calendar`. */

/** Why a text is no date: nothing there, no known shape, or a day that the calendar does not have. */
export type DateFault = 'empty' | 'shape' | 'impossible';
export type DateResult =
  | { readonly ok: true; readonly date: string }
  | { readonly ok: false; readonly reason: DateFault };

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
/** From here on Asia/Shanghai is plainly UTC+8; before it had summer time (1986–1991) and other rules. */
const PLAIN_SINCE = Date.UTC(1992, 0, 1);

/** Days of a month (1–12) in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** True for `YYYY-MM-DD` that names a day of the Gregorian calendar, years 0001–9999. */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

const SEPARATED = /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]([0-9:.]+)(Z|[+-][0-9]{2}:?[0-9]{2})?)?$/;
const CHINESE = /^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?$/;
const TIME = /^([01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$/;

/**
 * Reads a date as Chinese offices write it: 1985-02-01, 1985/2/1, 1985.2.1, 19850201, 1985年2月1日, each also in full width, and
 * with a time behind it, which is dropped (with a zone, the day is the one in Shanghai). Day-first forms are refused: they are
 * ambiguous. `excel` also accepts a serial number of that date system.
 */
export function parseDate(input: string, options: { readonly excel?: 1900 | 1904 } = {}): DateResult {
  if (isCalendarDate(input)) return { ok: true, date: input };
  const text = input
    .replace(/[\uFF01-\uFF5E]/g, (each) => String.fromCharCode(each.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim();
  if (text === '') return { ok: false, reason: 'empty' };
  if (/^[0-9]{8}$/.test(text)) return build(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  const chinese = CHINESE.exec(text.replace(/\s+/g, ''));
  if (chinese !== null) return build(chinese[1], chinese[2], chinese[3]);
  const parts = SEPARATED.exec(text);
  if (parts !== null) {
    const time = parts[5];
    if (time !== undefined && !TIME.test(time)) return { ok: false, reason: 'shape' };
    const day = build(parts[1], parts[3], parts[4]);
    if (!day.ok || parts[6] === undefined || time === undefined) return day;
    const zone = parts[6] === 'Z' || parts[6].includes(':') ? parts[6] : `${parts[6].slice(0, 3)}:${parts[6].slice(3)}`;
    const instant = Date.parse(
      `${day.date}T${time.padStart(time.indexOf(':') === 1 ? time.length + 1 : 0, '0')}${zone}`,
    );
    return Number.isNaN(instant) ? { ok: false, reason: 'shape' } : { ok: true, date: shanghaiDate(instant) };
  }
  if (options.excel !== undefined && /^[0-9]{1,7}(?:\.[0-9]+)?$/.test(text)) {
    return excelSerialToDate(Number(text), options.excel);
  }
  return { ok: false, reason: 'shape' };
}

/**
 * The day of a spreadsheet serial number; the fraction (time of day) is dropped. In the 1900 system serial 60 is the
 * 29 February 1900 that never was, hence `impossible`.
 */
export function excelSerialToDate(serial: number, system: 1900 | 1904): DateResult {
  const day = Math.floor(serial);
  if (!Number.isFinite(serial) || day < (system === 1900 ? 1 : 0) || day > 2_958_465)
    return { ok: false, reason: 'shape' };
  if (system === 1904) return { ok: true, date: addDays('1904-01-01', day) };
  if (day === 60) return { ok: false, reason: 'impossible' };
  return { ok: true, date: addDays('1899-12-31', day > 60 ? day - 1 : day) };
}

/** The date `days` later (earlier if negative). RangeError if `date` is no date. */
export function addDays(date: string, days: number): string {
  return new Date(utcOf(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one date to another; negative if `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / DAY_MS);
}

/** Full years (周岁) of a person born on `birthDate` at the day `on`; a birthday counts from the day itself. */
export function ageOn(birthDate: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The civil date in Shanghai at an instant. */
export function shanghaiDate(instant: Date | number): string {
  return shanghaiDateTime(instant).slice(0, 10);
}

/** `YYYY-MM-DD HH:mm:ss` in Shanghai at an instant. */
export function shanghaiDateTime(instant: Date | number): string {
  const ms = typeof instant === 'number' ? instant : instant.getTime();
  if (ms >= PLAIN_SINCE) return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ');
  return FORMAT.format(ms);
}

/** The instant at which a civil date begins in Shanghai (00:00 there; where summer time skips it, the first second of the day). */
export function shanghaiMidnight(date: string): Date {
  const plain = utcOf(date) - SHANGHAI_MS;
  if (plain >= PLAIN_SINCE) return new Date(plain);
  // Older rules (local mean time, summer times): the last second before and the first of the day, by bisection.
  let before = plain / 1000 - 7200;
  let found = plain / 1000 + 7200;
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    if (shanghaiDate(middle * 1000) >= date) found = middle;
    else before = middle;
  }
  return new Date(found * 1000);
}

/** `1985年2月1日` for `1985-02-01`. */
export function formatDateZh(date: string): string {
  return `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function build(year = '', month = '', day = ''): DateResult {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? { ok: true, date } : { ok: false, reason: 'impossible' };
}

function utcOf(date: string): number {
  if (!isCalendarDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  return Date.parse(`${date}T00:00:00Z`);
}

/** The number in `length` digits from `start`; -1 if one is no digit. */
function digitsAt(text: string, start: number, length: number): number {
  let value = 0;
  for (let i = start; i < start + length; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
