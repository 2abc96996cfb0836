import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { colourOf, FRESHNESS, type FreshnessLimits } from '#platform/catalog/quality/score.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';

/** How old the data of a feed may be (新鲜度): the rule of the catalogue, by the feed's own cycle. */
export type Freshness = 'green' | 'amber' | 'red' | 'none';

export async function freshnessLimits(db: Db): Promise<FreshnessLimits> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  return amountsAt(db, FRESHNESS, now);
}

/** Age and cycle in seconds; a feed without data has no age. */
export function freshnessOf(options: { age: number | undefined; cycle: number; limits: FreshnessLimits }): Freshness {
  const { age, cycle, limits } = options;
  return age === undefined ? 'none' : colourOf(age / cycle, limits);
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
