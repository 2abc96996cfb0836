import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { population } from '#platform/basedata/population/app.ts';
import { space } from '#platform/basedata/space/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { linkage } from '#platform/linkage/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { community } from './app.ts';

/** Two committees of 瑞金二路街道 (310101023), one of 外滩街道 (310101013). */
const MINE = '310101023001';
const NEXT = '310101023002';
const OTHER = '310101013001';
const year = (years: number) => `${new Date().getFullYear() - years}-01-01`;
const person = (name: string, committee: string, householdNo: string, age: number, room: string) => ({
  pid: uuidv7(),
  name,
  sex: '2',
  birth_date: year(age),
  phone: '13800138000',
  household_no: householdNo,
  relation: '本人',
  building_code: `${committee}B00001`,
  room,
  residence_address: `样例路1号${room}`,
  committee_code: committee,
  sources: {},
});
const PEOPLE = [
  person('样例甲', MINE, 'h1', 45, '101室'),
  person('样例乙', MINE, 'h1', 70, '101室'),
  person('样例丙', MINE, 'h2', 90, '202室'),
  person('样例丁', NEXT, 'h3', 30, '101室'),
  person('样例戊', OTHER, 'h4', 85, '101室'),
];
const ROOMS = [
  ['h1', MINE, 2],
  ['h2', MINE, 1],
  ['h3', NEXT, 1],
  ['h4', OTHER, 1],
] as const;

let house: TestHouse;
let clerk: string, worker: string, civil: string;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const get = (cookie: string, path: string, purpose: string | undefined = 'community-care') =>
  call(house, { url: `/api/community${path}`, cookie, purpose });
const names = async (cookie: string, committee: string, query = '') =>
  (await get(cookie, `/committees/${committee}/residents${query}`))
    .json()
    .residents.map((r: { name: string }) => r.name);
const decide = async (cookie: string, name: string, act: 'approve' | 'revoke', reason: string) => {
  const reply = await call(house, {
    method: 'POST',
    url: `/api/catalog/grants/community.${name}/${act}`,
    body: { reason },
    cookie,
  });
  expect(reply.statusCode, reply.body).toBe(200);
};

beforeAll(async () => {
  house = await openHouse({
    manifests: [
      identity,
      access,
      audit,
      search,
      rulebook,
      calendar,
      catalog,
      exchange,
      linkage,
      geo,
      space,
      dispute,
      population,
      community,
    ],
    work: false,
  });
  const area = (code: string, level: string, name: string, parent: string | null) => ({
    code,
    level,
    name,
    parent,
    dataset: 'test',
    generated: true,
    valid_from: '2000-01-01',
  });
  const areas = [
    area('310101', 'district', '黄浦区', null),
    area('310101023', 'street', '瑞金二路街道', '310101'),
    area('310101013', 'street', '外滩街道', '310101'),
    area(MINE, 'committee', '雁荡居委会', '310101023'),
    area(NEXT, 'committee', '延中居委会', '310101023'),
    area(OTHER, 'committee', '某外滩居委会', '310101013'),
  ];
  await as('geo', (db) =>
    db.run(sql`insert into geo.area (code, level, name, parent, dataset, generated, valid_from)
    select code, level, name, parent, dataset, generated, valid_from from jsonb_populate_recordset(null::geo.area, ${json(areas)}::text::jsonb)`),
  );
  await as('population', async (db) => {
    await db.run(sql`insert into population.person (pid, name, sex, birth_date, phone, household_no, relation, building_code, room, residence_address, committee_code, sources, tx_from)
      select pid, name, sex, birth_date, phone, household_no, relation, building_code, room, residence_address, committee_code, sources, kernel.now()
      from jsonb_populate_recordset(null::population.person, ${json(PEOPLE)}::text::jsonb)`);
    for (const [no, committee, members] of ROOMS)
      await db.run(sql`insert into population.household (household_no, head_name, members, building_code, committee_code, updated_at)
        values (${no}, '样例', ${members}::int, ${`${committee}B00001`}, ${committee}, kernel.now())`);
  });
  clerk = await signIn(house, 'clerk.ruijin');
  worker = await signIn(house, 'worker.yandang');
  civil = await signIn(house, 'data.civil');
  const police = await signIn(house, 'data.police');
  await decide(police, 'resident', 'approve', '社区走访');
  for (const name of ['household', 'area']) await decide(civil, name, 'approve', '社区走访');
  await as('catalog', async (db) => {
    // 区住建 and 区规划 have no demo account; their yes is written as the sample district does it.
    await db.run(
      sql`update catalog.grant set state = 'approved', fields = wanted where taker = 'community' and name = 'building'`,
    );
    await db.run(sql`select share.apply(id) from catalog.grant where taker = 'community' and name = 'building'`);
  });
}, 180_000);
afterAll(() => house?.close());

