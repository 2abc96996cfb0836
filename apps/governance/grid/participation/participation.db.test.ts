import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openCaseHouse, PERSON, type Who } from '#platform/case/fixtures/case-house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { grid } from '../app.ts';
import { creditReport, pointsOf } from './credit.ts';
import { endAdoptions } from './end-adoptions.ts';
import { winnersOf } from './hold-draws.ts';
import { takeBack } from './take-back.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse([grid]);
}, 240_000);
afterAll(() => house?.close());

const inGrid = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'grid', actor: systemActor({ name: 'test' }) }, work);
const get = (who: Who, url: string, purpose?: string) => call(house, { url, cookie: `sid=${who}`, purpose });
const post = (who: Who, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url, body, cookie: `sid=${who}` });
const balance = async (who: Who) => (await get(who, '/api/grid/points')).json<{ balance: number }>().balance;
/** Waits for what events and jobs write. */
const until = (check: () => Promise<void>) =>
  vi.waitFor(
    async () => {
      await dispatchEvents(house.services);
      house.services.wake();
      await check();
    },
    { timeout: 20_000, interval: 100 },
  );
const PLACE = { lon: 121.5051, lat: 31.2051 };
const report = async (who: Who, more: object = {}) => {
  const body = {
    class: 'P0101',
    text: '样例井盖没有了，电话13812345678',
    ...PLACE,
    clientId: crypto.randomUUID(),
    ...more,
  };
  const reply = await post(who, '/api/incident/reports', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string; no: string }>();
};

it('a neighbour sees what is known near the pin, without who reported and with numbers masked, and follows it once', async () => {
  const made = await report('citizen');
  const near = (await get('neighbour', `/api/incident/near?lon=${PLACE.lon}&lat=${PLACE.lat}`)).json<{
    cases: Record<string, unknown>[];
  }>();
  expect(near.cases).toMatchObject([{ no: made.no, class: 'P0101', state: 'reported', metres: 0 }]);
  expect(near.cases[0]?.text).toContain('138****5678');
  expect(Object.keys(near.cases[0] ?? {}).sort()).toEqual(
    ['no', 'class', 'state', 'text', 'lon', 'lat', 'reports', 'reportedAt', 'metres', 'sample'].sort(),
  );
  const joined = await post('neighbour', `/api/incident/near/${made.no}/join`, { clientId: crypto.randomUUID() });
  expect(joined.statusCode, joined.body).toBe(201);
  expect(joined.json()).toMatchObject({ no: made.no, fresh: true });
  const again = await post('neighbour', `/api/incident/near/${made.no}/join`, { clientId: crypto.randomUUID() });
  expect(again.json()).toMatchObject({ id: joined.json<{ id: string }>().id, fresh: false });
  const accepted = await post('clerk', `/api/incident/cases/${made.no}/accept`);
  expect(accepted.statusCode, accepted.body).toBe(200);
  await until(async () => {
    expect(await balance('citizen')).toBe(5);
    expect(await balance('neighbour')).toBe(1);
  });
  const told = (await get('neighbour', `/api/incident/own-reports/${joined.json<{ id: string }>().id}`)).json<{
    notices: { kind: string }[];
    reports: number;
  }>();
  expect(told.notices.map(({ kind }) => kind)).toContain('accept');
  expect(told.reports).toBe(2);
});

it('counts an event that comes twice once, and no more than the most of a day', async () => {
  const now = house.services.clock.now();
  const person = crypto.randomUUID();
  const credit = (id: string) => inGrid((db) => creditReport({ db, now, report: id, person, first: true }));
  const ids = [1, 2, 3].map(() => crypto.randomUUID());
  for (const id of [...ids, ...ids]) await credit(id);
  const rows = await inGrid((db) =>
    db.rows<{ amount: number }>(
      sql`select amount from grid.points where person = ${person}::uuid order by at, amount desc`,
    ),
  );
  expect(rows.map(({ amount }) => amount)).toEqual([5, 5, 0]);
  fc.assert(
    fc.property(fc.boolean(), fc.nat(12), (first, today) => {
      const n = pointsOf({ report: 5, follower: 20, day: 10 }, { first, today });
      return n >= 0 && (n === 0 || today + n <= 10) && n <= (first ? 5 : 1);
    }),
  );
});

