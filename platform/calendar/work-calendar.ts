import { addDays, daysInMonth } from '#platform/kernel/dates.ts';
import { borrowedFrom, type DistrictDay, packagedLists, type YearList } from './year-list.ts';

/** What a day is: an ordinary weekday or weekend, on an official list, or set by the district. */
export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up' | 'district-off' | 'district-work';
export type DayFacts = { kind: DayKind; working: boolean; name?: string };

/** The working days (工作日) of every year, as known at one moment; years are prepared when first asked for. */
export type WorkCalendar = {
  day(date: string): DayFacts;
  /** True once the list of the year is known. */
  announced(year: number): boolean;
  /** Working days from 1 January of the year to `date`, both inside. */
  countUpTo(date: string): number;
  /** The n-th working day of a year, from 1; undefined past its last. */
  nth(year: number, n: number): string | undefined;
  workingDaysIn(year: number): number;
  /** Announced years, ascending. */
  years: readonly number[];
};

type Year = { counts: Uint16Array; days: string[] };

/** Builds a calendar from official lists and the district's own days. Of two lists of one year the later in `lists` stands. */
export function workCalendar(options: { lists: readonly YearList[]; district?: readonly DistrictDay[] }): WorkCalendar {
  const listed = new Map<string, DayFacts>();
  const byYear = new Map<number, YearList>();
  for (const list of options.lists) byYear.set(list.year, list);
  for (const list of byYear.values()) {
    for (const { date, kind, name } of list.days) listed.set(date, { kind, working: kind === 'make-up', name });
  }
  for (const { date, kind, reason } of options.district ?? []) {
    listed.set(date, {
      kind: kind === 'off' ? 'district-off' : 'district-work',
      working: kind === 'work',
      name: reason,
    });
  }
  const day = (date: string): DayFacts => listed.get(date) ?? plain(weekdayOf(date));
  const prepared = new Map<number, Year>();
  const prepare = (year: number): Year => {
    let found = prepared.get(year);
    if (found) return found;
    const length = daysInMonth(year, 2) === 29 ? 366 : 365;
    found = { counts: new Uint16Array(length + 1), days: [] };
    let date = `${year}-01-01`;
    for (let i = 1; i <= length; i += 1) {
      if (day(date).working) found.days.push(date);
      found.counts[i] = found.days.length;
      date = addDays(date, 1);
    }
    prepared.set(year, found);
    return found;
  };
  return {
    day,
    announced: (year) => byYear.has(year),
    countUpTo: (date) => prepare(yearOf(date)).counts[dayOfYear(date)] ?? 0,
    nth: (year, n) => prepare(year).days[n - 1],
    workingDaysIn: (year) => prepare(year).days.length,
    years: [...byYear.keys()].sort((a, b) => a - b),
  };
}

let fromPackage: WorkCalendar | undefined;

/** The calendar of the package alone, without imported lists and days of the district: for tests and tools. */
export function packageCalendar(): WorkCalendar {
  return (fromPackage ??= workCalendar({ lists: packagedLists() }));
}

/** False while the result of counting from one day to another may still change, because a list is not announced yet. */
export function isSettled(calendar: WorkCalendar, from: string, to: string): boolean {
  const last = yearOf(to);
  for (let year = yearOf(from); year <= last; year += 1) if (!calendar.announced(year)) return false;
  return to < borrowedFrom(last) || calendar.announced(last + 1);
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function plain(weekday: number): DayFacts {
  return weekday === 0 || weekday === 6 ? { kind: 'weekend', working: false } : { kind: 'weekday', working: true };
}

/** 0 = Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function dayOfYear(date: string): number {
  return (
    Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${date.slice(0, 4)}-01-01T00:00:00Z`)) / 86_400_000) + 1
  );
}
