import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openCaseHouse, photo, type Who } from './fixtures/case-house.ts';

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
