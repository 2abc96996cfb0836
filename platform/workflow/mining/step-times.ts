import type { Db } from '#platform/kernel/db.ts';
import { mean, quantile } from '../studio/quantile.ts';
import { lastVersion } from '../studio/published-versions.ts';
import { byCase, type LoggedStep, readLog } from './read-log.ts';

const MINUTE_MS = 60_000;

export type StepTime = {
  element: string;
  count: number;
  /** From being handed out to being taken up, or done where nobody took it first; minutes. */
  waitMean: number;
  waitP90: number;
  /** From being taken up to being done, where that was seen; minutes. */
  work: number[];
};

/** How long each step of a version waited and took, from the log, by element. */
export function stepTimes(steps: readonly LoggedStep[]): StepTime[] {
  const found = new Map<string, { waits: number[]; work: number[] }>();
  for (const one of byCase(steps)) {
    const open = new Map<string, { node: string; handed: Date; taken?: Date }>();
    for (const { node, token, lifecycle, at } of one) {
      if (token === null) continue;
      const task = open.get(token);
      if (lifecycle === 'schedule') open.set(token, { node, handed: at });
      else if ((lifecycle === 'start' || lifecycle === 'assign') && task && !task.taken) task.taken = at;
      else if (lifecycle === 'complete' && task) {
        const times = found.get(node) ?? { waits: [], work: [] };
        times.waits.push(minutesBetween(task.handed, task.taken ?? at));
        if (task.taken) times.work.push(minutesBetween(task.taken, at));
        found.set(node, times);
        open.delete(token);
      } else if (lifecycle === 'withdraw' || lifecycle === 'ate_abort') open.delete(token);
    }
  }
  return [...found]
    .map(([element, { waits, work }]) => ({
      element,
      count: waits.length,
      waitMean: mean(waits),
      waitP90: quantile(waits, 0.9),
      work,
    }))
    .sort((a, b) => b.waitMean - a.waitMean);
}

const minutesBetween = (from: Date, to: Date): number => Math.max(0, (to.getTime() - from.getTime()) / MINUTE_MS);

/** Samples of the log that a simulation draws from; the newest are enough. */
const MOST_SAMPLES = 500;

/** How long the steps of the last version took, for a simulation of the next. */
export async function durationsSeen(db: Db, process: string): Promise<Record<string, { seen: number[] }>> {
  const last = await lastVersion(db, process);
  if (!last) return {};
  const times = stepTimes(await readLog(db, { app: last.app, process, version: last.version }));
  return Object.fromEntries(
    times
      .filter(({ work }) => work.length > 0)
      .map(({ element, work }) => [element, { seen: work.slice(-MOST_SAMPLES) }]),
  );
}
