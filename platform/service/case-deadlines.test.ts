import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageCalendar } from '#platform/calendar/work-calendar.ts';
import { addDays, daysBetween, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { oracleCase } from './case-clock-oracle.ts';
import { caseDeadlines, type CaseHistory, type CaseLimits } from './case-deadlines.ts';
import { decisionLimit } from './case-limits.ts';

const wd = (amount: number) => ({ amount, unit: 'working-day' as const });
/** As the rulebook says them; here only so that the test has something to count with. */
const LIMITS: CaseLimits = { accept: wd(5), decide: wd(20), extension: wd(10), certificate: wd(10) };
const calendar = packageCalendar();
const DAY_MS = 86_400_000;
const FROM = '2015-01-01';
/** The last history begins early enough to end in a year whose holidays are known. */
const LENGTH = daysBetween(FROM, '2026-06-01');

const at = (day: string, minutes: number): Date => new Date(shanghaiMidnight(day).getTime() + minutes * 60_000);
const minute = fc.integer({ min: 1, max: 1_438 });
const moment = (after: Date, days: number, minutes: number): Date => {
  const made = at(addDays(shanghaiDate(after), days), minutes);
  return made > after ? made : new Date(after.getTime() + 1_000);
};

/** Histories in which things follow each other as they can: told, answered, accepted, stopped, extended, decided. */
const history = fc
  .record({
    received: fc.tuple(fc.integer({ min: 0, max: LENGTH }), minute),
    told: fc.option(fc.tuple(fc.integer({ min: 0, max: 12 }), minute)),
    answered: fc.option(fc.tuple(fc.integer({ min: 0, max: 30 }), minute)),
    accepted: fc.option(fc.tuple(fc.integer({ min: 0, max: 12 }), minute)),
    stops: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 20 }), minute, minute), {
      maxLength: 3,
    }),
    extended: fc.boolean(),
    decided: fc.option(fc.tuple(fc.integer({ min: 0, max: 20 }), minute)),
    promised: fc.integer({ min: 1, max: 20 }),
    asked: fc.integer({ min: 0, max: 60 }),
  })
  .map((drawn) => {
    const receivedAt = at(addDays(FROM, drawn.received[0]), drawn.received[1]);
    const made: CaseHistory = { receivedAt };
    let last = receivedAt;
    if (drawn.told) {
      const toldAt = moment(receivedAt, ...drawn.told);
      made.correction = { toldAt };
      if (drawn.answered) {
        made.correction = { toldAt, answeredAt: moment(toldAt, ...drawn.answered) };
        last = made.correction.answeredAt as Date;
      }
    }
    if (drawn.accepted && (made.correction === undefined || made.correction.answeredAt))
      made.acceptedAt = moment(last, ...drawn.accepted);
    return { made, drawn, last };
  });

describe('the clocks of a case put together', () => {
  it('agree with a slow reading of the law, day by day, for any history from 2015 to 2026', () => {
    fc.assert(
      fc.property(history, ({ made, drawn, last }) => {
        const limits = { ...LIMITS, decide: wd(drawn.promised) };
        const now = at(addDays(shanghaiDate(made.acceptedAt ?? last), drawn.asked), 720);
        const before = caseDeadlines({ history: made, limits, calendar, now });
        const full: CaseHistory = { ...made };
        if (before.accepted) {
          // Stops begin one after the other while there is time left, as the machine of states has it.
          const due = before.decideDue?.dueAt.getTime() ?? 0;
          let from = before.accepted.from;
          full.stops = drawn.stops.flatMap(([gap, length, a, b]) => {
            const begun = moment(from, gap, a);
            if (begun.getTime() >= due - DAY_MS) return [];
            const to = moment(begun, length, b);
            from = to;
            return [{ from: begun, to }];
          });
          full.extended = drawn.extended;
          if (drawn.decided) full.decidedAt = moment(before.accepted.from, ...drawn.decided);
        }
        const ours = caseDeadlines({ history: full, limits, calendar, now });
        const days = { accept: 5, decide: drawn.promised, extension: 10, certificate: 10 };
        const slow = oracleCase({ history: full, days, today: shanghaiDate(now) });
        expect({
          acceptLast: ours.acceptDue.lastDay,
          ...(ours.accepted && { accepted: { from: shanghaiDate(ours.accepted.from), deemed: ours.accepted.deemed } }),
          ...(ours.decideDue && { decideLast: ours.decideDue.lastDay }),
          ...(ours.certificateDue && { certificateLast: ours.certificateDue.lastDay }),
        }).toEqual(slow);
      }),
      { numRuns: 2_000, seed: 310101 },
    );
  }, 60_000);

  it('count a make-up Saturday (调休) and leave out a holiday: silence accepts as of the receipt', () => {
    // National Day 2025: Sunday 28 September and Saturday 11 October are worked, 1 to 8 October are not.
    const receivedAt = at('2025-09-26', 600);
    const { acceptDue, accepted, decideDue } = caseDeadlines({
      history: { receivedAt },
      limits: LIMITS,
      calendar,
      now: at('2025-10-13', 600),
    });
    expect(acceptDue.lastDay).toBe('2025-10-10');
    expect(accepted).toEqual({ from: receivedAt, deemed: true });
    expect(decideDue?.lastDay).toBe('2025-10-30');
  });

  it('hold a unit to its promise where it is shorter, and to the law where it is not', () => {
    const legalLimit = { amount: 20, unit: 'wd' as const };
    expect(decisionLimit({ legalLimit, promisedLimit: { amount: 5, unit: 'wd' } })).toEqual(wd(5));
    expect(decisionLimit({ legalLimit, promisedLimit: { amount: 30, unit: 'wd' } })).toEqual(wd(20));
    expect(decisionLimit({ legalLimit, promisedLimit: { amount: 0, unit: 'wd' } })).toEqual(wd(1));
  });
});
