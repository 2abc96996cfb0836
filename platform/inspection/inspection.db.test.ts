import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { inspection } from './app.ts';
import { draw, poolDigest } from './draw.ts';

const HEAD = 'head.ruijin';
const CLERK = 'clerk.ruijin';
const FOREIGN = 'clerk.bund';
let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, inspection],
    work: false,
  });
  await setNow('2026-11-20T09:00:00');
  await send(HEAD, 'PUT', 'checklists/test.exits', { title: { zh: '消防通道检查', en: 'Fire exits' }, items: ITEMS });
}, 300_000);
afterAll(() => house?.close());

const ITEMS = [
  {
    id: 'exit',
    title: { zh: '安全出口畅通', en: 'Exits are free' },
    kind: 'check',
    basis: '《消防法》第二十八条',
    required: true,
    photo: 'never',
    severity: 'major',
  },
  {
    id: 'people',
    title: { zh: '人数', en: 'Persons' },
    kind: 'number',
    basis: '《消防法》第十六条',
    required: false,
    photo: 'never',
    severity: 'minor',
    max: 50,
  },
];
const tx = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'inspection', actor: systemActor({ name: 'test' }) }, work);
let today = '';
const setNow = (moment: string) => {
  today = moment;
  return moveClock(house, (Date.parse(`${moment}+08:00`) - Date.now()) / 1000);
};
const cookies = new Map<string, string>();
async function cookieOf(account: string): Promise<string> {
  const key = `${account} ${today}`;
  const cookie = cookies.get(key) ?? (await signIn(house, account));
  cookies.set(key, cookie);
  return cookie;
}
const get = async (account: string, path: string) =>
  call(house, { url: `/api/inspection/${path}`, cookie: await cookieOf(account) });
const send = async (account: string, method: 'PUT' | 'POST', path: string, body?: unknown) =>
  call(house, { method, url: `/api/inspection/${path}`, body, cookie: await cookieOf(account) });
async function settle(): Promise<void> {
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
}
async function task(): Promise<string> {
  const made = await send(HEAD, 'POST', 'tasks', {
    checklist: 'test.exits',
    dueOn: '2026-12-31',
    targets: [{ target: 'shop-1', name: '样例商铺' }],
    inspectors: [CLERK],
  });
  return (made.json() as { tasks: { id: string }[] }).tasks[0]?.id as string;
}
type Synced = { outcome: string; filledAt: string; skewSeconds: number; current: string | null };
const record = (of: string, more: Record<string, unknown> = {}) => ({
  task: of,
  base: null,
  filledAt: new Date(house.services.clock.now().getTime() - 600_000).toISOString(),
  sentAt: house.services.clock.now().toISOString(),
  answers: [{ item: 'exit', value: true }],
  ...more,
});
const sync = async (id: string, body: unknown, who = CLERK) => send(who, 'PUT', `records/${id}`, body);
const FAILS = [{ item: 'exit', value: false, note: '安全出口堆物' }];

