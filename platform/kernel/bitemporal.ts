/**
 * Bitemporal facts (双时态): each version says when it holds in the world (valid, 有效时间) and since when we know it (recorded,
 * 记录时间). Intervals are half-open [from, to); `to: null` is open. Bounds are ISO texts of one shape each (all dates, or all
 * UTC timestamps), so that text order is time order.
 */

export type Interval = { readonly from: string; readonly to: string | null };

/** One version of a fact. Versions are never changed but for `recorded.to`, which is set once. */
export type Version<T> = { readonly valid: Interval; readonly recorded: Interval; readonly value: T };

/** True if the interval holds no instant. */
export function isEmptyInterval(interval: Interval): boolean {
  return interval.to !== null && interval.to <= interval.from;
}

/** True if the instant lies in [from, to). */
export function contains(interval: Interval, at: string): boolean {
  return interval.from <= at && (interval.to === null || at < interval.to);
}

/** True if both intervals share an instant. */
export function overlaps(a: Interval, b: Interval): boolean {
  return intersect(a, b) !== undefined;
}

/** The common part, or `undefined`. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to === null ? b.to : b.to === null || a.to < b.to ? a.to : b.to;
  const common = { from, to };
  return isEmptyInterval(common) ? undefined : common;
}

/** What is left of `a` without `b`: none, one or two intervals in order. */
export function subtract(a: Interval, b: Interval): Interval[] {
  const common = intersect(a, b);
  if (common === undefined) return isEmptyInterval(a) ? [] : [a];
  const left: Interval = { from: a.from, to: common.from };
  const rest: Interval[] = isEmptyInterval(left) ? [] : [left];
  if (common.to !== null) {
    const right: Interval = { from: common.to, to: a.to };
    if (!isEmptyInterval(right)) rest.push(right);
  }
  return rest;
}

/** What held at `validAt` as it was known at `knownAt` (default: as known now, the versions with an open record). */
export function asOf<T>(
  versions: Iterable<Version<T>>,
  at: { readonly validAt: string; readonly knownAt?: string },
): Version<T> | undefined {
  for (const version of versions) {
    const known = at.knownAt === undefined ? version.recorded.to === null : contains(version.recorded, at.knownAt);
    if (known && contains(version.valid, at.validAt)) return version;
  }
  return undefined;
}

/** The whole story as known at an instant (default now), in order of validity. */
export function history<T>(versions: Iterable<Version<T>>, knownAt?: string): Version<T>[] {
  return [...versions]
    .filter((each) => (knownAt === undefined ? each.recorded.to === null : contains(each.recorded, knownAt)))
    .sort((a, b) => (a.valid.from < b.valid.from ? -1 : a.valid.from > b.valid.from ? 1 : 0));
}

/** What a change does to the store: versions whose record ends, and versions that are new. */
export type Change<T> = {
  /** Existing versions, unchanged objects: their `recorded.to` is to be set to the time of the change. */
  readonly closed: readonly Version<T>[];
  readonly opened: readonly Version<T>[];
};

/**
 * Says that `value` holds during `valid`: what was known of that time is superseded, what lies outside stays. The caller
 * gives the versions of one fact; those known now must not overlap in validity (an exclusion constraint sees to that).
 * A change that says nothing new (same value already known for all of `valid`) is empty. RangeError for an empty interval.
 */
export function supersede<T>(input: {
  readonly versions: Iterable<Version<T>>;
  readonly valid: Interval;
  readonly value: T;
  readonly recordedAt: string;
  readonly same?: (a: T, b: T) => boolean;
}): Change<T> {
  const { valid, value, recordedAt, same = Object.is } = input;
  if (isEmptyInterval(valid)) throw new RangeError('empty interval');
  const known = history(input.versions);
  const covering = known.find((each) => subtract(valid, each.valid).length === 0);
  if (covering !== undefined && same(covering.value, value)) return { closed: [], opened: [] };
  const change = cut({ known, valid, recordedAt });
  return {
    closed: change.closed,
    opened: [...change.opened, { valid, recorded: { from: recordedAt, to: null }, value }],
  };
}

/** Says that nothing holds during `valid` any more (e.g. moved out: from that day on, open). */
export function retract<T>(input: {
  readonly versions: Iterable<Version<T>>;
  readonly valid: Interval;
  readonly recordedAt: string;
}): Change<T> {
  if (isEmptyInterval(input.valid)) throw new RangeError('empty interval');
  return cut({ known: history(input.versions), valid: input.valid, recordedAt: input.recordedAt });
}

/** The versions after a change: closed records end at `recordedAt`, opened ones are added. */
export function applyChange<T>(versions: Iterable<Version<T>>, change: Change<T>, recordedAt: string): Version<T>[] {
  const closed = new Set(change.closed);
  const kept = [...versions].map((each) =>
    closed.has(each) ? { ...each, recorded: { from: each.recorded.from, to: recordedAt } } : each,
  );
  return [...kept, ...change.opened];
}

function cut<T>(input: { known: readonly Version<T>[]; valid: Interval; recordedAt: string }): Change<T> {
  const closed = input.known.filter((each) => overlaps(each.valid, input.valid));
  const opened = closed.flatMap((each) =>
    subtract(each.valid, input.valid).map((valid) => ({
      valid,
      recorded: { from: input.recordedAt, to: null },
      value: each.value,
    })),
  );
  return { closed, opened };
}
