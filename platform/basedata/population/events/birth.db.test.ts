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
import { dispute } from '#platform/basedata/dispute/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { space } from '#platform/basedata/space/app.ts';
import { population } from '../app.ts';
import { personTarget } from '../target.ts';
import { personVerification } from '../verify-service.ts';
import type { Card } from '../read-card.ts';

/*
 * The proof of S4: a child born in Ruijin Hospital appears from health, civil affairs and, three weeks later, the police: one person,
 * one household, kinship, and no form typed twice.
 */
const idOf = (birthDate: string, sequence: number) => composeCitizenId({ region: '310199', birthDate, sequence });
const MOTHER = idOf('1994-04-05', 2);
const FATHER = idOf('1992-07-08', 1);
const CHILD = idOf('2026-06-10', 3);
const BORN = {
  birthCertificate: 'U310000001',
  name: '沈安宁',
  sex: '1',
  birthDate: '2026-06-10',
  motherId: MOTHER,
};

let house: TestHouse;
type Row = Record<string, string | null>;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const send = (dataset: string, unit: string, rows: Row[]) =>
  sendClaims({ house, target: personTarget, module: 'population', dataset, unit, rows });
const named = (name: string) =>
  as('population', (db) =>
    db.rows<{ pid: string; household_no: string | null; relation: string | null; id_masked: string | null }>(
      sql`select pid, household_no, relation, id_masked from population.person where name = ${name} order by pid`,
    ),
  );
const card = async (pid: string) =>
  (
    await call(house, { url: `/api/population/persons/${pid}`, cookie: 'sid=officer', purpose: 'data-quality' })
  ).json<Card>();
const events = (type: string) =>
  as('kernel', (db) => db.rows<{ subject: string }>(sql`select subject from kernel.outbox where type = ${type}`)).catch(
    () => [],
  );

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
  const home = { residenceAddress: '瑞金二路118弄12号301室', residenceFrom: '2020-05-01', householdNo: 'HP7000001' };
  await send('police-adults', 'public-security', [
    { idNumber: FATHER, name: '沈若水', sex: '1', birthDate: '1992-07-08', relation: '户主', ...home },
    { idNumber: MOTHER, name: '顾盼', sex: '2', birthDate: '1994-04-05', relation: '配偶', ...home },
  ]);
}, 240_000);
afterAll(() => house?.close());

