import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { asOwner, moveClock, openCatalogHouse, people, type Who } from '#platform/catalog/fixtures/house.ts';
import { app } from '#platform/kernel/app.ts';
import { indicator } from '#platform/indicator/app.ts';
import { series } from '#platform/series/app.ts';
import { theme } from './app.ts';
import { baseKeys } from './base-keys.ts';
import { refreshNightly } from './refresh-theme.ts';
import type { ThemeView } from './theme-record.ts';

let house: TestHouse;
/** A base database that knows the residents by telephone: those whose number ends in 7 it has never heard of. */
const phones = app({
  id: 'test-phones',
  kind: 'capability',
  folder: 'platform/theme/fixtures/phones',
  title: { zh: '样例基础库', en: 'Sample base' },
  provides: [
    baseKeys.provide({
      base: 'building',
      title: { zh: '房屋', en: 'Building' },
      version: '1',
      resolve: async ({ values }) => values.map((value) => (value.endsWith('7') ? undefined : `B${value}`)),
    }),
  ],
});
beforeAll(async () => {
  house = await openCatalogHouse({ also: [indicator, series, theme, phones] });
  await asOwner(
    house,
    `insert into register.person (pid, name, phone, area, kind)
     select 'n' || i, '样例' || i, null, case when i <= 12 then '310101013001' else '310101002001' end, 'resident' from generate_series(1, 15) i`,
  );
}, 300_000);
afterAll(() => house?.close());

const title = (zh: string) => ({ zh, en: zh });
const send = (who: Who, method: 'POST' | 'PUT' | 'GET', path: string, body?: unknown, purpose?: string) =>
  call(house, { method, url: `/api/theme/themes${path}`, body, cookie: `sid=${who}`, purpose });
const read = async (id: string): Promise<ThemeView> => (await send('planner', 'GET', `/${id}`)).json();
const decide = (act: 'approve' | 'revoke', grant: string) =>
  call(house, {
    method: 'POST',
    url: `/api/catalog/grants/${grant}/${act}`,
    body: { reason: '专题建设需要' },
    cookie: 'sid=officer',
  });
const rows = async (purpose?: string) =>
  house.services.database.tx({ module: 'theme', actor: { ...people.planner, purpose } }, (db) =>
    db.rows<{ name: string }>(sql`select t.row ->> 'name' as name from share.theme_rows('persons', 100) as t(row)`),
  );

const persons = {
  title: title('走访名册'),
  field: 'elder-care',
  definition: {
    kind: 'associate',
    inputs: [{ as: 'p', resource: 'register.person' }],
    joins: [],
    columns: [
      { name: 'pid', title: title('标识'), from: 'p.pid' },
      { name: 'name', title: title('姓名'), from: 'p.name' },
      { name: 'quarter', title: title('居委'), from: 'p.area' },
    ],
    key: 'pid',
    purposes: ['community-care'],
  },
};
const counted = {
  title: title('各居委人数'),
  field: 'elder-care',
  definition: {
    kind: 'extract',
    inputs: [{ as: 'p', resource: 'register.person' }],
    joins: [],
    columns: [{ name: 'area', title: title('居委'), from: 'p.area' }],
    count: { name: 'persons', title: title('人数') },
    purposes: ['community-care'],
  },
};

