/** Readings (拼音) of characters, without tones, `ü` as `v`. */
import { pinyin } from 'pinyin-pro';

const readings = new Map<string, readonly string[]>();
const surnames = new Map<string, string>();

/** Every reading of a character, the most common first; a character that is not Chinese reads as itself. */
export function readingsOf(character: string): readonly string[] {
  let known = readings.get(character);
  if (known === undefined) {
    const all = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
    known = [...new Set(all.length > 0 ? all : [character.toLowerCase()])];
    readings.set(character, known);
  }
  return known;
}

/** How a surname is read: 单 shan, 曾 zeng, 仇 qiu, 尉迟 yu chi. Syllables are parted by a blank. */
export function surnameReading(surname: string): string {
  let known = surnames.get(surname);
  if (known === undefined) {
    known = pinyin(surname, { mode: 'surname', toneType: 'none', type: 'array', v: true }).join(' ');
    surnames.set(surname, known);
  }
  return known;
}

/** The most common reading of each character, parted by blanks. */
export function readingOf(text: string): string {
  return [...text].map((character) => readingsOf(character)[0] ?? character).join(' ');
}

/** True if two texts of equal length can be read alike, character by character. */
export function readAlike(a: string, b: string): boolean {
  const x = [...a];
  const y = [...b];
  if (x.length !== y.length) return false;
  return x.every((character, i) => {
    const other = y[i] as string;
    if (character === other) return true;
    const theirs = readingsOf(other);
    return readingsOf(character).some((reading) => theirs.includes(reading));
  });
}
