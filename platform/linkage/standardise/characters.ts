/** Forms of characters in which two writings of one text are equal. For comparison only: what people see is kept as it came. */
import { Converter } from 'opencc-js/t2cn';

/** One character for another that registers use in its place (异体字), where OpenCC knows none. */
const VARIANTS: ReadonlyMap<string, string> = new Map(
  (
    '甯宁 锺钟 喆哲 堃坤 髙高 煕熙 珎珍 囯国 邨村 菓果 槑梅 龢和 脩修 祐佑 徳德 恵惠 暁晓 栄荣 桜樱 沢泽 斉齐 亜亚 広广 ' +
    '気气 淸清 靑青 眞真 敎教 産产 戸户 黒黑 歩步 叁三 弌一 弍二 弎三 亖四 冨富 寗宁 勐猛 孃娘'
  )
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

const convert = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();

/** The simplified, common form of one character (繁体、异体 → 简体). */
function simpleOf(character: string): string {
  const known = simplified.get(character);
  if (known !== undefined) return known;
  // Two lists may lead on from each other, or in a circle: then its first character stands for all.
  const path = [character];
  for (;;) {
    const last = path.at(-1) as string;
    const next = convert(VARIANTS.get(last) ?? last);
    const at = path.indexOf(next);
    if (at < 0) path.push(next);
    else {
      const form = path.slice(at).sort()[0] as string;
      simplified.set(character, form);
      return form;
    }
  }
}

const SPACES = /\s+/gu;
const PLAIN = /^[\u4e00-\u9fff]*$/u;

/** Half width, and characters one by one in their simplified form. */
export function commonForm(text: string): string {
  const narrow = PLAIN.test(text) ? text : text.normalize('NFKC');
  let out = '';
  for (const character of narrow) out += character < '\u2e80' ? character : simpleOf(character);
  return out;
}

/** `commonForm` without blanks of any kind. */
export function tightForm(text: string): string {
  return commonForm(text).replace(SPACES, '');
}

/** True if the text has a Chinese character. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
