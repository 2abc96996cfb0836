import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { composeItemCode } from '#platform/kernel/codes/item-code.ts';
import { checkDefinition, codeFaults } from './item-check.ts';
import type { ItemDefinition } from './item-definition.ts';
import { blockersOf, depthOf } from './item-depth.ts';
import { differences } from './item-diff.ts';
import { keepsLaw } from './item-limits.ts';
import { choose, situationsOf } from './item-situation.ts';
import type { Limit } from './item-terms.ts';
import { certificateLike } from './obtain-check.ts';

const text = (zh: string) => ({ zh, en: zh });
const ONLINE = {
  download: true,
  submit: true,
  signature: true,
  materials: true,
  payment: true,
  certificate: true,
  post: true,
};
const definition: ItemDefinition = {
  title: text('食品经营许可'),
  aliases: [],
  kind: 'licence',
  audience: ['enterprise'],
  events: ['found'],
  basis: [{ law: text('《食品安全法》'), article: '第三十五条' }],
  legalLimit: { amount: 20, unit: 'wd' },
  promisedLimit: { amount: 5, unit: 'wd' },
  discretion: true,
  visits: 0,
  online: ONLINE,
  anyCentre: false,
  where: { place: text('窗口'), hours: text('9–17'), phone: '021-12345' },
  questions: [
    {
      id: 'tenure',
      title: text('自有还是租赁'),
      options: [
        { value: 'own', title: text('自有') },
        { value: 'rent', title: text('租赁') },
      ],
    },
    {
      id: 'landlord',
      title: text('出租人是谁'),
      options: [
        { value: 'person', title: text('个人') },
        { value: 'firm', title: text('单位') },
      ],
      when: [{ tenure: ['rent'] }],
    },
  ],
  materials: [
    { id: 'plan', title: text('布局图'), source: 'upload', required: true },
    { id: 'lease', title: text('租赁合同'), source: 'upload', required: true, when: [{ tenure: ['rent'] }] },
    {
      id: 'licence',
      title: text('出租单位执照'),
      source: 'certificate',
      certificateType: 'C1',
      required: true,
      when: [{ landlord: ['firm'] }],
    },
  ],
  fields: [
    { element: 'seats', title: text('餐位数'), group: 'matter', type: 'number', required: true },
    {
      element: 'rent',
      title: text('租金'),
      group: 'premises',
      type: 'number',
      required: true,
      when: [{ tenure: ['rent'] }],
    },
  ],
};
const known = {
  events: new Set(['found']),
  certificateTypes: new Set(['C1']),
  processes: new Set(['p1']),
  commitment: 'rule',
};
const rules = (more: Partial<ItemDefinition>) =>
  checkDefinition({ ...definition, ...more }, known).map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('online depth', () => {
  const facts = fc.record({
    online: fc.record({
      download: fc.boolean(),
      submit: fc.boolean(),
      signature: fc.boolean(),
      materials: fc.boolean(),
      payment: fc.boolean(),
      certificate: fc.boolean(),
      post: fc.boolean(),
    }),
    visits: fc.nat(2),
    fee: fc.option(fc.constant({ amount: '100', basis: text('目录') }), { nil: undefined }),
    certificateType: fc.option(fc.constant('C1'), { nil: undefined }),
    materials: fc.constantFrom([], [{ ...definition.materials[0], original: true }]) as fc.Arbitrary<
      ItemDefinition['materials']
    >,
  });

  it('is IV exactly where e-signature ∧ e-materials ∧ (no fee ∨ e-payment) ∧ (e-certificate ∨ post) ∧ no visit', () => {
    fc.assert(
      fc.property(facts, ({ online, fee, certificateType, visits, materials }) => {
        const four =
          online.submit &&
          online.signature &&
          online.materials &&
          materials.every(({ original }) => !original) &&
          (fee === undefined || online.payment) &&
          (certificateType === undefined || online.certificate || online.post) &&
          visits === 0;
        expect(depthOf({ online, fee, certificateType, visits, materials }) === 4).toBe(four);
        expect(blockersOf({ online, fee, certificateType, visits, materials }).length === 0).toBe(four);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ submit: false, download: false }, 1],
    [{ submit: false }, 2],
    [{ signature: false }, 3],
    [{}, 4],
  ])('climbs from information to the end: %j is %i', (online, depth) => {
    expect(depthOf({ ...definition, online: { ...ONLINE, ...online } })).toBe(depth);
  });
});

describe('a promised limit', () => {
  const limit = fc.record({
    amount: fc.nat(60),
    unit: fc.constantFrom('wd' as const, 'day' as const, 'month' as const),
  });
  it('in the unit of the law may be as long and no longer', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.constantFrom('wd' as const, 'day' as const, 'month' as const),
        (a, b, unit) => {
          expect(keepsLaw({ amount: a, unit }, { amount: b, unit })).toBe(a <= b);
        },
      ),
    );
  });

  it('in another unit is taken only where no calendar could make it longer', () => {
    // The longest that a promise can last against the shortest that the law can mean.
    const days = ({ amount, unit }: Limit, most: boolean) =>
      unit === 'day' ? amount : unit === 'month' ? amount * (most ? 31 : 28) : most ? amount * 2 + 9 : amount;
    fc.assert(
      fc.property(limit, limit, (promised, legal) => {
        fc.pre(promised.unit !== legal.unit && promised.unit !== 'wd');
        if (keepsLaw(promised, legal)) expect(days(promised, true)).toBeLessThanOrEqual(Math.max(days(legal, true), 0));
      }),
    );
    expect(keepsLaw({ amount: 20, unit: 'wd' }, { amount: 20, unit: 'day' })).toBe(false);
    expect(keepsLaw({ amount: 10, unit: 'day' }, { amount: 20, unit: 'wd' })).toBe(true);
    expect(keepsLaw({ amount: 5, unit: 'wd' }, { amount: 1, unit: 'month' })).toBe(true);
  });

  it('that is longer is told at its field', () => {
    expect(rules({ promisedLimit: { amount: 21, unit: 'wd' } })).toEqual(['/promisedLimit longer']);
  });
});

