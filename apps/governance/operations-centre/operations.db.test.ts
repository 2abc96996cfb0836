import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import type { Database, Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { incident as cases } from '#platform/case/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { signal } from '#platform/signal/app.ts';
import { operationsCentre } from './app.ts';
import { playExercises } from './exercise/play.ts';
import { climbOrders } from './order/climb-ladder.ts';

let house: TestHouse;
const LEADER = 'leader.chen';
const DUTY = 'duty.ops';
const NIGHT = 'duty.night';
const UNITS = ['emergency', 'traffic-police', 'construction-transport', 'urban-management'];
const LIAISONS = ['liaison.emergency', 'liaison.traffic', 'liaison.construction', 'liaison.urban'];

beforeAll(async () => {
  house = await openHouse({
    manifests: [
      identity,
      rulebook,
      calendar,
      access,
      audit,
      search,
      catalog,
      document,
      { ...signal, timers: [] },
      { ...cases, consumers: [] },
      { ...operationsCentre, timers: [], consumers: [] },
    ],
    work: false,
  });
}, 300_000);
afterAll(() => house?.close());

const tx = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'ops', actor: systemActor({ name: 'test' }) }, work);
const cookies = new Map<string, string>();
let offset = 0;
let signedInAt = 0;
/** Goes on by so many seconds. A session ends when nobody uses it, so after a quarter of an hour everybody signs in anew. */
async function later(seconds: number): Promise<void> {
  offset += seconds;
  if (offset - signedInAt > 900) {
    signedInAt = offset;
    cookies.clear();
  }
  await moveClock(house, offset);
}
async function cookieOf(account: string): Promise<string> {
  const cookie = cookies.get(account) ?? (await signIn(house, account));
  cookies.set(account, cookie);
  return cookie;
}
async function ask(account: string, url: string, body?: object, key?: string) {
  return call(house, {
    method: body ? 'POST' : 'GET',
    url: `/api/ops/${url}`,
    body,
    key,
    cookie: await cookieOf(account),
  });
}
async function done<T = { id: string; state: string }>(account: string, url: string, body?: object): Promise<T> {
  const reply = await ask(account, url, body);
  expect(reply.statusCode, `${url} ${reply.body}`).toBeLessThan(300);
  return reply.json() as T;
}
const DRAFT = {
  title: '排除积水',
  demand: '到场抽排并设置警示',
  urgent: true,
  units: UNITS,
  dueMinutes: 120,
  feedbackMinutes: 30,
};
const told = (order: string) =>
  tx((db) =>
    db.rows<{ step: number }>(
      sql`select e.step from ops.order_entry e join ops.order_line l on l.id = e.line where e.ord = ${order}::uuid and e.what = 'told' order by e.at, l.unit`,
    ),
  );
const messages = (order: string) =>
  house.services.database.tx({ module: 'signal', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ account: string; step: number; title: { zh: string } }>(
      sql`select account, step, title from signal.message where subject = ${order}::uuid order by step, account`,
    ),
  );

