import { describe, expect, it } from 'vitest';
import { splitAnswers } from './case-answers.ts';
import type { CaseOffer, KnownValues } from './case-offer.ts';
import type { FormField } from './item-definition.ts';

const field = (element: string, more: Partial<FormField> = {}): FormField => ({
  element,
  title: { zh: element, en: element },
  group: 'matter',
  type: 'text',
  required: true,
  ...more,
});
const offer: CaseOffer = {
  items: [
    {
      terms: {
        code: 'item',
        version: 1,
        title: { zh: '事项', en: 'Item' },
        unit: 'unit',
        kind: 'licence',
        legalLimit: { amount: 20, unit: 'wd' },
        promisedLimit: { amount: 10, unit: 'wd' },
        discretion: true,
        materials: [],
      },
      fields: [
        field('name'),
        field('capital', { type: 'number', minimum: 0 }),
        field('kind', { type: 'choice', choices: ['a', 'b'] }),
      ],
      materials: [],
    },
  ],
  after: {},
  known: async () => ({}),
};
const on = (value: unknown, state: 'verified' | 'disputed' = 'verified') => ({
  value,
  resource: 'base.record',
  unit: 'source',
  state,
});
const known: KnownValues = { name: on('石库门'), capital: on('0500'), kind: on('a', 'disputed') };
const from = { resource: 'base.record', unit: 'source' };

describe('answers of an application', () => {
  it('are taken from the record where nobody says otherwise, in the type of the field', () => {
    const { faults, of } = splitAnswers({ offer, known, answers: {} });
    expect(faults).toEqual([]);
    expect(of('item')).toMatchObject({
      name: { value: '石库门', from, state: 'verified' },
      capital: { value: 500, from, state: 'verified' },
      kind: { value: 'a', from, state: 'disputed' },
    });
  });

  it('do not overwrite what is verified; what is disputed is said the applicant’s way and marked', () => {
    const { faults, of } = splitAnswers({ offer, known, answers: { name: '别的', kind: 'b', capital: 500 } });
    expect(faults).toMatchObject([{ pointer: '/answers/name', rule: 'on-record' }]);
    expect(of('item').kind).toEqual({ title: { zh: 'kind', en: 'kind' }, value: 'b', state: 'disputed' });
    expect(of('item').capital).toMatchObject({ state: 'verified' });
  });

  it('are asked for where the record does not fit the form, so that nobody is stuck with it', () => {
    const odd: KnownValues = { name: on('石库门'), capital: on('many'), kind: on('c', 'disputed') };
    const missing = splitAnswers({ offer, known: odd, answers: {} }).faults.map(({ pointer }) => pointer);
    expect(missing.sort()).toEqual(['/answers/capital', '/answers/kind']);
    const said = splitAnswers({ offer, known: odd, answers: { capital: 3, kind: 'a' } });
    expect(said.faults).toEqual([]);
    expect(said.of('item').capital).toMatchObject({ value: 3, state: 'self-declared' });
  });
});
