/** Time periods (时期) as SDMX writes them: `2025`, `2025-Q3`, `2025-10`. */

export type Frequency = 'A' | 'Q' | 'M';

const SHAPE: Record<Frequency, RegExp> = {
  A: /^(\d{4})$/,
  Q: /^(\d{4})-Q([1-4])$/,
  M: /^(\d{4})-(0[1-9]|1[0-2])$/,
};
const PER_YEAR: Record<Frequency, number> = { A: 1, Q: 4, M: 12 };

/** Frequency of a period, undefined where the text is none of the three shapes. */
export function frequencyOf(period: string): Frequency | undefined {
  return (['A', 'Q', 'M'] as const).find((freq) => SHAPE[freq].test(period));
}

/** Number of the period counted from year 0, so that neighbours differ by one. RangeError if it is no period. */
export function ordinal(period: string): number {
  const freq = frequencyOf(period);
  if (freq === undefined) throw new RangeError(`not a period: ${period}`);
  const [, year = '', part = '1'] = SHAPE[freq].exec(period) ?? [];
  return Number(year) * PER_YEAR[freq] + Number(part) - 1;
}

/** The period with that number. */
export function periodAt(freq: Frequency, number: number): string {
  const per = PER_YEAR[freq];
  const year = String(Math.floor(number / per)).padStart(4, '0');
  const part = (number % per) + 1;
  return freq === 'A' ? year : freq === 'Q' ? `${year}-Q${part}` : `${year}-${String(part).padStart(2, '0')}`;
}

/** The period `by` places later (earlier if negative). */
export function shift(period: string, by: number): string {
  return periodAt(frequencyOf(period) ?? 'A', ordinal(period) + by);
}

/** The same period a year before. */
export function yearBefore(period: string): string {
  return shift(period, -PER_YEAR[frequencyOf(period) ?? 'A']);
}

/** Place of the period in its year, from 1. */
export function placeInYear(period: string): number {
  return (ordinal(period) % PER_YEAR[frequencyOf(period) ?? 'A']) + 1;
}

/** First day of a period, `YYYY-MM-DD`; also for `2025-05-31`, `2025-S1` and `2025-A1`, which SDMX queries may name. */
export function firstDay(period: string): string | undefined {
  const [year = '', part] = [period.slice(0, 4), period.slice(5)];
  if (!/^\d{4}$/.test(year)) return undefined;
  if (part === '' || part === 'A1') return `${year}-01-01`;
  const quarter = /^Q([1-4])$/.exec(part);
  if (quarter) return `${year}-${String(Number(quarter[1]) * 3 - 2).padStart(2, '0')}-01`;
  const half = /^S([12])$/.exec(part);
  if (half) return `${year}-${half[1] === '1' ? '01' : '07'}-01`;
  const month = /^M?(0[1-9]|1[0-2])$/.exec(part);
  if (month) return `${year}-${month[1]}-01`;
  return /^(0[1-9]|1[0-2])-\d{2}(T.*)?$/.test(part) ? period.slice(0, 10) : undefined;
}

/** Last day of a period. */
export function lastDay(period: string): string | undefined {
  const first = firstDay(period);
  if (first === undefined) return undefined;
  const [year = 0, month = 1] = first.split('-').map(Number);
  const part = period.slice(5);
  const months = part === '' || part === 'A1' ? 12 : part.startsWith('Q') ? 3 : part.startsWith('S') ? 6 : 1;
  if (/^\d{2}-\d{2}/.test(part)) return first;
  return new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
}
