import { frequencyOf, ordinal, periodAt, shift, yearBefore } from '../period.ts';
import { dot, regress } from './linear.ts';

/** A nowcast (即时预测) of the next quarter. `shown` is false where a naive guess did as well: then nobody sees the number. */
export type Nowcast = {
  target: string;
  period: string;
  /** Growth over the year before, in per cent, and the level that follows from it. */
  growth: number;
  value: number;
  predictors: string[];
  coefficients: number[];
  aic: number;
  /** Mean absolute percentage error of the level over the rolling origin, ours and that of "the same growth as last quarter". */
  mape: number;
  naive: number;
  origins: number;
  shown: boolean;
};

type Points = ReadonlyMap<string, number>;
const MOST_PREDICTORS = 3;
/** Quarters whose nowcast is made as it could have been made then, to know the error. */
const ORIGINS = 12;
const LEAST_QUARTERS = 16;

/** Growth of each quarter over the year before, in per cent. */
export function yearGrowth(points: Points): Map<string, number> {
  const out = new Map<string, number>();
  for (const [period, value] of points) {
    const before = points.get(yearBefore(period));
    if (before !== undefined && before > 0) out.set(period, (value / before - 1) * 100);
  }
  return out;
}

/** Quarterly sums of a monthly series; only where all three months are there. */
export function quarterly(points: Points): Map<string, number> {
  const sums = new Map<string, { sum: number; months: number }>();
  for (const [period, value] of points) {
    if (frequencyOf(period) !== 'M') continue;
    const quarter = periodAt('Q', Math.floor(ordinal(period) / 3));
    const held = sums.get(quarter) ?? { sum: 0, months: 0 };
    sums.set(quarter, { sum: held.sum + value, months: held.months + 1 });
  }
  return new Map([...sums].flatMap(([quarter, { sum, months }]) => (months === 3 ? [[quarter, sum] as const] : [])));
}

/**
 * Bridge regression: growth of the target on its own growth a quarter before and on the growth of monthly series brought to
 * quarters. Predictors are added one by one as long as AIC falls. The error is that of forecasts with what was known then
 * (rolling origin), with the choice of predictors made anew each time.
 */
export function nowcast(options: {
  target: { series: string; points: Points };
  monthly: readonly { series: string; points: Points }[];
}): Nowcast | undefined {
  const levels = options.target.points;
  const target = yearGrowth(levels);
  const columns = options.monthly.map(({ series, points }) => ({ series, growth: yearGrowth(quarterly(points)) }));
  const known = [...target.keys()].sort((a, b) => ordinal(a) - ordinal(b));
  const last = known.at(-1);
  if (last === undefined || known.length < LEAST_QUARTERS) return undefined;
  const next = shift(last, 1);
  const made = fitted({ target, columns, period: next });
  if (!made) return undefined;
  const errors: { ours: number; naive: number }[] = [];
  for (const period of known.slice(-ORIGINS)) {
    const past = new Map([...target].filter(([p]) => ordinal(p) < ordinal(period)));
    const guess = fitted({ target: past, columns, period });
    const base = levels.get(yearBefore(period));
    const actual = levels.get(period);
    const before = past.get(shift(period, -1));
    if (!guess || base === undefined || actual === undefined || before === undefined || actual === 0) continue;
    const error = (growth: number): number => (Math.abs(base * (1 + growth / 100) - actual) / Math.abs(actual)) * 100;
    errors.push({ ours: error(guess.growth), naive: error(before) });
  }
  const base = levels.get(yearBefore(next));
  if (errors.length === 0 || base === undefined) return undefined;
  const average = (of: 'ours' | 'naive'): number => errors.reduce((sum, e) => sum + e[of], 0) / errors.length;
  const [mape, naive] = [average('ours'), average('naive')];
  return {
    target: options.target.series,
    period: next,
    growth: made.growth,
    value: base * (1 + made.growth / 100),
    predictors: made.predictors,
    coefficients: made.coefficients,
    aic: made.aic,
    mape,
    naive,
    origins: errors.length,
    shown: mape < naive,
  };
}

type Column = { series: string; growth: Points };

function fitted(options: { target: Points; columns: readonly Column[]; period: string }) {
  const { target, columns, period } = options;
  const usable = columns.filter((column) => column.growth.has(period));
  const rowOf = (at: string, chosen: readonly Column[]): number[] | undefined => {
    const row = [target.get(shift(at, -1)), ...chosen.map((column) => column.growth.get(at))];
    return row.every((value) => value !== undefined) ? (row as number[]) : undefined;
  };
  // One sample for all choices, else AIC could not compare them.
  const sample = [...target.keys()].filter((at) => rowOf(at, usable) !== undefined);
  const fit = (chosen: readonly Column[]) =>
    regress(
      sample.map((at) => rowOf(at, chosen) ?? []),
      sample.map((at) => target.get(at) ?? 0),
    );
  let chosen: Column[] = [];
  let best = fit(chosen);
  while (best && chosen.length < MOST_PREDICTORS) {
    const tries = usable
      .filter((column) => !chosen.includes(column))
      .map((column) => ({ column, fit: fit([...chosen, column]) }));
    const better = tries.reduce<(typeof tries)[number] | undefined>(
      (found, each) => (each.fit && each.fit.aic < (found?.fit?.aic ?? best?.aic ?? 0) ? each : found),
      undefined,
    );
    if (!better?.fit) break;
    chosen = [...chosen, better.column];
    best = better.fit;
  }
  const row = rowOf(period, chosen);
  if (!best || !row) return undefined;
  return {
    growth: dot([1, ...row], best.coefficients),
    predictors: chosen.map((column) => column.series),
    coefficients: best.coefficients,
    aic: best.aic,
  };
}