describe('orders', () => {
  it('go to many units, are received, carried out, reported, verified by another person and closed', async () => {
    const { id } = await done(DUTY, 'orders', DRAFT);
    expect((await ask('liaison.emergency', `orders/${id}`)).statusCode, 'a draft is not seen by units').toBe(404);
    await done(DUTY, `orders/${id}/issue`, {});
    expect((await ask('head.civil', `orders/${id}`)).statusCode, 'nor an order by other units').toBe(404);
    for (const [i, liaison] of LIAISONS.entries()) {
      const line = `orders/${id}/lines/${UNITS[i]}`;
      await done(liaison, `${line}/receive`, {});
      const again = await done<{ lines: { unit: string; state: string }[] }>(liaison, `${line}/receive`, {});
      expect(again.lines, 'only the own line').toMatchObject([{ unit: UNITS[i], state: 'received' }]);
      await done(liaison, `${line}/execute`, {});
      await done(liaison, `${line}/feedback`, { text: '到场' });
      await done(liaison, `${line}/report`, { text: '完成' });
      expect((await ask(DUTY, `${line}/verify`, {})).json()).toMatchObject({ code: 'OPS_TWO_PERSONS' });
      await done(NIGHT, `${line}/verify`, {});
    }
    expect(await done(DUTY, `orders/${id}/close`, {})).toMatchObject({ state: 'closed' });
    const shown = await done<{ timeline: { what: string }[] }>(LEADER, `orders/${id}`);
    expect(shown.timeline.filter(({ what }) => what === 'received')).toHaveLength(4);
    const own = await done<{ timeline: { unit: string | null }[] }>('liaison.traffic', `orders/${id}`);
    expect(new Set(own.timeline.map(({ unit }) => unit))).toEqual(new Set([null, 'traffic-police']));
  });

  it('an unread urgent order escalates at 5 min ± 5 s of the server clock, step by step and once', async () => {
    const { id } = await done(DUTY, 'orders', { ...DRAFT, units: ['construction-transport'] });
    await done(DUTY, `orders/${id}/issue`, {});
    await climbOrders(house.services);
    expect(await told(id)).toMatchObject([{ step: 1 }]);
    // The timer that climbs looks often enough for five seconds to be kept.
    const ladder = operationsCentre.timers?.find(({ name }) => name === 'ladder');
    expect(ladder?.everyMs).toBeLessThanOrEqual(2_500);
    await later(297);
    await climbOrders(house.services);
    expect(await told(id), 'not before').toHaveLength(1);
    await later(3);
    await Promise.all([climbOrders(house.services), climbOrders(house.services)]);
    expect(await told(id), 'at five minutes, once').toMatchObject([{ step: 1 }, { step: 2 }]);
    await later(300);
    await climbOrders(house.services);
    const all = await messages(id);
    expect(all.map(({ account, step }) => `${step} ${account}`)).toEqual([
      '1 liaison.construction',
      '2 head.transport',
      '3 duty.night',
      '3 duty.ops',
    ]);
    await done('liaison.construction', `orders/${id}/lines/construction-transport/receive`, {});
    await later(3600);
    expect(await climbOrders(house.services)).toBe(0);
    const view = await done<{ lines: { late: boolean }[] }>(DUTY, `orders/${id}`);
    expect(view.lines).toMatchObject([{ late: true }]);
  });

  it('tells no step twice when the process dies between the step and its commit', async () => {
    const { id } = await done(DUTY, 'orders', { ...DRAFT, units: ['emergency', 'traffic-police'] });
    await done(DUTY, `orders/${id}/issue`, {});
    const { database } = house.services;
    let dies = true;
    const mortal: Database = {
      ...database,
      tx: (context, work) =>
        database.tx(context, async (db) => {
          const result = await work(db);
          if (dies && context.module === 'ops' && typeof result === 'number' && result > 0) {
            dies = false;
            throw new Error('cut');
          }
          return result;
        }),
    };
    await expect(climbOrders({ ...house.services, database: mortal })).rejects.toThrow('cut');
    expect(await messages(id)).toEqual([]);
    await climbOrders(house.services);
    await climbOrders(house.services);
    expect(await messages(id)).toHaveLength(2);
  });

  it('is one order however often the browser sends it, and an unfinished draft waits for the officer', async () => {
    const key = crypto.randomUUID();
    const before = await done<{ orders: unknown[] }>(DUTY, 'orders');
    const sent = await Promise.all([ask(DUTY, 'orders', DRAFT, key), ask(DUTY, 'orders', DRAFT, key)]);
    const ids = new Set(sent.filter(({ statusCode }) => statusCode === 201).map((reply) => reply.json().id));
    const again = await ask(DUTY, 'orders', DRAFT, key);
    ids.add(again.json().id);
    expect(ids.size).toBe(1);
    const after = await done<{ orders: { id: string; state: string }[] }>(DUTY, 'orders');
    expect(after.orders).toHaveLength(before.orders.length + 1);
    expect(after.orders.find(({ id }) => ids.has(id))).toMatchObject({ state: 'draft' });
  });

  it('issued in two tabs at once it goes out once, and another officer ends what the first has begun', async () => {
    const { id } = await done(DUTY, 'orders', { ...DRAFT, units: ['emergency'] });
    const tabs = await Promise.all([ask(DUTY, `orders/${id}/issue`, {}), ask(DUTY, `orders/${id}/issue`, {})]);
    expect(tabs.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    // The browser of the first is closed: the ladder goes on without anybody looking, and the second one takes over.
    await climbOrders(house.services);
    expect(await messages(id)).toHaveLength(1);
    const shown = await done<{ timeline: { what: string }[] }>(NIGHT, `orders/${id}`);
    expect(shown.timeline.filter(({ what }) => what === 'issued')).toHaveLength(1);
    expect(await done(NIGHT, `orders/${id}/cancel`, {})).toMatchObject({ state: 'cancelled' });
    expect((await ask(DUTY, `orders/${id}/close`, {})).json()).toMatchObject({ code: 'OPS_WRONG_STATE' });
  });

  it('to an abolished unit is refused, and the field names who does its work now', async () => {
    await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, async (db) => {
      await db.run(sql`insert into identity.unit (code, kind, parent, name, name_en, position, valid_from, valid_to)
        values ('old-emergency', 'department', 'government', '区民防救灾办', 'Old Emergency Office', 900, '2010-01-01', '2019-01-01')`);
      await db.run(
        sql`insert into identity.unit_successor (unit, successor, at, by_order) values ('old-emergency', 'emergency', '2019-01-01', gen_random_uuid())`,
      );
    });
    const reply = await ask(DUTY, 'orders', { ...DRAFT, units: ['emergency', 'old-emergency'] });
    expect(reply.statusCode).toBe(422);
    expect(reply.json()).toMatchObject({
      code: 'OPS_UNIT_GONE',
      successors: ['emergency'],
      fields: [{ pointer: '/units/1', rule: 'abolished', message: expect.stringContaining('应急') }],
    });
  });
});

