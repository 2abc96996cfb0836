/** Citizen identity number (公民身份号码), GB 11643-1999; check character by ISO 7064 MOD 11-2. */
import { isCalendarDate } from '#platform/kernel/dates.ts';

/** Why a number is refused, in the order in which the checks run: the first that fails is the answer. */
export type CitizenIdFault = 'length' | 'charset' | 'region' | 'date' | 'check';

/** Sex (性别) as GB/T 2261.1 codes it; an identity number knows only these two. */
export type CitizenIdSex = '1' | '2';

/** A number that passed every check. */
export type CitizenId = {
  /** 18 characters, the check character in upper case. */
  readonly number: string;
  /** GB/T 2260 code of the place of first registration: it stays for life, also when that place is dissolved. */
  readonly region: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly sex: CitizenIdSex;
  /** True for the reserved test region 310199: never a real person. */
  readonly sample: boolean;
};

export type CitizenIdResult =
  | { readonly ok: true; readonly id: CitizenId }
  | { readonly ok: false; readonly reason: CitizenIdFault };

export type CitizenIdRules = {
  /**
   * Regions that count. A function can ask "valid at birth date"; a set must hold the dissolved codes too (people born
   * in 卢湾区 keep 310103). Without it only the province part is checked.
   */
  readonly regions?: ReadonlySet<string> | ((input: { region: string; birthDate: string }) => boolean);
  /** Accept the test region 310199 (only a district with sample data does). */
  readonly allowSample?: boolean;
  /** `YYYY-MM-DD`; a birth after this day is refused. */
  readonly today?: string;
};

/** Reserved for generated people; GB/T 2260 has never given it to a place. */
export const SAMPLE_REGION = '310199';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

/** The check character of the first 17 digits. The caller guarantees that they are digits. */
export function citizenIdCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += (first17.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0);
  return CHECKS.charAt(sum % 11);
}

/** Parses an 18-character number; it must be trimmed and half width. 15 digits are a `length` fault: see `upgradeCitizenId`. */
export function parseCitizenId(text: string, rules: CitizenIdRules = {}): CitizenIdResult {
  if (text.length !== 18) return { ok: false, reason: 'length' };
  for (let i = 0; i < 17; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return { ok: false, reason: 'charset' };
  }
  const last = text.charAt(17).toUpperCase();
  if (!/^[0-9X]$/.test(last)) return { ok: false, reason: 'charset' };
  const region = text.slice(0, 6);
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!regionAccepted({ region, birthDate, rules })) return { ok: false, reason: 'region' };
  // Nobody alive was born before 1840; an earlier year is a typing error.
  if (birthDate < '1840' || !isCalendarDate(birthDate)) return { ok: false, reason: 'date' };
  if (rules.today !== undefined && birthDate > rules.today) return { ok: false, reason: 'date' };
  if (citizenIdCheck(text) !== last) return { ok: false, reason: 'check' };
  return {
    ok: true,
    id: {
      number: text.slice(0, 17) + last,
      region,
      birthDate,
      sex: text.charCodeAt(16) % 2 === 1 ? '1' : '2',
      sample: region === SAMPLE_REGION,
    },
  };
}

/** True for a number that passes every check of `parseCitizenId`. */
export function isCitizenId(text: string, rules: CitizenIdRules = {}): boolean {
  return parseCitizenId(text, rules).ok;
}

/** Turns the first-generation 15-digit number (一代身份证号) into 18 characters: century 19 put in, check character added. */
export function upgradeCitizenId(text: string, rules: CitizenIdRules = {}): CitizenIdResult {
  if (text.length !== 15) return { ok: false, reason: 'length' };
  if (!/^[0-9]{15}$/.test(text)) return { ok: false, reason: 'charset' };
  const first17 = `${text.slice(0, 6)}19${text.slice(6)}`;
  return parseCitizenId(first17 + citizenIdCheck(first17), rules);
}

/** Writes the number of a person from its parts. `sequence` 0–999, odd for male. RangeError if a part does not fit. */
export function composeCitizenId(input: { region: string; birthDate: string; sequence: number }): string {
  const { region, birthDate, sequence } = input;
  if (!/^[0-9]{6}$/.test(region)) throw new RangeError('region must be six digits');
  if (!isCalendarDate(birthDate)) throw new RangeError('birthDate must be a calendar date');
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > 999) throw new RangeError('sequence must be 0..999');
  const first17 = region + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return first17 + citizenIdCheck(first17);
}

function regionAccepted(input: { region: string; birthDate: string; rules: CitizenIdRules }): boolean {
  const { region, birthDate, rules } = input;
  if (region === SAMPLE_REGION) return rules.allowSample === true;
  if (rules.regions === undefined) return PROVINCES.has(region.slice(0, 2));
  if (typeof rules.regions === 'function') return rules.regions({ region, birthDate });
  return rules.regions.has(region);
}
