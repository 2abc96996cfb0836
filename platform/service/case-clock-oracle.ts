import chineseDays from 'chinese-days';
import type { CaseHistory } from './case-deadlines.ts';

/*
 * A second reading of 行政许可法 art. 32, 42, 44, 45 and 82 for tests only: it lives through the days one after the other, as a clerk with
 * a paper calendar would, and shares nothing with what it checks.
 */
const FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const dayOf = (moment: Date): string => FORMAT.format(moment);

function next(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

export type OracleDays = {
  acceptLast: string;
  accepted?: { from: string; deemed: boolean };
  decideLast?: string;
  certificateLast?: string;
};

/** The last days of all times of one item, in working days; `today` is the day on which somebody asks. */
export function oracleCase(options: {
  history: CaseHistory;
  days: { accept: number; decide: number; extension: number; certificate: number };
  today: string;
}): OracleDays {
  const { history, days, today } = options;
  const { receivedAt, correction, acceptedAt, stops = [], extended, decidedAt } = history;
  // The clerk sits down with what came in and waits for the days to pass; what is told after them is told too late.
  let receipt = dayOf(receivedAt);
  let acceptLast = walk(receipt, days.accept);
  if (correction !== undefined && dayOf(correction.toldAt) <= acceptLast) {
    if (correction.answeredAt === undefined) return { acceptLast };
    receipt = dayOf(correction.answeredAt);
    acceptLast = walk(receipt, days.accept);
  }
  let accepted: OracleDays['accepted'];
  if (acceptedAt !== undefined && dayOf(acceptedAt) <= acceptLast)
    accepted = { from: dayOf(acceptedAt), deemed: false };
  else if (today > acceptLast) accepted = { from: receipt, deemed: true };
  if (accepted === undefined) return { acceptLast };
  const goal = days.decide + (extended ? days.extension : 0);
  const decideLast = walkWithStops(
    accepted.from,
    goal,
    stops.map(({ from, to }) => ({ from: dayOf(from), to: dayOf(to) })),
  );
  return {
    acceptLast,
    accepted,
    decideLast,
    ...(decidedAt !== undefined && { certificateLast: walk(dayOf(decidedAt), days.certificate) }),
  };
}

/** The day of the start does not count; days off do not; make-up days (调休) do. */
function walk(from: string, count: number): string {
  let day = from;
  for (let used = 0; used < count; ) {
    day = next(day);
    if (chineseDays.isWorkday(day)) used += 1;
  }
  return day;
}

/** Days after that of a stop up to that of its end are not counted. The rule assumes that a stop begins before the time is used up. */
function walkWithStops(from: string, count: number, stops: readonly { from: string; to: string }[]): string {
  let day = from;
  for (let used = 0; used < count; ) {
    day = next(day);
    const standing = stops.some((stop) => stop.from < day && day <= stop.to);
    if (!standing && chineseDays.isWorkday(day)) used += 1;
  }
  return day;
}
