import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { addDays, shanghaiDate, shanghaiDateTime, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { bookableOn, halfStart, halvesOf } from './centre-hours.ts';
import { type Centre, readCentre, readWindows } from './centre-record.ts';
import { AlreadyInLine, CentreClosed, FamilyNotServed, SlotTaken } from './hall-errors.ts';
import { queueRules } from './hall-rules.ts';
import { FamilyCode, TakenSchema } from './ticket-kiosk.ts';
import { TicketParams } from './ticket-own.ts';
import { takeTicket } from './ticket-record.ts';

const CentreCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' });
const Half = Type.Integer({ minimum: 0, maximum: 47 });
const RULES = {
  share: { id: 'service-hall.appointment.share', unit: 'share' },
  days: { id: 'service-hall.appointment.days', unit: 'day' },
  serviceMinutes: { id: 'service-hall.queue.service-time', unit: 'minute' },
} as const;
/** Minutes before its slot from which somebody with an appointment may report. */
const EARLY_MINUTES = 30;

export type Slot = { day: string; half: number; from: string; free: number };

/** Times that can still be booked (可预约时段): a share of what the windows of the centre can do in half an hour; the rest is for who comes. */
async function freeSlots(db: Db, options: { centre: Centre; now: Date }): Promise<Slot[]> {
  const { centre, now } = options;
  const { share, days, serviceMinutes } = await amountsAt(db, RULES, now);
  const [windows, { calendar }] = await Promise.all([readWindows(db, centre.code), readCalendar(db)]);
  const capacity = Math.floor((windows.length * share * 30) / serviceMinutes);
  const today = shanghaiDate(now);
  const booked = await db.rows<{ day: string; half: number; people: number }>(sql`
    select day::text as day, half, people from service_hall.booked(${centre.code}, ${today}::date, ${addDays(today, days)}::date)`);
  const taken = new Map(booked.map(({ day, half, people }) => [`${day} ${half}`, people]));
  const time = shanghaiDateTime(now).slice(11, 16);
  return Array.from({ length: days + 1 }, (_, i) => addDays(today, i)).flatMap((day) => {
    const span = bookableOn({ hours: centre.hours, day, worked: calendar.day(day).working });
    if (!span) return [];
    const { from, to } = halvesOf(span);
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
      .filter((half) => day > today || halfStart(half) > time)
      .map((half) => ({
        day,
        half,
        from: halfStart(half),
        free: Math.max(0, capacity - (taken.get(`${day} ${half}`) ?? 0)),
      }));
  });
}

export const listSlots = route({
  method: 'GET',
  path: '/api/service-hall/centres/:centre/slots',
  summary: { zh: '可预约时段', en: 'Times that can be booked' },
  allow: 'public',
  params: Type.Object({ centre: CentreCode }),
  reply: Type.Object({
    slots: Type.Array(
      Type.Object({
        day: Type.String({ format: 'date' }),
        half: Half,
        from: Type.String({ description: 'HH:MM, Shanghai' }),
        free: Type.Integer(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { centre: 'fixture:centre' } } },
  handler: async ({ db, clock, params }) => {
    const centre = await readCentre(db, params.centre);
    if (!centre) throw NotFound.with();
    return { slots: await freeSlots(db, { centre, now: clock.now() }) };
  },
});

const OWN = { allow: 'service-hall.ticket.own', self: true } as const;

/** Books a time (预约). Who books at the same moment waits for the lock of the slot: none is given twice. */
export const book = route({
  ...OWN,
  method: 'POST',
  path: '/api/service-hall/appointments',
  summary: { zh: '预约办理时间', en: 'Book a time' },
  status: 201,
  body: Type.Object(
    {
      centre: CentreCode,
      day: Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
      half: Half,
      family: FamilyCode,
      priority: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), day: Type.String(), from: Type.String() }),
  errors: [NotFound, SlotTaken, AlreadyInLine, FamilyNotServed],
  examples: { own: { as: 'citizen', body: 'fixture:appointment' } },
  handler: async ({ db, actor, clock, body }) => {
    const now = clock.now();
    const { person } = actor;
    const centre = await readCentre(db, body.centre);
    if (!centre || person === undefined) throw NotFound.with();
    const { day, half, family, priority } = body;
    await db.run(
      sql`select pg_advisory_xact_lock(hashtextextended(${`service-hall ${centre.code} ${day} ${half}`}, 0))`,
    );
    const windows = await readWindows(db, centre.code);
    if (!windows.some(({ families }) => families.includes(family))) throw FamilyNotServed.with();
    const slots = await freeSlots(db, { centre, now });
    if (!slots.some((slot) => slot.day === day && slot.half === half && slot.free > 0)) throw SlotTaken.with();
    const there = await db.first(sql`
      select id from service_hall.appointment where person = ${person}::uuid and day = ${day}::date and family = ${family} and state = 'booked'`);
    if (there) throw AlreadyInLine.with();
    const id = uuidv7();
    await db.run(sql`
      insert into service_hall.appointment (id, centre, day, half, family, person, priority, state, made_at)
      values (${id}::uuid, ${centre.code}, ${day}::date, ${half}::int, ${family}, ${person}::uuid, ${priority}::boolean, 'booked', ${now}::timestamptz)`);
    return { id, day, from: halfStart(half) };
  },
});

export const listOwnAppointments = route({
  ...OWN,
  method: 'GET',
  path: '/api/service-hall/appointments',
  summary: { zh: '我的预约', en: 'My appointments' },
  reply: Type.Object({
    appointments: Type.Array(
      Type.Object({
        id: Type.String(),
        centre: Type.String(),
        day: Type.String(),
        from: Type.String(),
        family: Type.String(),
        state: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, clock }) => {
    const rows = await db.rows<{
      id: string;
      centre: string;
      day: string;
      half: number;
      family: string;
      state: string;
    }>(sql`
      select id, centre, day::text as day, half, family, state from service_hall.appointment
      where person = ${actor.person ?? null}::uuid and day >= ${shanghaiDate(clock.now())}::date order by day, half`);
    return { appointments: rows.map(({ half, ...row }) => ({ ...row, from: halfStart(half) })) };
  },
});

export const cancelAppointment = route({
  ...OWN,
  method: 'POST',
  path: '/api/service-hall/appointments/:id/cancel',
  summary: { zh: '取消预约', en: 'Cancel an appointment' },
  params: TicketParams,
  reply: Type.Object({ cancelled: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:appointment-own' } },
    foreign: { as: 'citizen', params: { id: 'fixture:appointment-foreign' } },
  },
  handler: async ({ db, params: { id } }) => {
    const touched = await db.run(
      sql`update service_hall.appointment set state = 'cancelled' where id = ${id}::uuid and state = 'booked'`,
    );
    if (touched === 0) throw NotFound.with();
    return { cancelled: true };
  },
});

/**
 * Reports for an appointment (签到): it becomes a ticket that waits since the begin of its slot, or since now where one comes late.
 * Up to half an hour before it; earlier than that one waits like everybody.
 */
export const reportArrival = route({
  ...OWN,
  method: 'POST',
  path: '/api/service-hall/appointments/:id/arrive',
  summary: { zh: '预约签到', en: 'Report for an appointment' },
  params: TicketParams,
  status: 201,
  reply: TakenSchema,
  errors: [NotFound, SlotTaken, CentreClosed, FamilyNotServed, AlreadyInLine],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:appointment-now' } },
    foreign: { as: 'citizen', params: { id: 'fixture:appointment-foreign' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const now = clock.now();
    const found = await db.first<{
      centre: string;
      day: string;
      half: number;
      family: string;
      priority: boolean;
    }>(sql`
      select centre, day::text as day, half, family, priority from service_hall.appointment where id = ${id}::uuid and state = 'booked' for update`);
    const centre = found && (await readCentre(db, found.centre));
    if (!found || !centre) throw NotFound.with();
    const begins = new Date(shanghaiMidnight(found.day).getTime() + found.half * 30 * 60_000);
    const early = (begins.getTime() - now.getTime()) / 60_000;
    if (found.day !== shanghaiDate(now) || early > EARLY_MINUTES) throw SlotTaken.with();
    await db.run(sql`update service_hall.appointment set state = 'arrived' where id = ${id}::uuid`);
    const late = now.getTime() - begins.getTime() > 30 * 60_000;
    const { family, priority } = found;
    const asked = {
      centre,
      family,
      priority,
      kind: 'appointment' as const,
      appointment: id,
      since: late ? now : begins,
      ...(actor.person !== undefined && { person: actor.person }),
    };
    const taken = await takeTicket(db, { asked, rules: await queueRules(db, now), now });
    return { ...taken, at: now.toISOString() };
  },
});
