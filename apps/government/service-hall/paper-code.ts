import { isCalendarDate } from '#platform/kernel/dates.ts';
import { isMod3736, mod3736Check } from '#platform/kernel/codes/mod-37-36.ts';

/**
 * Barcode of a paper (材料条码): `P`, day, number of the day, check character ISO/IEC 7064 MOD 37,36. Fourteen characters, so that Code
 * 128 prints it four centimetres wide; a single wrong character or a swap of two is never another paper.
 */
export function composePaperCode({ day, number }: { day: string; number: number }): string {
  if (!isCalendarDate(day) || !day.startsWith('20')) throw new RangeError(`not a day of this century: ${day}`);
  if (!Number.isInteger(number) || number < 1 || number > 999_999)
    throw new RangeError(`no number of a day: ${number}`);
  const body = `P${day.slice(2).replaceAll('-', '')}${String(number).padStart(6, '0')}`;
  return `${body}${mod3736Check(body)}`;
}

/** Reads what a scanner or a person typed; undefined for what is no barcode of a paper. */
export function parsePaperCode(input: string): string | undefined {
  const code = input
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .toUpperCase();
  return /^P[0-9]{12}[0-9A-Z]$/.test(code) && isMod3736(code) ? code : undefined;
}
