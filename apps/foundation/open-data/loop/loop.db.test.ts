import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { type DemoSubjects, linkDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { signIn } from '#platform/identity/testing.ts';
import { district } from '#districts/huangpu/district.ts';
import { afterLoad, loadSample } from '#districts/huangpu/load.ts';
import { manifests } from '#manifests';

let house: TestHouse;
let officer: string;
let second: string;
beforeAll(async () => {
  house = await openHouse({ manifests });
  const { services } = house;
  // The sets of the areas are open already; an enterprise and its agent are all that is needed else.
  await loadSample({ services, only: ['generated-areas', 'area-streets', 'area-committees'] });
  const folder = join(services.config.cacheDir, `sample-${services.config.sampleProfile}-${district.seed}`);
  const subjects = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoSubjects;
  await linkDemoAccounts({ services, subjects });
  await afterLoad({ services });
  officer = await signIn(house, 'data.civil');
  second = await signIn(house, 'data.centre');
}, 300_000);
afterAll(() => house?.close());

const post = (url: string, body: object, cookie?: string, purpose?: string) =>
  call(house, {
    method: 'POST',
    url: `/api/open-data/${url}`,
    body,
    cookie: cookie as string,
    ...(purpose ? { purpose } : {}),
  });
const get = (url: string, headers: Record<string, string> = {}) =>
  house.server.fastify.inject({ method: 'GET', url, headers });
const inside = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
  house.services.database.tx({ module: 'open-data', actor: systemActor({ name: 'test' }) }, work);
async function moveDays(days: number): Promise<void> {
  house.services.clock.setOffset(days * 86_400_000);
  const move = `select kernel.set_clock(interval '${days} days')`;
  if (house.admin) return house.admin(move);
  const session = await house.engine.session();
  await session.script(`set session authorization postgres; ${move}; set session authorization ${LOGIN_ROLE}`);
  session.release();
}

/** Opens a set from a table: proposed, decided, made, published by somebody else. */
async function opened(id: string, options: { csv: string; about?: string; security?: boolean }) {
  const made = await post(
    'datasets',
    {
      id,
      item: 'geo.area',
      title: { zh: `样例${id}`, en: id },
      summary: { zh: '样例数据集说明', en: 'A sample set' },
      theme: 'transport',
      licence: options.security ? 'agreement' : 'open-government-1.0',
      cycle: 'monthly',
      about: options.about ?? 'thing',
    },
    officer,
  );
  expect(made.statusCode, made.body).toBe(201);
  const facts = {
    secret: false,
    commercial: false,
    personal: false,
    anonymised: true,
    security: options.security ?? false,
    timely: false,
  };
  const decided = await post(`datasets/${id}/decision`, facts, officer);
  expect(decided.statusCode, decided.body).toBe(200);
  const version = await publish(id, options.csv);
  return { decision: decided.json().decision, version };
}
async function publish(id: string, csv: string): Promise<string> {
  const version = await post(`datasets/${id}/versions`, { csv }, officer);
  expect(version.json(), version.body).toMatchObject({ verdict: 'pass' });
  const published = await post(`versions/${version.json().id}/publish`, {}, second);
  expect(published.statusCode, published.body).toBe(200);
  return version.json().id;
}
const bays = (wrong = 0) =>
  `bay,street,state\r\n${Array.from({ length: 112 }, (_, at) => `P${String(at).padStart(3, '0')},瑞金二路,${at < wrong ? '错误' : '可用'}`).join('\r\n')}\r\n`;

describe('the proof scenario: kerb-side parking', () => {
  it('goes from the wish by votes, answer, opening, re-use and reports to the fix at the source', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const startUp = await signIn(house, 'agent.siyuan');
    const wish = await post(
      'wishes',
      { title: '路内停车泊位历史数据', text: '想做找车位的应用，希望开放路内停车泊位。', owner: 'civil-affairs' },
      startUp,
    );
    expect(wish.json(), wish.body).toMatchObject({ state: 'open' });
    const { id } = wish.json();
    for (const cookie of [citizen, startUp]) expect((await post(`wishes/${id}/vote`, {}, cookie)).statusCode).toBe(200);
    expect((await post(`wishes/${id}/vote`, {}, citizen)).json()).toMatchObject({ code: 'ALREADY_VOTED' });
    const listed = (await get('/api/open-data/wishes')).json().wishes.find((one: { id: string }) => one.id === id);
    expect(listed).toMatchObject({
      votes: 2,
      escalated: false,
      clock: { state: 'running', amount: 10, unit: 'working-day' },
    });

    await opened('kerb-parking', { csv: bays(112) });
    expect(
      (
        await post(
          `wishes/${id}/answer`,
          { outcome: 'opened', text: '已去标识化并开放。', dataset: 'kerb-parking' },
          officer,
        )
      ).json(),
    ).toMatchObject({ state: 'opened' });

    const reuse = await post(
      'reuses',
      {
        title: '好停车',
        text: '在地图上找空车位，使用路内停车泊位数据。',
        url: 'https://parking.example',
        kind: 'app',
        datasets: ['kerb-parking'],
        by: '思源科技',
      },
      startUp,
    );
    expect(
      (await post('moderation', { kind: 'reuse', id: reuse.json().id, step: 'shown', reason: '内容属实' }, officer))
        .statusCode,
    ).toBe(200);

    const report = await post(
      'datasets/kerb-parking/feedback',
      { text: '112 个泊位的状态有误', field: 'state', reuse: reuse.json().id },
      citizen,
    );
    expect(report.json(), report.body).toMatchObject({ state: 'open' });
    const task = report.json().id;
    expect(
      (await post(`feedback/${task}/settle`, { outcome: 'fixed', answer: '已更正' }, officer)).json(),
    ).toMatchObject({ code: 'WRONG_STATE', state: 'no-newer-version' });
    await publish('kerb-parking', bays());
    expect(
      (await post(`feedback/${task}/settle`, { outcome: 'fixed', answer: '112 个泊位已更正' }, officer)).json(),
    ).toMatchObject({ state: 'fixed' });

    const page = (await get('/api/open-data/datasets/kerb-parking')).json();
    expect(page).toMatchObject({
      dataset: { no: 2 },
      feedback: [{ state: 'fixed', fixedIn: 2 }],
      reuses: [{ title: '好停车' }],
    });
    expect((await get('/open/kerb-parking/v1.csv')).body).toContain('错误');
    expect((await get('/open/kerb-parking/latest.csv')).body).not.toContain('错误');
    expect(
      (await get('/api/open-data/reuses')).json().reuses.find((one: { title: string }) => one.title === '好停车'),
    ).toMatchObject({ fixes: 1 });
    const score = (await get('/api/open-data/scores'))
      .json()
      .scores.find((one: { unit: string }) => one.unit === 'civil-affairs');
    expect(score.parts.reuse).toBeGreaterThan(0);
    expect(score.parts.response).toBe(20);
  });
});

