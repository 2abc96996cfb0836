import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { linkage } from '#platform/linkage/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { space } from '#platform/basedata/space/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { openPairs } from '#platform/linkage/store/review.ts';
import { population } from './app.ts';
import { linkedPersons } from './link-claims.ts';
import { personTarget } from './target.ts';

let house: TestHouse;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const send = (
  dataset: string,
  unit: string,
  rows: Record<string, string | null>[],
  keyOf = (r: Record<string, string | null>) => r.idNumber ?? '',
) => sendClaims({ house, target: personTarget, module: 'population', dataset, unit, rows, keyOf });
const idOf = (birthDate: string, sequence: number) => composeCitizenId({ region: '310199', birthDate, sequence });
const pidOf = (id: string) =>
  as('population', (db) =>
    db.one<{ pid: string }>(
      sql`select population.resolve_subject(${house.services.keyring.lookup('id18', id)}) as pid`,
    ),
  ).then((r) => r.pid);
const person = (pid: string) =>
  as('population', (db) =>
    db.one<Record<string, unknown>>(sql`select * from population.person where pid = ${pid}::uuid`),
  );
const get = (who: string, url: string, purpose?: string) => call(house, { url, cookie: `sid=${who}`, purpose });
const post = (who: string, url: string, body: unknown, purpose?: string) =>
  call(house, { method: 'POST', url, body, cookie: `sid=${who}`, purpose });

const ZHANG = idOf('1985-02-01', 11);
const BASE = { idNumber: ZHANG, name: '张伟', sex: '1', birthDate: '1985-02-01' };

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
  await as('space', (db) =>
    db.run(sql`insert into space.building (code, address, address_key, committee_code, outline, sources, tx_from)
      select r.code, r.address, r.address, r.committee, ${json({
        type: 'Polygon',
        coordinates: [
          [
            [121.47, 31.21],
            [121.471, 31.21],
            [121.471, 31.211],
            [121.47, 31.21],
          ],
        ],
      })}, '{}', kernel.now()
      from jsonb_to_recordset(${json([
        { code: 'B1', address: '瑞金二路118弄12号', committee: '310101013001' },
        { code: 'B2', address: '瑞金二路200号', committee: '310101013002' },
        { code: 'B9', address: '南京东路1号', committee: '310101002001' },
      ])}::text::jsonb) as r(code text, address text, committee text)`),
  );
}, 240_000);
afterAll(() => house?.close());

describe('before the buildings are granted', () => {
  it('persons are loaded without a committee, and placed once the grant is there', async () => {
    const first = await send('ps', 'public-security', [
      {
        ...BASE,
        nation: '汉',
        residenceAddress: '上海市黄浦区瑞金二路118弄12号301室',
        residenceFrom: '2010-05-01',
        householdNo: 'H1',
        relation: '户主',
        hukouAddress: '上海市黄浦区南京东路1号101室',
      },
    ]);
    expect(first).toMatchObject({ created: 1, changed: 0, unchanged: 0, conflicts: 0 });
    const pid = await pidOf(ZHANG);
    expect(await person(pid)).toMatchObject({ name: '张伟', committee_code: null, room: '301室' });
    await as('catalog', async (db) => {
      await db.run(sql`update catalog.grant set state = 'approved', fields = wanted`);
      await db.run(sql`select share.apply(id) from catalog.grant`);
      await db.emit({ type: 'catalog.grant.approved', subject: 'x', data: { taker: 'population' } });
    });
    // Events wait for every older transaction of the server, also of other tests.
    await vi.waitFor(async () => {
      house.services.wake();
      await house.runtime.worker.drain();
      expect((await person(pid)).committee_code).not.toBeNull();
    }, 20_000);
    expect(await person(pid)).toMatchObject({ building_code: 'B1', committee_code: '310101013001' });
  });
});

