import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { readCalendar } from './read-calendar.ts';
import { isSettled } from './work-calendar.ts';

const Kind = Type.Union([
  Type.Literal('weekday'),
  Type.Literal('weekend'),
  Type.Literal('holiday'),
  Type.Literal('make-up'),
  Type.Literal('district-off'),
  Type.Literal('district-work'),
]);

/** The days of a year that are not as their weekday says, and whether the year's list is known. Public: everybody counts with them. */
export const showDays = route({
  method: 'GET',
  path: '/api/calendar/days',
  summary: { zh: '全年工作日与节假日', en: 'Working days and holidays of a year' },
  allow: 'public',
  query: Type.Object({ year: Type.Integer({ minimum: 1992, maximum: 2200 }) }, { additionalProperties: false }),
  reply: Type.Object({
    year: Type.Integer(),
    announced: Type.Boolean({ description: '假期安排是否已公布 / whether the official list is known' }),
    source: Type.Union([Type.Literal('package'), Type.Literal('import'), Type.Null()]),
    document: Type.Union([Type.String(), Type.Null()]),
    announcedYears: Type.Array(Type.Integer()),
    workingDays: Type.Integer(),
    days: Type.Array(
      Type.Object({
        date: Type.String({ format: 'date' }),
        kind: Kind,
        working: Type.Boolean(),
        name: Type.Union([Type.String(), Type.Null()]),
        settled: Type.Boolean({ description: 'false = 可能随假期安排公布而变 / may change with a list to come' }),
      }),
    ),
  }),
  examples: { own: { as: 'citizen', query: { year: '2026' } } },
  handler: async ({ db, query: { year } }) => {
    const { calendar, lists } = await readCalendar(db);
    const list = lists.find((each) => each.year === year);
    const days = [];
    for (let date = `${year}-01-01`; date.startsWith(String(year)); date = addDays(date, 1)) {
      const { kind, working, name } = calendar.day(date);
      days.push({ date, kind, working, name: name ?? null, settled: isSettled(calendar, date, date) });
    }
    return {
      year,
      announced: calendar.announced(year),
      source: list?.source ?? null,
      document: list?.document ?? null,
      announcedYears: [...calendar.years],
      workingDays: calendar.workingDaysIn(year),
      days,
    };
  },
});
