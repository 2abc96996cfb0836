import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openCatalogHouse, people, type Who } from '../fixtures/house.ts';
import { indexItems } from '../index-items.ts';
import { formFor } from './form-for-app.ts';
import type { Form } from './form-record.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCatalogHouse();
  await house.services.database.tx({ module: 'catalog', actor: people.centre }, indexItems);
  const made = await post('planner', '/forms', { id: 'visit', app: 'desk', title: title('走访登记表') });
  expect(made.statusCode, made.body).toBe(201);
}, 300_000);
afterAll(() => house?.close());

const title = (zh: string) => ({ zh, en: zh });
const post = (who: Who, path: string, body: unknown) =>
  call(house, { method: 'POST', url: `/api/catalog${path}`, body, cookie: `sid=${who}` });
const read = async (who: Who = 'planner'): Promise<Form> =>
  (await call(house, { url: '/api/catalog/forms/visit', cookie: `sid=${who}` })).json();
const field = async (name: string) => (await read()).fields.find((each) => each.name === name);
const asText = (name: string, zh: string, more: object = {}) => ({
  name,
  title: title(zh),
  type: 'text',
  required: true,
  ...more,
});
/** Names of the fields that the app asks people for at this moment, and of those that it obtains. */
const shown = () =>
  house.services.database.tx({ module: 'desk', actor: people.clerk }, async (db) => {
    const fields = await formFor(db, 'visit');
    return {
      asked: fields.flatMap(({ name, live }) => (live ? [] : [name])),
      obtained: fields.flatMap(({ name, live }) => (live ? [name] : [])),
    };
  });
const source = { resource: 'register.person', field: 'phone' };

describe('a new field of a form', () => {
  it('is taken in where nobody shares the answer', async () => {
    expect((await post('planner', '/forms/visit/fields', asText('wish', '希望的服务'))).statusCode).toBe(201);
    expect((await field('wish'))?.way).toBe('asked');
    const again = await post('planner', '/forms/visit/fields', asText('wish', '另一个愿望'));
    expect(again.json()).toMatchObject({ code: 'FORM_FIELD_EXISTS', fields: [{ pointer: '/name' }] });
  });

  it('is refused where another unit shares it, with where it is to be had; nothing is kept', async () => {
    const refused = await post('planner', '/forms/visit/fields', asText('mobile', '您的手机号码'));
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({
      code: 'OBTAIN_NOT_COLLECT',
      fields: [{ pointer: '/title/zh' }],
      same: [{ resource: 'register.person', field: 'phone', owner: 'civil-affairs' }],
    });
    expect(await field('mobile')).toBeUndefined();
  });

  it('needs choices where it is a choice', async () => {
    const one = await post(
      'planner',
      '/forms/visit/fields',
      asText('when', '方便的时段', { type: 'choice', choices: ['上午'] }),
    );
    expect(one.json()).toMatchObject({ code: 'FORM_CHOICES_MISSING', fields: [{ pointer: '/choices' }] });
  });

  it('belongs to the unit of the form: to others the form does not exist for writing', async () => {
    expect((await post('officer', '/forms/visit/fields', asText('more', '其他'))).statusCode).toBe(404);
    expect((await post('clerk', '/forms/visit/fields', asText('more', '其他'))).statusCode).toBe(403);
  });
});

describe('a field that is obtained', () => {
  it('can only come from a shared field that the app has declared as a need', async () => {
    const other = { source: { resource: 'register.street', field: 'nothing' } };
    expect((await post('planner', '/forms/visit/fields', asText('x', '街道', other))).json()).toMatchObject({
      code: 'SOURCE_NOT_SHARED',
      fields: [{ pointer: '/source', rule: 'shared' }],
    });
  });

  it('is not there before it is granted, is obtained once it is, and is gone with the grant', async () => {
    const added = await post('planner', '/forms/visit/fields', asText('phone', '联系电话', { source }));
    expect(added.statusCode, added.body).toBe(201);
    expect((await field('phone'))?.way).toBe('waiting');
    expect((await shown()).obtained).toEqual([]);
    expect((await shown()).asked).not.toContain('phone');
    await post('clerk', '/grants', { taker: 'desk', name: 'resident', reason: '走访' });
    expect((await post('officer', '/grants/desk.resident/approve', { reason: '走访需要' })).statusCode).toBe(200);
    expect((await shown()).obtained).toEqual(['phone']);
    expect((await field('phone'))?.way).toBe('obtained');
    expect((await post('officer', '/grants/desk.resident/revoke', { reason: '专项结束' })).statusCode).toBe(200);
    expect((await shown()).obtained).toEqual([]);
  });

  it('goes on being asked until then where people have always filled it in', async () => {
    await house.services.database.tx({ module: 'catalog', actor: people.centre }, (db) =>
      db.run(
        sql`insert into catalog.form_field (form, name, ord, title, type, required) values ('visit', 'oldPhone', 9, '{"zh":"联系方式","en":"Contact"}', 'text', true)`,
      ),
    );
    expect((await field('oldPhone'))?.same[0]).toMatchObject(source);
    expect((await post('planner', '/forms/visit/fields/oldPhone/source', source)).statusCode).toBe(200);
    expect((await field('oldPhone'))?.way).toBe('asked-meanwhile');
    expect((await shown()).asked).toContain('oldPhone');
  });
});

describe('asking for what is shared all the same', () => {
  it('waits for the unit that shares it, and is not asked before', async () => {
    const reason = '登记的电话多已停用，走访时核对';
    const added = await post('planner', '/forms/visit/fields', asText('newPhone', '联系电话', { exception: reason }));
    expect(added.statusCode, added.body).toBe(201);
    expect((await shown()).asked).not.toContain('newPhone');
    const decision = { allow: true, note: '情况属实' };
    expect((await post('planner', '/forms/visit/fields/newPhone/exception', decision)).statusCode).toBe(404);
    expect((await post('officer', '/forms/visit/fields/newPhone/exception', decision)).statusCode).toBe(200);
    expect((await shown()).asked).toContain('newPhone');
    expect((await post('officer', '/forms/visit/fields/newPhone/exception', decision)).json()).toMatchObject({
      code: 'FORM_EXCEPTION_NOT_ASKED',
    });
    const { steps } = await read();
    expect(steps.filter(({ field: name }) => name === 'newPhone').map(({ step }) => step)).toEqual([
      'exception-allowed',
      'exception-asked',
    ]);
  });

  it('leaves the form where it was refused', async () => {
    await post(
      'planner',
      '/forms/visit/fields',
      asText('homePhone', '家庭联系电话', { exception: '需要固定电话核对身份' }),
    );
    expect((await field('homePhone'))?.way).toBe('exception-asked');
    await post('centreOwn', '/forms/visit/fields/homePhone/exception', { allow: false, note: '可从来源获取' });
    expect((await field('homePhone'))?.way).toBe('exception-refused');
    expect((await shown()).asked).not.toContain('homePhone');
  });
});
