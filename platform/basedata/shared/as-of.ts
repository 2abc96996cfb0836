import { addDays, shanghaiMidnight } from '#platform/kernel/dates.ts';

/** The instant until which something must have been known to count on a day: its end in Shanghai. */
export function endOfDay(date: string): Date {
  return new Date(shanghaiMidnight(addDays(date, 1)).getTime() - 1);
}
