import { addDays, daysBetween, daysInMonth, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { isSettled, type WorkCalendar, yearOf } from './work-calendar.ts';

/**
 * Counting of periods (期间), 民法典 art. 200–204: hours run from the moment on (art. 201 II); with days, months and years the day
 * of the start does not count (art. 201 I); a month ends on the day of the same number, or on the month's last day where there is
 * none (art. 202); where the last day of a period in days, months or years is a day off, the next working day is the last
 * (art. 203 I); the last day ends at 24:00 (art. 203 II). A period in working days (工作日, e.g. 行政许可法 art. 82) has no last day
 * off. All days are those of Asia/Shanghai. Minutes run as hours do (紧急工作时); working hours (工作时) run while offices are open.
 */
export const UNITS = ['working-day', 'day', 'month', 'year', 'hour', 'minute', 'working-hour'] as const;
export type Unit = (typeof UNITS)[number];

/** A time during which a clock stood still (停表): the days after the one on which it began, to the one on which it ended, do not count. */
export type Pause = { from: Date; to: Date };

export type Due = {
  /** The moment at which the period is over: 24:00 of its last day. */
  dueAt: Date;
  /** 80 % of the time is used (K4). */
  amberAt: Date;
  /** Last day of the period in Shanghai. */
  lastDay: string;
  /** A year that is not announced yet lies in it: weekends are taken for days off, and the end may still move. */
  provisional: boolean;
};

/** Part of the time after which a clock turns amber (K4): four fifths, kept as integers so that no day is lost to rounding. */
export const AMBER = { of: 5, parts: 4 };
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** When offices are open on a working day (工作时), from midnight: 08:30 to 17:30. */
export const OFFICE_HOURS = { openMs: 8.5 * HOUR_MS, closeMs: 17.5 * HOUR_MS };
/** Nothing that a law counts is longer; a larger number is a mistake. */
export const LONGEST: Readonly<Record<Unit, number>> = {
  'working-day': 5_000,
  day: 10_000,
  month: 600,
  year: 100,
  hour: 100_000,
  minute: 1_000_000,
  'working-hour': 10_000,
};

/** True where the day (`YYYY-MM-DD`, or the day in Shanghai of an instant) is worked. */
export function isWorkingDay(day: string | Date, calendar: WorkCalendar): boolean {
  return calendar.day(typeof day === 'string' ? day : shanghaiDate(day)).working;
}

/** Working days after the day of `from` up to the day of `to`, that day inside; negative where `to` is earlier. */
export function workingDaysBetween(options: {
  from: string | Date;
  to: string | Date;
  calendar: WorkCalendar;
}): number {
  const from = dayOf(options.from);
  const to = dayOf(options.to);
  if (to < from) return -workingDaysBetween({ from: to, to: from, calendar: options.calendar });
  let count = options.calendar.countUpTo(to) - options.calendar.countUpTo(from);
  for (let year = yearOf(from); year < yearOf(to); year += 1) count += options.calendar.workingDaysIn(year);
  return count;
}

/** The end of a period of `days` working days that starts on the day of `from`. RangeError for a number that is no whole one from 1 on. */
export function addWorkingDays(options: { from: string | Date; days: number; calendar: WorkCalendar }): Due {
  return dueOf({ from: options.from, amount: options.days, unit: 'working-day', calendar: options.calendar });
}

/** The end of a period, with the times that do not count in the order in which they were. */
export function dueOf(options: {
  from: string | Date;
  amount: number;
  unit: Unit;
  calendar: WorkCalendar;
  pauses?: readonly Pause[];
}): Due {
  const { from, amount, unit, calendar } = options;
  if (!Number.isInteger(amount) || amount < 1 || amount > LONGEST[unit])
    throw new RangeError(`a period of ${amount} ${unit}: from 1 to ${LONGEST[unit]}`);
  const start = typeof from === 'string' ? shanghaiMidnight(from) : from;
  const pauses = checked(start, options.pauses ?? []);
  if (unit === 'hour') return running({ start, whole: amount * HOUR_MS, pauses });
  if (unit === 'minute') return running({ start, whole: amount * MINUTE_MS, pauses });
  if (unit === 'working-hour') return workingHours({ start, whole: amount * HOUR_MS, pauses, calendar });
  const startDay = dayOf(from);
  const counted = unit === 'working-day' ? workingOnly(calendar) : everyDay;
  const length =
    unit === 'month' || unit === 'year'
      ? daysBetween(startDay, monthsLater(startDay, unit === 'year' ? amount * 12 : amount))
      : amount;
  const lastOf = (those: readonly Pause[]): string => {
    const reached = advance({ startDay, days: length, pauses: those, counted });
    return unit === 'working-day' ? reached : firstWorkingDayFrom(reached, calendar);
  };
  const dueAt = withPauses(pauses, (those) => endOf(lastOf(those)));
  const lastDay = lastDayBefore(dueAt);
  return {
    dueAt,
    amberAt: withPauses(pauses, (those) =>
      amberOf({ startDay, used: (length * AMBER.parts) / AMBER.of, pauses: those, counted }),
    ),
    lastDay,
    provisional: !isSettled(calendar, startDay, lastDay),
  };
}

/** How much is left of a period at a moment: whole working days after today for periods in days and longer, negative once over. */
export function workingDaysLeft(options: { now: Date; dueAt: Date; calendar: WorkCalendar }): number {
  return workingDaysBetween({ from: options.now, to: lastDayBefore(options.dueAt), calendar: options.calendar });
}

type Counted = {
  /** Counted days in (from, to]. */
  between(from: string, to: string): number;
  /** The n-th counted day after `from`; the first counted day from `from` on where n = 0. */
  after(from: string, n: number): string;
};

const everyDay: Counted = { between: daysBetween, after: addDays };

function workingOnly(calendar: WorkCalendar): Counted {
  return {
    between: (from, to) => workingDaysBetween({ from, to, calendar }),
    after: (from, n) => (n === 0 ? firstWorkingDayFrom(from, calendar) : nthWorkingDay(from, n, calendar)),
  };
}

function nthWorkingDay(from: string, n: number, calendar: WorkCalendar): string {
  let left = n + calendar.countUpTo(from);
  for (let year = yearOf(from); ; year += 1) {
    const found = calendar.nth(year, left);
    if (found !== undefined) return found;
    left -= calendar.workingDaysIn(year);
  }
}

function firstWorkingDayFrom(date: string, calendar: WorkCalendar): string {
  let day = date;
  while (!calendar.day(day).working) day = addDays(day, 1);
  return day;
}

/** An end that moves with each pause which begins before it. A pause after the end does not count. */
function withPauses(pauses: readonly Pause[], endWith: (those: readonly Pause[]) => Date): Date {
  let end = endWith([]);
  for (const [i, { from }] of pauses.entries()) {
    if (from >= end) break;
    end = endWith(pauses.slice(0, i + 1));
  }
  return end;
}

/**
 * The day on which `days` counted days are used up. The day of a stop is used, the day of the resumption is not, as that of a
 * start; where all were used on the day of the stop, the rest of that day is given back on the day of the resumption.
 */
function advance(options: {
  startDay: string;
  days: number;
  pauses: readonly Pause[];
  counted: Counted;
  /** Nothing is given back: a stop on the very day on which the days are used up comes too late to matter. */
  stopsLater?: boolean;
}): string {
  const { startDay, pauses, counted } = options;
  let day = startDay;
  let left = options.days;
  for (const pause of pauses) {
    const used = counted.between(day, shanghaiDate(pause.from));
    if (options.stopsLater && used >= left) break;
    left = Math.max(0, left - used);
    day = shanghaiDate(pause.to);
  }
  return counted.after(day, left);
}

/**
 * The moment at which `used` counted days are over; a part of a day is that part of its 24 hours. It lies before the end also where
 * a clock stops on that very day: what is given back then belongs to the end.
 */
function amberOf(options: { startDay: string; used: number; pauses: readonly Pause[]; counted: Counted }): Date {
  const { used, ...given } = options;
  const rest = { ...given, stopsLater: true };
  const part = used - Math.floor(used);
  if (part === 0) return endOf(advance({ ...rest, days: used }));
  const day = advance({ ...rest, days: Math.ceil(used) });
  return new Date(shanghaiMidnight(day).getTime() + Math.round(part * DAY_MS));
}

/** Runs from the moment on, through nights and holidays. */
function running(options: { start: Date; whole: number; pauses: readonly Pause[] }): Due {
  const { whole } = options;
  const after = (ms: number): Date =>
    withPauses(options.pauses, (those) => {
      const stood = those.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
      return new Date(options.start.getTime() + ms + stood);
    });
  const dueAt = after(whole);
  return {
    dueAt,
    amberAt: after((whole * AMBER.parts) / AMBER.of),
    lastDay: lastDayBefore(dueAt),
    provisional: false,
  };
}

/** Runs while offices are open (工作时): what is asked in the evening begins the next working morning. */
function workingHours(options: { start: Date; whole: number; pauses: readonly Pause[]; calendar: WorkCalendar }): Due {
  const { start, whole, pauses, calendar } = options;
  const after = (ms: number): Date => {
    let at = start;
    let left = ms;
    for (const { from, to } of pauses) {
      const used = officeTime({ from: at, to: from, calendar });
      if (used >= left) break;
      left -= used;
      at = to;
    }
    return afterOfficeTime({ from: at, ms: left, calendar });
  };
  const dueAt = after(whole);
  const lastDay = lastDayBefore(dueAt);
  return {
    dueAt,
    amberAt: after((whole * AMBER.parts) / AMBER.of),
    lastDay,
    provisional: !isSettled(calendar, dayOf(start), lastDay),
  };
}

/** How long offices were open between two moments, in ms. */
export function officeTime(options: { from: Date; to: Date; calendar: WorkCalendar }): number {
  const { from, to, calendar } = options;
  let sum = 0;
  for (let day = shanghaiDate(from); day <= shanghaiDate(to); day = addDays(day, 1)) {
    if (!calendar.day(day).working) continue;
    const midnight = shanghaiMidnight(day).getTime();
    const opened = Math.max(from.getTime(), midnight + OFFICE_HOURS.openMs);
    const closed = Math.min(to.getTime(), midnight + OFFICE_HOURS.closeMs);
    sum += Math.max(0, closed - opened);
  }
  return sum;
}

function afterOfficeTime(options: { from: Date; ms: number; calendar: WorkCalendar }): Date {
  const { from, calendar } = options;
  let left = options.ms;
  for (let day = shanghaiDate(from); ; day = addDays(day, 1)) {
    if (!calendar.day(day).working) continue;
    const midnight = shanghaiMidnight(day).getTime();
    const opened = Math.max(from.getTime(), midnight + OFFICE_HOURS.openMs);
    const open = midnight + OFFICE_HOURS.closeMs - opened;
    if (open > 0 && open >= left) return new Date(opened + left);
    left -= Math.max(0, open);
  }
}

/** Pauses follow each other and lie after the start; anything else is a fault of the caller. */
function checked(start: Date, pauses: readonly Pause[]): readonly Pause[] {
  let before = start;
  for (const { from, to } of pauses) {
    if (from < before || to < from) throw new RangeError('pauses overlap, are out of order or begin before the start');
    before = to;
  }
  return pauses;
}

function monthsLater(day: string, months: number): string {
  const month = Number(day.slice(5, 7)) - 1 + months;
  const year = yearOf(day) + Math.floor(month / 12);
  const of = (month % 12) + 1;
  const date = Math.min(Number(day.slice(8, 10)), daysInMonth(year, of));
  return `${String(year).padStart(4, '0')}-${String(of).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function dayOf(from: string | Date): string {
  return typeof from === 'string' ? from : shanghaiDate(from);
}

/** The day that ends at a moment, or in which it lies. */
function lastDayBefore(moment: Date): string {
  return shanghaiDate(moment.getTime() - 1);
}

function endOf(day: string): Date {
  return shanghaiMidnight(addDays(day, 1));
}
