import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });

/** A provision (条款) of city-management law: what it says in short, with source and dates; `verified` once somebody has compared it with the text. */
export const ClauseSchema = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9-]+$' }),
  law: Words,
  documentNo: Type.Optional(Type.String()),
  /** Null where the number of the article is not known for sure. */
  article: Type.Union([Type.String(), Type.Null()]),
  says: Words,
  /** Classes of cases that it is about; `*` is every class. */
  classes: Type.Array(Type.String({ pattern: '^([PE][0-9]{4}|\\*)$' })),
  validFrom: Type.String({ format: 'date' }),
  validTo: Type.Optional(Type.String({ format: 'date' })),
  verified: Type.Boolean(),
});
export type Clause = Static<typeof ClauseSchema>;

const file = Compile(Type.Object({ note: Type.String(), clauses: Type.Array(ClauseSchema) }));
const read: unknown = JSON.parse(readFileSync(new URL('clauses.json', import.meta.url), 'utf8'));
const CLAUSES: readonly Clause[] = file.Parse(read).clauses;

/**
 * Provisions in force on a day (执法依据), those of the class itself before those of every class; `words` must all occur in law, article or text.
 */
export function findClauses(options: {
  on: string;
  class?: string;
  words?: string;
  ids?: readonly string[];
}): Clause[] {
  const { on, ids } = options;
  const words = (options.words ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return CLAUSES.filter((clause) => {
    if (clause.validFrom > on || (clause.validTo !== undefined && clause.validTo <= on)) return false;
    if (ids && !ids.includes(clause.id)) return false;
    if (options.class !== undefined && !clause.classes.includes(options.class) && !clause.classes.includes('*'))
      return false;
    const text = [clause.law.zh, clause.law.en, clause.documentNo, clause.article, clause.says.zh, clause.says.en]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  }).sort((a, b) => Number(a.classes.includes('*')) - Number(b.classes.includes('*')));
}

/** As it is cited: 《law》（number）article. */
export const citationOf = ({ law, documentNo, article }: Clause): string =>
  `《${law.zh}》${documentNo ? `（${documentNo}）` : ''}${article ?? '（条号待核）'}`;
