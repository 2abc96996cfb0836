import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoresOfPosts, stepsByPost } from './posts-of-acts.ts';

const at = new Date('2026-10-10T02:00:00Z');
const step = (more: Partial<Parameters<typeof stepsByPost>[0][number]>) => ({
  caseId: '00000000-0000-4000-8000-000000000001',
  no: 'AJ1',
  class: 'P0101',
  street: '990101001',
  step: 'verify' as const,
  unit: 'street-990101001',
  dueAt: at,
  doneAt: at,
  doer: 1,
  ...more,
});
const holders = (count: number, post = 'grid-supervisor', unit = 'street-990101001') =>
  Array.from({ length: count }, (_, n) => ({ person: `${post}${n}`, post, unit }));
const terms = { fewest: 20, fewestHolders: 5 };

describe('figures of kinds of posts', () => {
  it('count steps in time for posts that enough people hold and work in, by unit and for the district', () => {
    const steps = stepsByPost([
      ...Array.from({ length: 24 }, (_, n) => step({ doer: n % 6 })),
      step({ doer: 2, doneAt: new Date(at.getTime() + 1) }),
      // What the platform did is nobody's.
      step({ unit: null }),
      // Who works for a committee works for its street.
      step({ unit: 'committee-990101001003', doer: 9 }),
    ]);
    expect(
      scoresOfPosts(steps, { ...terms, holders: holders(6) }).filter(({ denominator }) => denominator > 0),
    ).toEqual([
      {
        kind: 'post',
        object: 'supervisor',
        indicator: 'post-on-time',
        numerator: 25,
        denominator: 26,
        value: 25 / 26,
        rank: null,
        holders: 6,
      },
      {
        kind: 'post',
        object: 'supervisor@street-990101001',
        indicator: 'post-on-time',
        numerator: 25,
        denominator: 26,
        value: 25 / 26,
        rank: 1,
        holders: 6,
      },
    ]);
  });

  it('never stand where fewer than five hold the post or did the step, and never rank few steps', () => {
    const Fact = fc.record({ doer: fc.nat(7), unit: fc.constantFrom('street-990101001', 'street-990101002') });
    fc.assert(
      fc.property(fc.array(Fact, { maxLength: 60 }), fc.nat(8), fc.nat(8), (facts, here, there) => {
        const people = [...holders(here), ...holders(there, 'street-clerk', 'street-990101002')];
        for (const score of scoresOfPosts(stepsByPost(facts.map(step)), { ...terms, holders: people })) {
          const [, unit] = score.object.split('@');
          const own = facts.filter((fact) => score.object.startsWith('supervisor') && (!unit || fact.unit === unit));
          const few = new Set(own.map(({ doer }) => doer)).size < 5 || (score.holders ?? 0) < 5;
          if (few) expect(score).toMatchObject({ numerator: 0, denominator: 0, value: null, rank: null });
          else expect(score.denominator).toBe(own.length);
          if (score.denominator < 20) expect(score.rank).toBeNull();
        }
      }),
    );
  });
});
