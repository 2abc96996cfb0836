import type { Unit } from '#platform/calendar/working-days.ts';
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
