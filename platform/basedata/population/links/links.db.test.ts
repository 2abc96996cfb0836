import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkage } from '#platform/linkage/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { asOwner } from '#platform/catalog/fixtures/house.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { space } from '#platform/basedata/space/app.ts';
import { population } from '../app.ts';
import { personTarget } from '../target.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({
    manifests: [
      doors,
      access,
      audit,
      search,
      rulebook,
      calendar,
      catalog,
      geo,
      exchange,
      linkage,
      space,
      dispute,
      population,
    ],
    work: false,
  });
}, 240_000);
afterAll(() => house?.close());

const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const send = (dataset: string, unit: string, rows: Record<string, string | null>[]) =>
  sendClaims({ house, target: personTarget, module: 'population', dataset, unit, rows });
const get = (who: string, url: string) => call(house, { url, cookie: `sid=${who}`, purpose: 'data-quality' });
const post = (who: string, url: string, body?: unknown) =>
  call(house, { method: 'POST', url, body, cookie: `sid=${who}`, purpose: 'data-quality' });
const names = (like: string) =>
  as('population', (db) =>
    db.rows<{ pid: string; name: string; phone: string | null }>(
      sql`select pid, name, phone from population.person where name like ${like} order by name`,
    ),
  );
/** Until the persons have followed what was decided. */
const followed = async () => {
  house.services.wake();
  await house.runtime.worker.drain();
};
type Queue = { pairs: { a: string; b: string; asked: { zh: string } }[] };
const queueOf = async (who: string): Promise<Queue['pairs']> =>
  (await get(who, '/api/population/links')).json<Queue>().pairs;

