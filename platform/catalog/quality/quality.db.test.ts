import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { asOwner, moveClock, openCatalogHouse, people, type Who } from '../fixtures/house.ts';
import { measureAll, measureDaily } from './measure.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCatalogHouse();
}, 300_000);
afterAll(() => house?.close());

const post = (who: Who, path: string, body: unknown = {}) =>
  call(house, { method: 'POST', url: `/api/catalog${path}`, body, cookie: `sid=${who}` });
const get = (who: Who, path: string) => call(house, { url: `/api/catalog${path}`, cookie: `sid=${who}` });
const show = async (resource: string, who: Who = 'officer') => (await get(who, `/quality/${resource}`)).json();
const failing = async (resource: string) => {
  const { quality } = await show(resource);
  return quality.failing.map(
    (r: { id: string; failed: number; checked: number }) => `${r.id} ${r.failed}/${r.checked}`,
  );
};

describe('the measurement', () => {
  it('counts what the schema asks for, in one scan, and gives no row to anybody', async () => {
    expect(await measureAll(house.services)).toBeGreaterThanOrEqual(2);
    const { quality, rules } = await show('register.person');
    expect(quality).toMatchObject({ rows: 5, sampled: false, owner: 'civil-affairs' });
    expect(rules.map((rule: { id: string }) => rule.id)).toContain('schema:required:name');
    expect(await failing('register.person')).toEqual([]);
    expect(quality.score).toBe(100);
    expect(JSON.stringify(quality) + JSON.stringify(rules)).not.toMatch(/甲|138000/);
  });

  it('finds what is empty, out of its list, out of range, doubled, badly formed or against another field', async () => {
    await asOwner(
      house,
      `insert into register.person values ('p6', '', '12', '310101013001', 'ghost'), ('p7', '庚', '13800000001', '310101013001', 'owner')`,
    );
    const rules = [
      { kind: 'pattern', field: 'phone', pattern: '^1[0-9]{10}$' },
      { kind: 'enum', field: 'kind', values: ['owner', 'tenant'] },
      { kind: 'unique', field: 'phone' },
      { kind: 'range', field: 'phone', of: 'number', min: '13000000000' },
      { kind: 'compare', field: 'pid', op: '<>', other: 'kind' },
      { kind: 'required', field: 'phone' },
      { kind: 'reference', field: 'area', list: 'register.street' },
    ];
    for (const check of rules)
      expect((await post('officer', '/quality/register.person/rules', { check, why: '走访需要' })).statusCode).toBe(
        201,
      );
    const measured = await post('officer', '/quality/register.person/measure');
    expect(measured.statusCode, measured.body).toBe(200);
    const { rules: counted } = await show('register.person');
    const steward = counted.filter((rule: { by: string }) => rule.by === 'steward');
    expect(steward.map((r: { failed: number; checked: number }) => `${r.failed}/${r.checked}`)).toEqual([
      '1/6',
      '1/7',
      '1/6',
      '1/6',
      '0/7',
      '1/7',
      '7/7',
    ]);
    expect(steward[0].words).toEqual({
      zh: '“联系电话”须符合格式 ^1[0-9]{10}$',
      en: '“Phone” must have the form ^1[0-9]{10}$',
    });
    expect(await failing('register.person')).toContain('schema:required:name 1/7');
    await asOwner(house, `delete from register.person where pid in ('p6', 'p7')`);
  });

  it('takes a sample of a large table and says so; a key that an index keeps unique needs no counting', async () => {
    const measured = await house.services.database.tx(
      { module: 'catalog', actor: systemActor({ name: 'test' }) },
      async (db) => {
        await db.run(sql`select 1`);
        return db.one<{ m: { rows: number; sampled: boolean; counts: number[] } }>(
          sql`select share.measure('register.person', '[{"kind":"unique","field":"pid"}]', 1) as m`,
        );
      },
    );
    expect(measured.m.sampled).toBe(true);
    expect(measured.m.counts[1]).toBe(0);
  });
});

