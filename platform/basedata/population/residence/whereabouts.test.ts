import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '#platform/basedata/shared/survivorship.ts';
import { type EvidenceRule, whereabouts } from './whereabouts.ts';

const RULE: EvidenceRule = {
  weights: new Map([
    ['civil-affairs', 0.95],
    ['public-security', 0.85],
    ['health', 0.7],
  ]),
  halfLifeDays: 180,
};
let claim = 0;
const said = (unit: string, address: string, day: string): Statement => ({
  claim: ++claim,
  dataset: unit,
  unit,
  batch: 'b',
  row: 1,
  sourceKey: String(claim),
  receivedAt: `${day}T04:00:00.000Z`,
  values: { residenceAddress: address },
});
const ask = (statements: Statement[], more: object = {}) =>
  whereabouts({ statements, hukou: '外滩路7号', rule: RULE, today: '2026-07-01', ...more });

describe('where somebody really lives', () => {
  it('evidence loses half of its worth in 180 days', () => {
    expect(ask([said('health', '甲路1号', '2026-07-01')]).confidence).toBeCloseTo(0.7);
    expect(ask([said('health', '甲路1号', '2026-01-02')]).confidence).toBeCloseTo(0.35);
  });

  it('what is fresh goes before what is authoritative and old', () => {
    const found = ask([said('civil-affairs', '甲路1号', '2024-01-01'), said('health', '乙路2号', '2026-06-20')]);
    expect(found).toMatchObject({ address: '乙路2号', separated: true });
    expect(found.against.map(({ address }) => address)).toEqual(['甲路1号']);
  });

  it('witnesses who agree add up; an employer is none', () => {
    const two = ask([
      said('health', '甲路1号', '2026-06-30'),
      said('public-security', '上海市黄浦区甲路1号', '2026-06-30'),
    ]);
    expect(two.confidence).toBeGreaterThan(0.9);
    expect(ask([said('human-resources', '单位路9号', '2026-06-30')])).toMatchObject({
      address: null,
      confidence: 0,
      separated: null,
    });
  });

  it('living where one is registered is no separation', () => {
    expect(ask([said('public-security', '上海市黄浦区外滩路7号', '2026-06-30')]).separated).toBe(false);
  });

  it('what an official found at the door wins, and what speaks against it is shown', () => {
    const confirmation = { address: '丙路3号', on: '2026-06-01', by: '沈佳宁', unit: 'c', note: '上门' };
    const found = ask([said('civil-affairs', '甲路1号', '2026-06-30')], { confirmation });
    expect(found).toMatchObject({ address: '丙路3号', confidence: 1, separated: true });
    expect(found.against).toHaveLength(1);
  });

  it('is between nothing and certain, and the same in any order', () => {
    const one = fc.record({
      unit: fc.constantFrom('civil-affairs', 'public-security', 'health'),
      address: fc.constantFrom('甲路1号', '乙路2号'),
      day: fc.integer({ min: 1, max: 28 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (all) => {
        const statements = all.map(({ unit, address, day }) =>
          said(unit, address, `2026-06-${String(day).padStart(2, '0')}`),
        );
        const found = ask(statements);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThan(1);
        expect(ask([...statements].reverse()).confidence).toBeCloseTo(found.confidence, 12);
      }),
    );
  });
});