describe('the decision', () => {
  it('refuses what is personal, secret or commercial, and names the article', async () => {
    const made = await post(
      'datasets',
      {
        id: 'people-list',
        item: 'population.resident',
        title: { zh: '居民名单', en: 'People' },
        summary: { zh: '居民名单样例', en: 'A list of people' },
        theme: 'population',
        licence: 'open-government-1.0',
        cycle: 'yearly',
        about: 'thing',
      },
      officer,
    );
    expect(made.statusCode, made.body).toBe(201);
    const facts = {
      secret: false,
      commercial: false,
      personal: false,
      anonymised: true,
      security: false,
      timely: false,
    };
    const refused = (await post('datasets/people-list/decision', facts, officer)).json();
    // The officer said that it is not personal; the catalogue knows better.
    expect(refused).toMatchObject({
      state: 'refused',
      decision: { opening: 'closed', article: '《上海市数据条例》第四十一条', facts: { personal: true } },
    });
    expect((await post('datasets/people-list/versions', { csv: 'name\r\n张三\r\n' }, officer)).json()).toMatchObject({
      code: 'NOT_OPENED',
    });
    expect(
      (await post('datasets/people-list/decision', { ...facts, secret: true }, officer)).json().decision.reason.zh,
    ).toContain('国家秘密');
  });

  it('takes nothing personal for a list of firms, whatever it is said to be', async () => {
    const made = await post(
      'datasets',
      {
        id: 'people-firms',
        item: 'population.resident',
        title: { zh: '居民名单', en: 'People' },
        summary: { zh: '居民名单样例', en: 'A list of people' },
        theme: 'population',
        licence: 'open-government-1.0',
        cycle: 'yearly',
        about: 'firm',
      },
      officer,
    );
    expect(made.statusCode, made.body).toBe(201);
    const facts = {
      secret: false,
      commercial: false,
      personal: false,
      anonymised: true,
      security: false,
      timely: false,
    };
    expect((await post('datasets/people-firms/decision', facts, officer)).json()).toMatchObject({
      state: 'refused',
      decision: { facts: { personal: true } },
    });
    // Even a set that was decided as a statistic takes no rows of single firms.
    await inside((db) =>
      db.run(sql`update open_data.dataset set state = 'decided', opening = 'open' where id = 'people-firms'`),
    );
    expect((await post('datasets/people-firms/versions', { csv: 'name\r\n张三\r\n' }, officer)).json()).toMatchObject({
      code: 'NOT_OPENED',
    });
  });

  it('is published by two persons only, and only after the gate', async () => {
    await opened('two-hands', { csv: 'name,n\r\na,1\r\n' });
    const again = await post('datasets/two-hands/versions', { csv: 'name,n\r\na,2\r\n' }, officer);
    expect((await post(`versions/${again.json().id}/publish`, {}, officer)).json()).toMatchObject({
      code: 'SECOND_PERSON_NEEDED',
    });
    const blocked = await post(
      'datasets/two-hands/versions',
      { csv: 'name,number\r\na,11010519491231002X\r\n' },
      officer,
    );
    expect(blocked.json()).toMatchObject({ verdict: 'block' });
    expect((await post(`versions/${blocked.json().id}/publish`, {}, second)).json()).toMatchObject({
      code: 'GATE_CLOSED',
    });
    expect((await get('/api/open-data/datasets/two-hands')).json().dataset.no).toBe(1);
  });

  it('refuses a table that cannot be read, at its line', async () => {
    for (const csv of ['', 'a,a\r\n1,2\r\n', '姓名\r\n1\r\n', 'a,b\r\n1\r\n', 'a\r\n"x\r\n'])
      expect((await post('datasets/two-hands/versions', { csv }, officer)).json()).toMatchObject({
        code: 'TABLE_UNREADABLE',
      });
  });
});