describe('a child is born', () => {
  let pid = '';

  it('health knows the birth: a person without a number, with the mother, in her household and at her home', async () => {
    await send('births', 'health', [BORN]);
    const [child, ...more] = await named('沈安宁');
    expect(more).toEqual([]);
    expect(child).toMatchObject({ household_no: 'HP7000001', relation: '子', id_masked: null });
    pid = child?.pid ?? '';
    const shown = await card(pid);
    expect(shown.record).toMatchObject({ address: '瑞金二路118弄12号301室', residenceFrom: '2026-06-10' });
    expect(shown.kin).toMatchObject([{ kind: 'mother', name: '顾盼', source: { unit: 'health' } }]);
    expect(shown.life).toMatchObject([{ kind: 'born', on: '2026-06-10', state: 'confirmed' }]);
    expect(shown.household?.members.map(({ name }) => name).sort()).toEqual(['沈安宁', '沈若水', '顾盼'].sort());
  });

  it('civil affairs knows that the parents are married: kinship of both, and an event in both lives', async () => {
    await send('marriages', 'civil-affairs', [
      {
        idNumber: FATHER,
        name: '沈若水',
        birthDate: '1992-07-08',
        sex: '1',
        spouseId: MOTHER,
        maritalStatus: '已婚',
        marriedOn: '2021-05-20',
      },
      {
        idNumber: MOTHER,
        name: '顾盼',
        birthDate: '1994-04-05',
        sex: '2',
        spouseId: FATHER,
        maritalStatus: '已婚',
        marriedOn: '2021-05-20',
      },
    ]);
    const [mother] = await named('顾盼');
    const shown = await card(mother?.pid ?? '');
    expect(shown.kin.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['child 沈安宁', 'spouse 沈若水']);
    // Whether somebody is married is opened by itself only, so the day of it is not on the card for an official.
    const married = ({ life }: Card) => life.find(({ kind }) => kind === 'married');
    expect(married(shown)).toBeUndefined();
    const own = await call(house, { url: '/api/population/self', cookie: `sid=citizen:${mother?.pid}` });
    expect(married(own.json<Card>())).toMatchObject({ on: '2021-05-20', state: 'confirmed' });
  });

  it('the police register the child three weeks later: the number joins the same person', async () => {
    const before = await named('沈安宁');
    await send('hukou', 'public-security', [
      {
        ...BORN,
        idNumber: CHILD,
        fatherId: FATHER,
        hukouAddress: '瑞金二路118弄12号301室',
        householdNo: 'HP7000001',
        relation: '子',
        nation: '汉族',
      },
    ]);
    const after = await named('沈安宁');
    expect(after.map((p) => p.pid)).toEqual([pid]);
    expect(after.map((p) => p.pid)).toEqual(before.map((p) => p.pid));
    expect(after[0]?.id_masked).toMatch(/^310\*+/);
    const shown = await card(pid);
    expect(shown.kin.map(({ kind }) => kind)).toEqual(['father', 'mother']);
    expect(shown.attributes.find(({ name }) => name === 'hukouAddress')).toMatchObject({
      source: { unit: 'public-security' },
    });
  });

  it('the same files again change nothing', async () => {
    const versions = () =>
      as('population', (db) => db.one<{ n: number }>(sql`select count(*)::int as n from population.person_version`));
    const before = await versions();
    await send('births', 'health', [BORN]);
    expect(await versions()).toEqual(before);
    expect(await named('沈安宁')).toHaveLength(1);
  });

  it('who moves takes the child along, though nobody said a word of it', async () => {
    await send('civil-moved', 'civil-affairs', [
      {
        idNumber: MOTHER,
        name: '顾盼',
        sex: '2',
        birthDate: '1994-04-05',
        residenceAddress: '思南路51号',
        residenceFrom: '2026-08-01',
      },
    ]);
    expect((await card(pid)).record.address).toBe('思南路51号');
    expect(Array.isArray(await events('population.person.moved'))).toBe(true);
  });
});

describe('the files come in another order', () => {
  it('number first, certificate alone second, both together last: still one person', async () => {
    const id = idOf('2026-07-11', 5);
    const row = { name: '郯小满', sex: '2', birthDate: '2026-07-11' };
    await send('insured-first', 'human-resources', [{ ...row, idNumber: id, insured: 'yes' }]);
    await send('birth-second', 'health', [{ ...row, name: '郯之女', birthCertificate: 'U310000002' }]);
    const two = await as('population', (db) =>
      db.rows(sql`select 1 from population.person where birth_date = '2026-07-11'`),
    );
    expect(two).toHaveLength(2);
    await send('hukou-last', 'public-security', [{ ...row, idNumber: id, birthCertificate: 'U310000002' }]);
    const one = await as('population', (db) =>
      db.rows<{ name: string }>(sql`select name from population.person where birth_date = '2026-07-11'`),
    );
    expect(one).toMatchObject([{ name: '郯小满' }]);
  });

  it('one certificate on two numbers joins nobody', async () => {
    const rows = [6, 7].map((n) => ({
      idNumber: idOf('2026-07-12', n),
      name: `郯${n}`,
      sex: '1',
      birthDate: '2026-07-12',
      birthCertificate: 'U310000003',
    }));
    await send('one-certificate', 'public-security', rows);
    expect(
      await as('population', (db) => db.rows(sql`select 1 from population.person where birth_date = '2026-07-12'`)),
    ).toHaveLength(2);
  });
});

