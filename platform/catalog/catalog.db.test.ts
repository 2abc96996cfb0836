import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/kernel/actor.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { moveClock, openCatalogHouse, people, type Who } from './fixtures/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCatalogHouse();
}, 180_000);
afterAll(() => house?.close());

const REF = 'desk.resident';
const BASIS = '《政务数据共享条例》';
const notMine = (act: string) => ({ reason: '不是我的数据', ...(act === 'refuse' && { basis: BASIS }) });
const post = async (who: Who, path: string, body: unknown) =>
  call(house, { method: 'POST', url: `/api/catalog/grants${path}`, body, cookie: `sid=${who}` });
const get = async (who: Who | undefined, url: string, purpose?: string) =>
  call(house, { url, cookie: who && `sid=${who}`, purpose });
const approve = async (body: object = {}, who: Who = 'officer') =>
  post(who, `/${REF}/approve`, { reason: '走访需要', ...body });
const all = {
  fields: ['pid', 'name', 'phone', 'area', 'kind'],
  purposes: ['community-care', 'emergency'],
  rowFilter: [],
  validUntil: null,
};

/** A query as the taking module, exactly as its handlers run it. */
async function asDesk(query: Sql, actor: Actor, purpose?: string): Promise<Record<string, unknown>[]> {
  return house.services.database.tx({ module: 'desk', actor: { ...actor, purpose } }, (db) => db.rows(query));
}
const refusal = async (work: Promise<unknown>): Promise<{ code?: string; message: string }> =>
  work.then(
    () => ({ message: 'it was allowed' }),
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );
const mine = sql`select * from share.desk__resident order by pid`;
const everywhere = sql`select * from share.desk__resident_all order by pid`;

const PERSONS = [
  { pid: 'p1', name: '甲', phone: '13800000001', area: '310101013001', kind: 'owner' },
  { pid: 'p2', name: '乙', phone: '13800000002', area: '310101013002', kind: 'tenant' },
  { pid: 'p3', name: '丙', phone: '13800000003', area: '310101013002', kind: 'owner' },
  { pid: 'p4', name: '丁', phone: '13800000004', area: '310101002001', kind: 'owner' },
  { pid: 'p5', name: '戊', phone: null, area: '310101002003', kind: 'tenant' },
] as const;

describe('before anything is approved', () => {
  it('a declared need is a request: PostgreSQL refuses the view, people read who decides', async () => {
    expect(await refusal(asDesk(mine, people.clerk, 'community-care'))).toMatchObject({
      code: '42501',
      message: expect.stringMatching(/permission denied for (view|table) desk__resident/),
    });
    const reply = await get('clerk', '/api/desk/residents', 'community-care');
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ code: 'GRANT_PENDING', owner: 'civil-affairs' });
  });

  it('the request waits in the inbox of the owner unit, and in no other', async () => {
    const inbox = await get('officer', '/api/catalog/grants?mine=1');
    expect(inbox.json()).toMatchObject({ waiting: 1, grants: [{ ref: REF, state: 'requested', mayDecide: true }] });
    expect(
      (await get('planner', '/api/catalog/grants?mine=1')).json().grants.map((g: { ref: string }) => g.ref),
    ).toEqual(['desk.street']);
    expect((await get('citizen', '/api/catalog/grants?mine=1')).statusCode).toBe(403);
  });

  it('a clerk stands behind the request with a reason, once', async () => {
    expect((await post('clerk', '', { taker: 'desk', name: 'resident', reason: '第三季度走访' })).json()).toMatchObject(
      { state: 'requested', requestedName: '样例clerk' },
    );
    expect((await post('clerk', '', { taker: 'desk', name: 'resident', reason: '第三季度走访' })).json()).toMatchObject(
      { code: 'GRANT_ALREADY_OPEN' },
    );
    expect((await post('clerk', '', { taker: 'desk', name: 'payroll', reason: '没有声明' })).json()).toMatchObject({
      code: 'TAKE_NOT_DECLARED',
    });
  });
});

