/** Forms in which two spellings of the same thing are equal. */
import { commonForm } from '#platform/linkage/standardise/characters.ts';
import { figuresOf } from './address/numerals.ts';

/** A name (姓名、名称) as kept: half width where Latin, no blanks between Chinese characters, one elsewhere. */
export function nameForm(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}
const PLAIN = /^\p{Script=Han}+$/u;

/** Province, city and district in front of an address; a bare district only if short, as in 浦东新区. */
const ABOVE =
  /^(?:(?:\p{Script=Han}{2,8}(?:省|自治区))?\p{Script=Han}{2,8}?市\p{Script=Han}{1,5}?[区县]|\p{Script=Han}{2,3}区)/u;

/** An address (地址) as compared: half width, simplified, numerals of 弄 and 号 as figures, no blanks, without province, city and district. */
export function addressForm(text: string): string {
  return figuresOf(commonForm(text.normalize('NFKC')).replace(/\s+/g, '')).replace(ABOVE, '');
}

/** 瑞金二路118弄12号301室 → building 瑞金二路118弄12号, room 301室. Undefined where no house number stands. */
export function splitAddress(text: string): { building: string; room: string | undefined } | undefined {
  const found = /^(.*号(?:楼|幢)?)(.*)$/u.exec(addressForm(text));
  return found ? { building: found[1] as string, room: found[2] || undefined } : undefined;
}