describe('guided questions', () => {
  it('ask one after the other and choose exactly the materials and fields of the situation', () => {
    expect(choose(definition, {})).toMatchObject({
      next: { id: 'tenure' },
      materials: [{ id: 'plan' }],
      fields: [{ element: 'seats' }],
    });
    expect(choose(definition, { tenure: 'own' })).toMatchObject({ next: undefined, materials: [{ id: 'plan' }] });
    expect(choose(definition, { tenure: 'rent' })).toMatchObject({ next: { id: 'landlord' } });
    const rent = choose(definition, { tenure: 'rent', landlord: 'firm' });
    expect(rent.next).toBeUndefined();
    expect(rent.materials.map(({ id }) => id)).toEqual(['plan', 'lease', 'licence']);
    expect(rent.fields.map(({ element }) => element)).toEqual(['seats', 'rent']);
  });

  it('forget answers to what is not asked any more', () => {
    expect(choose(definition, { tenure: 'own', landlord: 'firm' })).toMatchObject({
      answers: { tenure: 'own' },
      materials: [{ id: 'plan' }],
    });
    expect(choose(definition, { tenure: 'stolen' }).next?.id).toBe('tenure');
  });

  it('are all reached by their ways', () => {
    expect(situationsOf(definition)).toEqual([
      { tenure: 'own' },
      { tenure: 'rent', landlord: 'person' },
      { tenure: 'rent', landlord: 'firm' },
    ]);
  });
});

describe('a draft', () => {
  it('without a fault has none', () => expect(rules({})).toEqual([]));

  it.each([
    [
      'a condition on what comes later',
      { questions: [...definition.questions].reverse() },
      '/questions/0/when/0/tenure before',
    ],
    [
      'an option that is not there',
      { materials: [{ ...definition.materials[0], when: [{ tenure: ['gift'] }] }] },
      '/materials/0/when/0/tenure option',
    ],
    ['the same element twice', { fields: [definition.fields[0], definition.fields[0]] }, '/fields/1/element unique'],
    ['a certificate that nobody issues', { certificateType: 'C9' }, '/certificateType known'],
    [
      'data from nowhere',
      { materials: [{ ...definition.materials[0], source: 'data' }] },
      '/materials/0/resource required',
    ],
    [
      'a choice without choices',
      { fields: [{ ...definition.fields[0], type: 'choice' }] },
      '/fields/0/choices minItems',
    ],
    [
      'a range that holds nothing',
      { fields: [{ ...definition.fields[0], minimum: 5, maximum: 1 }] },
      '/fields/0/maximum range',
    ],
    [
      'no regular expression',
      { fields: [{ ...definition.fields[0], type: 'text', pattern: '(' }] },
      '/fields/0/pattern pattern',
    ],
    ['an unknown life event', { events: ['party'] }, '/events/0 known'],
    ['a commitment for a payment', { kind: 'payment', notifyAndCommit: { rule: 'rule' } }, '/notifyAndCommit kind'],
    ['a commitment that nobody checks', { notifyAndCommit: { rule: 'x' } }, '/notifyAndCommit known'],
    ['a process that is not published', { process: 'p2' }, '/process known'],
    [
      'a material that no answers lead to',
      { materials: [{ ...definition.materials[0], when: [{ tenure: ['own'], landlord: ['firm'] }] }] },
      '/materials/0 reachable',
    ],
  ] as [string, Partial<ItemDefinition>, string][])('is not published with %s', (_, more, fault) => {
    expect(rules(more)).toContain(fault);
  });

  it('has a code of the standard, of its unit and of its kind', () => {
    const credit = composeCreditCode({ kind: '11', region: '310101', organisation: '00000001' });
    const code = composeItemCode({ creditCode: credit, level: '4', basic: '310131001000' });
    const of = (kind: ItemDefinition['kind'], creditCode: string | undefined = credit, asked = code) =>
      codeFaults({ code: asked, creditCode, kind }).map(({ rule }) => rule);
    expect(of('licence')).toEqual([]);
    expect(of('payment')).toEqual(['kind']);
    expect(of('licence', '11310101000000028A')).toEqual(['unit']);
    expect(of('licence', credit, code.slice(1))).toEqual(['item-length']);
  });
});

describe('what changed', () => {
  it('is told down to the value; moving a material is no change', () => {
    const after = {
      ...definition,
      promisedLimit: { amount: 3, unit: 'wd' as const },
      materials: [...definition.materials].reverse().filter(({ id }) => id !== 'plan'),
    };
    expect(differences(definition, after).map(({ pointer, before, after: now }) => [pointer, before, now])).toEqual([
      ['/materials/plan', definition.materials[0], null],
      ['/promisedLimit/amount', 5, 3],
    ]);
    expect(differences(definition, definition)).toEqual([]);
  });
});

describe('a paper that somebody issues as a certificate', () => {
  const types = [
    { code: 'C1', title: text('食品经营许可证') },
    { code: 'C2', title: text('不动产权证书') },
  ];
  it.each([
    ['食品经营许可证（正本）', 'C1'],
    ['不动产权证', 'C2'],
    ['平面布局图', undefined],
  ])('is recognised by its name: %s', (zh, code) => expect(certificateLike(text(zh), types)?.code).toBe(code));
});
