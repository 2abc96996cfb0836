import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOver } from './form-carry.ts';
import { answersFor, formOf, type MergedForm, mergeForms, savingOf } from './form-merge.ts';
import { faultsOf, schemaOf } from './form-schema.ts';
import type { FormField } from './item-definition.ts';

const ELEMENTS = ['name', 'phone', 'address', 'area', 'seats', 'opening-date', 'light'] as const;
const field = fc.record({
  element: fc.constantFrom(...ELEMENTS),
  title: fc.constant({ zh: '字段', en: 'Field' }),
  group: fc.constantFrom('applicant' as const, 'premises' as const, 'matter' as const),
  type: fc.constantFrom('text' as const, 'number' as const, 'date' as const, 'choice' as const),
  required: fc.boolean(),
  maxLength: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  minimum: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  choices: fc.option(fc.subarray(['a', 'b', 'c', 'd'], { minLength: 2 }), { nil: undefined }),
});
const form = fc
  .tuple(
    fc.constantFrom('I1', 'I2', 'I3', 'I4', 'I5'),
    fc.uniqueArray(field, { selector: ({ element }) => element, maxLength: 6 }),
  )
  .map(([item, fields]) => formOf(item, fields as FormField[]));
/** Forms of different items. */
const forms = fc.uniqueArray(form, { selector: ({ items }) => items[0] ?? '', minLength: 1, maxLength: 5 });
const elementsOf = ({ fields }: MergedForm) => fields.map(({ element }) => element);

describe('joining forms', () => {
  it('does not depend on order or grouping, and joining again changes nothing', () => {
    fc.assert(
      fc.property(forms, fc.nat(), (all, at) => {
        const joined = mergeForms(all);
        expect(mergeForms([...all].reverse())).toEqual(joined);
        expect(mergeForms([joined, joined])).toEqual(joined);
        const cut = at % all.length;
        expect(mergeForms([mergeForms(all.slice(0, cut)), mergeForms(all.slice(cut))])).toEqual(joined);
      }),
    );
  });

  it('asks for every element once, and loses none', () => {
    fc.assert(
      fc.property(forms, (all) => {
        const joined = elementsOf(mergeForms(all));
        expect(new Set(joined).size).toBe(joined.length);
        expect([...joined].sort()).toEqual([...new Set(all.flatMap(elementsOf))].sort());
      }),
    );
  });

  it('gives a department what its item asks for and nothing else', () => {
    fc.assert(
      fc.property(forms, (all) => {
        const joined = mergeForms(all);
        const answers = Object.fromEntries(ELEMENTS.map((element) => [element, 'x']));
        for (const one of all)
          expect(Object.keys(answersFor(joined, one.items[0] ?? '', answers)).sort()).toEqual(elementsOf(one).sort());
        expect(answersFor(joined, 'another', answers)).toEqual({});
      }),
    );
  });

  it('accepts no answer that one of the forms would refuse', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc.integer({ min: -3, max: 9 }),
      fc.constantFrom('a', 'b', '2026-01-02'),
    );
    fc.assert(
      fc.property(forms, fc.dictionary(fc.constantFrom(...ELEMENTS), value), (all, answers) => {
        const joined = mergeForms(all);
        fc.pre(joined.conflicts.every(({ solved }) => solved));
        if (faultsOf(joined, answers).length > 0) return;
        for (const one of all) expect(faultsOf(one, answersFor(joined, one.items[0] ?? '', answers))).toEqual([]);
      }),
    );
  });

  const one = (item: string, more: Partial<FormField>): MergedForm =>
    formOf(item, [
      {
        element: 'phone',
        title: { zh: '电话', en: 'Phone' },
        group: 'applicant',
        type: 'text',
        required: false,
        ...more,
      },
    ]);
  it('takes the stricter and says where units differ', () => {
    const joined = mergeForms([
      one('A', { maxLength: 20 }),
      one('B', { required: true, maxLength: 11, pattern: '^1' }),
    ]);
    expect(joined.fields).toMatchObject([{ required: true, maxLength: 11, patterns: ['^1'] }]);
    expect(joined.conflicts.map(({ kind, solved }) => `${kind} ${solved}`)).toEqual([
      'length true',
      'pattern true',
      'required true',
    ]);
  });

  it.each([
    ['two kinds of answers', { type: 'number' as const }, { type: 'date' as const }, 'type'],
    [
      'choices that share none',
      { type: 'choice' as const, choices: ['a', 'b'] },
      { type: 'choice' as const, choices: ['c', 'd'] },
      'choices',
    ],
    ['ranges apart', { type: 'number' as const, maximum: 1 }, { type: 'number' as const, minimum: 5 }, 'range'],
  ])('says what no answer could please: %s', (_, a, b, kind) => {
    expect(mergeForms([one('A', a), one('B', b)]).conflicts).toMatchObject([
      { kind, solved: false, items: ['A', 'B'] },
    ]);
  });

  it('counts what is asked of people apart from what is obtained', () => {
    const joined = mergeForms([one('A', { resource: 'r.x', field: 'phone' }), one('B', {})]);
    expect(savingOf(joined)).toEqual({ separate: 2, joined: 1, asked: 0 });
  });
});

describe('a form as JSON Schema', () => {
  it('names the data element, its source and who needs it', () => {
    const joined = mergeForms([
      formOf('A', [
        {
          element: 'age',
          title: { zh: '年龄', en: 'Age' },
          group: 'applicant',
          type: 'number',
          required: true,
          minimum: 0,
          resource: 'r.x',
          field: 'age',
        },
      ]),
    ]);
    expect(schemaOf(joined, { id: 'urn:x', title: '表' })).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['age'],
      additionalProperties: false,
      properties: {
        age: {
          type: 'number',
          minimum: 0,
          'x-data-element': 'age',
          'x-needed-by': ['A'],
          'x-source': { resource: 'r.x', field: 'age' },
        },
      },
    });
    expect(faultsOf(joined, { age: -1 })).toMatchObject([{ pointer: '/answers/age', rule: 'minimum' }]);
    expect(faultsOf(joined, {})).toMatchObject([{ pointer: '/answers/age', rule: 'required' }]);
    expect(faultsOf(joined, { age: 3, other: 1 })).toMatchObject([
      { pointer: '/answers/other', rule: 'additionalProperties' },
    ]);
  });
});

describe('a form that changes while it is filled in', () => {
  const text = (element: string, more: Partial<FormField> = {}): FormField => ({
    element,
    title: { zh: element, en: element },
    group: 'matter',
    type: 'text',
    required: false,
    ...more,
  });
  it('keeps the answers that fit, names those to give anew, and drops what nobody needs', () => {
    const from = formOf('A', [text('name'), text('seats'), text('old')]);
    const to = formOf('A', [text('name'), text('seats', { type: 'number' }), text('new', { required: true })]);
    expect(carryOver({ from, to, answers: { name: '甲', seats: '四十', old: 'x' } })).toEqual({
      answers: { name: '甲' },
      added: ['new'],
      dropped: ['old'],
      refit: ['seats'],
    });
  });

  it('keeps everything where nothing changed', () => {
    fc.assert(
      fc.property(form, fc.dictionary(fc.constantFrom(...ELEMENTS), fc.string({ maxLength: 5 })), (one, answers) => {
        const fitting = carryOver({ from: one, to: one, answers }).answers;
        expect(carryOver({ from: one, to: one, answers: fitting })).toEqual({
          answers: fitting,
          added: [],
          dropped: [],
          refit: [],
        });
      }),
    );
  });
});
