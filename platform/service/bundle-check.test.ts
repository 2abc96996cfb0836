import { describe, expect, it } from 'vitest';
import { checkBundle } from './bundle-check.ts';
import type { BundleDefinition } from './bundle-definition.ts';

const code = (n: number) => `11310101MB0000000X43101310${String(n).padStart(5, '0')}`;
const [firm, food, sign] = [code(1), code(2), code(3)] as const;
const known = { events: new Set(['found']), published: new Set([firm, food, sign]) };
const words = { zh: '样例', en: 'Sample' };
const definition: BundleDefinition = {
  title: words,
  lead: words,
  event: 'found',
  questions: [{ id: 'sign', title: words, options: ['yes', 'no'].map((value) => ({ value, title: words })) }],
  items: [
    { item: firm, after: [] },
    { item: food, after: [firm] },
    { item: sign, after: [firm], when: [{ sign: ['yes'] }] },
  ],
};
const [first, second, third] = definition.items as [
  BundleDefinition['items'][number],
  BundleDefinition['items'][number],
  BundleDefinition['items'][number],
];
const faults = (more: Partial<BundleDefinition>) =>
  checkBundle({ ...definition, ...more }, known).map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('a bundle', () => {
  it('without a fault has none', () => expect(faults({})).toEqual([]));

  it.each([
    ['an event that nobody knows', { event: 'party' }, ['/event known']],
    ['one item', { items: [first] }, ['/items minItems']],
    ['an item twice', { items: [first, second, first] }, ['/items/2/item unique']],
    ['an item that is not published', { items: [first, { ...second, item: code(9) }] }, ['/items/1/item published']],
    [
      'an item that waits for one outside',
      { items: [first, { ...second, after: [code(9)] }] },
      ['/items/1/after/0 known'],
    ],
    ['items that wait for each other', { items: [{ ...first, after: [food] }, second] }, ['/items/0/after circle']],
    ['an item that waits for itself', { items: [{ ...first, after: [firm] }, second] }, ['/items/0/after circle']],
    ['a condition on a question that is not asked', { questions: [] }, ['/items/2/when/0/sign before']],
    [
      'an option that is not there',
      { items: [first, second, { ...third, when: [{ sign: ['perhaps'] }] }] },
      ['/items/2/when/0/sign option'],
    ],
    [
      'a question that nobody reaches',
      {
        questions: [
          ...definition.questions,
          { id: 'size', title: words, options: definition.questions[0]?.options ?? [], when: [{ sign: ['yes'] }] },
          {
            id: 'never',
            title: words,
            options: definition.questions[0]?.options ?? [],
            when: [{ sign: ['no'], size: ['yes'] }],
          },
        ],
      },
      ['/questions/2 reachable'],
    ],
  ] satisfies [string, Partial<BundleDefinition>, string[]][])('is not published with %s', (_, more, found) => {
    expect(faults(more)).toEqual(found);
  });
});