describe('a theme', () => {
  it('is drawn, and says whom to ask; it is not published before the supplier has granted', async () => {
    const made = await send('planner', 'POST', '', { id: 'persons', ...persons });
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({
      level: 'L3',
      needs: [{ grant: 'theme.persons__p', resource: 'register.person', owner: 'civil-affairs', state: 'requested' }],
    });
    const refused = await send('planner', 'POST', '/persons/publish');
    expect(refused.json()).toMatchObject({ code: 'THEME_FAULTY', fields: [{ pointer: '/inputs/0', rule: 'granted' }] });
    expect((await read('persons')).version).toBe(0);
  });

  it('is asked for as a case like every need, approved by the supplier, and published', async () => {
    const asked = await call(house, {
      method: 'POST',
      url: '/api/catalog/grants',
      body: { taker: 'theme', name: 'persons__p', reason: '建设走访专题' },
      cookie: 'sid=planner',
    });
    expect(asked.statusCode, asked.body).toBe(201);
    expect((await decide('approve', 'theme.persons__p')).statusCode).toBe(200);
    const published = await send('planner', 'POST', '/persons/publish');
    expect(published.statusCode, published.body).toBe(200);
    expect(published.json()).toMatchObject({
      state: 'published',
      version: 1,
      level: 'L3',
      purposes: ['community-care'],
    });
    const item = await call(house, { url: '/api/catalog/items/theme.persons', cookie: 'sid=planner' });
    expect(item.json()).toMatchObject({
      level: 'L3',
      owner: 'planning',
      scope: { by: 'area', field: 'quarter' },
      fields: [{ name: 'pid' }, { name: 'name' }, { name: 'quarter' }],
    });
  });

  it('is read for its purposes only, and closes with any of its inputs', async () => {
    expect((await rows('community-care')).length).toBeGreaterThanOrEqual(15);
    await expect(rows()).rejects.toThrow('PURPOSE_REQUIRED');
    await expect(rows('emergency')).rejects.toThrow('PURPOSE_NOT_ALLOWED');
    expect((await decide('revoke', 'theme.persons__p')).statusCode).toBe(200);
    await expect(rows('community-care')).rejects.toThrow('GRANT_EXPIRED');
    expect((await decide('approve', 'theme.persons__p')).statusCode).toBe(200);
  });

  it('closes when its supplier gives less than it uses, until it is published anew', async () => {
    const narrow = (body: object) =>
      call(house, {
        method: 'POST',
        url: '/api/catalog/grants/theme.persons__p/approve',
        body: { reason: '收窄', ...body },
        cookie: 'sid=officer',
      });
    expect((await narrow({ fields: ['pid', 'area'] })).statusCode).toBe(200);
    await expect(rows('community-care')).rejects.toThrow('GRANT_EXPIRED');
    expect((await send('planner', 'POST', '/persons/publish')).json()).toMatchObject({ code: 'THEME_FAULTY' });
    const one = [{ field: 'area', in: ['310101013001'] }];
    expect((await narrow({ fields: ['pid', 'name', 'area'], rowFilter: one })).statusCode).toBe(200);
    await expect(rows('community-care')).rejects.toThrow('GRANT_EXPIRED');
    expect((await send('planner', 'POST', '/persons/publish')).statusCode).toBe(200);
    const limited = await rows('community-care');
    expect((await narrow({ rowFilter: [] })).statusCode).toBe(200);
    expect((await send('planner', 'POST', '/persons/publish')).statusCode).toBe(200);
    expect((await rows('community-care')).length).toBeGreaterThan(limited.length);
  });

  it('shows its steward a masked sample, and writes down who was looked at', async () => {
    expect((await send('officer', 'GET', '/persons/sample', undefined, 'community-care')).statusCode).toBe(404);
    const sample = await send('planner', 'GET', '/persons/sample', undefined, 'community-care');
    expect(sample.statusCode, sample.body).toBe(200);
    expect(sample.json().rows).toHaveLength(10);
    for (const row of sample.json().rows) for (const value of row) expect(value).toMatch(/^.＊＊$/);
    const [access] = await house.services.database.tx(
      { module: 'audit', actor: { ...people.centre, post: 'security-auditor' } },
      (db) =>
        db.rows(
          sql`select purpose, subjects, level from audit.access where route = 'GET /api/theme/themes/:id/sample' and outcome = 'read'`,
        ),
    );
    expect(access).toEqual({ purpose: 'community-care', subjects: 10, level: 'L3' });
  });

  it('belongs to its steward: to others it does not exist for writing', async () => {
    expect((await send('officer', 'POST', '/persons/publish')).statusCode).toBe(404);
    expect((await send('officer', 'PUT', '/persons', persons)).statusCode).toBe(404);
    expect((await send('planner', 'POST', '', { id: 'persons', ...persons })).json()).toMatchObject({
      code: 'THEME_EXISTS',
    });
  });
});

