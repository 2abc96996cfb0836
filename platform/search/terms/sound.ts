import { pinyin } from 'pinyin-pro';

/** Words come again and again; finding their sound is the slow part of reading a text. */
const MOST_KEPT = 50_000;
const kept = new Map<string, { sound: string; initials: string }>();

function read(word: string): { sound: string; initials: string } {
  const known = kept.get(word);
  if (known) return known;
  const syllables = pinyin(word, { toneType: 'none', type: 'array', v: true, nonZh: 'removed' });
  const found = { sound: syllables.join(''), initials: syllables.map((syllable) => syllable[0]).join('') };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(word, found);
  return found;
}

/** Pinyin (拼音) of a word without tones, syllables joined: `renkou`. */
export function soundOf(word: string): string {
  return read(word).sound;
}

/** First letters of the syllables (首字母): `rk`. */
export function initialsOf(word: string): string {
  return read(word).initials;
}
