/** People read dates and numbers in one way everywhere: `11月23日 周一 10:42`, always the district's time. */
const ZONE = 'Asia/Shanghai';

export type Language = 'zh' | 'en';

const part = (parts: Intl.DateTimeFormatPart[], type: string): string =>
  parts.find((entry) => entry.type === type)?.value ?? '';

const partsOf = (at: Date, language: Language): Intl.DateTimeFormatPart[] =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: ZONE,
    year: 'numeric',
    month: language === 'zh' ? 'numeric' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);

/** `11月23日 周一 10:42` (en: `Mon 23 Nov 10:42`); the year is named when it is not this year's. Empty for no date. */
export function formatMoment(
  value: string | number | Date | null | undefined,
  { language = 'zh', time = true, now = new Date() }: { language?: Language; time?: boolean; now?: Date } = {},
): string {
  if (value === null || value === undefined || value === '') return '';
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  const parts = partsOf(at, language);
  const year = part(parts, 'year');
  const other = year !== part(partsOf(now, language), 'year');
  const clock = time ? ` ${part(parts, 'hour')}:${part(parts, 'minute')}` : '';
  if (language === 'zh') {
    const named = other ? `${year}年` : '';
    return `${named}${part(parts, 'month')}月${part(parts, 'day')}日 ${part(parts, 'weekday')}${clock}`;
  }
  return `${part(parts, 'weekday')} ${part(parts, 'day')} ${part(parts, 'month')}${other ? ` ${year}` : ''}${clock}`;
}

/** `2026-11-23 10:42`, for the as-of bar and wherever a moment is quoted exactly. */
export function formatExact(value: string | number | Date): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const [year, month, day] = [part(parts, 'year'), part(parts, 'month'), part(parts, 'day')];
  return `${year}-${month}-${day} ${part(parts, 'hour')}:${part(parts, 'minute')}`;
}

/** Reads `2026-11-23T10:42` from a date field as district time (UTC+8 all year) and gives the instant in ISO 8601. */
export function instantFromField(field: string): string | null {
  const at = new Date(`${field}:00+08:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Exact number with thousands separators. */
export function formatNumber(
  value: number,
  { language = 'zh', digits }: { language?: Language; digits?: number } = {},
): string {
  const options =
    digits === undefined
      ? { maximumFractionDigits: 2 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', options).format(value);
}

/** Short number: 66.2万 in Chinese, 662K in English. Show it only where the exact value is one tap away. */
export function formatShort(value: number, language: Language = 'zh'): string {
  if (language === 'zh' && Math.abs(value) >= 10_000) return `${formatNumber(Math.round(value / 1000) / 10)}万`;
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    notation: language === 'zh' ? 'standard' : 'compact',
    maximumFractionDigits: 1,
  }).format(value);
}

/** Age of a moment in its largest whole unit: 3 小时前 / 3 hours ago. */
export function formatAge(
  value: string | number | Date,
  { language = 'zh', now = Date.now() }: { language?: Language; now?: number } = {},
): string {
  const minutes = Math.round((new Date(value).getTime() - now) / 60_000);
  const words = new Intl.RelativeTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 60 * 24) return words.format(Math.trunc(minutes / 60), 'hour');
  return words.format(Math.trunc(minutes / 60 / 24), 'day');
}

/** 1536 → `1.5 KB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}
