import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openCaseHouse, photo, type Who } from './fixtures/case-house.ts';
import { sweepHeld } from './sweep-held.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse();
  await moveClock(house, (new Date('2026-11-26T10:00:00+08:00').getTime() - Date.now()) / 1000);
}, 240_000);
afterAll(() => house?.close());

const inside = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'incident', actor: systemActor({ name: 'test' }) }, work);
const get = (who: Who, url: string) => call(house, { url: `/api/incident/${url}`, cookie: `sid=${who}` });
const post = (who: Who, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url: `/api/incident/${url}`, body, cookie: `sid=${who}` });
const done = async <T>(who: Who, url: string, body: unknown = {}): Promise<T> => {
  const reply = await post(who, url, body);
  expect(reply.statusCode, `${url}: ${reply.body}`).toBeLessThan(300);
  return reply.json<T>();
};
/** So many reports of an account within the hour, as if sent before. */
const earlier = (account: string, n: number) =>
  inside(async (db) => {
    const { id } = await db.one<{ id: string }>(sql`select id from incident.case_file limit 1`);
    await db.run(sql`
      insert into incident.report (id, case_id, first_case, client_id, account, channel, text, at, token)
      select gen_random_uuid(), ${id}::uuid, ${id}::uuid, gen_random_uuid(), ${account}, 'citizen', '样例', kernel.now(), gen_random_uuid() from generate_series(1, ${n}::int)`);
  });
let places = 0;
const body = (more: Record<string, unknown> = {}) => {
  places += 1;
  const lat = 31.2005 + places * 0.0003;
  return { clientId: crypto.randomUUID(), class: 'P0101', text: '样例路口井盖没有了', lon: 121.505, lat, ...more };
};
type Sent = { id: string; no: string; state: string; flags: string[]; token: string };
type Heaps = {
  heaps: { heap: string; count: number; texts: number; cooling: string | null }[];
  reports: { id: string; no: string }[];
};
const heaps = async (who: Who = 'clerk', heap?: string): Promise<Heaps> =>
  (await get(who, `held${heap === undefined ? '' : `?heap=${encodeURIComponent(heap)}`}`)).json();
const numbers = async (who: Who): Promise<string[]> =>
  (await get(who, 'cases?view=all')).json<{ cases: { no: string }[] }>().cases.map(({ no }) => no);