describe('who may decide', () => {
  it.each(['planner', 'centre'] as const)(
    'the officer of another unit (%s) gets the answer of a grant that does not exist',
    async (who) => {
      for (const act of ['approve', 'revoke', 'refuse']) {
        const foreign = await post(who, `/${REF}/${act}`, notMine(act));
        const absent = await post(who, `/desk.nothing/${act}`, notMine(act));
        expect(foreign.statusCode).toBe(404);
        expect({ ...foreign.json(), trace: '' }).toEqual({ ...absent.json(), trace: '' });
      }
    },
  );

  it('the catalogue’s own unit sees what it may not decide; a clerk may not even try', async () => {
    expect((await get('centre', `/api/catalog/grants/${REF}`)).json()).toMatchObject({ ref: REF, mayDecide: false });
    expect((await get('planner', `/api/catalog/grants/${REF}`)).statusCode).toBe(404);
    expect((await approve({}, 'clerk')).statusCode).toBe(403);
  });

  it('more than was asked for cannot be approved, nor an end in the past', async () => {
    const wide = await approve({ fields: ['pid', 'salary'], purposes: ['profiling'] });
    expect(wide.statusCode).toBe(422);
    expect(wide.json().fields.map((f: { pointer: string }) => f.pointer)).toEqual(['/fields/1', '/purposes/0']);
    expect((await approve({ validUntil: '2020-01-01T00:00:00Z' })).json()).toMatchObject({ code: 'GRANT_TERM_PAST' });
  });

  it('nobody approves what they asked for themselves', async () => {
    await post('officer', `/${REF}/refuse`, { reason: '先退回', basis: BASIS });
    expect((await post('officer', '', { taker: 'desk', name: 'resident', reason: '本单位也要用' })).statusCode).toBe(
      201,
    );
    expect((await approve()).json()).toMatchObject({ status: 409, code: 'DUTY_CONFLICT' });
    expect((await post('officer', `/${REF}/refuse`, { reason: '改由街道申请', basis: BASIS })).statusCode).toBe(200);
    expect((await post('clerk', '', { taker: 'desk', name: 'resident', reason: '走访需要' })).statusCode).toBe(201);
  });

  it('refused requests may be made again', async () => {
    expect((await post('officer', `/${REF}/refuse`, { reason: '理由不充分', basis: BASIS })).json()).toMatchObject({
      state: 'refused',
    });
    expect((await post('officer', `/${REF}/refuse`, { reason: '理由不充分', basis: BASIS })).json()).toMatchObject({
      code: 'GRANT_NOT_REQUESTED',
    });
    expect((await post('clerk', '', { taker: 'desk', name: 'resident', reason: '补充理由' })).statusCode).toBe(201);
  });
});

