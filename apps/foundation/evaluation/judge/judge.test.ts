import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageCalendar } from '#platform/calendar/work-calendar.ts';
import { dueOf, type Pause } from '#platform/calendar/working-days.ts';
import { sampleJudge } from '../fixtures/levels.ts';
import { type Phase, readStep, type StepEvent } from '../log/read-step.ts';
import { foldRun } from './fold-run.ts';
import { judgeRun } from './judge-run.ts';
import { nextRise, rankOf, reachedLevels } from './reached.ts';
import { inputAt, type Limit, workingTime } from './time-used.ts';

const calendar = packageCalendar();
const judge = sampleJudge();
const at = (text: string) => new Date(`${text}+08:00`);
const shown = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);

function limitOf(from: string, amount: number, pauses: readonly Pause[] = []): Limit {
  const startedAt = at(from);
  const { dueAt, amberAt, provisional } = dueOf({ from: startedAt, amount, unit: 'working-day', calendar, pauses });
  return { startedAt, dueAt, amberAt, provisional, amount, unit: 'working-day', pauses };
}
const passage = (limit: Limit, more: { yellowBefore?: boolean; unlawfulAt?: Date } = {}) => ({
  limit,
  calendar,
  judge,
  yellowBefore: more.yellowBefore ?? false,
  unlawfulAt: more.unlawfulAt ?? null,
});
const levels = (limit: Limit, until: string, more: Parameters<typeof passage>[1] = {}) =>
  reachedLevels(passage(limit, more), at(until)).map(({ level, from }) => `${level} ${shown(from)}`);

