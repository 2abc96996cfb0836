import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { newEdition } from './read-calendar.ts';
import { storeList } from './store-lists.ts';
import { weekdayOf } from './work-calendar.ts';
import { borrowedFrom, type ListedDay } from './year-list.ts';

/** Holidays that lie on the same days every year (全国年节及纪念日放假办法): a list without them is incomplete. */
const FIXED = ['01-01', '05-01', '10-01', '10-02', '10-03'] as const;
const Day = Type.Object(
  { date: Type.String({ format: 'date' }), name: Type.String({ minLength: 1, maxLength: 20 }) },
  { additionalProperties: false },
);

/**
 * Takes over the official list of a year (国务院办公厅关于…年部分节假日安排的通知) before a release with it is installed. Clocks that
 * reach into the year are counted anew. A later import corrects an earlier one; both are kept.
 */
export const importYear = route({
  method: 'POST',
  path: '/api/calendar/years',
  summary: { zh: '录入年度节假日安排', en: 'Import the official list of a year' },
  allow: 'calendar.days.set',
  body: Type.Object(
    {
      year: Type.Integer({ minimum: 2004, maximum: 2200 }),
      document: Type.String({ minLength: 4, maxLength: 80, description: '文号 / number of the notice' }),
      holidays: Type.Array(Day, { minItems: FIXED.length, maxItems: 80 }),
      makeUpDays: Type.Array(Day, { maxItems: 30 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ year: Type.Integer(), changed: Type.Boolean() }),
  status: 201,
  examples: {
    own: {
      as: 'system-administrator',
      body: {
        year: 2031,
        document: '国办发明电〔2030〕1号（样例）',
        holidays: FIXED.map((day) => ({ date: `2031-${day}`, name: '节日' })),
        makeUpDays: [],
      },
    },
  },
  handler: async ({ db, body }) => {
    const faults = listFaults(body);
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    const days: ListedDay[] = [
      ...body.holidays.map((day) => ({ ...day, kind: 'holiday' as const })),
      ...body.makeUpDays.map((day) => ({ ...day, kind: 'make-up' as const })),
    ].sort((a, b) => a.date.localeCompare(b.date));
    const changed = await storeList(db, {
      year: body.year,
      document: body.document.trim(),
      days,
      source: 'import',
    });
    if (changed) await newEdition(db);
    return { year: body.year, changed };
  },
});

/** What cannot stand in the list of a year: other years' days, a day twice, a make-up day in the week, a fixed holiday left out. */
function listFaults(body: {
  year: number;
  holidays: { date: string }[];
  makeUpDays: { date: string }[];
}): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, rule: string, zh: string, en: string) =>
    faults.push({ pointer, rule, message: { zh, en } });
  const seen = new Set<string>();
  const check = (list: 'holidays' | 'makeUpDays') => {
    for (const [i, { date }] of body[list].entries()) {
      const pointer = `/${list}/${i}/date`;
      const inside = date.startsWith(`${body.year}-`) || (date >= borrowedFrom(body.year - 1) && date < `${body.year}`);
      if (!isCalendarDate(date)) fault(pointer, 'date', '没有这一天', 'is no day of the calendar');
      else if (!inside) fault(pointer, 'year', '不是该年度安排中的日期', 'is no day of this year’s list');
      else if (seen.has(date)) fault(pointer, 'unique', '日期重复', 'is named twice');
      else if (list === 'makeUpDays' && ![0, 6].includes(weekdayOf(date)))
        fault(pointer, 'weekend', '调休上班日应为周六或周日', 'must be a Saturday or Sunday');
      seen.add(date);
    }
  };
  check('holidays');
  check('makeUpDays');
  const off = new Set(body.holidays.map(({ date }) => date));
  for (const day of FIXED)
    if (!off.has(`${body.year}-${day}`))
      fault('/holidays', 'complete', `缺少 ${day}，安排不完整`, `lacks ${day}: the list is not complete`);
  return faults;
}
