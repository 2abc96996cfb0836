import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { catalog } from '#platform/catalog/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkage } from '#platform/linkage/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { space } from '#platform/basedata/space/app.ts';
import { population } from '#platform/basedata/population/app.ts';
import { personTarget } from '#platform/basedata/population/target.ts';
import { dispute } from './app.ts';
import type { DisputeView } from './record.ts';

const ID = composeCitizenId({ region: '310199', birthDate: '1985-02-01', sequence: 71 });
const OTHER = composeCitizenId({ region: '310199', birthDate: '1970-03-04', sequence: 72 });
const PERSON = { idNumber: ID, name: '沈若水', sex: '1', birthDate: '1985-02-01' };

let house: TestHouse;
let pid = '';
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
    db.run(sql`insert into space.building (code, address, address_key, committee_code, sources, tx_from)
      values ('B1', '外滩路1号', '外滩路1号', '310101013001', '{}', now())`),
  );
  await as('catalog', (db) =>
    db.run(sql`update catalog.grant set state = 'approved' where resource = 'space.building'`),
  ).catch(() => undefined);
  await police([{ ...PERSON, hukouAddress: '上海市黄浦区外滩路7号101室' }]);
  await civil([
    { ...PERSON, phone: '13811112222', buildingCode: 'B1', residenceAddress: '外滩路1号', residenceFrom: '2019-05-01' },
  ]);
  await police([{ idNumber: OTHER, name: '许多', sex: '2', birthDate: '1970-03-04' }], 'police-2');
  pid = await pidOf(ID);
}, 240_000);
afterAll(() => house?.close());

const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const send = (dataset: string, unit: string, rows: Record<string, string | null>[]) =>
  sendClaims({
    house,
    target: personTarget,
    module: 'population',
    dataset,
    unit,
    rows,
    keyOf: (r) => r.idNumber ?? '',
  });
const police = (rows: Record<string, string | null>[], dataset = 'police') => send(dataset, 'public-security', rows);
const civil = (rows: Record<string, string | null>[]) => send('civil', 'civil-affairs', rows);
const pidOf = async (id: string) =>
  (
    await as('population', (db) =>
      db.one<{ pid: string }>(
        sql`select population.resolve_subject(${house.services.keyring.lookup('id18', id)}) as pid`,
      ),
    )
  ).pid;
const get = (who: string, url: string, purpose: string | undefined = 'data-quality') =>
  call(house, { url, cookie: `sid=${who}`, purpose });
const post = (who: string, url: string, body?: unknown, purpose: string | undefined = 'data-quality') =>
  call(house, { method: 'POST', url: `/api/dispute/disputes${url}`, body, cookie: `sid=${who}`, purpose });
async function settle(): Promise<void> {
  house.services.wake();
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
  await house.runtime.worker.drain();
}
const own = (attribute: string, claimed: string | undefined, more: object = {}) =>
  post(
    `citizen:${pid}`,
    '/own',
    { base: 'population', attribute, claimed, reason: '登记有误，请核对。', ...more },
    undefined,
  );
type Card = {
  attributes: {
    name: string;
    value: string | null;
    disputed?: boolean;
    source: { dataset: string; unit: string } | null;
  }[];
};
const attribute = async (name: string, who = `citizen:${pid}`) => {
  const url = who.startsWith('citizen') ? '/api/population/self' : `/api/population/persons/${pid}`;
  const card = (await get(who, url, who.startsWith('citizen') ? undefined : 'data-quality')).json<Card>();
  return card.attributes.find((a) => a.name === name);
};
const desk = async (who: string, view = 'answer') =>
  (await get(who, `/api/dispute/disputes?view=${view}`)).json<{ disputes: DisputeView[] }>().disputes;

