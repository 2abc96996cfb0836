import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#platform/kernel/dates.ts';
import { blockedShare, levelWithin, meanWait, waitShare, windowsFor } from './erlang-c.ts';
import { type Arrivals, dayKind, expectArrivals } from './expect-arrivals.ts';
import { distance, offerShift, travelMinutes } from './load-shift.ts';
import { aheadOf, callingOrder, nextTicket, type WaitingTicket } from './next-ticket.ts';
import { simulateQueue } from './simulate-queue.ts';
import { planStaffing } from './staffing-plan.ts';

/** The formula as textbooks print it, for numbers small enough for factorials. */
function printed(a: number, c: number): number {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const last = (a ** c / factorial(c)) * (c / (c - a));
  let sum = 0;
  for (let k = 0; k < c; k += 1) sum += a ** k / factorial(k);
  return last / (sum + last);
}

const LINE = { arrivals: 30, service: 6, windows: 7 };
const TEN_MINUTES = 1 / 6;
const TARGET = { share: 0.8, hours: TEN_MINUTES };

describe('Erlang C', () => {
  it('gives 0.32415 and 0.95613 for 30 people an hour at 7 windows of 6', () => {
    expect(waitShare(LINE).toFixed(5)).toBe('0.32415');
    expect(levelWithin(LINE, TEN_MINUTES).toFixed(5)).toBe('0.95613');
    expect(meanWait(LINE) * 60).toBeCloseTo((waitShare(LINE) / 12) * 60, 12);
  });

  it('agrees with the printed formula wherever that can be computed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (c, used) => {
        expect(waitShare({ arrivals: c * used, service: 1, windows: c })).toBeCloseTo(printed(c * used, c), 9);
      }),
    );
  });

  it('stays a probability for very many windows, and falls with each more', () => {
    for (const windows of [1_000, 100_000]) {
      const share = waitShare({ arrivals: windows * 0.99, service: 1, windows });
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
    }
    expect(blockedShare(1e-300, 500)).toBe(0);
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 300, noNaN: true }), fc.integer({ min: 1, max: 400 }), (load, c) => {
        const [fewer, more] = [c, c + 1].map((windows) => waitShare({ arrivals: load, service: 1, windows }));
        expect(more).toBeLessThanOrEqual(fewer ?? 0);
      }),
    );
  });

  it('says that a line grows without end instead of inventing a number', () => {
    const over = { arrivals: 42, service: 6, windows: 7 };
    expect([waitShare(over), levelWithin(over, 1), meanWait(over)]).toEqual([1, 0, Number.POSITIVE_INFINITY]);
    expect(() => waitShare({ arrivals: Number.NaN, service: 6, windows: 7 })).toThrow(RangeError);
  });

  it('finds the fewest windows for a target', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 200, noNaN: true }), (arrivals) => {
        const windows = windowsFor({ arrivals, service: 6, target: TARGET });
        expect(levelWithin({ arrivals, service: 6, windows }, TARGET.hours)).toBeGreaterThanOrEqual(TARGET.share);
        expect(levelWithin({ arrivals, service: 6, windows: windows - 1 }, TARGET.hours)).toBeLessThan(TARGET.share);
      }),
    );
    expect(windowsFor({ arrivals: 0, service: 6, target: TARGET })).toBe(0);
  });
});

describe('the simulation', () => {
  it('comes within 3 % of the formula, and is the same each time', () => {
    const play = () =>
      simulateQueue({
        stretches: Array.from({ length: 20_000 }, () => ({ arrivals: 30, windows: 7 })),
        minutes: 30,
        service: 6,
        withinMinutes: 10,
        seed: 310101,
      });
    const played = play();
    expect(Math.abs(played.waited / waitShare(LINE) - 1)).toBeLessThan(0.03);
    expect(Math.abs(played.within / levelWithin(LINE, TEN_MINUTES) - 1)).toBeLessThan(0.03);
    expect(play()).toEqual(played);
  });

  it('serves everybody who came before the doors closed, and knows a line left over', () => {
    const rush = { arrivals: 60, windows: 4 };
    const calm = { arrivals: 6, windows: 4 };
    const play = (stretches: { arrivals: number; windows: number }[]) =>
      simulateQueue({ stretches, minutes: 30, service: 6, withinMinutes: 10, seed: 7 });
    expect(play([rush, calm]).meanWait).toBeGreaterThan(play([calm, calm]).meanWait);
    expect(play([]).people).toBe(0);
    expect(Number.isFinite(play([rush]).meanWait)).toBe(true);
  });
});

