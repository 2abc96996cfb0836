import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident } from '#platform/case/app.ts';
import { classProposer, partRegister } from '#platform/case/hooks.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { storeAreas } from '#platform/geo/store-areas.ts';
import { box } from '#platform/geo/testing.ts';
import { tileAt } from '#platform/geo/tiles.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { classify } from '../classify/room.ts';
import { storeModel } from '../classify/keep-model.ts';
import { learn } from '../classify/learn.ts';
import { clauses } from '../clauses/room.ts';
import { grid as whole } from '../app.ts';
import { hotspots } from '../hotspots/room.ts';
import { joinRooms } from '#platform/kernel/rooms.ts';
import { parts } from './room.ts';

const run = promisify(execFile);
const CENTRE = 'duty.ops';
const CLERK = 'clerk.ruijin';
const STREET = '310101023';
const COVER = '3101010101000039';
const [LON, LAT] = [121.475, 31.205];
/** The same module with the rooms that this file is about. */
const grid = app({
  id: whole.id,
  kind: 'app',
  folder: whole.folder,
  title: whole.title,
  // The need of cases is one for all rooms.
  ...joinRooms([{ takes: hotspots.takes }, parts, classify, clauses]),
  timers: [],
});
let house: TestHouse;

const tx = <T>(module: string, work: (db: Db) => Promise<T>): Promise<T> =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);

beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, search, catalog, document, exchange, geo, incident, grid],
    work: false,
  });
  await tx('geo', (db) =>
    storeAreas(db, {
      dataset: 'test-areas',
      areas: ['310101', STREET, `${STREET}001`, `${STREET}00101`].map((code) => ({
        code,
        name: `样例${code}`,
        geometry: box(0, 0, 1, 1),
        generated: true,
      })),
    }),
  );
  await tx('catalog', async (db) => {
    const { id } = await db.one<{ id: string }>(
      sql`select id from catalog.grant where taker = 'grid' and name = 'case'`,
    );
    await db.run(sql`
      update catalog.grant set state = 'approved', fields = wanted, decided_at = kernel.now(), decided_by = 'test', decided_name = 'test', decided_unit = 'operations-centre', reason = '测试授权' where id = ${id}::uuid`);
    await db.run(sql`select share.apply(${id}::uuid)`);
  });
  for (const [no, street] of [
    ['AJ-own', STREET],
    ['AJ-other', '310101013'],
  ] as const)
    await tx('incident', (db) =>
      db.run(sql`
        insert into incident.case_file (id, no, source, class, description, lon, lat, address, street, committee, cell, part, state, reported_at, updated_at)
        values (${crypto.randomUUID()}::uuid, ${no}, 'grid', 'P0101', '路口井盖没有了', ${LON}::float8, ${LAT}::float8, '雁荡路口', ${street}, ${`${street}001`}, ${`${street}00101`}, ${COVER},
          'reported', kernel.now(), kernel.now())`),
    );
}, 300_000);
afterAll(() => house?.close());

const cookies = new Map<string, Promise<string>>();
const cookieOf = (account: string): Promise<string> => {
  const cookie = cookies.get(account) ?? signIn(house, account);
  cookies.set(account, cookie);
  return cookie;
};
const get = async (path: string, account?: string) =>
  call(house, { url: `/api/grid/${path}`, ...(account ? { cookie: await cookieOf(account) } : {}) });
const post = async (path: string, body: unknown, account = CENTRE) =>
  call(house, { method: 'POST', url: `/api/grid/${path}`, body, cookie: await cookieOf(account) });
const row = (code: string, more: object = {}) => ({
  code,
  lon: LON,
  lat: LAT,
  owner: 'water-company',
  keeper: 'water-company',
  ...more,
});
const registerOf = () => {
  const register = house.services.registry.provided(partRegister)[0]?.value;
  if (!register) throw new Error('no register');
  return register;
};

