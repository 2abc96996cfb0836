import type { Condition, Logic } from './rule.ts';

/**
 * One sample of one subject (读数). `quality` is that of the series (G10): only valid and estimated values are judged. A look at the
 * clock (`tick`) carries no value; it lets time-bound conditions change without a sample.
 */
export type Reading =
  | { at: number; value: number; quality?: 'N' | 'M' | 'E' | 'S' | 'C' | 'D' | 'B' }
  | { at: number; tick: true };

/** What is remembered of one rule at one subject: plain JSON, bounded, so that a restart changes nothing. */
export type RuleState = {
  raised: boolean;
  /** The newest of the last samples last: bad or not. */
  bad: boolean[];
  /** Good samples in a row. */
  good: number;
  /** Since when it has been beyond the limit without a break, ms. */
  beyondSince: number | null;
  /** Since when no sample was bad, ms. */
  goodSince: number | null;
  /** Samples that a rate or a count looks back at: time and value, the oldest first. */
  past: [number, number][];
  /** Times at which it was raised, as far as damping looks back. */
  raises: number[];
  flapping: boolean;
  lastAt: number | null;
  lastValue: number | null;
};

export type Effect =
  | { type: 'raise'; at: number; value: number | null; excess: number | null }
  | { type: 'clear'; at: number }
  /** It was raised so often that it now stays up until it is calm (抖动抑制). */
  | { type: 'flap'; at: number };

export const FRESH: RuleState = {
  raised: false,
  bad: [],
  good: 0,
  beyondSince: null,
  goodSince: null,
  past: [],
  raises: [],
  flapping: false,
  lastAt: null,
  lastValue: null,
};

/** Samples that are kept to look back at; of a denser series the oldest are thinned out. */
export const MOST_PAST = 256;

type Verdict = 'bad' | 'good' | 'between';

/**
 * Judges one reading (规则判定). Pure. A reading that is not newer than the last one changes nothing, so that what is delivered twice or
 * late is judged once; one that is not valid is not judged. Raises and clears take turns, always.
 */
export function evaluate(logic: Logic, state: RuleState, reading: Reading): { state: RuleState; effects: Effect[] } {
  const unchanged = { state, effects: [] };
  const tick = 'tick' in reading;
  if (state.lastAt !== null && (tick ? reading.at < state.lastAt : reading.at <= state.lastAt)) return unchanged;
  if (!tick && (!Number.isFinite(reading.value) || !/^[NE]$/.test(reading.quality ?? 'N'))) return unchanged;
  const seen = tick ? state : remember(logic.condition, state, reading.at, reading.value);
  const { verdict, value, beyondSince } = judge(logic.condition, seen, tick, reading.at);
  // The clock alone is no sample: it speaks only where the condition is about time, and then at once.
  if (tick && verdict === 'between') return unchanged;
  const byClock = tick || logic.condition.kind === 'absence';
  const needed = byClock ? { hits: 1, of: 1, clearAfter: 1 } : logic;
  const bad = byClock && verdict !== 'bad' ? [] : [...seen.bad, verdict === 'bad'].slice(-logic.of);
  const next: RuleState = {
    ...seen,
    bad,
    beyondSince,
    good: verdict === 'good' ? seen.good + 1 : 0,
    goodSince: verdict === 'bad' ? null : (seen.goodSince ?? reading.at),
  };
  return turn({ logic, next, verdict, needed, at: reading.at, value });
}

function turn(options: {
  logic: Logic;
  next: RuleState;
  verdict: Verdict;
  needed: Pick<Logic, 'hits' | 'of' | 'clearAfter'>;
  at: number;
  value: number | null;
}): { state: RuleState; effects: Effect[] } {
  const { logic, next, verdict, needed, at, value } = options;
  const { times, withinSeconds, calmSeconds } = logic.damping;
  if (!next.raised) {
    const hits = next.bad.slice(-needed.of).filter(Boolean).length;
    if (verdict !== 'bad' || hits < needed.hits) return { state: next, effects: [] };
    const raises = [...next.raises.filter((each) => at - each < withinSeconds * 1000), at].slice(-times);
    const flapping = raises.length >= times;
    const excess = excessOf(logic.condition, value);
    const effects: Effect[] = [{ type: 'raise', at, value, excess }];
    if (flapping) effects.push({ type: 'flap', at });
    return { state: { ...next, raised: true, good: 0, raises, flapping }, effects };
  }
  const calm = next.goodSince !== null && at - next.goodSince >= calmSeconds * 1000;
  if (verdict !== 'good' || next.good < needed.clearAfter || (next.flapping && !calm))
    return { state: next, effects: [] };
  return {
    state: { ...next, raised: false, flapping: false, bad: [], good: 0, beyondSince: null },
    effects: [{ type: 'clear', at }],
  };
}

