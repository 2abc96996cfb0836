import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexOf, isFresh, scoreOf } from './vital-index.ts';

const vital = (id: string, weight: number, fresh: boolean, value: number | null = 50) => ({
  id,
  value,
  fresh,
  scale: { limit: 0, target: 100, weight },
});

it('a vital scores 0 at its limit and 100 at its target, whichever is the greater', () => {
  expect([scoreOf(20, { limit: 20, target: 0, weight: 1 }), scoreOf(0, { limit: 20, target: 0, weight: 1 })]).toEqual([
    0, 100,
  ]);
  expect(scoreOf(5, { limit: 20, target: 0, weight: 1 })).toBe(75);
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.integer(), fc.integer(), (value, limit, target) => {
      const score = scoreOf(value, { limit, target, weight: 1 });
      return score >= 0 && score <= 100;
    }),
  );
});

it('with 30 % of the weight stale the index is withheld, with 20 % it is not', () => {
  expect(indexOf([vital('a', 0.7, true), vital('b', 0.3, false)])).toEqual({ value: null, fresh: 0.7, missing: ['b'] });
  expect(indexOf([vital('a', 0.3, true), vital('b', 0.5, true), vital('c', 0.2, false)]).value).toBe(50);
});

it('a stale vital changes nothing but the weight, whatever its last value was', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: 0, max: 100 }),
      fc.double({ noNaN: true, min: 0, max: 100 }),
      (last, other) => {
        const rest = [vital('a', 0.5, true, other), vital('b', 0.4, true, 10)];
        return (
          indexOf([...rest, vital('c', 0.1, false, last)]).value === indexOf([...rest, vital('c', 0.1, false, 0)]).value
        );
      },
    ),
  );
});

it('a figure that cannot be made counts as stale', () => {
  expect(indexOf([vital('a', 0.7, true), vital('b', 0.3, true, null)]).value).toBeNull();
});

it('a source may be silent for twice its interval', () => {
  const now = new Date('2026-11-27T06:00:00Z');
  expect(isFresh(new Date('2026-11-27T05:50:00Z'), 5, now)).toBe(true);
  expect(isFresh(new Date('2026-11-27T05:49:59Z'), 5, now)).toBe(false);
  expect(isFresh(null, 5, now)).toBe(false);
});
