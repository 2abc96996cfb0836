import { formatMoment, type Language } from '#web/design/format.ts';

/** A limit in working days ends at 24:00, which people know as the day before. */
const LAST_INSTANT_MS = 1;
const isMidnight = (at: string): boolean => new Date(at).toISOString().endsWith('T16:00:00.000Z');

/** When a task is due, in words. */
export function dueWords(
  dueAt: string | null,
  { t, language }: { t: (key: string, values?: Record<string, string>) => string; language: Language },
): string {
  if (dueAt === null) return t('noDue');
  if (!isMidnight(dueAt)) return t('due', { when: formatMoment(dueAt, { language }) });
  return t('due', { when: formatMoment(Date.parse(dueAt) - LAST_INSTANT_MS, { language, time: false }) });
}
