import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { storeFile } from '#platform/document/store-file.ts';
import type { Applicant } from '#platform/service/case-applicant.ts';
import { callBackClock, jointClock, repairClock, verifyClock } from '#platform/service/case-clocks.ts';
import { setApart } from '#platform/service/case-number.ts';
import type { CaseOffer } from '#platform/service/case-offer.ts';
import type { Prefill } from '#platform/service/form-prefill.ts';
import { ratingContext } from '#platform/service/rate-case.ts';
import type { StoryEnd } from '#districts/huangpu/generate/service-cases.ts';
import { tellStory } from '#districts/huangpu/load-cases.ts';

/** An item that the catalogue does not have: the examples are about what is done with a case. */
const offerOf = (unit: string): CaseOffer => ({
  items: [
    {
      terms: {
        code: `fixture-${unit}`,
        version: 1,
        title: { zh: '样例事项', en: 'Sample item' },
        unit,
        kind: 'licence',
        legalLimit: { amount: 20, unit: 'wd' },
        promisedLimit: { amount: 10, unit: 'wd' },
        discretion: true,
        materials: [],
      },
      fields: [
        { element: 'sample-name', title: { zh: '名称', en: 'Name' }, group: 'matter', type: 'text', required: true },
      ],
      materials: [],
    },
  ],
  after: {},
  known: async () => ({}),
});

/** Where each example's case must stand before its act. */
const BEFORE: Readonly<Record<string, StoryEnd>> = {
  accept: 'submitted',
  'not-accept': 'submitted',
  correct: 'submitted',
  'allow-correction': 'submitted',
  withdraw: 'submitted',
  answer: 'correction',
  begin: 'accepted',
  stop: 'review',
  draft: 'review',
  extend: 'review',
  resume: 'stopped',
  decide: 'drafted',
  return: 'drafted',
  issue: 'decided',
  deliver: 'decided',
  verify: 'decided',
  hear: 'delivered',
  revoke: 'delivered',
  'extend-joint': 'review',
  rate: 'delivered',
  archive: 'delivered',
};
const DAY_MS = 86_400_000;

