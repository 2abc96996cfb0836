import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { exchange } from '#platform/exchange/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { indicator } from '#platform/indicator/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { economySample } from '#districts/huangpu/generate/economy.ts';
import { economy } from './app.ts';
import { analyse } from './analyse.ts';
import { singlePeriods } from './cumulative.ts';
import { indexFrom } from './method/activity.ts';
import { publishDue } from './publish.ts';
import { loadHistory } from './store.ts';

const DISTRICT = { code: '310101', title: { zh: '样例区', en: 'Sample district' } };
const STREETS = [{ code: '310101002', name: '甲街道' }];
const UNTIL = '2026-10';
const history = economySample({
  seed: 7,
  district: DISTRICT,
  streets: STREETS,
  until: UNTIL,
  only: ['RETAIL', 'TAX', 'LOANS', 'CPI', 'MARKET_PRICE', 'ELEC', 'SERVREV', 'SALES', 'INDOUT', 'EXPORTS'],
});

let house: TestHouse;
let officer = '';
let head = '';
let other = '';
/** Moves the clock; sessions of before have ended by then, so that everybody signs in again. */
const at = async (moment: string) => {
  await moveClock(house, (Date.parse(moment) - Date.now()) / 1000);
  const accounts = ['data.statistics', 'head.statistics', 'data.civil'];
  [officer = '', head = '', other = ''] = await Promise.all(accounts.map((account) => signIn(house, account)));
};

beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, search, catalog, exchange, indicator, economy],
  });
  await loadHistory({ services: house.services, history, badge: 'sample' });
  await at('2026-12-01T01:00:00Z');
}, 300_000);
afterAll(() => house?.close());

const inDb = <T>(work: Parameters<typeof house.services.database.tx<T>>[1]) =>
  house.services.database.tx({ module: 'economy', actor: systemActor({ name: 'test' }) }, work);
const get = async (url: string, cookie?: string) => call(house, { url, cookie });
const post = async (url: string, body: unknown, cookie = officer) => call(house, { method: 'POST', url, body, cookie });

async function planned(embargoUntil: string, period = '2026-11'): Promise<string> {
  const reply = await post('/api/economy/releases', {
    title: { zh: '2026年11月经济运行数据', en: 'Economic figures, November 2026' },
    period,
    embargoUntil,
  });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json().id;
}

