import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChange,
  asOf,
  contains,
  history,
  intersect,
  type Interval,
  overlaps,
  retract,
  subtract,
  supersede,
  type Version,
} from '#platform/kernel/bitemporal.ts';
import { addDays } from '#platform/kernel/dates.ts';

const day = (n: number): string => addDays('2024-01-01', n);
const interval: fc.Arbitrary<Interval> = fc
  .record({ from: fc.nat(30), length: fc.integer({ min: 1, max: 20 }), open: fc.boolean() })
  .map(({ from, length, open }) => ({ from: day(from), to: open ? null : day(from + length) }));
const step = fc.record({ valid: interval, value: fc.option(fc.constantFrom('a', 'b', 'c')) });

describe('half-open intervals', () => {
  it('intersect and subtract as sets of days do', () => {
    fc.assert(
      fc.property(interval, interval, fc.nat(60), (a, b, n) => {
        const at = day(n);
        const common = intersect(a, b);
        expect(common !== undefined && contains(common, at)).toBe(contains(a, at) && contains(b, at));
        expect(subtract(a, b).filter((each) => contains(each, at)).length).toBe(
          contains(a, at) && !contains(b, at) ? 1 : 0,
        );
        expect(overlaps(a, b)).toBe(overlaps(b, a));
      }),
    );
  });
  it('do not contain their end', () => {
    expect(contains({ from: '2024-01-01', to: '2024-02-01' }, '2024-02-01')).toBe(false);
    expect(overlaps({ from: '2024-01-01', to: '2024-02-01' }, { from: '2024-02-01', to: null })).toBe(false);
  });
});

describe('bitemporal versions', () => {
  it('answer every (valid, known) question like a table of days written one change at a time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let versions: Version<string>[] = [];
        const tables: Map<number, string>[] = [];
        let table = new Map<number, string>();
        steps.forEach(({ valid, value }, index) => {
          const recordedAt = day(1000 + index);
          const change =
            value === null
              ? retract({ versions, valid, recordedAt })
              : supersede({ versions, valid, value, recordedAt });
          versions = applyChange(versions, change, recordedAt);
          table = new Map(table);
          for (let n = 0; n < 60; n += 1) {
            if (!contains(valid, day(n))) continue;
            if (value === null) table.delete(n);
            else table.set(n, value);
          }
          tables.push(table);
        });
        tables.forEach((expected, index) => {
          for (let n = 0; n < 60; n += 1) {
            expect(asOf(versions, { validAt: day(n), knownAt: day(1000 + index) })?.value).toBe(expected.get(n));
          }
          const known = history(versions, day(1000 + index));
          known.slice(1).forEach((each, i) => expect(overlaps(each.valid, known[i]?.valid ?? each.valid)).toBe(false));
        });
        expect(history(versions).map((each) => each.value)).toEqual(
          history(versions, '9999-12-31').map((each) => each.value),
        );
      }),
    );
  });

  it('a moved household keeps the old address up to the day of the move', () => {
    const first = supersede({
      versions: [],
      valid: { from: '2020-01-01', to: null },
      value: '旧址',
      recordedAt: '2020-01-05',
    });
    let versions = applyChange([], first, '2020-01-05');
    const move = supersede({
      versions,
      valid: { from: '2024-03-01', to: null },
      value: '新址',
      recordedAt: '2024-03-10',
    });
    versions = applyChange(versions, move, '2024-03-10');
    expect(asOf(versions, { validAt: '2024-02-29' })?.value).toBe('旧址');
    expect(asOf(versions, { validAt: '2024-03-01' })?.value).toBe('新址');
    expect(asOf(versions, { validAt: '2024-03-01', knownAt: '2024-03-05' })?.value).toBe('旧址');
  });

  it('the same statement twice changes nothing', () => {
    const once = supersede({
      versions: [],
      valid: { from: '2020-01-01', to: null },
      value: 1,
      recordedAt: '2020-01-05',
    });
    const versions = applyChange([], once, '2020-01-05');
    const again = supersede({ versions, valid: { from: '2021-01-01', to: null }, value: 1, recordedAt: '2022-01-05' });
    expect(again).toEqual({ closed: [], opened: [] });
  });
});
