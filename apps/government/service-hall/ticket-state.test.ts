import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfStart, halvesOf, hoursOn, isOpenAt } from './centre-hours.ts';
import { moveTicket, type TicketAct, type TicketFacts } from './ticket-state.ts';

const NEW: TicketFacts = {
  state: 'waiting',
  family: 'civil',
  window: null,
  onlyWindow: null,
  calledAt: null,
  calls: 0,
  servedAt: null,
  endedAt: null,
};
const NO_SHOW = 10;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 1, minute));

describe('a ticket', () => {
  const play = (acts: [number, TicketAct][]): TicketFacts | undefined => {
    let ticket = NEW;
    for (const [minute, act] of acts) {
      const moved = moveTicket(ticket, act, { now: at(minute), noShowMinutes: NO_SHOW });
      if (!moved.ok) return undefined;
      ticket = moved.next;
    }
    return ticket;
  };

  it('is called, served and done', () => {
    expect(
      play([
        [1, { act: 'call', window: 3 }],
        [2, { act: 'serve' }],
        [9, { act: 'finish' }],
      ]),
    ).toMatchObject({
      state: 'done',
      window: 3,
      servedAt: at(2),
      endedAt: at(9),
    });
  });

  it('that was set aside comes back within ten minutes, and is a no-show after them', () => {
    const aside: [number, TicketAct][] = [
      [1, { act: 'call', window: 3 }],
      [2, { act: 'pass' }],
    ];
    expect(play([...aside, [10, { act: 'back' }]])).toMatchObject({ state: 'waiting', calledAt: null });
    expect(play([...aside, [11, { act: 'back' }]])).toBeUndefined();
    expect(play([...aside, [10, { act: 'expire' }]])).toBeUndefined();
    expect(play([...aside, [11, { act: 'expire' }]])).toMatchObject({ state: 'no-show' });
  });

  it('moves to a skilled window as one that waits', () => {
    expect(
      play([
        [1, { act: 'call', window: 3 }],
        [2, { act: 'serve' }],
        [4, { act: 'transfer', family: 'business', window: 7 }],
      ]),
    ).toMatchObject({ state: 'waiting', family: 'business', onlyWindow: 7, window: null });
  });

  it('never leaves an end, and stands at a window exactly while it is called or served, whatever is tried', () => {
    const act = fc.constantFrom<TicketAct>(
      { act: 'call', window: 1 },
      { act: 'recall' },
      { act: 'pass' },
      { act: 'back' },
      { act: 'serve' },
      { act: 'transfer', family: 'business', window: null },
      { act: 'finish' },
      { act: 'leave' },
      { act: 'expire' },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), act), { maxLength: 40 }), (acts) => {
        let ticket = NEW;
        let minute = 0;
        for (const [after, each] of acts) {
          minute += after;
          const moved = moveTicket(ticket, each, { now: at(minute), noShowMinutes: NO_SHOW });
          if (ticket.endedAt !== null) expect(moved.ok).toBe(false);
          if (moved.ok) ticket = moved.next;
          expect(ticket.endedAt !== null).toBe(['done', 'no-show', 'left'].includes(ticket.state));
          if (ticket.state === 'called' || ticket.state === 'serving') expect(ticket.window).toBe(1);
          if (ticket.state === 'waiting') expect([ticket.window, ticket.calledAt]).toEqual([null, null]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('opening hours', () => {
  const hours = { working: { from: '09:00', to: '17:00' }, saturday: { from: '09:00', to: '12:00' } };

  it('follow the calendar: a make-up Saturday is a working day, a holiday is none', () => {
    expect(hoursOn({ hours, day: '2026-10-10', worked: true })?.to).toBe('17:00');
    expect(hoursOn({ hours, day: '2026-11-28', worked: false })?.to).toBe('12:00');
    expect(hoursOn({ hours, day: '2026-10-01', worked: false })).toBeUndefined();
  });

  it('are those of Shanghai, to the minute', () => {
    const open = (time: string) => isOpenAt({ hours, now: new Date(`2026-11-26T${time}+08:00`), isWorked: () => true });
    expect(['08:59:59', '09:00:00', '16:59:59', '17:00:00'].map(open)).toEqual([false, true, true, false]);
    expect(halvesOf({ from: '08:45', to: '17:15' })).toEqual({ from: 18, to: 34 });
    expect([18, 33].map(halfStart)).toEqual(['09:00', '16:30']);
  });
});
