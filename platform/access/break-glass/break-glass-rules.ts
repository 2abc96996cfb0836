import chineseDays from 'chinese-days';

/** How long an opened read lasts: 4 hours (spec 2-livelihood 0.8, ARCHITECTURE §8; the district's own rule). */
export const OPEN_MS = 4 * 60 * 60_000;
/** Reviewed within 3 working days (same source). */
export const REVIEW_WORKING_DAYS = 3;
/** Shortest reason, in characters. */
export const SHORTEST_REASON = 10;
/** Most subjects of one request. */
export const MOST_SUBJECTS = 20;

/** A list of sensitive data (L4) is opened by two persons; one subject by one. */
export function needsSecond(options: { level: number; subjects: number }): boolean {
  return options.level >= 4 && options.subjects > 1;
}

/** End (24:00 in Shanghai) of the last working day for the review. */
export function reviewDue(asked: Date): Date {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(asked);
  let due = day;
  for (let left = REVIEW_WORKING_DAYS; left > 0; ) {
    const next = new Date(`${due}T00:00:00Z`);
    next.setUTCDate(next.getUTCDate() + 1);
    due = next.toISOString().slice(0, 10);
    if (chineseDays.isWorkday(due)) left -= 1;
  }
  return new Date(`${due}T23:59:59.999+08:00`);
}