describe('comparing records', () => {
  const base = {
    birthDate: '2026-09-01',
    sex: '1',
    phone: '13911113333',
    residenceAddress: '上海市黄浦区瑞金二路200号801室',
  };

  it('two people who agree join two records; the second sees nothing of the first', async () => {
    await send('born', 'health', [
      { ...base, name: '郯浩宇' },
      { ...base, name: '郯皓宇' },
    ]);
    expect(await names('郯%')).toHaveLength(2);
    const [pair] = await queueOf('officer');
    expect(pair?.asked.zh).toContain('双胞胎');
    const url = `/api/population/links/${pair?.a}/${pair?.b}`;
    const shown = (await get('officer', url)).json<{
      a: { phone: string; name: string };
      fields: { attribute: string; text: { zh: string; en: string } }[];
      answers: unknown[];
    }>();
    expect(shown.a).toMatchObject({ name: '郯浩宇', phone: '139****3333' });
    expect(shown.fields.find((f) => f.attribute === 'name')?.text.zh).toMatch(/^姓名：同音/);
    expect((await post('officer', `${url}/answer`, { answer: 'same', note: '同一份出生证' })).json()).toEqual({
      state: 'waiting',
    });
    // The first is done with it; the second starts from nothing.
    expect(await queueOf('officer')).toEqual([]);
    expect((await get('officer', url)).json<{ answers: unknown[] }>().answers).toHaveLength(1);
    expect((await get('otherOfficer', url)).json<{ answers: unknown[] }>().answers).toEqual([]);
    expect((await post('officer', `${url}/answer`, { answer: 'same' })).json()).toMatchObject({ code: 'PAIR_CLOSED' });
    expect(await names('郯%')).toHaveLength(2);
    expect((await post('otherOfficer', `${url}/answer`, { answer: 'same' })).json()).toEqual({ state: 'decided' });
    await followed();
    expect(await names('郯%')).toHaveLength(1);
  });

  it('a pair that nobody was asked about does not exist, and streets do not compare', async () => {
    expect((await get('officer', '/api/population/links/1/999')).statusCode).toBe(404);
    expect((await post('officer', '/api/population/links/1/999/answer', { answer: 'same' })).statusCode).toBe(404);
    expect((await get('clerk', '/api/population/links')).json()).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a look at two records is a read of personal data: no purpose, no answer', async () => {
    await send('born-2', 'health', [
      { ...base, phone: '13911114444', name: '覃子轩' },
      { ...base, phone: '13911114444', name: '覃子涵' },
    ]);
    const [pair] = await queueOf('officer');
    const url = `/api/population/links/${pair?.a}/${pair?.b}`;
    expect((await call(house, { url, cookie: 'sid=officer' })).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
  });
});

describe('a pair that the engine never proposed', () => {
  it('is asked by a person and decided by two, and two valid numbers are two people', async () => {
    await send('unasked', 'health', [
      { name: '亓一', birthDate: '1961-01-01', sex: '1' },
      { name: '亓二', birthDate: '1962-02-02', sex: '1' },
    ]);
    const [one, other] = await names('亓%');
    const ask = (who: string, body: object) => post(who, '/api/population/links', body);
    expect((await ask('clerk', { one: one?.pid, other: other?.pid })).statusCode).toBe(403);
    expect((await ask('officer', { one: one?.pid, other: one?.pid })).statusCode).toBe(404);
    const asked = await ask('officer', { one: one?.pid, other: other?.pid });
    expect(asked.statusCode, asked.body).toBe(201);
    const { a, b } = asked.json<{ a: string; b: string }>();
    const url = `/api/population/links/${a}/${b}/answer`;
    expect((await queueOf('otherOfficer')).find((p) => p.a === a && p.b === b)?.asked.zh).toBe('有人提请比对');
    expect((await post('officer', url, { answer: 'same' })).json()).toEqual({ state: 'waiting' });
    expect((await post('otherOfficer', url, { answer: 'same' })).json()).toEqual({ state: 'decided' });
    await followed();
    expect(await names('亓%')).toHaveLength(1);
    const numbers = [1, 2].map((n) =>
      composeCitizenId({ region: '310199', birthDate: '1963-03-03', sequence: 900 + n }),
    );
    await send(
      'numbered',
      'public-security',
      numbers.map((idNumber, n) => ({ idNumber, name: `亓有${n}`, birthDate: '1963-03-03', sex: '1' })),
    );
    const [x, y] = await names('亓有%');
    expect((await ask('officer', { one: x?.pid, other: y?.pid })).json()).toMatchObject({ code: 'TWO_NUMBERS' });
  });
});

describe('taking a merge back', () => {
  it('gives both persons their claims, their history and their numbers again', async () => {
    const half = { name: '禚稷', birthDate: '1970-02-03', sex: '1' };
    const home = '上海市黄浦区瑞金二路118弄12号301室';
    await send('one', 'health', [{ ...half, phone: '13911115555' }]);
    await send('two', 'health', [{ ...half, birthDate: '1970-02-04', residenceAddress: home, phone: '13711116666' }]);
    const apart = await names('禚稷');
    expect(apart.map((p) => p.phone).sort()).toEqual(['13711116666', '13911115555']);
    // A third record with a verified number fits both.
    const idNumber = composeCitizenId({ region: '310199', birthDate: '1970-02-03', sequence: 703 });
    await send('bridge', 'public-security', [{ ...half, idNumber, phone: '13911115555', residenceAddress: home }]);
    expect(await names('禚稷')).toHaveLength(1);
    const journal = (await get('officer', '/api/population/merges')).json<{
      merges: { id: string; from: string; to: string; kind: string; undone: boolean }[];
    }>().merges;
    const merge = journal.find((m) => apart.some((p) => p.pid === m.from && p.phone === '13711116666'));
    expect(merge).toMatchObject({ kind: 'merge', undone: false });
    // Somebody looks at the merged person, and another disputes a value of it: both used what was not true.
    await get('centre', `/api/population/persons/${merge?.to}`);
    expect((await get(`citizen:${merge?.to}`, '/api/population/self')).statusCode).toBe(200);
    await post('centre', '/api/dispute/disputes', {
      base: 'population',
      subject: merge?.to,
      attribute: 'phone',
      claimed: '13911117777',
      reason: '电话打不通',
    });
    const used = (await get('officer', `/api/population/merges/${merge?.id}/uses`)).json<{
      uses: { kind: string; name: string | null; unit: string | null; what: { zh: string } | null }[];
    }>();
    expect(used.uses).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'dispute', name: '样例centre' }),
        expect.objectContaining({
          kind: 'access',
          name: '样例centre',
          what: expect.objectContaining({ zh: '一人一档' }),
        }),
      ]),
    );
    // Residents are not named: that somebody looked at their own record is all that matters here.
    const residents = used.uses.filter(({ unit, kind }) => unit === null && kind !== 'answer');
    expect(residents).toMatchObject([{ kind: 'access', name: null }]);
    expect(used.uses.map(({ name }) => name)).not.toContain('样例citizen');
    const undone = await post('officer', `/api/population/merges/${merge?.id}/undo`);
    expect(undone.json()).toMatchObject({ records: 1, uses: used.uses.length });
    await followed();
    const after = await names('禚稷');
    expect(after).toHaveLength(2);
    expect(after.find((p) => p.phone === '13711116666')?.pid).toBe(merge?.from);
    const versions = await as('population', (db) =>
      db.rows(sql`select 1 from population.person_version where pid = ${merge?.from ?? null}::uuid`),
    );
    expect(versions).toHaveLength(1);
    const told = await as('kernel', (db) =>
      db.rows<{ type: string }>(
        sql`select type from kernel.event where type like 'population.person.%merged' and (subject = ${merge?.from ?? ''} or data ->> 'from' = ${merge?.from ?? ''}) order by seq`,
      ),
    );
    expect(told.map((e) => e.type)).toEqual(['population.person.merged', 'population.person.unmerged']);
    // Taken back once; and another record like the bridge does not join them again.
    expect((await post('officer', `/api/population/merges/${merge?.id}/undo`)).statusCode).toBe(404);
    await send('bridge-2', 'civil-affairs', [{ ...half, phone: '13911115555', residenceAddress: home }]);
    expect((await names('禚稷')).length).toBeGreaterThanOrEqual(2);
  });
});

it('claims that were loaded before there was an engine are taken in', async () => {
  // Who has a number stays; where people had decided about others, their word went with the links.
  const people = () =>
    as('population', (db) =>
      db.rows(sql`select pid, name from population.person where id_masked is not null order by pid`),
    );
  const before = await people();
  await asOwner(
    house,
    ['answer', 'link', 'block_key', 'member']
      .map((table) => `delete from linkage.${table} where app = 'population'`)
      .join(';'),
  );
  await as('population', (db) => db.enqueue({ name: 'link-earlier', payload: {} }));
  await followed();
  const known = await as('population', (db) =>
    db.one<{ claims: number; members: number; keys: number }>(sql`
      select (select count(*) from population.person_claim)::int as claims, (select count(*) from linkage.member)::int as members,
        (select count(*) from linkage.block_key)::int as keys`),
  );
  expect(known.members).toBe(known.claims);
  expect(known.keys).toBeGreaterThan(known.claims);
  expect(await people()).toEqual(before);
});
