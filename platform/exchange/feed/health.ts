import type { Db } from '#platform/kernel/db.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';

/** How old the data of a feed may be (新鲜度), in shares of its cycle. */
export type Freshness = 'green' | 'amber' | 'red' | 'none';
export type FreshnessRule = { green: number; amber: number };

export async function freshnessRule(db: Db): Promise<FreshnessRule> {
  const green = await amountAt(db, 'exchange.freshness.green');
  const amber = await amountAt(db, 'exchange.freshness.amber');
  return { green: green.amount / 100, amber: amber.amount / 100 };
}

/** Age and cycle in seconds; a feed without data has no age. */
export function freshnessOf(options: { age: number | undefined; cycle: number; rule: FreshnessRule }): Freshness {
  const { age, cycle, rule } = options;
  if (age === undefined) return 'none';
  if (age <= cycle * rule.green) return 'green';
  return age <= cycle * rule.amber ? 'amber' : 'red';
}

/** What a feed needs (健康): a person, patience, or nothing. */
export type Health = 'decide' | 'stopped' | 'gap' | 'down' | 'stale' | 'late' | 'new' | 'paused' | 'good';

export function healthOf(feed: {
  state: string;
  held: number;
  gap: boolean;
  failures: number;
  freshness: Freshness;
}): Health {
  if (feed.held > 0) return 'decide';
  if (feed.state === 'stopped') return 'stopped';
  if (feed.state === 'paused') return 'paused';
  if (feed.gap) return 'gap';
  if (feed.freshness === 'red') return 'stale';
  if (feed.failures > 0) return 'down';
  if (feed.freshness === 'amber') return 'late';
  return feed.freshness === 'none' ? 'new' : 'good';
}

/** The order of a list: what needs a person on top. */
export const HEALTH_ORDER: readonly Health[] = [
  'decide',
  'stopped',
  'gap',
  'stale',
  'down',
  'late',
  'new',
  'paused',
  'good',
];
