import type { FieldFault } from '#platform/kernel/errors.ts';
import type { CaseOffer } from './case-offer.ts';
import { type FormAnswers, formOf, mergeForms } from './form-merge.ts';
import { faultsOf } from './form-schema.ts';

/** An answer as an item keeps it: the value, and whether a unit of the district says the same (来源). */
export type KeptAnswer = { value: unknown; from?: { resource: string; unit: string } };
export type KeptAnswers = Record<string, KeptAnswer>;

/**
 * The answers of the one form, checked field by field and split: each item keeps what it asks for itself, and no unit gets what only
 * another one needs (目的限定).
 */
export function splitAnswers(options: { offer: CaseOffer; answers: FormAnswers }): {
  faults: FieldFault[];
  of(item: string): KeptAnswers;
} {
  const { offer, answers } = options;
  const merged = mergeForms(offer.items.map(({ terms, fields }) => formOf(terms.code, fields)));
  const keep = (element: string): KeptAnswer => {
    const value = answers[element];
    const known = offer.known[element];
    const same = known !== undefined && JSON.stringify(known.value) === JSON.stringify(value);
    return same ? { value, from: { resource: known.resource, unit: known.unit } } : { value };
  };
  return {
    faults: faultsOf(merged, answers),
    of: (item) => {
      const fields = offer.items.find(({ terms }) => terms.code === item)?.fields ?? [];
      const given = fields.filter(({ element }) => answers[element] !== undefined);
      return Object.fromEntries(given.map(({ element }) => [element, keep(element)]));
    },
  };
}
