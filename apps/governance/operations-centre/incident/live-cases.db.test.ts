import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { openCaseHouse, type Who } from '#platform/case/fixtures/case-house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { takeReadings } from '#platform/signal/alert/take-readings.ts';
import { signal } from '#platform/signal/app.ts';
import { putRule } from '#platform/signal/rule/rule-record.ts';
import { operationsCentre } from '../app.ts';
import { takeAlerts, takeCase } from './take-events.ts';

let house: TestHouse;
const tx = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);

beforeAll(async () => {
  house = await openCaseHouse([
    { ...signal, timers: [] },
    { ...operationsCentre, timers: [] },
  ]);
  await tx('catalog', async (db) => {
    for (const { id } of await db.rows<{ id: string }>(sql`select id from catalog.grant where taker = 'ops'`)) {
      await db.run(
        sql`update catalog.grant set state = 'approved', fields = wanted, decided_at = kernel.now(), decided_by = 'test', decided_name = '样例', decided_unit = 'x', reason = '样例' where id = ${id}::uuid`,
      );
      await db.run(sql`select share.apply(${id}::uuid)`);
    }
  });
  await tx('signal', (db) =>
    putRule(db, {
      id: 'test.water',
      title: { zh: '积水超限', en: 'Water on the road' },
      kind: 'water-level',
      unit: 'operations-centre',
      severity: 'moderate',
      decision: 'signal.alert-level',
      parent: null,
      enabled: true,
      logic: {
        condition: { kind: 'threshold', side: 'above', limit: 15, clearLimit: 10 },
        hits: 1,
        of: 1,
        clearAfter: 1,
        damping: { times: 20, withinSeconds: 60, calmSeconds: 1 },
      },
    }),
  );
}, 300_000);
afterAll(() => house?.close());

const ask = (who: Who, url: string, body?: object) =>
  call(house, { method: body ? 'POST' : 'GET', url: `/api/${url}`, body, cookie: `sid=${who}` });
async function done<T>(who: Who, url: string, body?: object): Promise<T> {
  const reply = await ask(who, url, body);
  expect(reply.statusCode, `${url} ${reply.body}`).toBeLessThan(300);
  return reply.json() as T;
}
/** A place so many metres east of the corner of the sample street; each test has a corner of its own. */
const at = (corner: number, metres: number) => ({
  lon: 121.5005 + metres / 95_300,
  lat: 31.2005 + corner * 0.0012,
});
const report = async (who: Who, corner: number, metres: number, of = 'E0402'): Promise<string> => {
  const body = { clientId: crypto.randomUUID(), class: of, text: '路面积水没过脚踝', ...at(corner, metres) };
  return (await done<{ no: string }>(who, 'incident/reports', body)).no;
};
const reading = (subject: string, value: number, place: { lon: number; lat: number }) =>
  takeReadings({
    services: house.services,
    readings: [{ rule: 'test.water', subject, source: 'road-water', at: house.services.clock.now(), value, place }],
  });
/** Until everything that happened has been taken in. */
const heard = () =>
  vi.waitFor(
    async () => {
      await dispatchEvents(house.services);
      expect(await eventsWait(house.services)).toBe(false);
    },
    { timeout: 20_000, interval: 50 },
  );
type Member = {
  id: string;
  source: string;
  ref: string;
  state: string | null;
  endedAt: string | null;
  text: string | null;
};
type Incident = {
  id: string;
  family: string;
  level: number;
  state: string;
  members: number;
  ended: number;
  exercise: boolean;
  memberList: Member[];
};
/** The open incident that something is in. */
async function incidentOf(ref: string): Promise<Incident | undefined> {
  await heard();
  const row = await tx('ops', (db) =>
    db.first<{ incident: string }>(sql`select incident from ops.member where ref = ${ref} and incident is not null`),
  );
  return row && done<Incident>('duty', `ops/incidents/${row.incident}`);
}
const refs = (incident: Incident | undefined) => incident?.memberList.map(({ ref }) => ref).sort();
let offset = 0;
const later = (minutes: number) => moveClock(house, (offset += minutes * 60));

it('citizens and a sensor become one incident; what is of another kind or too far off does not; a person splits it', async () => {
  const first = await report('citizen', 0, 0);
  const second = await report('neighbour', 0, 120);
  const stall = await report('clerk', 0, 60, 'E0501');
  const far = await report('clerk', 0, 790);
  expect(await incidentOf(first)).toBeUndefined();
  const { raised } = await reading('sensor-1', 16, at(0, 200));
  const alert = raised[0] as string;
  const made = await incidentOf(first);
  expect(made).toMatchObject({ family: 'flood', exercise: false, state: 'open', members: 3, level: 3 });
  expect(refs(made)).toEqual([first, second, alert].sort());
  expect(await incidentOf(stall)).toBeUndefined();
  expect(await incidentOf(far)).toBeUndefined();
  // What the case says is read where it stands, and never kept here.
  expect(made?.memberList.find(({ ref }) => ref === first)).toMatchObject({
    text: expect.stringContaining('没过脚踝'),
  });
  // Two officers look at it; both act, one after the other.
  const members = made?.memberList.filter(({ ref }) => ref === second).map(({ id }) => id);
  const [one, two] = await Promise.all(
    (['duty', 'dutyToo'] as const).map((who) => ask(who, `ops/incidents/${made?.id}/split`, { members })),
  );
  expect([one?.statusCode, two?.statusCode].sort()).toEqual([200, 400]);
  expect(refs(await incidentOf(first))).toEqual([first, alert].sort());
  expect(refs(await incidentOf(second))).toEqual([second]);
  expect((await done<{ incidents: { id: string }[] }>('dutyToo', 'ops/incidents')).incidents).toHaveLength(2);
  // The machine does not put back what a person has split off.
  await done('clerk', `incident/cases/${second}/accept`, {});
  expect(refs(await incidentOf(second))).toEqual([second]);
});