/** Cases of the first citizen in the hands of civil affairs, one before every act that the examples name; and one of others. */
export async function fixtureCases(options: {
  house: TestHouse;
  own: string;
  foreign: string;
  answers: { items: string[]; answers: Record<string, unknown>; situations: Record<string, Record<string, string>> };
}): Promise<Record<string, unknown>> {
  const { services } = options.house;
  const inService = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: 'service', actor: systemActor({ name: 'fixture' }) }, work);
  const contact = { name: '样例申请人', phone: '13800000001' };
  // Not six: submitted on a Sunday, what nobody looked at within five working days is deemed accepted on the Saturday after.
  const at = new Date(services.clock.now().getTime() - 5 * DAY_MS);
  const file = (person: string, unit: string, end: StoryEnd): Promise<string> => {
    const applicant: Applicant = { person, entity: null, key: null, contact };
    return tellStory({
      services,
      applicant,
      items: [],
      at,
      story: { end, refused: false, stars: 5 },
      offer: offerOf(unit),
    });
  };
  const values: Record<string, unknown> = {};
  for (const [act, end] of Object.entries(BEFORE))
    values[`case-to-${act}`] = await file(options.own, 'civil-affairs', end);
  const codeOf = (act: string): string => String(values[`case-to-${act}`]);
  await inService(async (db) => {
    const idOf = async (act: string) =>
      (
        await db.one<{ id: string }>(
          sql`select s.id from service.sub_case s join service.case_file c on c.id = s.case_id where c.code = ${codeOf(act)}`,
        )
      ).id;
    const set = async (act: string, change: ReturnType<typeof sql>) =>
      db.run(sql`update service.sub_case set ${change} where id = ${await idOf(act)}::uuid`);
    await set('allow-correction', sql`corrections = 1`);
    await set('deliver', sql`state = 'issued'`);
    const clock = await startClock(db, { kind: verifyClock, subject: await idOf('verify'), event: 'fixture' });
    await set('verify', sql`committed = true, verify_clock = ${clock.id}::uuid`);
    const joint = await startClock(db, { kind: jointClock, subject: codeOf('extend-joint'), event: 'fixture' });
    await db.run(
      sql`update service.case_file set joint_clock = ${joint.id}::uuid where code = ${codeOf('extend-joint')}`,
    );
    await set('hear', sql`committed = true`);
    await set('revoke', sql`committed = true, heard = true, verified = 'false'`);
  });
  const foreignCase = await file(options.foreign, 'public-security', 'submitted');
  const rating = (code: string, unit: string, state: 'to-call' | 'to-repair') =>
    inService(async (db) => {
      const id = uuidv7();
      const sub = await db.one<{ id: string }>(
        sql`select s.id from service.sub_case s join service.case_file c on c.id = s.case_id where c.code = ${code}`,
      );
      const kind = state === 'to-call' ? callBackClock : repairClock;
      const clock = await startClock(db, { kind, subject: id, event: 'fixture' });
      await db.run(sql`
        insert into service.case_rating (id, item, title, unit, node, round, stars, rated_on, state, clock)
        values (${id}::uuid, 'fixture', '{"zh":"样例事项","en":"Sample item"}', ${unit}, 'delivery', 1, 1, '2026-11-20', ${state}, ${clock.id}::uuid)`);
      await db.run(sql`
        insert into service.case_rating_author (rating, sub_case, node, round, applicant_person, contact)
        values (${id}::uuid, ${sub.id}::uuid, 'delivery', 1, ${options.own}::uuid, ${services.keyring.seal(JSON.stringify(contact), ratingContext(id))})`);
      return id;
    });
  const block = (unit: string) =>
    inService(async (db) => {
      const id = uuidv7();
      const { first, last } = await setApart(db, { district: '310101', day: '2026-11-25', count: 2 });
      await db.run(sql`
        insert into service.code_block (id, unit, district, day, first, last, allocated_at, allocated_by)
        values (${id}::uuid, ${unit}, '310101', '2026-11-25', ${first}::int, ${last}::int, kernel.now(), 'fixture')`);
      return id;
    });
  const { items, answers, situations } = options.answers;
  const known = await onRecord(options.house, items);
  return {
    ...values,
    'foreign-case': foreignCase,
    'case-query': { code: codeOf('accept'), digits: contact.phone.slice(-4) },
    'case-form': {
      form: uuidv7(),
      channel: 'web',
      items: items.map((code) => ({ code, version: 1 })),
      situations,
      answers: { ...answers, ...known },
      materials: await uploads(options.house, inService, items),
      contact,
    },
    'code-block': await block('street-310101023'),
    'foreign-code-block': await block('street-310101013'),
    'rating-to-call': await rating(codeOf('issue'), 'civil-affairs', 'to-call'),
    'rating-to-repair': await rating(codeOf('decide'), 'civil-affairs', 'to-repair'),
    'foreign-rating': await rating(foreignCase, 'public-security', 'to-call'),
  };
}

/** What is on record of the first citizen is not said otherwise. */
async function onRecord(house: TestHouse, items: readonly string[]): Promise<Record<string, string>> {
  const cookie = await signIn(house, 'citizen');
  const reply = await call(house, { url: `/api/service/prefill?items=${items.join(',')}`, cookie });
  const { values, origins } = reply.json() as Prefill;
  return Object.fromEntries(
    origins.flatMap(({ element, resource, field }) => {
      const value = values[resource]?.[field];
      return typeof value === 'string' ? [[element, value]] : [];
    }),
  );
}

/** An upload of the first citizen for every material of the items that somebody hands in. */
async function uploads(
  house: TestHouse,
  inService: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  items: readonly string[],
): Promise<{ item: string; id: string; source: 'upload'; document: string }[]> {
  const rows = await inService((db) =>
    db.rows<{ item: string; id: string }>(sql`
      select i.code as item, m->>'id' as id from service.item i join service.item_version v on v.item = i.code and v.version = i.version,
        jsonb_array_elements(v.definition->'materials') m where i.code = any(${[...items]}::text[]) and m->>'source' = 'upload'`),
  );
  const { services } = house;
  const cookie = await signIn(house, 'citizen');
  const actor = await services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie, trace: 'fixture', services });
  if (!actor) throw new Error('no citizen');
  const content = Buffer.from('样例材料\n');
  const stored = await storeFile({ services, actor, kind: 'material', name: '样例材料.txt', content });
  return rows.map((row) => ({ ...row, source: 'upload' as const, document: stored.id }));
}
