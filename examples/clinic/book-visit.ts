import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { booking, DEPARTMENTS } from './resources.ts';

/** A visit can be booked from tomorrow to this many days ahead. */
const LONGEST_AHEAD = 14;

export const BookedAlready = domainError({
  code: 'BOOKED_ALREADY',
  status: 409,
  title: { zh: '这一天已经预约过这个科室', en: 'This department is booked on this day already' },
  action: { zh: '请另选日期或科室。', en: 'Choose another day or department.' },
});

const BookingSchema = itemOf(booking, ['id', 'person', 'department', 'visitOn', 'madeBy']);

/** The patient: the caller, or the one for whom the caller acts. */
function patient(actor: Actor): string {
  if (actor.person === undefined) throw NotFound.with();
  return actor.person;
}

/** Books a medical visit (预约就诊), for oneself or for the giver of a delegation. */
export const bookVisit = route({
  method: 'POST',
  path: '/api/clinic/bookings',
  summary: { zh: '预约就诊', en: 'Book a medical visit' },
  allow: 'clinic.booking.own',
  delegable: 'medical-booking',
  self: true,
  body: Type.Object(
    {
      department: Type.Union(DEPARTMENTS.map((name) => Type.Literal(name))),
      visitOn: Type.String({ format: 'date' }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: BookingSchema,
  errors: [NotFound, BookedAlready],
  examples: {
    own: () => ({ as: 'citizen', body: { department: 'eyes', visitOn: addDays(shanghaiDate(Date.now()), 3) } }),
  },
  handler: async ({ db, actor, clock, body }) => {
    const person = patient(actor);
    const today = shanghaiDate(clock.now());
    if (body.visitOn <= today || body.visitOn > addDays(today, LONGEST_AHEAD)) {
      const message = {
        zh: `可以预约明天起 ${LONGEST_AHEAD} 天内的日期`,
        en: `must be within ${LONGEST_AHEAD} days from tomorrow`,
      };
      throw InvalidInput.with({ fields: [{ pointer: '/visitOn', rule: 'range', message }] });
    }
    const made = { id: uuidv7(), person, ...body, madeBy: actor.name };
    const fresh = await db.run(sql`
      insert into clinic.booking (id, person, department, visit_on, made_by, made_at)
      values (${made.id}::uuid, ${person}::uuid, ${made.department}, ${made.visitOn}::date, ${made.madeBy}, ${clock.now()}::timestamptz)
      on conflict do nothing`);
    if (fresh === 0) throw BookedAlready.with();
    await db.emit({ type: 'clinic.booking.made', subject: made.id });
    return made;
  },
});

/** Visits that are booked (已预约的就诊), the next one first. */
export const listBookings = route({
  method: 'GET',
  path: '/api/clinic/bookings',
  summary: { zh: '查看就诊预约', en: 'See booked visits' },
  allow: 'clinic.booking.own',
  delegable: 'medical-booking',
  self: true,
  reply: Type.Object({ bookings: Type.Array(BookingSchema) }),
  errors: [NotFound],
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, clock }) => ({
    bookings: await db.rows<{ id: string; person: string; department: string; visitOn: string; madeBy: string }>(sql`
      select id, person, department, visit_on as "visitOn", made_by as "madeBy" from clinic.booking
      where person = ${patient(actor)}::uuid and visit_on >= ${shanghaiDate(clock.now())}::date order by visit_on, id limit 100`),
  }),
});