type Incident = { id: string; key: string; no: string; family: string; exercise: boolean; members: number };
/** Plays a scenario to its end by moving the clock, so many seconds a look; what it made, by keys, with times counted from its beginning. */
async function play(scenario: string, speed: number, look = 20) {
  const run = await done(DUTY, 'exercises', { scenario, speed });
  for (let round = 0; round < 400; round += 1) {
    await later(look);
    await playExercises(house.services);
    const { runs } = await done<{ runs: { id: string; state: string }[] }>(DUTY, 'exercises');
    if (runs.find(({ id }) => id === run.id)?.state === 'finished') break;
  }
  const rows = await tx((db) =>
    db.rows<{ key: string; family: string; level: number; members: string[]; first: number; last: number }>(sql`
      select i.key, i.family, i.level, i.lon, i.lat, i.radius_m, array_agg(m.ref order by m.ref) as members,
        round(extract(epoch from i.first_at - e.started_at))::int as first, round(extract(epoch from i.last_at - e.started_at))::int as last
      from ops.incident i join ops.member m on m.incident = i.id join ops.exercise e on e.id = i.exercise
      where i.exercise = ${run.id}::uuid group by i.id, e.started_at order by i.key`),
  );
  return { run: run.id, rows };
}

describe('exercises', () => {
  it('replay of a scenario twice yields identical incidents', async () => {
    // Another speed, looked at in other steps: the same incidents, members, levels, places and times.
    const first = await play('typhoon', 60);
    const second = await play('typhoon', 20, 7);
    expect(first.rows.map(({ family }) => family).sort()).toEqual(['flood', 'storm']);
    expect(first.rows.every(({ members, last, first: from }) => members.length >= 3 && last > from)).toBe(true);
    expect(second.rows).toEqual(first.rows);
  });

  it('stand still in a pause and end when they are stopped', async () => {
    const { id } = await done(DUTY, 'exercises', { scenario: 'gas-leak', speed: 1 });
    expect((await ask(DUTY, 'exercises', { scenario: 'gas-leak', speed: 1 })).json()).toMatchObject({
      code: 'OPS_EXERCISE_RUNNING',
    });
    await done(DUTY, `exercises/${id}/pause`, {});
    await later(600);
    expect(await playExercises(house.services)).toBe(0);
    await done(DUTY, `exercises/${id}/resume`, {});
    await later(100);
    expect(await playExercises(house.services)).toBeGreaterThan(0);
    expect(await done(DUTY, `exercises/${id}/stop`, {})).toMatchObject({ state: 'stopped' });
    await later(600);
    expect(await playExercises(house.services)).toBe(0);
  });

  it('lead to options, of which a leader signs one; what follows is marked and reaches no citizen', async () => {
    const { incidents } = await done<{ incidents: Incident[] }>(LEADER, 'incidents');
    const flood = incidents.find(({ family }) => family === 'flood');
    expect(flood).toMatchObject({ exercise: true });
    const shown = await done<{ optionSets: { id: string }[] }>(LEADER, `incidents/${flood?.id}`);
    const set = shown.optionSets[0]?.id;
    const options = await done<{ options: { id: string; rank: number }[]; sensitivity: unknown[] }>(
      LEADER,
      `options/${set}`,
    );
    expect(options.options).toHaveLength(3);
    expect(options.sensitivity).toHaveLength(4);
    const body = { option: options.options.find(({ rank }) => rank === 1)?.id, reason: '先保通行', urgent: true };
    expect((await ask(DUTY, `options/${set}/decide`, body)).statusCode).toBe(403);
    const signed = await done<{ order: string; chosen: string; options: unknown[] }>(
      LEADER,
      `options/${set}/decide`,
      body,
    );
    expect(signed.options, 'what was not chosen is kept').toHaveLength(3);
    expect((await ask(LEADER, `options/${set}/decide`, body)).json()).toMatchObject({ code: 'OPS_WRONG_STATE' });
    const issued = await done<{ exercise: boolean }>(LEADER, `orders/${signed.order}/issue`, {});
    expect(issued).toMatchObject({ exercise: true });
    await climbOrders(house.services);
    const sent = await messages(signed.order);
    expect(sent.map(({ account }) => account).sort()).toEqual([...LIAISONS].sort());
    for (const { title } of sent) expect(title.zh).toContain('【演练】');
    const story = await call(house, {
      url: `/api/incident/timeline/emergency/${flood?.id}`,
      cookie: await cookieOf(LEADER),
    });
    expect(story.statusCode, story.body).toBe(200);
    expect(story.json().entities.map(({ kind }: { kind: string }) => kind)).toContain('order');
    const citizens = await house.services.database.tx(
      { module: 'signal', actor: systemActor({ name: 'test' }) },
      (db) =>
        db.one<{ n: number }>(
          sql`select (select count(*) from signal.message where citizen)::int + (select count(*) from signal.public_warning)::int as n`,
        ),
    );
    expect(citizens.n).toBe(0);
  });
});

