import chineseDays from 'chinese-days';
import type { Pause, Unit } from './working-days.ts';

/*
 * A second reading of the law for tests only: one day after the other, dates by the time zone data of the machine, working days
 * by the package's own function. It shares nothing with what it checks.
 */
const FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

function next(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** Whether a day is worked, by the package. */
export function oracleWorks(day: string): boolean {
  return chineseDays.isWorkday(day);
}

/** Last day of a period: walks until enough days were counted; days after that of a stop, to that of its end, are left out. */
export function oracleDue(options: { from: Date; amount: number; unit: Unit; pauses: readonly Pause[] }): string {
  const { from, amount, unit, pauses } = options;
  const dayOf = (moment: Date) => FORMAT.format(moment);
  const start = dayOf(from);
  let goal = amount;
  if (unit === 'month' || unit === 'year') goal = naturalDays(start, unit === 'year' ? amount * 12 : amount);
  let applied: readonly Pause[] = [];
  for (;;) {
    let day = start;
    let used = 0;
    // A stop that took the last of the time in hand leaves the rest of its day for the day of the resumption.
    let grace = '';
    while (used < goal || day <= grace || !(oracleWorks(day) && used >= goal)) {
      day = next(day);
      const standing = applied.some((pause) => dayOf(pause.from) < day && day <= dayOf(pause.to));
      if (!standing && (unit !== 'working-day' || oracleWorks(day))) used += 1;
      for (const pause of applied)
        if (dayOf(pause.to) >= day && dayOf(pause.from) <= day && dayOf(pause.from) < dayOf(pause.to) && used >= goal)
          grace = beforeDay(dayOf(pause.to));
    }
    const end = new Date(`${day}T16:00:00Z`);
    const inTime = pauses.filter((pause, i) => i < applied.length || (i === applied.length && pause.from < end));
    if (inTime.length === applied.length) return day;
    applied = inTime;
  }
}

function beforeDay(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

function naturalDays(start: string, months: number): number {
  const [year = 0, month = 0, date = 0] = start.split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + months, date));
  // Overflow means that the month has no such day: its last is taken.
  if (target.getUTCDate() !== date) target.setUTCDate(0);
  return Math.round((target.getTime() - Date.UTC(year, month - 1, date)) / 86_400_000);
}
