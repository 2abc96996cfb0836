import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { assertMine } from './own-centres.ts';

const Time = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' });
export const SpecialDaySchema = Type.Object({
  day: Type.String({ format: 'date' }),
  open: Type.Union([Type.Object({ from: Time, to: Time }, { additionalProperties: false }), Type.Null()]),
  why: Type.String({ minLength: 2, maxLength: 100 }),
});

/**
 * Keeps other hours on one day (延时服务、临时闭馆): longer, shorter, or closed. Kiosk, line by phone and display follow at once; times
 * that were booked stay booked, and whoever has one is told at the door.
 */
export const putSpecialDay = route({
  method: 'PUT',
  path: '/api/service-hall/centres/:centre/days/:day',
  summary: { zh: '调整某日开放时间', en: 'Keep other hours on a day' },
  allow: 'service-hall.centre.run',
  params: Type.Object({
    centre: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
    day: Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  }),
  body: Type.Object(
    { open: SpecialDaySchema.properties.open, why: SpecialDaySchema.properties.why },
    { additionalProperties: false },
  ),
  reply: SpecialDaySchema,
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'unit-head',
      params: { centre: 'fixture:centre', day: '2099-01-05' },
      body: { open: { from: '08:30', to: '20:00' }, why: '年末延时服务' },
    },
    foreign: {
      as: 'unit-head',
      params: { centre: 'fixture:foreign-centre', day: '2099-01-05' },
      body: { open: null, why: '临时闭馆' },
    },
  },
  handler: async ({ db, actor, clock, params: { centre, day }, body: { open, why } }) => {
    await assertMine(db, centre);
    const fault = (pointer: string, zh: string, en: string) =>
      InvalidInput.with({ fields: [{ pointer, rule: 'order', message: { zh, en } }] });
    if (day < shanghaiDate(clock.now())) throw fault('/day', '这一天已经过去', 'that day is over');
    if (open && open.from >= open.to) throw fault('/open/to', '结束时间须晚于开始时间', 'ends before it begins');
    await db.run(sql`
      insert into service_hall.special_day (centre, day, open_from, open_to, why, entered_at, entered_by)
      values (${centre}, ${day}::date, ${open?.from ?? null}::text, ${open?.to ?? null}::text, ${why}, ${clock.now()}::timestamptz, ${actor.account})
      on conflict (centre, day) do update set open_from = excluded.open_from, open_to = excluded.open_to, why = excluded.why,
        entered_at = excluded.entered_at, entered_by = excluded.entered_by`);
    return { day, open, why };
  },
});
