import ExcelJs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { indicator } from '#platform/indicator/app.ts';
import { asOwner, openCatalogHouse, type Who } from '../fixtures/house.ts';
import type { PackView } from './pack-record.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCatalogHouse({ also: [indicator] });
}, 300_000);
afterAll(() => house?.close());

const send = (method: 'POST' | 'PUT', who: Who, path: string, body: unknown = {}) =>
  call(house, { method, url: `/api/catalog${path}`, body, cookie: `sid=${who}` });
const get = (who: Who, path: string) => call(house, { url: path, cookie: `sid=${who}` });
const text = (zh: string) => ({ zh, en: zh });
const cell = (code: string, mapping?: object, totalOf: string[] = []) => ({
  code,
  title: text(code),
  measuredIn: text('人'),
  totalOf,
  ...(mapping && { mapping }),
});
const count = (filters: object[] = [], resource = 'register.person') => ({ resource, measure: 'count', filters });
const kind = (value: string) => count([{ field: 'kind', op: 'in', values: [value] }]);

async function register(id: string, cells: object[], more: object = {}, who: Who = 'officer'): Promise<void> {
  const form = { id, no: id, title: text('报表'), authority: text('上级'), period: 'month', cells, ...more };
  const made = await send('POST', who, '/reports', form);
  expect(made.statusCode, made.body).toBe(201);
}
async function fill(form: string, period = '2026-10', who: Who = 'officer'): Promise<PackView> {
  const reply = await send('POST', who, `/reports/${form}/packs`, { period });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}
const numbers = ({ values }: PackView) => Object.fromEntries(values.map(({ code, value }) => [code, value]));

describe('a form', () => {
  it('fills itself from the unit’s own items: count, distinct, share, filters, with its source in words', async () => {
    await register('own-1', [
      cell('A1', count()),
      cell('A2', kind('owner')),
      cell('A3', { resource: 'register.person', measure: 'distinct', field: 'area', filters: [] }),
      cell('A4', {
        resource: 'register.person',
        measure: 'share',
        filters: [],
        of: [{ field: 'kind', op: 'in', values: ['tenant'] }],
      }),
      cell('A5', count([{ field: 'phone', op: 'empty' }])),
      cell('A6', { resource: 'register.person', measure: 'sum', field: 'phone', filters: kind('owner').filters }),
    ]);
    const pack = await fill('own-1');
    expect(numbers(pack)).toEqual({ A1: 5, A2: 3, A3: 4, A4: 40, A5: 1, A6: 41400000008 });
    expect(pack).toMatchObject({ state: 'filling', automatic: 6, mayFill: true, mayReview: false });
    expect(pack.values[1]).toMatchObject({
      origin: 'item',
      through: null,
      words: { zh: '“样例人口”中“居住类别”为owner的记录数' },
    });
  });

  it('gives no number of another unit’s item without a grant, and the granted rows of the own reach with one', async () => {
    await register('street-1', [cell('A1', count()), cell('A2', kind('owner'))], {}, 'streetOfficer');
    const without = await fill('street-1', '2026-10', 'streetOfficer');
    expect(without.values.map(({ value, problem }) => [value, problem])).toEqual([
      [null, 'not-granted'],
      [null, 'not-granted'],
    ]);
    await send('POST', 'streetOfficer', '/grants', { taker: 'desk', name: 'resident', reason: '填报月报' });
    const body = { reason: '填报需要', rowFilter: [{ field: 'kind', in: ['owner', 'tenant'] }] };
    expect((await send('POST', 'officer', '/grants/desk.resident/approve', body)).statusCode).toBe(200);
    const pack = await fill('street-1', '2026-10', 'streetOfficer');
    expect(numbers(pack)).toEqual({ A1: 3, A2: 2 });
    expect(pack.values[0]?.through).toBe('desk.resident');
    // A field that the grant does not give counts nothing.
    const narrower = {
      reason: '收窄',
      fields: ['pid', 'area'],
      withheld: [],
      rowFilter: [],
    };
    expect((await send('POST', 'officer', '/grants/desk.resident/approve', narrower)).statusCode).toBe(200);
    expect(numbers(await fill('street-1', '2026-10', 'streetOfficer'))).toEqual({ A1: 3, A2: null });
    await send('POST', 'officer', '/grants/desk.resident/revoke', { reason: '结束' });
    expect(numbers(await fill('street-1', '2026-10', 'streetOfficer'))).toEqual({ A1: null, A2: null });
  });

  it('is seen and filled by its own unit only, and overseen by the unit that runs the catalogue', async () => {
    expect((await get('planner', '/api/catalog/reports/own-1')).statusCode).toBe(404);
    expect((await send('POST', 'planner', '/reports/own-1/packs', { period: '2026-10' })).statusCode).toBe(404);
    expect((await send('POST', 'centre', '/reports/own-1/packs', { period: '2026-10' })).statusCode).toBe(404);
    const { id } = await fill('own-1');
    expect((await get('planner', `/api/catalog/packs/${id}`)).statusCode).toBe(404);
    expect((await get('planner', `/export/reports/${id}.csv`)).statusCode).toBe(404);
    expect((await get('centreOwn', `/api/catalog/packs/${id}`)).statusCode).toBe(200);
    expect((await send('POST', 'centre', `/packs/${id}/submit`)).statusCode).toBe(404);
    expect((await get('clerk', '/api/catalog/reports')).statusCode).toBe(403);
  });

  it('is not filled for a period that has not begun, nor for one of another kind', async () => {
    for (const period of ['2999-01', '2026-Q1', 'x'])
      expect((await send('POST', 'officer', '/reports/own-1/packs', { period })).json()).toMatchObject({
        fields: [{ pointer: '/period' }],
      });
  });

  it('holds no SQL: a filter’s value is a value, a field is looked up', async () => {
    const evil = `owner') or true; drop table register.person; --`;
    await register('evil-1', [
      cell('A1', kind(evil)),
      cell('A2', count([{ field: 'kind', op: 'from', values: [evil] }])),
    ]);
    expect(numbers(await fill('evil-1')).A1).toBe(0);
    const unknown = { mapping: count([{ field: 'kind"; --', op: 'filled' }]) };
    expect((await send('PUT', 'officer', '/reports/evil-1/cells/A1', unknown)).statusCode).toBe(400);
  });
});

