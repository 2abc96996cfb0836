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
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await db.run(sql`
      insert into incident.api_key (id, digest, holder, made_by, made_at) values (${key}::uuid, ${`fixture ${key}`}, '样例应用', 'fixture', kernel.now())`);
    await db.run(sql`
      insert into incident.outside_report (id, no, client_id, account, text, lon, lat, state, at, token)
      values (kernel.uuidv7(), 'WQ20260101000001', kernel.uuidv7(), 'fixture', '样例区外上报', 121.6, 31.3, 'open', kernel.now(), gen_random_uuid())`);
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
    'incident-unit': `street-${own.slice(0, 9)}`,
    'incident-place': own.slice(0, 9),
  };
}
