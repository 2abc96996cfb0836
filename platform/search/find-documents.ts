import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { allOf, anyOf, soundTermOf, termOf } from './query.ts';
import { distance } from './terms/distance.ts';
import { isHan, wordsOfQuery } from './terms/segment.ts';
import { soundOf } from './terms/sound.ts';
import { piecesOf } from './terms/vector.ts';

export type Asked = {
  kind: string;
  /** What was typed; empty asks for everything. */
  q: string;
  /** Values that the result is narrowed to. */
  chosen?: Record<string, string>;
  page: number;
  pageSize: number;
};

export type Found = {
  /** The best first. */
  ids: string[];
  total: number;
  /** Documents with their facets, before narrowing: for counting what each choice would leave. */
  combinations: { facets: Record<string, string>; documents: number }[];
  /** Words that were looked for: what a reader sees marked. */
  words: string[];
  /** Words that nobody writes so, and what was looked for instead. */
  instead: { typed: string; used: string }[];
  /** No document has all words: these have some. */
  some: boolean;
};

/** Candidates looked at for one misspelt word. */
const CANDIDATES = 40;

/**
 * Finds the documents of a kind that hold all words of a question. A word that no document holds is taken for a misspelt one: for
 * one of the same sound, then for the nearest. Where no document has all words, those with some of them are found.
 */
export async function findDocuments(db: Db, asked: Asked): Promise<Found> {
  const words = wordsOfQuery(asked.q);
  if (words.length === 0) {
    // Signs only: there is nothing that they could be found by.
    return asked.q.trim() === '' ? pageOf(db, { asked, query: null, words }) : nothing;
  }
  const plainly = allOf(words.map(termOf));
  const first = await pageOf(db, { asked, query: plainly, words });
  if (first.combinations.length > 0) return first;
  const meant = await Promise.all(words.map((word) => meantBy(db, asked.kind, word)));
  const instead = meant.flatMap(({ typed, used }) => (typed === used ? [] : [{ typed, used }]));
  const used = meant.map(({ used: word }) => word);
  if (instead.length > 0) {
    const second = await pageOf(db, { asked, query: allOf(meant.map(({ term }) => term)), words: used });
    if (second.combinations.length > 0) return { ...second, instead };
  }
  if (words.length === 1) return { ...first, words: used };
  const third = await pageOf(db, { asked, query: anyOf(meant.map(({ term }) => term)), words: used });
  return { ...third, instead, some: third.combinations.length > 0 };
}

const nothing: Found = { ids: [], total: 0, combinations: [], words: [], instead: [], some: false };

async function pageOf(
  db: Db,
  { asked, query, words }: { asked: Asked; query: string | null; words: string[] },
): Promise<Found> {
  const { kind, chosen = {}, page, pageSize } = asked;
  const found = await db.first<{ found: Pick<Found, 'ids' | 'combinations'> }>(
    sql`select search.find(${kind}, ${query}, ${json(chosen)}::text::jsonb, ${pageSize}, ${(page - 1) * pageSize}) as found`,
  );
  const { ids, combinations } = found?.found ?? nothing;
  const total = combinations
    .filter(({ facets }) => Object.entries(chosen).every(([name, value]) => facets[name] === value))
    .reduce((sum, { documents }) => sum + documents, 0);
  return { ids, total, combinations, words, instead: [], some: false };
}

/** The word itself if any document has it, else what was probably meant by it. */
async function meantBy(db: Db, kind: string, typed: string): Promise<{ typed: string; used: string; term: string }> {
  const itself = { typed, used: typed, term: termOf(typed) };
  const has = async (term: string) =>
    (await db.first<{ holds: boolean }>(sql`select search.holds(${kind}, ${term}) as holds`))?.holds === true;
  if (await has(itself.term)) return itself;
  const sound = isHan(typed) ? soundOf(typed) : typed;
  const alike = await db.rows<{ word: string; sound: string }>(
    sql`select word, sound from search.alike(${kind}, ${piecesOf(typed, sound)}, ${CANDIDATES})`,
  );
  const nearest = alike
    .map((known) => ({ ...known, away: far(typed, sound, known) }))
    .filter(({ away }) => away <= mostFor(sound))
    .sort((a, b) => a.away - b.away)[0];
  if (nearest) return { typed, used: nearest.word, term: termOf(nearest.word) };
  // A sound that stands in a name only as part of a longer word.
  if (isHan(typed) && (await has(soundTermOf(typed)))) return { typed, used: typed, term: soundTermOf(typed) };
  return itself;
}

/** The same sound is no mistake worth counting; of Chinese words also one other character is forgiven where two or more agree. */
function far(typed: string, sound: string, known: { word: string; sound: string }): number {
  const most = mostFor(sound);
  const bySound = distance(sound, known.sound, most);
  if (!isHan(typed) || !isHan(known.word)) return bySound;
  const characters = [...typed];
  const byCharacter = distance(typed, known.word, 1);
  const close = byCharacter <= 1 && characters.length >= 3 ? 1 : most + 1;
  // Two characters that merely sound alike say little: one of them has to be the same, or both sounds.
  const shares = characters.some((character) => known.word.includes(character));
  return Math.min(bySound === 0 || shares ? bySound : most + 1, close);
}

/** Long words may hold two mistakes. */
const mostFor = (sound: string): number => (sound.length < 4 ? 0 : sound.length < 9 ? 1 : 2);