it('redeems a voucher at once or not at all, never below zero and never more than there are', async () => {
  await inGrid((db) =>
    db.run(
      sql`insert into grid.voucher (id, title, cost, stock, valid_to) values ('one', '{"zh":"券","en":"One"}', 2, 1, '2099-12-31')`,
    ),
  );
  const replies = await Promise.all([1, 2, 3].map(() => post('citizen', '/api/grid/vouchers/one/redeem')));
  expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
  expect(await balance('citizen')).toBe(3);
  expect((await post('neighbour', '/api/grid/vouchers/one/redeem')).json()).toMatchObject({
    code: 'GRID_POINTS_TOO_FEW',
  });
  await expect(inGrid((db) => db.run(sql`update grid.points set amount = 100`))).rejects.toThrow();
});

it('draws what anybody can compute again from the published seed, and never names a person', async () => {
  const closesAt = new Date(house.services.clock.now().getTime() + 1500).toISOString();
  const opened = await post('duty', '/api/grid/draws', { zh: '抽奖', en: 'Draw', cost: 1, winners: 1, closesAt });
  expect(opened.statusCode, opened.body).toBe(201);
  const { id, seed } = opened.json<{ id: string; seed: string }>();
  for (const who of ['citizen', 'neighbour'] as const)
    expect((await post(who, `/api/grid/draws/${id}/tickets`)).statusCode).toBe(201);
  expect((await post('citizen', `/api/grid/draws/${id}/tickets`)).json()).toMatchObject({ code: 'GRID_DRAW_CLOSED' });
  expect((await post('duty', `/api/grid/draws/${id}/draw`)).json()).toMatchObject({ code: 'GRID_DRAW_NOT_DUE' });
  const drawn = await vi.waitFor(
    async () => {
      const reply = await post('duty', `/api/grid/draws/${id}/draw`);
      expect(reply.statusCode).toBe(200);
      return reply.json<{ won: string[] }>();
    },
    { timeout: 20_000, interval: 300 },
  );
  const { tickets } = (await get('duty', `/api/grid/draws/${id}/tickets`)).json<{ tickets: string[] }>();
  expect(winnersOf({ seed, tickets: [...tickets].reverse(), winners: 1 })).toEqual(drawn.won);
  const shown = (await call(house, { url: '/api/grid/draws' })).body;
  expect(shown).not.toContain(PERSON.mine);
});

it('the street decides on an adoption of its own, and whoever adopted ends it', async () => {
  const asked = await post('citizen', '/api/grid/own-adoptions', { ...PLACE, wish: '照看路口花箱' });
  expect(asked.statusCode, asked.body).toBe(201);
  const { id } = asked.json<{ id: string }>();
  const decide = (who: Who) => post(who, `/api/grid/adoptions/${id}/decide`, { approved: true, reason: '同意认养' });
  expect((await decide('west')).statusCode).toBe(404);
  expect((await decide('clerk')).json()).toMatchObject({ state: 'approved' });
  expect((await decide('clerk')).json()).toMatchObject({ code: 'GRID_ADOPTION_DECIDED' });
  expect((await post('neighbour', `/api/grid/own-adoptions/${id}/end`)).statusCode).toBe(404);
  expect((await post('citizen', `/api/grid/own-adoptions/${id}/end`)).json()).toEqual({ state: 'ended' });
});

