import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { packageCalendar, workCalendar } from './work-calendar.ts';
import {
  addWorkingDays,
  dueOf,
  isWorkingDay,
  officeTime,
  type Pause,
  type Unit,
  workingDaysBetween,
  workingDaysLeft,
} from './working-days.ts';
import { oracleDue, oracleWorks } from './slow-oracle.ts';
import { packagedLists } from './year-list.ts';

const calendar = packageCalendar();
const at = (text: string) => new Date(`${text}+08:00`);
const shown = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);

const days = fc.integer({ min: 0, max: 12 * 365 + 2 }).map((n) => addDays('2015-01-01', n));
const moments = fc
  .tuple(days, fc.integer({ min: 0, max: 86_399 }))
  .map(([day, second]) => new Date(shanghaiMidnight(day).getTime() + second * 1000));

describe('working days, against an oracle that goes day by day', () => {
  it('agree for every day from 2015 to 2026', () => {
    for (let day = '2015-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
      expect(isWorkingDay(day, calendar), day).toBe(oracleWorks(day));
  });

  it('are as many between two days as the oracle counts', () => {
    fc.assert(
      fc.property(days, days, (from, to) => {
        let count = 0;
        const [low, high] = from < to ? [from, to] : [to, from];
        for (let day = addDays(low, 1); day <= high; day = addDays(day, 1)) if (oracleWorks(day)) count += 1;
        expect(Math.abs(workingDaysBetween({ from, to, calendar }))).toBe(count);
      }),
      { numRuns: 300 },
    );
  });

  it('end a period, also with stops, where the oracle ends it', { timeout: 120_000 }, () => {
    const units = fc.constantFrom<Unit>('working-day', 'day', 'month', 'year');
    const gaps = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 20 * 86_400 }), fc.integer({ min: 0, max: 20 * 86_400 })),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(moments, units, fc.integer({ min: 1, max: 90 }), gaps, (from, unit, n, spans) => {
        const amount = unit === 'year' ? (n % 3) + 1 : unit === 'month' ? (n % 24) + 1 : n;
        const pauses: Pause[] = [];
        let moment = from.getTime();
        for (const [run, stand] of spans) {
          const begin = moment + run * 1000;
          moment = begin + stand * 1000;
          pauses.push({ from: new Date(begin), to: new Date(moment) });
        }
        const due = dueOf({ from, amount, unit, calendar, pauses });
        expect(due.lastDay).toBe(oracleDue({ from, amount, unit, pauses }));
        expect(due.amberAt.getTime()).toBeGreaterThan(from.getTime());
        expect(due.amberAt.getTime()).toBeLessThan(due.dueAt.getTime());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a period', () => {
  const last = (from: string, amount: number, unit: Unit) => dueOf({ from: at(from), amount, unit, calendar }).lastDay;

  it('does not count the day of its start and ends at 24:00 of its last day', () => {
    const due = addWorkingDays({ from: at('2026-11-26T00:00:00'), days: 3, calendar });
    expect(shown(due.dueAt)).toBe('2026-12-02T00:00:00');
    expect(due.lastDay).toBe('2026-12-01');
    expect(last('2026-11-26T23:59:59', 3, 'working-day')).toBe('2026-12-01');
    expect(last('2026-11-27T00:00:00', 3, 'working-day')).toBe('2026-12-02');
  });

  it('works on make-up Saturdays and not on the holidays of the week', () => {
    // 国庆 2026: 1–7 October off, Sunday 20 September and Saturday 10 October worked.
    expect(isWorkingDay('2026-09-20', calendar)).toBe(true);
    expect(last('2026-09-30T10:00:00', 3, 'working-day')).toBe('2026-10-10');
    expect(calendar.day('2026-10-10')).toEqual({ kind: 'make-up', working: true, name: '国庆节' });
  });

  it('in days or months goes on to the next working day where its last is a day off (民法典 203)', () => {
    expect(last('2026-09-21T10:00:00', 10, 'day')).toBe('2026-10-08');
    expect(last('2026-09-05T10:00:00', 1, 'month')).toBe('2026-10-08');
    expect(last('2026-11-26T10:00:00', 2, 'day')).toBe('2026-11-30');
  });

  it('in months ends on the last day of a month without that number, also in a leap year (民法典 202)', () => {
    expect(last('2024-01-31T10:00:00', 1, 'month')).toBe('2024-02-29');
    // 28 February 2026 is a Saturday that is worked.
    expect(last('2026-01-31T10:00:00', 1, 'month')).toBe('2026-02-28');
    expect(last('2024-02-29T10:00:00', 1, 'year')).toBe('2025-02-28');
    expect(last('2025-12-30T10:00:00', 2, 'month')).toBe('2026-02-28');
  });

  it('in hours runs through nights and holidays', () => {
    const due = dueOf({ from: at('2026-09-30T22:30:00'), amount: 4, unit: 'hour', calendar });
    expect(shown(due.dueAt)).toBe('2026-10-01T02:30:00');
    expect(shown(due.amberAt)).toBe('2026-10-01T01:42:00');
  });

  it('turns amber before it ends, also where it stops on the day on which four fifths are used', () => {
    const due = dueOf({
      from: at('2016-10-01T00:00:00'),
      amount: 5,
      unit: 'working-day',
      calendar,
      pauses: [{ from: at('2016-10-11T00:00:00'), to: at('2016-10-15T00:00:00') }],
    });
    expect(shown(due.amberAt)).toBe('2016-10-12T00:00:00');
    expect(shown(due.dueAt)).toBe('2016-10-18T00:00:00');
  });

  it('turns amber when four fifths are used', () => {
    expect(shown(addWorkingDays({ from: at('2026-11-02T09:00:00'), days: 10, calendar }).amberAt)).toBe(
      '2026-11-13T00:00:00',
    );
    // 2.4 days of three: 40 % into the third.
    expect(shown(addWorkingDays({ from: at('2026-11-02T09:00:00'), days: 3, calendar }).amberAt)).toBe(
      '2026-11-05T09:36:00',
    );
  });

  it('is refused with no, half or too many days', () => {
    for (const days of [0, -1, 1.5, Number.NaN, 5_001])
      expect(() => addWorkingDays({ from: '2026-11-26', days, calendar })).toThrow(RangeError);
  });

  it('knows no summer time: a day in Shanghai is the same in every season, whatever the zone of the machine', () => {
    for (const day of ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01']) {
      const midnight = shanghaiMidnight(day);
      expect(shanghaiMidnight(addDays(day, 1)).getTime() - midnight.getTime()).toBe(86_400_000);
      expect(shanghaiDate(midnight)).toBe(day);
    }
  });

  it('says how many working days are left, none on the last and fewer than none after it', () => {
    const { dueAt } = addWorkingDays({ from: at('2026-11-26T10:00:00'), days: 3, calendar });
    const left = (now: string) => workingDaysLeft({ now: at(now), dueAt, calendar });
    expect([left('2026-11-27T08:00:00'), left('2026-12-01T23:00:00'), left('2026-12-02T00:00:00')]).toEqual([2, 0, -1]);
  });
});

describe('a stop', () => {
  const stopped = (from: string, to: string, days = 5) =>
    dueOf({
      from: at('2026-11-02T09:00:00'),
      amount: days,
      unit: 'working-day',
      calendar,
      pauses: [{ from: at(from), to: at(to) }],
    }).lastDay;

  it('of less than a day changes nothing', () => {
    expect(stopped('2026-11-04T09:00:00', '2026-11-04T17:00:00')).toBe('2026-11-09');
  });

  it('gives back the days on which the clock stood still', () => {
    expect(stopped('2026-11-04T09:00:00', '2026-11-11T17:00:00')).toBe('2026-11-16');
  });

  it('on the last day leaves the rest of that day, on the day when it goes on or the next working day', () => {
    expect(stopped('2026-11-09T09:00:00', '2026-11-18T09:00:00')).toBe('2026-11-18');
    expect(stopped('2026-11-09T09:00:00', '2026-11-21T09:00:00')).toBe('2026-11-23');
  });

  it('after the end does not count', () => {
    expect(stopped('2026-11-10T00:00:00', '2026-11-30T09:00:00')).toBe('2026-11-09');
  });

  it('that overlaps another is refused', () => {
    const pauses = [
      { from: at('2026-11-03T00:00:00'), to: at('2026-11-05T00:00:00') },
      { from: at('2026-11-04T00:00:00'), to: at('2026-11-06T00:00:00') },
    ];
    expect(() => dueOf({ from: at('2026-11-02T09:00:00'), amount: 5, unit: 'working-day', calendar, pauses })).toThrow(
      RangeError,
    );
  });
});

describe('working hours', () => {
  it('run while offices are open, over a make-up Saturday and the National Day', () => {
    const due = (from: string, amount: number, pauses: readonly Pause[] = []) =>
      shown(dueOf({ from: at(from), amount, unit: 'working-hour', calendar, pauses }).dueAt);
    expect(due('2026-11-26T10:00:00', 4)).toBe('2026-11-26T14:00:00');
    // Friday afternoon to Monday morning, and a Saturday that is worked.
    expect(due('2026-11-27T16:00:00', 4)).toBe('2026-11-30T11:00:00');
    expect(isWorkingDay('2026-10-10', calendar)).toBe(true);
    expect(due('2026-10-09T16:30:00', 2)).toBe('2026-10-10T09:30:00');
    expect(due('2026-09-30T17:00:00', 2)).toBe('2026-10-08T10:00:00');
    expect(due('2026-11-26T20:00:00', 1)).toBe('2026-11-27T09:30:00');
    // It stood still from ten to two: four hours later.
    const pause = { from: at('2026-11-26T10:00:00'), to: at('2026-11-26T14:00:00') };
    expect(due('2026-11-26T09:00:00', 3, [pause])).toBe('2026-11-26T16:00:00');
  });

  it('are as long as they were meant to be, whenever they begin', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 60 }), (from, amount) => {
        const { dueAt, amberAt } = dueOf({ from, amount, unit: 'working-hour', calendar });
        expect(officeTime({ from, to: dueAt, calendar })).toBe(amount * 3_600_000);
        expect(amberAt < dueAt && amberAt > from).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('and minutes run on through nights', () => {
    const due = dueOf({ from: at('2026-11-28T23:50:00'), amount: 15, unit: 'minute', calendar });
    expect(shown(due.dueAt)).toBe('2026-11-29T00:05:00');
  });
});

describe('a year that is not announced', () => {
  it('makes a period provisional that reaches into it, or into the days that its list may still borrow', () => {
    const { years } = calendar;
    const after = (years.at(-1) ?? 0) + 1;
    expect(calendar.announced(after)).toBe(false);
    const due = (from: string) => addWorkingDays({ from: `${after - 1}-${from}`, days: 5, calendar });
    expect(due('12-01').provisional).toBe(false);
    expect(due('12-21').provisional).toBe(true);
    expect(due('12-30').provisional).toBe(true);
    expect(addWorkingDays({ from: `${after}-05-06`, days: 5, calendar }).provisional).toBe(true);
  });

  it('is no longer provisional once the list is there, and ends where the list says', () => {
    const year = 2026;
    const before = workCalendar({ lists: packagedLists().filter((list) => list.year < year) });
    const guess = addWorkingDays({ from: '2025-12-30', days: 3, calendar: before });
    expect(guess).toMatchObject({ lastDay: '2026-01-02', provisional: true });
    expect(addWorkingDays({ from: '2025-12-30', days: 3, calendar })).toMatchObject({
      lastDay: '2026-01-05',
      provisional: false,
    });
  });

  it('is not taken for announced because the next New Year borrows days of December', () => {
    const lists = packagedLists({ holidays: { '2030-12-31': "New Year's Day,元旦,1" }, workdays: {} });
    expect(lists).toEqual([]);
  });
});
