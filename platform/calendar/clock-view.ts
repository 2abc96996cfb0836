import { type Static, Type } from 'typebox';
import type { Clock } from './clock.ts';
import type { ClockKind } from './clock-kind.ts';
import type { WorkCalendar } from './work-calendar.ts';
import { workingDaysLeft } from './working-days.ts';

const Text = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });

export const UnitSchema = Type.Union([
  Type.Literal('working-day'),
  Type.Literal('day'),
  Type.Literal('month'),
  Type.Literal('year'),
  Type.Literal('hour'),
  Type.Literal('minute'),
  Type.Literal('working-hour'),
]);

/** A clock as people see it. */
export const ClockSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  basis: Type.String({ description: '规则条目 / rulebook entry' }),
  amount: Type.Integer(),
  unit: UnitSchema,
  startedAt: Moment,
  dueAt: Moment,
  /** `amber` 80 % of the time is used (K4), `overdue` it is over; `late` once ended after its time. */
  state: Type.Union([
    Type.Literal('running'),
    Type.Literal('amber'),
    Type.Literal('overdue'),
    Type.Literal('stopped'),
    Type.Literal('ended'),
    Type.Literal('late'),
  ]),
  workingDaysLeft: Type.Integer({ description: '今天以后还剩的工作日，负数为已逾期 / working days after today' }),
  provisional: Type.Boolean({ description: '跨入假期安排尚未公布的年份 / reaches into a year that is not announced' }),
  stops: Type.Array(
    Type.Object({
      reason: Text,
      document: Type.String(),
      begunAt: Moment,
      expectedEnd: Type.String({ format: 'date' }),
      endedAt: Type.Union([Moment, Type.Null()]),
    }),
  ),
});
export type ClockView = Static<typeof ClockSchema>;

/** What people see of a clock at a moment. */
export function clockView(options: { clock: Clock; kind: ClockKind; now: Date; calendar: WorkCalendar }): ClockView {
  const { clock, kind, now, calendar } = options;
  return {
    id: clock.id,
    basis: clock.basis,
    amount: clock.amount,
    unit: clock.unit,
    startedAt: clock.startedAt.toISOString(),
    dueAt: clock.dueAt.toISOString(),
    state: stateOf(clock, now),
    workingDaysLeft: workingDaysLeft({ now, dueAt: clock.dueAt, calendar }),
    provisional: clock.provisional,
    stops: clock.stops.map((stop) => ({
      reason: kind.stops.find(({ id }) => id === stop.reason)?.title ?? { zh: stop.reason, en: stop.reason },
      document: stop.document,
      begunAt: stop.begunAt.toISOString(),
      expectedEnd: stop.expectedEnd,
      endedAt: stop.endedAt?.toISOString() ?? null,
    })),
  };
}

function stateOf(clock: Clock, now: Date): ClockView['state'] {
  if (clock.state === 'ended') return clock.endedAt && clock.endedAt >= clock.dueAt ? 'late' : 'ended';
  if (clock.state === 'stopped') return 'stopped';
  if (now >= clock.dueAt) return 'overdue';
  return now >= clock.amberAt ? 'amber' : 'running';
}