describe('golden records', () => {
  it('the same claims again change nothing, and make no version', async () => {
    const sent = await send('civil', 'civil-affairs', [
      {
        ...BASE,
        name: '张 伟',
        phone: '13800001111',
        lowIncome: 'yes',
        maritalStatus: '已婚',
        householdNo: 'H1',
        relation: '户主',
        residenceAddress: '上海市黄浦区瑞金二路118弄12号301室',
        residenceFrom: '2010-05-01',
        buildingCode: 'B1',
      },
    ]);
    expect(sent).toMatchObject({ created: 0, changed: 1 });
    const versions = () =>
      as('population', (db) =>
        db.one<{ n: number }>(
          sql`select (select count(*) from population.person_version)::int + (select count(*) from population.condition)::int as n`,
        ),
      );
    const before = await versions();
    expect(await sent.again()).toMatchObject({ created: 0, changed: 0, unchanged: 1, conflicts: 0 });
    expect(await versions()).toEqual(before);
  });

  it('the name variant of another source agrees; a different value of less authority loses but stays visible', async () => {
    await send('hr', 'human-resources', [{ ...BASE, name: '张威', insured: 'yes', phone: '13900002222' }]);
    const pid = await pidOf(ZHANG);
    const card = (await get('clerk', `/api/population/persons/${pid}`, 'community-care')).json();
    const name = card.attributes.find((a: { name: string }) => a.name === 'name');
    expect(name).toMatchObject({
      value: '张伟',
      source: { unit: 'public-security', row: 1 },
      others: [{ value: '张威', source: { unit: 'human-resources' } }],
    });
    expect(card.attributes.find((a: { name: string }) => a.name === 'phone')).toMatchObject({
      value: '138****1111',
      masked: true,
      others: [{ value: '139****2222' }],
    });
    expect(card.attributes.find((a: { name: string }) => a.name === 'lowIncome')).toMatchObject({
      value: '***',
      masked: true,
    });
    expect(card).toMatchObject({
      record: { phone: '138****1111', nation: '***', committeeCode: '310101013001' },
      idNumber: `310***********${ZHANG.slice(-4)}`,
      household: { householdNo: 'H1' },
      conflicts: 0,
    });
    expect(card.location.lon).toBeCloseTo(121.47, 1);
  });

  it('a move: new home with its date and source, the earlier one in the history, and the card as of the day before', async () => {
    const pid = await pidOf(ZHANG);
    // Yesterday's world: what is known so far was known a day ago.
    await as('population', (db) =>
      db.run(sql`update population.person set tx_from = tx_from - interval '2 days' where pid = ${pid}::uuid`),
    );
    await as('population', (db) =>
      db.run(sql`update population.condition set tx_from = tx_from - interval '2 days' where pid = ${pid}::uuid`),
    );
    const moved = await send('civil', 'civil-affairs', [
      {
        ...BASE,
        phone: '13800001111',
        lowIncome: 'no',
        householdNo: 'H1',
        relation: '户主',
        residenceAddress: '上海市黄浦区瑞金二路200号502室',
        residenceFrom: '2026-06-15',
      },
    ]);
    expect(moved).toMatchObject({ changed: 1 });
    const now = (await get('clerk', `/api/population/persons/${pid}`, 'community-care')).json();
    expect(now.record).toMatchObject({
      address: '上海市黄浦区瑞金二路200号502室',
      buildingCode: 'B2',
      committeeCode: '310101013002',
      residenceFrom: '2026-06-15',
    });
    expect(
      now.residences.map((r: { address: string; from: string; to: string | null }) => [r.address, r.from, r.to]),
    ).toEqual([
      ['上海市黄浦区瑞金二路200号502室', '2026-06-15', null],
      ['上海市黄浦区瑞金二路118弄12号301室', '2010-05-01', '2026-06-15'],
    ]);
    const yesterday = new Date(Date.now() - 86_400_000 + 8 * 3600_000).toISOString().slice(0, 10);
    const then = (await get('clerk', `/api/population/persons/${pid}?asOf=${yesterday}`, 'community-care')).json();
    expect(then.record).toMatchObject({ address: '上海市黄浦区瑞金二路118弄12号301室', buildingCode: 'B1' });
    expect(then.conditions.map((c: { kind: string }) => c.kind)).toContain('maritalStatus');
    expect(now.conditions.map((c: { kind: string }) => c.kind)).not.toContain('maritalStatus');
    const households = await as('population', (db) =>
      db.rows(sql`select * from population.household where household_no = 'H1'`),
    );
    expect(households).toMatchObject([
      { members: 1, head_name: '张伟', building_code: 'B2', committee_code: '310101013002' },
    ]);
    expect((await get('clerk', `/api/population/persons/${pid}?asOf=2001-01-01`, 'community-care')).statusCode).toBe(
      404,
    );
  });

  it('one number on two people: the contradiction is frozen, the holder stays as he was, whatever arrives first', async () => {
    const id = idOf('1990-03-03', 21);
    const other = { idNumber: id, name: '李娜', sex: '2', birthDate: '1971-12-12', phone: '13700000000' };
    const early = await send('health', 'health', [other], () => 'h-1');
    expect(early).toMatchObject({ created: 1, conflicts: 0 });
    await send(
      'ps',
      'public-security',
      [{ idNumber: id, name: '王芳', sex: '2', birthDate: '1990-03-03' }],
      () => 'ps-2',
    );
    const pid = await pidOf(id);
    expect(await person(pid)).toMatchObject({ name: '王芳', phone: null });
    const frozen = await as('population', (db) =>
      db.rows(sql`select state, kind from population.conflict where pid = ${pid}::uuid`),
    );
    expect(frozen).toEqual([{ state: 'frozen', kind: 'identity' }]);
    expect(await send('school', 'education', [{ ...other, name: '赵敏' }], () => 's-1')).toMatchObject({
      conflicts: 1,
      changed: 0,
    });
  });

  it('a claim without an identity number finds its person; what it says counts there', async () => {
    const pid = await pidOf(ZHANG);
    const sent = await send('visit', 'health', [
      {
        name: '張偉',
        sex: '1',
        birthDate: '1985-02-01',
        phone: '13800001111',
        residenceAddress: '瑞金二路118弄12号301',
        disability: '肢体三级',
      },
    ]);
    expect(sent).toMatchObject({ created: 0, changed: 1 });
    const held = await as('population', (db) =>
      db.rows<{ method: string }>(
        sql`select m.method from population.person_claim m join exchange.claim c on c.id = m.claim_id where c.dataset = 'visit' and m.pid = ${pid}::uuid`,
      ),
    );
    expect(held).toEqual([{ method: 'linkage' }]);
    expect(await sent.again()).toMatchObject({ created: 0, changed: 0 });
  });

  it('a newborn is a person before there is a number, and the same one after', async () => {
    const home = { residenceAddress: '上海市黄浦区瑞金二路200号701室', birthDate: '2026-10-01', sex: '2' };
    const born = await send('newborn', 'health', [{ ...home, name: '郯诗涵', phone: '13911112222' }]);
    expect(born).toMatchObject({ created: 1 });
    const named = (name: string) =>
      as('population', (db) =>
        db.rows<{ pid: string; id_masked: string | null }>(
          sql`select pid, id_masked from population.person where name = ${name}`,
        ),
      );
    const [before] = await named('郯诗涵');
    const number = idOf('2026-10-01', 802);
    await send('hukou', 'public-security', [{ ...home, name: '郯诗涵', idNumber: number, phone: '13911112222' }]);
    const after = await named('郯诗涵');
    expect(after).toEqual([{ pid: await pidOf(number), id_masked: expect.stringMatching(/\*/) }]);
    // The record of before has ended, its history stays, and those who follow persons are told.
    const told = await as('kernel', (db) =>
      db.rows(
        sql`select subject, data from kernel.event where type = 'population.person.merged' and subject = ${after[0]?.pid ?? ''}`,
      ),
    );
    expect(told).toEqual([{ subject: after[0]?.pid, data: { from: before?.pid } }]);
    const history = await as('population', (db) =>
      db.rows(sql`select 1 from population.person_version where pid = ${before?.pid ?? null}::uuid`),
    );
    expect(history).toHaveLength(1);
  });

  it('twins without numbers are two, and people are asked', async () => {
    const home = {
      residenceAddress: '上海市黄浦区瑞金二路200号801室',
      birthDate: '2026-09-01',
      sex: '1',
      phone: '13911113333',
    };
    const born = await send('twins', 'health', [
      { ...home, name: '郯浩宇' },
      { ...home, name: '郯浩然' },
    ]);
    expect(born).toMatchObject({ created: 2 });
    const open = await as('population', async (db) =>
      openPairs({ db, linked: await linkedPersons(db), reviewer: 'somebody' }),
    );
    expect(open.map((pair) => pair.reason)).toContain('twins-home');
  });

  it('a claim that names nobody is kept and makes no person', async () => {
    expect(await send('nobody', 'health', [{ name: '张伟' }], () => 'n-1')).toMatchObject({ created: 0 });
  });

  it('faults that only the register of buildings shows are named by row', async () => {
    const faults = await as('population', (db) =>
      personTarget.check!({
        db,
        rows: [
          { row: 4, values: { buildingCode: 'B1' } },
          { row: 5, values: { buildingCode: 'B404' } },
          { row: 6, values: { buildingCode: null } },
        ],
      }),
    );
    expect(faults).toMatchObject([{ row: 5, field: 'buildingCode', rule: 'unknown-building', value: 'B404' }]);
  });
});

