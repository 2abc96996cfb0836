/** Spelling made uniform before a value is checked. The landing keeps what the file said. */

/** Trims, joins runs of blanks, and makes full-width digits and Latin letters half width. Chinese punctuation stays: it belongs to names of firms. */
export function normaliseText(value: string): string {
  if (!UNUSUAL.test(value)) return value;
  return value
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, halfWidth)
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim();
}

/** For codes, numbers and dates: all full-width ASCII becomes half width, and no blank is left at the ends. */
export function normaliseToken(value: string): string {
  if (!UNUSUAL.test(value)) return value;
  return value
    .replace(/[\uFF01-\uFF5E]/g, halfWidth)
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim();
}

/** Anything that is not plain visible ASCII or a CJK character, or a blank at an end or doubled. */
const UNUSUAL = /[\uFF00-\uFFEF\u3000\u200B-\u200D\uFEFF\u00A0\t\r\n]|^\s|\s$|\s\s/;

function halfWidth(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 0xfee0);
}

/** Edit distance (Levenshtein) of two short texts; `limit + 1` as soon as it is certain to be above `limit`. */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const value = Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      current.push(value);
      best = Math.min(best, value);
    }
    if (best > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
