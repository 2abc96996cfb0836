import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { CaseOffer, KnownValues } from './case-offer.ts';
import { type FormAnswers, formOf, type MergedForm, mergeForms } from './form-merge.ts';
import { faultsOf } from './form-schema.ts';

/** How sure an answer is (核实状态): its source says the same, or that is under dispute, or nobody but the applicant says it (自行申报). */
export type AnswerState = 'verified' | 'disputed' | 'self-declared';
/** An answer as an item keeps it: what was asked, the value, and whether a unit of the district says the same (来源). */
export type KeptAnswer = {
  title: Text;
  value: unknown;
  from?: { resource: string; unit: string };
  state?: AnswerState;
};
export type KeptAnswers = Record<string, KeptAnswer>;

/** Answers that were kept before their state was: what has a source was verified by it. */
export const answerState = ({ state, from }: KeptAnswer): AnswerState => state ?? (from ? 'verified' : 'self-declared');

/**
 * The answers of the one form, checked field by field and split: each item keeps what it asks for itself, and no unit gets what only
 * another one needs (目的限定). What the district knows is taken from there: nobody has to send it, only what is disputed is said otherwise.
 */
export function splitAnswers(options: { offer: CaseOffer; known: KnownValues; answers: FormAnswers }): {
  faults: FieldFault[];
  of(item: string): KeptAnswers;
  /** Fields of the one form that have an answer, and those that nobody had to fill in (预填). */
  counted: { fields: number; prefilled: number };
} {
  const { offer, known: values } = options;
  const merged = mergeForms(offer.items.map(({ terms, fields }) => formOf(terms.code, fields)));
  const onFile = fitting(merged, values);
  const answers = { ...onFile, ...options.answers };
  const keep = (element: string, title: Text): KeptAnswer => {
    const value = answers[element];
    const known = values[element];
    if (!known || !says(known.value, onFile[element], value)) {
      const disputed = known?.state === 'disputed';
      return { title, value, state: disputed ? 'disputed' : 'self-declared' };
    }
    return { title, value, from: { resource: known.resource, unit: known.unit }, state: known.state };
  };
  const filled = merged.fields.filter(({ element }) => answers[element] !== undefined);
  return {
    counted: {
      fields: filled.length,
      prefilled: filled.filter(({ element, title }) => keep(element, title).from !== undefined).length,
    },
    faults: [...faultsOf(merged, answers), ...contradictions(values, onFile, options.answers)],
    of: (item) => {
      const fields = offer.items.find(({ terms }) => terms.code === item)?.fields ?? [];
      const given = fields.filter(({ element }) => answers[element] !== undefined);
      return Object.fromEntries(given.map(({ element, title }) => [element, keep(element, title)]));
    },
  };
}

/** Values on record as the form wants them. One that the form would refuse is asked for like any other, so that nobody is stuck with it. */
export function fitting(form: MergedForm, values: KnownValues): FormAnswers {
  const typed = form.fields.flatMap(({ element, type }): [string, string | number | boolean][] => {
    const value = values[element]?.value;
    if (value === undefined || value === null || value === '') return [];
    if (type === 'number') return [[element, Number(value)]];
    if (type === 'yes-no') return [[element, value === true || value === 'true']];
    return [[element, String(value)]];
  });
  const all = Object.fromEntries(typed);
  const wrong = new Set(faultsOf(form, all).flatMap(({ pointer }) => pointer.split('/')[2] ?? []));
  return Object.fromEntries(typed.filter(([element]) => !wrong.has(element)));
}

/** Whether an answer is what is on record, as it stands there or as the form writes it. */
const says = (recorded: unknown, typed: unknown, answer: unknown): boolean =>
  String(recorded) === String(answer) || (typed !== undefined && typed === answer);

/** An answer does not overwrite what a source has verified: who holds it to be wrong disputes it there (校核). */
function contradictions(known: KnownValues, onFile: FormAnswers, answers: FormAnswers): FieldFault[] {
  return Object.entries(answers).flatMap(([element, answer]): FieldFault[] => {
    const there = known[element];
    // A record that does not fit the form overrules nothing.
    if (there?.state !== 'verified' || onFile[element] === undefined) return [];
    if (says(there.value, onFile[element], answer)) return [];
    return [onRecord(element)];
  });
}

export const onRecord = (element: string): FieldFault => ({
  pointer: `/answers/${element}`,
  rule: 'on-record',
  message: {
    zh: '与登记的信息不同；认为登记有误的，请先提出异议',
    en: 'differs from what is on record; dispute the record first if it is wrong',
  },
});
