/**
 * Waiting lines with several windows and Poisson arrivals (M/M/c): A. K. Erlang's waiting formula (Erlang C). All pure; rates an hour,
 * times in hours.
 */

export type Line = {
  /** People who come, λ an hour. */
  arrivals: number;
  /** People whom one window serves, μ an hour. */
  service: number;
  /** Windows that are open, c. */
  windows: number;
};

/**
 * Share of people who would find all windows busy if nobody waited (Erlang B), by its recursion B(k) = a·B(k−1) / (k + a·B(k−1)):
 * each value lies between 0 and 1, so that no power and no factorial is ever formed, however many windows there are.
 */
export function blockedShare(load: number, windows: number): number {
  if (!(load >= 0) || !Number.isInteger(windows) || windows < 0)
    throw new RangeError(`a load of ${load} on ${windows} windows`);
  let blocked = 1;
  for (let k = 1; k <= windows; k += 1) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/** Probability that somebody who comes has to wait, P_w. 1 where more come than can be served: the line grows without end. */
export function waitShare({ arrivals, service, windows }: Line): number {
  assertRates(arrivals, service);
  const load = arrivals / service;
  if (load >= windows) return load === 0 ? 0 : 1;
  const blocked = blockedShare(load, windows);
  return blocked / (1 - (load / windows) * (1 - blocked));
}

/** Service level: share of people who are called within a time, 1 − P_w·e^(−(cμ−λ)t). 0 where the line grows without end. */
export function levelWithin(line: Line, hours: number): number {
  const spare = line.windows * line.service - line.arrivals;
  if (spare <= 0) return line.arrivals === 0 ? 1 : 0;
  return 1 - waitShare(line) * Math.exp(-spare * hours);
}

/** Mean time that people wait, in hours; Infinity where the line grows without end. */
export function meanWait(line: Line): number {
  const spare = line.windows * line.service - line.arrivals;
  if (spare <= 0) return line.arrivals === 0 ? 0 : Number.POSITIVE_INFINITY;
  return waitShare(line) / spare;
}

export type Target = {
  /** Share of people who are to be called in time, below 1. */
  share: number;
  hours: number;
};

/** The fewest windows that reach the target. One step of the recursion a window: no search starts anew. */
export function windowsFor(options: { arrivals: number; service: number; target: Target }): number {
  const { arrivals, service, target } = options;
  assertRates(arrivals, service);
  if (!(target.share >= 0 && target.share < 1)) throw new RangeError(`a target of ${target.share}`);
  const load = arrivals / service;
  if (load === 0) return 0;
  let blocked = 1;
  for (let windows = 1; ; windows += 1) {
    blocked = (load * blocked) / (windows + load * blocked);
    if (windows <= load) continue;
    const waits = blocked / (1 - (load / windows) * (1 - blocked));
    if (1 - waits * Math.exp(-(windows * service - arrivals) * target.hours) >= target.share) return windows;
  }
}

function assertRates(arrivals: number, service: number): void {
  if (!(arrivals >= 0) || !Number.isFinite(arrivals) || !(service > 0) || !Number.isFinite(service))
    throw new RangeError(`rates of ${arrivals} and ${service} an hour`);
}
