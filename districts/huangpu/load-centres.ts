import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { type Centre, readCentre } from '#apps/government/service-hall/centre-record.ts';
import { isOpenAt } from '#apps/government/service-hall/centre-hours.ts';
import { queueRules } from '#apps/government/service-hall/hall-rules.ts';
import { takeTicket } from '#apps/government/service-hall/ticket-record.ts';
import { district, readStreets } from './district.ts';
import { FAMILIES, type SampleCentre, sampleCentres, sampleVisits } from './generate/service-centres.ts';

const actor = { ...systemActor({ name: 'sample' }), name: '样例中心' };
/** Days of visits that are made up: the last half year. */
const DAYS = 190;
/** Exams of the clerks of the demo accounts: each can do some things and not others. */
const SKILLS: Readonly<Record<string, { street: string; families: string[] }>> = {
  'clerk.ruijin': { street: '310101023', families: ['civil', 'insurance', 'residence', 'health'] },
  'clerk.bund': { street: '310101013', families: ['civil', 'insurance', 'housing'] },
  'clerk.huaihai': { street: '310101022', families: ['civil', 'residence', 'education'] },
};
/** Who waits in the halls of the demo accounts on the day of loading, so that there is somebody to call. */
const WAITING: readonly [family: string, priority: boolean][] = [
  ['civil', false],
  ['insurance', false],
  ['residence', true],
  ['housing', false],
  ['insurance', true],
  ['health', false],
];

/** Takes over the centres of the sample district with their windows, exams and visits. Repeatable. */
export async function loadCentres(
  services: Services,
  options: { centres?: readonly SampleCentre[]; visits?: boolean } = {},
): Promise<void> {
  if (!services.registry.modules.some(({ id }) => id === 'service-hall')) return;
  const centres = options.centres ?? sampleCentres(readStreets());
  const items = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    db.rows<SampleItem>(sql`select code, unit, any_centre as "anyCentre" from service.item where state = 'published'`),
  );
  await services.database.tx({ module: 'service-hall', actor }, async (db) => {
    if (await db.first(sql`select from service_hall.centre limit 1`)) return;
    await storeCentres(db, centres);
    await storeRules(db, items);
    if (options.visits === false) return;
    const now = services.clock.now();
    await storeVisits(db, centres, shanghaiDate(now));
    for (const { street } of Object.values(SKILLS)) await fillHall(db, `affairs-centre-${street}`, now);
  });
}

async function storeCentres(db: Db, centres: readonly SampleCentre[]): Promise<void> {
  await db.run(sql`
    insert into service_hall.family (code, title, letter, units)
    select r.code, r.title, r.letter, r.units from jsonb_to_recordset(${json(FAMILIES)}::text::jsonb) as r(code text, title jsonb, letter text, units text[])`);
  await db.run(sql`
    insert into service_hall.centre (code, kind, title, units, area, address, phone, lon, lat, hours, sample)
    select r.code, r.kind, r.title, r.units, r.area, r.address, r.phone, r.lon, r.lat, r.hours, true
    from jsonb_to_recordset(${json(centres)}::text::jsonb) as r(code text, kind text, title jsonb, units text[], area text, address jsonb, phone text, lon float8, lat float8, hours jsonb)`);
  // Two thirds of the windows are staffed by invented clerks; the first two wait for those who try the house.
  const windows = centres.flatMap(({ code, windows: own }) =>
    own.map(({ no, families }) => ({ centre: code, no, families, clerk: no > 2 && no % 3 !== 0 })),
  );
  await db.run(sql`
    insert into service_hall.service_window (centre, no, families, clerk, clerk_name, seated_at)
    select r.centre, r.no, r.families, case when r.clerk then 'sample.' || r.centre || '.' || r.no end, case when r.clerk then '样例窗口' || r.no end,
      case when r.clerk then kernel.now() end
    from jsonb_to_recordset(${json(windows)}::text::jsonb) as r(centre text, no int, families text[], clerk boolean)`);
  await db.run(sql`
    insert into service_hall.clerk_skill (account, family, centre, passed_on, entered_by)
    select clerk, unnest(families), centre, '2026-01-15', 'system:sample' from service_hall.service_window where clerk is not null`);
  const exams = Object.entries(SKILLS).flatMap(([account, { street, families }]) =>
    families.map((family) => ({ account, family, centre: `affairs-centre-${street}` })),
  );
  await db.run(sql`
    insert into service_hall.clerk_skill (account, family, centre, passed_on, entered_by)
    select r.account, r.family, r.centre, '2026-01-15', 'system:sample' from jsonb_to_recordset(${json(exams)}::text::jsonb) as r(account text, family text, centre text)`);
}

type SampleItem = { code: string; unit: string; anyCentre: boolean };

/** Items that are accepted at every centre; of the others, those of businesses by the place of business, the rest by residence. */
async function storeRules(db: Db, items: readonly SampleItem[]): Promise<void> {
  const forBusiness = new Set(
    FAMILIES.filter(({ code }) => code === 'business' || code === 'construction').flatMap(({ units }) => units),
  );
  const rules = items.map(({ code, unit, anyCentre }) => ({
    unit,
    item: code,
    principle: anyCentre ? 'anywhere' : forBusiness.has(unit) ? 'business' : 'residence',
  }));
  await db.run(sql`
    insert into service_hall.routing_rule (unit, item, principle, entered_at, entered_by)
    select r.unit, r.item, r.principle, kernel.now(), 'system:sample' from jsonb_to_recordset(${json(rules)}::text::jsonb) as r(unit text, item text, principle text)`);
}

async function storeVisits(db: Db, centres: readonly SampleCentre[], today: string): Promise<void> {
  const { calendar } = await readCalendar(db);
  const isWorked = (day: string) => calendar.day(day).working;
  const rows = sampleVisits({ seed: district.seed, centres, from: addDays(today, -DAYS), days: DAYS, isWorked });
  await db.run(sql`
    insert into service_hall.visit_count (centre, day, half, people)
    select r.centre, r.day, r.half, r.people from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(centre text, day date, half int, people int)`);
}

/** Some who wait, where the doors are open. */
async function fillHall(db: Db, code: string, now: Date): Promise<void> {
  const centre: Centre | undefined = await readCentre(db, code);
  const { calendar } = await readCalendar(db);
  if (!centre || !isOpenAt({ hours: centre.hours, now, isWorked: (day) => calendar.day(day).working })) return;
  const rules = await queueRules(db, now);
  for (const [family, priority] of WAITING)
    await takeTicket(db, { asked: { centre, family, kind: 'walk-in', priority }, rules, now });
}
