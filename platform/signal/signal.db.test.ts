import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import type { AlertView } from './alert/alert-view.ts';
import { calmStorms, climb } from './alert/climb.ts';
import { lookAtClock, type SubjectReading, takeReadings } from './alert/take-readings.ts';
import { signal } from './app.ts';
import type { Logic } from './rule/rule.ts';
import { putRule, type RuleRow } from './rule/rule-record.ts';

const DUTY = 'duty.ops';
const HEAD = 'head.ruijin';
const FOREIGN = 'head.bund';
const UNIT = 'street-310101023';
let house: TestHouse;

beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, { ...signal, timers: [] }],
    work: false,
  });
  // One duty officer, so that it can be said who is told.
  await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
    db.run(sql`update identity.account set enabled = false where account = 'duty.night'`),
  );
}, 300_000);
afterAll(() => house?.close());

const tx = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'signal', actor: systemActor({ name: 'test' }) }, work);
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
  call(house, { url: `/api/signal/${path}`, cookie: await cookieOf(account) });
const send = async (account: string, method: 'PUT' | 'POST', path: string, body?: unknown) =>
  call(house, { method, url: `/api/signal/${path}`, body, cookie: await cookieOf(account) });

const LOGIC: Logic = {
  condition: { kind: 'threshold', side: 'above', limit: 100, clearLimit: 90 },
  hits: 2,
  of: 3,
  clearAfter: 3,
  damping: { times: 3, withinSeconds: 1800, calmSeconds: 600 },
};
const NOW_ONCE: Logic = {
  ...LOGIC,
  hits: 1,
  of: 1,
  clearAfter: 1,
  damping: { times: 20, withinSeconds: 60, calmSeconds: 1 },
};
let made = 0;
/** A rule of its own for each test: what one raises, another does not see. */
async function rule(more: Partial<RuleRow> = {}): Promise<string> {
  const id = `test.rule-${(made += 1)}`;
  await tx((db) =>
    putRule(db, {
      id,
      title: { zh: '积水超限', en: 'Water on the road' },
      kind: `kind-${made}`,
      logic: NOW_ONCE,
      decision: 'signal.alert-level',
      severity: 'severe',
      unit: UNIT,
      parent: null,
      enabled: true,
      ...more,
    }),
  );
  return id;
}
const nowOf = (): number => house.services.clock.now().getTime();
const reading = (ruleId: string, value: number, more: Partial<SubjectReading> = {}): SubjectReading => ({
  rule: ruleId,
  subject: 'sensor-1',
  source: `source-${made}`,
  at: new Date(nowOf()),
  value,
  ...more,
});
const take = (readings: readonly SubjectReading[]) => takeReadings({ services: house.services, readings });
const alertsOf = (ruleId: string) =>
  tx((db) =>
    db.rows<{
      id: string;
      level: number;
      state: string;
      count: number;
      cleared: boolean;
      behind: string | null;
      step: number;
    }>(sql`
      select id, level, state, count, cleared_at is not null as cleared, suppressed_by as behind, step from signal.alert where rule = ${ruleId} order by raised_at, id`),
  );
const messagesOf = (alert: string) =>
  tx((db) =>
    db.rows<{ account: string; step: number }>(sql`
    select account, step from signal.message where subject = ${alert}::uuid order by step, account`),
  );
const entriesOf = async (alert: string) =>
  (
    await tx((db) =>
      db.rows<{ what: string }>(sql`select what from signal.alert_entry where alert = ${alert}::uuid order by at, id`),
    )
  ).map(({ what }) => what);

