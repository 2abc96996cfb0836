import { statSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openControl, sendStatement, type Control } from '#platform/kernel/control.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import type { TypedStatement } from '#platform/kernel/typed-statement.ts';
import { openCatalogHouse, people } from './fixtures/house.ts';

let house: TestHouse;
let control: Control | undefined;
beforeAll(async () => {
  house = await openCatalogHouse();
  control = await openControl(house.services);
}, 180_000);
afterAll(async () => {
  await control?.close();
  await house?.close();
});

const send = (statement: string, rest: Partial<TypedStatement> = {}) =>
  sendStatement(control?.path ?? '', {
    module: 'desk',
    statement,
    operator: 'tester',
    purpose: 'community-care',
    area: '310101013',
    ...rest,
  });
const decide = (act: string) =>
  call(house, {
    method: 'POST',
    url: `/api/catalog/grants/desk.resident/${act}`,
    body: { reason: '手工查询测试' },
    cookie: 'sid=officer',
  });

it('a hand-typed query gets what the module gets: rows by grant, PostgreSQL’s own refusal after withdrawal', async () => {
  await decide('approve');
  expect(await send('select pid, name from share.desk__resident order by pid;')).toEqual({
    ok: true,
    columns: ['pid', 'name'],
    rows: [
      ['p1', '甲'],
      ['p2', '乙'],
      ['p3', '丙'],
    ],
    more: false,
  });
  expect(await send('select count(*) from share.desk__resident', { area: undefined })).toMatchObject({ rows: [['0']] });
  expect(await send('select count(*) from share.desk__resident_all', { district: true })).toMatchObject({
    rows: [['5']],
  });
  expect(await send('select 1 from share.desk__resident', { purpose: undefined })).toMatchObject({
    ok: false,
    code: 'SD001',
  });
  await decide('revoke');
  expect(await send('select * from share.desk__resident')).toEqual({
    ok: false,
    code: '42501',
    message: 'permission denied for view desk__resident',
    explained: { zh: '「样例人口」的共享授权已被撤回', en: 'The grant for “Sample persons” was withdrawn' },
  });
});

it('cannot leave the module that was named', async () => {
  for (const statement of [
    "select set_config('role', 'catalog_app', true)",
    'set role catalog_app',
    'reset role',
    'commit',
  ]) {
    expect(await send(statement)).toMatchObject({ ok: false, code: 'ONE_STATEMENT' });
  }
  expect(await send('select 1; select 2')).toMatchObject({ ok: false, code: '42601' });
  expect(await send('select * from catalog.grant')).toMatchObject({
    ok: false,
    message: 'permission denied for table grant',
  });
  expect(await send('select 1', { module: 'no-such' })).toMatchObject({ ok: false, code: 'NO_MODULE' });
});

it('writes under the module’s role, and shows a thousand rows at most', async () => {
  expect(await send("insert into desk.note values (1, '记录')")).toEqual({ ok: true, changed: 1 });
  expect(await send('select generate_series(1, 5000) as n')).toMatchObject({
    ok: true,
    more: true,
    rows: expect.objectContaining({ length: 1000 }),
  });
});

it('stands in the audit with statement, purpose and outcome', async () => {
  const rows = await house.services.database.tx({ module: 'audit', actor: people.centre }, (db) =>
    db.rows(
      sql`select outcome, code, purpose, module, statement from audit.access where account = 'operator:tester' and statement like '%desk__resident%' and purpose is not null order by id`,
    ),
  );
  expect(rows.at(-1)).toEqual({
    outcome: 'refused',
    code: '42501',
    purpose: 'community-care',
    module: 'desk',
    statement: 'select * from share.desk__resident',
  });
  expect(rows[0]).toMatchObject({ outcome: 'read', code: null });
});

it('only the server’s own account may open the socket; a second server leaves it alone', async () => {
  expect(statSync(control?.path ?? '').mode & 0o777).toBe(0o600);
  expect(await openControl(house.services)).toBeUndefined();
  expect(
    await sendStatement(`${control?.path}.none`, { module: 'desk', statement: 'select 1', operator: 'x' }),
  ).toBeUndefined();
});
