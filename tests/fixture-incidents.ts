import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { carryOut } from '#platform/case/act.ts';
import { holdCase } from '#platform/case/case-row.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { signIn } from '#platform/identity/testing.ts';
import { type IncidentEnd, tellIncident } from '#districts/huangpu/load-incidents.ts';

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A heap of held reports. */
const HEAP = 'fixture-heap-of-one-sender';

/** Where each example's case must stand before its act. */
const BEFORE: Readonly<Record<string, IncidentEnd>> = {
  accept: 'reported',
  reject: 'reported',
  merge: 'reported',
  join: 'accepted',
  'ask-facts': 'accepted',
  establish: 'accepted',
  dispatch: 'established',
  refer: 'established',
  cancel: 'established',
  rule: 'ruling',
  reassign: 'dispatched',
  take: 'dispatched',
  return: 'dispatched',
  secure: 'dispatched',
  'ask-suspend': 'handling',
  'ask-extend': 'handling',
  feedback: 'handling',
  allow: 'asked',
  deny: 'asked',
  resume: 'suspended',
  verify: 'handled',
  rework: 'handled',
  close: 'verified',
  archive: 'closed',
  'call-back': 'complained',
};

/** Cases in the first street clerk's street, one before every act that the examples name; reports of the first citizen; and one of others. */
export async function fixtureIncidents(options: {
  house: TestHouse;
  person: string;
  other: string;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { house, own, foreign } = options;
  const { services } = house;
  const areaOf = (code: string) => ({ code, name: code, nameEn: null });
  // Long enough ago for every story to end before now.
  const at = new Date(services.clock.now().getTime() - 240 * 60_000);
  const tell = (committee: string, end: IncidentEnd, person?: string) =>
    tellIncident({
      services,
      at,
      end,
      person,
      unit: `street-${committee.slice(0, 9)}`,
      where: {
        district: areaOf(committee.slice(0, 6)),
        street: areaOf(committee.slice(0, 9)),
        committee: areaOf(committee),
        cell: areaOf(`${committee}01`),
      },
      report: { source: 'citizen', class: 'P0101', text: '样例路口井盖没有了', lon: 121.468, lat: 31.2185 },
    });
  const values: Record<string, unknown> = {};
  for (const [act, end] of Object.entries(BEFORE)) values[`incident-to-${act}`] = (await tell(own, end)).no;
  await abolish(house, String(values['incident-to-reassign']));
  const reporter = async (end: IncidentEnd, person = options.person) => (await tell(own, end, person)).report;
  const refused = (await tell(own, 'reported', options.other)).report;
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const found = await db.one<{ no: string }>(
      sql`select c.no from incident.report r join incident.case_file c on c.id = r.case_id where r.id = ${refused}::uuid`,
    );
    const row = await holdCase(db, found.no);
    if (row)
      await carryOut({
        db,
        row,
        act: { act: 'reject' },
        hand: { roles: ['operator'], account: 'fixture' },
        now: services.clock.now(),
      });
  });
  const cookie = await signIn(house, 'committee-worker');
  const worker = await services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie, trace: 'fixture', services });
  if (!worker) throw new Error('no committee worker');
  const photo = await storeFile({
    services,
    actor: worker,
    kind: 'incident.photo',
    name: '现场.png',
    content: PIXEL,
  });
  const [key, line] = [uuidv7(), uuidv7()];
  const held = { take: uuidv7(), refuse: uuidv7(), stay: uuidv7() };
  const coolings = { decide: uuidv7(), review: uuidv7(), own: uuidv7(), other: uuidv7() };
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await db.run(sql`
      insert into incident.api_key (id, digest, holder, made_by, made_at) values (${key}::uuid, ${`fixture ${key}`}, '样例应用', 'fixture', kernel.now())`);
    await db.run(sql`
      insert into incident.outside_report (id, no, client_id, account, text, lon, lat, state, at, token)
      values (kernel.uuidv7(), 'WQ20260101000001', kernel.uuidv7(), 'fixture', '样例区外上报', 121.6, 31.3, 'open', kernel.now(), gen_random_uuid())`);
    // A heap of somebody else's, in the own street: one report to take in, one to refuse, one that stays.
    for (const [index, id] of [held.take, held.refuse, held.stay].entries())
      await db.run(sql`
        insert into incident.held_report (id, case_id, no, client_id, account, heap, person, source, class, text, lon, lat, street, committee, cell, cause, at, token, sample)
        values (${id}::uuid, kernel.uuidv7(), ${`DH2026010100000${index + 1}`}, kernel.uuidv7(), 'fixture-flood', ${HEAP}, ${options.other}::uuid, 'citizen', 'P0101', '样例待核上报', 121.468, 31.2185,
          ${own.slice(0, 9)}, ${own}, ${`${own}01`}, 'rate', kernel.now(), gen_random_uuid(), true)`);
    for (const [id, who, objection] of [
      [coolings.decide, options.other, null],
      [coolings.review, options.other, '确有多处问题'],
      [coolings.own, options.person, null],
      [coolings.other, options.other, null],
    ] as const)
      await db.run(sql`
        insert into incident.cooling (id, account, heap, person, reason, proposed_by, proposed_name, proposed_at, state, until, decided_by, decided_name, decided_at, decided_words, objection, objected_at)
        values (${id}::uuid, ${`fixture ${id}`}, 'fixture-other', ${who}::uuid, '一小时内重复上报数百次', 'fixture-a', '样例', kernel.now(),
          ${id === coolings.decide ? 'proposed' : 'on'}, case when ${id !== coolings.decide}::boolean then kernel.now() + interval '7 days' end,
          case when ${id !== coolings.decide}::boolean then 'fixture-b' end, '样例', case when ${id !== coolings.decide}::boolean then kernel.now() end, '情况属实',
          ${objection}::text, case when ${objection !== null}::boolean then kernel.now() end)`);
    await db.run(sql`
      insert into incident.responsibility (id, class, place, unit, state, reason, proposed_by, proposed_name, proposed_at)
      values (${line}::uuid, 'E0201', ${own.slice(0, 9)}, ${`street-${own.slice(0, 9)}`}, 'proposed', '样例条目', 'fixture', '样例', kernel.now())`);
  });
  return {
    ...values,
    'foreign-incident': (await tell(foreign, 'reported')).no,
    'report-to-rate': await reporter('closed'),
    'report-to-answer': await reporter('facts'),
    'report-to-withdraw': await reporter('accepted'),
    'foreign-report': await reporter('closed', options.other),
    'report-refused': refused,
    'incident-photo': photo.id,
    'photo-bytes': PIXEL,
    'photo-sizes': String(PIXEL.length),
    'incident-api-key': key,
    'responsibility-line': line,
    'outside-report': 'WQ20260101000001',
    'held-heap': HEAP,
    'held-to-take': held.take,
    'held-to-refuse': held.refuse,
    'cooling-to-decide': coolings.decide,
    'cooling-to-review': coolings.review,
    'cooling-own': coolings.own,
    'cooling-other': coolings.other,
    'incident-unit': `street-${own.slice(0, 9)}`,
    'incident-place': own.slice(0, 9),
  };
}

/** The unit of a case was abolished long ago, and another does its work. */
async function abolish(house: TestHouse, no: string): Promise<void> {
  const actor = systemActor({ name: 'fixture' });
  const unit = 'fixture-ended-unit';
  await house.services.database.tx({ module: 'identity', actor }, async (db) => {
    await db.run(sql`
      insert into identity.unit (code, kind, parent, name, name_en, position, valid_from, valid_to)
      values (${unit}, 'department', 'government', '样例撤销单位', 'Sample unit that ended', 990, '2010-01-01', '2019-01-01')`);
    await db.run(
      sql`insert into identity.unit_successor (unit, successor, at, by_order) values (${unit}, 'greening', '2019-01-01', gen_random_uuid())`,
    );
  });
  await house.services.database.tx({ module: 'incident', actor }, (db) =>
    db.run(sql`update incident.case_file set unit = ${unit} where no = ${no}`),
  );
}
