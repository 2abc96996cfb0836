import type { FormAnswers, MergedForm } from './form-merge.ts';
import { faultsOf } from './form-schema.ts';

/** What becomes of answers when the form changes under them. */
export type Carried = {
  answers: FormAnswers;
  /** Elements that are asked for in the new form only. */
  added: string[];
  /** Elements that are not asked for any more: their answers are dropped, for nobody needs them. */
  dropped: string[];
  /** Elements whose answer does not fit the new form and has to be given anew. */
  refit: string[];
};

/**
 * An item came out in a new version while somebody was filling in the old one: the new form is shown and the answers are kept, by data element.
 * An answer that the new form would refuse is not kept, but named.
 */
export function carryOver(options: { from: MergedForm; to: MergedForm; answers: FormAnswers }): Carried {
  const { from, to, answers } = options;
  const had = new Set(from.fields.map(({ element }) => element));
  const has = new Set(to.fields.map(({ element }) => element));
  const kept = Object.fromEntries(Object.entries(answers).filter(([element]) => has.has(element)));
  const wrong = new Set(faultsOf(to, kept).flatMap(({ pointer }) => pointer.split('/')[2] ?? []));
  const refit = Object.keys(kept).filter((element) => wrong.has(element));
  return {
    answers: Object.fromEntries(Object.entries(kept).filter(([element]) => !wrong.has(element))),
    added: [...has].filter((element) => !had.has(element)),
    dropped: Object.keys(answers).filter((element) => !has.has(element)),
    refit,
  };
}
