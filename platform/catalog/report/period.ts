/** How often a form is due (报告期): `2026-10`, `2026-Q4`, `2026`. */
export const PERIODS = ['month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const SHAPES: Record<Period, RegExp> = {
  month: /^(\d{4})-(0[1-9]|1[0-2])$/,
  quarter: /^(\d{4})-Q([1-4])$/,
  year: /^(\d{4})$/,
};
const MONTHS: Record<Period, number> = { month: 1, quarter: 3, year: 12 };

/** First day of a period and first day after it, `YYYY-MM-DD`; undefined where the text names none of that kind. */
export function boundsOf(kind: Period, text: string): { start: string; end: string } | undefined {
  const found = SHAPES[kind].exec(text);
  if (!found) return undefined;
  const first = Number(found[1]) * 12 + (Number(found[2] ?? 1) - 1) * (kind === 'quarter' ? 3 : 1);
  return { start: dayOf(first), end: dayOf(first + MONTHS[kind]) };
}

/** The period that a day (`YYYY-MM-DD`) lies in. */
export function periodOf(kind: Period, day: string): string {
  const [year = '', month = ''] = day.split('-');
  if (kind === 'year') return year;
  return kind === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** The period before another. */
export function periodBefore(kind: Period, text: string): string | undefined {
  const bounds = boundsOf(kind, text);
  if (!bounds) return undefined;
  const [year = '', month = ''] = bounds.start.split('-');
  return periodOf(kind, dayOf(Number(year) * 12 + Number(month) - 1 - MONTHS[kind]));
}

function dayOf(months: number): string {
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}