describe('from readings to alerts', () => {
  it('two of three raise, the decision gives the level, and delivering again changes nothing', async () => {
    await setNow('2026-11-20T10:00:00');
    const id = await rule({ logic: LOGIC });
    const batch = [0, 1, 2].map((n) =>
      reading(id, [101, 95, 130][n] as number, { at: new Date(nowOf() - 60_000 + n * 1000) }),
    );
    expect(await take(batch)).toMatchObject({ judged: 3, raised: [expect.any(String)] });
    expect(await take(batch)).toMatchObject({ raised: [] });
    expect(await alertsOf(id)).toMatchObject([{ level: 2, state: 'open', count: 1 }]);
    const double = await rule();
    await take([reading(double, 250)]);
    expect(await alertsOf(double)).toMatchObject([{ level: 1 }]);
  });
  it('clears when the condition holds no more; what nobody saw stays on the list', async () => {
    const id = await rule();
    await take([reading(id, 120)]);
    await take([reading(id, 80, { at: new Date(nowOf() + 1000) })]);
    const [alert] = await alertsOf(id);
    expect(alert).toMatchObject({ state: 'open', cleared: true });
    expect(await entriesOf(alert!.id)).toEqual(['raised', 'cleared']);
  });
  it('the same kind within 100 m and 10 minutes is one alert with a count; further or later it is another', async () => {
    const id = await rule();
    const at = (subject: string, lon: number) => reading(id, 120, { subject, place: { lon, lat: 31.23 } });
    await take([at('a', 121.48), at('b', 121.4805), at('c', 121.49)]);
    expect((await alertsOf(id)).map(({ count }) => count).sort()).toEqual([1, 2]);
    await setNow('2026-11-20T10:11:00');
    await take([at('d', 121.48)]);
    expect(await alertsOf(id)).toHaveLength(3);
  });
  it('a phone or device clock that is off is not believed: the time of the server counts', async () => {
    const id = await rule();
    await take([reading(id, 120, { at: new Date('2031-01-01T00:00:00Z') })]);
    await take([reading(id, 80, { at: new Date(nowOf() + 2000) })]);
    expect(await alertsOf(id)).toMatchObject([{ cleared: true }]);
  });
  it('silence is seen by the clock, in two processes at once only one time', async () => {
    await setNow('2026-11-20T11:00:00');
    const id = await rule({ logic: { ...LOGIC, condition: { kind: 'absence', afterSeconds: 600 } } });
    await take([reading(id, 1)]);
    await lookAtClock(house.services);
    expect(await alertsOf(id)).toEqual([]);
    await setNow('2026-11-20T11:10:01');
    await Promise.all([lookAtClock(house.services), lookAtClock(house.services)]);
    expect(await alertsOf(id)).toMatchObject([{ state: 'open' }]);
    await take([reading(id, 1)]);
    expect(await alertsOf(id)).toMatchObject([{ cleared: true }]);
  });
  it('while the gateway is down its sensors stand behind it, and are told when it is back', async () => {
    const gateway = await rule();
    const sensor = await rule({ parent: gateway });
    await take([reading(gateway, 120, { subject: 'gateway-1' })]);
    await take([reading(sensor, 120, { subject: 'sensor-9', parent: 'gateway-1' })]);
    await climb(house.services);
    const [child] = await alertsOf(sensor);
    expect(child?.behind).toBe((await alertsOf(gateway))[0]?.id);
    expect(await messagesOf(child!.id)).toEqual([]);
    await take([reading(gateway, 10, { subject: 'gateway-1', at: new Date(nowOf() + 1000) })]);
    await climb(house.services);
    expect((await messagesOf(child!.id)).length).toBeGreaterThan(0);
    expect(await entriesOf(child!.id)).toEqual(['raised', 'suppressed', 'released', 'told']);
  });
});

