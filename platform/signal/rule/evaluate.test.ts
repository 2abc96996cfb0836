import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Effect, evaluate, FRESH, MOST_PAST, type Reading, type RuleState } from './evaluate.ts';
import { type Logic, logicFaults } from './rule.ts';

/** The defaults of G3: 2 of 3 beyond the limit raise, 3 below 90 % of it clear. */
const G3: Logic = {
  condition: { kind: 'threshold', side: 'above', limit: 100, clearLimit: 90 },
  hits: 2,
  of: 3,
  clearAfter: 3,
  damping: { times: 20, withinSeconds: 604_800, calmSeconds: 1 },
};
const SEED = { seed: 310101, numRuns: 500 };

function play(logic: Logic, readings: readonly Reading[]): { state: RuleState; effects: Effect[] } {
  let state = FRESH;
  const effects: Effect[] = [];
  for (const reading of readings) {
    const step = evaluate(logic, state, reading);
    // What is stored and read again goes on in the same way.
    state = JSON.parse(JSON.stringify(step.state)) as RuleState;
    effects.push(...step.effects);
  }
  return { state, effects };
}
const samples = (values: readonly number[], stepMs = 60_000): Reading[] =>
  values.map((value, place) => ({ at: (place + 1) * stepMs, value }));
const types = (effects: readonly Effect[]): string => effects.map(({ type }) => type).join(' ');

const someValues = fc.array(fc.integer({ min: 80, max: 110 }), { maxLength: 120 });
const anyReading = fc.oneof(
  fc.record({
    at: fc.integer({ min: 0, max: 5_000_000 }),
    value: fc.oneof(fc.integer({ min: 60, max: 140 }), fc.constant(Number.NaN)),
  }),
  fc.record({ at: fc.integer({ min: 0, max: 5_000_000 }), tick: fc.constant(true as const) }),
);
const anyCondition: fc.Arbitrary<Logic['condition']> = fc.oneof(
  fc.constant<Logic['condition']>({ kind: 'threshold', side: 'above', limit: 100, clearLimit: 90 }),
  fc.constant<Logic['condition']>({ kind: 'threshold', side: 'below', limit: 90, clearLimit: 100, holdSeconds: 120 }),
  fc.constant<Logic['condition']>({ kind: 'rate', side: 'above', limit: 20, clearLimit: 5, overSeconds: 600 }),
  fc.constant<Logic['condition']>({ kind: 'absence', afterSeconds: 300 }),
  fc.constant<Logic['condition']>({ kind: 'count', limit: 4, clearLimit: 1, windowSeconds: 600 }),
);
const anyLogic: fc.Arbitrary<Logic> = fc.record({
  condition: anyCondition,
  hits: fc.integer({ min: 1, max: 3 }),
  of: fc.integer({ min: 3, max: 5 }),
  clearAfter: fc.integer({ min: 1, max: 4 }),
  damping: fc.constant({ times: 3, withinSeconds: 1800, calmSeconds: 600 }),
});

describe('two of three raise, three below nine tenths clear', () => {
  it('raises at the second of three and clears at the third good one', () => {
    const { effects } = play(G3, samples([101, 95, 102, 95, 90, 89, 91, 90, 90, 88]));
    expect(effects).toEqual([
      { type: 'raise', at: 180_000, value: 102, excess: 1.02 },
      { type: 'clear', at: 600_000 },
    ]);
  });
  it('one sample alone raises nothing, and the band between the limits neither raises nor clears', () => {
    expect(play(G3, samples([101, 95, 95, 101, 95, 95])).effects).toEqual([]);
    expect(types(play(G3, samples([101, 101, 95, 95, 95, 95])).effects)).toBe('raise');
  });
  it('agrees with a slow reading of the sentence on any series', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const slow: string[] = [];
        let raised = false;
        let from = 0;
        for (let place = 0; place < values.length; place++) {
          const since = values.slice(from, place + 1);
          if (!raised && values[place]! > 100 && since.slice(-3).filter((v) => v > 100).length >= 2) {
            slow.push('raise');
            raised = true;
            from = place + 1;
          } else if (raised && since.length >= 3 && since.slice(-3).every((v) => v <= 90)) {
            slow.push('clear');
            raised = false;
            from = place + 1;
          }
        }
        expect(types(play(G3, samples(values)).effects.filter(({ type }) => type !== 'flap'))).toBe(slow.join(' '));
      }),
      SEED,
    );
  });
});

