/**
 * Unified code of a building (房屋建筑统一编码): street 9 + year of completion 4 + sequence 4 + unit 5 (00000 for the building) + check.
 * Structure and weights (2^(i+1) mod 11) follow an excerpt of a local edition of the house code standard; the text of JGJ/T 496-2022 was not at
 * hand and its structure is not verified. The table from remainder to check character is deduced from the excerpt's one example. Therefore
 * the code is a further name of a building, never its key.
 */
const BODY = /^\d{22}$/;
/** Check character by remainder; * stands for ten. */
const CHECKS = '*9876543210';

export function unifiedCodeOf(building: { code: string; yearBuilt: number | null }): string | undefined {
  const [, street, sequence] = /^(\d{9})\D*(\d+)$/.exec(building.code) ?? [];
  // The structure has room for four figures of sequence.
  if (!street || !sequence || Number(sequence) > 9999) return undefined;
  const body = `${street}${String(building.yearBuilt ?? 0).padStart(4, '0')}${String(Number(sequence)).padStart(4, '0')}00000`;
  const check = checkOf(body);
  return check === undefined ? undefined : body + check;
}

/** The check character of 22 figures; undefined where the body is none. */
export function checkOf(body: string): string | undefined {
  if (!BODY.test(body)) return undefined;
  let weight = 1;
  let sum = 0;
  for (const figure of body) {
    weight = (weight * 2) % 11;
    sum += Number(figure) * weight;
  }
  return CHECKS[sum % 11];
}

export function isUnifiedCode(code: string): boolean {
  return code.length === 23 && checkOf(code.slice(0, 22)) === code[22];
}
