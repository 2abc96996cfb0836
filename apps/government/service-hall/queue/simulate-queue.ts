import { sequence } from '#platform/kernel/random.ts';

/** A stretch of the day: how many come, and how many windows are open. */
export type Stretch = { arrivals: number; windows: number };

export type Played = {
  people: number;
  /** Share of people who had to wait at all. */
  waited: number;
  /** Share of people who were called within the time asked for. */
  within: number;
  /** Minutes. */
  meanWait: number;
  p90Wait: number;
};

/**
 * Plays a line event by event (离散事件仿真): people come at random at the rate of each stretch, are called in the order in which they
 * came, and take a random time at a window. A second way to the figures of `erlang-c.ts`, and the only one for a day whose rates
 * change: the formula knows no line that was left over from before. A window that closes finishes whom it serves. After the last
 * stretch nobody comes, and who waits is served by the windows that were open last. The same seed gives the same figures.
 */
export function simulateQueue(options: {
  stretches: readonly Stretch[];
  /** Minutes of one stretch. */
  minutes: number;
  /** People an hour at one window. */
  service: number;
  withinMinutes: number;
  seed: number;
}): Played {
  const { stretches, minutes, service, withinMinutes, seed } = options;
  const random = sequence(seed);
  const spread = (ratePerHour: number): number => (-60 / ratePerHour) * Math.log(1 - random());
  const waits: number[] = [];
  const busy: number[] = [];
  const waiting: number[] = [];
  let first = 0;
  const call = (at: number, windows: number): void => {
    while (first < waiting.length && busy.length < windows) {
      waits.push(at - (waiting[first] ?? at));
      first += 1;
      busy.push(at + spread(service));
    }
  };
  /** Ends of service up to a moment, each followed by the next call. */
  const advance = (until: number, windows: number): void => {
    for (;;) {
      const next = earliest(busy);
      const end = busy[next];
      if (end === undefined || end > until) return;
      busy.splice(next, 1);
      call(end, windows);
    }
  };
  let begin = 0;
  for (const { arrivals, windows } of stretches) {
    const end = begin + minutes;
    call(begin, windows);
    for (let at = arrivals > 0 ? begin + spread(arrivals) : end; at < end; at += spread(arrivals)) {
      advance(at, windows);
      waiting.push(at);
      call(at, windows);
    }
    advance(end, windows);
    begin = end;
  }
  advance(Number.POSITIVE_INFINITY, stretches.at(-1)?.windows ?? 0);
  return figuresOf({ waits, unserved: waiting.length - first, withinMinutes });
}

function earliest(busy: readonly number[]): number {
  let found = 0;
  for (let i = 1; i < busy.length; i += 1) if ((busy[i] ?? 0) < (busy[found] ?? 0)) found = i;
  return found;
}

function figuresOf(options: { waits: number[]; unserved: number; withinMinutes: number }): Played {
  const { waits, unserved, withinMinutes } = options;
  const people = waits.length + unserved;
  if (people === 0) return { people, waited: 0, within: 1, meanWait: 0, p90Wait: 0 };
  const sorted = waits.toSorted((a, b) => a - b);
  const share = (test: (wait: number) => boolean): number => waits.filter(test).length / people;
  return {
    people,
    waited: share((wait) => wait > 0) + unserved / people,
    within: share((wait) => wait <= withinMinutes),
    meanWait: unserved > 0 ? Number.POSITIVE_INFINITY : waits.reduce((sum, wait) => sum + wait, 0) / people,
    p90Wait: sorted[Math.ceil(people * 0.9) - 1] ?? Number.POSITIVE_INFINITY,
  };
}
