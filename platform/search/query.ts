import { isHan } from './terms/segment.ts';
import { soundOf } from './terms/sound.ts';
import { quoted } from './terms/vector.ts';
import { namesOf } from './terms/vocabulary.ts';

/** Letters of a shorter word fit too much. */
const LEAST_LETTERS = 2;

/** One word of a question as PostgreSQL asks for it: under all its names; what is typed in letters may be English, pinyin or first letters. */
export function termOf(word: string): string {
  return either(namesOf(word).flatMap((name) => (isHan(name) ? han(name) : letters(name))));
}

/** A Chinese word by its sound (同音). */
export function soundTermOf(word: string): string {
  return quoted(`p:${soundOf(word)}`);
}

function han(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return [quoted(`w:${word}`), `${quoted(`g:${word}`)}:*`];
  const pairs = characters.slice(0, -1).map((character, i) => quoted(`g:${character}${characters[i + 1]}`));
  return [quoted(`w:${word}`), pairs.length === 1 ? (pairs[0] as string) : `(${pairs.join(' <-> ')})`];
}

function letters(word: string): string[] {
  const starts = `${quoted(`w:${word}`)}:*`;
  if (!/^[a-z]+$/.test(word) || word.length < LEAST_LETTERS) return [starts];
  const one = word.replace(/(?<=..)ies$/, 'y').replace(/(?<=...)(?<!s)s$/, '');
  const singular = one === word ? [] : [`${quoted(`w:${one}`)}:*`];
  return [starts, ...singular, `${quoted(`p:${word}`)}:*`, `${quoted(`i:${word}`)}:*`];
}

const either = (terms: readonly string[]): string =>
  terms.length === 1 ? (terms[0] as string) : `(${terms.join(' | ')})`;
export const anyOf = either;
export const allOf = (terms: readonly string[]): string => terms.join(' & ');
