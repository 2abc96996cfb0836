import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWalk } from '#platform/optimize/orienteering.ts';
import { evaluateFeel } from '#platform/rulebook/evaluate-feel.ts';
import { FLAGS, type Fact, type Flag, FORMULAE, flagsOf, scoresOf } from '../evaluation/score.ts';
import { rightTo } from '../video/rights.ts';
import { forecastNext, highest, spread } from './forecast.ts';
import { metresBetween, recurrences, type Seen } from './recurrence.ts';

const TERMS = { least: 3, metres: 30, days: 30 };
const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000);

describe('what comes back at one place', () => {
  it('is three within 30 metres and 30 days, not two, not far apart, not over months', () => {
    const seen = (no: string, metres: number, day: number): Seen => ({
      no,
      lon: 121.47,
      lat: 31.22 + metres / 111_320,
      at: at(day),
    });
    const groups = (...cases: Seen[]) => recurrences(cases, TERMS).map((group) => group.map(({ no }) => no).sort());
    expect(groups(seen('a', 0, 0), seen('b', 10, 12), seen('c', 20, 30))).toEqual([['a', 'b', 'c']]);
    expect(groups(seen('a', 0, 0), seen('b', 10, 12))).toEqual([]);
    expect(groups(seen('a', 0, 0), seen('b', 10, 12), seen('c', 60, 20))).toEqual([]);
    expect(groups(seen('a', 0, 0), seen('b', 10, 12), seen('c', 10, 31))).toEqual([]);
  });

  it('never holds a case twice, one too far from its middle, or a longer time', () => {
    const one = fc.record({
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 200 }),
      day: fc.integer({ min: 0, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (rows) => {
        const cases = rows.map(({ x, y, day }, n) => ({
          no: `c${n}`,
          lon: 121.47 + x / 95_000,
          lat: 31.22 + y / 111_320,
          at: at(day),
        }));
        const groups = recurrences(cases, TERMS);
        const all = groups.flat().map(({ no }) => no);
        expect(new Set(all).size).toBe(all.length);
        for (const group of groups) {
          expect(group.length).toBeGreaterThanOrEqual(3);
          for (const each of group) expect(metresBetween(group[0], each)).toBeLessThanOrEqual(30.001);
          const days = group.map((each) => each.at.getTime() / 86_400_000);
          expect(Math.max(...days) - Math.min(...days)).toBeLessThanOrEqual(30);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a forecast', () => {
  const gate = { origins: 20, mase: 1, coverageFrom: 0.72, coverageTo: 0.88 };
  it('is not shown where there are too few days or it is no better than the week before', () => {
    const short = forecastNext([1, 2, 3, 4, 5, 6, 7, 8], gate);
    expect(short).toMatchObject({ reliable: false, value: 2, naive: 2, low: null });
    const constant = forecastNext(
      Array.from({ length: 196 }, () => 4),
      gate,
    );
    expect(constant).toMatchObject({ reliable: false, value: 4 });
  });
  it('passes only inside the gate, and its interval holds its value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 150, maxLength: 200 }), (counts) => {
        const made = forecastNext(counts, gate);
        if (!made.reliable) expect(made.value).toBe(made.naive);
        else {
          expect(made.mase).toBeLessThan(1);
          expect(made.coverage).toBeGreaterThanOrEqual(0.72);
          expect(made.coverage).toBeLessThanOrEqual(0.88);
          expect(made.low).toBeLessThanOrEqual(made.value);
          expect(made.high).toBeGreaterThanOrEqual(made.value);
        }
      }),
      { numRuns: 25 },
    );
  });
  it('is spread over cells without loss, and the highest are at most their share', () => {
    expect(spread(6, [1, 2, 3]).reduce((sum, each) => sum + each)).toBeCloseTo(6);
    const cells = Array.from({ length: 100 }, (_, n) => ({ code: `c${n}`, expected: n }));
    expect(highest(cells, 0.05)).toEqual(new Set(['c95', 'c96', 'c97', 'c98', 'c99']));
  });
});

it('a patrol never takes longer than its time', () => {
  const places = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 60 }),
      y: fc.integer({ min: 0, max: 60 }),
      worth: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 14 },
  );
  fc.assert(
    fc.property(places, fc.integer({ min: 10, max: 180 }), (points, budget) => {
      const all = [points[0] as (typeof points)[number], ...points];
      const route = planWalk(
        {
          minutes: all.map((a) => all.map((b) => Math.hypot(a.x - b.x, a.y - b.y))),
          worth: all.map(({ worth }, n) => (n === 0 ? 0 : worth)),
          stay: all.map((_, n) => (n === 0 ? 0 : 5)),
          start: 0,
          end: 0,
          budget,
        },
        { seed: 1, rounds: 30 },
      );
      expect(route?.minutes).toBeLessThanOrEqual(budget + 1e-6);
      expect(route?.worth).toBeLessThanOrEqual((route?.bound ?? 0) + 1e-6);
    }),
    { numRuns: 40 },
  );
});

describe('the evaluation', () => {
  const fact = fc.record({
    ...(Object.fromEntries(FLAGS.map((flag) => [flag, fc.boolean()])) as Record<Flag, fc.Arbitrary<boolean>>),
    no: fc.uuid(),
    class: fc.constant('P0101'),
    street: fc.constantFrom('310101001', '310101002'),
    unit: fc.constantFrom('greening', 'housing', null),
  }) as fc.Arbitrary<Fact>;
  it('gives the number that its published FEEL gives, and ranks nobody of fewer than 20', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 50 }), (facts) => {
        const scores = scoresOf(facts, { district: '310101', fewest: 20 });
        for (const { id, feel } of FORMULAE) {
          const ours = scores.find(({ kind, indicator }) => kind === 'district' && indicator === id)?.value ?? null;
          const theirs = evaluateFeel(feel, { facts });
          if (ours === null) expect(theirs).toBeNull();
          else expect(Number(theirs)).toBeCloseTo(ours, 10);
        }
        for (const { rank, denominator, kind } of scores)
          if (rank !== null) expect(kind !== 'district' && denominator >= 20).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
  it('looks at nothing that came after the month', () => {
    const [from, to] = [at(0), at(31)];
    const case_ = {
      reportedAt: at(2),
      establishedAt: at(2),
      handleDueAt: at(5),
      handledAt: at(40),
      closedAt: at(41),
      acts: [{ act: 'complain', at: at(42) }],
    };
    expect(flagsOf(case_, from, to)).toMatchObject({
      reported: true,
      due: true,
      closed: false,
      onTime: false,
      rated: false,
      reopened: false,
    });
  });
});

it('a look at another area needs a grant whose time has come and is not over', () => {
  const grant = { id: 'g', state: 'approved', fromAt: at(1), untilAt: at(2) };
  const clerk = { area: '310101023', reach: 'own' as const };
  expect(rightTo(clerk, { area: '310101023001', grants: [] }, at(0))).toEqual({ through: null });
  expect(rightTo(clerk, { area: '310101013', grants: [] }, at(0))).toBeUndefined();
  for (const [moment, right] of [
    [at(0), undefined],
    [at(1), { through: 'g' }],
    [at(2), undefined],
  ] as const)
    expect(rightTo(clerk, { area: '310101013', grants: [grant] }, moment)).toEqual(right);
  expect(rightTo({ area: '310101', reach: 'own' }, { area: '310101013', grants: [] }, at(1))).toBeUndefined();
});