describe('who sees what', () => {
  it('the clerk of another street gets the answer of a person that does not exist', async () => {
    const pid = await pidOf(ZHANG);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/unmask'],
    ] as const) {
      const to = (id: string) =>
        method === 'GET'
          ? get('otherClerk', `/api/population/persons/${id}${path}`, 'community-care')
          : post('otherClerk', `/api/population/persons/${id}${path}`, { field: 'phone' }, 'community-care');
      const foreign = await to(pid);
      const absent = await to('00000000-0000-4000-8000-000000000000');
      expect(foreign.statusCode).toBe(404);
      expect({ ...foreign.json(), trace: '' }).toEqual({ ...absent.json(), trace: '' });
    }
    expect((await get('clerk', `/api/population/persons/${pid}`)).json().code).toBe('PURPOSE_REQUIRED');
    expect((await get('citizen', `/api/population/persons/${pid}`, 'community-care')).statusCode).toBe(403);
  });

  it('a name is found within the own area only, page by page', async () => {
    const births = Array.from({ length: 70 }, (_, i) => `2000-01-${String((i % 28) + 1).padStart(2, '0')}`);
    await send(
      'many',
      'civil-affairs',
      births.map((birthDate, i) => ({
        idNumber: idOf(birthDate, 100 + i),
        name: `钱${String.fromCodePoint(0x4e00 + i)}`,
        birthDate,
        buildingCode: i % 2 === 0 ? 'B1' : 'B9',
        residenceAddress: '某路1号',
      })),
    );
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { persons: { name: string; committeeCode: string }[]; next: string | null } = (
        await get(
          'clerk',
          `/api/population/persons?q=${encodeURIComponent('钱')}${cursor ? `&cursor=${cursor}` : ''}`,
          'community-care',
        )
      ).json();
      expect(page.persons.every((p) => p.committeeCode === '310101013001')).toBe(true);
      seen.push(...page.persons.map((p) => p.name));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(35);
    expect(seen).toEqual([...seen].sort());
    expect(
      (await get('otherClerk', `/api/population/persons?q=${encodeURIComponent('张')}`, 'community-care')).json()
        .persons,
    ).toEqual([]);
  });

  it('verification answers for anyone in the district and shows no value', async () => {
    const reply = await post(
      'otherClerk',
      '/api/population/verify',
      {
        idNumber: ZHANG,
        fields: { name: '张 伟', birthDate: '1985-02-02', school: '某校', address: '黄浦区瑞金二路200号502室' },
      },
      'verify-application',
    );
    expect(
      Object.fromEntries(reply.json().answers.map((a: { field: string; answer: string }) => [a.field, a.answer])),
    ).toEqual({ name: 'yes', birthDate: 'no', school: 'unknown', address: 'yes' });
    const nobody = await post(
      'otherClerk',
      '/api/population/verify',
      { idNumber: idOf('1999-09-09', 999), fields: { name: '张伟' } },
      'verify-application',
    );
    expect(nobody.json()).toEqual({ pid: null, answers: [{ field: 'name', answer: 'unknown' }] });
    expect(
      (await post('clerk', '/api/population/verify', { fields: { name: 'x' } }, 'verify-application')).statusCode,
    ).toBe(400);
  });

  it('a masked field is opened one by one; the resident sees who, why and which', async () => {
    const pid = await pidOf(ZHANG);
    expect(
      (
        await post('clerk', `/api/population/persons/${pid}/unmask`, { field: 'idNumber' }, 'verify-application')
      ).json(),
    ).toEqual({ pid, field: 'idNumber', value: ZHANG });
    expect(
      (await post('clerk', `/api/population/persons/${pid}/unmask`, { field: 'phone' }, 'community-care')).json().value,
    ).toBe('13800001111');
    const own = await get(`citizen:${pid}`, '/api/population/self');
    expect(own.json()).toMatchObject({
      record: { phone: '13800001111', name: '张伟' },
      attributes: expect.arrayContaining([expect.objectContaining({ name: 'phone', masked: false })]),
    });
    const log = (await get(`citizen:${pid}`, '/api/population/self/accesses')).json();
    expect(log.accesses.find((a: { opened: string[] }) => a.opened.includes('idNumber'))).toMatchObject({
      unit: 'street-310101013',
      post: 'street-clerk',
      name: '样例clerk',
      purposeTitle: { zh: '核验办事申请' },
    });
    expect(log.accesses[0]).toMatchObject({ self: true });
    expect((await get('citizen', '/api/population/self')).statusCode).toBe(404);
  });

  it('lineage leads from a value to file, row and column', async () => {
    const pid = await pidOf(ZHANG);
    const reply = (
      await get('clerk', `/api/population/lineage?pid=${pid}&attr=residenceAddress`, 'verify-application')
    ).json();
    expect(reply.chain[0]).toMatchObject({
      golden: true,
      state: 'golden',
      file: 'civil.csv',
      row: 1,
      column: '居住地址',
      mappingVersion: 1,
      unit: 'civil-affairs',
    });
    expect(reply.chain.map((c: { state: string }) => c.state)).toContain('superseded');
  });
});
