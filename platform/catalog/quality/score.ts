import type { Dimension } from './rules.ts';

/** How many rows a rule looked at, and how many of them do not keep to it. */
export type Counted = { dimension: Dimension; checked: number; failed: number };
export type Weights = Record<Dimension, number>;
export type Rates = Partial<Record<Dimension, number>>;

/**
 * Pass rate (达标率, 0–1) of each dimension: the mean over its rules, so that a rule over every row does not drown one over a few. A
 * dimension of which nothing could be counted is left out.
 */
export function ratesOf(counted: readonly Counted[]): Rates {
  const rates: Rates = {};
  const groups = Map.groupBy(
    counted.filter(({ checked }) => checked > 0),
    ({ dimension }) => dimension,
  );
  for (const [dimension, rules] of groups)
    rates[dimension] = rules.reduce((sum, { checked, failed }) => sum + (checked - failed) / checked, 0) / rules.length;
  return rates;
}

/** Score (质量得分, 0–100): Σ weight × pass rate over the dimensions that were measured; null where none was. */
export function scoreOf(rates: Rates, weights: Weights): number | null {
  const measured = Object.entries(rates) as [Dimension, number][];
  const weight = measured.reduce((sum, [dimension]) => sum + weights[dimension], 0);
  if (weight <= 0) return null;
  const score = measured.reduce((sum, [dimension, rate]) => sum + weights[dimension] * rate, 0) / weight;
  return Math.round(score * 10_000) / 100;
}

export type Freshness = 'green' | 'amber' | 'red' | 'unknown';

/** Days of an update cycle (更新周期); what is kept up by its module itself, or delivered once, has no batch to wait for. */
const CYCLE_DAYS: Record<string, number> = { daily: 1, weekly: 7, monthly: 31, quarterly: 92, yearly: 366 };

/** Ages up to which data are on time, and late (新鲜度规则): the one rule for batches of an item and for feeds. */
export const FRESHNESS = {
  green: { id: 'catalog.quality.freshness.green', unit: 'cycle' },
  amber: { id: 'catalog.quality.freshness.amber', unit: 'cycle' },
} as const;
export type FreshnessLimits = Record<keyof typeof FRESHNESS, number>;

/** What an age in cycles means. */
export function colourOf(cycles: number, limits: FreshnessLimits): 'green' | 'amber' | 'red' {
  if (cycles <= limits.green) return 'green';
  return cycles <= limits.amber ? 'amber' : 'red';
}

/** How old the newest batch may be (时效): measured against the cycle, in cycles. */
export function freshnessOf(options: { updates: string; ageDays: number | null; limits: FreshnessLimits }): {
  state: Freshness;
  cycles: number | null;
} {
  const { updates, ageDays, limits } = options;
  const cycle = CYCLE_DAYS[updates];
  if (cycle === undefined || ageDays === null) return { state: 'unknown', cycles: null };
  const cycles = ageDays / cycle;
  return { state: colourOf(cycles, limits), cycles: Math.round(cycles * 100) / 100 };
}