describe('a dispute that is accepted', () => {
  let id = '';

  it('is filed by the person, shows at the value everywhere, and lies with the unit of the source', async () => {
    const filed = await own('hukouAddress', '上海市黄浦区外滩路9号101室', { evidence: '户口簿首页' });
    expect(filed.statusCode, filed.body).toBe(201);
    id = filed.json<DisputeView>().id;
    expect(filed.json()).toMatchObject({ unit: 'public-security', state: 'open', mine: true, mayWithdraw: true });
    expect(filed.json<DisputeView>().clock).toMatchObject({ amount: 10, unit: 'working-day', state: 'running' });
    expect(await attribute('hukouAddress')).toMatchObject({ disputed: true });
    expect(await attribute('hukouAddress', 'officer')).toMatchObject({ disputed: true });
    expect((await attribute('name'))?.disputed).toBeUndefined();
    expect((await own('hukouAddress', '上海市黄浦区外滩路9号102室')).json()).toMatchObject({ code: 'DISPUTE_OPEN' });
    const [seen] = await desk('otherOfficer');
    expect(seen).toMatchObject({
      id,
      label: '沈若水',
      claimed: '上海市黄浦区外滩路9号101室',
      evidence: '户口簿首页',
      mayAnswer: true,
    });
    expect(seen?.values).toMatchObject([
      { unit: 'public-security', value: '上海市黄浦区外滩路7号101室', golden: true, masked: false },
    ]);
    expect((await get('otherOfficer', '/api/dispute/waiting')).json()).toMatchObject({ waiting: 1, late: 0 });
  });

  it('keeps what was claimed sealed in the database', async () => {
    const [row] = await as('dispute', (db) =>
      db.rows<Record<string, string>>(sql`select claimed, stated from dispute.dispute`),
    );
    expect(JSON.stringify(row)).not.toContain('外滩路');
  });

  it('does not exist for units that neither filed nor answer it, nor for another person', async () => {
    expect((await get('clerk', '/api/dispute/disputes', 'community-care')).json()).toEqual({ disputes: [] });
    const stranger = await pidOf(OTHER);
    expect((await get(`citizen:${stranger}`, '/api/dispute/disputes/own', undefined)).json()).toEqual({ disputes: [] });
    expect((await post(`citizen:${stranger}`, `/${id}/withdraw`, undefined, undefined)).statusCode).toBe(404);
    expect((await post('officer', `/${id}/answer`, { accept: true, text: '同意更正。' })).statusCode).toBe(404);
  });

  it('takes effect as a claim of the source, with its provenance, and goes back to it', async () => {
    const answered = await post('otherOfficer', `/${id}/answer`, { accept: true, text: '经核对户籍底档，予以更正。' });
    expect(answered.json(), answered.body).toMatchObject({ state: 'accepted', mayAnswer: false });
    await settle();
    expect(await attribute('hukouAddress')).toMatchObject({
      value: '上海市黄浦区外滩路9号101室',
      source: { dataset: 'correction-population-public-security', unit: 'public-security' },
    });
    expect((await attribute('hukouAddress'))?.disputed).toBeUndefined();
    const feed = (await get('otherOfficer', '/api/dispute/corrections')).json();
    expect(feed.corrections).toMatchObject([
      {
        dispute: id,
        dataset: 'police',
        rowNo: 1,
        attribute: 'hukouAddress',
        value: '上海市黄浦区外滩路9号101室',
        adoptedAt: null,
      },
    ]);
    expect((await get('officer', '/api/dispute/corrections')).json().corrections).toEqual([]);
    expect((await own('hukouAddress', '上海市黄浦区外滩路9号101室')).json()).toMatchObject({ code: 'SAME_VALUE' });
  });

  it('holds against the source’s old value, however often it is sent, until the source has changed its own record', async () => {
    await police([{ ...PERSON, nation: '汉族', hukouAddress: '上海市黄浦区外滩路7号101室' }]);
    await settle();
    expect(await attribute('hukouAddress')).toMatchObject({ value: '上海市黄浦区外滩路9号101室' });
    const lineage = (
      await get('officer', `/api/population/lineage?pid=${pid}&attr=hukouAddress`, 'data-quality')
    ).json<{ chain: { state: string }[] }>();
    expect(lineage.chain.map(({ state }) => state)).toEqual(['golden', 'refuted', 'superseded']);
    const { batch } = await police([{ ...PERSON, nation: '汉族', hukouAddress: '上海市黄浦区外滩路9号101室' }]);
    await as('exchange', (db) =>
      db.emit({ type: 'exchange.batch.loaded', subject: batch, data: { batch, target: 'population.person' } }),
    );
    await settle();
    const [correction] = (await get('otherOfficer', '/api/dispute/corrections')).json().corrections;
    expect(correction.adoptedAt).not.toBeNull();
    // From now on the source speaks for itself again: the person has moved back.
    await police([{ ...PERSON, nation: '汉族', hukouAddress: '上海市黄浦区外滩路7号101室' }]);
    expect(await attribute('hukouAddress')).toMatchObject({ value: '上海市黄浦区外滩路7号101室' });
  });
});

