import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { asOwner, moveClock, openCatalogHouse, type Who } from '../fixtures/house.ts';
import type { Content } from './content.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCatalogHouse();
}, 300_000);
afterAll(() => house?.close());

const send = (who: Who, path: string, body: unknown = {}, method: 'POST' | 'PUT' = 'POST') =>
  call(house, { method, url: `/api/catalog${path}`, body, cookie: `sid=${who}` });
const get = (path: string, who?: Who) => call(house, { url: path, cookie: who && `sid=${who}` });
const setNow = (moment: string) => moveClock(house, (Date.parse(`${moment}+08:00`) - Date.now()) / 1000);
async function tick(): Promise<void> {
  await fireClocks(house.services);
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
}
let count = 0;
const content = (change: Partial<Content> = {}): Content => ({
  title: { zh: `低保台账${++count}`, en: `Allowances ${count}` },
  summary: { zh: '本区低保对象与金额', en: '' },
  class: '303999',
  system: '社会救助系统',
  providerCode: '',
  format: 'database',
  items: [
    { name: '救助证号', type: 'string' },
    { name: '发放金额', type: 'number' },
  ],
  level: 'L2',
  sharing: 'conditional',
  sharingCondition: '依法履职需要',
  sharingMethod: 'platform',
  opening: 'conditional',
  openingCondition: '仅统计结果',
  updates: 'monthly',
  related: [],
  ...change,
});
async function draft(change: Partial<Content> = {}, who: Who = 'officer'): Promise<string> {
  const made = await send(who, '/entries', content(change));
  expect(made.statusCode, made.body).toBe(201);
  return made.json().id;
}
async function publish(change: Partial<Content> = {}): Promise<string> {
  const id = await draft(change);
  await send('officer', `/entries/${id}/submit`);
  const passed = await send('centre', `/entries/${id}/review`, { decision: 'pass' });
  expect(passed.statusCode, passed.body).toBe(200);
  return id;
}
const show = async (id: string, who?: Who) => (await get(`/api/catalog/entries/${id}`, who)).json();
const found = async (q: string): Promise<string[]> =>
  (await get(`/api/catalog/items?q=${encodeURIComponent(q)}`)).json().items.map((item: { id: string }) => item.id);

