import { addDays, shanghaiDate, shanghaiDateTime } from '#platform/kernel/dates.ts';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * When quiet hours that hold now are over (免打扰结束时间); undefined outside them. `from` and `to` are local times, `HH:MM`; where `from` is
 * later than `to` they reach over midnight. The end itself is not quiet any more.
 */
export function quietUntil(options: { from: string | null; to: string | null; now: Date }): Date | undefined {
  const { from, to, now } = options;
  if (from === null || to === null) return undefined;
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  if (begin === end) return undefined;
  const today = shanghaiDate(now);
  const minute = minutesOf(shanghaiDateTime(now).slice(11, 16));
  const over = begin > end;
  const quiet = over ? minute >= begin || minute < end : minute >= begin && minute < end;
  if (!quiet) return undefined;
  const day = over && minute >= begin ? addDays(today, 1) : today;
  return new Date(`${day}T${to.slice(0, 5)}:00+08:00`);
}