describe('a flood of one account', () => {
  it('is taken and held: nothing lost, no clock, no case, nobody’s double, and a receipt that comes again', async () => {
    const first = await done<Sent>('neighbour', 'reports', body());
    expect(first.no).toMatch(/^AJ/);
    await earlier('neighbour', 199);
    const before = await numbers('clerk');
    const sent = body({ text: '垃圾，电话13812345678', files: [await photo(house, 'neighbour')] });
    const held = await done<Sent>('neighbour', 'reports', sent);
    expect(held).toMatchObject({ state: 'held', flags: ['held'], no: expect.stringMatching(/^DH20261126\d{6}$/) });
    expect(await done<Sent>('neighbour', 'reports', sent)).toMatchObject({
      no: held.no,
      token: held.token,
      state: 'held',
    });
    await done<Sent>('neighbour', 'reports', body({ text: '样例路口井盖又没有了' }));
    expect(await numbers('clerk')).toEqual(before);
    const clocks = await inside((db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from incident.case_file where due_at is not null`),
    );
    expect(clocks.n).toBe(before.length);
    const near = await get('citizen', `near?lon=${sent.lon}&lat=${sent.lat}&within=10`);
    expect(near.json().cases).toEqual([]);
    // Whoever sent it sees it, and nobody else does.
    expect((await get('neighbour', 'own-reports')).json().held).toMatchObject([
      { state: 'held' },
      { no: held.no, text: '垃圾，电话138****5678' },
    ]);
    expect((await get('citizen', 'own-reports')).json().held).toEqual([]);
  });

  it('is looked at as a heap by the desk of the area, which sees no name', async () => {
    const { heaps: found } = await heaps();
    expect(found).toMatchObject([{ count: 2, texts: 2, cooling: null }]);
    expect(JSON.stringify(found)).not.toContain('neighbour');
    expect((await heaps('west')).heaps).toEqual([]);
    expect((await get('citizen', 'held')).statusCode).toBe(403);
    expect((await post('west', 'held/take-in', { heap: found[0]?.heap })).statusCode).toBe(404);
  });

  it('goes into the queue with its photos once a person takes it in, or is refused with a coded reason', async () => {
    const [{ heap = '' } = {}] = (await heaps()).heaps;
    const { reports } = await heaps('clerk', heap);
    const [one, two] = reports;
    expect(await done('clerk', 'held/take-in', { heap, ids: [one?.id] })).toEqual({ done: 1, left: 1 });
    expect(
      await done('clerk', 'held/refuse', { heap, ids: [two?.id], reason: 'repeated', text: '同一问题已经受理' }),
    ).toEqual({ done: 1, left: 0 });
    expect(
      (await post('clerk', 'held/refuse', { heap, reason: 'repeated', text: '同一问题已经受理' })).statusCode,
    ).toBe(404);
    const own = (await get('neighbour', 'own-reports')).json<{
      reports: { id: string; no: string; text: string }[];
      held: unknown[];
    }>();
    expect(own.held).toMatchObject([{ no: two?.no, state: 'refused', reason: 'repeated', words: '同一问题已经受理' }]);
    const made = own.reports.find(({ id }) => id === one?.id);
    expect(made?.text).toBe('垃圾，电话138****5678');
    const shown = (await get('clerk', `cases/${made?.no}`)).json();
    expect(shown).toMatchObject({ state: 'reported', clock: { unit: 'minute' } });
    expect(shown.photos).toHaveLength(1);
  });

  it('counts what is sent anonymously with the rest, and above the last limit says when to come back', async () => {
    const hidden = await done<Sent>('neighbour', 'reports', body({ anonymous: true }));
    expect(hidden.state).toBe('held');
    await earlier('neighbour', 1800);
    const reply = await post('neighbour', 'reports', body());
    expect(reply.json()).toMatchObject({
      status: 429,
      code: 'INCIDENT_TOO_MANY_REPORTS',
      retryAfter: expect.any(Number),
    });
    const again = Number(reply.headers['retry-after']);
    expect(again).toBeGreaterThan(3000);
    expect(again).toBeLessThanOrEqual(3600);
    // Others are not held up.
    expect((await done<Sent>('citizen', 'reports', body())).state).toBe('reported');
    await moveClock(house, (new Date('2026-11-26T11:01:00+08:00').getTime() - Date.now()) / 1000);
    expect((await done<Sent>('neighbour', 'reports', body())).state).toBe('reported');
  });
});

describe('a cooling-off', () => {
  it('is proposed by one person, decided by another, and holds reports without refusing any', async () => {
    const reason = '一小时内重复上报同一问题数百次';
    const [nameless] = (await heaps()).heaps;
    // Who is anonymous could not object: no decision about them.
    expect((await post('duty', 'coolings', { heap: nameless?.heap, reason })).json()).toMatchObject({
      code: 'INCIDENT_COOLING_NOBODY',
    });
    await earlier('neighbour', 200);
    await done<Sent>('neighbour', 'reports', body());
    await moveClock(house, (new Date('2026-11-26T12:05:00+08:00').getTime() - Date.now()) / 1000);
    const heap = (await heaps()).heaps.find((each) => each.heap !== nameless?.heap)?.heap;
    const { id } = await done<{ id: string }>('duty', 'coolings', { heap, reason });
    expect((await post('clerk', 'coolings', { heap, reason })).statusCode).toBe(409);
    // A proposal alone changes nothing.
    expect((await done<Sent>('neighbour', 'reports', body())).state).toBe('reported');
    expect((await post('clerk', `coolings/${id}/decide`, { days: 7, text: '情况属实' })).statusCode).toBe(403);
    expect((await post('duty', `coolings/${id}/decide`, { days: 7, text: '情况属实' })).json()).toMatchObject({
      code: 'INCIDENT_SEPARATION',
    });
    expect((await post('dutyToo', `coolings/${id}/decide`, { days: 99, text: '情况属实' })).json()).toMatchObject({
      fields: [{ pointer: '/days' }],
    });
    expect(await done('dutyToo', `coolings/${id}/decide`, { days: 7, text: '情况属实' })).toMatchObject({
      state: 'on',
    });
    expect((await done<Sent>('neighbour', 'reports', body())).state).toBe('held');
    expect((await heaps('duty')).heaps.map(({ cooling }) => cooling)).toContain('on');
  });

  it('is objected to by the one concerned, and a third person lifts it', async () => {
    const own = (await get('neighbour', 'own-reports')).json<{ coolings: { id: string; state: string }[] }>().coolings;
    expect(own).toMatchObject([{ state: 'on', words: '情况属实' }]);
    const id = own[0]?.id;
    expect((await post('citizen', `own-coolings/${id}/object`, { text: '与我无关的' })).statusCode).toBe(404);
    await done('neighbour', `own-coolings/${id}/object`, { text: '确实有多处井盖缺失' });
    for (const who of ['duty', 'dutyToo'] as const)
      expect((await post(who, `coolings/${id}/review`, { lift: true, text: '撤销冷静期' })).statusCode).toBe(403);
    await done('dutyThird', `coolings/${id}/review`, { lift: true, text: '撤销冷静期' });
    expect((await done<Sent>('neighbour', 'reports', body())).state).toBe('reported');
  });
});

describe('the term of retention', () => {
  const DAY_S = 86_400;
  const later = (days: number) =>
    moveClock(house, (new Date('2026-11-26T13:00:00+08:00').getTime() - Date.now()) / 1000 + days * DAY_S);
  const left = () =>
    inside((db) =>
      db.one<{ held: string[]; coolings: string[]; photos: number }>(sql`
        select (select coalesce(array_agg(state order by state), '{}') from incident.held_report) as held,
          (select coalesce(array_agg(state order by state), '{}') from incident.cooling) as coolings,
          (select count(*)::int from document.attachment where app = 'incident') as photos`),
    );

  it('takes what was decided and is over, with the photos of what was refused, audited; what waits for a person stays', async () => {
    await later(0);
    // One more, with a photo, and refused: of those before, one was taken in with its photo, which is its case's now.
    await earlier('citizen', 200);
    await done<Sent>('citizen', 'reports', body({ text: '有照片的上报', files: [await photo(house, 'citizen')] }));
    const [own] = (await get('citizen', 'own-reports')).json<{ held: { no: string }[] }>().held;
    const found = await inside((db) =>
      db.one<{ heap: string; id: string }>(sql`select heap, id from incident.held_report where no = ${own?.no ?? ''}`),
    );
    await done('clerk', 'held/refuse', { heap: found.heap, ids: [found.id], reason: 'test', text: '测试上报不受理' });
    await done('duty', 'coolings', { heap: found.heap, reason: '等待决定的冷静期提请' });
    const before = await left();
    expect(before.held.filter((state) => state === 'held').length).toBeGreaterThan(0);
    expect(before).toMatchObject({ coolings: ['lifted', 'proposed'], photos: 2 });
    expect(await sweepHeld(house.services)).toEqual({ held: 0, coolings: 0 });
    await later(364);
    expect(await sweepHeld(house.services)).toEqual({ held: 0, coolings: 0 });
    // A proposal about their sender waits still: what it is about stays with it.
    await later(366);
    expect(await sweepHeld(house.services)).toEqual({ held: 2, coolings: 0 });
    await inside((db) =>
      db.run(sql`
        update incident.cooling set state = 'declined', decided_by = 'dutyToo', decided_name = '样例', decided_at = kernel.now(), decided_words = '不予同意' where state = 'proposed'`),
    );
    expect(await sweepHeld(house.services)).toEqual({ held: 1, coolings: 0 });
    expect(await left()).toEqual({
      held: before.held.filter((state) => state === 'held'),
      coolings: ['declined', 'lifted'],
      photos: 1,
    });
    // Nobody deletes by hand, the desk neither.
    for (const table of [sql`incident.held_report`, sql`incident.cooling`])
      await expect(inside((db) => db.run(sql`delete from ${table}`))).rejects.toThrow(/permission denied/);
    await later(1101);
    expect(await sweepHeld(house.services)).toEqual({ held: 0, coolings: 1 });
    await later(366 + 1096);
    expect(await sweepHeld(house.services)).toEqual({ held: 0, coolings: 1 });
    const audits = await house.services.database.tx(
      { module: 'audit', actor: systemActor({ name: 'test' }), readOnly: true },
      (db) =>
        db.rows<{ route: string }>(
          sql`select route from audit.access where route like 'retention incident%' order by at, id`,
        ),
    );
    expect(audits.map(({ route }) => route)).toEqual([
      'retention incident held 2 cooling 0',
      'retention incident held 1 cooling 0',
      'retention incident held 0 cooling 1',
      'retention incident held 0 cooling 1',
    ]);
  });
});
