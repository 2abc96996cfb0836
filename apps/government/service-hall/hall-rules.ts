import type { Db } from '#platform/kernel/db.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';

const RULES = {
  advanceMinutes: { id: 'service-hall.queue.priority-advance', unit: 'minute' },
  noShowMinutes: { id: 'service-hall.queue.no-show', unit: 'minute' },
  serviceMinutes: { id: 'service-hall.queue.service-time', unit: 'minute' },
} as const;

/** How lines are run today. */
export type QueueRules = Record<keyof typeof RULES, number>;

export function queueRules(db: Db, now: Date): Promise<QueueRules> {
  return amountsAt(db, RULES, now);
}
