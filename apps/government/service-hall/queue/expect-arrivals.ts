import { addDays } from '#platform/kernel/dates.ts';

/** People who came to a centre in one half hour of a day: `half` 0 = 00:00–00:30, 47 = 23:30–24:00. */
export type Arrivals = { day: string; half: number; people: number };
export const HALVES = 48;

/** Whether a day (`YYYY-MM-DD`) is worked: the calendar's answer, make-up days (调休) and holidays included. */
export type IsWorked = (day: string) => boolean;

/**
 * What a working day is beside its weekday (节假日影响): the last one before a long rest, the first one after it, or a weekend day
 * that is worked in exchange (调休上班日).
 */
export type DayKind = 'off' | 'make-up' | 'before-rest' | 'after-rest' | 'ordinary';

/** Days off in a row from which a rest is a long one: an ordinary weekend has two. */
const LONG_REST = 3;
/** Days of the same weekday that are looked back at. */
const DAYS_BACK = 8;
/** As many imagined days without any effect stand beside the days that were seen, so that one odd day is no rule (shrinkage). */
const DAYS_OF_DOUBT = 2;

export function dayKind(day: string, isWorked: IsWorked): DayKind {
  if (!isWorked(day)) return 'off';
  if (weekday(day) === 0 || weekday(day) === 6) return 'make-up';
  if (restLength(day, 1, isWorked) >= LONG_REST) return 'before-rest';
  if (restLength(day, -1, isWorked) >= LONG_REST) return 'after-rest';
  return 'ordinary';
}

function restLength(day: string, step: 1 | -1, isWorked: IsWorked): number {
  let length = 0;
  for (let at = addDays(day, step); length < LONG_REST && !isWorked(at); at = addDays(at, step)) length += 1;
  return length;
}

/**
 * How many people are expected in each half hour of a day, by the hour (λ), from what was before it: the mean of the last days of the
 * same weekday, times what days of its kind had more or less than their weekday. A make-up day has no weekday of its own: it is
 * compared with all. Days after `day` are never looked at. Undefined where nothing is known; all zero on a day off.
 */
export function expectArrivals(options: {
  history: readonly Arrivals[];
  day: string;
  isWorked: IsWorked;
}): { perHour: number[]; kind: DayKind; effect: number; days: number } | undefined {
  const { day, isWorked } = options;
  const kind = dayKind(day, isWorked);
  if (kind === 'off') return { perHour: Array<number>(HALVES).fill(0), kind, effect: 0, days: 0 };
  const past = daysOf(options.history.filter((row) => row.day < day && isWorked(row.day)));
  const ordinary = new Map([...past].filter(([each]) => dayKind(each, isWorked) === 'ordinary'));
  const base = baseOf(ordinary, day);
  if (!base) return undefined;
  const effect = kind === 'ordinary' ? 1 : effectOf({ past, ordinary, kind, isWorked });
  return { perHour: base.mean.map((people) => people * effect * 2), kind, effect, days: base.days };
}

type Days = ReadonlyMap<string, readonly number[]>;

function daysOf(rows: readonly Arrivals[]): Days {
  const days = new Map<string, number[]>();
  for (const { day, half, people } of rows) {
    const counts = days.get(day) ?? Array<number>(HALVES).fill(0);
    counts[half] = (counts[half] ?? 0) + people;
    days.set(day, counts);
  }
  return days;
}

/** Mean of the last ordinary days before `day` of its weekday; of any weekday where it has none, or is a weekend day. */
function baseOf(ordinary: Days, day: string): { mean: number[]; days: number } | undefined {
  const before = [...ordinary.keys()].filter((each) => each < day).toSorted();
  const same = before.filter((each) => weekday(each) === weekday(day));
  const used = (same.length > 0 ? same : before).slice(-DAYS_BACK);
  if (used.length === 0) return undefined;
  const mean = Array.from(
    { length: HALVES },
    (_, half) => used.reduce((sum, each) => sum + (ordinary.get(each)?.[half] ?? 0), 0) / used.length,
  );
  return { mean, days: used.length };
}

/** What days of a kind had, as a share of what their weekday would have had. */
function effectOf(options: { past: Days; ordinary: Days; kind: DayKind; isWorked: IsWorked }): number {
  const { past, ordinary, kind, isWorked } = options;
  const shares = [...past].flatMap(([day, counts]) => {
    if (dayKind(day, isWorked) !== kind) return [];
    const usual = total(baseOf(ordinary, day)?.mean ?? []);
    return usual > 0 ? [total(counts) / usual] : [];
  });
  return (total(shares) + DAYS_OF_DOUBT) / (shares.length + DAYS_OF_DOUBT);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
/** 0 = Sunday. */
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