describe('register of parts', () => {
  it('takes a list whole, and tells a case what stands nearest and whose it is', async () => {
    // About 9.5 m a step to the east.
    const rows = [
      row(COVER),
      ...[1, 2, 3].map((n) => row(`310101010200010${n}`, { lon: LON + n / 10_000, owner: 'greening' })),
    ];
    const made = await post('parts', { rows });
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toEqual({ registered: 4 });
    const { services } = house;
    const near = await registerOf().near({ services, lon: LON, lat: LAT, withinM: 25 });
    expect(near.map(({ code }) => code)).toEqual([COVER, '3101010102000101', '3101010102000102']);
    expect(near[1]?.distanceM).toBeGreaterThan(9);
    expect(near[1]?.distanceM).toBeLessThan(10);
    const lights = await registerOf().near({ services, lon: LON, lat: LAT, withinM: 25, class: 'P0102', limit: 1 });
    expect(lights).toMatchObject([{ code: '3101010102000101', classes: ['P0102'], owner: 'greening' }]);
    expect(await registerOf().find({ services, code: COVER })).toMatchObject({
      name: { zh: '井盖' },
      keeper: 'water-company',
    });
    expect(await registerOf().find({ services, code: '3101010101000040' })).toBeUndefined();
  });

  it('refuses a list at every field that is wrong, and keeps none of it', async () => {
    await tx('identity', async (db) => {
      await db.run(sql`
        insert into identity.unit (code, kind, parent, name, name_en, position, valid_from, valid_to)
        values ('old-parks', 'department', 'government', '区园林局', 'Old Parks Office', 902, '2010-01-01', '2019-01-01')`);
      await db.run(sql`
        insert into identity.unit_successor (unit, successor, at, by_order) values ('old-parks', 'greening', '2019-01-01', gen_random_uuid())`);
    });
    const bad = await post('parts', {
      rows: [
        row('3101010101000501'),
        row('31010101010005'),
        row('3101150101000502', { lon: 120 }),
        row(COVER, { owner: 'no-such-unit', installed: '2099-01-01' }),
        row('3101010101000501'),
        row('3101010101900501'),
        row('3101010101000503', { keeper: 'old-parks' }),
      ],
    });
    // An abolished unit keeps no part: the field names who does its work now.
    expect(bad.json().fields.at(-1).message).toMatch(/区园林局已撤销，由.*绿化.*承接/);
    expect(bad.statusCode).toBe(400);
    expect(bad.json().fields.map((fault: { pointer: string; rule: string }) => [fault.pointer, fault.rule])).toEqual([
      ['/rows/1/code', 'shape'],
      ['/rows/2/lon', 'outside'],
      ['/rows/3/code', 'taken'],
      ['/rows/3/owner', 'unit'],
      ['/rows/3/installed', 'future'],
      ['/rows/4/code', 'taken'],
      ['/rows/5/code', 'temporary'],
      ['/rows/6/keeper', 'abolished'],
    ]);
    expect((await get('parts/3101010101000501')).statusCode).toBe(404);
  });

  it('is searched by beginning of the code, class and owner by anybody', async () => {
    const codes = async (query: string) =>
      (await get(`parts?${query}`)).json().parts.map(({ code }: { code: string }) => code);
    expect(await codes('code=31010101020001')).toHaveLength(3);
    expect(await codes('class=0101')).toEqual([COVER]);
    expect(await codes('owner=greening&code=3101010102000103')).toEqual(['3101010102000103']);
    expect((await get(`parts-near?lon=${LON}&lat=${LAT}&within=5`)).json().parts).toMatchObject([{ code: COVER }]);
  });

  it('is a layer of tiles and of OGC features that GDAL reads', async () => {
    const { x, y, z } = tileAt({ lon: LON, lat: LAT, z: 16 });
    const tile = await call(house, { url: `/tiles/parts/${z}/${x}/${y}.mvt` });
    expect(tile.statusCode).toBe(200);
    expect(tile.rawPayload.includes(Buffer.from(COVER))).toBe(true);
    const items = await call(house, { url: '/ogc/collections/parts/items?limit=2' });
    expect(items.json()).toMatchObject({
      numberMatched: 4,
      features: [{ properties: { code: COVER, owner: 'water-company' } }, {}],
    });
    if (!existsSync('/usr/bin/ogrinfo')) return;
    await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
    const { port } = house.server.fastify.server.address() as AddressInfo;
    const { stdout } = await run('ogrinfo', ['-ro', '-so', `OAPIF:http://127.0.0.1:${port}/ogc`, 'parts']);
    expect(stdout).toContain('Geometry: Point');
    expect(stdout).toContain('Feature Count: 4');
  });

  it('shows the cases at a part to those of the area, and changes its state by owner, keeper or centre only', async () => {
    const cases = await get(`parts/${COVER}/cases`, CLERK);
    expect(cases.json(), cases.body).toMatchObject({ cases: [{ no: 'AJ-own', class: 'P0101' }] });
    const change = { state: 'missing', reason: '巡查发现缺失' };
    expect((await post(`parts/${COVER}/state`, change, CLERK)).json().code).toBe('GRID_NOT_YOUR_PART');
    expect((await post(`parts/${COVER}/state`, change)).json()).toEqual({ state: 'missing' });
    expect((await get(`parts/${COVER}`)).json()).toMatchObject({
      state: 'missing',
      history: [{ kind: 'missing', reason: change.reason }, { kind: 'registered' }],
    });
  });

  it('makes one task of a part that nobody has registered, under a temporary code, until a keeper registers it', async () => {
    const told = '3101010101000777';
    await tx('incident', async (db) => {
      for (const part of [told, told, COVER])
        await db.emit({ type: 'incident.part.missing', subject: 'AJ-own', data: { case: 'AJ-own', part } });
    });
    type Task = { id: string; told: string; code: string; state: string };
    const tasks = async (): Promise<Task[]> => (await get('part-tasks', CENTRE)).json().tasks;
    await vi.waitFor(async () => {
      await dispatchEvents(house.services);
      expect(await tasks()).toHaveLength(1);
    });
    const [task] = await tasks();
    expect(task).toMatchObject({ told, state: 'open', code: expect.stringMatching(/^31010101019\d{5}$/) });
    const wrong = await post(`part-tasks/${task?.id}/register`, row(task?.code ?? ''));
    expect(wrong.json().fields).toMatchObject([{ pointer: '/code', rule: 'temporary' }]);
    const notTheirs = await post(`part-tasks/${task?.id}/register`, row(told), CLERK);
    expect(notTheirs.json().fields).toMatchObject([{ pointer: '/keeper', rule: 'own' }]);
    const done = await post(`part-tasks/${task?.id}/register`, row(told));
    expect(done.json(), done.body).toEqual({ code: told });
    expect((await get(`parts/${told}`)).json()).toMatchObject({ source: 'task', committee: `${STREET}001` });
    expect((await post(`part-tasks/${task?.id}/drop`, { reason: '不是部件' })).json().code).toBe('GRID_TASK_DECIDED');
  });
});

