import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import { dueOf, type Unit } from '#platform/calendar/working-days.ts';
import { keepsLaw } from './item-limits.ts';
import type { ItemTerms, Limit } from './item-terms.ts';

/** A limit as the calendar counts it. */
export type Counted = { amount: number; unit: Unit };

const UNIT: Record<Limit['unit'], Unit> = { wd: 'working-day', day: 'day', month: 'month' };
/** Decided at once (即办件): the day itself does not count, so that the shortest that a clock can hold is one working day. */
const AT_ONCE: Counted = { amount: 1, unit: 'working-day' };

export function countedLimit({ amount, unit }: Limit): Counted {
  return amount === 0 ? AT_ONCE : { amount, unit: UNIT[unit] };
}

/** The limit that a case is held to: the promise, or the law's where a unit promises what it may not (承诺时限只可缩短). */
export function decisionLimit({ promisedLimit, legalLimit }: Pick<ItemTerms, 'promisedLimit' | 'legalLimit'>): Counted {
  return countedLimit(keepsLaw(promisedLimit, legalLimit) ? promisedLimit : legalLimit);
}

/**
 * When an item is decided at the latest that begins when another ends. A time ends at 24:00, which is the beginning of the next day:
 * whoever waits for it begins on the day that it ends.
 */
export function decisionEnd(options: {
  terms: Pick<ItemTerms, 'promisedLimit' | 'legalLimit'>;
  start: Date;
  calendar: WorkCalendar;
}): Date {
  const { terms, start, calendar } = options;
  return dueOf({ from: new Date(start.getTime() - 1), ...decisionLimit(terms), calendar }).dueAt;
}
