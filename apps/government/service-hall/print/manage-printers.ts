import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { assertMine } from '../own-centres.ts';
import { TicketParams } from '../ticket-own.ts';
import { holdTicket } from '../ticket-record.ts';
import { enqueuePrint } from './print-ticket.ts';

const PrinterParams = Type.Object({
  centre: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
  /** `desk`, or the id of the kiosk that it stands in. */
  place: Type.String({ pattern: '^(desk|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$' }),
});

/** Says where tickets of a kiosk or of the desk are printed (登记打印机): an IPP address, or nowhere. */
export const putPrinter = route({
  method: 'PUT',
  path: '/api/service-hall/centres/:centre/printers/:place',
  summary: { zh: '登记取号打印机', en: 'Register a printer of tickets' },
  allow: 'service-hall.centre.run',
  params: PrinterParams,
  body: Type.Object(
    { address: Type.Union([Type.String({ pattern: '^ipps?://[^/@\\s]+(/\\S*)?$', maxLength: 300 }), Type.Null()]) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ address: Type.Union([Type.String(), Type.Null()]) }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'unit-head',
      params: { centre: 'fixture:centre', place: 'desk' },
      body: { address: 'ipp://printer.example/ipp/print' },
    },
    foreign: {
      as: 'unit-head',
      params: { centre: 'fixture:foreign-centre', place: 'desk' },
      body: { address: 'ipp://printer.example/ipp/print' },
    },
  },
  handler: async ({ db, actor, clock, params: { centre, place }, body: { address } }) => {
    await assertMine(db, centre);
    if (place !== 'desk') {
      const kiosk = await db.first(
        sql`select id from service_hall.kiosk where id = ${place}::uuid and centre = ${centre}`,
      );
      if (!kiosk) throw NotFound.with();
    }
    if (address === null)
      await db.run(sql`delete from service_hall.printer where centre = ${centre} and place = ${place}`);
    else
      await db.run(sql`
        insert into service_hall.printer (centre, place, address, entered_at, entered_by)
        values (${centre}, ${place}, ${address}, ${clock.now()}::timestamptz, ${actor.account})
        on conflict (centre, place) do update set address = excluded.address, entered_at = excluded.entered_at, entered_by = excluded.entered_by,
          last_at = null, last_state = null, last_note = null`);
    return { address };
  },
});

/** Prints the ticket of somebody who stands at the desk (补打小票). */
export const printAtDesk = route({
  method: 'POST',
  path: '/api/service-hall/tickets/:id/print',
  summary: { zh: '打印排队号', en: 'Print a ticket' },
  allow: 'service-hall.queue.work',
  params: TicketParams,
  reply: Type.Object({
    sent: Type.Boolean({ description: 'false: no printer stands at the desk; the page prints it' }),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:ticket-called' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:ticket-foreign' } },
  },
  handler: async ({ db, clock, params: { id } }) => {
    const ticket = await holdTicket(db, id);
    if (!ticket) throw NotFound.with();
    const printer = await db.first(
      sql`select centre from service_hall.printer where centre = ${ticket.centre} and place = 'desk'`,
    );
    if (printer) await enqueuePrint(db, { ticket: id, place: 'desk', now: clock.now() });
    return { sent: printer !== undefined };
  },
});
