import { daysBetween, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import { AMBER, officeTime, type Unit, workingDaysBetween, workingDaysLeft } from '#platform/calendar/working-days.ts';

/** How long a step may take (时限): of its clock, or as its events say. */
export type Limit = {
  startedAt: Date;
  dueAt: Date;
  amberAt: Date;
  unit: Unit;
  amount: number;
  /** Reaches into a year that is not announced: it warns, but counts for no score. */
  provisional: boolean;
  pauses: readonly { from: Date; to: Date | null }[];
};

/** What the decision `service.supervision-level` asks for; the names are those of the model. */
export type LevelInput = {
  'used share': number;
  'working days left': number;
  'working days over': number;
  'yellow before': boolean;
  'unlawful act': boolean;
};

const DAY_MS = 86_400_000;
const AMBER_SHARE = AMBER.parts / AMBER.of;
/** Less than any limit could tell apart: what is over is over by more than nothing. */
const LEAST = 1e-9;

/** Working time between two moments, in working days of 24 hours. */
export function workingTime(from: Date, to: Date, calendar: WorkCalendar): number {
  if (to <= from) return 0;
  const part = (at: Date): number => {
    const day = shanghaiDate(at);
    return calendar.day(day).working ? (at.getTime() - shanghaiMidnight(day).getTime()) / DAY_MS : 0;
  };
  const whole = (at: Date): number => (calendar.day(shanghaiDate(at)).working ? 1 : 0);
  return workingDaysBetween({ from, to, calendar }) - whole(to) + part(to) + whole(from) - part(from);
}

/** Time spent between two moments in the unit of the limit, without the pauses in it. */
export function timeSpent(options: { limit: Limit; from: Date; to: Date; calendar: WorkCalendar }): number {
  const { limit, from, to, calendar } = options;
  const spent = (a: Date, b: Date): number => {
    if (limit.unit === 'working-day') return workingTime(a, b, calendar);
    if (limit.unit === 'working-hour') return officeTime({ from: a, to: b, calendar }) / DAY_MS;
    return Math.max(0, b.getTime() - a.getTime()) / DAY_MS;
  };
  const stood = limit.pauses.reduce((sum, pause) => {
    const begun = pause.from > from ? pause.from : from;
    const ended = pause.to === null || pause.to > to ? to : pause.to;
    return sum + (ended > begun ? spent(begun, ended) : 0);
  }, 0);
  return Math.max(0, spent(from, to) - stood);
}

/** Units that run from the very moment, and not from the next day (时、分、工作时). */
const AT_ONCE: Partial<Record<Unit, number>> = { hour: 3_600_000, 'working-hour': 3_600_000, minute: 60_000 };

/** How much a limit allows, in the unit in which `timeSpent` counts. */
export function lengthOf(limit: Limit): number {
  if (limit.unit === 'working-day') return limit.amount;
  const moment = AT_ONCE[limit.unit];
  if (moment !== undefined) return (limit.amount * moment) / DAY_MS;
  return Math.max(1, daysBetween(shanghaiDate(limit.startedAt), shanghaiDate(limit.dueAt.getTime() - 1)));
}

/**
 * The facts of a moment, on which the level is decided. The clock's own moments stand: four fifths are used from `amberAt` on, all is
 * used at `dueAt`, which no rounding moves. In between the share is that of the time counted.
 */
export function inputAt(options: {
  limit: Limit;
  at: Date;
  calendar: WorkCalendar;
  yellowBefore: boolean;
  unlawful: boolean;
}): LevelInput {
  const { limit, calendar, yellowBefore, unlawful } = options;
  // While a clock stands still nothing is used: the facts are those of the moment at which it stopped.
  const pause = limit.pauses.find(({ from, to }) => from <= options.at && (to === null || options.at < to));
  const at = pause ? pause.from : options.at;
  const length = lengthOf(limit);
  const over = at < limit.dueAt ? 0 : workingTime(limit.dueAt, at, calendar);
  const from =
    limit.unit in AT_ONCE
      ? limit.startedAt
      : new Date(shanghaiMidnight(shanghaiDate(limit.startedAt)).getTime() + DAY_MS);
  const used = at < limit.dueAt ? timeSpent({ limit, from, to: at, calendar }) / length : 0;
  const share = (): number => {
    if (at >= limit.dueAt) {
      const late = timeSpent({ limit: { ...limit, pauses: [] }, from: limit.dueAt, to: at, calendar }) / length;
      return 1 + Math.max(LEAST, late);
    }
    return at >= limit.amberAt ? Math.min(1, Math.max(AMBER_SHARE, used)) : Math.min(AMBER_SHARE - LEAST, used);
  };
  return {
    'used share': share(),
    'working days left':
      at >= limit.dueAt ? 0 : Math.max(0, workingDaysLeft({ now: at, dueAt: limit.dueAt, calendar })),
    'working days over': over,
    'yellow before': yellowBefore,
    'unlawful act': unlawful,
  };
}
