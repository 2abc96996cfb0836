import chineseDays from 'chinese-days';

const DAY_MS = 86_400_000;
/** Days before, of and after the festival in which people buy, travel and work otherwise; each has its own regressor. */
const WINDOWS = [
  { name: 'before', from: -20, to: -1 },
  { name: 'during', from: 0, to: 6 },
  { name: 'after', from: 7, to: 26 },
] as const;

/** First day of the first lunar month (春节) of a year, in UTC milliseconds of the civil date. */
export function springFestival(year: number): number {
  const found = chineseDays.getSolarDateFromLunar(`${year}-01-01`);
  return Date.parse(`${found.date}T00:00:00Z`);
}

/** Share of each window that falls into a month, January = 1. */
function sharesOf(year: number, month: number): number[] {
  const festival = springFestival(year);
  return WINDOWS.map(({ from, to }) => {
    let inside = 0;
    for (let day = from; day <= to; day += 1) {
      const at = new Date(festival + day * DAY_MS);
      if (at.getUTCFullYear() === year && at.getUTCMonth() + 1 === month) inside += 1;
    }
    return inside / (to - from + 1);
  });
}

/** Years over which the average of each calendar month is taken: it belongs to the season, the deviation to the holiday. */
const LONG_RUN = { from: 1990, to: 2040 };
const averages = new Map<number, number[]>();

function averageOf(month: number): number[] {
  const known = averages.get(month);
  if (known) return known;
  const years = LONG_RUN.to - LONG_RUN.from + 1;
  const sums = WINDOWS.map(() => 0);
  for (let year = LONG_RUN.from; year <= LONG_RUN.to; year += 1)
    sharesOf(year, month).forEach((share, i) => {
      sums[i] = (sums[i] ?? 0) + share;
    });
  const average = sums.map((sum) => sum / years);
  averages.set(month, average);
  return average;
}

/**
 * Moving-holiday regressors of a month (春节移动假日回归量): the share of the days before, of and after the festival that falls into
 * it, less what falls into it on average. A festival that always fell on the same day would give zeros.
 */
export function holidayRegressors(year: number, month: number): number[] {
  const average = averageOf(month);
  return sharesOf(year, month).map((share, i) => share - (average[i] ?? 0));
}
