import { levelWithin, type Target, windowsFor } from './erlang-c.ts';
import { simulateQueue } from './simulate-queue.ts';

export type PlannedHalf = {
  /** Half hour of the day, 0–47. */
  half: number;
  /** People expected, an hour. */
  arrivals: number;
  /** Windows that the target needs. */
  needed: number;
  /** Windows that there are. */
  open: number;
  /** Share of people called in time with `open` windows, were it to go on like this (Erlang C). */
  level: number;
};

export type StaffingPlan = {
  halves: PlannedHalf[];
  /** Windows missing in the worst half hour. */
  short: number;
  /** The whole day played with the windows as planned: lines that are left over from one half hour to the next count here. */
  played: { within: number; meanWait: number; p90Wait: number };
};

/** Seeds that are played, so that one lucky day is no plan. */
const PLAYS = 20;

/**
 * Windows for each half hour of a day (排班): as few as keep the promise that `share` of the people are called in `hours`, as far as
 * there are windows. Where fewer are there than needed the plan says so; it does not promise what cannot be kept.
 */
export function planStaffing(options: {
  /** By the hour, for each of the 48 half hours. */
  perHour: readonly number[];
  /** Half hours in which the centre is open: from, and the first one in which it is not. */
  hours: { from: number; to: number };
  service: number;
  target: Target;
  windows: number;
  seed: number;
}): StaffingPlan {
  const { perHour, hours, service, target, windows } = options;
  const halves = Array.from({ length: Math.max(0, hours.to - hours.from) }, (_, i): PlannedHalf => {
    const half = hours.from + i;
    const arrivals = perHour[half] ?? 0;
    const needed = windowsFor({ arrivals, service, target });
    // Somebody is there while the doors are open.
    const open = Math.min(Math.max(needed, 1), windows);
    return { half, arrivals, needed, open, level: levelWithin({ arrivals, service, windows: open }, target.hours) };
  });
  const plays = Array.from({ length: PLAYS }, (_, i) =>
    simulateQueue({
      stretches: halves.map(({ arrivals, open }) => ({ arrivals, windows: open })),
      minutes: 30,
      service,
      withinMinutes: target.hours * 60,
      seed: options.seed + i,
    }),
  ).filter(({ people }) => people > 0);
  const mean = (of: (played: (typeof plays)[number]) => number): number =>
    plays.length === 0 ? 0 : plays.reduce((sum, played) => sum + of(played), 0) / plays.length;
  return {
    halves,
    short: Math.max(0, ...halves.map(({ needed, open }) => needed - open)),
    played: {
      within: plays.length === 0 ? 1 : mean(({ within }) => within),
      meanWait: mean(({ meanWait }) => meanWait),
      p90Wait: mean(({ p90Wait }) => p90Wait),
    },
  };
}