it('the same events again change nothing', async () => {
  const snapshot = () =>
    tx('ops', (db) =>
      db.one<{ members: string; incidents: string; entries: number }>(sql`
        select (select json_agg(m order by m.id) from ops.member m)::text as members, (select json_agg(i order by i.id) from ops.incident i)::text as incidents,
          (select count(*)::int from ops.incident_entry) as entries`),
    );
  const before = await snapshot();
  const events = await tx('kernel', (db) =>
    db.rows<{ id: string; type: string; subject: string; data: Record<string, string> }>(
      sql`select id, type, subject, data from kernel.event where type = 'incident.case.moved' or type like 'signal.alert.%' order by seq desc`,
    ),
  );
  expect(events.length).toBeGreaterThan(4);
  const consumers = [takeCase, ...takeAlerts];
  for (const event of events)
    for (const consumer of consumers.filter(({ type }) => type === event.type))
      await tx('ops', (db) => consumer.handle({ event: event as never, db, services: house.services }));
  expect(await snapshot()).toEqual(before);
});

it('the state of members follows their cases: merged, put right, closed; an alert that grows graver makes the incident graver', async () => {
  await later(60);
  const [one, two, three] = [
    await report('citizen', 2, 0),
    await report('neighbour', 2, 20),
    await report('clerk', 2, 90),
  ];
  const made = await incidentOf(one);
  expect(refs(made)).toEqual([one, two, three].sort());
  await done('clerk', `incident/cases/${one}/accept`, {});
  await done('clerk', `incident/cases/${two}/merge`, { into: one });
  const merged = await incidentOf(one);
  expect(merged).toMatchObject({ members: 3, ended: 1 });
  expect(merged?.memberList.find(({ ref }) => ref === two)).toMatchObject({
    state: 'merged',
    endedAt: expect.any(String),
  });
  expect(merged?.memberList.find(({ ref }) => ref === one)).toMatchObject({ state: 'accepted', endedAt: null });
  // Of another class after all: it leaves.
  await done('clerk', `incident/cases/${three}/accept`, {});
  await done('clerk', `incident/cases/${three}/establish`, { class: 'E0501' });
  expect(await incidentOf(three)).toBeUndefined();
  expect(refs(await incidentOf(one))).toEqual([one, two].sort());
  const { raised } = await reading('sensor-2', 16, at(2, 150));
  const alert = raised[0] as string;
  expect(await incidentOf(one)).toMatchObject({ members: 3, level: 3 });
  await tx('signal', async (db) => {
    await db.run(sql`update signal.alert set level = 1 where id = ${alert}::uuid`);
    await db.emit({ type: 'signal.alert.level', subject: alert, data: { alert, level: '1' } });
  });
  expect(await incidentOf(one)).toMatchObject({ level: 1 });
  await reading('sensor-2', 3, at(2, 150));
  await tx('incident', async (db) => {
    await db.run(sql`update incident.case_file set state = 'closed', closed_at = kernel.now() where no = ${one}`);
    await db.emit({
      type: 'incident.case.moved',
      subject: one,
      data: await db.one(sql`select id as case from incident.case_file where no = ${one}`),
    });
  });
  const over = await incidentOf(one);
  expect(over).toMatchObject({ state: 'open', members: 3, ended: 3 });
  expect(over?.memberList.map(({ state }) => state).sort()).toEqual(['cleared', 'closed', 'merged']);
  const { entries } = await done<{ entries: { kind: string }[] }>('duty', `incident/timeline/emergency/${over?.id}`);
  expect(entries.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['incident.left', 'incident.over', 'alert.raised', 'alert.cleared', 'accept']),
  );
});

it('what comes late is compared with what happened after it, and brings along what it connects', async () => {
  await later(60);
  // Each is within 300 m of the next only; the one in the middle comes last, of a class that was put right.
  const west = await report('citizen', 4, 0);
  const middle = await report('citizen', 4, 250, 'E9901');
  await later(20);
  const east = await report('neighbour', 4, 500);
  await later(20);
  const end = await report('neighbour', 4, 780);
  expect(await incidentOf(west)).toBeUndefined();
  await done('clerk', `incident/cases/${middle}/accept`, { class: 'E0402' });
  expect(refs(await incidentOf(middle))).toEqual([west, middle, east, end].sort());
  // Half an hour and a minute after the last it is another story.
  await later(31);
  const after = await report('clerk', 4, 700);
  expect(await incidentOf(after)).toBeUndefined();
});
