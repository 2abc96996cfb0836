/** Limits of a vital (体征阈值): at `limit` it scores 0, at `target` 100; either may be the greater. */
export type Scale = { limit: number; target: number; weight: number };

/** Score of a vital (体征得分), 0 to 100: clamp(100·(x − L)/(T − L)). */
export function scoreOf(value: number, { limit, target }: Scale): number {
  if (limit === target) return value === target ? 100 : 0;
  return Math.min(100, Math.max(0, (100 * (value - limit)) / (target - limit)));
}

/** Part of all weight that must be fresh for the index to be shown (P28). */
export const LEAST_FRESH = 0.8;

export type Index = { value: number | null; fresh: number; missing: string[] };

/**
 * Index of the city's running state (运行指数) = Σw·s / Σw over the vitals that are fresh. `value` null: less than 80 % of the weight is fresh (数据不足).
 * `fresh` is that part, 0 to 1; `missing` names what is not.
 */
export function indexOf(vitals: readonly { id: string; value: number | null; fresh: boolean; scale: Scale }[]): Index {
  const all = vitals.reduce((sum, { scale }) => sum + scale.weight, 0);
  const there = vitals.filter(({ fresh, value }) => fresh && value !== null);
  const weight = there.reduce((sum, { scale }) => sum + scale.weight, 0);
  const fresh = all === 0 ? 0 : weight / all;
  const missing = vitals.filter((vital) => !there.includes(vital)).map(({ id }) => id);
  // Weights are decimals: 0.3 + 0.5 is not to fall short of 0.8.
  if (all === 0 || fresh < LEAST_FRESH - 1e-9) return { value: null, fresh, missing };
  const sum = there.reduce((total, { value, scale }) => total + scale.weight * scoreOf(value as number, scale), 0);
  return { value: Math.round((sum / weight) * 10) / 10, fresh, missing };
}

/** A source that has been silent for more than twice its interval is stale (来源静默). */
export function isFresh(heard: Date | null, intervalMinutes: number, now: Date): boolean {
  return heard !== null && now.getTime() - heard.getTime() <= 2 * intervalMinutes * 60_000;
}