describe('records from the field', () => {
  it('fifty sent three times each are there once', async () => {
    const of = await task();
    const ids = Array.from({ length: 50 }, () => uuidv7());
    const tasks = await send(HEAD, 'POST', 'tasks', {
      checklist: 'test.exits',
      dueOn: '2026-12-31',
      targets: ids.map((_, n) => ({ target: `t-${n}`, name: `商铺 ${n}` })),
      inspectors: [CLERK],
    });
    const made = (tasks.json() as { tasks: { id: string }[] }).tasks.map(({ id }) => id);
    const bodies = made.map((each) => record(each));
    for (let round = 0; round < 3; round++)
      for (const [n, id] of ids.entries())
        expect((await sync(id, bodies[n])).json()).toMatchObject({ outcome: round === 0 ? 'saved' : 'known' });
    const { n } = await tx((db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from inspection.record where id = any(${ids}::uuid[])`),
    );
    expect(n).toBe(50);
    expect(of).toBeTruthy();
  });
  it('a wrong clock of the phone: ours counts, both are kept', async () => {
    const of = await task();
    const id = uuidv7();
    const reply = (
      await sync(id, record(of, { filledAt: '2031-05-01T10:00:00Z', sentAt: '2031-05-01T10:30:00Z' }))
    ).json() as Synced;
    expect(Math.abs(Date.parse(reply.filledAt) - (house.services.clock.now().getTime() - 1_800_000))).toBeLessThan(
      60_000,
    );
    expect(reply.skewSeconds).toBeGreaterThan(100_000_000);
    const page = (await get(CLERK, `tasks/${of}`)).json() as { records: { deviceFilledAt: string }[] };
    expect(page.records[0]?.deviceFilledAt).toBe('2031-05-01T10:00:00.000Z');
  });
  it('two phones, one task: both records are kept, the page shows it, and a person says which counts', async () => {
    const of = await task();
    const [first, second] = [uuidv7(), uuidv7()];
    const replies = await Promise.all([sync(first, record(of)), sync(second, record(of, { answers: FAILS }))]);
    expect(replies.map((reply) => (reply.json() as Synced).outcome).sort()).toEqual(['conflict', 'saved']);
    const page = (await get(CLERK, `tasks/${of}`)).json() as { task: { state: string }; records: unknown[] };
    expect(page).toMatchObject({ task: { state: 'conflict' } });
    expect(page.records).toHaveLength(2);
    expect(
      (
        await send(HEAD, 'POST', 'rectifications', {
          task: of,
          findings: [uuidv7()],
          demand: '清理堆物',
          basis: '消防法',
        })
      ).statusCode,
    ).toBe(409);
    expect((await send(HEAD, 'PUT', `tasks/${of}/record`, { record: second })).statusCode).toBe(200);
    const after = (await get(CLERK, `tasks/${of}`)).json() as {
      task: { state: string; record: string };
      records: { id: string; state: string }[];
      findings: unknown[];
    };
    expect(after.task).toMatchObject({ state: 'done', record: second });
    expect(after.records.map(({ state }) => state).sort()).toEqual(['aside', 'counts']);
    expect(after.findings).toHaveLength(1);
  });
  it('a correction that knows the record before it is no conflict', async () => {
    const of = await task();
    const first = uuidv7();
    await sync(first, record(of));
    expect((await sync(uuidv7(), record(of, { base: first, answers: FAILS }))).json()).toMatchObject({
      outcome: 'saved',
    });
    expect((await sync(first, record(of))).statusCode).toBe(422);
  });
  it('bad input is refused at its answer, another unit sees nothing, and nothing was written', async () => {
    const of = await task();
    const bad = await sync(uuidv7(), record(of, { answers: [{ item: 'exit', value: false }] }));
    expect(bad.json()).toMatchObject({ fields: [{ pointer: '/answers/exit/note' }] });
    expect((await sync(uuidv7(), record(of), FOREIGN)).statusCode).toBe(404);
    expect((await get(FOREIGN, `tasks/${of}`)).statusCode).toBe(404);
    const photo = await sync(
      uuidv7(),
      record(of, { answers: [{ item: 'exit', value: false, note: '堆物', photos: [uuidv7()] }] }),
    );
    expect(photo.statusCode).toBeGreaterThanOrEqual(400);
    expect(((await get(CLERK, `tasks/${of}`)).json() as { records: unknown[] }).records).toEqual([]);
  });
});

describe('orders to put right', () => {
  it('issue, report, re-check by another, again, closed: the clock runs by the calendar and ends with the last', async () => {
    await setNow('2026-11-20T10:00:00');
    const of = await task();
    await sync(uuidv7(), record(of, { answers: FAILS }));
    const { findings } = (await get(HEAD, `tasks/${of}`)).json() as { findings: { id: string }[] };
    const made = await send(HEAD, 'POST', 'rectifications', {
      task: of,
      findings: findings.map(({ id }) => id),
      demand: '清理安全出口堆物',
      basis: '《消防法》第二十八条',
    });
    const order = made.json() as { id: string; clock: { dueAt: string; amount: number; unit: string } };
    // Fifteen working days after Friday 20 November: the day of the start does not count.
    expect(order.clock).toMatchObject({ amount: 15, unit: 'working-day', dueAt: '2026-12-11T16:00:00.000Z' });
    expect(
      (
        await send(HEAD, 'POST', 'rectifications', {
          task: of,
          findings: findings.map(({ id }) => id),
          demand: '清理安全出口堆物',
          basis: '《消防法》',
        })
      ).statusCode,
    ).toBe(400);
    expect((await send(HEAD, 'PUT', `rectifications/${order.id}/reported`, { report: '已清理' })).json()).toMatchObject(
      { state: 'reported' },
    );
    expect(
      (await send(HEAD, 'POST', `rectifications/${order.id}/rechecks`, { passed: true, note: '已清' })).statusCode,
    ).toBe(403);
    expect(
      (await send(CLERK, 'POST', `rectifications/${order.id}/rechecks`, { passed: false, note: '仍有堆物' })).json(),
    ).toMatchObject({ state: 'issued' });
    await setNow('2026-12-14T09:00:00');
    await fireClocks(house.services);
    await settle();
    expect(((await get(HEAD, 'tasks')).json() as { orders: unknown[] }).orders).toMatchObject([
      { id: order.id, overdue: true, clock: { state: 'overdue' } },
    ]);
    const closed = await send(CLERK, 'POST', `rectifications/${order.id}/rechecks`, { passed: true, note: '已清理' });
    expect(closed.json()).toMatchObject({
      state: 'closed',
      clock: { state: 'late' },
      rechecks: [{ passed: false }, { passed: true }],
    });
    expect(
      (await send(CLERK, 'POST', `rectifications/${order.id}/rechecks`, { passed: true, note: '已清理' })).statusCode,
    ).toBe(409);
  });
});

it('a checklist has versions: a task keeps the one that it was made with', async () => {
  const of = await task();
  const changed = await send(HEAD, 'PUT', 'checklists/test.exits', {
    title: { zh: '消防通道检查', en: 'Fire exits' },
    items: [ITEMS[0]],
  });
  expect(changed.json()).toEqual({ code: 'test.exits', version: 2 });
  expect((await get(CLERK, `tasks/${of}`)).json() as { items: unknown[]; task: unknown }).toMatchObject({
    task: { version: 1 },
    items: [{ id: 'exit' }, { id: 'people' }],
  });
  await expect(tx((db) => db.run(sql`update inspection.checklist set items = '[]'`))).rejects.toThrow(
    /permission denied/,
  );
});

it('a random draw can be computed again from what is kept', async () => {
  const targets = Array.from({ length: 30 }, (_, n) => `firm-${n}`);
  const inspectors = ['a', 'b', 'c', 'd'];
  const made = await send(HEAD, 'POST', 'tasks', {
    checklist: 'test.exits',
    dueOn: '2026-12-31',
    targets: targets.map((target) => ({ target, name: target })),
    inspectors,
    draw: { title: '十二月双随机', howMany: 5, perTask: 2 },
  });
  const reply = made.json() as {
    tasks: { target: string; inspectors: string[] }[];
    draw: { seed: string; pool: string };
  };
  expect(reply.tasks).toHaveLength(5);
  expect(reply.draw.pool).toBe(poolDigest(targets));
  const again = draw({ seed: reply.draw.seed, targets, inspectors, howMany: 5, perTask: 2 });
  expect(reply.tasks.map(({ target, inspectors: two }) => ({ target, inspectors: two }))).toEqual(again);
  const many = await send(HEAD, 'POST', 'tasks', {
    checklist: 'test.exits',
    dueOn: '2026-12-31',
    targets: [{ target: 'x', name: 'x' }],
    inspectors,
    draw: { title: '抽取', howMany: 2, perTask: 2 },
  });
  expect(many.json()).toMatchObject({ fields: [{ pointer: '/draw/howMany' }] });
});