describe('the ladder', () => {
  it('duty officer, after 5 minutes the head, after 10 the next; then nobody is left, and it says so', async () => {
    await setNow('2026-11-20T13:00:00');
    const id = await rule();
    await take([reading(id, 120)]);
    const alert = (await alertsOf(id))[0]?.id ?? '';
    await climb(house.services);
    expect(await messagesOf(alert)).toEqual([{ account: DUTY, step: 1 }]);
    // The clock runs on while the test does: half a minute is room for a busy machine.
    await setNow('2026-11-20T13:04:30');
    await climb(house.services);
    expect(await messagesOf(alert)).toHaveLength(1);
    await setNow('2026-11-20T13:05:30');
    await climb(house.services);
    expect(await messagesOf(alert)).toEqual([
      { account: DUTY, step: 1 },
      { account: HEAD, step: 2 },
    ]);
    await setNow('2026-11-20T13:11:30');
    await climb(house.services);
    await setNow('2026-11-20T13:22:30');
    await climb(house.services);
    expect(await entriesOf(alert)).toEqual(['raised', 'told', 'told', 'told', 'unanswered']);
  });
  it('two workers at once never tell twice', async () => {
    const ids = [await rule(), await rule(), await rule()];
    for (const id of ids) await take([reading(id, 120)]);
    await Promise.all(Array.from({ length: 4 }, () => climb(house.services)));
    for (const id of ids) {
      const [alert] = await alertsOf(id);
      expect(await messagesOf(alert!.id)).toEqual([{ account: DUTY, step: 1 }]);
      expect(await entriesOf(alert!.id)).toEqual(['raised', 'told']);
    }
  });
  it('the roster goes before the post', async () => {
    const id = await rule();
    await tx((db) =>
      db.run(sql`
      insert into signal.duty (id, unit, role, account, from_at, to_at, entered_by, entered_at)
      values (${uuidv7()}::uuid, ${UNIT}, 'duty-officer', 'clerk.ruijin', kernel.now() - interval '1 hour', kernel.now() + interval '1 minute', 'test', kernel.now())`),
    );
    await take([reading(id, 120)]);
    await climb(house.services);
    const [alert] = await alertsOf(id);
    expect(await messagesOf(alert!.id)).toEqual([{ account: 'clerk.ruijin', step: 1 }]);
  });
  it('who acknowledges stops it; the second one sees who was first; what clears is closed with it', async () => {
    await setNow('2026-11-20T14:00:00');
    const id = await rule({ severity: 'moderate' });
    await take([reading(id, 120)]);
    await climb(house.services);
    const [alert] = await alertsOf(id);
    expect((await send(FOREIGN, 'PUT', `alerts/${alert!.id}/acknowledged`)).statusCode).toBe(404);
    const first = await send(DUTY, 'PUT', `alerts/${alert!.id}/acknowledged`);
    expect(first.json()).toMatchObject({ state: 'acknowledged', nextStepAt: null });
    const second = await send(HEAD, 'PUT', `alerts/${alert!.id}/acknowledged`);
    expect(second.json()).toMatchObject({ acknowledgedName: (first.json() as AlertView).acknowledgedName });
    await setNow('2026-11-20T14:06:00');
    await climb(house.services);
    expect(await messagesOf(alert!.id)).toHaveLength(1);
    await take([reading(id, 80, { at: new Date(nowOf() + 2) })]);
    expect(await alertsOf(id)).toMatchObject([{ state: 'closed', cleared: true }]);
    expect((await send(DUTY, 'PUT', `alerts/${alert!.id}/acknowledged`)).statusCode).toBe(409);
  });
  it('a graver turn of the same is told anew, though somebody had acknowledged the lesser', async () => {
    const id = await rule({ severity: 'moderate' });
    await take([reading(id, 120, { subject: 'one', place: { lon: 121.4, lat: 31.2 } })]);
    await climb(house.services);
    const [alert] = await alertsOf(id);
    await send(DUTY, 'PUT', `alerts/${alert!.id}/acknowledged`);
    await take([reading(id, 250, { subject: 'two', place: { lon: 121.4, lat: 31.2 } })]);
    expect(await alertsOf(id)).toMatchObject([{ level: 2, state: 'open', count: 2 }]);
    await climb(house.services);
    expect(await messagesOf(alert!.id)).toHaveLength(2);
  });
  it('the list, the page and closing: a unit sees its own, the district all', async () => {
    const id = await rule();
    await take([reading(id, 120)]);
    const [alert] = await alertsOf(id);
    const list = async (who: string) =>
      ((await get(who, 'alerts')).json() as { alerts: AlertView[] }).alerts.map((each) => each.id);
    expect(await list(HEAD)).toContain(alert!.id);
    expect(await list(DUTY)).toContain(alert!.id);
    expect(await list(FOREIGN)).not.toContain(alert!.id);
    expect((await get(FOREIGN, `alerts/${alert!.id}`)).statusCode).toBe(404);
    const closed = await send(HEAD, 'PUT', `alerts/${alert!.id}/closed`, { note: '已排水' });
    expect(closed.json()).toMatchObject({ state: 'closed', closedNote: '已排水' });
    const page = (await get(HEAD, `alerts/${alert!.id}`)).json() as { entries: { what: string }[] };
    expect(page.entries.map(({ what }) => what)).toEqual(['raised', 'closed']);
  });
  it('somebody reports by hand, and bad input is refused at its field', async () => {
    const made = await send(DUTY, 'POST', 'alerts', {
      title: '栏杆松动',
      kind: 'facility',
      severity: 'extreme',
      lon: 121.49,
      lat: 31.24,
    });
    expect(made.json()).toMatchObject({ level: 1, state: 'open' });
    const half = await send(DUTY, 'POST', 'alerts', {
      title: '栏杆松动',
      kind: 'facility',
      severity: 'minor',
      lon: 121.49,
    });
    expect(half.json()).toMatchObject({ fields: [{ pointer: '/lat' }] });
    expect(
      (await send('clerk.ruijin', 'POST', 'alerts', { title: '栏杆松动', kind: 'facility', severity: 'minor' }))
        .statusCode,
    ).toBe(403);
  });
});