it('an incident is split, judged and merged by persons', async () => {
  const { incidents } = await done<{ incidents: Incident[] }>(DUTY, 'incidents');
  const flood = incidents.find(({ family }) => family === 'flood');
  const { memberList } = await done<{ memberList: { id: string }[] }>(DUTY, `incidents/${flood?.id}`);
  const part = await done<Incident>(DUTY, `incidents/${flood?.id}/split`, { members: [memberList[0]?.id] });
  expect(part.members).toBe(1);
  await done(DUTY, `incidents/${part.id}/hypothesis`, { text: '井盖被冲开' });
  const whole = await done<Incident>(DUTY, `incidents/${part.id}/merge`, { into: flood?.id });
  expect(whole).toMatchObject({ id: flood?.id, members: memberList.length });
  expect(
    (await ask(DUTY, `incidents/${part.id}/hypothesis`, { text: '再写一次' })).json(),
    'a merged one is over',
  ).toMatchObject({ code: 'OPS_WRONG_STATE' });
});

it('the report of a day is signed once by the leader of the shift on duty, and stays as it was signed', async () => {
  await tx(async (db) => {
    await db.run(sql`
      insert into ops.vital_day (day, vital, value, score, at) values ('2026-01-05', 'order.open', 4, null, kernel.now())`);
    await db.run(sql`
      insert into ops.incident (id, key, no, family, title, level, state, lon, lat, first_at, last_at, made_at, closed_at)
      select kernel.uuidv7(), 'daily', 'FH-D', 'flood', '{"zh":"积水内涝","en":"Flooding"}', 3, 'closed', 121.47, 31.22, t, t, t, t from (select '2026-01-05T10:00:00+08:00'::timestamptz as t) x`);
  });
  type Daily = { maySign: boolean; facts: { incidents: { no: string }[] } };
  const before = await done<Daily>(DUTY, 'daily?day=2026-01-05');
  expect(before).toMatchObject({ over: true, maySign: false, signedName: null });
  expect(before.facts.incidents.map(({ no }) => no)).toEqual(['FH-D']);
  expect((await done<Daily>(DUTY, 'daily?day=2026-01-06')).facts.incidents, 'another day').toEqual([]);
  expect((await ask(DUTY, 'daily/2026-01-05/sign', {})).json(), 'no shift').toMatchObject({
    code: 'OPS_NOT_SHIFT_LEADER',
  });
  await tx((db) =>
    db.run(sql`
      insert into ops.shift (id, from_at, to_at, leader, leader_name) select gen_random_uuid(), f, f + interval '8 hours', 'duty.night', '许长庚'
      from (select date_trunc('hour', kernel.now()) - interval '4 hours' as f) x`),
  );
  expect((await ask(DUTY, 'daily/2026-01-05/sign', {})).json()).toMatchObject({ code: 'OPS_NOT_SHIFT_LEADER' });
  expect((await ask(LEADER, 'daily/2026-01-05/sign', {})).statusCode).toBe(403);
  expect((await done<Daily>(NIGHT, 'daily?day=2026-01-05')).maySign).toBe(true);
  await done(NIGHT, 'daily/2026-01-05/sign', { note: '当日平稳' });
  expect((await ask(NIGHT, 'daily/2026-01-05/sign', {})).json()).toMatchObject({ code: 'OPS_WRONG_STATE' });
  await tx((db) => db.run(sql`update ops.incident set no = 'FH-X' where no = 'FH-D'`));
  const after = await done<Daily>(LEADER, 'daily?day=2026-01-05');
  expect(after).toMatchObject({ signedName: expect.any(String), note: '当日平稳' });
  expect(
    after.facts.incidents.map(({ no }) => no),
    'as it was signed',
  ).toEqual(['FH-D']);
  const today = new Date(house.services.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect((await ask(NIGHT, `daily/${today}/sign`, {})).json(), 'not over').toMatchObject({ code: 'OPS_WRONG_STATE' });
  expect((await ask(DUTY, 'daily?day=2999-01-01')).statusCode).toBe(400);
});

it('an unread order tells who is on the shift, and everybody where no roster names anybody', async () => {
  // The shift of the test before is the night's: the other officer is not woken.
  const { id } = await done(DUTY, 'orders', { ...DRAFT, units: ['construction-transport'] });
  await done(DUTY, `orders/${id}/issue`, {});
  for (const seconds of [0, 300, 300]) {
    await later(seconds);
    await climbOrders(house.services);
  }
  expect((await messages(id)).filter(({ step }) => step === 3).map(({ account }) => account)).toEqual(['duty.night']);
  await done(DUTY, `orders/${id}/cancel`, {});
  const told = await done<{ rostered: boolean; names: string[] }>(DUTY, 'shift/told');
  expect(told, 'who is on the shift is told of alerts').toEqual({ rostered: true, names: ['许长庚'] });
  await tx((db) =>
    db.run(sql`update ops.shift set from_at = from_at - interval '30 days', to_at = to_at - interval '30 days'`),
  );
});

it('a roster is planned shift by shift and week by week; a shift that somebody has taken over stays as it is', async () => {
  const [today, day, later8] = [0, 7, 61].map((n) => addDays(shanghaiDate(house.services.clock.now()), n));
  const plan = async (body: object) =>
    call(house, { method: 'PUT', url: '/api/ops/shift/roster', body, cookie: await cookieOf(DUTY) });
  const of = { day, shift: 'day', leader: DUTY, officers: [NIGHT] };
  type Shifts = { roster: { fromAt: string; leader: string; officers: { account: string }[] }[] };
  const put = await plan(of);
  expect(put.statusCode, put.body).toBe(200);
  const from = `${day}T00:00:00.000Z`;
  expect((put.json() as Shifts).roster.find(({ fromAt }) => fromAt === from)).toMatchObject({
    leader: DUTY,
    officers: [{ account: NIGHT }],
  });
  expect((await plan({ ...of, leader: NIGHT, officers: [] })).json(), 'replaced').toMatchObject({
    roster: expect.arrayContaining([expect.objectContaining({ fromAt: from, leader: NIGHT, officers: [] })]),
  });
  for (const [pointer, more] of [
    ['/leader', { leader: LEADER }],
    ['/officers/0', { officers: [LEADER] }],
    ['/officers/0', { officers: [DUTY] }],
    ['/day', { day: later8 }],
    ['/day', { day: addDays(today ?? '', -1) }],
  ] as const)
    expect((await plan({ ...of, ...more })).json(), pointer).toMatchObject({ status: 400, fields: [{ pointer }] });
  // The only one of the seven days before the last planned day is repeated; the last day itself has its shift.
  const next = { ...of, day: addDays(day ?? '', 1), leader: NIGHT, officers: [] };
  expect((await plan(next)).statusCode).toBe(200);
  expect(await done(DUTY, 'shift/roster/week', {}), 'as the week before').toEqual({
    from: next.day,
    planned: 1,
    left: 0,
  });
  expect(await done(DUTY, 'shift/roster/week', {}), 'and goes on').toMatchObject({
    from: addDays(day ?? '', 7),
    planned: 1,
  });
  await tx((db) =>
    db.run(
      sql`update ops.shift set taken_by = ${NIGHT}, taken_name = '许长庚', taken_at = kernel.now() where from_at = ${from}::timestamptz`,
    ),
  );
  expect((await plan(of)).json(), 'taken over').toMatchObject({ code: 'OPS_WRONG_STATE' });
  await tx((db) =>
    db.run(
      sql`update ops.shift set taken_by = null, taken_name = null, taken_at = null where from_at = ${from}::timestamptz`,
    ),
  );
});

it('a shift is handed over by one person and taken over by another, and what is open goes along', async () => {
  await tx((db) =>
    db.run(sql`
      insert into ops.shift (id, from_at, to_at, leader, leader_name)
      select gen_random_uuid(), f, f + interval '8 hours', 'duty.ops', '蒋海峰' from generate_series(date_trunc('hour', kernel.now()), kernel.now() + interval '20 hours', interval '8 hours') f`),
  );
  await done(DUTY, 'shift/items', { text: '跟进泵站检修' });
  expect((await ask(NIGHT, 'shift/take', {})).statusCode).toBe(409);
  await done(DUTY, 'shift/give', {});
  expect((await ask(DUTY, 'shift/take', {})).json()).toMatchObject({ code: 'OPS_TWO_PERSONS' });
  const first = await done<{ now: { id: string } }>(DUTY, 'shift');
  await later(7.5 * 3600);
  cookies.clear();
  const board = await done<{ now: { id: string; takenName: string }; items: { id: string; text: string }[] }>(
    NIGHT,
    'shift/take',
    {},
  );
  expect(board.now.id).not.toBe(first.now.id);
  expect(board.items).toMatchObject([{ text: '跟进泵站检修' }]);
  const after = await done<{ items: unknown[] }>(NIGHT, `shift/items/${board.items[0]?.id}/done`, { note: '已修复' });
  expect(after.items).toEqual([]);
});