describe('a dispute that is refused', () => {
  it('can be appealed once, to the centre, and not to who refused', async () => {
    const filed = (await own('phone', '13933334444')).json<DisputeView>();
    expect(filed.unit).toBe('civil-affairs');
    expect(
      (await post('officer', `/${filed.id}/answer`, { accept: false, text: '登记与申请表一致。' })).json(),
    ).toMatchObject({
      state: 'refused',
    });
    const [mine] = (await get(`citizen:${pid}`, '/api/dispute/disputes/own', undefined)).json<{
      disputes: DisputeView[];
    }>().disputes;
    expect(mine).toMatchObject({ state: 'refused', answer: '登记与申请表一致。', mayAppeal: true });
    expect((await attribute('phone'))?.disputed).toBeUndefined();
    const appealed = await post(
      `citizen:${pid}`,
      `/${filed.id}/appeal`,
      { reason: '申请表是旧的，附新合同。' },
      undefined,
    );
    expect(appealed.statusCode, appealed.body).toBe(201);
    const again = appealed.json<{ id: string }>().id;
    expect(
      (await post(`citizen:${pid}`, `/${filed.id}/appeal`, { reason: '再次申请复核。' }, undefined)).json(),
    ).toMatchObject({
      code: 'NOT_APPEALABLE',
    });
    expect(await attribute('phone')).toMatchObject({ disputed: true });
    // The officer of civil affairs reaches the whole district, and is not the centre for that.
    expect((await post('officer', `/${again}/answer`, { accept: false, text: '维持原答复。' })).statusCode).toBe(404);
    expect((await desk('officer')).map(({ id }) => id)).not.toContain(again);
    expect((await get('officer', '/api/dispute/waiting')).json()).toMatchObject({ waiting: 0 });
    expect((await post('otherOfficer', `/${again}/answer`, { accept: false, text: '维持原答复。' })).statusCode).toBe(
      404,
    );
    const decided = await post('centre', `/${again}/answer`, { accept: true, text: '新合同有效，予以更正。' });
    expect(decided.json(), decided.body).toMatchObject({
      state: 'accepted',
      answeredUnit: 'data-centre',
      appealOf: filed.id,
    });
    await settle();
    expect(await attribute('phone')).toMatchObject({ value: '13933334444' });
  });

  it('after the review there is none, and none of what was withdrawn', async () => {
    const appeal = (id: string) => post(`citizen:${pid}`, `/${id}/appeal`, { reason: '请再看一次。' }, undefined);
    const filed = (await own('nation', '满族')).json<DisputeView>();
    expect(filed.unit).toBe('public-security');
    const refusal = { accept: false, text: '经核对原始档案，登记无误。' };
    expect((await post('otherOfficer', `/${filed.id}/answer`, refusal)).statusCode).toBe(200);
    const review = (await appeal(filed.id)).json<{ id: string }>();
    expect((await post('centre', `/${review.id}/answer`, refusal)).json()).toMatchObject({ state: 'refused' });
    expect((await appeal(review.id)).json()).toMatchObject({ code: 'NOT_APPEALABLE' });
    const insured = (await own('insured', '是')).json<DisputeView>();
    expect(insured).toMatchObject({ unit: 'human-resources', values: [] });
    await post(`citizen:${pid}`, `/${insured.id}/withdraw`, undefined, undefined);
    expect((await appeal(insured.id)).json()).toMatchObject({ code: 'NOT_APPEALABLE' });
  });
});

describe('a dispute of a department', () => {
  it('is the department’s own, about persons whom it sees, and never answered by who filed it', async () => {
    const body = {
      base: 'population',
      subject: pid,
      attribute: 'residenceFrom',
      claimed: '2020-06-01',
      reason: '租赁合同日期不同',
    };
    const elsewhere = await post('otherClerk', '', body, 'verify-application');
    expect(elsewhere.statusCode).toBe(404);
    const filed = await post('officer', '', body);
    expect(filed.statusCode, filed.body).toBe(201);
    const { id } = filed.json<DisputeView>();
    expect((await post('officer', `/${id}/answer`, { accept: true, text: '自己同意自己。' })).json()).toMatchObject({
      code: 'JUDGES_OWN_DISPUTE',
    });
    expect(await desk('officer', 'filed')).toMatchObject([{ id, mine: true, mayWithdraw: true }]);
    expect((await post('officer', `/${id}/withdraw`)).json()).toEqual({ state: 'withdrawn' });
    expect((await post('officer', `/${id}/withdraw`)).json()).toMatchObject({ code: 'DISPUTE_CLOSED' });
  });

  it('may say only that a value is wrong; then it stands no more', async () => {
    await police([{ ...PERSON, hukouAddress: '上海市黄浦区外滩路7号101室', deathDate: '2026-01-02' }], 'police-deaths');
    expect(await attribute('deathDate', 'officer')).toMatchObject({ value: null });
    await send('health-deaths', 'health', [{ ...PERSON, deathDate: '2026-01-02' }]);
    expect(await attribute('deathDate', 'officer')).toMatchObject({ value: '2026-01-02' });
    const filed = await post('centre', '', {
      base: 'population',
      subject: pid,
      attribute: 'deathDate',
      reason: '本人到场，健在。',
    });
    expect(filed.statusCode, filed.body).toBe(201);
    const { id } = filed.json<DisputeView>();
    expect(
      (await post('otherOfficer', `/${id}/answer`, { accept: true, text: '系同名误报，予以撤销。' })).statusCode,
    ).toBe(200);
    await settle();
    expect(await attribute('deathDate', 'officer')).toMatchObject({ value: null });
  });
});