describe('aid for enforcement', () => {
  it('drafts a document from a case of the own area, with clauses that are marked as not compared', async () => {
    const draft = (no: string, body: object) =>
      post(`cases/${no}/document`, { kind: 'rectify', files: [], ...body }, CLERK);
    const made = await draft('AJ-own', { clauses: ['road-23'], due: '2099-01-01' });
    expect(made.statusCode, made.body).toBeLessThan(300);
    expect(made.json().text).toContain('《城市道路管理条例》（国务院令第198号）第二十三条【待核】');
    expect((await draft('AJ-other', { clauses: [] })).statusCode).toBe(404);
    const bad = await draft('AJ-own', { clauses: ['no-such'], files: [crypto.randomUUID()], due: '2020-01-01' });
    expect(bad.json().fields.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/files/0',
      '/clauses/0',
      '/due',
    ]);
  });
});

describe('class from words', () => {
  const texts = (label: string, words: readonly string[], count = 40) =>
    Array.from({ length: count }, (_, n) => ({ text: `第${n}处${words[n % words.length]}`, label }));
  const propose = async (text: string) => {
    const proposer = house.services.registry.provided(classProposer)[0]?.value;
    return proposer?.propose({ services: house.services, text });
  };
  const taught = [
    ...texts('P0101', ['窨井盖不见了', '井盖破了']),
    ...texts('P0102', ['路灯不亮', '路灯坏了']),
    ...texts('E0101', ['垃圾没人清运', '一堆垃圾']),
  ].sort((a, b) => (a.text < b.text ? -1 : 1));

  it('says nothing without a model, and with one what words may mean; what it does not know is not sure', async () => {
    expect(await propose('井盖不见了')).toEqual({ proposals: [], sure: false });
    const learnt = learn(taught);
    if (!learnt) throw new Error('nothing learnt');
    await tx('grid', (db) => storeModel(db, { learnt, origin: 'sample', at: new Date() }));
    const known = await propose('马路上井盖不见了');
    expect(known).toMatchObject({ sure: true, proposals: [{ class: 'P0101' }, {}, {}] });
    expect(await propose('祝你新年快乐')).toEqual({ proposals: [], sure: false });
    const reply = await call(house, {
      method: 'POST',
      url: '/api/grid/classify',
      body: { text: '路灯不亮' },
      cookie: await cookieOf('citizen.wei'),
    });
    expect(reply.json(), reply.body).toMatchObject({ version: 1, proposals: [{ class: 'P0102' }, {}, {}] });
  });

  it('learns from closed cases where the rule finds them enough, compares on the same cases, and waits for a person', async () => {
    const learnJob = grid.jobs?.find(({ name }) => name === 'learn-classes');
    const work = () =>
      learnJob?.run({
        id: crypto.randomUUID(),
        payload: {},
        attempt: 1,
        actor: systemActor({ name: 'test' }),
        services: house.services,
        tx: (inside) => tx('grid', inside),
        signal: new AbortController().signal,
        heartbeat: async () => {},
      });
    await work();
    expect((await get('text-models', CENTRE)).json()).toMatchObject({ inUse: 1, models: [{ version: 1 }] });
    await tx('incident', (db) =>
      db.run(sql`
        insert into incident.case_file (id, no, source, class, description, lon, lat, street, committee, cell, state, reported_at, closed_at, updated_at)
        select gen_random_uuid(), 'AJ-c' || n, 'grid', (array['P0101','P0102','E0101'])[1 + n % 3], (array['窨井盖不见了','路灯不亮','垃圾没人清运'])[1 + n % 3] || n,
          ${LON}::float8, ${LAT}::float8, ${STREET}, ${`${STREET}001`}, ${`${STREET}00101`}, 'closed', kernel.now(), kernel.now(), kernel.now() from generate_series(1, 2000) n`),
    );
    await work();
    expect((await get('text-models', CENTRE)).json()).toMatchObject({
      inUse: 1,
      closed: 2000,
      models: [
        { version: 2, origin: 'cases', texts: 2000, classes: 3, top3: 1, compared: { version: 1, gained: 0 } },
        { version: 1 },
      ],
    });
  });
});
