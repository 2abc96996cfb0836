import { ordinal } from '../period.ts';
import { dot, regress } from './linear.ts';
import { holidayRegressors } from './spring-festival.ts';
import { stl } from './stl.ts';

/** What was done, for the label of every adjusted value. */
export type Adjusted = {
  periods: string[];
  original: number[];
  adjusted: number[];
  seasonal: number[];
  holiday: number[];
  /** Coefficients of the Spring Festival regressors: before, during, after. */
  effects: number[];
  multiplicative: boolean;
  method: 'stl-spring-festival';
};

/** Fewest months for which a season can be told from a trend. */
export const LEAST_MONTHS = 48;
const ROUNDS = 3;

/**
 * Seasonal adjustment of a monthly series (季节调整) with moving Spring Festival regressors: regression of what STL leaves over on
 * the festival's shifted windows, taken out, and STL again. In production X-13ARIMA-SEATS takes its place; the label says which.
 * Undefined where a month is missing or there are too few.
 */
export function adjust(points: readonly { period: string; value: number }[]): Adjusted | undefined {
  const ordered = [...points].sort((a, b) => ordinal(a.period) - ordinal(b.period));
  const [first] = ordered;
  if (!first || ordered.length < LEAST_MONTHS) return undefined;
  const start = ordinal(first.period);
  if (ordered.some(({ period }, i) => ordinal(period) !== start + i)) return undefined;
  const original = ordered.map(({ value }) => value);
  const multiplicative = original.every((value) => value > 0);
  const y = multiplicative ? original.map(Math.log) : original;
  const x = ordered.map(({ period }) => holidayRegressors(Number(period.slice(0, 4)), Number(period.slice(5))));
  let effects = [0, 0, 0];
  let parts = stl(y, { period: 12, seasonal: 13 });
  for (let round = 0; round < ROUNDS; round += 1) {
    // Festival and season stand in one another's way: what is left over with the effect so far put back tells the rest.
    const left = parts.remainder.map((value, i) => value + dot(x[i] ?? [], effects));
    const fit = regress(x, left);
    if (!fit) break;
    effects = fit.coefficients.slice(1);
    const current = effects;
    parts = stl(
      y.map((value, i) => value - dot(x[i] ?? [], current)),
      { period: 12, seasonal: 13 },
    );
  }
  const holiday = x.map((row) => dot(row, effects));
  const back = (value: number): number => (multiplicative ? Math.exp(value) : value);
  return {
    periods: ordered.map(({ period }) => period),
    original,
    adjusted: y.map((value, i) => back(value - (parts.seasonal[i] ?? 0) - (holiday[i] ?? 0))),
    seasonal: parts.seasonal,
    holiday,
    effects,
    multiplicative,
    method: 'stl-spring-festival',
  };
}