describe('the feed of changes', () => {
  it('goes on from a moment in the order in which things came', async () => {
    const at = async (query: string) =>
      (await get(`/open/changes.json${query}`)).json().changes.map((one: { publishedAt: string }) => one.publishedAt);
    const newest = await at('');
    expect(newest).toEqual([...newest].sort().reverse());
    const since = await at('?since=2000-01-01T00:00:00Z');
    expect(since).toEqual([...since].sort());
    expect(since.length).toBe(newest.length);
  });
});

describe('what the public writes', () => {
  it('escalates a wish that nobody answered within ten working days, and the unit that runs the portal may answer', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const { id } = (
      await post(
        'wishes',
        { title: '河道水位数据', text: '希望开放苏州河水位的历史数据。', owner: 'public-security' },
        citizen,
      )
    ).json();
    await moveDays(40);
    await fireClocks(house.services);
    // An event may have to wait for an older transaction somewhere in the cluster.
    do await dispatchEvents(house.services);
    while (await eventsWait(house.services));
    const listed = (await get('/api/open-data/wishes')).json().wishes.find((one: { id: string }) => one.id === id);
    expect(listed).toMatchObject({ state: 'open', escalated: true });
    const scores = (await get('/api/open-data/scores')).json().scores as {
      unit: string;
      counts: { asked: number; inTime: number };
    }[];
    expect(scores.find(({ unit }) => unit === 'public-security')?.counts).toMatchObject({ inTime: 0 });
    const centre = await signIn(house, 'data.centre');
    expect(
      (await post(`wishes/${id}/answer`, { outcome: 'refused', text: '涉及安全，不予开放。' }, centre)).json(),
    ).toMatchObject({ code: 'INVALID_INPUT' });
    const refused = await post(
      `wishes/${id}/answer`,
      { outcome: 'refused', text: '涉及安全，不予开放。', basis: '《上海市数据条例》第四十一条' },
      centre,
    );
    expect(refused.json(), refused.body).toMatchObject({ state: 'refused' });
    await moveDays(0);
    officer = await signIn(house, 'data.civil');
    second = await signIn(house, 'data.centre');
  });

  it('holds an abusive text until a person has looked at it, and logs both', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const held = await post(
      'wishes',
      { title: '给我数据', text: '你们这些混 蛋快点开放数据吧！', owner: 'civil-affairs' },
      citizen,
    );
    expect(held.json()).toMatchObject({ state: 'held' });
    const ids = async () => (await get('/api/open-data/wishes')).json().wishes.map((one: { id: string }) => one.id);
    expect(await ids()).not.toContain(held.json().id);
    expect(
      (
        await post(
          'moderation',
          { kind: 'wish', id: held.json().id, step: 'shown', reason: '情绪用语，需求真实' },
          officer,
        )
      ).statusCode,
    ).toBe(200);
    expect(await ids()).toContain(held.json().id);
    const log = await inside((db) =>
      db.rows<{ step: string; words: string[]; reason: string | null }>(
        sql`select step, words, reason from open_data.moderation where subject = ${held.json().id}::uuid order by at, step`,
      ),
    );
    expect(log).toMatchObject([
      { step: 'held', words: ['混蛋'] },
      { step: 'shown', reason: '情绪用语，需求真实' },
    ]);
  });

  it('is hidden by the portal’s unit only, and comes back as it stood', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const { id } = (
      await post(
        'wishes',
        { title: '批评的需求', text: '贵单位两年没有更新数据，请说明原因。', owner: 'civil-affairs' },
        citizen,
      )
    ).json();
    expect((await post(`wishes/${id}/answer`, { outcome: 'accepted', text: '将尽快更新。' }, officer)).statusCode).toBe(
      200,
    );
    const hide = { kind: 'wish', id, step: 'hidden', reason: '不便展示' };
    const seen = async () =>
      (await get('/api/open-data/wishes')).json().wishes.find((one: { id: string }) => one.id === id);
    expect((await post('moderation', hide, officer)).statusCode).toBe(404);
    expect(await seen()).toMatchObject({ state: 'accepted' });
    expect((await post('moderation', hide, second)).statusCode).toBe(200);
    expect(await seen()).toBeUndefined();
    const show = { ...hide, step: 'shown', reason: '误判' };
    expect((await post('moderation', show, officer)).statusCode).toBe(404);
    expect((await post('moderation', show, second)).statusCode).toBe(200);
    expect(await seen()).toMatchObject({ state: 'accepted', reply: '将尽快更新。' });
  });

  it('names a re-use that exists, or is refused at its field', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const report = await post(
      'datasets/committees/feedback',
      { text: '名称与现状不一致', reuse: '019a0000-0000-7000-8000-000000000009' },
      citizen,
    );
    expect(report.statusCode).toBe(400);
    expect(report.json()).toMatchObject({ code: 'INVALID_INPUT', fields: [{ pointer: '/reuse' }] });
  });

  it('keeps markup of a wish as text, in the list and in the feeds', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const text = '<script>alert(1)</script> & "引号" 希望开放';
    const { id } = (
      await post('wishes', { title: '<img src=x onerror=alert(1)>', text, owner: 'civil-affairs' }, citizen)
    ).json();
    const reply = await get('/api/open-data/wishes');
    expect(reply.headers['content-type']).toContain('application/json');
    expect(reply.json().wishes.find((one: { id: string }) => one.id === id)).toMatchObject({ text });
    const bad = await post(
      'reuses',
      {
        title: '坏链接',
        text: '一个带脚本地址的应用登记。',
        url: 'javascript:alert(1)',
        kind: 'app',
        datasets: ['committees'],
        by: 'x',
      },
      citizen,
    );
    expect(bad.json()).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('keeps nobody’s name with a wish, a vote or a report', async () => {
    const rows = await inside((db) =>
      db.rows<{ all: string }>(sql`
      select w::text as all from open_data.wish w union all select v::text from open_data.vote v union all select f::text from open_data.feedback f`),
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { all } of rows) expect(all).not.toMatch(/citizen\.wei|魏薇婷|agent\.siyuan/);
  });
});

