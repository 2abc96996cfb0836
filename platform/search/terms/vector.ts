import { initialsOf, soundOf } from './sound.ts';
import { isHan, runsOf, wordsOfText } from './segment.ts';
import { hasNames, namesOf } from './vocabulary.ts';

/** What a document says, by how much it weighs: its name, the names of its parts, the rest. */
export type Texts = { title: readonly string[]; parts: readonly string[]; rest: readonly string[] };

/** One place of a term. Labels are those of PostgreSQL's text search: A title, B parts, C the rest, D what only helps to find. */
type Place = { term: string; at: number; label: 'A' | 'B' | 'C' | 'D' };

/** PostgreSQL keeps positions up to this one. */
const LAST = 16_383;

/**
 * Terms of a document as a `tsvector` literal:
 * `w:` words, `g:` pairs of neighbouring characters (so that also a name that the segmenter does not know is found, by their order),
 * `p:` pinyin of words, `i:` first letters of names.
 */
export function vectorOf(texts: Texts): string {
  const places: Place[] = [];
  let at = 0;
  const add = (text: string, label: Place['label'], named: boolean): void => {
    for (const word of wordsOfText(text)) {
      at += 1;
      places.push({ term: `w:${word}`, at, label });
      if (!isHan(word) || word.length === 1 || label === 'C') continue;
      for (const name of namesOf(word)) {
        places.push({ term: `p:${soundOf(name)}`, at, label: 'D' });
        if (hasNames(word)) places.push({ term: `i:${initialsOf(name)}`, at, label: 'D' });
      }
    }
    for (const run of runsOf(text).filter(isHan)) {
      const characters = [...run];
      at += 2;
      for (const [i, character] of characters.entries())
        places.push({ term: `g:${character}${characters[i + 1] ?? ''}`, at: at + i, label: 'D' });
      if (named && characters.length > 1) {
        places.push({ term: `i:${initialsOf(run)}`, at, label: 'D' }, { term: `p:${soundOf(run)}`, at, label: 'D' });
      }
      at += characters.length;
    }
    // A gap, so that the end of one text and the begin of the next are no neighbours.
    at += 2;
  };
  for (const text of texts.title) add(text, 'A', true);
  for (const text of texts.parts) add(text, 'B', false);
  for (const text of texts.rest) add(text, 'C', false);
  return literal(places);
}

function literal(places: readonly Place[]): string {
  const terms = new Map<string, string[]>();
  for (const { term, at, label } of places) {
    const list = terms.get(term) ?? [];
    if (list.length < MOST_PLACES) list.push(`${Math.min(at, LAST)}${label}`);
    terms.set(term, list);
  }
  return [...terms].map(([term, list]) => `${quoted(term)}:${list.join(',')}`).join(' ');
}

/** PostgreSQL keeps 255 places of a term. */
const MOST_PLACES = 250;

/** A lexeme as `tsvector` and `tsquery` read it. */
export function quoted(term: string): string {
  return `'${term.replaceAll(/['\\]/g, (c) => c + c)}'`;
}

/** Words of the document that a misspelt question may have meant: each with its sound and the pieces by which it is found. */
export function knownWords(texts: Texts): { word: string; sound: string; pieces: string[] }[] {
  const words = new Set([...texts.title, ...texts.parts].flatMap(wordsOfText).filter((word) => word.length > 1));
  return [...words].map((word) => {
    const sound = isHan(word) ? soundOf(word) : word;
    return { word, sound, pieces: piecesOf(word, sound) };
  });
}

/** Characters of a Chinese word and pairs of letters of its sound: a word that shares enough of them may be meant. */
export function piecesOf(word: string, sound: string): string[] {
  const letters = `^${sound}$`;
  const pairs = Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2));
  return [...new Set([...(isHan(word) ? word : ''), ...pairs])];
}
