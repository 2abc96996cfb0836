import chineseDays from 'chinese-days';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { addWorkingDays } from '#platform/calendar/working-days.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { findRule } from '#platform/rulebook/rule-at.ts';

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

const has = (services: Services, module: string): boolean => services.registry.modules.some(({ id }) => id === module);

/** How long an opened read lasts and until when it is reviewed, by the rulebook and the calendar where they are installed. */
export async function termsOf(options: {
  db: Db;
  services: Services;
  now: Date;
}): Promise<{ openMs: number; reviewDue: Date }> {
  const { db, services, now } = options;
  const amount = async (id: string, unit: string): Promise<number | undefined> => {
    const rule = has(services, 'rulebook') ? await findRule(db, id, { on: now }) : undefined;
    return typeof rule?.value === 'number' && rule.unit === unit ? rule.value : undefined;
  };
  const hours = await amount('access.break-glass.term', 'hour');
  const days = (await amount('access.break-glass.review', 'working-day')) ?? REVIEW_WORKING_DAYS;
  const openMs = hours === undefined ? OPEN_MS : hours * 3_600_000;
  if (!has(services, 'calendar')) return { openMs, reviewDue: reviewDue(now) };
  const { calendar } = await readCalendar(db);
  return { openMs, reviewDue: addWorkingDays({ from: now, days, calendar }).dueAt };
}