describe('a large version', () => {
  it('is written as a file when it is published, a small one when it is read', async () => {
    const files = async (version: string) =>
      (await readdir(join(house.services.config.dataDir, 'open')).catch(() => [])).filter(
        (name) => name.startsWith(version) && name.endsWith('.csv'),
      );
    const { version } = await opened('many-rows', { csv: 'name,n\r\na,1\r\n' });
    expect(await files(version)).toEqual([]);
    // As if it had so many: what is told of it is the same.
    await inside(async (db) => {
      await db.run(sql`update open_data.version set rows = 100000 where id = ${version}::uuid`);
      await db.emit({ type: 'open-data.version.published', subject: version, data: { dataset: 'many-rows' } });
    });
    do await dispatchEvents(house.services);
    while (await eventsWait(house.services));
    await vi.waitFor(async () => expect(await files(version)).toEqual([`${version}.csv`]), { timeout: 20_000 });
    expect((await get('/open/many-rows/latest.csv')).body).toBe('name,n\r\na,1\r\n');
  });
});

describe('a spreadsheet', () => {
  it('runs nothing that a set holds: formulas are neutralised in CSV, kept in JSON', async () => {
    await opened('formulas', { csv: 'name,n\r\n"=HYPERLINK(""http://x"")",-5\r\n@cmd,+1\r\n' });
    const csv = (await get('/open/formulas/latest.csv')).body;
    expect(csv).toBe(`name,n\r\n"'=HYPERLINK(""http://x"")",-5\r\n'@cmd,'+1\r\n`);
    expect((await get('/open/formulas/latest.json')).json()[0].name).toBe('=HYPERLINK("http://x")');
  });
});

