import { shanghaiDate, shanghaiDateTime } from '#platform/kernel/dates.ts';

/** Times of Shanghai, `HH:MM`. */
export type Span = { from: string; to: string };
/**
 * Opening hours (开放时间): on working days, make-up days (调休) among them; on Saturdays off where a centre opens then; on every day
 * off where it is a hall of self-service (自助服务区).
 */
export type Hours = {
  working: Span;
  saturday?: Span;
  off?: Span;
  /** Days that are kept otherwise (延时服务、临时闭馆); null = closed. */
  days?: Readonly<Record<string, Span | null>>;
};

/** Hours of a day; undefined where the centre is closed. */
export function hoursOn(options: { hours: Hours; day: string; worked: boolean }): Span | undefined {
  const special = options.hours.days?.[options.day];
  return special === undefined ? usualHours(options) : (special ?? undefined);
}

/** Hours in which times can be booked: longer hours are for whoever comes, a closed day is closed. */
export function bookableOn(options: { hours: Hours; day: string; worked: boolean }): Span | undefined {
  return options.hours.days?.[options.day] === null ? undefined : usualHours(options);
}

function usualHours(options: { hours: Hours; day: string; worked: boolean }): Span | undefined {
  const { hours, day, worked } = options;
  if (worked) return hours.working;
  const saturday = new Date(`${day}T00:00:00Z`).getUTCDay() === 6 ? hours.saturday : undefined;
  return saturday ?? hours.off;
}

/** Whether it is open at a moment. The server's time rules: what a kiosk's clock says is never asked. */
export function isOpenAt(options: { hours: Hours; now: Date; isWorked: (day: string) => boolean }): boolean {
  const { hours, now, isWorked } = options;
  const day = shanghaiDate(now);
  const span = hoursOn({ hours, day, worked: isWorked(day) });
  const time = shanghaiDateTime(now).slice(11, 16);
  return span !== undefined && span.from <= time && time < span.to;
}

/** Half hours (0–47) that lie wholly in a span: from, and the first one after. */
export function halvesOf({ from, to }: Span): { from: number; to: number } {
  return { from: Math.ceil(minutesOf(from) / 30), to: Math.floor(minutesOf(to) / 30) };
}

/** `HH:MM` at which a half hour begins. */
export function halfStart(half: number): string {
  return `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
