import { placeInYear, shift, type Frequency } from './period.ts';

/**
 * Cumulative series (累计序列) as Chinese statistics publish them: from January on, January and February often together. A
 * single month exists only where both cumulatives stand in the same vintage; nothing is guessed.
 */
export type Points = ReadonlyMap<string, number>;

/** A value for several periods together, e.g. January–February (1—2月合并). */
export type Derived = {
  /** Single periods, each with its value. */
  single: Map<string, number>;
  /** What stands for January and February together where January alone was not published, by its February. */
  combined: Map<string, number>;
};

/** Single periods of a cumulative series of one vintage; decimals of the source decide the rounding. */
export function singlePeriods(cumulative: Points, options: { freq: Frequency; decimals: number }): Derived {
  const single = new Map<string, number>();
  const combined = new Map<string, number>();
  for (const [period, value] of cumulative) {
    const place = placeInYear(period);
    if (place === 1) {
      single.set(period, value);
      continue;
    }
    const before = cumulative.get(shift(period, -1));
    if (before !== undefined) single.set(period, round(value - before, options.decimals));
    else if (options.freq === 'M' && place === 2) combined.set(period, value);
  }
  return { single, combined };
}

/** Growth over the same period of the year before in per cent, for display beside published growth; undefined where it has no meaning. */
export function growth(now: number | undefined, before: number | undefined): number | undefined {
  if (now === undefined || before === undefined || before <= 0) return undefined;
  return round((now / before - 1) * 100, 1);
}

/** Rounds half away from zero, as statistics do, without the tail that binary fractions leave. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const scaled = Math.abs(value) * scale;
  return (Math.sign(value) * Math.round(Number(scaled.toPrecision(14)))) / scale || 0;
}