describe('levels by the rule of the district', () => {
  it('come at the moments that the clock names: one working day left, four fifths used, over, far over', () => {
    // Three working days from a Thursday: Friday, Monday, Tuesday.
    expect(levels(limitOf('2026-11-26T10:00', 3), '2026-12-10T00:00')).toEqual([
      'blue 2026-11-30T00:00:00',
      'notice 2026-12-01T09:36:00',
      'yellow 2026-12-02T00:00:00',
      'red 2026-12-02T14:24:00',
    ]);
    // Twenty: three working days over come before a fifth of the time.
    expect(levels(limitOf('2026-11-02T10:00', 20), '2026-12-31T00:00')).toEqual([
      'notice 2026-11-25T00:00:00',
      'yellow 2026-12-01T00:00:00',
      'red 2026-12-04T00:00:00',
    ]);
  });

  it('count a make-up Saturday and leave out a holiday', () => {
    // Five from a Wednesday, one of them Sunday the 28th.
    expect(levels(limitOf('2025-09-24T10:00', 5), '2025-09-30T12:00')).toEqual([
      'blue 2025-09-29T00:00:00',
      'notice 2025-09-30T00:00:00',
    ]);
    // The holidays end on 8 October: the one working day is the 9th.
    expect(levels(limitOf('2025-09-30T10:00', 1), '2025-10-10T00:00').at(-1)).toBe('yellow 2025-10-10T00:00:00');
  });

  it('are red at once for a second yellow in the step, and for what is unlawful whatever the time', () => {
    expect(levels(limitOf('2026-11-26T10:00', 3), '2026-12-02T00:00', { yellowBefore: true }).at(-1)).toBe(
      'red 2026-12-02T00:00:00',
    );
    expect(levels(limitOf('2026-11-26T10:00', 3), '2026-11-27T12:00', { unlawfulAt: at('2026-11-27T11:00') })).toEqual([
      'red 2026-11-27T11:00:00',
    ]);
  });

  it('do not rise while the clock stands still, and go on with it', () => {
    const pauses = [{ from: at('2026-11-30T12:00'), to: at('2026-12-20T12:00') }];
    const limit = limitOf('2026-11-26T10:00', 3, pauses);
    // What warned of the earlier end falls with the stop.
    expect(levels(limit, '2026-12-20T11:00')).toEqual([]);
    const all = reachedLevels(passage(limit), new Date(limit.dueAt.getTime() + 60_000));
    expect(all.at(-1)).toEqual({ level: 'yellow', from: limit.dueAt });
    const open = { ...limitOf('2026-11-26T10:00', 3), pauses: [{ from: at('2026-11-30T12:00'), to: null }] };
    expect(nextRise(passage(open), at('2026-12-20T12:00'))).toBeUndefined();
  });

  it('rise only, are yellow exactly from the end on, and the next rise is found before it comes', () => {
    const days = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), days, days, (start, amount, a, b) => {
        const limit = limitOf('2025-01-02T09:30', amount);
        const moved = limitOf(shown(new Date(at('2025-01-02T09:30').getTime() + start * 43_200_000)), amount);
        for (const each of [limit, moved]) {
          const [early, late] = [Math.min(a, b), Math.max(a, b)].map(
            (hours) => new Date(each.startedAt.getTime() + hours * 3_600_000),
          ) as [Date, Date];
          const level = (moment: Date) => judge(inputAt({ ...passage(each), at: moment, unlawful: false }));
          expect(rankOf(level(early))).toBeLessThanOrEqual(rankOf(level(late)));
          expect(rankOf(level(new Date(each.dueAt.getTime() - 1)))).toBeLessThan(rankOf('yellow'));
          expect(rankOf(level(each.dueAt))).toBeGreaterThanOrEqual(rankOf('yellow'));
          const next = nextRise(passage(each), early);
          if (next) {
            expect(next > early).toBe(true);
            expect(rankOf(level(next))).toBeGreaterThan(rankOf(level(early)));
            expect(rankOf(level(new Date(Math.max(early.getTime(), next.getTime() - 2_000))))).toBe(
              rankOf(level(early)),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  }, 25_000);
});

describe('working time', () => {
  it('adds up, and is nothing over a weekend', () => {
    const moments = fc
      .integer({ min: 0, max: 400 * 24 })
      .map((h) => new Date(at('2025-01-01T00:00').getTime() + h * 3_600_000));
    fc.assert(
      fc.property(moments, moments, moments, (x, y, z) => {
        const [a, b, c] = [x, y, z].sort((one, two) => one.getTime() - two.getTime()) as [Date, Date, Date];
        expect(workingTime(a, b, calendar) + workingTime(b, c, calendar)).toBeCloseTo(workingTime(a, c, calendar), 6);
      }),
      { numRuns: 200 },
    );
    expect(workingTime(at('2026-11-28T00:00'), at('2026-11-30T00:00'), calendar)).toBeCloseTo(0, 9);
    expect(workingTime(at('2026-11-27T12:00'), at('2026-11-30T12:00'), calendar)).toBeCloseTo(1, 9);
  });
});

let made = 0;
const event = (phase: Phase, when: string, more: Partial<StepEvent> = {}): StepEvent => ({
  id: `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
  app: 'permit',
  run: 'r',
  phase,
  at: at(when),
  seq: BigInt(made),
  caseNo: 'C-1',
  item: 'I-1',
  step: 'decide',
  unit: 'u',
  post: 'street-clerk',
  clock: null,
  due: null,
  outcome: null,
  unlawful: null,
  asks: [],
  party: null,
  measure: null,
  account: 'clerk',
  ...more,
});

describe('a passage folded from its events', () => {
  it('is the same for every order of arrival and for events that came twice', () => {
    const events = [
      event('started', '2026-11-02T09:00', { due: at('2026-11-20T00:00') }),
      event('stopped', '2026-11-04T09:00'),
      event('resumed', '2026-11-06T09:00'),
      event('done', '2026-11-10T09:00', { account: 'other' }),
    ];
    const whole = foldRun(events);
    expect(whole).toMatchObject({ state: 'done', handler: 'other', pauses: [{ to: at('2026-11-06T09:00') }] });
    fc.assert(
      fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 8, maxLength: 8 }), (arrived) => {
        expect(foldRun(arrived)).toEqual(whole);
      }),
    );
  });

  it('follows a correction, whenever it comes, and is void once all of it is taken back', () => {
    const started = event('started', '2026-11-02T09:00', { due: at('2026-11-10T00:00') });
    const done = event('done', '2026-11-12T09:00');
    const judged = (corrections: Parameters<typeof foldRun>[1]) => {
      const run = foldRun([done, started], corrections);
      if (!run) throw new Error('no run');
      const limit: Limit = {
        startedAt: at('2026-11-02T09:00'),
        dueAt: at('2026-11-10T00:00'),
        amberAt: at('2026-11-08T10:12'),
        unit: 'hour',
        amount: 183,
        provisional: false,
        pauses: [],
      };
      return judgeRun({ run, limit, now: at('2026-12-01T09:00'), calendar, judge, yellowBefore: false, cap: null });
    };
    expect(judged([]).level).toBe('red');
    const on = (target: string, when: string | null) => ({
      target,
      at: when === null ? null : at(when),
      toldAt: at('2026-11-13T09:00'),
    });
    expect(judged([on(done.id, '2026-11-03T09:00')]).level).toBe('none');
    expect(judged([on(started.id, null), on(done.id, null)]).reached).toEqual([]);
  });

  it('is looked at again when it begins, where the clock that dated it is ahead of ours', () => {
    const run = foldRun([event('started', '2026-11-26T10:00')]);
    if (!run) throw new Error('no run');
    const limit = limitOf('2026-11-26T10:00', 3);
    const judged = (now: string) =>
      judgeRun({ run, limit, now: at(now), calendar, judge, yellowBefore: false, cap: null });
    expect(judged('2026-11-26T09:59:58')).toMatchObject({ level: 'none', nextAt: at('2026-11-26T10:00') });
    expect(judged('2026-11-26T10:00').nextAt).toEqual(at('2026-11-30T00:00'));
  });

  it('reads what apps send in long and in short, and nothing that names no step', () => {
    const record = {
      id: crypto.randomUUID(),
      source: 'service',
      type: 'gov.step.started',
      subject: 's',
      time: at('2026-11-02T09:00'),
      data: { case: 'C-1', item: 'I-1', step: 'decide', unit: 'u', post: 'p', clock: crypto.randomUUID() },
      seq: '7',
      account: 'system:service',
    };
    expect(readStep(record)).toMatchObject({ app: 'service', caseNo: 'C-1', run: record.data.clock, account: null });
    const long = { caseNo: 'C-1', app: 'filing', itemCode: 'P', step: 'a', instance: 'i', token: 't' };
    expect(readStep({ ...record, data: long })).toMatchObject({ app: 'filing', item: 'P', run: 'i t' });
    // The applicant begins a case and may withdraw it: the step is nobody's yet.
    const filed = { ...record, account: 'citizen.wei', data: { ...record.data, post: 'citizen' } };
    expect(readStep(filed)).toMatchObject({ account: null, post: '' });
    expect(readStep({ ...record, account: 'clerk', data: long })).toMatchObject({ account: null });
    expect(readStep({ ...record, account: 'clerk', type: 'gov.step.done', data: long })).toMatchObject({
      account: 'clerk',
    });
    expect(readStep({ ...record, data: { case: 'C-1' } })).toBeUndefined();
    expect(readStep({ ...record, type: 'gov.step.other' })).toBeUndefined();
  });
});
