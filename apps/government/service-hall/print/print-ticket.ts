import type { JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDateTime } from '#platform/kernel/dates.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { chineseFont } from '#platform/document/pdf/chinese-font.ts';
import { queueRules } from '../hall-rules.ts';
import { holdTicket, placeOf } from '../ticket-record.ts';
import { PrinterRefused, printPdf } from './ipp-print.ts';
import { slipPdf } from './ticket-slip.ts';

export const PRINT_TICKET = 'print-ticket';
/** A slip that comes later than this after it was asked for is of no use to anybody: the number stood on the screen. */
const TOO_LATE_MS = 2 * 60_000;

/** A ticket is to be printed at a place of its centre, where a printer stands there. */
export async function enqueuePrint(db: Db, of: { ticket: string; place: string; now: Date }): Promise<void> {
  const { ticket, place, now } = of;
  await db.enqueue({
    name: PRINT_TICKET,
    payload: { ticket, place, at: now.toISOString() },
    key: `${ticket} ${place}`,
  });
}

/** Prints a ticket (打印小票). What becomes of it stands with the printer, for the head of the centre. */
export const printTicket: JobHandler = {
  name: PRINT_TICKET,
  attempts: 3,
  outside: true,
  async run({ payload: { ticket = '', place = '', at: asked }, services, tx }) {
    const now = services.clock.now();
    if (asked !== undefined && now.getTime() - Date.parse(asked) > TOO_LATE_MS) return;
    const found = await tx(async (db) => {
      const row = await holdTicket(db, ticket);
      if (!row) return undefined;
      const about = await db.first<{ title: Text; family: Text; address: string; takenAt: Date }>(sql`
        select c.title, f.title as family, p.address, t.taken_at as "takenAt" from service_hall.ticket t join service_hall.centre c on c.code = t.centre
        join service_hall.family f on f.code = t.family join service_hall.printer p on p.centre = t.centre and p.place = ${place} where t.id = ${ticket}::uuid`);
      if (!about) return undefined;
      const { ahead } = await placeOf(db, { ticket: row, rules: await queueRules(db, now), now });
      return { ...about, centre: row.centre, number: row.number, ahead: ahead ?? 0 };
    });
    if (!found) return;
    const at = shanghaiDateTime(found.takenAt).slice(0, 16);
    let failed: string | null = null;
    try {
      const face = await chineseFont(process.env.DOCUMENT_FONT);
      if (!face) throw new PrinterRefused('no font with Chinese characters on this machine');
      const slip = {
        id: ticket,
        centre: found.title.zh,
        number: found.number,
        family: found.family.zh,
        ahead: found.ahead,
      };
      const pdf = await slipPdf({ ...slip, at, day: at.slice(0, 10) }, face);
      await printPdf({ address: found.address, networks: services.config.printerNetworks, name: found.number, pdf });
    } catch (error) {
      // A printer that is off is a matter for the hall, not for the job list: it stands with the printer, and the next ticket tries again.
      if (!(error instanceof PrinterRefused || error instanceof ProblemError || error instanceof RangeError))
        throw error;
      failed = error instanceof ProblemError ? error.spec.code : error.message;
      services.log.warn({ centre: found.centre, place, err: failed }, 'ticket not printed');
    }
    await tx((db) =>
      db.run(sql`
        update service_hall.printer set last_at = ${now}::timestamptz, last_state = ${failed === null ? 'printed' : 'failed'}, last_note = ${failed?.slice(0, 300) ?? null}::text
        where centre = ${found.centre} and place = ${place}`),
    );
  },
};
