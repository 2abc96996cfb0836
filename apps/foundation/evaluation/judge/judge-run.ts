import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import type { Run } from './fold-run.ts';
import { type Judge, type Level, nextRise, rankOf, type Reached, reachedLevels } from './reached.ts';
import { lengthOf, type Limit, timeSpent, workingTime } from './time-used.ts';

/** What is judged of a passage at a moment. */
export type Judged = {
  level: Level;
  reached: Reached[];
  nextAt: Date | null;
  /** Working days allowed and used, once it is done: the score of time. */
  expected: number | null;
  actual: number | null;
  stoppedMs: number;
};

/**
 * Judges one passage (判级). Pure. What is done is judged as of its end; what stands still, as of its stop: nothing rises in that time.
 * `cap` comes from an appeal that was upheld: from that level on nothing is signalled again.
 */
export function judgeRun(options: {
  run: Run;
  limit: Limit | undefined;
  now: Date;
  calendar: WorkCalendar;
  judge: Judge;
  yellowBefore: boolean;
  cap: Level | null;
}): Judged {
  const { run, limit, now, calendar, cap } = options;
  const stoppedMs = (limit?.pauses ?? run.pauses).reduce(
    (sum, { from, to }) => sum + Math.max(0, (to ?? now).getTime() - from.getTime()),
    0,
  );
  const none = { level: 'none' as const, reached: [], nextAt: null, expected: null, actual: null, stoppedMs };
  if (run.state === 'void') return none;
  if (!limit) return unlimited({ run, cap, none });
  const until = run.endedAt && run.endedAt < now ? run.endedAt : now;
  // The clock of the app that began it is ahead of ours: it is looked at again then, and not left out for good.
  if (until < limit.startedAt) return { ...none, nextAt: run.state === 'done' ? null : limit.startedAt };
  const passage = { ...options, limit, unlawfulAt: run.unlawful?.at ?? null };
  const reached = reachedLevels(passage, until).filter(({ level }) => cap === null || rankOf(level) < rankOf(cap));
  const done = run.state === 'done';
  const capped = cap !== null && reached.length > 0 && rankOf(reached.at(-1)?.level ?? 'none') === rankOf(cap) - 1;
  const rests = done || run.state === 'stopped' || capped;
  return {
    level: reached.at(-1)?.level ?? 'none',
    reached,
    nextAt: rests ? null : (nextRise(passage, now) ?? null),
    ...(done && run.endedAt ? durations({ limit, endedAt: run.endedAt, calendar }) : { expected: null, actual: null }),
    stoppedMs,
  };
}

/** A step without a limit is listed as such; only what is unlawful whatever the time shows a level. */
function unlimited({ run, cap, none }: { run: Run; cap: Level | null; none: Judged }): Judged {
  if (!run.unlawful || cap !== null) return none;
  return { ...none, level: 'red', reached: [{ level: 'red', from: run.unlawful.at }] };
}

function durations({ limit, endedAt, calendar }: { limit: Limit; endedAt: Date; calendar: WorkCalendar }) {
  const inWorkingDays = limit.unit === 'working-day';
  const expected = inWorkingDays ? lengthOf(limit) : workingTime(limit.startedAt, limit.dueAt, calendar);
  const actual = inWorkingDays
    ? timeSpent({ limit, from: limit.startedAt, to: endedAt, calendar })
    : workingTime(limit.startedAt, endedAt, calendar);
  return { expected: rounded(expected), actual: rounded(actual) };
}

const rounded = (days: number): number => Math.round(days * 1_000) / 1_000;
