import type { Limit } from './item-terms.ts';

/*
 * Limits in different units are compared without a calendar, by the fewest and the most days that each can last: five working days a week,
 * and at most this many days off on top where a long holiday falls in (春节、国庆).
 */
const WEEK = 7;
const WORKING = 5;
const LONGEST_HOLIDAY = 9;
const MONTH = { fewest: 28, most: 31 };

function fewest({ amount, unit }: Limit): number {
  if (unit === 'day') return amount;
  return unit === 'month' ? amount * MONTH.fewest : amount + Math.floor(amount / WORKING) * (WEEK - WORKING) - 2;
}

function most({ amount, unit }: Limit): number {
  if (unit === 'day') return amount;
  if (unit === 'month') return amount * MONTH.most;
  return amount === 0 ? 0 : Math.ceil(amount / WORKING) * WEEK + LONGEST_HOLIDAY;
}

/** Whether a promise (承诺时限) is never longer than the limit by law (法定时限). What cannot be shown to be shorter is not. */
export function keepsLaw(promised: Limit, legal: Limit): boolean {
  return promised.unit === legal.unit ? promised.amount <= legal.amount : most(promised) <= fewest(legal);
}