/** Rows → XLSX bytes; the first row is a title merged over the table, as offices write it. */
async function workbook(rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('月报');
  sheet.addRow(['经济运行月报']);
  sheet.mergeCells(1, 1, 1, rows[0]?.length ?? 2);
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function send(options: {
  release: string;
  rows?: readonly (readonly (string | number | null)[])[];
  content?: Buffer;
  fileName?: string;
  cookie?: string;
}) {
  const { release, rows = [], cookie = officer, fileName = '月报.xlsx' } = options;
  const payload = options.content ?? (await workbook(rows));
  return house.server.fastify.inject({
    method: 'POST',
    url: `/api/economy/loads?${new URLSearchParams({ release, fileName, form: 'E201' })}`,
    headers: { cookie, 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    payload,
  });
}

/** The newest value of a series as known in the sample. */
function newest(series: string, period: string): number {
  const said = history.releases
    .flatMap((r) => r.observations)
    .filter((o) => o.series === series && o.period === period);
  return said.at(-1)?.value ?? Number.NaN;
}
const RETAIL = 'M.RETAIL.310101._T._T.V.N.YTD';
const part = (industry: string) => `M.RETAIL.310101.${industry}._T.V.N.YTD`;
/** November as it would be a year later: 4 % above. */
const next = (series: string) => Math.round(newest(series, '2025-11') * 10.4) / 10;
const findings = async (load: string) => (await get(`/api/economy/loads/${load}`, officer)).json().findings;
const HEAD = ['指标', '行业', '计量单位', '2026年1—11月', '同比（%）'];
const goodRows = (): (string | number | null)[][] => {
  const [f, h] = [next(part('F')), next(part('H'))];
  return [
    HEAD,
    ['社会消费品零售总额', '合计', '亿元', `${(f + h).toFixed(1)}①`, '4.1p'],
    ['社会消费品零售总额', '批发和零售业', '亿元', f, 4.0],
    ['社会消费品零售总额', 'H', '亿元', h, '5.2（初步）'],
  ];
};
const PAST = '2026-12-18T02:00:00Z';

describe('a release', () => {
  it('lands: sent, approved by another, public at its minute with year-on-year, revision and briefing', async () => {
    await at('2026-12-17T01:00:00Z');
    const release = await planned(PAST);
    const sent = await send({ release, rows: goodRows() });
    expect(sent.statusCode, sent.body).toBe(201);
    expect(sent.json()).toMatchObject({ state: 'loaded', values: 6, findings: 0 });
    // Retail sales of October are said anew: a revision against last month's vintage.
    const october = newest(RETAIL, '2026-10');
    const [f, h] = [newest(part('F'), '2026-10') + 0.4, newest(part('H'), '2026-10')];
    const again = await send({
      release,
      rows: [
        ['指标', '行业', '2026年1-10月'],
        ['RETAIL', '_T', october + 0.4],
        ['RETAIL', 'F', f],
        ['RETAIL', 'H', h],
      ],
    });
    expect(again.json()).toMatchObject({ state: 'loaded', values: 3 });

    expect((await post(`/api/economy/releases/${release}/approve`, {}, officer)).statusCode).toBe(403);
    const approved = await post(`/api/economy/releases/${release}/approve`, {}, head);
    expect(approved.json(), approved.body).toMatchObject({ state: 'approved' });
    expect(await publishDue(house.services)).toBe(0);

    await at('2026-12-18T02:00:02Z');
    // Whether this call publishes it or the clock of the house a moment before.
    await publishDue(house.services);
    const briefing = (await get(`/api/economy/releases/${release}`)).json();
    const line = briefing.headlines[0];
    expect(line).toMatchObject({ series: RETAIL, period: '2026-11', growth: 4.1, published: true });
    expect(line.yearBefore).toBe(newest(RETAIL, '2025-11'));
    expect(line.revision).toEqual({ period: '2026-10', from: october, to: Number((october + 0.4).toFixed(1)) });
    // Within the next question after its minute, far below five minutes (acceptance 1 of S6).
    const series = (await get(`/api/economy/series/${RETAIL}`)).json();
    const last = series.points.at(-1);
    expect(last).toMatchObject({ period: '2026-11', note: '①', form: 'E201', cell: 'D3', status: 'A' });
    expect(last.single).toBeCloseTo(last.value - (october + 0.4), 6);
  });

  it('is read by nobody before its minute: 403 and recorded; not in series, SDMX or the view of takers', async () => {
    await at('2026-12-17T01:00:00Z');
    const release = await planned('2027-03-18T02:00:00Z', '2027-02');
    const value = 4_321.7;
    await send({
      release,
      rows: [
        ['指标', '2027年1-2月'],
        ['出口总额', newest('M.EXPORTS.310101._T._T.V.N.YTD', '2026-02') * 1.02],
      ],
    });
    const refused = await get(`/api/economy/releases/${release}`, other);
    expect(refused.json()).toMatchObject({ status: 403, code: 'EMBARGOED', embargoUntil: '2027-03-18T02:00:00.000Z' });
    const entry = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.first<{ account: string; route: string }>(
        sql`select account, route from audit.access where outcome = 'refused' and code = 'EMBARGOED' order by id desc limit 1`,
      ),
    );
    expect(entry).toMatchObject({ account: 'data.civil', route: 'GET /api/economy/releases/:id' });
    expect((await get(`/api/economy/releases/${release}`)).json()).toMatchObject({ code: 'EMBARGOED' });
    const calendarRow = (await get('/api/economy/releases', other))
      .json()
      .releases.find((r: { id: string }) => r.id === release);
    expect(calendarRow).toMatchObject({ values: 0, preparedName: null, state: 'loaded' });
    // Those who work on it see it.
    expect((await get(`/api/economy/releases/${release}`, officer)).statusCode).toBe(200);
    const exports = 'M.EXPORTS.310101._T._T.V.N.YTD';
    const text = (await get(`/api/economy/series/${exports}`, officer)).body;
    expect(text).not.toContain('2027-02');
    expect(
      (await get(`/sdmx/v2/data/dataflow/*/ECONOMY/*/${exports}?c[TIME_PERIOD]=ge:2027`, officer)).statusCode,
    ).toBe(404);
    expect(
      (await get(`/sdmx/v2/data/dataflow/*/ECONOMY/*/${exports}?asOf=2030-01-01T00:00:00Z`, officer)).body,
    ).not.toContain('2027-02');
    const rows = await inDb((db) =>
      db.rows(sql`select 1 from economy.current_observation where series = ${exports} and period = '2027-02'`),
    );
    expect([rows.length, String(value).length]).toEqual([0, 6]);
  });

  it('is not approved by who prepared it, neither by the route nor by the database', async () => {
    const release = await planned('2027-03-18T02:00:00Z', '2027-02');
    await send({
      release,
      rows: [
        ['指标', '2027年1-2月'],
        ['出口总额', 20],
      ],
    });
    await inDb((db) =>
      db.run(
        sql`update economy.release set state = 'loaded', prepared_by = 'head.statistics' where id = ${release}::uuid`,
      ),
    );
    expect((await post(`/api/economy/releases/${release}/approve`, {}, head)).json()).toMatchObject({
      status: 403,
      code: 'APPROVER_IS_PREPARER',
    });
    await expect(
      inDb((db) =>
        db.run(
          sql`update economy.release set state = 'approved', approved_by = 'head.statistics', approved_at = kernel.now() where id = ${release}::uuid`,
        ),
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('is not changed once approved, and never after it was published', async () => {
    const published = (await get('/api/economy/releases'))
      .json()
      .releases.find((r: { state: string }) => r.state === 'published');
    expect((await send({ release: published.id, rows: goodRows() })).json()).toMatchObject({ code: 'RELEASE_CLOSED' });
    await expect(
      inDb((db) => db.run(sql`update economy.observation set value = value + 1 where release = ${published.id}::uuid`)),
    ).rejects.toThrow(/stays as it is/);
    await expect(
      inDb((db) => db.run(sql`delete from economy.observation where release = ${published.id}::uuid`)),
    ).rejects.toThrow(/stays as it is/);
  });

  it('of another unit does not exist for an officer, and nothing can be approved that is empty', async () => {
    const release = await planned('2027-04-18T02:00:00Z', '2027-03');
    expect((await send({ release, rows: goodRows(), cookie: other })).json()).toMatchObject({ code: 'NOT_FOUND' });
    expect((await post(`/api/economy/releases/${release}/approve`, {}, head)).json()).toMatchObject({
      code: 'RELEASE_EMPTY',
    });
    const past = await post('/api/economy/releases', {
      title: { zh: '过去', en: 'Past' },
      period: '2020-01',
      embargoUntil: '2020-02-18T02:00:00Z',
    });
    expect(past.json()).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('vintages', () => {
  it('a past date gives back exactly what was known then', async () => {
    const releases = history.releases.filter((r) => r.state === 'published');
    for (const known of [releases[3], releases[9], releases.at(-2)]) {
      const day = new Date((known?.embargoUntil.getTime() ?? 0) + 8 * 3_600_000).toISOString().slice(0, 10);
      const expected = new Map<string, number | null>();
      for (const release of releases.filter((r) => r.embargoUntil <= (known?.embargoUntil ?? new Date(0))))
        for (const o of release.observations) if (o.series === RETAIL) expected.set(o.period, o.value);
      const reply = (await get(`/api/economy/series/${RETAIL}?asOf=${day}`)).json();
      const got = new Map(reply.points.map((p: { period: string; value: number }) => [p.period, p.value]));
      expect(Object.fromEntries(got)).toEqual(Object.fromEntries([...expected].sort()));
    }
  });
  it('have a triangle and a mean revision', async () => {
    const reply = (await get(`/api/economy/series/${RETAIL}`)).json();
    expect(reply.triangle.vintages.length).toBeGreaterThan(5);
    expect(reply.meanRevision).toBeGreaterThan(0);
  });
  it('derive single months only where both cumulatives stand in the same vintage', async () => {
    const { points } = (await get(`/api/economy/series/${RETAIL}`)).json() as {
      points: { period: string; value: number; single: number | null; combined: number | null }[];
    };
    const expected = singlePeriods(new Map(points.map((p) => [p.period, p.value])), { freq: 'M', decimals: 1 });
    for (const p of points) expect(p.single ?? null).toBe(expected.single.get(p.period) ?? null);
    const february = points.find((p) => p.period === '2024-02');
    expect(february).toMatchObject({ single: null, combined: february?.value });
  });
});

describe('bad workbooks', () => {
  let release = '';
  beforeAll(async () => {
    await at('2026-12-19T01:00:00Z');
    release = await planned('2027-01-18T02:00:00Z', '2026-12');
  });
  const outcome = async (rows: readonly (readonly (string | number | null)[])[]) => {
    const reply = await send({ release, rows });
    expect(reply.statusCode, reply.body).toBe(201);
    const { id, state } = reply.json();
    return { id, state, findings: await findings(id) };
  };

  it('万元 read as 亿元 stops the load and says how many times', async () => {
    const value = newest('M.EXPORTS.310101._T._T.V.N.YTD', '2025-12') * 10_000;
    const { state, findings: found } = await outcome([
      ['指标', '计量单位', '2026年1-12月'],
      ['出口总额', '亿元', value],
    ]);
    expect(state).toBe('blocked');
    expect(found[0]).toMatchObject({ kind: 'unit', weight: 'stop', cell: 'C3' });
    expect(found[0].text.zh).toContain('万元读作亿元');
    // The same amount declared as 万元 is brought to 亿元 and passes.
    const honest = await outcome([
      ['指标', '计量单位', '2026年1-12月'],
      ['出口总额', '万元', value * 1.02],
    ]);
    expect(honest.state).toBe('loaded');
  });
  it('a sum that does not hold is blocked with its difference; what rounding explains passes', async () => {
    const [f, h] = [newest(part('F'), '2025-12'), newest(part('H'), '2025-12')];
    const rows = (total: number) => [
      ['指标', '行业', '2026年1-12月'],
      ['RETAIL', '_T', total],
      ['RETAIL', 'F', f],
      ['RETAIL', 'H', h],
    ];
    const { state, findings: found } = await outcome(rows(f + h + 7));
    expect(state).toBe('blocked');
    expect(found[0]).toMatchObject({ kind: 'sum', difference: -7 });
    expect((await outcome(rows(Number((f + h + 0.1).toFixed(1))))).state).toBe('loaded');
  });
  it('a negative stock is blocked', async () => {
    const { state, findings: found } = await outcome([
      ['指标', '2026年12月末'],
      ['金融机构本外币贷款余额', -3],
    ]);
    expect([state, found[0].kind]).toEqual(['blocked', 'sign']);
  });
  it('a jump needs a reason that a person types, and the reason is kept', async () => {
    const {
      id,
      state,
      findings: found,
    } = await outcome([
      ['指标', '2026年1-12月'],
      ['出口总额', newest('M.EXPORTS.310101._T._T.V.N.YTD', '2025-12') * 4],
    ]);
    expect([state, found[0].kind, found[0].weight]).toEqual(['questioned', 'jump', 'reason']);
    expect((await post(`/api/economy/loads/${id}/decide`, { accept: true })).json()).toMatchObject({
      code: 'REASON_MISSING',
    });
    const done = await post(`/api/economy/loads/${id}/decide`, {
      accept: true,
      reasons: [{ no: found[0].no, reason: '大型成套设备集中报关' }],
    });
    expect(done.json()).toMatchObject({ state: 'loaded' });
    expect((await findings(id))[0]).toMatchObject({ reason: '大型成套设备集中报关', reasonName: '沈知远' });
    // The form that the workbook filled is known also after people had to look at it.
    const told = await inDb((db) =>
      db.rows(sql`select t.form_no as form from economy.observation o join economy.source_table t on t.id = o.source
        where o.series = 'M.EXPORTS.310101._T._T.V.N.YTD' and o.period = '2026-12' and o.value > 0 order by o.release desc limit 1`),
    );
    expect(told).toEqual([{ form: 'E201' }]);
    expect((await post(`/api/economy/loads/${id}/decide`, { accept: false })).json()).toMatchObject({
      code: 'LOAD_CLOSED',
    });
  });
  it('what needs a reason is asked also where the list of other findings is long', async () => {
    const { state, findings: found } = await outcome([
      ['指标', '行业', '2026年1-12月'],
      ...Array.from({ length: 520 }, () => ['出口总额', 'C', 1]),
      ['出口总额', '_T', newest('M.EXPORTS.310101._T._T.V.N.YTD', '2025-12') * 4],
    ]);
    expect(state).toBe('questioned');
    expect(found[0]).toMatchObject({ no: 1, kind: 'jump', weight: 'reason' });
    expect(found).toHaveLength(500);
  });
  it('a refused load leaves nothing', async () => {
    const before = await inDb((db) =>
      db.one(sql`select count(*)::int as n from economy.observation where release = ${release}::uuid`),
    );
    const { id } = await outcome([
      ['指标', '2026年1-12月'],
      ['进口总额', 1],
      ['出口总额', newest('M.EXPORTS.310101._T._T.V.N.YTD', '2025-12') * 5],
    ]);
    expect((await post(`/api/economy/loads/${id}/decide`, { accept: false, note: '退回' })).json()).toMatchObject({
      state: 'refused',
    });
    expect(
      await inDb((db) =>
        db.one(sql`select count(*)::int as n from economy.observation where release = ${release}::uuid`),
      ),
    ).toEqual(before);
    expect(await inDb((db) => db.rows(sql`select 1 from economy.staged where load = ${id}::uuid`))).toEqual([]);
  });
  it('notes in numbers are parsed; what cannot be read is a row with the address of its cell, the rest loads', async () => {
    const { state, findings: found } = await outcome([
      ['指标', '2026年12月末', '备注'],
      ['金融机构本外币贷款余额', `${newest('M.LOANS.310101._T._T.V.N.END', '2026-10')}②`, '快报'],
      ['出口总额', '约十二', null],
      ['没有的指标', 5, null],
      ['注：数据为初步数', null, null],
    ]);
    expect(state).toBe('loaded');
    expect(found.map((f: { cell: string }) => f.cell).sort()).toEqual(['A5', 'B4']);
    const kept = await inDb((db) =>
      db.one(
        sql`select note, cell from economy.observation where release = ${release}::uuid and series = 'M.LOANS.310101._T._T.V.N.END'`,
      ),
    );
    expect(kept).toEqual({ note: '②；快报', cell: 'B3' });
  });
  it.each([
    ['credit codes under a harmless heading', ['序号', '91310199MA003Q6R3B', 12]],
    ['a heading of units', ['统一社会信用代码', 'x', 12]],
    ['company names', ['指标', '甲乙商贸有限公司', 12]],
  ])(
    'a sheet of single units is refused, nothing is kept, and it is recorded: %s',
    async (_what, [heading, cell, value]) => {
      const before = await inDb((db) => db.one(sql`select count(*)::int as n from economy.load`));
      const second = String(cell).includes('公司') ? '丙丁科技股份有限公司' : cell;
      const reply = await send({
        release,
        rows: [
          [heading as string, '2026年1-12月'],
          [cell as string, value as number],
          [second as string, 3],
        ],
      });
      expect(reply.json()).toMatchObject({ status: 422, code: 'STATISTICAL_SECRECY' });
      expect(await inDb((db) => db.one(sql`select count(*)::int as n from economy.load`))).toEqual(before);
      const kept = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
        db.first<{ account: string }>(
          sql`select account from audit.access where outcome = 'refused' and code = 'STATISTICAL_SECRECY' order by id desc limit 1`,
        ),
      );
      expect(kept?.account).toBe('data.statistics');
    },
  );
  it('figures of fewer than three enterprises, or with one that dominates, are not stored, and no total gives them back', async () => {
    const { state } = await outcome([
      ['指标', '行业', '单位数', '最大单位占比', '2026年1-12月'],
      ['用电量', 'C', 2, 60, 2],
      ['用电量', 'F', 40, 10, newest('M.ELEC.310101.F._T.V.N.YTD', '2025-12')],
      ['用电量', 'J', 12, 91, newest('M.ELEC.310101.J._T.V.N.YTD', '2025-12')],
      ['用电量', 'K', 30, 12, newest('M.ELEC.310101.K._T.V.N.YTD', '2025-12')],
    ]);
    expect(['loaded', 'questioned']).toContain(state);
    const kept = await inDb((db) =>
      db.rows<{ series: string; confidential: boolean; value: string | null }>(
        sql`select series, confidential, value from economy.observation where release = ${release}::uuid and series like 'M.ELEC.%' order by series`,
      ),
    );
    if (state === 'loaded')
      expect(kept.map((k) => [k.series.split('.')[3], k.confidential, k.value === null])).toEqual([
        ['C', true, true],
        ['F', false, false],
        ['J', true, true],
        ['K', false, false],
      ]);
  });
  it.each([
    ['no period', '指标,数值\n出口总额,1\n', 'WORKBOOK_UNREADABLE'],
    ['an empty file', '', 'WORKBOOK_UNREADABLE'],
    ['a broken workbook', 'PK\u0003\u0004not really', 'WORKBOOK_UNREADABLE'],
    ['a state secret', '秘密★1年\n指标,2026年1-12月\n出口总额,1\n', 'GOV-0801'],
  ])('%s is said in words', async (_what, content, code) => {
    const reply = await send({ release, content: Buffer.from(content), fileName: 'a.csv' });
    expect(reply.json().code, reply.body).toBe(code);
    expect(reply.statusCode).toBeLessThan(500);
  });
  it('a restated base year is a series of its own, and ends the old one when it is published', async () => {
    await at('2027-02-01T00:00:00Z');
    const rebased = await planned('2027-02-18T02:00:00Z', '2027-01');
    const sent = await send({
      release: rebased,
      rows: [
        ['指标', '价格基准', '2027年1月'],
        ['居民消费价格指数', '2025年=100', 101.2],
      ],
    });
    expect(sent.json(), sent.body).toMatchObject({ state: 'loaded', values: 1 });
    await post(`/api/economy/releases/${rebased}/approve`, {}, head);
    await at('2027-02-18T02:00:01Z');
    await publishDue(house.services);
    const old = (await get('/api/economy/series/M.CPI.310101._T._T.I2020.N.PER')).json();
    expect(old).toMatchObject({ ended: '2026-10', followedBy: 'M.CPI.310101._T._T.I2025.N.PER' });
    expect((await get('/api/economy/series/M.CPI.310101._T._T.I2025.N.PER')).json().points).toHaveLength(1);
  });
  it('SDMX-CSV and SDMX-JSON are read as well, and a row that deletes is refused', async () => {
    await at('2027-02-20T00:00:00Z');
    const target = await planned('2027-03-18T02:00:00Z', '2027-02');
    const key = 'M,EXPORTS,310101,_T,_T,V,N,YTD';
    const value = newest('M.EXPORTS.310101._T._T.V.N.YTD', '2026-02');
    const csv = `STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,INDUSTRY,OWNERSHIP,PRICE_BASE,ADJUSTMENT,ACCUMULATION,TIME_PERIOD,OBS_VALUE,OBS_STATUS\ndataflow,SMART_DISTRICT:ECONOMY(1.0.0),I,${key},2027-02,${value},P\ndataflow,SMART_DISTRICT:ECONOMY(1.0.0),D,${key},2026-02,,\n`;
    const sent = await send({ release: target, content: Buffer.from(csv), fileName: 'a.csv' });
    expect(sent.json(), sent.body).toMatchObject({ state: 'loaded', values: 1, findings: 1 });
    const exported = await get('/sdmx/v2/data/dataflow/*/ECONOMY/*/M.EXPORTS?lastNObservations=3');
    const back = await send({ release: target, content: Buffer.from(exported.body), fileName: 'a.json' });
    expect(back.json(), back.body).toMatchObject({ state: 'loaded', values: 3, findings: 0 });
  });
});

describe('who sees what', () => {
  it('internal series are for officials; for the public they do not exist', async () => {
    const market = 'M.MARKET_PRICE.310101.F._T._Z.N.PER';
    expect((await get(`/api/economy/series/${market}`)).statusCode).toBe(404);
    expect((await get(`/api/economy/series/${market}`, other)).json().market.provider).toContain('样例');
    const codes = (await get('/api/economy/indicators')).json().indicators.map((i: { code: string }) => i.code);
    expect(codes).not.toContain('MARKET_PRICE');
    expect((await get('/sdmx/v2/data/dataflow/*/ECONOMY/*/M.MARKET_PRICE')).statusCode).toBe(404);
    expect((await get('/sdmx/v2/structure/codelist/*/CL_INDICATOR')).body).not.toContain('MARKET_PRICE');
  });
  it('every series has a definition (series with definition 100 %)', async () => {
    const rows = await inDb((db) =>
      db.rows(
        sql`select s.id from economy.series s join economy.indicator i on i.code = s.indicator where length(i.definition->>'zh') < 5 or length(i.definition->>'en') < 5`,
      ),
    );
    expect(rows).toEqual([]);
  });
});

describe('the activity index', () => {
  it('is computed after a release, published with its loadings, and equal to 1e-6 when computed again', async () => {
    const release = (await get('/api/economy/releases'))
      .json()
      .releases.find((r: { state: string }) => r.state === 'published');
    await analyse({ release: release.id, tx: inDb, now: house.services.clock.now() });
    const found = (await get('/api/economy/activity')).json();
    expect(found.inputs.length).toBeGreaterThan(4);
    expect(found.method).toBe('stl-spring-festival');
    const retail = found.inputs.find((i: { series: string }) => i.series === RETAIL);
    expect(retail.loading).toBeGreaterThan(0);
    const again = indexFrom({
      inputs: found.inputs,
      periods: found.periods,
      points: new Map(
        Object.entries(found.adjusted as Record<string, Record<string, number>>).map(([s, p]) => [
          s,
          new Map(Object.entries(p)),
        ]),
      ),
    });
    again.forEach((value, i) => expect(Math.abs(value - found.values[i])).toBeLessThan(1e-6));
    const briefing = (await get(`/api/economy/releases/${release.id}`)).json();
    expect(briefing.analysis.activity.value).toBeCloseTo(found.values.at(-1), 9);
    const { nowcast, hidden } = briefing.analysis;
    // A nowcast is shown with its error, or hidden because the naive guess is as good: never without.
    expect((nowcast ?? hidden).mape).toBeGreaterThan(0);
    if (hidden) expect(hidden.mape).toBeGreaterThanOrEqual(hidden.naive);
    else expect(nowcast.mape).toBeLessThan(nowcast.naive);
  });
});
