import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlierBound, type Passage, robustZ, type Settings, upperQuantile } from './pattern.ts';
import { PATTERNS } from './patterns.ts';

const settings: Settings = {
  corrections: 1,
  burstSeconds: 10,
  burstLength: 4,
  peers: 20,
  quantile: 0.95,
  outlier: 3.5,
  falseAlarms: 0.05,
  readDays: 3,
  chiSquare: 15,
  receives: new Set(['accept']),
  decides: new Set(['decide']),
  shared: new Set(['population.resident.name']),
  misfits: [],
  reads: [],
};
const at = (text: string) => new Date(`${text}+08:00`);
let made = 0;
const passage = (more: Partial<Passage> = {}): Passage => ({
  app: 'permit',
  run: `r${(made += 1)}`,
  caseNo: `C-${made}`,
  item: 'I-1',
  step: 'decide',
  unit: 'u',
  handler: 'a',
  startedAt: at('2026-11-02T09:00'),
  endedAt: at('2026-11-05T09:00'),
  stops: 0,
  stoppedMs: 0,
  asks: [],
  party: null,
  measure: null,
  ...more,
});
const found = (id: string, passages: readonly Passage[], more: Partial<Settings> = {}) =>
  (PATTERNS.find((pattern) => pattern.id === `evaluation.${id}`)?.find(passages, { ...settings, ...more }) ?? []).map(
    ({ run }) => run,
  );

