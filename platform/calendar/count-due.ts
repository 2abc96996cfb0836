import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { UnitSchema } from './clock-view.ts';
import { readCalendar } from './read-calendar.ts';
import { dueOf, LONGEST } from './working-days.ts';

/** When a period that starts on a day, or at a moment, is over (期间计算): for anybody who wants to count after us. */
export const countDue = route({
  method: 'GET',
  path: '/api/calendar/due',
  summary: { zh: '计算期限届满时间', en: 'When a period is over' },
  allow: 'public',
  query: Type.Object(
    {
      from: Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}(T[0-9:.]+(Z|[+-]\\d{2}:\\d{2}))?$',
        description: '起算日或时刻 / day or moment of the start',
      }),
      amount: Type.Integer({ minimum: 1 }),
      unit: UnitSchema,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    dueAt: Type.String({ format: 'date-time', description: '最后一日二十四时 / 24:00 of the last day' }),
    amberAt: Type.String({ format: 'date-time' }),
    lastDay: Type.String({ format: 'date' }),
    provisional: Type.Boolean(),
  }),
  examples: { own: { as: 'citizen', query: { from: '2026-09-30', amount: '3', unit: 'working-day' } } },
  handler: async ({ db, query: { from, amount, unit } }) => {
    const moment = from.length > 10 ? new Date(from) : from;
    const start = moment instanceof Date ? moment.toJSON() : moment;
    if (start === null || !isCalendarDate(start.slice(0, 10)) || start < '1992')
      throw wrong('/query/from', 'date', '日期不存在或早于 1992 年', 'is no day, or before 1992');
    if (amount > LONGEST[unit])
      throw wrong('/query/amount', 'maximum', `不能大于 ${LONGEST[unit]}`, `must be at most ${LONGEST[unit]}`);
    const { calendar } = await readCalendar(db);
    const due = dueOf({ from: moment, amount, unit, calendar });
    return { ...due, dueAt: due.dueAt.toISOString(), amberAt: due.amberAt.toISOString() };
  },
});

function wrong(pointer: string, rule: string, zh: string, en: string) {
  return InvalidInput.with({ fields: [{ pointer, rule, message: { zh, en } }] });
}
