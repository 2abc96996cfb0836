/** Unified social credit code (统一社会信用代码), GB 32100-2015. */
import { organisationCodeCheck } from '#platform/kernel/codes/organisation-code.ts';

/** The first check that fails. `organisation`: positions 9–17 are no organisation code (GB 11714). */
export type CreditCodeFault = 'length' | 'charset' | 'region' | 'check' | 'organisation';

export type CreditCode = {
  /** 18 characters, upper case. */
  readonly code: string;
  /** Registering authority (登记管理部门): 1 机构编制, 5 民政, 9 市场监管, Y 其他, … */
  readonly authority: string;
  /** Kind of body within the authority (机构类别), e.g. 9 + 2 = 个体工商户. */
  readonly category: string;
  /** GB/T 2260 code of the registering authority's area, or 100000 for the national one. */
  readonly region: string;
  /** Nine-character organisation code (主体标识码). */
  readonly organisationCode: string;
};

export type CreditCodeResult =
  | { readonly ok: true; readonly credit: CreditCode }
  | { readonly ok: false; readonly reason: CreditCodeFault };

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const VALUE = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/** Check character of the first 17 characters; `undefined` if one of them is outside the alphabet (I O S V Z are). */
export function creditCodeCheck(first17: string): string | undefined {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) {
    const value = VALUE.get(first17.charAt(i));
    if (value === undefined) return undefined;
    sum += value * (WEIGHTS[i] ?? 0);
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/**
 * Parses a credit code (trimmed, half width; lower case is accepted). `regions`, if given, holds every GB/T 2260 code that
 * counts, dissolved ones included; 100000 is always one.
 */
export function parseCreditCode(
  text: string,
  rules: { readonly regions?: ReadonlySet<string> } = {},
): CreditCodeResult {
  const code = text.toUpperCase();
  if (code.length !== 18) return { ok: false, reason: 'length' };
  const check = creditCodeCheck(code);
  if (check === undefined || !VALUE.has(code.charAt(17))) return { ok: false, reason: 'charset' };
  const region = code.slice(2, 8);
  if (!/^[0-9]{6}$/.test(region)) return { ok: false, reason: 'charset' };
  if (rules.regions !== undefined && region !== '100000' && !rules.regions.has(region)) {
    return { ok: false, reason: 'region' };
  }
  if (check !== code.charAt(17)) return { ok: false, reason: 'check' };
  if (organisationCodeCheck(code.slice(8, 16)) !== code.charAt(16)) return { ok: false, reason: 'organisation' };
  return {
    ok: true,
    credit: {
      code,
      authority: code.charAt(0),
      category: code.charAt(1),
      region,
      organisationCode: code.slice(8, 17),
    },
  };
}

/** True for a code that passes every check of `parseCreditCode`. */
export function isCreditCode(text: string): boolean {
  return parseCreditCode(text).ok;
}

/** Writes a credit code from its parts (the generator of sample data uses it). RangeError if a part does not fit. */
export function composeCreditCode(input: {
  /** Authority and category, two characters, e.g. `91`. */
  readonly kind: string;
  readonly region: string;
  /** First eight characters of the organisation code, from the credit code's alphabet. */
  readonly organisation: string;
}): string {
  const { kind, region, organisation } = input;
  if (kind.length !== 2 || !/^[0-9]{6}$/.test(region) || organisation.length !== 8) {
    throw new RangeError('a credit code needs 2 + 6 + 8 characters');
  }
  const first17 = kind + region + organisation + organisationCodeCheck(organisation);
  const check = creditCodeCheck(first17);
  if (check === undefined) throw new RangeError('a character outside the alphabet of GB 32100');
  return first17 + check;
}
