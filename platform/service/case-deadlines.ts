import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import { type Due, dueOf, type Pause } from '#platform/calendar/working-days.ts';
import type { Counted } from './case-limits.ts';

/** The times that a case is held to, from the rulebook and the item (行政许可法 art. 32, 42, 44). */
export type CaseLimits = {
  accept: Counted;
  decide: Counted;
  extension: Counted;
  certificate: Counted;
};

/** What has happened to an item of a case. */
export type CaseHistory = {
  receivedAt: Date;
  /** Defects were told, and the applicant answered. */
  correction?: { toldAt: Date; answeredAt?: Date };
  acceptedAt?: Date;
  stops?: readonly Pause[];
  extended?: boolean;
  decidedAt?: Date;
};

export type CaseDeadlines = {
  /** Until when defects may be told. */
  acceptDue: Due;
  /** As of when it is accepted: the act, or the receipt where the time passed in silence. */
  accepted?: { from: Date; deemed: boolean };
  decideDue?: Due;
  certificateDue?: Due;
};

/**
 * All deadlines of one item by what is known at `now`: the clocks of the law put together. The database holds each clock by itself
 * (`case-act.ts`); this is their sum, for promises, explanations and the property test against a slow reading of the law.
 */
export function caseDeadlines(options: {
  history: CaseHistory;
  limits: CaseLimits;
  calendar: WorkCalendar;
  now: Date;
}): CaseDeadlines {
  const { history, limits, calendar, now } = options;
  const { correction } = history;
  const count = (from: Date, { amount, unit }: Counted, pauses?: readonly Pause[]) =>
    dueOf({ from, amount, unit, calendar, pauses });
  // Defects told in time end the first look; a notice after its time changes nothing any more (逾期不告知视为受理).
  const first = count(history.receivedAt, limits.accept);
  const told = correction !== undefined && correction.toldAt < first.dueAt;
  const receipt = told ? correction.answeredAt : history.receivedAt;
  if (receipt === undefined) return { acceptDue: first };
  const acceptDue = told ? count(receipt, limits.accept) : first;
  const accepted = acceptance({ receipt, acceptedAt: history.acceptedAt, due: acceptDue.dueAt, now });
  if (!accepted) return { acceptDue };
  const { amount, unit } = limits.decide;
  const whole = history.extended ? { amount: amount + limits.extension.amount, unit } : limits.decide;
  const decideDue = count(accepted.from, whole, history.stops);
  if (history.decidedAt === undefined) return { acceptDue, accepted, decideDue };
  return { acceptDue, accepted, decideDue, certificateDue: count(history.decidedAt, limits.certificate) };
}

function acceptance(of: {
  receipt: Date;
  acceptedAt: Date | undefined;
  due: Date;
  now: Date;
}): CaseDeadlines['accepted'] {
  if (of.acceptedAt !== undefined && of.acceptedAt < of.due) return { from: of.acceptedAt, deemed: false };
  return of.now >= of.due ? { from: of.receipt, deemed: true } : undefined;
}