describe('who sees whom', () => {
  it('a street clerk sees the committees of the own street with their counts', async () => {
    const reply = await get(clerk, '/committees');
    expect(reply.json().committees).toEqual([
      {
        code: MINE,
        name: '雁荡居委会',
        street: '瑞金二路街道',
        households: 2,
        residents: 3,
        over60: 2,
        over80Alone: 1,
      },
      {
        code: NEXT,
        name: '延中居委会',
        street: '瑞金二路街道',
        households: 1,
        residents: 1,
        over60: 0,
        over80Alone: 0,
      },
    ]);
  });

  it('a committee worker sees the own committee only', async () => {
    expect((await get(worker, '/committees')).json().committees.map((c: { code: string }) => c.code)).toEqual([MINE]);
    expect(await names(worker, MINE)).toEqual(['样例甲', '样例乙', '样例丙']);
  });

  it('another committee, street or household gives the answer of one that does not exist', async () => {
    const absent = { ...(await get(worker, '/committees/310101023999/residents')).json(), trace: '' };
    expect(absent).toMatchObject({ status: 404 });
    for (const [cookie, path] of [
      [worker, `/committees/${NEXT}/residents`],
      [clerk, `/committees/${OTHER}/residents`],
      [clerk, `/committees/${OTHER}/buildings`],
      [worker, '/households/h3'],
      [clerk, '/households/h4'],
    ] as const)
      expect({ ...(await get(cookie, path)).json(), trace: '' }, path).toEqual(absent);
  });

  it('posts without the desk are refused', async () => {
    expect((await get(civil, '/committees')).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });
});

describe('the list of residents', () => {
  it('is read page by page in the order of homes, nobody twice or left out', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 3; page++) {
      const reply = (await get(clerk, `/committees/${MINE}/residents?limit=1${after}`)).json();
      seen.push(...reply.residents.map((r: { name: string }) => r.name));
      after = `&after=${reply.next}`;
      if (page === 2) expect(reply.next).toBeNull();
    }
    expect(seen).toEqual(['样例甲', '样例乙', '样例丙']);
  });

  it('is narrowed by a part of the name, where % is a letter like any other, and by building', async () => {
    expect(await names(clerk, MINE, `?name=${encodeURIComponent('丙')}`)).toEqual(['样例丙']);
    expect(await names(clerk, MINE, '?name=%25')).toEqual([]);
    expect(await names(clerk, MINE, '?building=none')).toEqual([]);
    expect((await get(clerk, `/committees/${MINE}/buildings`)).json().buildings).toMatchObject([
      { code: `${MINE}B00001`, households: 2, residents: 3 },
    ]);
  });

  it('masks phones and writes who was seen, under which purpose', async () => {
    const { residents } = (await get(clerk, `/committees/${MINE}/residents`)).json();
    expect(new Set(residents.map((r: { phone: string }) => r.phone))).toEqual(new Set(['138****8000']));
    const { seen } = await as('audit', (db) =>
      db.one<{ seen: string[] }>(sql`
      select array_agg(subject order by subject) as seen from audit.access_subject where access_id = (select id from audit.access where module = 'community' and purpose = 'community-care' order by at desc limit 1)`),
    );
    expect(seen).toEqual(
      PEOPLE.filter((p) => p.committee_code === MINE)
        .map((p) => p.pid)
        .sort(),
    );
  });

  it('a household shows its members', async () => {
    expect((await get(worker, '/households/h1')).json()).toMatchObject({
      household: { householdNo: 'h1', members: 2 },
      residents: [{ name: '样例乙' }, { name: '样例甲' }],
    });
  });
});

