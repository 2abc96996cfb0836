/** Parts of a unit's score (绩效构成), in the order in which they are shown. */
export const PARTS = ['time', 'conformity', 'ratings', 'sharing', 'tasks'] as const;
export type PartName = (typeof PARTS)[number];
export const GRADES = ['excellent', 'good', 'pass', 'fail'] as const;
export type Grade = (typeof GRADES)[number];

/** A part: its own mean before and after it was drawn to the mean of all, and how many rows stand behind it. */
export type Part = {
  part: PartName;
  weight: number;
  /** Weight in this score: those without data give theirs to the others. 0 where there are none. */
  share: number;
  n: number;
  own: number | null;
  all: number | null;
  value: number | null;
};

const FULL = 100;
const clamp = (value: number): number => Math.min(FULL, Math.max(0, value));
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A small number is drawn to the mean (收缩估计): (n·x̄ + k·μ)/(n + k). */
export const shrunk = (options: { n: number; own: number; all: number; k: number }): number =>
  (options.n * options.own + options.k * options.all) / (options.n + options.k);

/** What a step of each item usually takes: its mean over the whole district, in working days. */
export function usualTimes(rows: readonly { item: string; actual: number }[]): Map<string, number> {
  const sums = new Map<string, { n: number; days: number }>();
  for (const { item, actual } of rows) {
    const { n, days } = sums.get(item) ?? { n: 0, days: 0 };
    sums.set(item, { n: n + 1, days: days + actual });
  }
  return new Map([...sums].map(([item, { n, days }]) => [item, days / n]));
}

/**
 * Time (时效): Σ expected / Σ actual, where what is expected is what the item usually takes: who has the hard cases is measured against
 * hard cases. As fast as usual or faster is full marks.
 */
export function timePart(rows: readonly { item: string; expected: number; actual: number }[]): number | null {
  const expected = rows.reduce((sum, row) => sum + row.expected, 0);
  const actual = rows.reduce((sum, row) => sum + row.actual, 0);
  if (rows.length === 0 || expected === 0) return null;
  return actual <= expected ? FULL : clamp((FULL * expected) / actual);
}

/** Conformity (合规): what the standing signals take off, by case. */
export function conformityPart(options: { cases: number; taken: number }): number | null {
  return options.cases === 0 ? null : clamp(FULL * (1 - options.taken / options.cases));
}

/** The score and its parts. A part that nobody has data for has no share. Null where there is nothing at all. */
export function scoreOf(options: {
  parts: readonly { part: PartName; weight: number; n: number; own: number | null; all: number | null }[];
  k: number;
}): { value: number; parts: Part[] } | null {
  const known = options.parts.filter(({ own, all }) => own !== null && all !== null);
  const sum = known.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return null;
  const parts = options.parts.map((part): Part => {
    const has = part.own !== null && part.all !== null;
    const value = has ? clamp(shrunk({ n: part.n, own: part.own ?? 0, all: part.all ?? 0, k: options.k })) : null;
    return { ...part, share: has ? part.weight / sum : 0, value: value === null ? null : rounded(value) };
  });
  return { value: rounded(parts.reduce((total, { share, value }) => total + share * (value ?? 0), 0)), parts };
}

/** The grade (等次) by the lines of the rulebook, highest first. */
export function gradeOf(value: number, lines: readonly { grade: Grade; from: number }[]): Grade {
  const found = [...lines].sort((a, b) => b.from - a.from).find(({ from }) => value >= from);
  return found?.grade ?? 'fail';
}

/** The quarter (季度) of a day in Shanghai, `2026-Q4`, its first day and the first day after it. */
export function quarterOf(day: string): { name: string; from: string; to: string } {
  const year = Number(day.slice(0, 4));
  const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1;
  const first = (q: number): string =>
    q > 4 ? `${year + 1}-01-01` : `${year}-${String(q * 3 - 2).padStart(2, '0')}-01`;
  return { name: `${year}-Q${quarter}`, from: first(quarter), to: first(quarter + 1) };
}

/** The quarter before. */
export function quarterBefore(day: string): ReturnType<typeof quarterOf> {
  const { from } = quarterOf(day);
  const year = Number(from.slice(0, 4));
  const month = Number(from.slice(5, 7));
  return quarterOf(month === 1 ? `${year - 1}-10-01` : `${year}-${String(month - 3).padStart(2, '0')}-01`);
}
