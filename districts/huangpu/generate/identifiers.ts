/**
 * Identifiers of invented persons and firms. All carry region 310199, which GB/T 2260 does not assign:
 * no number made here can belong to a real person or firm, and the platform accepts it only where `district.sample` is true.
 */
import type { Random } from './random.ts';

/** Test region of sample identifiers (GB/T 2260 assigns no 310199). */
export const SAMPLE_REGION = '310199';

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of a citizen number 公民身份号码 (GB 11643-1999, ISO 7064 MOD 11-2) from its first 17 digits. */
export function citizenCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (ID_WEIGHTS[i] ?? 0) * Number(first17[i]);
  return '10X98765432'[sum % 11] ?? '';
}

/** Check character of an organisation code 组织机构代码 (GB 11714-1997) from its first 8 characters. */
export function organisationCheck(first8: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += (ORG_WEIGHTS[i] ?? 0) * Number.parseInt(first8[i] ?? '0', 36);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Check character of a unified social credit code 统一社会信用代码 (GB 32100-2015) from its first 17 characters. */
export function creditCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (USCC_WEIGHTS[i] ?? 0) * USCC_ALPHABET.indexOf(first17[i] ?? '0');
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

/** Gives each person of one birth date and sex the next free sequence number; 900–999 stay free for uploads made later. */
export function createCitizenNumbers(): (person: { birthDate: string; sex: '1' | '2' }) => string {
  const used = new Map<string, number>();
  return ({ birthDate, sex }) => {
    const key = birthDate + sex;
    const index = used.get(key) ?? 0;
    used.set(key, index + 1);
    const sequence = index * 2 + (sex === '1' ? 1 : 0);
    if (sequence >= 900) throw new RangeError(`more than 450 persons of one sex born on ${birthDate}`);
    return citizenNumber({ birthDate, sequence });
  };
}

/** A citizen number of the sample region; an odd sequence is a man, an even one a woman. */
export function citizenNumber({ birthDate, sequence }: { birthDate: string; sequence: number }): string {
  const first17 = SAMPLE_REGION + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return first17 + citizenCheck(first17);
}

/** A credit code whose body is the number `index`, so that codes never repeat. `kind` is 1 for a firm, 2 for a self-employed person 个体工商户. */
export function creditCode({ kind, index }: { kind: 1 | 2; index: number }): string {
  let body = '';
  // Spread the running number over the alphabet: a multiplier coprime to 31^6 keeps the codes distinct.
  let rest = (index * 7919 + 104729) % 31 ** 6;
  for (let i = 0; i < 6; i++) {
    body = (USCC_ALPHABET[rest % 31] ?? '0') + body;
    rest = Math.floor(rest / 31);
  }
  const organisation = `MA${body}`;
  const first17 = `9${kind}${SAMPLE_REGION}${organisation}${organisationCheck(organisation)}`;
  return first17 + creditCheck(first17);
}

/** A mobile number of the right shape; the run 1990 0xx xxxx is used for every invented person. */
export function mobileNumber(random: Random): string {
  return `19900${String(random.int(0, 999999)).padStart(6, '0')}`;
}