describe('any rule on any readings', () => {
  it('raises and clears take turns, and the state says which was last', () => {
    fc.assert(
      fc.property(anyLogic, fc.array(anyReading, { maxLength: 80 }), (logic, readings) => {
        const { state, effects } = play(logic, readings);
        const turns = effects.filter(({ type }) => type !== 'flap').map(({ type }) => type);
        turns.forEach((type, place) => expect(type).toBe(place % 2 === 0 ? 'raise' : 'clear'));
        expect(state.raised).toBe(turns.length % 2 === 1);
      }),
      SEED,
    );
  });
  it('what is delivered again, or late, changes nothing', () => {
    fc.assert(
      fc.property(anyLogic, fc.array(anyReading, { maxLength: 60 }), (logic, readings) => {
        const once = play(logic, readings);
        const twice = play(
          logic,
          readings.flatMap((reading): Reading[] => ('tick' in reading ? [reading] : [reading, reading])),
        );
        expect(twice).toEqual(once);
      }),
      SEED,
    );
  });
  it('is raised at most three times in half an hour: then it stays up until it is calm', () => {
    fc.assert(
      fc.property(anyLogic, fc.array(anyReading, { maxLength: 120 }), (logic, readings) => {
        const inOrder = [...readings].sort((a, b) => a.at - b.at);
        const raises = play(logic, inOrder).effects.filter(({ type }) => type === 'raise');
        for (const { at } of raises)
          expect(raises.filter((other) => other.at <= at && at - other.at < 600_000).length).toBeLessThanOrEqual(3);
      }),
      SEED,
    );
  });
  it('keeps a bounded memory', () => {
    const logic: Logic = {
      ...G3,
      condition: { kind: 'rate', side: 'above', limit: 1e9, clearLimit: 0, overSeconds: 600_000 },
    };
    const { state } = play(
      logic,
      samples(
        Array.from({ length: 2_000 }, (_, place) => place % 7),
        1_000,
      ),
    );
    expect(state.past.length).toBeLessThanOrEqual(MOST_PAST);
    expect(JSON.stringify(state).length).toBeLessThan(10_000);
  });
});

describe('kinds of conditions', () => {
  const one = { ...G3, hits: 1, of: 1, clearAfter: 1 };
  it('duration: beyond the limit for two minutes, and a break begins anew', () => {
    const logic: Logic = {
      ...one,
      condition: { kind: 'threshold', side: 'above', limit: 100, clearLimit: 90, holdSeconds: 120 },
    };
    expect(types(play(logic, samples([101, 101, 99, 101, 101])).effects)).toBe('');
    expect(types(play(logic, samples([101, 101, 101])).effects)).toBe('raise');
    expect(
      types(
        play(logic, [
          { at: 1, value: 101 },
          { at: 130_000, tick: true },
        ]).effects,
      ),
    ).toBe('raise');
  });
  it('rate of change: twenty more within ten minutes', () => {
    const logic: Logic = {
      ...one,
      condition: { kind: 'rate', side: 'above', limit: 20, clearLimit: 5, overSeconds: 600 },
    };
    expect(play(logic, samples([50, 55, 75])).effects).toMatchObject([{ type: 'raise', value: 25 }]);
    expect(play(logic, samples([50, 60, 70, 80], 600_000)).effects).toEqual([]);
  });
  it('absence: raised by the clock, cleared by the next word; who was never heard is not watched', () => {
    const logic: Logic = { ...G3, condition: { kind: 'absence', afterSeconds: 300 } };
    expect(play(logic, [{ at: 900_000, tick: true }]).effects).toEqual([]);
    const heard: Reading[] = [
      { at: 1_000, value: 1 },
      { at: 200_000, tick: true },
      { at: 301_000, tick: true },
      { at: 400_000, tick: true },
      { at: 500_000, value: 1 },
    ];
    expect(play(logic, heard).effects).toMatchObject([
      { type: 'raise', at: 301_000 },
      { type: 'clear', at: 500_000 },
    ]);
  });
  it('count in a window: raised by the fourth, cleared by time alone', () => {
    const logic: Logic = { ...one, condition: { kind: 'count', limit: 4, clearLimit: 1, windowSeconds: 600 } };
    const four = samples([1, 1, 1, 1]);
    expect(types(play(logic, four).effects)).toBe('raise');
    expect(types(play(logic, [...four, { at: 400_000, tick: true }]).effects)).toBe('raise');
    expect(types(play(logic, [...four, { at: 900_000, tick: true }]).effects)).toBe('raise clear');
  });
  it('values that are not valid (S, D, B, M, C, not a number) are not judged', () => {
    for (const quality of ['S', 'D', 'B', 'M', 'C'] as const)
      expect(evaluate(one, FRESH, { at: 1, value: 500, quality })).toEqual({ state: FRESH, effects: [] });
    expect(evaluate(one, FRESH, { at: 1, value: Number.POSITIVE_INFINITY }).effects).toEqual([]);
  });
});

it('a rule that cannot be meant is told at its field', () => {
  expect(logicFaults(G3)).toEqual([]);
  expect(logicFaults({ ...G3, hits: 4 }).map(({ pointer }) => pointer)).toEqual(['/hits']);
  expect(
    logicFaults({ ...G3, condition: { kind: 'threshold', side: 'below', limit: 10, clearLimit: 5 } }).map(
      ({ pointer }) => pointer,
    ),
  ).toEqual(['/condition/clearLimit']);
});