it('one certificate that is known already, on two new numbers of one file, makes no one person of two', async () => {
  await send('births-4', 'health', [
    { ...BORN, name: '郯之子', birthDate: '2026-07-13', birthCertificate: 'U310000004' },
  ]);
  const rows = [6, 7].map((n) => ({
    idNumber: idOf('2026-07-13', n),
    name: `郯又${n}`,
    sex: '1',
    birthDate: '2026-07-13',
    birthCertificate: 'U310000004',
  }));
  await send('one-certificate-4', 'public-security', rows);
  const found = await as('population', (db) =>
    db.rows<{ id_masked: string | null }>(sql`select id_masked from population.person where birth_date = '2026-07-13'`),
  );
  expect(found).toHaveLength(2);
  expect(found.every(({ id_masked }) => id_masked !== null)).toBe(true);
});

describe('somebody dies', () => {
  const OLD = idOf('1938-01-02', 9);
  const row = { idNumber: OLD, name: '宋知秋', sex: '1', birthDate: '1938-01-02' };
  const death = async () =>
    (
      await as('population', (db) =>
        db.one<{ death_date: string | null }>(sql`select death_date from population.person where name = '宋知秋'`),
      )
    ).death_date;
  const queue = async () =>
    (await call(house, { url: '/api/population/deaths', cookie: 'sid=officer', purpose: 'data-quality' })).json<{
      deaths: { pid: string; name: string; state: string }[];
    }>().deaths;
  const decide = async (verdict: string) => {
    const [one] = await queue();
    const reply = await call(house, {
      method: 'POST',
      url: `/api/population/persons/${one?.pid}/death`,
      body: { verdict, note: '已上门核实' },
      cookie: 'sid=officer',
      purpose: 'data-quality',
    });
    house.services.wake();
    await house.runtime.worker.drain();
    return reply;
  };

  it('one source alone stops nothing and waits for a person; a person’s word is enough', async () => {
    await send('register', 'public-security', [row]);
    await send('deaths', 'health', [{ ...row, deathDate: '2026-09-01' }]);
    expect(await death()).toBeNull();
    expect(await queue()).toMatchObject([{ name: '宋知秋', state: 'reported' }]);
    expect((await decide('died')).json()).toEqual({ state: 'confirmed' });
    expect(await death()).toBe('2026-09-01');
    expect(await queue()).toEqual([]);
  });

  it('who is seen alive after it is not dead: a conflict, nothing stopped, and in the queue again', async () => {
    await send('counter', 'civil-affairs', [{ ...row, seenOn: '2026-10-08' }]);
    expect(await death()).toBeNull();
    expect(await queue()).toMatchObject([{ name: '宋知秋', state: 'conflict' }]);
    expect((await decide('alive')).json()).toEqual({ state: 'refuted' });
    expect(await death()).toBeNull();
    expect(await queue()).toEqual([]);
  });
});

it('one number on two living people: both are frozen, the police see it, and the number proves nothing', async () => {
  const id = idOf('1980-02-03', 8);
  await send('first', 'public-security', [{ idNumber: id, name: '甲一', sex: '1', birthDate: '1980-02-03' }]);
  await send('second', 'education', [{ idNumber: id, name: '乙二', sex: '2', birthDate: '2001-09-10' }]);
  const found = (
    await call(house, { url: '/api/population/deaths', cookie: 'sid=officer', purpose: 'data-quality' })
  ).json<{
    numbers: { name: string; unit: string }[];
  }>();
  expect(found.numbers).toMatchObject([{ name: '甲一', unit: 'education' }]);
  const verify = (name: string) =>
    call(house, {
      method: 'POST',
      url: '/api/population/verify',
      body: { idNumber: id, fields: { name } },
      cookie: 'sid=officer',
      purpose: 'data-quality',
    });
  for (const name of ['甲一', '乙二'])
    expect((await verify(name)).json()).toMatchObject({ pid: null, answers: [{ field: 'name', answer: 'unknown' }] });
  const actor = { ...systemActor({ name: 'test' }), purpose: 'verify-application' };
  const batch = await house.services.database.tx({ module: 'population', actor }, (db) =>
    personVerification.verify({ db, services: house.services, statements: [{ id, fields: { name: '甲一' } }] }),
  );
  expect(batch).toEqual([{ subject: null, answers: { name: 'unknown' } }]);
});
