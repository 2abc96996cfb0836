import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanNode, planFault, planOf } from './case-plan.ts';

const FROM = new Date('2026-11-26T00:00:00Z');
const hours = (n: number) => new Date(FROM.getTime() + n * 3_600_000);
const node = (id: string, ...after: string[]): PlanNode => ({ id, after });

/** Bundles without circles: each item waits only for some that come before it; names are shuffled. */
const bundle = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 50 }), before: fc.array(fc.nat(20), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((drawn) =>
    drawn.map(({ length, before }, i) => ({
      id: `i${i}`,
      length,
      after: i === 0 ? [] : [...new Set(before.map((n) => `i${n % i}`))],
    })),
  );

describe('parallel approval', () => {
  it('promises the longest chain, and nothing begins before what it waits for', () => {
    fc.assert(
      fc.property(bundle, (items) => {
        const length = new Map(items.map((item) => [item.id, item.length]));
        const last = (id: string, start: Date) => new Date(start.getTime() + (length.get(id) ?? 0) * 3_600_000);
        const plan = planOf({ nodes: [...items].reverse(), from: FROM, last });
        // All chains, tried one by one.
        const longest = (id: string): number => {
          const item = items.find((each) => each.id === id);
          return (item?.length ?? 0) + Math.max(0, ...(item?.after ?? []).map(longest));
        };
        expect(plan.end).toEqual(hours(Math.max(...items.map(({ id }) => longest(id)))));
        for (const { id, after } of items)
          for (const before of after)
            expect(plan.nodes.get(id)!.start.getTime()).toBeGreaterThanOrEqual(plan.nodes.get(before)!.end.getTime());
        const sum = plan.critical.reduce((all, id) => all + (length.get(id) ?? 0), 0);
        expect(hours(sum)).toEqual(plan.end);
      }),
      { seed: 310101, numRuns: 300 },
    );
  });

  it('follows what is known: an item that stands still moves what waits for it and nothing else', () => {
    const last = (_: string, start: Date) => new Date(start.getTime() + 10 * 3_600_000);
    const items = [node('a'), node('b', 'a'), node('c')];
    expect(planOf({ nodes: items, from: FROM, last })).toMatchObject({ end: hours(20), critical: ['a', 'b'] });
    const later = planOf({ nodes: [{ ...node('a'), end: hours(30) }, ...items.slice(1)], from: FROM, last });
    expect(later).toMatchObject({ end: hours(40), critical: ['a', 'b'] });
    expect(later.nodes.get('c')).toEqual({ start: FROM, end: hours(10) });
  });

  it('refuses a circle and names it, and what waits for something that is not there', () => {
    expect(planFault([node('a', 'c'), node('b', 'a'), node('c', 'b')])).toEqual({ cycle: ['a', 'b', 'c', 'a'] });
    expect(planFault([node('a', 'a')])).toEqual({ cycle: ['a', 'a'] });
    expect(planFault([node('a', 'z')])).toEqual({ unknown: 'z' });
    expect(() => planOf({ nodes: [node('a', 'a')], from: FROM, last: (_, start) => start })).toThrow(RangeError);
  });
});
