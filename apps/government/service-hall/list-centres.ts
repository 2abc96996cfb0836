import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { hoursOn, isOpenAt } from './centre-hours.ts';
import { readCentres, readFamilies } from './centre-record.ts';
import { queueRules } from './hall-rules.ts';
import { estimateWait } from './queue/estimate-wait.ts';
import { centres } from './resources.ts';

export const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeSpan = Type.Union([Type.Object({ from: Type.String(), to: Type.String() }), Type.Null()]);

/**
 * All centres as they are now (等候时间开放): open or closed, who waits, for how long. Open data: what a resident decides by, and what
 * the head of a centre sees of the others, is one and the same.
 */
export const listCentres = route({
  method: 'GET',
  path: '/api/service-hall/centres',
  summary: { zh: '各中心等候情况', en: 'Centres and their waiting times' },
  allow: 'public',
  reply: Type.Object({
    at: Type.String({ format: 'date-time' }),
    families: Type.Array(Type.Object({ code: Type.String(), title: Words })),
    centres: Type.Array(
      Type.Object({
        ...itemOf(centres, ['code', 'kind', 'title', 'area', 'address', 'phone', 'lon', 'lat', 'sample']).properties,
        today: MaybeSpan,
        open: Type.Boolean(),
        windows: Type.Integer(),
        windowsOpen: Type.Integer(),
        waiting: Type.Integer(),
        waitMinutes: Type.Union([Type.Integer(), Type.Null()]),
        lines: Type.Array(
          Type.Object({
            family: Type.String(),
            waiting: Type.Integer(),
            windowsOpen: Type.Integer(),
            waitMinutes: Type.Union([Type.Integer(), Type.Null()]),
          }),
        ),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    const day = shanghaiDate(now);
    const [found, families, rules, { calendar }] = await Promise.all([
      readCentres(db),
      readFamilies(db),
      queueRules(db, now),
      readCalendar(db),
    ]);
    const [windows, waiting] = await Promise.all([
      db.rows<{ centre: string; families: string[]; open: boolean }>(
        sql`select centre, families, clerk is not null as open from service_hall.service_window`,
      ),
      db.rows<{ centre: string; family: string; people: number }>(sql`
        select c.code as centre, w.family, count(*)::int as people from service_hall.centre c, service_hall.waiting(c.code, ${day}::date) w group by 1, 2`),
    ]);
    const isWorked = (each: string) => calendar.day(each).working;
    const { serviceMinutes } = rules;
    return {
      at: now.toISOString(),
      families: families.map(({ code, title }) => ({ code, title })),
      centres: found.map(({ hours, ...centre }) => {
        const own = windows.filter((window) => window.centre === centre.code);
        const open = own.filter((window) => window.open);
        const lines = families
          .filter(({ code }) => own.some((window) => window.families.includes(code)))
          .map(({ code }) => {
            const people = waiting.find((line) => line.centre === centre.code && line.family === code)?.people ?? 0;
            const serving = open.filter((window) => window.families.includes(code)).length;
            const waitMinutes = estimateWait({ ahead: people, windows: serving, serviceMinutes });
            return { family: code, waiting: people, windowsOpen: serving, waitMinutes };
          });
        const people = lines.reduce((sum, line) => sum + line.waiting, 0);
        return {
          ...centre,
          today: hoursOn({ hours, day, worked: isWorked(day) }) ?? null,
          open: isOpenAt({ hours, now, isWorked }),
          windows: own.length,
          windowsOpen: open.length,
          waiting: people,
          waitMinutes: estimateWait({ ahead: people, windows: open.length, serviceMinutes }),
          lines,
        };
      }),
    };
  },
});
