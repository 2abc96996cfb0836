/** Telephone numbers in the form in which they are compared. */
import { parsePhone } from '#platform/kernel/codes/mobile.ts';

const PARTS = /[、,，;；/|]|\s+(?=(?:\+?86)?1\d{10}(?!\d))/u;

/**
 * The first number of a field, without country code, blanks and extension. A number without area code gets `areaCode`
 * (e.g. `021`) where one is given. `undefined` for what is no number, and for placeholders as 13800000000.
 */
export function phoneNumber(raw: string, areaCode?: string): string | undefined {
  const narrow = raw.normalize('NFKC').trim();
  for (const part of narrow.split(PARTS)) {
    const found = parsePhone(part) ?? (areaCode === undefined ? undefined : parsePhone(`${areaCode}-${part.trim()}`));
    if (found === undefined) continue;
    const number = found.number.replace(/-\d+$/, (tail) => (found.kind === 'landline' && tail.length < 8 ? '' : tail));
    if (!/(\d)\1{6}$/.test(number)) return number;
  }
  return undefined;
}

/** True if one digit differs, or two neighbours changed places. */
export function isSlip(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  const at: number[] = [];
  for (let i = 0; i < a.length; i += 1) if (a.charCodeAt(i) !== b.charCodeAt(i)) at.push(i);
  if (at.length === 1) return true;
  const [i = 0, j = 0] = at;
  return at.length === 2 && j === i + 1 && a[i] === b[j] && a[j] === b[i];
}
