/** Which rows answer a question: raw ones, or a roll-up of five minutes, an hour, a day. */
export type Resolution = 'raw' | 'm5' | 'h1' | 'd1';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The longest period that each resolution answers; what is longer is answered by the next coarser one. */
const LONGEST: readonly (readonly [Resolution, number])[] = [
  ['raw', 6 * HOUR],
  ['m5', 3 * DAY],
  ['h1', 62 * DAY],
];

/**
 * The resolution of a period: "last hour" from raw rows, "year trend" from the roll-up. Of one or few sensors a year is shown by the hour;
 * of all together by the day.
 */
export function resolutionOf(period: { from: Date; until: Date; sensors?: readonly string[] }): Resolution {
  const length = period.until.getTime() - period.from.getTime();
  const found = LONGEST.find(([, longest]) => length <= longest)?.[0];
  if (found) return found;
  return period.sensors !== undefined && period.sensors.length <= 10 ? 'h1' : 'd1';
}