describe('what a grant gives, and does not give', () => {
  it('for any fields, purposes and row filter: exactly those, in the reader’s own area', {
    timeout: 120_000,
  }, async () => {
    const terms = fc.record({
      fields: fc.subarray([...all.fields], { minLength: 1 }),
      purposes: fc.subarray([...all.purposes], { minLength: 1 }),
      kinds: fc.option(fc.subarray(['owner', 'tenant', 'no-one'], { minLength: 1 }), { nil: undefined }),
      who: fc.constantFrom<Who>('clerk', 'otherClerk', 'district'),
      purpose: fc.constantFrom(undefined, 'community-care', 'emergency', 'audit-review'),
    });
    await fc.assert(
      fc.asyncProperty(terms, async ({ fields, purposes, kinds, who, purpose }) => {
        const done = await approve({
          fields,
          purposes,
          validUntil: null,
          rowFilter: kinds ? [{ field: 'kind', in: kinds }] : [],
          withheld: all.fields.filter((f) => !fields.includes(f)).map((field) => ({ field, reason: '用不到' })),
        });
        expect(done.statusCode).toBe(200);
        const actor: Actor = people[who];
        const read = asDesk(actor.reach === 'district' ? everywhere : mine, actor, purpose);
        if (purpose === undefined || !purposes.includes(purpose)) {
          expect((await refusal(read)).message).toContain(
            purpose === undefined ? 'PURPOSE_REQUIRED' : 'PURPOSE_NOT_ALLOWED',
          );
          return;
        }
        const expected = PERSONS.filter(
          (p) =>
            (actor.reach === 'district' || p.area.startsWith(actor.area ?? '-')) && (!kinds || kinds.includes(p.kind)),
        ).map((p) =>
          Object.fromEntries(Object.entries(p).map(([name, value]) => [name, fields.includes(name) ? value : null])),
        );
        const order = (rows: object[]) => rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();
        expect(order(await read)).toEqual(order(expected));
      }),
      { numRuns: 25 },
    );
  });

  it('speaks through HTTP as problems: purpose missing, purpose outside the grant, expired', async () => {
    const until = new Date(house.services.clock.now().getTime() + 3600_000).toISOString();
    expect((await approve({ ...all, purposes: ['community-care'], validUntil: until })).statusCode).toBe(200);
    expect((await get('clerk', '/api/desk/residents')).json()).toMatchObject({ status: 403, code: 'PURPOSE_REQUIRED' });
    expect((await get('clerk', '/api/desk/residents', 'emergency')).json()).toMatchObject({
      status: 403,
      code: 'PURPOSE_NOT_ALLOWED',
    });
    expect((await get('clerk', '/api/desk/residents', 'community-care')).json().residents).toHaveLength(3);
    await moveClock(house, 2 * 3600);
    try {
      expect((await get('clerk', '/api/desk/residents', 'community-care')).json()).toMatchObject({
        status: 403,
        code: 'GRANT_EXPIRED',
      });
      expect((await get('officer', `/api/catalog/grants/${REF}`)).json()).toMatchObject({ state: 'expired' });
      expect((await post('clerk', '', { taker: 'desk', name: 'resident', reason: '续期' })).statusCode).toBe(201);
    } finally {
      await moveClock(house, 0);
    }
  });

  it('withdrawn, the view is closed by PostgreSQL and people read since when, by whom and why; granted again, it works', async () => {
    await approve(all);
    expect(await asDesk(mine, people.clerk, 'community-care')).toHaveLength(3);
    expect((await post('officer', `/${REF}/revoke`, { reason: '专项结束' })).json()).toMatchObject({
      state: 'revoked',
      decidedName: '样例officer',
    });
    expect((await post('officer', `/${REF}/revoke`, { reason: '专项结束' })).json()).toMatchObject({
      code: 'GRANT_NOT_IN_FORCE',
    });
    expect(await refusal(asDesk(mine, people.clerk, 'community-care'))).toMatchObject({
      code: '42501',
      message: expect.stringContaining('permission denied for'),
    });
    const reply = await get('clerk', '/api/desk/residents', 'community-care');
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({
      code: 'GRANT_WITHDRAWN',
      by: '样例officer',
      unit: 'civil-affairs',
      reason: '专项结束',
      since: expect.stringMatching(/^\d{4}-/),
    });
    expect((await approve()).json()).toMatchObject({ state: 'approved', fields: all.fields });
    expect(
      (await get('clerk', '/api/desk/residents', 'community-care')).json().residents.map((r: { pid: string }) => r.pid),
    ).toEqual(['p1', 'p2', 'p3']);
  });

  it('every step stands in the history, newest first, and cannot be changed by the catalogue’s own role', async () => {
    const { steps } = (await get('officer', `/api/catalog/grants/${REF}`)).json();
    expect(steps.slice(0, 3).map((s: { step: string }) => s.step)).toEqual(['approved', 'revoked', 'approved']);
    const change = house.services.database.tx({ module: 'catalog', actor: people.officer }, (db) =>
      db.run(sql`update catalog.grant_step set reason = 'x'`),
    );
    expect(await refusal(change)).toMatchObject({ code: '42501' });
    const events = await house.services.database.tx({ module: 'kernel', actor: people.officer }, (db) =>
      db.rows<{ data: object }>(sql`select data from kernel.event where type = 'catalog.grant.revoked'`),
    );
    expect(events[0]?.data).toEqual({ resource: 'register.person', taker: 'desk' });
  });
});