describe('the life of an item', () => {
  it('goes from draft over a review by another person to published, with a code that is given once', async () => {
    await setNow('2026-11-02T10:00:00');
    const id = await draft();
    expect((await get(`/api/catalog/entries/${id}`)).statusCode).toBe(404);
    expect((await get(`/api/catalog/entries/${id}`, 'planner')).statusCode).toBe(404);
    expect((await send('centre', `/entries/${id}/review`, { decision: 'pass' })).json()).toMatchObject({
      code: 'ENTRY_NOT_OPEN',
    });
    const submitted = await send('officer', `/entries/${id}/submit`);
    expect(submitted.json().proposal.clock).toMatchObject({ amount: 2, unit: 'working-day', state: 'running' });
    expect((await send('officer', `/entries/${id}`, content(), 'PUT')).json()).toMatchObject({
      code: 'ENTRY_NOT_OPEN',
    });
    for (const who of ['officer', 'planner', 'colleague'] as const)
      expect((await send(who, `/entries/${id}/review`, { decision: 'pass' })).statusCode, who).toBe(404);
    const back = await send('head', `/entries/${id}/review`, { decision: 'return', reason: '请补充摘要' });
    expect(back.json()).toMatchObject({ state: 'draft', proposal: { returnedReason: '请补充摘要', clock: null } });
    await send('officer', `/entries/${id}/submit`);
    const passed = await send('centre', `/entries/${id}/review`, { decision: 'pass' });
    expect(passed.json()).toMatchObject({ state: 'published', version: 1, proposal: null });
    expect(passed.json().code).toMatch(/^303999\/[0-9]{6}$/);
    expect(await show(id)).toMatchObject({ state: 'published', steps: [], proposal: null });
    expect((await show(id, 'officer')).steps.map(({ step }: { step: string }) => step)).toEqual([
      'published',
      'submitted',
      'returned',
      'submitted',
      'drafted',
    ]);
  });

  it('nobody reviews what they proposed, whatever their unit', async () => {
    const id = await draft({}, 'centre');
    await send('centre', `/entries/${id}/submit`);
    expect((await send('centre', `/entries/${id}/review`, { decision: 'pass' })).json()).toMatchObject({
      code: 'OWN_PROPOSAL',
    });
    expect((await send('centreOwn', `/entries/${id}/review`, { decision: 'pass' })).statusCode).toBe(200);
  });

  it('a revision leaves what is in force until it is reviewed, keeps the code, and cannot move to another class', async () => {
    const id = await publish({ title: { zh: '旧名称台账', en: '' } });
    const { code, content: inForce } = await show(id);
    const other = await send('officer', `/entries/${id}`, { ...inForce, class: '101001' }, 'PUT');
    expect(other.json()).toMatchObject({ status: 400, fields: [{ pointer: '/class', rule: 'fixed' }] });
    await send('officer', `/entries/${id}`, { ...inForce, title: { zh: '新名称台账', en: '' } }, 'PUT');
    expect((await show(id)).content.title.zh).toBe('旧名称台账');
    await send('officer', `/entries/${id}/submit`);
    await send('centre', `/entries/${id}/review`, { decision: 'pass' });
    expect(await show(id)).toMatchObject({ code, version: 2, content: { title: { zh: '新名称台账' } } });
    expect(await found('新名称台账')).toContain(id);
  });

  it('is withdrawn by two as well, and is then found no more', async () => {
    const id = await publish({ title: { zh: '待撤销台账', en: '' } });
    expect(await found('待撤销台账')).toContain(id);
    expect((await send('planner', `/entries/${id}/withdraw`, { reason: '系统下线' })).statusCode).toBe(404);
    await send('officer', `/entries/${id}/withdraw`, { reason: '系统下线' });
    expect(await found('待撤销台账')).toContain(id);
    await send('centre', `/entries/${id}/review`, { decision: 'pass' });
    expect((await get(`/api/catalog/entries/${id}`)).statusCode).toBe(404);
    expect(await found('待撤销台账')).not.toContain(id);
    expect((await get('/catalog.jsonld')).body).not.toContain(id);
  });

  it('what is late is on record: a review after two working days, a change after ten', async () => {
    await setNow('2026-11-02T10:00:00');
    const late = await draft();
    await send('officer', `/entries/${late}/submit`);
    const changed = await publish();
    const told = await send('officer', `/entries/${changed}/change`, { on: '2026-11-02', note: '增加信息项' });
    expect(told.json().change.clock).toMatchObject({ amount: 10, unit: 'working-day' });
    expect(
      (await send('officer', `/entries/${changed}/change`, { on: '2026-11-02', note: '又变' })).json(),
    ).toMatchObject({
      code: 'ENTRY_NOT_OPEN',
    });
    await setNow('2026-11-05T10:00:00');
    await tick();
    expect((await show(late, 'officer')).steps[0]).toMatchObject({ step: 'review-late' });
    await setNow('2026-11-17T10:00:00');
    await tick();
    expect((await show(changed, 'officer')).steps[0]).toMatchObject({ step: 'change-late' });
    const { content: inForce } = await show(changed);
    await send('officer', `/entries/${changed}`, inForce, 'PUT');
    await send('officer', `/entries/${changed}/submit`);
    await send('centre', `/entries/${changed}/review`, { decision: 'pass' });
    expect((await show(changed, 'officer')).change).toBeNull();
  });

  it('is refused with what is wrong at its place', async () => {
    const bad = await send(
      'officer',
      '/entries',
      content({ class: '303', sharing: 'none', sharingCondition: '', opening: 'closed' }),
    );
    expect(bad.json()).toMatchObject({
      status: 400,
      fields: [{ pointer: '/class' }, { pointer: '/sharingCondition' }],
    });
  });
});

describe('codes', () => {
  it('are given to resources of manifests as well, never twice, also when many are published at once', async () => {
    const { code } = (await get('/api/catalog/items/register.person')).json();
    expect(code).toMatch(/^201001\/[0-9]{6}$/);
    const ids = await Promise.all(Array.from({ length: 8 }, () => draft()));
    for (const id of ids) await send('officer', `/entries/${id}/submit`);
    const passed = await Promise.all(ids.map((id) => send('centre', `/entries/${id}/review`, { decision: 'pass' })));
    const codes = passed.map((reply) => reply.json().code);
    expect(new Set(codes).size).toBe(ids.length);
  });

  it('stand in the tree of classes with the number of items under each', async () => {
    const { classes } = (await get('/api/catalog/classes')).json();
    const of = (wanted: string) => classes.find(({ code }: { code: string }) => code === wanted);
    expect(of('3').items).toBeGreaterThan(8);
    expect(of('303').parent).toBe('3');
  });
});

describe('an item of a system elsewhere', () => {
  it('is found with the rest by name, field, system and code, and stands in the DCAT export', async () => {
    const id = await publish({ title: { zh: '残疾人证台账', en: 'Disability cards' }, system: '助残服务系统' });
    const { code } = await show(id);
    for (const q of ['残疾人证', '助残服务系统', '救助证号', code]) expect(await found(q), q).toContain(id);
    const items = (await get('/api/catalog/items?q=%E6%AE%8B%E7%96%BE%E4%BA%BA%E8%AF%81')).json().items;
    expect(items[0]).toMatchObject({ id, kind: 'entry', code, owner: 'civil-affairs' });
    const dcat = (await get('/catalog.jsonld')).json();
    expect(JSON.stringify(dcat)).toContain(`/data/entries/${id}`);
  });
});

