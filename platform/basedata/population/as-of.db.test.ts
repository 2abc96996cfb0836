import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { indicator } from '#platform/indicator/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkage } from '#platform/linkage/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { space } from '#platform/basedata/space/app.ts';
import { population } from './app.ts';
import { personTarget } from './target.ts';

const DAY = 86_400;
const STREET = '310101013001';
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
      indicator,
      space,
      dispute,
      population,
    ],
    work: false,
  });
}, 240_000);
afterAll(() => house?.close());

const idOf = (sequence: number, birthDate = '1985-02-01') =>
  composeCitizenId({ region: '310199', birthDate, sequence });
const person = (n: number, more: Record<string, string | null> = {}) => ({
  idNumber: idOf(n),
  name: `甲${n}`,
  sex: n % 2 === 0 ? '2' : '1',
  birthDate: '1985-02-01',
  hukouAddress: '外滩路7号',
  ...more,
});
const send = (rows: Record<string, string | null>[], dataset = 'police', unit = 'public-security') =>
  sendClaims({
    house,
    target: personTarget,
    module: 'population',
    dataset,
    unit,
    rows,
    keyOf: (r) => r.idNumber ?? '',
  });
const get = (url: string, who = 'centre') => call(house, { url, cookie: `sid=${who}`, purpose: 'data-quality' });
const exportOf = async (day: string) => (await get(`/api/population/export?asOf=${day}`)).body;

describe('an export as of a past day', () => {
  it('has the same bytes as that day’s export, whatever was learnt, mended, merged or ended since', async () => {
    await send([person(1), person(2, { phone: '13811112222' }), person(3)]);
    await send([{ name: '郯无号', sex: '1', birthDate: '1990-01-01', idNumber: null }], 'health', 'health');
    const today = shanghaiDate(house.services.clock.now());
    const then = await exportOf(today);
    expect(JSON.parse(then).rows).toHaveLength(4);
    try {
      await moveClock(house, 3 * DAY);
      // A value changes, one is confirmed by another source, somebody new comes, and one turns out to be another.
      await send([person(1, { name: '甲一改' }), person(2, { phone: '13811112222' })]);
      await send([person(2)], 'civil', 'civil-affairs');
      await send([person(9)]);
      await send([{ ...person(1), birthCertificate: 'U310000009' }], 'births', 'health');
      const later = await exportOf(shanghaiDate(house.services.clock.now()));
      expect(later).not.toBe(then);
      expect(JSON.parse(later).rows.map((r: { name: string }) => r.name)).toContain('甲一改');
      expect(await exportOf(today)).toBe(then);
    } finally {
      await moveClock(house, 0);
    }
  });

  it('is of the past, for the whole district, with a purpose, and without what the post may not see', async () => {
    expect((await get('/api/population/export?asOf=2999-01-01')).json()).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await get('/api/population/export?asOf=2020-01-01', 'otherOfficer')).json()).toMatchObject({ rows: [] });
    const today = shanghaiDate(house.services.clock.now());
    const reply = await call(house, { url: `/api/population/export?asOf=${today}`, cookie: 'sid=centre' });
    expect(reply.json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    expect(await exportOf(today)).not.toContain('13811112222');
  });
});

