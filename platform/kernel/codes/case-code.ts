/** Unified case code (统一办件编码): district (GB/T 2260), day, number of the day, check character ISO/IEC 7064 MOD 37,36. */
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { isMod3736, mod3736Check } from './mod-37-36.ts';

export type CaseCode = {
  /** 19 characters. */
  readonly code: string;
  readonly district: string;
  /** `YYYY-MM-DD`, of this century: the code has two digits for the year. */
  readonly day: string;
  readonly number: number;
};
export type CaseCodeFault = 'length' | 'charset' | 'date' | 'check';
export type CaseCodeResult =
  | { readonly ok: true; readonly value: CaseCode }
  | { readonly ok: false; readonly reason: CaseCodeFault };

/** The highest number that a day has room for. */
export const MOST_A_DAY = 999_999;

/** Composes the code of a case. RangeError for what is no district, day or number of the day. */
export function composeCaseCode(parts: { district: string; day: string; number: number }): string {
  const { district, day, number } = parts;
  if (!/^[0-9]{6}$/.test(district)) throw new RangeError(`not a district: ${district}`);
  if (!isCalendarDate(day) || !day.startsWith('20')) throw new RangeError(`not a day of this century: ${day}`);
  if (!Number.isInteger(number) || number < 1 || number > MOST_A_DAY)
    throw new RangeError(`a day has numbers from 1 to ${MOST_A_DAY}, not ${number}`);
  const body = `${district}${day.slice(2).replaceAll('-', '')}${String(number).padStart(6, '0')}`;
  return `${body}${mod3736Check(body)}`;
}

/** Reads a code as people type it: small letters, full width, blanks and hyphens are no fault. */
export function parseCaseCode(input: string): CaseCodeResult {
  const code = input
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .toUpperCase();
  if (code.length !== 19) return { ok: false, reason: 'length' };
  if (!/^[0-9]{18}[0-9A-Z]$/.test(code)) return { ok: false, reason: 'charset' };
  if (!isMod3736(code)) return { ok: false, reason: 'check' };
  const day = `20${code.slice(6, 8)}-${code.slice(8, 10)}-${code.slice(10, 12)}`;
  if (!isCalendarDate(day)) return { ok: false, reason: 'date' };
  return { ok: true, value: { code, district: code.slice(0, 6), day, number: Number(code.slice(12, 18)) } };
}