describe('what is refused at the door', () => {
  it.each([
    ['a date that is none', 'birthDate', '1985-02-30', 'INVALID_INPUT'],
    ['what stands there already', 'birthDate', '1985-02-01', 'SAME_VALUE'],
    ['an item that nobody has', 'shoeSize', '43', 'NOT_FOUND'],
    ['a building, which follows from the address', 'buildingCode', 'B1', 'NOT_FOUND'],
  ])('%s', async (_what, name, claimed, code) => {
    expect((await own(name, claimed)).json()).toMatchObject({ code });
  });

  it('a dispute about nothing, and one about somebody whom the caller does not see', async () => {
    expect((await own('school', undefined)).json()).toMatchObject({ code: 'SAME_VALUE' });
    const unknown = {
      base: 'population',
      subject: '00000000-0000-4000-8000-000000000000',
      attribute: 'name',
      claimed: '甲',
      reason: '没有此人',
    };
    expect((await post('officer', '', unknown)).statusCode).toBe(404);
    expect((await post('officer', '', { ...unknown, base: 'nothing' })).statusCode).toBe(404);
  });
});

describe('the clock of a dispute', () => {
  it('turns amber, then overdue; silence escalates to the centre, and the source may still answer', async () => {
    const filed = (await own('nation', '回族')).json<DisputeView>();
    expect((await post('centre', `/${filed.id}/answer`, { accept: true, text: '同意更正。' })).statusCode).toBe(404);
    await moveClock(house, 40 * 86_400);
    try {
      await fireClocks(house.services);
      await settle();
      const [late] = await desk('centre');
      expect(late).toMatchObject({ id: filed.id, mayAnswer: true, clock: { state: 'overdue' } });
      expect(late?.escalatedAt).not.toBeNull();
      expect((await get('otherOfficer', '/api/dispute/waiting')).json()).toMatchObject({ waiting: 1, late: 1 });
      expect(
        (await post('centre', `/${filed.id}/answer`, { accept: false, text: '超期未答，经核不予更正。' })).json(),
      ).toMatchObject({
        state: 'refused',
        clock: { state: 'late' },
      });
      // The centre does not review what the centre has refused.
      expect(
        (await post(`citizen:${pid}`, `/${filed.id}/appeal`, { reason: '请再看一次。' }, undefined)).json(),
      ).toMatchObject({ code: 'NOT_APPEALABLE' });
    } finally {
      await moveClock(house, 0);
    }
  });
});

describe('how long disputes take', () => {
  it('is said of the last year alone, and only where ten were answered', async () => {
    const days = async () => (await get('officer', '/api/dispute/waiting')).json<{ days: number | null }>().days;
    await as('dispute', (db) =>
      db.run(sql`
        insert into dispute.dispute (id, app, subject_person, attribute, stated, reason, filed_by, filed_name, filed_at, unit, addressee, clock, state,
          answer, answered_by, answered_name, answered_unit, closed_at)
        select gen_random_uuid(), 'population', ${pid}::uuid, 'school', d.stated, d.reason, d.filed_by, d.filed_name, kernel.now() - interval '802 days', 'civil-affairs', 'unit', d.clock,
          'refused', '登记无误。', 'earlier', '样例', 'civil-affairs', kernel.now() - interval '800 days'
        from generate_series(1, 20), (select * from dispute.dispute where state = 'refused' and addressee = 'unit' limit 1) d`),
    );
    expect(await days()).toBeNull();
    await as('dispute', (db) =>
      db.run(sql`
        update dispute.dispute set filed_at = filed_at + interval '790 days', closed_at = closed_at + interval '790 days'
        where answered_by = 'earlier' and id in (select id from dispute.dispute where answered_by = 'earlier' limit 12)`),
    );
    expect(await days()).toBeGreaterThan(1);
  });
});

describe('reading disputes', () => {
  it('asks for a purpose, and stands in the log of the person', async () => {
    expect((await get('otherOfficer', '/api/dispute/disputes', '')).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    const log = (await get(`citizen:${pid}`, '/api/population/self/accesses', undefined)).json<{
      accesses: { resources: string[] }[];
    }>();
    expect(log.accesses.some(({ resources }) => resources.includes('dispute.dispute'))).toBe(true);
  });
});
