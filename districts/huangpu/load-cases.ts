import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { addDays, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import type { DemoSubjects } from '#platform/identity/demo-accounts.ts';
import { type Brought, carryOut } from '#platform/service/case-act.ts';
import { splitAnswers } from '#platform/service/case-answers.ts';
import type { Applicant, Contact } from '#platform/service/case-applicant.ts';
import { settle } from '#platform/service/case-follow.ts';
import type { CaseOffer } from '#platform/service/case-offer.ts';
import { holdAll, type SubRow } from '#platform/service/case-row.ts';
import type { Act, Role } from '#platform/service/case-state.ts';
import { offerItems } from '#platform/service/offer-items.ts';
import { ratingContext } from '#platform/service/rate-case.ts';
import { fileCase } from '#platform/service/submit-case.ts';
import { district } from './district.ts';
import { type CaseStory, generateCases, type StoryEnd } from './generate/service-cases.ts';

/** Cases besides those of the demo accounts. */
const COUNT = 200;
const HOUR_MS = 3_600_000;
const actor = { ...systemActor({ name: 'sample' }), name: '样例经办' };

/** The bundle that the enterprise of the demo account has applied for. */
const RESTAURANT = 'restaurant';

/** Files the sample's cases and brings each as far as its story goes. Repeatable: once there are some, nothing is added. */
export async function loadCases(services: Services, subjects?: DemoSubjects): Promise<void> {
  const there = await inService(services, (db) =>
    db.first(sql`select from service.case_file where received_by = ${actor.account} limit 1`),
  );
  if (there) return;
  const items = await inService(services, async (db) => {
    return db.rows<{ code: string; weight: number; days: number }>(sql`
      select i.code, coalesce(y.cases, 0)::int + 1 as weight, (v.definition->'promisedLimit'->>'amount')::int as days
      from service.item i join service.item_version v on v.item = i.code and v.version = i.version left join service.item_year y on y.item = i.code
      where i.state = 'published' order by i.code`);
  });
  const today = shanghaiDate(services.clock.now());
  for (const story of generateCases({ seed: district.seed, items, count: COUNT })) {
    const applicant: Applicant = {
      person: null,
      entity: null,
      key: services.keyring.lookup(ID_NUMBER_LOOKUP, story.applicant.idNumber),
      contact: story.applicant,
    };
    await tellStory({ services, applicant, items: [story.item], at: begun(today, story), story });
  }
  if (subjects) await loadDemoCases({ services, subjects, today });
}

/** What the demo accounts meet: a bundle on its way, a correction to answer, something to rate. */
async function loadDemoCases(options: { services: Services; subjects: DemoSubjects; today: string }): Promise<void> {
  const { services, subjects, today } = options;
  const { citizen, enterprise } = subjects;
  const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, citizen.idNumber);
  const person = await services.registry.provided(personResolver)[0]?.value.personOf({ hash, services });
  const codes = await inService(services, (db) =>
    db.rows<{ code: string; unit: string }>(sql`
      select i.code, i.unit from service.item i where i.state = 'published' and i.kind = 'payment' order by i.unit <> 'civil-affairs', i.code limit 3`),
  );
  const contact = { name: citizen.name, phone: '13800000001' };
  const ends: readonly StoryEnd[] = ['review', 'correction', 'delivered'];
  if (person !== undefined)
    for (const [i, { code }] of codes.entries()) {
      const end = ends[i] ?? 'submitted';
      const story = { daysAgo: 3 + i * 3, hour: 10, end, refused: false, stars: 5 };
      const applicant = { person, entity: null, key: null, contact };
      await tellStory({ services, applicant, items: [code], at: begun(today, story), story });
    }
  if (!enterprise) return;
  const bundle = await inService(services, (db) =>
    db.rows<{ item: string }>(sql`select item from service.bundle_item where bundle = ${RESTAURANT} order by ord`),
  );
  const applicant = {
    person: null,
    entity: enterprise.uscc,
    key: null,
    contact: { name: enterprise.legalRepresentative.name, phone: '13800000002' },
  };
  const story = { daysAgo: 1, hour: 9, end: 'accepted' as const, refused: false, stars: 5 };
  const at = begun(today, story);
  const whole = bundle.map(({ item }) => item);
  if (whole.length > 0) await tellStory({ services, applicant, items: whole, bundle: RESTAURANT, at, story });
}

