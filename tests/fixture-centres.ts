import { systemActor } from '#platform/kernel/actor.ts';
import { shanghaiDate, addDays } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { readCentre } from '#apps/government/service-hall/centre-record.ts';
import { queueRules } from '#apps/government/service-hall/hall-rules.ts';
import { handOverClock } from '#apps/government/service-hall/hand-over-clock.ts';
import { kioskDigest, newKioskToken } from '#apps/government/service-hall/kiosk-key.ts';
import { composePaperCode } from '#apps/government/service-hall/paper-code.ts';
import { takeTicket } from '#apps/government/service-hall/ticket-record.ts';
import { readStreets } from '#districts/huangpu/district.ts';
import { sampleCentres } from '#districts/huangpu/generate/service-centres.ts';
import { loadCentres } from '#districts/huangpu/load-centres.ts';

const OWN = 'affairs-centre-310101023';
const FOREIGN = 'affairs-centre-310101013';
const CLERK = 'clerk.ruijin';
const UNITS = { own: 'street-310101023', foreign: 'street-310101013' };
const ALWAYS = { working: { from: '00:00', to: '24:00' }, off: { from: '00:00', to: '24:00' } };

/** Centres that are always open, with tickets, appointments, papers and intakes that the examples of routes name. */
export async function fixtureCentres(options: {
  house: TestHouse;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { house, own, foreign } = options;
  const { services } = house;
  if (!services.registry.modules.some(({ id }) => id === 'service-hall')) return {};
  const centres = sampleCentres(readStreets()).map((centre) => ({ ...centre, hours: ALWAYS }));
  await loadCentres(services, { centres, visits: false });
  const now = services.clock.now();
  const day = shanghaiDate(now);
  const half = Math.floor(((now.getTime() / 60_000 + 8 * 60) % 1440) / 30);
  const windowCase = await fileAtWindow(house, own);
  return services.database.tx({ module: 'service-hall', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await db.run(sql`
      update service_hall.service_window set clerk = ${CLERK}, clerk_name = '样例经办', seated_at = ${now}::timestamptz where centre = ${OWN} and no = 1`);
    const rules = await queueRules(db, now);
    const ticket = async (code: string, family: string, more: { person?: string; window?: number } = {}) => {
      const centre = await readCentre(db, code);
      if (!centre) throw new Error(`no centre ${code}`);
      const { window, person } = more;
      const asked = {
        centre,
        family,
        kind: 'walk-in' as const,
        priority: false,
        ...(person !== undefined && { person }),
      };
      const { id } = await takeTicket(db, { asked, rules, now });
      if (window !== undefined)
        await db.run(sql`
          update service_hall.ticket set state = 'called', at_window = ${window}::int, called_at = ${now}::timestamptz, calls = 1 where id = ${id}::uuid`);
      return id;
    };
    const appointment = async (person: string, at: { day: string; half: number }, family: string) => {
      const id = uuidv7();
      await db.run(sql`
        insert into service_hall.appointment (id, centre, day, half, family, person, priority, state, made_at)
        values (${id}::uuid, ${OWN}, ${at.day}::date, ${at.half}::int, ${family}, ${person}::uuid, false, 'booked', ${now}::timestamptz)`);
      return id;
    };
    const kiosk = async (centre: string) => {
      const [id, token] = [uuidv7(), newKioskToken()];
      await db.run(sql`
        insert into service_hall.kiosk (id, centre, name, token_hash, registered_by, registered_at)
        values (${id}::uuid, ${centre}, '样例取号机', ${kioskDigest(services, token)}, 'fixture', ${now}::timestamptz)`);
      return { id, token };
    };
    let number = 900_000;
    const paper = async (holder: string, offeredTo?: string) => {
      const id = uuidv7();
      number += 1;
      const barcode = composePaperCode({ day, number });
      await db.run(sql`
        insert into service_hall.paper (id, barcode, what, state, units, registered_at, registered_by)
        values (${id}::uuid, ${barcode}, '样例材料', 'held', ${offeredTo === undefined ? [holder] : [holder, offeredTo]}::text[], ${now}::timestamptz, 'fixture')`);
      await db.run(sql`
        insert into service_hall.custody (paper, no, unit, account, name, from_at) values (${id}::uuid, 1, ${holder}, 'fixture', '样例经办', ${now}::timestamptz)`);
      if (offeredTo !== undefined)
        await db.run(sql`
          insert into service_hall.hand_over (id, paper, from_unit, to_unit, offered_at, offered_by)
          values (${uuidv7()}::uuid, ${id}::uuid, ${holder}, ${offeredTo}, ${now}::timestamptz, 'fixture')`);
      return barcode;
    };
    let cases = 0;
    const intake = async (of: { centre: string; target?: string }) => {
      const id = uuidv7();
      cases += 1;
      const clock = await startClock(db, { kind: handOverClock, subject: id, event: 'fixture' });
      await db.run(sql`
        insert into service_hall.intake (id, case_code, no, item, title, unit, centre, card, state, target, why, received_at, received_by, hand_over_clock)
        values (${id}::uuid, ${`3101012611259${String(cases).padStart(5, '0')}X`}, 1, 'fixture', ${json({ zh: '样例事项', en: 'Sample item' })}::text::jsonb, 'civil-affairs',
          ${of.centre}, 'read', ${of.target === undefined ? 'to-dispatch' : 'to-hand-over'}, ${of.target ?? null}::text, ${of.target === undefined ? 'no-rule' : null}::text,
          ${now}::timestamptz, 'fixture', ${clock.id}::uuid)`);
      return id;
    };
    await db.run(sql`
      insert into service_hall.system_link (code, title, unit, mode, plan, plan_until, entered_at, entered_by)
      values ('sample-pension', '{"zh":"样例系统","en":"Sample system"}', 'civil-affairs', 'assisted', '明年接口上线', '2027-12-31', ${now}::timestamptz, 'fixture')`);
    const entry = async (unit: string, no: number) => {
      const id = uuidv7();
      await db.run(sql`
        insert into service_hall.link_entry (id, link, case_code, no, mode, unit, digests, entered_at, entered_by)
        values (${id}::uuid, 'sample-pension', '310101261126000018X', ${no}::int, 'assisted', ${unit}, '{}', ${now}::timestamptz, 'fixture')`);
      return id;
    };
    await db.run(sql`
      insert into service_hall.receipt (receipt, centre, case_code, bound_at, bound_by)
      values ('R-0f1f2f-001', ${OWN}, '310101261125900001X', ${now}::timestamptz, 'fixture')`);
    const joining = async (kept: string, other: string) => {
      const id = uuidv7();
      await db.run(sql`
        insert into service_hall.joining (id, kept, other, kept_centre, other_centre, state, proposed_at)
        select ${id}::uuid, k.id, o.id, k.centre, o.centre, 'proposed', ${now}::timestamptz from service_hall.intake k, service_hall.intake o
        where k.id = ${kept}::uuid and o.id = ${other}::uuid`);
      return id;
    };
    const mine = await kiosk(OWN);
    const ending = await kiosk(OWN);
    const foreignPaper = await paper(UNITS.foreign);
    await ticket(OWN, 'insurance');
    const toDispatch = await intake({ centre: OWN });
    const foreignIntake = await intake({ centre: FOREIGN, target: 'affairs-centre-310101018' });
    return {
      centre: OWN,
      'foreign-centre': FOREIGN,
      clerk: CLERK,
      kiosk: ending.id,
      'foreign-kiosk': (await kiosk(FOREIGN)).id,
      'kiosk-session': { token: mine.token },
      'kiosk-ticket': { token: mine.token, family: 'civil', priority: true },
      'own-ticket': { centre: OWN, family: 'residence', priority: false },
      'ticket-own': await ticket(OWN, 'civil', { person: own }),
      'ticket-foreign': await ticket(FOREIGN, 'civil', { person: foreign, window: 4 }),
      'ticket-called': await ticket(OWN, 'insurance', { window: 1 }),
      appointment: { centre: OWN, day: addDays(day, 2), half: 20, family: 'civil', priority: false },
      'appointment-own': await appointment(own, { day: addDays(day, 3), half: 20 }, 'civil'),
      'appointment-now': await appointment(own, { day, half }, 'health'),
      'appointment-foreign': await appointment(foreign, { day, half }, 'health'),
      paper: await paper(UNITS.own),
      'paper-to-send': await paper(UNITS.own),
      'paper-to-lose': await paper(UNITS.own),
      'paper-to-end': await paper(UNITS.own),
      'paper-coming': await paper(UNITS.foreign, UNITS.own),
      'foreign-paper': foreignPaper,
      link: 'sample-pension',
      'linked-case': '310101261126000017X',
      'link-entry': await entry(UNITS.own, 1),
      'foreign-link-entry': await entry(UNITS.foreign, 2),
      'window-case': windowCase,
      'intake-to-dispatch': toDispatch,
      'intake-coming': await intake({ centre: FOREIGN, target: OWN }),
      'foreign-intake': foreignIntake,
      receipt: 'R-0f1f2f-001',
      joining: await joining(foreignIntake, await intake({ centre: OWN })),
      'foreign-joining': await joining(
        toDispatch,
        await intake({ centre: FOREIGN, target: 'affairs-centre-310101018' }),
      ),
    };
  });
}

/** A case that the first street's window took in. */
async function fileAtWindow(house: TestHouse, person: string): Promise<string> {
  const code = await house.services.database.tx(
    { module: 'service', actor: systemActor({ name: 'fixture' }) },
    async (db) => {
      const { code: found } = await db.one<{ code: string }>(sql`
        select c.code from service.case_file c join service.sub_case s on s.case_id = c.id
        where c.applicant_person = ${person}::uuid and s.unit = 'civil-affairs' order by c.code limit 1`);
      await db.run(sql`update service.case_file set received_unit = ${UNITS.own} where code = ${found}`);
      return found;
    },
  );
  return code;
}