const indexed = {
  title: title('来访人居所'),
  field: 'elder-care',
  definition: {
    kind: 'index',
    inputs: [{ as: 'p', resource: 'register.person', rows: [{ field: 'kind', in: ['visitor'] }] }],
    joins: [],
    columns: [
      { name: 'pid', title: title('标识'), from: 'p.pid' },
      { name: 'area', title: title('居委'), from: 'p.area' },
    ],
    index: [{ name: 'building', title: title('房屋'), from: 'p.phone', base: 'building' }],
    key: 'pid',
    purposes: ['community-care'],
  },
};

describe('an indexed theme', () => {
  const index = async (path: string) => {
    const reply = await send('planner', 'POST', `/indexed${path}`);
    expect(reply.statusCode, reply.body).toBe(200);
    await house.runtime.worker.drain();
    return read('indexed');
  };
  const shown = () =>
    house.services.database.tx({ module: 'theme', actor: { ...people.planner, purpose: 'community-care' } }, (db) =>
      db.rows<{ pid: string; building: string }>(
        sql`select t.row ->> 'pid' as pid, t.row ->> 'building' as building from share.theme_rows('indexed', 100) as t(row) order by 1`,
      ),
    );
  const remainder = async () =>
    (await send('planner', 'GET', '/indexed/remainder', undefined, 'community-care')).json();

  it('gives its rows base keys, and keeps those that have none in a list', async () => {
    await asOwner(
      house,
      `insert into register.person (pid, name, phone, area, kind)
       select 'v' || lpad(i::text, 2, '0'), '访客' || i, case when i = 40 then null else '1380000' || lpad((i * 10)::text, 4, '0') end, '310101013001', 'visitor' from generate_series(1, 40) i`,
    );
    const made = await send('planner', 'POST', '', { id: 'indexed', ...indexed });
    expect(made.statusCode, made.body).toBe(201);
    expect((await decide('approve', 'theme.indexed__p')).statusCode).toBe(200);
    const published = await index('/publish');
    expect(published).toMatchObject({ state: 'published', level: 'L3', runs: [{ outcome: 'refreshed', rows: 39 }] });
    expect(published.runs[0]?.remainder).toBe(0.025);
    expect(published.lineage).toContainEqual(
      expect.objectContaining({ column: 'building', part: 'value', resource: 'register.person', field: 'phone' }),
    );
    expect((await shown())[0]).toEqual({ pid: 'v01', building: 'B13800000010' });
    expect(await remainder()).toMatchObject({ total: 1, rows: [{ key: 'v40', name: 'building', reason: 'empty' }] });
    expect((await send('officer', 'GET', '/indexed/remainder')).statusCode).toBe(404);
    // The key of these rows names persons: for what is asked, and whom the list named is written down.
    expect((await send('planner', 'GET', '/indexed/remainder')).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    const [access] = await house.services.database.tx(
      { module: 'audit', actor: { ...people.centre, post: 'security-auditor' } },
      (db) =>
        db.rows(sql`select purpose, subjects from audit.access where route like '%/remainder' and outcome = 'read'`),
    );
    expect(access).toEqual({ purpose: 'community-care', subjects: 1 });
  });

  it('stops when more than one row in twenty has no base key: the last rows stay, the list says which', async () => {
    await asOwner(house, `update register.person set phone = '13800000007' where pid in ('v01', 'v02')`);
    const stopped = await index('/refresh');
    expect(stopped).toMatchObject({ state: 'stopped', runs: [{ outcome: 'stopped', remainder: 0.075 }, {}] });
    expect(stopped.problem?.zh).toContain('7.5 %');
    expect(await shown()).toHaveLength(39);
    expect(await remainder()).toMatchObject({
      total: 3,
      rows: [{ key: 'v40' }, { key: 'v01', reason: 'not-found' }, {}],
    });
    await asOwner(house, `update register.person set phone = '13800000020' where pid in ('v01', 'v02')`);
    expect((await index('/refresh')).state).toBe('published');
    expect((await remainder()).total).toBe(1);
  });

  it('names what a base key is found by, of its first input, by the key of its rows', async () => {
    const wrong = { ...indexed.definition, index: undefined, key: 'area' };
    const drawn = await send('planner', 'PUT', '/indexed', { ...indexed, definition: wrong });
    expect(drawn.json().faults).toMatchObject([{ pointer: '/index', rule: 'index' }]);
    const other = { ...indexed.definition, key: 'area' };
    const keyed = await send('planner', 'PUT', '/indexed', { ...indexed, definition: other });
    expect(keyed.json().faults).toMatchObject([{ pointer: '/key', rule: 'index' }]);
    expect((await send('planner', 'PUT', '/indexed', indexed)).json().faults).toEqual([]);
  });

  it('stands on the placement board with tier, size, cost and keeping', async () => {
    const board = (await call(house, { url: '/api/theme/placements', cookie: 'sid=planner' })).json();
    const found = board.placements.find(({ id }: { id: string }) => id === 'indexed');
    expect(found).toMatchObject({
      kind: 'theme',
      tier: 'hot',
      structure: 'row',
      rows: 39,
      wanted: 'warm',
      held: false,
    });
    expect(found.bytes).toBeGreaterThan(0);
    expect(found.cost).toBeCloseTo((1.2 * found.bytes) / 1e9, 12);
    expect(board.placements.find(({ id }: { id: string }) => id === 'persons')).toMatchObject({
      tier: 'none',
      bytes: 0,
      cost: 0,
    });
  });
});

describe('the night', () => {
  it('reads every published theme once a day', async () => {
    const runs = async () => (await read('persons')).runs.length;
    const before = await runs();
    await refreshNightly(house.services);
    expect(await runs()).toBe(before);
    await moveClock(house, 30 * 3600);
    // The timer that the manifest declares, as the worker fires it.
    const timer = theme.timers?.find(({ name }) => name === 'refresh-themes');
    await timer?.run({ services: house.services });
    await timer?.run({ services: house.services });
    expect(await runs()).toBe(before + 1);
    await house.runtime.worker.drain();
    expect((await read('indexed')).runs.length).toBe(4);
    await moveClock(house, 0);
  });
});

describe('a counted theme', () => {
  it('is internal, keeps its rows, and has no cell with fewer than ten persons', async () => {
    expect((await send('planner', 'POST', '', { id: 'counted', ...counted })).statusCode).toBe(201);
    await decide('approve', 'theme.counted__p');
    const published = await send('planner', 'POST', '/counted/publish');
    expect(published.json(), published.body).toMatchObject({
      level: 'L2',
      placement: { structure: 'columnar', tier: 'warm' },
    });
    const sample = (await send('planner', 'GET', '/counted/sample', undefined, 'community-care')).json();
    const cells = sample.rows.map(([area, n]: [string, string]) => [area, Number(n)]);
    expect(cells.some(([area]: [string]) => area === '310101013001')).toBe(true);
    for (const [, n] of cells) expect(n).toBeGreaterThanOrEqual(10);
  });

  it('keeps its last rows when a source loses a field, and says which column came from it', async () => {
    await asOwner(house, `delete from catalog.field where resource = 'register.person' and name = 'area'`);
    const refreshed = await send('planner', 'POST', '/counted/refresh');
    expect(refreshed.json()).toMatchObject({
      state: 'stopped',
      runs: [{ outcome: 'stopped' }, { outcome: 'refreshed' }],
    });
    expect(refreshed.json().problem.zh).toContain('area ← p.area');
    expect(
      (await send('planner', 'GET', '/counted/sample', undefined, 'community-care')).json().rows.length,
    ).toBeGreaterThan(0);
  });
});
