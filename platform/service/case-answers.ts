import type { FieldFault } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { CaseOffer, KnownValues } from './case-offer.ts';
import { type FormAnswers, formOf, mergeForms } from './form-merge.ts';
import { faultsOf } from './form-schema.ts';

/** An answer as an item keeps it: what was asked, the value, and whether a unit of the district says the same (来源). */
export type KeptAnswer = { title: Text; value: unknown; from?: { resource: string; unit: string } };
export type KeptAnswers = Record<string, KeptAnswer>;

/**
 * The answers of the one form, checked field by field and split: each item keeps what it asks for itself, and no unit gets what only
 * another one needs (目的限定).
 */
export function splitAnswers(options: { offer: CaseOffer; known: KnownValues; answers: FormAnswers }): {
  faults: FieldFault[];
  of(item: string): KeptAnswers;
} {
  const { offer, known: values, answers } = options;
  const merged = mergeForms(offer.items.map(({ terms, fields }) => formOf(terms.code, fields)));
  const keep = (element: string, title: Text): KeptAnswer => {
    const value = answers[element];
    const known = values[element];
    const same = known !== undefined && JSON.stringify(known.value) === JSON.stringify(value);
    return same ? { title, value, from: { resource: known.resource, unit: known.unit } } : { title, value };
  };
  return {
    faults: [...faultsOf(merged, answers), ...contradictions(values, answers)],
    of: (item) => {
      const fields = offer.items.find(({ terms }) => terms.code === item)?.fields ?? [];
      const given = fields.filter(({ element }) => answers[element] !== undefined);
      return Object.fromEntries(given.map(({ element, title }) => [element, keep(element, title)]));
    },
  };
}

/** An answer does not overwrite what a source has verified: who holds it to be wrong disputes it there (校核). */
function contradictions(known: KnownValues, answers: FormAnswers): FieldFault[] {
  return Object.entries(answers).flatMap(([element, answer]): FieldFault[] => {
    const there = known[element];
    if (there?.state !== 'verified' || String(there.value) === String(answer)) return [];
    const message = {
      zh: '与登记的信息不同；认为登记有误的，请先提出异议',
      en: 'differs from what is on record; dispute the record first if it is wrong',
    };
    return [{ pointer: `/answers/${element}`, rule: 'on-record', message }];
  });
}