/** Weekends off, a rest from Thursday to Sunday, the Saturday after it worked. */
const REST = new Set(['2026-10-01', '2026-10-02']);
const isWorked = (day: string): boolean => {
  if (REST.has(day)) return false;
  if (day === '2026-10-10') return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

describe('what is expected', () => {
  const history = (from: string, days: number, people: (day: string) => number): Arrivals[] =>
    Array.from({ length: days }, (_, i) => addDays(from, i))
      .filter(isWorked)
      .map((day) => ({ day, half: 18, people: people(day) }));
  const isMonday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

  it('knows days before and after a long rest, and the Saturday worked for it', () => {
    expect(
      ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-05', '2026-10-06', '2026-10-10'].map((day) =>
        dayKind(day, isWorked),
      ),
    ).toEqual(['ordinary', 'before-rest', 'off', 'after-rest', 'ordinary', 'make-up']);
  });

  it('takes the mean of the same weekday, so that a Monday peak stays on Mondays', () => {
    const rows = history('2026-07-01', 60, (day) => (isMonday(day) ? 30 : 10));
    const of = (day: string) => expectArrivals({ history: rows, day, isWorked })?.perHour[18];
    expect([of('2026-09-07'), of('2026-09-08')]).toEqual([60, 20]);
  });

  it('learns what a rest does, carefully, and never from the day itself or later', () => {
    const rows = history('2026-07-01', 98, (day) => (day === '2026-10-05' ? 30 : 10));
    const after = (day: string) => expectArrivals({ history: rows, day, isWorked });
    // One day at three times the usual, beside two imagined ones without effect.
    const later = ['2026-10-12', '2026-10-13', '2026-10-14'];
    for (const day of later) REST.add(day);
    expect(after('2026-10-15')).toMatchObject({ kind: 'after-rest', effect: 5 / 3 });
    for (const day of later) REST.delete(day);
    expect(after('2026-10-05')).toMatchObject({ kind: 'after-rest', effect: 1 });
    expect(after('2026-10-05')?.perHour[18]).toBe(20);
  });

  it('says nothing where nothing is known, and zero on a day off', () => {
    expect(expectArrivals({ history: [], day: '2026-09-29', isWorked })).toBeUndefined();
    expect(expectArrivals({ history: [], day: '2026-10-03', isWorked })?.perHour.some((rate) => rate > 0)).toBe(false);
  });
});

describe('a staffing plan', () => {
  const perHour = Array.from({ length: 48 }, (_, half) => (half === 20 ? 60 : 12));
  const plan = (windows: number) =>
    planStaffing({ perHour, hours: { from: 18, to: 24 }, service: 6, target: TARGET, windows, seed: 1 });

  it('opens as many windows as each half hour needs', () => {
    const { halves, short, played } = plan(20);
    expect(halves.map(({ half }) => half)).toEqual([18, 19, 20, 21, 22, 23]);
    expect(halves.every(({ level }) => level >= TARGET.share)).toBe(true);
    expect(halves[2]?.open).toBeGreaterThan(halves[1]?.open ?? 0);
    expect([short, played.within >= TARGET.share]).toEqual([0, true]);
  });

  it('says how many windows are missing instead of promising', () => {
    const { halves, short, played } = plan(5);
    expect(halves[2]).toMatchObject({ open: 5, level: 0 });
    expect(short).toBe((halves[2]?.needed ?? 0) - 5);
    expect(played.within).toBeLessThan(TARGET.share);
  });
});

describe('who is called next', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 1, minute));
  const ticket = (id: string, minute: number, more: Partial<WaitingTicket> = {}): WaitingTicket => ({
    id,
    family: 'civil',
    since: at(minute),
    priority: false,
    window: null,
    ...more,
  });
  const window = { no: 1, families: new Set(['civil']) };

  it('is who waits longest among those whom the window can serve', () => {
    const waiting = [ticket('b', 5), ticket('a', 9), ticket('c', 1, { family: 'business' })];
    expect(nextTicket({ waiting, window, advanceMinutes: 30 })?.id).toBe('b');
    expect(nextTicket({ waiting, window: { ...window, families: new Set() }, advanceMinutes: 30 })).toBeUndefined();
  });

  it('is first whoever was transferred to this window, with the place that they had', () => {
    const waiting = [ticket('long', 10), ticket('moved', 2, { family: 'business', window: 1 })];
    expect(nextTicket({ waiting, window, advanceMinutes: 30 })?.id).toBe('moved');
    expect(nextTicket({ waiting, window: { ...window, no: 2 }, advanceMinutes: 30 })?.id).toBe('long');
  });

  it('prefers the elderly, and lets nobody be overtaken by more than the advance', () => {
    const one = fc.record({ minute: fc.integer({ min: 0, max: 240 }), priority: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (drawn) => {
        const waiting = drawn.map(({ minute, priority }, i) => ticket(String(i), minute, { priority }));
        const order = callingOrder({ waiting, window, advanceMinutes: 30 });
        expect(order).toHaveLength(waiting.length);
        for (const [i, early] of order.entries()) {
          for (const late of order.slice(i + 1)) {
            const overtaken = early.since.getTime() - late.since.getTime();
            expect(overtaken).toBeLessThanOrEqual(early.priority && !late.priority ? 30 * 60_000 : 0);
          }
          expect(aheadOf({ waiting, ticket: early, advanceMinutes: 30 })).toBe(i);
        }
      }),
    );
  });
});

describe('a neighbour centre', () => {
  const centre = (code: string, lon: number, waitMinutes: number) => ({
    code,
    lon,
    lat: 31.22,
    open: true,
    handles: true,
    waitMinutes,
  });

  it('is offered where way and wait together save ten minutes, the best first', () => {
    const here = centre('here', 121.47, 60);
    const others = [centre('near', 121.475, 20), centre('far', 121.5, 5), centre('full', 121.476, 55)];
    // 477 m are 11 minutes with the detour, 2,854 m are 23 by bus.
    expect(others.map((other) => travelMinutes(here, other))).toEqual([11, 23, 13]);
    expect(offerShift({ here, others })).toEqual([
      { code: 'far', travelMinutes: 23, waitMinutes: 5, savesMinutes: 32 },
      { code: 'near', travelMinutes: 11, waitMinutes: 20, savesMinutes: 29 },
    ]);
    expect(offerShift({ here: { ...here, waitMinutes: 5 }, others })).toEqual([]);
    expect(offerShift({ here, others: others.map((other) => ({ ...other, handles: false })) })).toEqual([]);
  });

  it('is as far as the map says', () => {
    // One thousandth of a degree of latitude: 111.195 m on the mean sphere.
    expect(distance({ lon: 121, lat: 31 }, { lon: 121, lat: 31.001 })).toBeCloseTo(111.195, 2);
  });
});
