import { formatMoment, type Language } from '#web/design/format.ts';

const SHANGHAI_DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
/** A limit that ends with a day is known by that day; one of the city's own by its hour. */
export function limitWords(at: string, language: Language): string {
  const ms = Date.parse(at);
  return (ms + SHANGHAI_MS) % SHANGHAI_DAY_MS === 0
    ? `${formatMoment(ms - 1, { language, time: false })} 24:00`
    : formatMoment(at, { language });
}