describe('a conditional set', () => {
  it('needs a real-name enterprise, an agreement and a key, each of which can end', async () => {
    await opened('noise-sensors', {
      csv: `sensor,db,place\r\n${Array.from({ length: 60 }, (_, at) => `S${at},${40 + (at % 17)},点${at % 9}`).join('\r\n')}\r\n`,
      security: true,
    });
    const citizen = await signIn(house, 'citizen.wei');
    const agent = await signIn(house, 'agent.siyuan');
    const asked = { purpose: '城市噪声地图的研究与展示', measures: ['access-control', 'encryption', 'no-transfer'] };
    expect((await get('/open/noise-sensors/latest.csv')).json()).toMatchObject({ code: 'KEY_REFUSED' });
    expect((await post('datasets/noise-sensors/access-requests', asked, citizen)).json()).toMatchObject({
      code: 'REAL_NAME_ENTITY_NEEDED',
    });
    expect(
      (await post('datasets/noise-sensors/access-requests', { ...asked, measures: ['encryption'] }, agent)).json(),
    ).toMatchObject({ code: 'INVALID_INPUT' });
    const { id } = (await post('datasets/noise-sensors/access-requests', asked, agent)).json();
    const { secret } = (await post('keys', { label: '噪声地图' }, agent)).json();
    const download = (key = secret) => get('/open/noise-sensors/latest.csv', { 'x-api-key': key });
    expect((await download()).statusCode).toBe(401);
    expect(
      (await post(`access-requests/${id}/decision`, { outcome: 'approved', reason: '用途明确' }, officer)).json(),
    ).toMatchObject({ state: 'approved' });
    expect((await download()).statusCode).toBe(200);
    expect((await download('sdo_wrong')).statusCode).toBe(401);
    const mine = (await call(house, { url: '/api/open-data/access-requests', cookie: agent })).json().requests[0];
    expect(JSON.parse(mine.agreement)).toMatchObject({
      '@type': 'Agreement',
      permission: [{ action: ['use', 'derive'] }],
      prohibition: [{ action: ['distribute', 'sell'] }, {}],
    });
    expect(mine.calls).toBe(1);
    await moveDays(366);
    expect((await download()).statusCode).toBe(401);
    await moveDays(0);
    expect(
      (await post(`access-requests/${id}/decision`, { outcome: 'revoked', reason: '用途改变' }, officer)).json(),
    ).toMatchObject({ state: 'revoked' });
    expect((await download()).statusCode).toBe(401);
    expect((await post('datasets/noise-sensors/access-requests', asked, agent)).statusCode).toBe(201);
  });

  it('may be asked for again when the agreement of a year has run out', async () => {
    await opened('bridges', { csv: 'name,n\r\na,1\r\nb,2\r\n', security: true });
    const agent = await signIn(house, 'agent.siyuan');
    const id = await agreedOn('bridges', agent);
    const again = { purpose: '客流指数的加工与展示', measures: ['access-control', 'encryption', 'no-transfer'] };
    expect((await post('datasets/bridges/access-requests', again, agent)).statusCode).toBe(409);
    await inside((db) =>
      db.run(sql`update open_data.access_request set valid_until = now() - interval '1 day' where id = ${id}::uuid`),
    );
    expect((await post('datasets/bridges/access-requests', again, agent)).statusCode).toBe(201);
  });

  it('is metered for every part of a file, and marks its rows once', async () => {
    await opened('lamps', {
      csv: `lamp,n\r\n${Array.from({ length: 100 }, (_, at) => `L${at},${at}`).join('\r\n')}\r\n`,
      security: true,
    });
    const key = await keyFor('parts', 'lamps');
    const read = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
      house.server.fastify.inject({
        method,
        url: '/open/lamps/latest.csv',
        headers: { 'x-api-key': key.secret, ...headers },
      });
    const used = () =>
      inside((db) =>
        db.one<{ calls: number; rows: number; marks: number }>(sql`
          select coalesce(sum(calls), 0)::int as calls, coalesce(sum(rows), 0)::int as rows, (select count(*)::int from open_data.canary where key = ${key.id}::uuid) as marks
          from open_data.key_use where key = ${key.id}::uuid`),
      );
    const etag = String((await read({}, 'HEAD')).headers.etag);
    const { marks, calls } = await used();
    expect([calls, marks]).toEqual([0, 16]);
    await inside((db) => db.run(sql`delete from open_data.canary where key = ${key.id}::uuid`));
    expect((await read({ 'if-none-match': etag })).statusCode).toBe(304);
    const rest = await read({ range: 'bytes=1-' });
    expect(rest.statusCode).toBe(206);
    const { calls: once, rows, marks: none } = await used();
    expect([once, rows, none]).toEqual([1, 100, 0]);
    await read({ range: 'bytes=0-9' });
    expect(await used()).toMatchObject({ calls: 2 });
  });

  it('names ten holders of ten leaked samples', async () => {
    await opened('taxi-stands', {
      csv: `stand,calls,hour,street\r\n${Array.from({ length: 240 }, (_, at) => `T${at},${(at * 7) % 53},${at % 24},路${at % 11}`).join('\r\n')}\r\n`,
      security: true,
    });
    const leaks: { key: string; rows: string[][] }[] = [];
    for (let holder = 0; holder < 10; holder++) {
      const key = await keyFor(`holder${holder}`, 'taxi-stands');
      const csv = (await get('/open/taxi-stands/latest.csv', { authorization: key.secret })).body;
      const rows = csv
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(','));
      expect(rows.length).toBeGreaterThan(240);
      // Half of the table gets out, in another order.
      leaks.push({ key: key.id, rows: rows.filter((_, at) => at % 2 === 0).reverse() });
    }
    let named = 0;
    for (const { key, rows } of leaks) {
      const traced = await post('datasets/taxi-stands/leaks', { rows }, officer);
      expect(traced.statusCode, traced.body).toBe(200);
      if (traced.json().holders.length === 1 && traced.json().holders[0].key === key) named += 1;
    }
    expect(named).toBe(10);
    const innocent = (await post('datasets/taxi-stands/leaks', { rows: [['T1', '7', '1', '路1']] }, officer)).json();
    expect(innocent.holders).toEqual([]);
  });

  it('keeps only the digest of a key, and shows it once', async () => {
    const citizen = await signIn(house, 'citizen.wei');
    const key = crypto.randomUUID();
    const make = () =>
      call(house, { method: 'POST', url: '/api/open-data/keys', body: { label: '一次' }, cookie: citizen, key });
    const { secret } = (await make()).json();
    expect((await make()).json()).toMatchObject({ code: 'ALREADY_SHOWN' });
    const [row] = await inside((db) =>
      db.rows<{ all: string }>(sql`select string_agg(k::text, ' ') as all from open_data.api_key k`),
    );
    expect(row?.all).not.toContain(secret);
  });
});