const begun = (today: string, { daysAgo, hour }: { daysAgo: number; hour: number }): Date =>
  new Date(shanghaiMidnight(addDays(today, -daysAgo)).getTime() + hour * HOUR_MS);

const inService = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'service', actor }, work);

const HANDS: Readonly<Record<string, { roles: readonly Role[]; account: string }>> = {
  applicant: { roles: ['applicant'], account: 'sample.applicant' },
  intake: { roles: ['intake'], account: 'sample.intake' },
  handler: { roles: ['handler'], account: 'sample.handler' },
  approver: { roles: ['approver'], account: 'sample.approver' },
  system: { roles: ['system'], account: 'system:service' },
};
type Step = { act: Act; by: keyof typeof HANDS; after: number; brought?: Brought };
const DEFECTS = [
  { what: '租赁合同', how: '缺少出租方签字的那一页，请补充。' },
  { what: '身份证复印件', how: '反面不清楚，请重新拍照上传。' },
];
const REFUSAL = {
  reason: '经审查，提交的材料不能证明符合规定的条件。',
  remedy: '不服的，可自收到本决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。',
};

/** The acts of a story, with the hours after which each comes. */
function stepsOf({ end, refused }: Pick<CaseStory, 'end' | 'refused'>, until: string): Step[] {
  const accept: Step = { act: { act: 'accept' }, by: 'intake', after: 3 };
  const begin: Step = { act: { act: 'begin' }, by: 'handler', after: 5 };
  const outcome = refused ? ('refused' as const) : ('granted' as const);
  const written = refused ? REFUSAL : { reason: null, remedy: null };
  const draft: Step = {
    act: { act: 'draft', outcome },
    by: 'handler',
    after: 30,
    brought: {
      shown: false,
      draft: {
        outcome,
        by: HANDS.handler?.account ?? '',
        name: '样例承办人',
        ...written,
        at: new Date(0).toISOString(),
      },
    },
  };
  const decided: Step[] = [accept, begin, draft, { act: { act: 'decide' }, by: 'approver', after: 50 }];
  const delivered: Step[] = [
    ...decided,
    { act: { act: 'issue' }, by: 'handler', after: 70 },
    { act: { act: 'deliver' }, by: 'handler', after: 74, brought: { data: { way: 'electronic' } } },
  ];
  switch (end) {
    case 'submitted':
      return [];
    case 'correction':
      return [{ act: { act: 'correct' }, by: 'intake', after: 6, brought: { defects: DEFECTS } }];
    case 'accepted':
      return [accept];
    case 'review':
      return [accept, begin];
    case 'drafted':
      return [accept, begin, draft];
    case 'stopped': {
      const stop = { reason: 'expert-review', document: '专家评审告知书', expectedEnd: until };
      const brought = { stop, text: stop.document, data: { reason: stop.reason, until } };
      return [accept, begin, { act: { act: 'stop' }, by: 'handler', after: 28, brought }];
    }
    case 'decided':
      return decided;
    case 'delivered':
      return delivered;
    case 'rated':
      return [...delivered, { act: { act: 'rate' }, by: 'applicant', after: 90 }];
    case 'not-accepted':
      return [{ act: { act: 'not-accept' }, by: 'intake', after: 8, brought: { ...REFUSAL, text: REFUSAL.reason } }];
    case 'withdrawn':
      return [{ act: { act: 'withdraw' }, by: 'applicant', after: 9 }];
  }
}

/** Files a case and acts it out; returns its code. Acts that would lie in the future, or that the state does not allow, are left out. */
export async function tellStory(options: {
  services: Services;
  applicant: Applicant;
  items: readonly string[];
  bundle?: string;
  at: Date;
  story: Pick<CaseStory, 'end' | 'refused' | 'stars'>;
  offer?: CaseOffer;
}): Promise<string> {
  const { services, applicant, items, bundle, at, story } = options;
  return inService(services, async (db) => {
    const offer = options.offer ?? (await offerItems.offer({ db, services, actor, items, bundle, situations: {} }));
    if (!offer) throw new Error(`not offered: ${items.join()}`);
    const answers = splitAnswers({ offer, known: {}, answers: answersTo(offer, applicant.contact) });
    const { code } = await fileCase({
      db,
      services,
      now: at,
      district: district.code,
      offer,
      applicant,
      channel: 'web',
      form: uuidv7(),
      committed: [],
      answersOf: answers.of,
      materialsOf: (item) =>
        (offer.items.find(({ terms }) => terms.code === item)?.materials ?? []).map(({ id, source }) => ({
          id,
          source,
          document: null,
        })),
    });
    const now = services.clock.now();
    const { id } = await db.one<{ id: string }>(sql`select id from service.case_file where code = ${code}`);
    let rows = await holdAll(db, id);
    const until = addDays(shanghaiDate(now), 5);
    for (const step of stepsOf(story, until)) {
      const moment = new Date(at.getTime() + step.after * HOUR_MS);
      if (moment > now) break;
      rows = await actOn({ db, rows, step, moment });
    }
    if (story.end === 'rated')
      for (const row of rows) await rate({ db, services, row, stars: story.stars, applicant, on: now });
    await settle({ db, caseId: id, rows, now });
    return code;
  });
}

