import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCentre } from './centre-record.ts';
import { CentreClosed, FamilyNotServed } from './hall-errors.ts';
import { queueRules } from './hall-rules.ts';
import { kioskDigest } from './kiosk-key.ts';
import { enqueuePrint } from './print/print-ticket.ts';
import { takeTicket } from './ticket-record.ts';

export const FamilyCode = Type.String({ pattern: '^[a-z][a-z-]{1,40}$' });
export const TakenSchema = Type.Object({
  id: Type.String(),
  number: Type.String(),
  ahead: Type.Integer({ description: 'people before it in its line' }),
  waitMinutes: Type.Union([Type.Integer(), Type.Null()]),
  at: Type.String({ format: 'date-time', description: 'the server’s time' }),
});

/** Takes a ticket at a kiosk (取号): for whoever stands there, without a name. A second press with the same key is the same ticket. */
export const takeKioskTicket = route({
  method: 'POST',
  path: '/api/service-hall/kiosk-tickets',
  summary: { zh: '取号机取号', en: 'Take a ticket at a kiosk' },
  allow: 'public',
  status: 201,
  body: Type.Object(
    {
      token: Type.String({ minLength: 16, maxLength: 64 }),
      family: FamilyCode,
      /** Elderly, disabled or pregnant: people say so themselves, nobody asks for proof. */
      priority: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    ...TakenSchema.properties,
    printed: Type.Boolean({ description: 'sent to the printer of the kiosk; without one the page shows it' }),
  }),
  errors: [NotFound, CentreClosed, FamilyNotServed],
  examples: { own: { as: 'anonymous', body: 'fixture:kiosk-ticket' } },
  handler: async ({ db, clock, services, body }) => {
    const now = clock.now();
    const digest = kioskDigest(services, body.token);
    const { code, printer } = await db.one<{ code: string | null; printer: string | null }>(
      sql`select service_hall.kiosk_centre(${digest}) as code, service_hall.kiosk_printer(${digest}) as printer`,
    );
    const centre = code === null ? undefined : await readCentre(db, code);
    if (!centre) throw NotFound.with();
    const { family, priority } = body;
    const rules = await queueRules(db, now);
    const taken = await takeTicket(db, { asked: { centre, family, kind: 'walk-in', priority }, rules, now });
    if (printer !== null) await enqueuePrint(db, { ticket: taken.id, place: printer, now });
    return { ...taken, at: now.toISOString(), printed: printer !== null };
  },
});

/** What a kiosk offers: its centre and the families that are served there. Asked with its secret, which travels in the body. */
export const openKiosk = route({
  method: 'POST',
  path: '/api/service-hall/kiosk-session',
  summary: { zh: '取号机启动', en: 'What a kiosk offers' },
  allow: 'public',
  repeatable: true,
  body: Type.Object({ token: Type.String({ minLength: 16, maxLength: 64 }) }, { additionalProperties: false }),
  reply: Type.Object({
    centre: Type.String(),
    title: Type.Object({ zh: Type.String(), en: Type.String() }),
    families: Type.Array(
      Type.Object({ code: Type.String(), title: Type.Object({ zh: Type.String(), en: Type.String() }) }),
    ),
    at: Type.String({ format: 'date-time' }),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', body: 'fixture:kiosk-session' } },
  handler: async ({ db, clock, services, body }) => {
    const { code } = await db.one<{ code: string | null }>(
      sql`select service_hall.kiosk_centre(${kioskDigest(services, body.token)}) as code`,
    );
    const centre = code === null ? undefined : await readCentre(db, code);
    if (!centre) throw NotFound.with();
    const families = await db.rows<{ code: string; title: { zh: string; en: string } }>(sql`
      select code, title from service_hall.family f
      where exists (select from service_hall.service_window w where w.centre = ${centre.code} and w.families @> array[f.code]) order by letter`);
    return { centre: centre.code, title: centre.title, families, at: clock.now().toISOString() };
  },
});