async function keyFor(account: string, dataset: string): Promise<{ id: string; secret: string }> {
  const { newSecret } = await import('../keys/api-key.ts');
  const { secret, prefix, digest } = newSecret();
  const id = crypto.randomUUID();
  await inside(async (db) => {
    await db.run(
      sql`insert into open_data.api_key (id, prefix, digest, account, holder, label) values (${id}::uuid, ${prefix}, ${digest}, ${account}, ${account}, 'x')`,
    );
    await db.run(sql`insert into open_data.access_request (id, dataset, owner, account, entity, entity_name, purpose, measures, state, valid_until, agreement)
      values (${crypto.randomUUID()}::uuid, ${dataset}, 'civil-affairs', ${account}, 'x', 'x', '研究用途的样例申请说明', '{}', 'approved', now() + interval '1 year', '{}')`);
  });
  return { id, secret };
}

/** An agreement of the agent on a set, asked for and approved. */
async function agreedOn(dataset: string, agent: string): Promise<string> {
  const asked = { purpose: '客流指数的加工与展示', measures: ['access-control', 'encryption', 'no-transfer'] };
  const request = await post(`datasets/${dataset}/access-requests`, asked, agent);
  expect(request.statusCode, request.body).toBe(201);
  const { id } = request.json();
  const decided = await post(`access-requests/${id}/decision`, { outcome: 'approved', reason: '用途明确' }, officer);
  expect(decided.json(), decided.body).toMatchObject({ state: 'approved' });
  return id;
}

