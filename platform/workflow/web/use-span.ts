import { useProcessTexts } from './texts.ts';

/** Minutes of an hour, and of a working day (八小时工作制). */
const HOUR = 60;
const DAY = 480;

/** A span of working time in words: minutes, hours, then days of eight hours. */
export function useSpan(): (minutes: number) => string {
  const { t } = useProcessTexts();
  return (minutes) => {
    if (minutes < HOUR) return t('spanMinutes', { n: Math.round(minutes) });
    if (minutes < DAY) return t('spanHours', { n: (minutes / HOUR).toFixed(1) });
    return t('spanDays', { n: (minutes / DAY).toFixed(1) });
  };
}