async function actOn(options: { db: Db; rows: readonly SubRow[]; step: Step; moment: Date }): Promise<SubRow[]> {
  const { db, rows, step, moment } = options;
  const after: SubRow[] = [];
  for (const row of rows) {
    const hand = HANDS[step.by];
    if (row.waits || !hand) {
      after.push(row);
      continue;
    }
    // Nobody of the sample has an account to pay from: the fee was taken at the window.
    const paid = step.act.act === 'issue' && row.terms.fee !== undefined && row.feeState === null;
    if (paid) await db.run(sql`update service.sub_case set fee_state = 'window' where id = ${row.id}::uuid`);
    const data =
      step.act.act === 'correct' ? { items: [{ no: row.no, title: row.title, unit: row.unit, defects: DEFECTS }] } : {};
    after.push(
      await carryOut({
        db,
        row: paid ? { ...row, feeState: 'window' } : row,
        act: step.act,
        hand,
        now: moment,
        brought: { data, ...step.brought, at: moment, still: true },
      }),
    );
  }
  return after;
}

async function rate(options: {
  db: Db;
  services: Services;
  row: SubRow;
  stars: number;
  applicant: Applicant;
  on: Date;
}): Promise<void> {
  const { db, services, row, stars, applicant, on } = options;
  if (row.state !== 'rated') return;
  const id = uuidv7();
  // A bad one of long ago was called back and settled; the page shows what was found.
  const bad = stars <= 2;
  await db.run(sql`
    insert into service.case_rating (id, item, title, unit, node, round, stars, text, rated_on, state, clock, call_text, called_at)
    values (${id}::uuid, ${row.item}, ${json(row.title)}::text::jsonb, ${row.unit}, 'delivery', 1, ${stars}::int, ${bad ? '等的时间太长，没有人说明原因。' : null}::text,
      ${shanghaiDate(on)}::date, 'done', ${bad ? uuidv7() : null}::uuid, ${bad ? '已致电说明，申请人表示理解。' : null}::text, ${bad ? on : null}::timestamptz)`);
  await db.run(sql`
    insert into service.case_rating_author (rating, sub_case, node, round, applicant_person, applicant_entity, contact)
    values (${id}::uuid, ${row.id}::uuid, 'delivery', 1, ${applicant.person}::uuid, ${applicant.entity}::text,
      ${services.keyring.seal(json({ name: applicant.contact.name, phone: applicant.contact.phone }), ratingContext(id))})`);
}

/** An answer to each required field, as anybody might give it. */
function answersTo(offer: CaseOffer, contact: Contact): Record<string, string | number | boolean> {
  return Object.fromEntries(
    offer.items.flatMap(({ fields }) =>
      fields
        .filter(({ required }) => required)
        .map(({ element, title, type, choices, minimum }) => {
          if (type === 'number') return [element, minimum ?? 1];
          if (type === 'date') return [element, '2026-10-01'];
          if (type === 'yes-no') return [element, true];
          return [element, type === 'choice' ? (choices?.[0] ?? '') : wordsFor(title.zh, contact)];
        }),
    ),
  );
}

/** What somebody writes into a field of this name. */
function wordsFor(title: string, { name, phone, idNumber }: Contact): string {
  const woman = Number(idNumber?.at(16) ?? 0) % 2 === 0;
  const known: readonly [string, string | undefined][] = [
    ['姓名', name],
    ['身份号码', idNumber],
    ['性别', woman ? '女' : '男'],
    ['电话', phone],
    ['地址', '黄浦区雁荡路样例里 12 号'],
    ['银行账号', '6222 0000 0000 0000'],
    ['银行', '样例银行黄浦支行'],
    ['理由', '家庭收入减少，申请办理。'],
  ];
  return known.find(([part]) => title.includes(part))?.[1] ?? '样例内容';
}