describe('the import of a register', () => {
  const upload = (who: Who, text: string, fileName = 'register.csv') =>
    call(house, {
      method: 'POST',
      url: `/api/catalog/entries/import?fileName=${encodeURIComponent(fileName)}`,
      body: text,
      cookie: `sid=${who}`,
      headers: { 'content-type': 'application/octet-stream' },
    });
  const HEAD =
    '资源名称,资源摘要,分类代码,所属系统,资源格式,信息项,数据级别,共享类型,共享条件,共享方式,开放类型,更新周期';
  const row = (name: string, change: [string, string] = ['', '']) =>
    `${name},摘要,303999,婚姻系统,数据库,证号:字符,L2,有条件共享,依法履职,共享平台,不开放,每月`.replace(...change);

  it('makes drafts of good rows and refuses the others by line and field', async () => {
    const text = [
      HEAD,
      row('婚姻登记台账'),
      row('婚姻登记台账'),
      row('甲', ['303999', '999999']),
      row('乙', ['每月', '有空就更新']),
    ].join('\n');
    const reply = await upload('officer', text);
    expect(reply.json(), reply.body).toMatchObject({
      accepted: 1,
      refused: [
        { row: 3, column: '资源名称', rule: 'unique' },
        { row: 4, column: '分类代码' },
        { row: 5, column: '更新周期' },
      ],
    });
    // The same file again brings nothing new.
    expect((await upload('officer', text)).json().accepted).toBe(0);
    const { entries } = (await get('/api/catalog/entries?show=work', 'officer')).json();
    expect(entries.map((e: { proposal: { content: Content } }) => e.proposal?.content?.title.zh)).toContain(
      '婚姻登记台账',
    );
  });

  it('refuses what is no register, and what is marked as classified', async () => {
    expect((await upload('officer', 'a,b\n1,2')).json()).toMatchObject({ code: 'REGISTER_UNREADABLE' });
    expect((await upload('officer', `${HEAD}\n${row('机密')}`)).json()).toMatchObject({ code: 'GOV-0801' });
    expect((await upload('clerk', HEAD)).statusCode).toBe(403);
  });
});

describe('the lists', () => {
  const negative = (change: object = {}) => ({
    list: 'negative',
    title: { zh: '案件侦查信息', en: 'Investigations' },
    reason: '涉及侦查秘密',
    article: '《上海市数据条例》第三十九条',
    validFrom: '2026-01-01',
    ...change,
  });

  it('the negative list is kept by the unit that runs the catalogue; each line has owner, reason, article and dates', async () => {
    expect((await send('officer', '/lists', negative())).statusCode).toBe(404);
    expect((await send('centre', '/lists', negative({ article: undefined }))).statusCode).toBe(400);
    const bad = await send('centre', '/lists', negative({ validTo: '2025-12-31', resource: 'nothing.here' }));
    expect(bad.json().fields.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/validTo', '/resource']);
    const made = await send('centre', '/lists', negative({ resource: 'register.street' }));
    expect(made.json()).toMatchObject({ unit: 'planning', state: 'in-force', validFrom: '2026-01-01' });
    const refused = await send('clerk', '/grants', { taker: 'desk', name: 'street', reason: '显示街道名称' });
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'ON_NEGATIVE_LIST',
      article: '《上海市数据条例》第三十九条',
    });
    expect((await send('planner', '/grants/desk.street/approve', { reason: '想给' })).json()).toMatchObject({
      code: 'ON_NEGATIVE_LIST',
    });
    expect((await send('planner', `/lists/${made.json().id}/end`, { reason: '不应列入' })).statusCode).toBe(404);
    expect((await send('centre', `/lists/${made.json().id}/end`, { reason: '已解密' })).json()).toMatchObject({
      state: 'ended',
    });
    expect((await send('clerk', '/grants', { taker: 'desk', name: 'street', reason: '显示街道名称' })).statusCode).toBe(
      201,
    );
  });

  it('a line whose days are over refuses nothing', async () => {
    await send('centre', '/lists', negative({ resource: 'register.person', validTo: '2026-01-31' }));
    const asked = await send('clerk', '/grants', { taker: 'desk', name: 'resident', reason: '走访' });
    expect(asked.statusCode, asked.body).toBe(201);
  });

  it('a duty is the unit’s own', async () => {
    const duty = negative({ list: 'duty', title: { zh: '婚姻登记', en: '' } });
    const made = await send('officer', '/lists', duty);
    expect(made.json()).toMatchObject({ unit: 'civil-affairs', list: 'duty', mayAct: true });
    expect((await send('planner', `/lists/${made.json().id}/end`, { reason: '划转' })).statusCode).toBe(404);
    expect((await send('officer', `/lists/${made.json().id}/end`, { reason: '划转' })).statusCode).toBe(200);
  });
});

