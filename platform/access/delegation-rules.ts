import { addDays, ageOn, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';

/** On what a delegation (代办) rests. */
export const BASES = ['consent', 'guardian', 'helper', 'agent'] as const;
export type Basis = (typeof BASES)[number];

/** What is stored; whether an accepted one holds now follows from its term. */
export type StoredState = 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'ended';
export type DelegationState = StoredState | 'active' | 'expired';

/*
 * Law: a written authority names agent, matter, scope and term (民法典 art. 165); an agent needs the principal's consent to
 * delegate on, here nobody can (art. 169); it ends with its term, by withdrawal or resignation, and by death (art. 173).
 * How long and how many says the rulebook (`delegation-terms.ts`).
 */

/** The state that people see. A bound is inside at its begin and outside at its end. */
export function stateOf(
  row: { state: StoredState; valid_from: Date; valid_to: Date; lapses_at: Date | null },
  now: Date,
): DelegationState {
  if (row.state !== 'offered' && row.state !== 'accepted') return row.state;
  if (now >= row.valid_to) return 'expired';
  if (row.state === 'offered') return row.lapses_at !== null && now >= row.lapses_at ? 'expired' : 'offered';
  return now >= row.valid_from ? 'active' : 'accepted';
}

export type TermFault = 'past' | 'too-long' | 'missing';

/** Begin and end of a delegation that is given now: a helper's by minutes, any other to the end of a day in Shanghai. */
export function termOf(options: {
  basis: Basis;
  /** Days, of a helper minutes. */
  longest: number;
  now: Date;
  until?: string;
  minutes?: number;
}): { from: Date; to: Date } | { fault: TermFault; at: 'until' | 'minutes' } {
  const { basis, longest, now, until, minutes } = options;
  if (basis === 'helper') {
    if (minutes === undefined) return { fault: 'missing', at: 'minutes' };
    if (minutes > longest) return { fault: 'too-long', at: 'minutes' };
    return { from: now, to: new Date(now.getTime() + minutes * 60_000) };
  }
  if (until === undefined) return { fault: 'missing', at: 'until' };
  const to = shanghaiMidnight(addDays(until, 1));
  if (to <= now) return { fault: 'past', at: 'until' };
  if (until > addDays(shanghaiDate(now), longest)) return { fault: 'too-long', at: 'until' };
  return { from: now, to };
}

/** True while the law has others act for a person of this date of birth. */
export function isMinor(birthDate: string, now: Date, fullAge: number): boolean {
  return ageOn(birthDate, shanghaiDate(now)) < fullAge;
}

/** The begin of the day on which somebody comes of age. */
export function comesOfAge(birthDate: string, fullAge: number): Date {
  const year = Number(birthDate.slice(0, 4)) + fullAge;
  // Born on 29 February: full years are complete on 1 March of a common year.
  const day =
    birthDate.slice(5) === '02-29' && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
      ? '03-01'
      : birthDate.slice(5);
  return shanghaiMidnight(`${year}-${day}`);
}

/** Whether somebody of this post may take a delegation of this basis; a private person must be linked to a resident. */
export function mayTake(options: { basis: Basis; post: string | undefined; person: string | undefined }): boolean {
  const { basis, post, person } = options;
  if (basis === 'helper') return post === 'committee-worker';
  return (post === 'citizen' || post === 'enterprise-agent') && person !== undefined;
}

const DAY_MS = 24 * 3_600_000;

/** The same time of day some days later; Shanghai has no summer time. */
export function daysAfter(from: Date, days: number): Date {
  return new Date(from.getTime() + days * DAY_MS);
}