describe('circulation', () => {
  it('lists a product after its check, delivers by a key, meters and settles', async () => {
    await opened('footfall', {
      csv: `place,n\r\n${Array.from({ length: 30 }, (_, at) => `点${at},${at * 3}`).join('\r\n')}\r\n`,
      security: true,
    });
    const agent = await signIn(house, 'agent.siyuan');
    const offer = {
      title: '客流指数',
      text: '按地点的客流指数',
      dataset: 'footfall',
      rights: '依据协议加工形成，权属清晰',
      priceFen: 50,
    };
    expect((await post('products', offer, agent)).json()).toMatchObject({ code: 'AGREEMENT_NEEDED' });
    const agreement = await agreedOn('footfall', agent);
    const product = (await post('products', offer, agent)).json().id;
    expect((await post(`products/${product}/orders`, {}, agent)).statusCode).toBe(404);
    const answer = (applies: boolean) => ({ applies, note: '已核' });
    expect(
      (await post(`products/${product}/check`, { answers: { security: answer(false) } }, officer)).json(),
    ).toMatchObject({ code: 'INVALID_INPUT' });
    expect(
      (
        await post(
          `products/${product}/check`,
          { answers: { security: answer(false), consent: answer(false), law: answer(false) } },
          officer,
        )
      ).json(),
    ).toMatchObject({ state: 'listed' });
    const order = (await post(`products/${product}/orders`, {}, agent)).json();
    expect(order.no).toMatch(/^DT\d{10}$/);
    for (let time = 0; time < 3; time++)
      expect((await get('/open/footfall/latest.csv', { 'x-api-key': order.secret })).statusCode).toBe(200);
    const settled = (await post(`trades/${order.id}/settle`, {}, officer)).json();
    expect(settled).toMatchObject({ calls: 3, amountFen: 150 });
    expect((await post(`trades/${order.id}/settle`, {}, officer)).json()).toMatchObject({ calls: 3, amountFen: 150 });
    const bad = (await post('products', { ...offer, title: '违规产品' }, agent)).json().id;
    const refused = await post(
      `products/${bad}/check`,
      { answers: { security: answer(false), consent: answer(true), law: answer(false) } },
      officer,
    );
    expect(refused.json()).toMatchObject({ state: 'refused' });
    const listed = (await call(house, { url: '/api/open-data/products', cookie: agent })).json().products;
    expect(listed.find((one: { id: string }) => one.id === bad).reason).toContain('第五十五条');
    // An order outlives no agreement: its key opens nothing more, and nothing new is ordered.
    await post(`access-requests/${agreement}/decision`, { outcome: 'revoked', reason: '用途改变' }, officer);
    expect((await get('/open/footfall/latest.csv', { 'x-api-key': order.secret })).statusCode).toBe(401);
    expect((await post(`products/${product}/orders`, {}, agent)).json()).toMatchObject({ code: 'AGREEMENT_NEEDED' });
    await inside((db) =>
      db.run(sql`update open_data.key_use set calls = 3000000000, rows = 9000000000 where dataset = 'footfall'`),
    );
    expect((await call(house, { url: '/api/open-data/keys', cookie: agent })).json().keys).toContainEqual(
      expect.objectContaining({ calls: 3_000_000_000, rows: 9_000_000_000 }),
    );
  });
});