describe('what no item has', () => {
  it('is typed with a reason; nothing is handed over before every cell has a number', async () => {
    await register('typed-1', [cell('A1', count()), cell('A2')]);
    const pack = await fill('typed-1');
    const early = await send('POST', 'officer', `/packs/${pack.id}/submit`);
    expect(early.json()).toMatchObject({ code: 'PACK_INCOMPLETE', fields: [{ pointer: '/cells/A2' }] });
    expect((await send('PUT', 'officer', `/packs/${pack.id}/cells/A2`, { value: 7 })).statusCode).toBe(400);
    const typed = await send('PUT', 'officer', `/packs/${pack.id}/cells/A2`, { value: 7, reason: '线下台账' });
    expect(typed.json().values[1]).toMatchObject({ origin: 'typed', value: 7, reason: '线下台账' });
    // Filling again keeps what only a person knows.
    expect(numbers(await fill('typed-1'))).toEqual({ A1: 5, A2: 7 });
  });

  it('is confirmed by two: not by who filled it in; then it is settled, and the next period shows the difference', async () => {
    const pack = await fill('typed-1');
    expect((await send('POST', 'officer', `/packs/${pack.id}/submit`)).statusCode).toBe(200);
    const confirm = (who: Who) => send('POST', who, `/packs/${pack.id}/review`, { decision: 'confirm' });
    expect((await confirm('officer')).json()).toMatchObject({ code: 'SAME_PERSON' });
    expect((await confirm('planner')).statusCode).toBe(404);
    const back = await send('POST', 'colleague', `/packs/${pack.id}/review`, { decision: 'return', reason: '请核对' });
    expect(back.json()).toMatchObject({ state: 'filling', returnedReason: '请核对' });
    await send('POST', 'officer', `/packs/${pack.id}/submit`);
    expect((await confirm('colleague')).json()).toMatchObject({ state: 'confirmed', reviewedName: '样例colleague' });
    for (const again of [
      await confirm('colleague'),
      await send('POST', 'officer', '/reports/typed-1/packs', { period: '2026-10' }),
      await send('PUT', 'officer', `/packs/${pack.id}/cells/A2`, { value: 8, reason: '改一改' }),
    ])
      expect(again.json()).toMatchObject({ code: 'PACK_NOT_OPEN' });
    const next = await fill('typed-1', '2026-11');
    expect(next.values.map(({ before }) => before)).toEqual([5, 7]);
  });

  it('the hours saved follow from confirmed automatic cells and a stated assumption', async () => {
    const { saved } = (await get('officer', '/api/catalog/reports')).json();
    expect(saved).toEqual({ cells: 1, minutesPerCell: 6, hours: 0.1, verified: false });
  });
});

