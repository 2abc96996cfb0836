/** Chinese numerals in addresses (三百弄, 一一八弄, 廿三号) as figures. */
const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const TENS: Readonly<Record<string, number>> = { 廿: 20, 卅: 30 };
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

export const NUMERALS = '零〇一二两三四五六七八九十百千廿卅';
const SPOKEN = new RegExp(`[${NUMERALS}]+(?=支?弄|号|室|幢|栋|单元)`, 'gu');

/** 三百 → 300, 一一八 → 118, 廿三 → 23, 三百廿 → 320. */
export function numeralValue(text: string): string {
  const letters = [...text];
  if (letters.every((letter) => letter in DIGITS)) return letters.map((letter) => DIGITS[letter]).join('');
  let sum = 0;
  let open: number | undefined;
  let last = 0;
  for (const letter of letters) {
    if (letter in TENS) {
      sum += TENS[letter] ?? 0;
      last = 10;
    } else if (letter in UNITS) {
      last = UNITS[letter] ?? 1;
      sum += (open ?? 1) * last;
      open = undefined;
    } else open = DIGITS[letter];
    if (letter === '零' || letter === '〇') last = 10;
  }
  // 一百二 is 120: what stands last without a unit counts in the unit below.
  return String(sum + (open === undefined ? 0 : open * (last >= 100 ? last / 10 : 1)));
}

/** Numerals in front of 弄, 号, 室 and the like become figures; those of road names (瑞金二路) stay. */
export function figuresOf(text: string): string {
  return text.replace(SPOKEN, numeralValue);
}