describe('a card with some fields only', () => {
  it('holds those and no others, as of any day', async () => {
    const { rows } = JSON.parse(await exportOf(shanghaiDate(house.services.clock.now()))) as {
      rows: { pid: string }[];
    };
    const { pid } = rows[0] as { pid: string };
    const card = (await get(`/api/population/persons/${pid}?fields=name,sex`)).json<{
      record: Record<string, unknown>;
      attributes: { name: string; value: string | null }[];
      idNumber: string | null;
      life: unknown[];
    }>();
    expect(card.attributes.filter(({ value }) => value !== null).map(({ name }) => name)).toEqual(['name', 'sex']);
    expect(card.record.birthDate).toBeNull();
    expect(card.idNumber).toBeNull();
    expect(card.life).toEqual([]);
    expect((await get(`/api/population/persons/${pid}?fields=name,shoeSize`)).json()).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('where somebody really lives', () => {
  it('is said with its evidence; what an official finds at the door wins', async () => {
    await house.services.database.tx({ module: 'space', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(sql`insert into space.building (code, address, address_key, committee_code, sources, tx_from)
        values ('B9', '思南路9号', '思南路9号', ${STREET}, '{}', now()) on conflict do nothing`),
    );
    await send([person(5, { residenceAddress: '思南路9号', buildingCode: 'B9' })]);
    const [{ pid } = { pid: '' }] = await house.services.database.tx(
      { module: 'population', actor: systemActor({ name: 'test' }) },
      (db) => db.rows<{ pid: string }>(sql`select pid from population.person where name = '甲5'`),
    );
    const url = `/api/population/persons/${pid}/residence`;
    const found = (await get(url)).json();
    expect(found).toMatchObject({
      address: '思南路9号',
      hukouAddress: '外滩路7号',
      separated: true,
      halfLifeDays: 180,
    });
    expect(found.confidence).toBeCloseTo(0.85);
    // The house of this test grants no buildings, so the person has no area yet: the street does not see them.
    await house.services.database.tx({ module: 'population', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(sql`update population.person set committee_code = ${STREET} where pid = ${pid}::uuid`),
    );
    const confirm = (who: string) =>
      call(house, {
        method: 'POST',
        url,
        body: { address: '外滩路7号', note: '上门见到本人' },
        cookie: `sid=${who}`,
        purpose: 'community-care',
      });
    expect((await confirm('otherClerk')).statusCode).toBe(404);
    expect((await confirm('clerk')).json()).toMatchObject({
      address: '外滩路7号',
      confidence: 1,
      separated: false,
      confirmed: { by: '样例clerk' },
      against: [{ address: '思南路9号' }],
    });
  });
});

describe('statistics', () => {
  it('count who was known on a day, withhold what is small, and the map says no more than the table', async () => {
    const statistics = (await get('/api/population/statistics', 'officer')).json<{
      table: { area: string; sex: string; age: string; count: number | null }[];
    }>();
    expect(statistics.table.length).toBeGreaterThan(0);
    for (const { count } of statistics.table) expect(count).toBeNull();
    const counts = (await get('/api/population/counts?level=committee', 'officer')).json<{
      areas: { residents: number | null }[];
    }>();
    expect(counts.areas.length).toBeGreaterThan(0);
    for (const { residents } of counts.areas) expect(residents).toBeNull();
    const hidden = (await get('/api/population/projection', 'officer')).json();
    expect(hidden.areas.find((a: { area: string }) => a.area === '*')).toMatchObject({
      now: null,
      years: [],
      over60: [],
    });
    // With enough of them they are shown, and the map and the projection begin where the table stands.
    await send(Array.from({ length: 60 }, (_, n) => person(200 + n)));
    await house.services.database.tx({ module: 'population', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(sql`update population.person set committee_code = ${STREET}`),
    );
    const { table } = (await get('/api/population/statistics', 'officer')).json<typeof statistics>();
    const all = table.find((c) => c.area === '*' && c.sex === '*' && c.age === '*')?.count;
    expect(all).toBeGreaterThanOrEqual(60);
    const areas = (await get('/api/population/counts?level=committee', 'officer')).json<typeof counts>().areas;
    expect(areas.map(({ residents }) => residents)).toEqual([all]);
    const projection = (await get('/api/population/projection', 'officer')).json();
    expect(projection.areas.find((a: { area: string }) => a.area === '*')).toMatchObject({ now: all, over60: [] });
    expect(projection.assumptions.every((a: { verified: boolean }) => !a.verified)).toBe(true);
    expect((await get('/api/population/state', 'officer')).json()).toMatchObject({ queues: { deaths: 0, numbers: 0 } });
  });
});
