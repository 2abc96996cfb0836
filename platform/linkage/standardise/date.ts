/** Dates as departments write them, and the calendar that they may have meant. */
import chineseDays from 'chinese-days';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { commonForm } from './characters.ts';

export type StatedDate = {
  /** `YYYY-MM-DD` in the common calendar (公历). */
  readonly date: string;
  /** True if the source said that it names a day of the lunar calendar (农历); `date` is converted then. */
  readonly lunar: boolean;
};

const DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'〇零○一二三四五六七八九'].map((c, i) => [c, String(Math.max(0, i - 2))]),
);
const MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 };
const LUNAR = /农历|阴历|旧历|农|初[一二三四五六七八九十]|廿|正月|腊月|冬月/u;

/** The number that Chinese numerals say, up to 99: 十二, 廿三, 三十一, 初五. `undefined` if they say none. */
export function smallNumber(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const plain = text.replace(/^初/u, '').replace(/^廿/u, '二十').replace(/^卅/u, '三十');
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(plain);
  if (match === null || plain === '') return undefined;
  const [, tens, ten, ones] = match;
  if (ten === undefined) return plain.length === 1 ? Number(DIGITS[plain]) : undefined;
  return (tens === undefined ? 1 : Number(DIGITS[tens])) * 10 + (ones === undefined ? 0 : Number(DIGITS[ones]));
}

/** Reads a date in one of its many forms. `undefined` if no calendar has that day, or if the order of day and month cannot be known. */
export function statedDate(raw: string): StatedDate | undefined {
  const text = commonForm(raw)
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/[T ]\d{1,2}:\d{2}.*$/u, '');
  const lunar = LUNAR.test(text);
  const parts = partsOf(text.replaceAll(/[()]|公历|农历|阴历|旧历|阳历|生于|出生/gu, '').replaceAll(' ', ''));
  if (parts === undefined) return undefined;
  const { year, month, day, leap } = parts;
  const date = `${year}-${two(month)}-${two(day)}`;
  if (lunar) {
    const solar = fromLunar(date, leap);
    return solar === undefined ? undefined : { date: solar, lunar: true };
  }
  return isCalendarDate(date) ? { date, lunar: false } : undefined;
}

type Parts = { year: number; month: number; day: number; leap: boolean };

function partsOf(text: string): Parts | undefined {
  const digits = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text);
  if (digits) return { year: Number(digits[1]), month: Number(digits[2]), day: Number(digits[3]), leap: false };
  const western = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (western) {
    const [a, b, year] = western.slice(1).map(Number) as [number, number, number];
    if (a > 12 && b <= 12) return { year, month: b, day: a, leap: false };
    return b > 12 || a === b ? { year, month: a, day: b, leap: false } : undefined;
  }
  const words =
    /^([\d〇零○一二三四五六七八九]{4}|民国[\d一二三四五六七八九十]{1,3})年(闰)?(.{1,3})月(.{1,3}?)[日号]?$/u.exec(text);
  if (words === null) return undefined;
  const [, y = '', leap, m = '', d = ''] = words;
  const year = y.startsWith('民国')
    ? 1911 + (smallNumber(y.slice(2)) ?? Number.NaN)
    : Number([...y].map((c) => DIGITS[c] ?? c).join(''));
  const month = MONTHS[m] ?? smallNumber(m);
  const day = smallNumber(d);
  if (!Number.isInteger(year) || month === undefined || day === undefined) return undefined;
  return { year, month, day, leap: leap !== undefined };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The day of the common calendar that a lunar `YYYY-MM-DD` falls on; 1901 to 2099. */
export function fromLunar(lunar: string, leap = false): string | undefined {
  const year = Number(lunar.slice(0, 4));
  if (year < 1901 || year > 2099) return undefined;
  if (Number(lunar.slice(5, 7)) > 12 || Number(lunar.slice(8, 10)) > 30) return undefined;
  const { date, leapMonthDate } = chineseDays.getSolarDateFromLunar(lunar);
  const solar = leap ? leapMonthDate : date;
  return solar !== undefined && isCalendarDate(solar) ? solar : undefined;
}

/** True if one date has day and month of the other in each other's place. */
export function isSwapped(a: string, b: string): boolean {
  return (
    a !== b && a.slice(0, 4) === b.slice(0, 4) && a.slice(5, 7) === b.slice(8, 10) && a.slice(8, 10) === b.slice(5, 7)
  );
}

/** True if one is the lunar reading of the other, the lunar year being the same, or the one before or after. */
export function isLunarOf(a: string, b: string): boolean {
  if (Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) > 2) return false;
  const apart = dayNumber(b) - dayNumber(a);
  return reads(a, b, apart) || reads(b, a, -apart);
}

/** A lunar date falls so many days after the common date of the same figures; asked first, because converting takes long. */
const LUNAR_SHIFT = { least: 14, most: 62 };
const YEAR_DAYS = 365.25;

function reads(stated: string, solar: string, apart: number): boolean {
  for (const step of [-1, 0, 1]) {
    const shift = apart - step * YEAR_DAYS;
    if (shift < LUNAR_SHIFT.least || shift > LUNAR_SHIFT.most) continue;
    const lunar = `${Number(stated.slice(0, 4)) + step}${stated.slice(4)}`;
    if (fromLunar(lunar) === solar || fromLunar(lunar, true) === solar) return true;
  }
  return false;
}

function dayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 86_400_000;
}

/** In how many of the eight digits two dates differ. */
export function digitsApart(a: string, b: string): number {
  let apart = 0;
  for (let i = 0; i < 10; i += 1) if (a.charCodeAt(i) !== b.charCodeAt(i)) apart += 1;
  return apart;
}