describe('a published form about persons', () => {
  it('withholds small cells and what would give them back; its export holds no such number', async () => {
    await asOwner(
      house,
      `insert into register.person select 'q' || n, '样例', null, '310101013001', 'guest' from generate_series(1, 40) n`,
    );
    const cells = [
      cell('A1', count(), ['A2', 'A3', 'A4']),
      cell('A2', kind('owner')),
      cell('A3', kind('tenant')),
      cell('A4', kind('guest')),
    ];
    await register('open-1', cells, { published: true, subject: 'persons' });
    const pack = await fill('open-1');
    const withheld = pack.values.filter((value) => value.withheld).map(({ code }) => code);
    expect(withheld).toEqual(expect.arrayContaining(['A2', 'A3']));
    // Three and two are five together, which is too few as well.
    expect(withheld.length).toBeGreaterThan(2);
    const csv = (await get('officer', `/export/reports/${pack.id}.csv`)).body;
    expect(csv).toContain('"A2","A2","人","…"');
    await asOwner(house, `delete from register.person where pid like 'q%'`);
  });
});

describe('the export', () => {
  it('is CSV and XLSX with the source beside each number, and runs nothing in a spreadsheet', async () => {
    await register('sheet-1', [{ ...cell('A1', count()), title: { zh: '=1+1', en: 'x' } }]);
    const { id } = await fill('sheet-1');
    expect((await get('officer', `/export/reports/${id}.csv`)).body).toContain(`"A1","'=1+1","人","5"`);
    const xlsx = await get('officer', `/export/reports/${id}.xlsx`);
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(xlsx.rawPayload as unknown as ArrayBuffer);
    const row = book.worksheets[0]?.getRow(3);
    expect([row?.getCell(1).value, row?.getCell(2).value, row?.getCell(4).value]).toEqual(['A1', `'=1+1`, 5]);
    expect((await get('citizen', `/export/reports/${id}.xlsx`)).statusCode).toBe(403);
  });
});

describe('a change of an item', () => {
  const field = (change: string) =>
    asOwner(house, `update catalog.field set ${change} where resource = 'register.person' and name = 'kind'`);
  const state = async () =>
    (await get('officer', '/api/catalog/reports/own-1')).json().cells.find((c: { code: string }) => c.code === 'A2')
      .state;

  it('breaks the mapping visibly, gives no number until it is mapped anew, and leaves other cells alone', async () => {
    expect(await state()).toBe('ok');
    await field(`type = '{"type":"integer"}'`);
    expect(await state()).toBe('retyped');
    const pack = await fill('own-1', '2026-09');
    expect(pack.values.slice(0, 2).map(({ value, problem }) => [value, problem])).toEqual([
      [5, null],
      [null, 'retyped'],
    ]);
    const { forms } = (await get('officer', '/api/catalog/reports')).json();
    expect(forms.find((form: { id: string }) => form.id === 'own-1')).toMatchObject({ cells: 6, mapped: 3, broken: 3 });
    const mended = await send('PUT', 'officer', '/reports/own-1/cells/A2', { mapping: kind('owner') });
    expect(mended.json()).toMatchObject({ state: 'ok' });
    await field(`name = 'sort'`);
    expect(await state()).toBe('field-gone');
  });

  it('a form that names what this installation does not hold is kept and shows as broken', async () => {
    await register('gone-1', [cell('A1', count([], 'nothing.here'))]);
    const form = (await get('officer', '/api/catalog/reports/gone-1')).json();
    expect(form.cells[0]).toMatchObject({ state: 'item-gone' });
    expect((await fill('gone-1')).values[0]).toMatchObject({ value: null, problem: 'item-gone' });
  });
});

it('numbers are counted, rows are never given: the function returns three numbers and where they come through', async () => {
  const { counted } = await house.services.database.tx(
    { module: 'catalog', actor: systemActor({ name: 'test', unit: 'civil-affairs' }) },
    (db) =>
      db.one<{ counted: object }>(
        sql`select share.aggregate('register.person', ${json({ measure: 'count', filters: [] })}::text::jsonb) as counted`,
      ),
  );
  expect(Object.keys(counted).sort()).toEqual(['contributors', 'largest', 'through', 'value']);
});
