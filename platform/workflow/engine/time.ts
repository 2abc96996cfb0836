import type { TimerSpec } from '../definition.ts';
import { textGiven } from './expression.ts';
import { ProcessFault } from './process-fault.ts';
import type { Due, Wait } from './state.ts';

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
/** Shanghai has had one offset since 1991; months and years are counted on its calendar. */
const OFFSET_MS = 8 * 3_600_000;
/** Shortest distance of a cycle: a timer that fires without pause would hold the worker. */
const SHORTEST_CYCLE_MS = 1_000;

/** `from` and an ISO 8601 duration after it. A month ends on its last day where it has none of that number. */
export function after(from: Date, duration: string, node: string): Date {
  const parts = DURATION.exec(duration);
  if (!parts || duration === 'P' || duration.endsWith('T')) throw wrong(duration, node);
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(from.getTime() + OFFSET_MS);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + years * 12 + months);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, last));
  const ms = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000;
  return new Date(local.getTime() - OFFSET_MS + ms);
}

/** When a timer is due, and how it goes on if it is a cycle. Working days are counted by whoever has the calendar. */
export function dueOf(options: { timer: TimerSpec; context: Record<string, unknown>; now: Date; node: string }): {
  due: Due;
  cycle?: NonNullable<Wait['cycle']>;
} {
  const { timer, context, now, node } = options;
  switch (timer.kind) {
    case 'date':
      return { due: { at: moment(textGiven(timer.at, context, node), node).toISOString() } };
    case 'duration':
      return { due: { at: after(now, textGiven(timer.after, context, node), node).toISOString() } };
    case 'working-days': {
      const days = Number(textGiven(timer.days, context, node));
      if (!Number.isInteger(days) || days < 1 || days > 3_000) throw wrong(String(days), node);
      return { due: { workingDays: days } };
    }
    case 'cycle':
      return cycleOf(textGiven(timer.every, context, node), now, node);
  }
}

function cycleOf(text: string, now: Date, node: string): { due: Due; cycle: NonNullable<Wait['cycle']> } {
  const parts = text.split('/');
  const every = parts.at(-1) ?? '';
  const count = /^R(\d*)$/.exec(parts[0] ?? '');
  if (!count || parts.length < 2 || parts.length > 3) throw wrong(text, node);
  const next = after(now, every, node);
  if (next.getTime() - now.getTime() < SHORTEST_CYCLE_MS) throw wrong(text, node);
  const first = parts.length === 3 ? moment(parts[1] ?? '', node) : next;
  const left = count[1] === '' ? {} : { left: Math.max(0, Number(count[1]) - 1) };
  return { due: { at: first.toISOString() }, cycle: { every, ...left } };
}

/** A day alone begins at midnight in Shanghai, a time without zone is Shanghai's. */
function moment(text: string, node: string): Date {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  const at = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(whole) ? whole : `${whole}+08:00`);
  if (Number.isNaN(at.getTime())) throw wrong(text, node);
  return at;
}

function wrong(text: string, node: string): ProcessFault {
  return new ProcessFault(node, 'timer', {
    zh: `时间写法不正确：${text}`,
    en: `has a time that is not ISO 8601, or is too short: ${text}`,
  });
}