describe('a need that no item serves', () => {
  const need = (title = '独居老人用水数据') => ({
    title: { zh: title, en: '' },
    unit: 'civil-affairs',
    reason: '冬季关爱',
  });

  it('is confirmed and catalogued by its owner within fifteen working days', async () => {
    await setNow('2026-11-02T10:00:00');
    const made = await send('clerk', '/demands', need());
    expect(made.json()).toMatchObject({ state: 'open', clock: { amount: 15, unit: 'working-day', state: 'running' } });
    const { id } = made.json();
    expect(
      (await send('planner', `/demands/${id}/answer`, { decision: 'catalogued', resource: 'register.person' }))
        .statusCode,
    ).toBe(404);
    const nothing = await send('officer', `/demands/${id}/answer`, { decision: 'catalogued' });
    expect(nothing.json()).toMatchObject({ status: 400 });
    const foreign = { decision: 'catalogued', resource: 'register.foreign' };
    expect((await send('officer', `/demands/${id}/answer`, foreign)).json()).toMatchObject({
      status: 400,
      fields: [{ pointer: '/resource' }],
    });
    const entry = await publish();
    const answered = await send('officer', `/demands/${id}/answer`, { decision: 'catalogued', entry });
    expect(answered.json()).toMatchObject({ state: 'catalogued', entry, clock: { state: 'ended' } });
    expect((await send('officer', `/demands/${id}/answer`, { decision: 'catalogued', entry })).json()).toMatchObject({
      code: 'ENTRY_NOT_OPEN',
    });
  });

  it('left unanswered it goes to the unit that runs the catalogue, and the delay stays the owner’s', async () => {
    await setNow('2026-11-02T10:00:00');
    const { id } = (await send('clerk', '/demands', need('食堂就餐数据'))).json();
    const refusal = { decision: 'refused', reason: '不掌握', article: '《上海市数据条例》第三十九条' };
    expect((await send('centre', `/demands/${id}/answer`, refusal)).statusCode).toBe(404);
    await setNow('2026-11-24T10:00:00');
    await tick();
    const { entries } = (await get('/api/catalog/lists?list=demand', 'centre')).json();
    expect(entries.find((line: { id: string }) => line.id === id)).toMatchObject({
      lateUnit: 'civil-affairs',
      mayAct: true,
      clock: { state: 'overdue' },
    });
    expect((await send('centre', `/demands/${id}/answer`, refusal)).json()).toMatchObject({
      state: 'refused',
      lateUnit: 'civil-affairs',
      article: refusal.article,
    });
  });

  it('for what stands on the negative list is refused at once, with the article', async () => {
    const entry = await publish();
    await send('centre', '/lists', {
      list: 'negative',
      title: { zh: '侦查记录', en: '' },
      unit: 'civil-affairs',
      reason: '侦查秘密',
      article: '《刑事诉讼法》',
      validFrom: '2026-01-01',
    });
    expect((await send('clerk', '/demands', need('侦查记录'))).json()).toMatchObject({
      code: 'ON_NEGATIVE_LIST',
      article: '《刑事诉讼法》',
    });
    await send('centre', '/lists', {
      list: 'negative',
      title: { zh: '某台账', en: '' },
      entry,
      reason: '秘密',
      article: '《保密法》',
      validFrom: '2026-01-01',
    });
    expect((await send('clerk', '/demands', { ...need('别的名字'), entry })).json()).toMatchObject({
      article: '《保密法》',
    });
  });
});

it('what depends on an item stands in one list: takers, report forms, lists', async () => {
  await send('officer', '/reports', {
    id: 'uses-1',
    no: '样1',
    title: { zh: '月报', en: 'Monthly' },
    authority: { zh: '上级', en: 'Above' },
    period: 'month',
    cells: [
      {
        code: 'A1',
        title: { zh: '人数', en: 'Persons' },
        measuredIn: { zh: '人', en: 'persons' },
        mapping: { resource: 'register.person', measure: 'count', filters: [] },
      },
    ],
  });
  const { uses } = (await get('/api/catalog/items/register.person')).json();
  expect(uses.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`)).toEqual(
    expect.arrayContaining(['taker desk.resident', 'report uses-1']),
  );
});

it('nothing in the register can be deleted or rewritten by its own role', async () => {
  await expect(asOwner(house, `set role catalog_app; delete from catalog.entry_step`)).rejects.toThrow(
    /permission denied/,
  );
  await asOwner(house, 'reset role').catch(() => undefined);
});
