/** What a series has to pass before its forecast is shown (G6). */
export type Gate = { origins: number; mase: number; coverageFrom: number; coverageTo: number };

export type DayForecast = {
  /** What is shown: the forecast where it is reliable, else the value of the same weekday a week before. */
  value: number;
  low: number | null;
  high: number | null;
  naive: number;
  /** Mean error against that of the naive forecast (MASE); null where there are too few days to say. */
  mase: number | null;
  /** Share of days on which the 80 % interval held the count. */
  coverage: number | null;
  origins: number;
  reliable: boolean;
};

export const FORECAST_MODEL = 'level-28d × weekday-56d, split conformal 80 %';
const WEEK = 7;
const LEVEL_DAYS = 28;
const WEEKDAY_DAYS = 56;
const CALIBRATION = 56;
/** Days of usual strength that a weekday has to outweigh. */
const PULL = 4;
const SHARE = 0.8;

/**
 * Cases of the day after a daily series (预期案件量): the mean of four weeks times what its weekday is against others, drawn towards 1.
 * Tried by rolling origin over the last days: each origin knows only what came before it, its interval included. A series that does not
 * pass the gate gets no forecast: the naive value stands, and `reliable` is false.
 */
export function forecastNext(counts: readonly number[], gate: Gate): DayForecast {
  const naive = counts.at(-WEEK) ?? 0;
  const errors = new Map<number, number>();
  for (let day = WEEKDAY_DAYS; day < counts.length; day++)
    errors.set(day, Math.abs(predict(counts.slice(0, day)) - (counts[day] ?? 0)));
  const origins: { error: number; naive: number; held: boolean }[] = [];
  for (let day = WEEKDAY_DAYS + CALIBRATION; day < counts.length; day++) {
    const reach = reachBefore(errors, day);
    const error = errors.get(day) ?? 0;
    origins.push({
      error,
      naive: Math.abs((counts[day - WEEK] ?? 0) - (counts[day] ?? 0)),
      held: reach !== undefined && error <= reach,
    });
  }
  const sum = (of: (origin: (typeof origins)[number]) => number) => origins.reduce((all, each) => all + of(each), 0);
  const naiveSum = sum((each) => each.naive);
  const mase = origins.length === 0 || naiveSum === 0 ? null : sum((each) => each.error) / naiveSum;
  const coverage = origins.length === 0 ? null : sum(({ held }) => Number(held)) / origins.length;
  const reliable =
    origins.length >= gate.origins &&
    mase !== null &&
    mase < gate.mase &&
    coverage !== null &&
    coverage >= gate.coverageFrom &&
    coverage <= gate.coverageTo;
  if (!reliable)
    return { value: naive, low: null, high: null, naive, mase, coverage, origins: origins.length, reliable };
  const value = predict(counts);
  const reach = reachBefore(errors, counts.length) ?? 0;
  return {
    value,
    low: Math.max(0, value - reach),
    high: value + reach,
    naive,
    mase,
    coverage,
    origins: origins.length,
    reliable,
  };
}

function predict(history: readonly number[]): number {
  const recent = history.slice(-LEVEL_DAYS);
  const level = recent.reduce((sum, count) => sum + count, 0) / Math.max(1, recent.length);
  if (level === 0) return 0;
  let [same, days] = [0, 0];
  for (let back = WEEK; back <= Math.min(WEEKDAY_DAYS, history.length); back += WEEK) {
    same += history.at(-back) ?? 0;
    days += 1;
  }
  return (level * (same / level + PULL)) / (days + PULL);
}

/** Half the width of an 80 % interval, from the errors of the days before (split conformal). */
function reachBefore(errors: ReadonlyMap<number, number>, day: number): number | undefined {
  const known: number[] = [];
  for (let back = 1; back <= CALIBRATION; back++) {
    const error = errors.get(day - back);
    if (error !== undefined) known.push(error);
  }
  if (known.length === 0) return undefined;
  known.sort((a, b) => a - b);
  return known[Math.min(known.length, Math.ceil((known.length + 1) * SHARE)) - 1];
}

/** Spreads what is expected of a street over its cells by their weights. Sums to `value`. */
export function spread(value: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (all > 0 ? (value * weight) / all : 0));
}

/** Codes of the share of places with the most; none that expects nothing. Of equal ones the lower code. */
export function highest(places: readonly { code: string; expected: number }[], share: number): Set<string> {
  const most = Math.ceil(places.length * share);
  return new Set(
    places
      .filter(({ expected }) => expected > 0)
      .sort((a, b) => b.expected - a.expected || (a.code < b.code ? -1 : 1))
      .slice(0, most)
      .map(({ code }) => code),
  );
}
