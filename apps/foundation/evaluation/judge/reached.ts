import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import { inputAt, type LevelInput, type Limit } from './time-used.ts';

/** Levels (监察等级) by weight: blue 蓝牌 only one working day left, notice 提示, yellow 黄牌, red 红牌. */
export const LEVELS = ['none', 'blue', 'notice', 'yellow', 'red'] as const;
export type Level = (typeof LEVELS)[number];
export const rankOf = (level: Level): number => LEVELS.indexOf(level);

/** Asks the rule; whatever it says beside a level is none. */
export type Judge = (input: LevelInput) => Level;
export type Reached = { level: Exclude<Level, 'none'>; from: Date };

/** Moments are found to this many milliseconds. */
const GRAIN_MS = 1_000;
/** How far ahead the next change is looked for: past the end and whatever is over. */
const AHEAD_MS = 400 * 86_400_000;

type Passage = {
  limit: Limit;
  calendar: WorkCalendar;
  judge: Judge;
  yellowBefore: boolean;
  unlawfulAt: Date | null;
};

const levelAt = (passage: Passage, at: Date): Level =>
  passage.judge(
    inputAt({ ...passage, at, unlawful: passage.unlawfulAt !== null && at.getTime() >= passage.unlawfulAt.getTime() }),
  );

/**
 * The levels that a step reached until `until`, each with the moment from which it held. The thresholds are the rule's alone: the moment
 * is found by asking it, first at the ends that the clock names, then by halving; a rule in which a level falls again with time is
 * answered as of its last rise.
 */
export function reachedLevels(passage: Passage, until: Date): Reached[] {
  const reached: Reached[] = [];
  const top = rankOf(levelAt(passage, until));
  let from = passage.limit.startedAt;
  for (const level of LEVELS.slice(1, top + 1)) {
    const found = firstFrom(passage, { rank: rankOf(level), from, until });
    // A level that was leapt over (from none straight to notice) was never the level of the step.
    if (levelAt(passage, found) === level) reached.push({ level: level as Reached['level'], from: found });
    from = found;
  }
  return reached;
}

/** When the level rises next if nothing happens; undefined where it cannot. */
export function nextRise(passage: Passage, now: Date): Date | undefined {
  const rank = rankOf(levelAt(passage, now));
  if (rank === LEVELS.length - 1) return undefined;
  const until = new Date(Math.max(now.getTime(), passage.limit.dueAt.getTime()) + AHEAD_MS);
  if (rankOf(levelAt(passage, until)) <= rank) return undefined;
  return firstFrom(passage, { rank: rank + 1, from: now, until });
}

/** The first moment in (from, until] at which the level weighs at least `rank`; it does so at `until`. */
function firstFrom(passage: Passage, { rank, from, until }: { rank: number; from: Date; until: Date }): Date {
  const weighs = (at: number): boolean => rankOf(levelAt(passage, new Date(at))) >= rank;
  let low = from.getTime();
  let high = until.getTime();
  if (weighs(low)) return from;
  for (const known of [passage.limit.amberAt.getTime(), passage.limit.dueAt.getTime()])
    if (known > low && known <= high) {
      if (!weighs(known)) low = known;
      else if (!weighs(known - 1)) return new Date(known);
      else high = known;
    }
  while (high - low > GRAIN_MS) {
    const middle = Math.floor((low + high) / 2);
    if (weighs(middle)) high = middle;
    else low = middle;
  }
  // Days begin at full seconds in Shanghai: a threshold at a midnight is told as that midnight.
  const second = Math.floor(high / GRAIN_MS) * GRAIN_MS;
  return new Date(second > low && weighs(second) ? second : high);
}
