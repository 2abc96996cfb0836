import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { Words } from './list-centres.ts';
import { SpecialDaySchema } from './special-day.ts';

const Printer = Type.Union([
  Type.Object({
    address: Type.String(),
    lastAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    lastState: Type.Union([Type.String(), Type.Null()]),
    lastNote: Type.Union([Type.String(), Type.Null()]),
  }),
  Type.Null(),
]);
type PrinterRow = {
  centre: string;
  place: string;
  address: string;
  lastAt: Date | null;
  lastState: string | null;
  lastNote: string | null;
};

/** What the head of a centre has set up (本中心设置): kiosks, printers, days with other hours, and the clerks who have passed an exam. */
export const showOwnCentres = route({
  method: 'GET',
  path: '/api/service-hall/own-centres',
  summary: { zh: '本中心设置', en: 'How my centres are set up' },
  allow: 'service-hall.centre.run',
  reply: Type.Object({
    centres: Type.Array(
      Type.Object({
        code: Type.String(),
        title: Words,
        desk: Printer,
        kiosks: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), printer: Printer })),
        days: Type.Array(SpecialDaySchema),
      }),
    ),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, clock }) => {
    const today = shanghaiDate(clock.now());
    const [centres, kiosks, printers, days] = await Promise.all([
      db.rows<{ code: string; title: Text }>(
        sql`select code, title from service_hall.centre where code = any (service_hall.my_centres()) order by code`,
      ),
      db.rows<{ id: string; centre: string; name: string }>(sql`
        select id, centre, name from service_hall.kiosk where ended_at is null and centre = any (service_hall.my_centres()) order by registered_at`),
      db.rows<PrinterRow>(sql`
        select centre, place, address, last_at as "lastAt", last_state as "lastState", last_note as "lastNote" from service_hall.printer
        where centre = any (service_hall.my_centres())`),
      db.rows<{ centre: string; day: string; from: string | null; to: string | null; why: string }>(sql`
        select centre, day::text as day, open_from as "from", open_to as "to", why from service_hall.special_day
        where centre = any (service_hall.my_centres()) and day >= ${today}::date order by day`),
    ]);
    const printerAt = (centre: string, place: string) => {
      const found = printers.find((each) => each.centre === centre && each.place === place);
      if (!found) return null;
      const { address, lastAt, lastState, lastNote } = found;
      return { address, lastAt: lastAt?.toISOString() ?? null, lastState, lastNote };
    };
    return {
      centres: centres.map(({ code, title }) => ({
        code,
        title,
        desk: printerAt(code, 'desk'),
        kiosks: kiosks
          .filter(({ centre }) => centre === code)
          .map(({ id, name }) => ({ id, name, printer: printerAt(code, id) })),
        days: days
          .filter(({ centre }) => centre === code)
          .map(({ day, from, to, why }) => ({ day, open: from === null || to === null ? null : { from, to }, why })),
      })),
    };
  },
});