it('pauses points by a decision of a person only, and another person decides on the appeal', async () => {
  const made = await report('neighbour', { text: '样例虚构的问题', lon: 121.5061 });
  const body = { report: made.id, days: 7, reason: '现场核实，上报内容为虚构' };
  expect((await post('duty', '/api/grid/pauses', body)).json()).toMatchObject({ code: 'GRID_PAUSE_UNFOUNDED' });
  const rejected = await post('clerk', `/api/incident/cases/${made.no}/reject`, {
    reason: 'false-report',
    text: '现场没有这个问题',
  });
  expect(rejected.statusCode, rejected.body).toBe(200);
  expect((await get('neighbour', '/api/grid/points')).json()).toMatchObject({ pauses: [] });
  const paused = await post('duty', '/api/grid/pauses', body);
  expect(paused.statusCode, paused.body).toBe(201);
  const { id } = paused.json<{ id: string }>();
  expect((await post('neighbour', `/api/grid/own-pauses/${id}/appeal`, { text: '当时确实看到了' })).statusCode).toBe(
    200,
  );
  const settle = (who: Who) => post(who, `/api/grid/pauses/${id}/appeal`, { lifted: true, reason: '复核属实' });
  expect((await settle('duty')).json()).toMatchObject({ code: 'GRID_PAUSE_SAME_PERSON' });
  expect((await settle('dutyToo')).json()).toEqual({ outcome: 'lifted' });
  // Reports are taken all the same.
  await report('neighbour', { lon: 121.5069 });
});

type Line = {
  id: string;
  kind: string;
  amount: number;
  note: string | null;
  earned: number | null;
  objection: { outcome: string | null } | null;
};
const lines = async (who: Who) => (await get(who, '/api/grid/points')).json<{ lines: Line[] }>().lines;

it('takes points back when the centre cancels the case, with the words that were told, and a person may give them again', async () => {
  const made = await report('neighbour', { lon: 121.5081, text: '样例路面塌陷' });
  await post('clerk', `/api/incident/cases/${made.no}/accept`);
  await until(async () =>
    expect((await lines('neighbour')).filter(({ kind }) => kind === 'report')).toMatchObject([{ amount: 5 }]),
  );
  const before = await balance('neighbour');
  await post('clerk', `/api/incident/cases/${made.no}/establish`);
  const cancelled = await post('duty', `/api/incident/cases/${made.no}/cancel`, { text: '现场核实没有塌陷' });
  expect(cancelled.statusCode, cancelled.body).toBe(200);
  await until(async () => expect(await balance('neighbour')).toBe(before - 5));
  const taken = (await lines('neighbour')).find(({ kind }) => kind === 'reversal');
  expect(taken).toMatchObject({ amount: -5, note: '现场核实没有塌陷', earned: 5 });
  // The first line stays as it was.
  expect((await lines('neighbour')).some(({ kind, amount }) => kind === 'report' && amount === 5)).toBe(true);
  const refused = (await get('duty', '/api/grid/refused-reports')).json<{ reports: { no: string; why: string }[] }>();
  expect(refused.reports[0]).toMatchObject({ no: made.no, why: '现场核实没有塌陷' });
  const object = (who: Who) => post(who, `/api/grid/own-reversals/${taken?.id}/object`, { text: '照片里看得到塌陷' });
  expect((await object('citizen')).statusCode).toBe(404);
  expect((await object('neighbour')).statusCode).toBe(200);
  const waiting = (await get('duty', '/api/grid/objections')).json<{ objections: { id: string; text: string }[] }>();
  expect(waiting.objections).toMatchObject([{ id: taken?.id, text: '照片里看得到塌陷' }]);
  const decide = () =>
    post('duty', `/api/grid/objections/${taken?.id}/decide`, { restored: true, reason: '照片属实，恢复' });
  expect((await decide()).json()).toEqual({ outcome: 'restored' });
  expect((await decide()).json()).toMatchObject({ code: 'GRID_OBJECTION_DECIDED' });
  expect(await balance('neighbour')).toBe(before);
});