/** How far beyond its limit a value is, as a multiple of it: 1 = at the limit. Null where the limit is 0 or there is no value. */
function excessOf(condition: Condition, value: number | null): number | null {
  if (value === null || condition.kind === 'absence' || condition.limit === 0) return null;
  const ratio = value / condition.limit;
  if (condition.kind !== 'count' && condition.side === 'below' && condition.limit > 0)
    return value <= 0 ? null : condition.limit / value;
  return ratio;
}

function remember(condition: Condition, state: RuleState, at: number, value: number): RuleState {
  const seen = { ...state, lastAt: at, lastValue: value };
  if (condition.kind !== 'rate' && condition.kind !== 'count') return seen;
  const span = (condition.kind === 'rate' ? condition.overSeconds : condition.windowSeconds) * 1000;
  if (condition.kind === 'count' && value === 0) return { ...seen, past: state.past.filter(([t]) => at - t < span) };
  const past = [...state.past, [at, value] as [number, number]].filter(([t]) => at - t <= span);
  return { ...seen, past: past.length <= MOST_PAST ? past : thinned(past, condition.kind === 'count') };
}

/** A count needs only the newest that can matter; a rate its oldest, and every other one between. */
const thinned = (past: [number, number][], newest: boolean): [number, number][] =>
  newest ? past.slice(-MOST_PAST) : past.filter((_, place) => place % 2 === 0 || place === past.length - 1);

function judge(
  condition: Condition,
  state: RuleState,
  tick: boolean,
  at: number,
): { verdict: Verdict; value: number | null; beyondSince: number | null } {
  const { beyondSince, lastValue, lastAt } = state;
  switch (condition.kind) {
    case 'absence': {
      // Who was never heard is not watched: a device that is registered but not yet mounted raises nothing.
      if (!tick) return { verdict: 'good', value: null, beyondSince };
      const silent = lastAt !== null && at - lastAt >= condition.afterSeconds * 1000;
      return { verdict: silent ? 'bad' : 'between', value: null, beyondSince };
    }
    case 'count': {
      const span = condition.windowSeconds * 1000;
      const value = state.past.filter(([t, v]) => v !== 0 && at - t < span).length;
      // Time empties the window, so the clock can clear; it cannot raise.
      if (value <= condition.clearLimit)
        return { verdict: tick && !state.raised ? 'between' : 'good', value, beyondSince };
      return { verdict: value >= condition.limit && !tick ? 'bad' : 'between', value, beyondSince };
    }
    case 'rate': {
      if (tick) return { verdict: 'between', value: null, beyondSince };
      const [oldest] = state.past;
      const value = oldest === undefined || lastValue === null ? 0 : lastValue - oldest[1];
      return { verdict: sideOf(condition, value), value, beyondSince };
    }
    case 'threshold': {
      if (lastValue === null) return { verdict: 'between', value: null, beyondSince };
      const verdict = sideOf(condition, lastValue);
      const hold = condition.holdSeconds;
      if (hold === undefined) return { verdict: tick ? 'between' : verdict, value: lastValue, beyondSince: null };
      if (tick) {
        const held = beyondSince !== null && at - beyondSince >= hold * 1000;
        return { verdict: held && !state.raised ? 'bad' : 'between', value: lastValue, beyondSince };
      }
      if (verdict !== 'bad') return { verdict, value: lastValue, beyondSince: null };
      const since = beyondSince ?? at;
      return { verdict: at - since >= hold * 1000 ? 'bad' : 'between', value: lastValue, beyondSince: since };
    }
  }
}

function sideOf(
  { side, limit, clearLimit }: { side: 'above' | 'below'; limit: number; clearLimit: number },
  value: number,
): Verdict {
  const beyond = side === 'above' ? value > limit : value < limit;
  if (beyond) return 'bad';
  const safe = side === 'above' ? value <= clearLimit : value >= clearLimit;
  return safe ? 'good' : 'between';
}
