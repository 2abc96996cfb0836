/** Days that a unit head has from the first day of the quarter (the district's own rule). */
export const TERM_DAYS = 30;

/** Quarter of a moment in Shanghai, and when its certification ends. */
export function quarterOf(now: Date): { quarter: string; due: Date } {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
  })
    .format(now)
    .split('-')
    .map(Number);
  const q = Math.ceil(month / 3);
  const first = new Date(`${year}-${String(q * 3 - 2).padStart(2, '0')}-01T00:00:00+08:00`);
  return { quarter: `${year}-Q${q}`, due: new Date(first.getTime() + TERM_DAYS * 86_400_000) };
}