it('keeps the cap of a day, all for the first and a fifth for followers, whatever is credited and taken back in whatever order', async () => {
  const now = house.services.clock.now();
  const Step = fc.record({ report: fc.nat(5), back: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { maxLength: 14 }), async (steps) => {
      const person = crypto.randomUUID();
      const ids = Array.from({ length: 6 }, (_, n) => ({ id: crypto.randomUUID(), first: n < 4 }));
      const rows = await inGrid(async (db) => {
        for (const { report: n, back } of steps) {
          const { id, first } = ids[n] as (typeof ids)[number];
          if (back) await takeBack({ db, now, report: id, person, why: '未发现' });
          else await creditReport({ db, now, report: id, person, first });
        }
        return db.rows<{ kind: string; amount: number; cause: string; of: number | null }>(sql`
          select p.kind, p.amount, p.cause, e.amount as of from grid.points p left join grid.points e on e.id = p.of_line where p.person = ${person}::uuid order by p.id`);
      });
      let held = 0;
      for (const row of rows) {
        held += row.amount;
        expect(held).toBeGreaterThanOrEqual(0);
        expect(held).toBeLessThanOrEqual(10);
        if (row.kind === 'report') expect([0, 5, Math.min(5, 10 - (held - row.amount))]).toContain(row.amount);
        if (row.kind === 'follow') expect([0, 1]).toContain(row.amount);
        // Nothing was spent here, so all of it goes back, once.
        if (row.kind === 'reversal') expect(row.amount).toBe(-(row.of ?? 0));
      }
      expect(new Set(rows.map(({ cause }) => cause)).size).toBe(rows.length);
    }),
    { numRuns: 25 },
  );
});

it('does not ask back what was spent meanwhile', async () => {
  const now = house.services.clock.now();
  const person = crypto.randomUUID();
  const id = crypto.randomUUID();
  const amounts = await inGrid(async (db) => {
    await creditReport({ db, now, report: id, person, first: true });
    await db.run(sql`
      insert into grid.points (id, person, kind, amount, cause, day, at)
      values (${crypto.randomUUID()}::uuid, ${person}::uuid, 'voucher', -3, ${`test:${id}`}, '2026-01-01', ${now}::timestamptz)`);
    await takeBack({ db, now, report: id, person, why: '未发现' });
    return db.rows<{ amount: number }>(
      sql`select amount from grid.points where person = ${person}::uuid and kind = 'reversal'`,
    );
  });
  expect(amounts).toEqual([{ amount: -2 }]);
});

it('ends an adoption by itself after its last day, and whoever had it may go on once', async () => {
  const { id } = (await post('citizen', '/api/grid/own-adoptions', { ...PLACE, wish: '照看路口长椅' })).json<{
    id: string;
  }>();
  await post('clerk', `/api/grid/adoptions/${id}/decide`, { approved: true, reason: '同意认养' });
  const renew = (who: Who = 'citizen') => post(who, `/api/grid/own-adoptions/${id}/renew`);
  await endAdoptions(house.services);
  expect((await renew()).json()).toMatchObject({ code: 'GRID_ADOPTION_NOT_RENEWABLE' });
  await inGrid((db) => db.run(sql`update grid.adoption set until = '2020-01-01' where id = ${id}::uuid`));
  expect(await endAdoptions(house.services)).toBe(1);
  expect(await endAdoptions(house.services)).toBe(0);
  const own = (await get('citizen', '/api/grid/own-adoptions')).json<{ adoptions: { id: string }[] }>().adoptions;
  expect(own.find((each) => each.id === id)).toMatchObject({ state: 'ended', endedBy: 'term' });
  expect((await renew('neighbour')).statusCode).toBe(404);
  expect((await renew()).statusCode).toBe(201);
  expect((await renew()).json()).toMatchObject({ code: 'GRID_ADOPTION_NOT_RENEWABLE' });
});