describe('rules beyond time', () => {
  it('find a decision that is older than the receipt, and none that follows it', () => {
    const receipt = passage({ caseNo: 'X', step: 'accept', startedAt: at('2026-11-04T09:00'), endedAt: null });
    const before = passage({ caseNo: 'X', endedAt: at('2026-11-03T09:00') });
    const after = passage({ caseNo: 'X', endedAt: at('2026-11-06T09:00') });
    expect(found('decided-before-received', [receipt, before, after])).toEqual([before.run]);
    expect(found('decided-before-received', [before])).toEqual([]);
  });

  it('find a stop that is far longer than those of twenty peers, and nothing among fewer', () => {
    const hours = (n: number) => passage({ stops: 1, stoppedMs: n * 3_600_000 });
    const peers = Array.from({ length: 24 }, (_, n) => hours(40 + n));
    const long = hours(2_000);
    expect(found('stopped-too-long', [...peers, long])).toEqual([long.run]);
    expect(found('stopped-too-long', [...peers.slice(0, 10), long])).toEqual([]);
    expect(found('stopped-too-long', peers)).toEqual([]);
  });

  it('find the case that was corrected again and again, not the one that was told once', () => {
    const look = (caseNo: string, day: number) =>
      passage({ caseNo, step: 'accept', startedAt: at(`2026-11-0${day}T09:00`) });
    const again = [look('X', 2), look('X', 4), look('X', 6)];
    expect(found('repeated-corrections', [...again, look('Y', 2), look('Y', 4)])).toEqual([again[2]?.run]);
  });

  it('find who asks for what departments share', () => {
    const asks = passage({ asks: ['own.thing', 'population.resident.name'] });
    expect(found('shared-material', [asks, passage({ asks: ['own.thing'] })])).toEqual([asks.run]);
  });

  it('find approvals of one hand seconds apart, not those of several hands or minutes apart', () => {
    const done = (second: number, handler = 'a') =>
      passage({ handler, endedAt: new Date(at('2026-11-05T09:00').getTime() + second * 1_000) });
    const burst = [done(0), done(4), done(9), done(17)];
    expect(found('burst-approvals', [...burst, done(400)])).toEqual(burst.map(({ run }) => run));
    expect(found('burst-approvals', [done(0), done(4), done(9)])).toEqual([]);
    expect(found('burst-approvals', [done(0), done(2, 'b'), done(4), done(6, 'b'), done(14)])).toEqual([]);
  });

  it('find one applicant who always meets the same clerk, beyond chance', () => {
    const clerks = ['a', 'b', 'c', 'd'];
    const others = Array.from({ length: 60 }, (_, n) => passage({ party: `p${n}`, handler: clerks[n % 4] ?? 'a' }));
    const own = Array.from({ length: 12 }, () => passage({ party: 'known', handler: 'b' }));
    expect(found('same-hands', [...others, ...own]).sort()).toEqual(own.map(({ run }) => run).sort());
    const mixed = Array.from({ length: 12 }, (_, n) => passage({ party: 'known', handler: clerks[n % 4] ?? 'a' }));
    expect(found('same-hands', [...others, ...mixed])).toEqual([]);
  });

  it('find what lies far from its peers in discretion, by a z that outliers cannot move', () => {
    const peers = Array.from({ length: 30 }, (_, n) => passage({ measure: 100 + (n % 7) }));
    const far = passage({ measure: 400 });
    expect(found('discretion-outlier', [...peers, far])).toEqual([far.run]);
    expect(found('discretion-outlier', peers)).toEqual([]);
  });

  it('call no ordinary decision an outlier because there are many of them', () => {
    // A normal distribution, drawn evenly by its quantiles: 3.5 alone would call its ends outliers.
    const z = (n: number) => {
      const p = (n + 0.5) / 4_000;
      return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
    };
    const peers = Array.from({ length: 4_000 }, (_, n) => passage({ measure: 100 + 4 * z(n) }));
    const far = passage({ measure: 125 });
    expect(outlierBound({ peers: 20, outlier: 3.5, falseAlarms: 0.05 })).toBe(3.5);
    expect(upperQuantile(0.025)).toBeCloseTo(1.96, 2);
    expect(found('discretion-outlier', [...peers, far])).toEqual([far.run]);
    expect(found('discretion-outlier', peers)).toEqual([]);
    expect(found('discretion-outlier', peers, { falseAlarms: 4_000 }).length).toBeGreaterThan(0);
  });

  it('show a case that left its drawing on its last step, and no other', () => {
    const step = (instance: string, token: string, day: number) =>
      passage({ run: `${instance} ${token}`, endedAt: at(`2026-11-0${day}T09:00`) });
    const steps = [step('i1', 'a', 5), step('i1', 'b', 7), step('i2', 'a', 6)];
    const misfits = [{ app: 'permit', instance: 'i1', missing: 1, remaining: 0, fitness: 0.9 }];
    expect(found('off-the-drawing', steps, { misfits })).toEqual(['i1 b']);
    expect(found('off-the-drawing', steps)).toEqual([]);
  });

  it('find who read of persons while neither they nor their unit had a case', () => {
    const read = (id: string, account: string, unit: string, day: string) => ({
      id,
      account,
      unit,
      at: at(day),
      module: 'population',
      purpose: null,
      persons: 3,
    });
    const reads = [
      read('own', 'a', 'elsewhere', '2026-11-04T10:00'),
      read('units', 'z', 'u', '2026-11-07T10:00'),
      read('idle', 'z', 'elsewhere', '2026-11-04T10:00'),
      read('later', 'a', 'elsewhere', '2026-11-20T10:00'),
    ];
    expect(found('read-without-case', [passage()], { reads })).toEqual(['idle', 'later']);
  });

  it('do not depend on the order in which cases are looked at', () => {
    const cases = Array.from({ length: 40 }, (_, n) =>
      passage({
        handler: `h${n % 3}`,
        party: `p${n % 5}`,
        measure: n === 7 ? 900 : 100 + (n % 9),
        stoppedMs: (1 + (n % 5)) * 3_600_000,
      }),
    );
    const all = (rows: readonly Passage[]) =>
      PATTERNS.map((pattern) =>
        pattern
          .find(rows, settings)
          .map(({ run }) => run)
          .sort(),
      );
    const whole = all(cases);
    fc.assert(
      fc.property(fc.shuffledSubarray(cases, { minLength: 40, maxLength: 40 }), (shuffled) => {
        expect(all(shuffled)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });
});

describe('robust z', () => {
  it('is 0 where most are equal, and moves with neither scale nor place', () => {
    expect(robustZ([5, 5, 5, 5, 9])).toEqual([0, 0, 0, 0, 0]);
    const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: -500, max: 500 }),
        (given, scale, shift) => {
          const moved = robustZ(given.map((value) => value * scale + shift));
          robustZ(given).forEach((z, index) => expect(moved[index]).toBeCloseTo(z, 6));
        },
      ),
    );
  });
});