describe('a storm', () => {
  it('10,000 alerts of one source become few messages with counts, and level I always passes', async () => {
    await setNow('2026-11-20T15:00:10');
    const id = await rule();
    const red = await rule({ severity: 'extreme' });
    const flood: SubjectReading[] = Array.from({ length: 10_000 }, (_, n) =>
      reading(id, 120, { subject: `s-${n}`, source: 'broken' }),
    );
    const grave: SubjectReading[] = [1, 2, 3].map((n) => reading(red, 120, { subject: `red-${n}`, source: 'broken' }));
    await take([...flood.slice(0, 5_000), ...grave, ...flood.slice(5_000)]);
    const stored = await tx((db) =>
      db.rows<{ storm: boolean; level: number; count: number; behind: boolean }>(sql`
      select storm, level, count, suppressed_by is not null as behind from signal.alert where source = 'broken' order by storm desc, level`),
    );
    const [storm] = stored;
    expect(storm).toMatchObject({ storm: true, count: 9_800 });
    expect(stored.filter(({ level }) => level === 1)).toHaveLength(3);
    expect(stored.filter(({ level, storm: fault, behind }) => level !== 1 && !fault && behind)).toHaveLength(200);
    await climb(house.services);
    const told = await tx((db) =>
      db.rows<{ account: string; level: number }>(sql`
      select m.account, m.level from signal.message m join signal.alert a on a.id = m.subject where a.source = 'broken'`),
    );
    expect(told.filter(({ level }) => level === 1)).toHaveLength(3);
    expect(told.length).toBeLessThanOrEqual(4);
  });
  it('is over when its source has been quiet; what stood behind it is told as one message', async () => {
    await setNow('2026-11-20T15:06:00');
    expect(await calmStorms(house.services)).toBe(1);
    await climb(house.services);
    const told = await tx((db) =>
      db.rows<{ about: string; title: { zh: string } }>(sql`
      select m.about, m.title from signal.message m join signal.alert a on a.id = m.subject where a.source = 'broken' and m.level > 1 and m.about = 'storm'`),
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(2);
  });
});

it('a rule that cannot be meant is refused at its field, and a circle of parents too', async () => {
  const body = {
    title: { zh: '甲', en: 'A' },
    kind: 'water',
    logic: { ...LOGIC, hits: 5 },
    decision: 'nothing.here',
    severity: 'minor',
    unit: UNIT,
    parent: null,
    enabled: true,
  };
  const bad = await send(DUTY, 'PUT', 'rules/test.put', body);
  expect((bad.json() as { fields: { pointer: string }[] }).fields.map(({ pointer }) => pointer)).toEqual([
    '/logic/hits',
    '/decision',
  ]);
  const good = { ...body, logic: LOGIC, decision: 'signal.alert-level' };
  expect((await send(DUTY, 'PUT', 'rules/test.put', { ...good, unit: 'nowhere' })).json()).toMatchObject({
    fields: [{ pointer: '/unit' }],
  });
  expect((await send(DUTY, 'PUT', 'rules/test.put', good)).json()).toMatchObject({ version: 1 });
  expect((await send(DUTY, 'PUT', 'rules/test.put', good)).json()).toMatchObject({ version: 1 });
  expect((await send(DUTY, 'PUT', 'rules/test.child', { ...good, parent: 'test.put' })).json()).toMatchObject({
    version: 1,
  });
  expect((await send(DUTY, 'PUT', 'rules/test.put', { ...good, parent: 'test.child' })).json()).toMatchObject({
    fields: [{ pointer: '/parent' }],
  });
});