describe('the walls around a module', () => {
  it.each([
    ['the table behind the view', sql`select * from register.person`, /permission denied for schema register/],
    ['the catalogue', sql`select * from catalog.grant`, /permission denied for table grant/],
    ['another reach than its own', everywhere, /permission denied for (view|table) desk__resident_all/],
    ['share.apply', sql`select share.apply(kernel.uuidv7())`, /permission denied for function apply/],
    ['the clock', sql`select kernel.set_clock('1 day')`, /permission denied for function set_clock/],
    ['creating a table', sql`create table desk.more (id int)`, /permission denied for schema desk/],
    ['creating in share', sql`create view share.mine as select 1 as x`, /permission denied for schema share/],
    ['altering its own table', sql`alter table desk.note add column extra text`, /must be owner of table note/],
    [
      'writing through a view',
      sql`update share.desk__resident set name = 'x'`,
      /permission denied for (view|table) desk__resident/,
    ],
  ])('%s is refused by PostgreSQL', async (_what, statement, words) => {
    await approve(all);
    expect(await refusal(asDesk(statement, people.clerk, 'community-care'))).toMatchObject({
      code: '42501',
      message: expect.stringMatching(words),
    });
  });

  it('what was granted cannot be granted on', async () => {
    await approve(all);
    await asDesk(sql`grant select on share.desk__resident to catalog_app`, people.clerk).catch(() => undefined);
    const [row] = await asDesk(
      sql`select has_table_privilege('catalog_app', 'share.desk__resident', 'select') as passed_on`,
      people.clerk,
    );
    expect(row).toEqual({ passed_on: false });
  });

  it('a query outside a role-bound transaction is refused', async () => {
    const session = await house.engine.session();
    try {
      for (const table of ['share.desk__resident', 'register.person', 'desk.note']) {
        expect(await refusal(session.query(`select * from ${table}`))).toMatchObject({ code: '42501' });
      }
    } finally {
      session.release();
    }
  });

  it('unprotected data need no purpose, but end with their term', async () => {
    const until = new Date(house.services.clock.now().getTime() + 3600_000).toISOString();
    expect((await post('planner', '/desk.street/approve', { reason: '公开数据', validUntil: until })).statusCode).toBe(
      200,
    );
    const streets = sql`select code from share.desk__street order by code`;
    expect(await asDesk(streets, people.clerk)).toEqual([{ code: '310101002' }, { code: '310101013' }]);
    await moveClock(house, 2 * 3600);
    expect((await refusal(asDesk(streets, people.clerk)).finally(() => moveClock(house, 0))).message).toContain(
      'GRANT_EXPIRED',
    );
  });
});

describe('the catalogue itself', () => {
  it('is found by parts of Chinese words in titles and fields, by everyone', async () => {
    const ids = async (q: string) =>
      (await get(undefined, `/api/catalog/items?q=${encodeURIComponent(q)}`))
        .json()
        .items.map((i: { id: string }) => i.id);
    expect(await ids('人口')).toEqual(['register.person']);
    expect(await ids('电话')).toEqual(['register.person']);
    expect((await ids('GB/T 2260 样例')).toSorted()).toEqual(['register.person', 'register.street']);
    expect(await ids('100%')).toEqual([]);
    const found = (await get(undefined, '/api/catalog/items?level=L1')).json();
    expect(found).toMatchObject({
      total: 1,
      items: [{ id: 'register.street' }],
      facets: {
        level: [
          // Delegations of platform/access, beside the persons of the test register.
          { value: 'L3', count: 3 },
          { value: 'L1', count: 1 },
          // The audit log.
          { value: 'L2', count: 1 },
        ],
      },
    });
  });

  it('says of an item its fields, levels, and who takes it', async () => {
    const item = (await get(undefined, '/api/catalog/items/register.person')).json();
    expect(item).toMatchObject({
      owner: 'civil-affairs',
      level: 'L3',
      detail: null,
      takers: [{ taker: 'desk', title: { zh: '样例街道工作台' }, state: 'approved' }],
    });
    expect(item.fields.map((f: { name: string; type: string }) => `${f.name} ${f.type}`)).toEqual([
      'pid string',
      'name string',
      'phone string',
      'area string',
      'kind string',
    ]);
    expect((await get(undefined, '/api/catalog/items/register.nothing')).statusCode).toBe(404);
  });

  it('shows who gives what to whom, and exports as DCAT', async () => {
    const { flows } = (await get(undefined, '/api/catalog/flows')).json();
    expect(flows.map((f: { owner: string; taker: string }) => `${f.owner} → ${f.taker}`)).toEqual([
      'civil-affairs → desk',
      'planning → desk',
    ]);
    const dcat = await get(undefined, '/catalog.jsonld');
    expect(dcat.headers['content-type']).toContain('application/ld+json');
    expect(
      dcat.json()['dcat:dataset'].map((d: object) => (d as { 'dct:identifier': string })['dct:identifier']),
    ).toEqual(['access.consent', 'access.delegation', 'audit.access', 'register.person', 'register.street']);
  });
});