describe('insured or not', () => {
  it('is read through its grant for the own area; the module that keeps it sees no more of it than of the persons', async () => {
    const [first, second, , , other] = PEOPLE;
    await as('population', (db) =>
      db.run(sql`
        insert into population.condition (pid, kind, value, source, tx_from)
        select p.pid, 'insured', p.value, '{"at":"2026-11-01T00:00:00Z"}', kernel.now()
        from (values (${first?.pid}::uuid, 'yes'), (${second?.pid}::uuid, 'no'), (${other?.pid}::uuid, 'yes')) p(pid, value)`),
    );
    await decide(await signIn(house, 'data.hr'), 'insured', 'approve', '救助审核');
    const actor = {
      ...systemActor({ name: 'test', purpose: 'verify-application' }),
      reach: 'own',
      area: '310101023',
    } as const;
    const seen = await house.services.database.tx({ module: 'community', actor }, (db) =>
      db.rows(sql`select pid, insured from share.community__insured where insured is not null order by insured desc`),
    );
    expect(seen).toEqual([
      { pid: first?.pid, insured: true },
      { pid: second?.pid, insured: false },
    ]);
    const kept = await house.services.database.tx({ module: 'population', actor }, (db) =>
      db.one(
        sql`select count(*)::int as n, count(*) filter (where committee_code >= '310101014')::int as mine from population.insured`,
      ),
    );
    expect(kept).toEqual({ n: 4, mine: 4 });
  });
});

describe('purpose and grant', () => {
  it('nothing without a purpose, nor under one that the grant does not name', async () => {
    for (const path of ['/committees', `/committees/${MINE}/residents`, '/households/h1']) {
      expect((await call(house, { url: `/api/community${path}`, cookie: clerk })).json(), path).toMatchObject({
        status: 403,
        code: 'PURPOSE_REQUIRED',
      });
      expect((await get(clerk, path, 'data-quality')).json(), path).toMatchObject({
        status: 403,
        code: 'PURPOSE_NOT_ALLOWED',
      });
    }
  });

  it('withdrawn: people read since when, by whom and why, PostgreSQL refuses the typed query; granted again, it works', async () => {
    const typed: Sql = sql`select count(*) from share.community__household`;
    const asClerk = (query: Sql) =>
      house.services.database.tx(
        {
          module: 'community',
          actor: {
            kind: 'person',
            account: 'clerk.ruijin',
            name: '顾思源',
            post: 'street-clerk',
            area: '310101023',
            reach: 'own',
            purpose: 'community-care',
            trace: 't',
          },
        },
        (db) => db.rows(query),
      );
    await decide(civil, 'household', 'revoke', '专项工作结束');
    const refused = await get(clerk, `/committees/${MINE}/residents`);
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({
      code: 'GRANT_WITHDRAWN',
      by: '周亦凡',
      unit: 'civil-affairs',
      owner: 'civil-affairs',
      reason: '专项工作结束',
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      resource: { zh: '家庭户' },
    });
    await expect(asClerk(typed)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('permission denied'),
    });
    await decide(civil, 'household', 'approve', '恢复走访');
    expect(await names(clerk, MINE)).toHaveLength(3);
    expect(await asClerk(typed)).toHaveLength(1);
  });
});
