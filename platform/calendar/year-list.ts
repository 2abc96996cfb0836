import packaged from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

/** A day of an official list (国务院办公厅关于部分节假日安排的通知): a holiday, or a weekend day that is worked instead (调休). */
export type ListedDay = { date: string; kind: 'holiday' | 'make-up'; name: string };

/** The list of one year. It may name days of the last week of the year before, which the New Year holiday borrows. */
export type YearList = {
  year: number;
  days: readonly ListedDay[];
  source: 'package' | 'import';
  /** Document number, e.g. 国办发明电〔2025〕7号; the package names none. */
  document: string | null;
};

/** A day that the district itself has set (区级调整): off, worked, or again as the list says. */
export type DistrictDay = { date: string; kind: 'off' | 'work'; reason: string; document: string };

/**
 * Lists borrow days of December before their year: since 2004 the earliest was 29 December (for 2008 and 2019). From this day on
 * (month and day) a year is settled only when the next year's list is known too.
 */
const BORROWED_FROM = '12-24';

/** Whose list a day of `date` belongs to: a New Year holiday in December is of the year that it begins. */
function listYearOf(date: string, name: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= BORROWED_FROM && name === '元旦' ? year + 1 : year;
}

/**
 * The lists that come with the package. A year that is not announced yet is simply not in it; one that is there is complete,
 * because the notice of the State Council always holds the whole year.
 */
export function packagedLists(
  data: { holidays: Record<string, string>; workdays: Record<string, string> } = packaged,
): YearList[] {
  const years = new Map<number, ListedDay[]>();
  for (const [kind, days] of [
    ['holiday', data.holidays],
    ['make-up', data.workdays],
  ] as const) {
    for (const [date, text] of Object.entries(days)) {
      const name = text.split(',')[1] ?? text;
      const year = listYearOf(date, name);
      const list = years.get(year) ?? [];
      list.push({ date, kind, name });
      years.set(year, list);
    }
  }
  return [...years]
    .filter(([year, days]) => isWholeYear(year, days))
    .map(
      ([year, days]): YearList => ({
        year,
        days: days.sort((a, b) => a.date.localeCompare(b.date)),
        source: 'package',
        document: null,
      }),
    )
    .sort((a, b) => a.year - b.year);
}

/** The National Day holiday is the last of the year: a list that has it is no mere New Year borrowed from the next one. */
function isWholeYear(year: number, days: readonly ListedDay[]): boolean {
  return days.some(({ date, kind }) => kind === 'holiday' && date === `${year}-10-01`);
}

/** First day (`YYYY-MM-DD`) from which the list of `year + 1` may still change the days of `year`. */
export function borrowedFrom(year: number): string {
  return `${year}-${BORROWED_FROM}`;
}