describe('rules of stewards', () => {
  it('are added and retired by the unit that answers for the data, by nobody else', async () => {
    const body = { check: { kind: 'required', field: 'phone' }, why: '必填' };
    expect((await post('planner', '/quality/register.person/rules', body)).statusCode).toBe(404);
    // Not even by the unit that runs the catalogue: a rule that counts is a question to the rows.
    expect((await post('centre', '/quality/register.person/rules', body)).statusCode).toBe(404);
    expect((await post('clerk', '/quality/register.person/rules', body)).statusCode).toBe(403);
    const added = await post('officer', '/quality/register.person/rules', body);
    const { id } = added.json();
    expect((await post('planner', `/quality/rules/${id}/retire`)).statusCode).toBe(404);
    expect((await post('officer', `/quality/rules/${id}/retire`)).statusCode).toBe(200);
    expect((await post('officer', `/quality/rules/${id}/retire`)).statusCode).toBe(404);
  });

  it.each([
    [{ kind: 'pattern', field: 'phone', pattern: '(' }, '/check/pattern'],
    [{ kind: 'pattern', field: 'phone', pattern: '(a)\\1' }, '/check/pattern'],
    [{ kind: 'required', field: 'salary' }, '/check/field'],
    [{ kind: 'range', field: 'phone', of: 'number' }, '/check/min'],
    [{ kind: 'range', field: 'phone', of: 'number', min: "0'; drop table register.person; --" }, '/check/min'],
    [{ kind: 'compare', field: 'pid', op: '<', other: 'salary' }, '/check/other'],
    [{ kind: 'reference', field: 'area', list: 'register.person' }, '/check/list'],
  ])('are refused at their place where they cannot be counted: %j', async (check, pointer) => {
    const reply = await post('officer', '/quality/register.person/rules', { check, why: '试一试' });
    expect(reply.json()).toMatchObject({ status: 400, fields: [{ pointer }] });
  });

  it('hold no SQL: whatever stands in a value is a value', async () => {
    const evil = `x') or true; drop table register.person; --`;
    const check = { kind: 'enum', field: 'kind', values: [evil] };
    const added = await post('officer', '/quality/register.person/rules', { check, why: '试一试' });
    expect(added.statusCode).toBe(201);
    await post('officer', '/quality/register.person/measure');
    expect(await failing('register.person')).toContain(`${added.json().id} 5/5`);
    await post('officer', `/quality/rules/${added.json().id}/retire`);
  });
});

describe('quality below the least', () => {
  it('stops a new agreement with the rule and the figure; what is in force stays and can be narrowed', async () => {
    await asOwner(house, 'insert into register.street select distinct area, area from register.person');
    await post('officer', '/quality/register.person/measure');
    const ask = await post('clerk', '/grants', { taker: 'desk', name: 'resident', reason: '走访' });
    expect(ask.statusCode, ask.body).toBe(201);
    const given = await post('officer', '/grants/desk.resident/approve', { reason: '走访需要' });
    expect(given.statusCode, given.body).toBe(200);
    const check = { kind: 'enum', field: 'kind', values: ['nobody'] };
    for (const dimension of ['normative', 'complete', 'accurate', 'consistent'])
      for (let n = 0; n < 4; n++)
        await post('officer', '/quality/register.person/rules', { check, dimension, why: '试一试' });
    const { score } = (await post('officer', '/quality/register.person/measure')).json();
    expect(score).toBeLessThan(80);
    const narrower = { reason: '收窄', fields: ['pid', 'name'] };
    expect((await post('officer', '/grants/desk.resident/approve', narrower)).statusCode).toBe(200);
    await post('officer', '/grants/desk.resident/revoke', { reason: '重新办理' });
    const refused = await post('officer', '/grants/desk.resident/approve', { reason: '再给' });
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'QUALITY_TOO_LOW',
      rule: 'catalog.quality.minimum',
      score,
      minimum: 80,
    });
  });

  it('puts the resource on top of the board, with the unit that answers for it and no person', async () => {
    const { items, minimum, minimumVerified } = (await get('clerk', '/quality')).json();
    expect(minimum).toBe(80);
    expect(minimumVerified).toBe(false);
    expect(items[0]).toMatchObject({ resource: 'register.person', owner: 'civil-affairs' });
    expect(JSON.stringify(items)).not.toContain(people.officer.name);
    expect((await get('citizen', '/quality')).statusCode).toBe(403);
  });
});

describe('access', () => {
  it('counts the views that their takers can open', async () => {
    await post('planner', '/grants/desk.street/approve', { reason: '显示名称' });
    await measureAll(house.services);
    const views = async () =>
      (await show('register.street')).rules.find((rule: { id: string }) => rule.id === 'access:views');
    expect(await views()).toMatchObject({ checked: 1, failed: 0 });
    await asOwner(house, 'revoke select on share.desk__street from desk_app');
    await measureAll(house.services);
    expect(await views()).toMatchObject({ checked: 1, failed: 1 });
  });
});

describe('by day', () => {
  it('is a trend by day: one result a day, the last one of it', async () => {
    await moveClock(house, 86_400);
    await measureAll(house.services);
    await measureAll(house.services);
    expect((await show('register.person')).trend).toHaveLength(2);
    await moveClock(house, 0);
  });

  it('is queued once a day, and not again where today is measured', async () => {
    const jobs = async () =>
      house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
        db.rows(sql`select key from kernel.job where module = 'catalog' and name = 'measure-quality'`),
      );
    const before = (await jobs()).length;
    await measureDaily.run({ services: house.services });
    expect(await jobs()).toHaveLength(before);
    await moveClock(house, 3 * 86_400);
    await measureDaily.run({ services: house.services });
    await measureDaily.run({ services: house.services });
    expect(await jobs()).toHaveLength(before + 1);
    await moveClock(house, 0);
  });
});
