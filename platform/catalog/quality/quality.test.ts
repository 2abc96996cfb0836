import { Type } from 'typebox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, rulesOfSchema } from './rules.ts';
import { freshnessOf, ratesOf, scoreOf, type Weights } from './score.ts';

const weights: Weights = {
  normative: 0.2,
  complete: 0.2,
  accurate: 0.2,
  consistent: 0.15,
  timely: 0.15,
  accessible: 0.1,
};
const counted = fc
  .record({
    dimension: fc.constantFrom(...DIMENSIONS),
    checked: fc.nat(1000),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ dimension, checked, part }) => ({ dimension, checked, failed: Math.floor(checked * part) }));

describe('the score', () => {
  it('lies between 0 and 100, is 100 where nothing fails, and never rises with one more failing row', () => {
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 20 }), fc.nat(19), (rules, which) => {
        const score = scoreOf(ratesOf(rules), weights);
        if (rules.every(({ checked }) => checked === 0)) {
          expect(score).toBeNull();
          return;
        }
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        if (rules.every(({ failed }) => failed === 0)) expect(score).toBe(100);
        const at = which % rules.length;
        const worse = rules.map((rule, index) =>
          index === at && rule.failed < rule.checked ? { ...rule, failed: rule.failed + 1 } : rule,
        );
        expect(scoreOf(ratesOf(worse), weights)).toBeLessThanOrEqual(score ?? 0);
      }),
    );
  });

  it('leaves out a dimension of which nothing could be counted, instead of taking it for good or bad', () => {
    const rates = ratesOf([
      { dimension: 'complete', checked: 10, failed: 5 },
      { dimension: 'accurate', checked: 0, failed: 0 },
    ]);
    expect(rates).toEqual({ complete: 0.5 });
    expect(scoreOf(rates, weights)).toBe(50);
  });
});

describe('freshness', () => {
  const limits = { green: 1.1, amber: 2 };
  it.each([
    ['daily', 1.1, 'green'],
    ['daily', 1.2, 'amber'],
    ['daily', 2, 'amber'],
    ['daily', 2.1, 'red'],
    ['monthly', 34, 'green'],
    ['yearly', 800, 'red'],
    ['realtime', 500, 'unknown'],
    ['once', 500, 'unknown'],
  ])('of a resource updated %s whose newest batch is %d days old is %s', (updates, ageDays, state) => {
    expect(freshnessOf({ updates, ageDays, limits }).state).toBe(state);
  });
  it('is unknown where no batch ever came', () => {
    expect(freshnessOf({ updates: 'daily', ageDays: null, limits }).state).toBe('unknown');
  });
});

describe('rules of a schema', () => {
  const title = { zh: '项', en: 'item' };
  const field = (name: string, type: object, element: string | null = null) => ({
    name,
    title,
    element,
    type: type as Record<string, unknown>,
  });
  const ids = (fields: ReturnType<typeof field>[], lists: { resource: string; element: string }[] = []) =>
    rulesOfSchema({ fields, key: 'id', geometry: null, lists, resource: 'a.b' }).map(({ id }) => id);

  it('follow from what it says: required, key, pattern, format, list of values, limits', () => {
    expect(
      ids([
        field('id', Type.String({ pattern: '^x' })),
        field('day', Type.Union([Type.String({ format: 'date' }), Type.Null()])),
        field('kind', Type.Union([Type.Literal('a'), Type.Literal('b')])),
        field('count', Type.Integer({ minimum: 0 })),
        field('free', Type.Union([Type.String(), Type.Null()])),
      ]),
    ).toEqual([
      'schema:required:id',
      'schema:unique:id',
      'schema:pattern:id',
      'schema:pattern:day',
      'schema:required:kind',
      'schema:enum:kind',
      'schema:required:count',
      'schema:range:count',
    ]);
  });

  it('hold a standard code to the one list of it, and to none where two claim to be it', () => {
    const area = field('area', Type.Union([Type.String(), Type.Null()]), 'GB/T 2260, GB/T 10114');
    const list = { resource: 'geo.area', element: 'GB/T 2260' };
    expect(ids([area], [list])).toEqual(['schema:reference:area']);
    expect(ids([area], [list, { resource: 'other.area', element: 'GB/T 10114' }])).toEqual([]);
    expect(ids([area], [{ ...list, resource: 'a.b' }])).toEqual([]);
  });
});
