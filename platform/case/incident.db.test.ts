import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { EAST, openCaseHouse, photo, WEST, type Who } from './fixtures/case-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse();
}, 240_000);
afterAll(() => house?.close());
// A Thursday morning.
beforeEach(() => setNow('2026-11-26T10:00:00'));

const setNow = (moment: string) => moveClock(house, (new Date(`${moment}+08:00`).getTime() - Date.now()) / 1000);
const inside = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'incident', actor: systemActor({ name: 'test' }) }, work);
async function settle(): Promise<void> {
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
}
const get = (who: Who, url: string, purpose?: string) =>
  call(house, { url: `/api/incident/${url}`, cookie: `sid=${who}`, purpose });
const post = (who: Who, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url: `/api/incident/${url}`, body, cookie: `sid=${who}` });
const act = (who: Who, no: string, name: string, body: unknown = {}) => post(who, `cases/${no}/${name}`, body);
const done = async (who: Who, no: string, name: string, body: unknown = {}) => {
  const reply = await act(who, no, name, body);
  expect(reply.statusCode, `${name}: ${reply.body}`).toBe(200);
  return reply.json<{ state: string; unit: string | null }>();
};
/** The minute of a moment: the clock runs while the test does. */
const minute = (moment: string | undefined) => moment?.slice(0, 16);
// Cases of one test lie apart from those of another: 45 m.
let places = 0;
const HOLE = { class: 'P0101', text: '样例路口井盖没有了，联系13812345678', lat: 31.205 };
const somewhere = () => {
  places += 1;
  return { lon: 121.5005 + (places % 18) * 0.0005, lat: 31.2005 + (Math.floor(places / 18) % 19) * 0.0005 };
};
const report = async (who: Who, more: Record<string, unknown> = {}) => {
  const body = { ...HOLE, ...somewhere(), clientId: crypto.randomUUID(), ...more };
  const reply = await post(who, 'reports', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return { ...reply.json<{ id: string; no: string; token: string }>(), body };
};
const seen = async (who: Who, no: string) =>
  (await get(who, `cases/${no}`)).json<{
    state: string;
    unit: string | null;
    reports: number;
    mergedInto: string | null;
    description: string;
    responsible: { unit: string } | null;
    clock: { dueAt: string; unit: string; state: string } | null;
    secureClock: { dueAt: string } | null;
    acts: string[];
    timeline: { kind: string; byName: string; text: string | null }[];
    photos: unknown[];
  }>();
const STREET = `street-${EAST}`;
const toUnit = async (who: Who = 'citizen', unit = STREET, more: Record<string, unknown> = {}) => {
  const made = await report(who, more);
  await done('clerk', made.no, 'accept');
  await done('clerk', made.no, 'establish', {});
  await done('clerk', made.no, 'dispatch', { unit });
  return made;
};
const WORDS = { text: '已更换新井盖并清理现场' };
const toClosed = async () => {
  const made = await toUnit();
  await done('clerk', made.no, 'take');
  await done('clerk', made.no, 'secure', { text: '已设围栏和警示灯' });
  await done('clerk', made.no, 'feedback', WORDS);
  await done('worker', made.no, 'verify', { ...WORDS, files: [await photo(house, 'worker')] });
  await done('duty', made.no, 'close');
  return made;
};

describe('the main path', () => {
  it('goes from a citizen’s report to a verified, closed and rated case, each step timed in its own hours', async () => {
    const file = await photo(house, 'citizen');
    const { no, id } = await report('citizen', { files: [file] });
    expect(no).toMatch(/^AJ20261126\d{6}$/);
    const first = (await seen('clerk', no)).clock;
    expect([first?.unit, minute(first?.dueAt)]).toEqual(['minute', '2026-11-26T02:15']);
    await done('clerk', no, 'accept');
    await done('clerk', no, 'establish', { class: 'P0101' });
    await setNow('2026-11-26T16:00:00');
    await done('clerk', no, 'dispatch', { unit: STREET });
    const sent = await seen('clerk', no);
    // Barrier within two emergency hours, the new cover within a working day.
    expect(minute(sent.secureClock?.dueAt)).toBe('2026-11-26T10:00');
    expect(sent.clock).toMatchObject({ unit: 'working-day', dueAt: '2026-11-27T16:00:00.000Z' });
    await done('clerk', no, 'take');
    await done('clerk', no, 'secure', { text: '已设围栏和警示灯' });
    await setNow('2026-11-27T16:00:00');
    await done('clerk', no, 'feedback', WORDS);
    // Four working hours from Friday 16:00: an hour and a half today, the rest on Monday.
    const check = (await seen('worker', no)).clock;
    expect([check?.unit, minute(check?.dueAt)]).toEqual(['working-hour', '2026-11-30T03:00']);
    await done('worker', no, 'verify', { ...WORDS, files: [await photo(house, 'worker')] });
    await done('duty', no, 'close');
    const own = (await get('citizen', `own-reports/${id}`)).json();
    expect(own).toMatchObject({ state: 'closed', waits: 'rate' });
    expect(own.notices.map(({ kind }: { kind: string }) => kind)).toEqual([
      'accept',
      'establish',
      'dispatch',
      'feedback',
      'close',
    ]);
    expect((await post('citizen', `own-reports/${id}/rate`, { satisfied: true })).json()).toEqual({
      state: 'evaluated',
    });
    expect((await post('citizen', `own-reports/${id}/rate`, { satisfied: true })).json()).toMatchObject({
      code: 'INCIDENT_NOT_RATABLE',
    });
    const last = await seen('clerk', no);
    expect(last.photos).toHaveLength(2);
    expect(last.timeline.map(({ kind }) => kind)).toEqual([
      'report',
      'accept',
      'establish',
      'dispatch',
      'take',
      'secure',
      'feedback',
      'verify',
      'close',
      'evaluate',
    ]);
    await done('duty', no, 'archive');
  });

  it('never lets who handled it verify it: 403, and another person may', async () => {
    const { no } = await toUnit();
    await done('clerk', no, 'take');
    await done('clerk', no, 'feedback', WORDS);
    const files = [await photo(house, 'clerk')];
    const own = await act('clerk', no, 'verify', { ...WORDS, files });
    expect([own.statusCode, own.json().code]).toEqual([403, 'INCIDENT_SEPARATION']);
    expect((await seen('clerk', no)).acts).not.toContain('verify');
    expect((await seen('clerkToo', no)).acts).toContain('verify');
    await done('clerkToo', no, 'verify', { ...WORDS, files: [await photo(house, 'clerkToo')] });
    expect((await act('green', no, 'verify', { ...WORDS, files })).statusCode).toBe(403);
  });

  it('wants a new photo on site', async () => {
    const { no } = await toUnit();
    expect((await act('worker', no, 'verify', { ...WORDS, files: [] })).json()).toMatchObject({
      fields: [{ pointer: '/files' }],
    });
  });

  it('tells every step to whoever supervises times, by ids only', async () => {
    const { no } = await toUnit();
    const { id } = await inside((db) =>
      db.one<{ id: string }>(sql`select id from incident.case_file where no = ${no}`),
    );
    const events = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ type: string; data: Record<string, string> }>(
        sql`select type, data from kernel.event where subject = ${id} and type like 'gov.step.%' order by seq`,
      ),
    );
    const steps = events.map(({ type, data }) => `${data.step} ${type.slice('gov.step.'.length)}`);
    expect(steps).toEqual([
      'accept started',
      'accept done',
      'establish started',
      'establish done',
      'dispatch started',
      'dispatch done',
      'handle started',
      'secure started',
    ]);
    expect(events[0]?.data).toMatchObject({ case: no, item: 'P0101', unit: '' });
    expect(events.at(-1)?.data).toMatchObject({ unit: STREET });
    expect(JSON.stringify(events)).not.toContain('井盖');
  });

  it('says once that a step is late, and closes nothing by itself', async () => {
    const { no } = await report('citizen');
    const overdue = async () =>
      (await get('clerk', 'cases?overdue=true')).json().cases.map((c: { no: string }) => c.no);
    expect(await overdue()).not.toContain(no);
    await setNow('2026-11-26T10:20:00');
    await fireClocks(house.services);
    await settle();
    expect(await overdue()).toContain(no);
    expect(await seen('clerk', no)).toMatchObject({ state: 'reported', clock: { state: 'overdue' } });
  });
});

describe('who sees what', () => {
  it('a street sees its own cases, a department what it has had in hand, and others nothing', async () => {
    const { no } = await toUnit('citizen', 'greening', { class: 'P0401' });
    for (const who of ['clerk', 'worker', 'green', 'duty'] as const)
      expect((await get(who, `cases/${no}`)).statusCode, who).toBe(200);
    expect((await get('west', `cases/${no}`)).json()).toMatchObject({ status: 404 });
    expect((await act('west', no, 'refer', { text: '不在本街道' })).statusCode).toBe(404);
    expect((await act('clerk', no, 'take')).json()).toMatchObject({ status: 403, code: 'INCIDENT_NOT_YOUR_UNIT' });
    await done('green', no, 'return', { text: '不属于绿化管养范围' });
    expect(await seen('green', no)).toMatchObject({ state: 'established', unit: null, acts: [] });
    const { no: west } = await report('citizen', { lon: 121.495 });
    expect((await get('green', `cases/${west}`)).statusCode).toBe(404);
    expect((await get('west', `cases/${west}`)).statusCode).toBe(200);
    const listed = async (who: Who) =>
      (await get(who, 'cases?view=all')).json().cases.map((each: { street: string }) => each.street);
    expect(new Set(await listed('west'))).toEqual(new Set([WEST]));
    expect(await listed('clerk')).not.toContain(WEST);
    expect(new Set(await listed('duty'))).toEqual(new Set([EAST, WEST]));
  });

  it('a citizen sees own reports, and who reported is for the centre alone, with a purpose and on record', async () => {
    const { no, id } = await report('citizen', { contact: { name: '沈若水', phone: '13912345678' } });
    expect((await get('neighbour', `own-reports/${id}`)).statusCode).toBe(404);
    expect((await get('citizen', 'own-reports')).json().reports.map((r: { id: string }) => r.id)).toContain(id);
    expect((await get('neighbour', 'own-reports')).json().reports).toEqual([]);
    expect((await get('citizen', `cases/${no}`)).statusCode).toBe(403);
    const clerk = await seen('clerk', no);
    expect(clerk.description).toBe('样例路口井盖没有了，联系138****5678');
    expect(JSON.stringify(clerk)).not.toMatch(/样例citizen|沈若水|13912345678/);
    expect((await get('clerk', `cases/${no}/reporters`, 'contact-reporter')).statusCode).toBe(403);
    expect((await get('duty', `cases/${no}/reporters`)).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    expect((await get('duty', `cases/${no}/reporters`, 'contact-reporter')).json()).toMatchObject({
      reporters: [{ name: '沈若水', phone: '13912345678' }],
    });
    const rows = await inside((db) =>
      db.rows(sql`select contact, account from incident.report where id = ${id}::uuid`),
    );
    expect(JSON.stringify(rows)).not.toContain('沈若水');
  });

  it('keeps nothing of an anonymous reporter but a digest, and the report is handled like any other', async () => {
    const { no, id } = await report('citizen', { anonymous: true, contact: { name: '沈若水' } });
    const row = await inside((db) =>
      db.one<{ account: string; person: string | null; contact: string | null }>(
        sql`select account, person, contact from incident.report where id = ${id}::uuid`,
      ),
    );
    expect(row).toMatchObject({ person: null, contact: null });
    expect(row.account).not.toBe('citizen');
    await done('clerk', no, 'accept');
  });
});

describe('bad input', () => {
  it('is one report however often it is sent', async () => {
    const first = await report('citizen');
    const again = await post('citizen', 'reports', first.body);
    expect(again.json()).toMatchObject({ id: first.id, no: first.no });
  });

  it('outside the district, of no class or at an unsure place is told at its field', async () => {
    const send = (more: object) =>
      post('citizen', 'reports', { ...HOLE, lon: 121.505, clientId: crypto.randomUUID(), ...more });
    expect((await send({ lon: 121.6 })).json()).toMatchObject({ state: 'outside', street: '', flags: ['outside'] });
    expect((await send({ class: 'P9900', accuracy: 80 })).json().fields).toMatchObject([
      { pointer: '/class' },
      { pointer: '/pinConfirmed' },
    ]);
    expect((await send({ accuracy: 80, pinConfirmed: true, lat: 31.2089 })).statusCode).toBe(201);
    expect((await send({ lat: 'here' })).statusCode).toBe(400);
  });
});

describe('duplicates', () => {
  it('forty reports of one hole are one case with forty reporters, each informed', async () => {
    const place = somewhere();
    const master = await report('clerk', { ...place, source: 'hotline' });
    await done('clerk', master.no, 'accept');
    await done('clerk', master.no, 'establish', {});
    // Thirty-nine more callers within the same second.
    const others = await Promise.all(
      Array.from({ length: 39 }, (_, n) =>
        report(n === 0 ? 'citizen' : 'clerk', {
          ...place,
          ...(n !== 0 && { source: 'hotline' }),
          lat: place.lat + (n + 1) * 0.000002,
        }),
      ),
    );
    expect(new Set(others.map(({ no }) => no)).size).toBe(39);
    const shown = (await get('clerk', `cases/${others[0]?.no}/duplicates`)).json<{ candidates: { no: string }[] }>();
    const found = shown.candidates.find(({ no }) => no === master.no);
    expect(found).toMatchObject({ metres: 0, minutes: 0, sameClass: true, text: 1, bits: null });
    for (const { no } of others) {
      const reply = await post('clerk', `cases/${no}/merge`, { into: master.no });
      expect(reply.statusCode, reply.body).toBe(200);
    }
    expect(await seen('clerk', master.no)).toMatchObject({ reports: 40, state: 'established' });
    expect(await seen('clerk', others[5]?.no ?? '')).toMatchObject({
      state: 'merged',
      mergedInto: master.no,
      acts: [],
    });
    await done('clerk', master.no, 'dispatch', { unit: STREET });
    const told = await inside((db) =>
      db.one<{ n: number }>(sql`
        select count(distinct n.report)::int as n from incident.notice n join incident.case_file c on c.id = n.case_id where c.no = ${master.no} and n.kind = 'dispatch'`),
    );
    expect(told.n).toBe(40);
    const own = (await get('citizen', `own-reports/${others[0]?.id}`)).json();
    expect(own).toMatchObject({ no: master.no, merged: master.no, state: 'dispatched', reports: 40 });
    expect(own.notices.map(({ kind }: { kind: string }) => kind)).toEqual(['merge', 'dispatch']);
    // One of forty leaves; the case goes on.
    expect((await post('citizen', `own-reports/${others[0]?.id}/withdraw`)).json()).toEqual({ state: 'dispatched' });
  });

  it('are merged before filing only, and into a case that is open', async () => {
    const one = await report('citizen');
    const filed = await toUnit();
    expect((await post('clerk', `cases/${filed.no}/merge`, { into: one.no })).json()).toMatchObject({
      code: 'INCIDENT_NOT_IN_STATE',
    });
    expect((await post('clerk', `cases/${one.no}/merge`, { into: one.no })).json()).toMatchObject({
      code: 'INCIDENT_NO_DUPLICATE',
    });
    const west = await report('citizen', { lon: 121.495 });
    expect((await post('clerk', `cases/${one.no}/merge`, { into: west.no })).statusCode).toBe(404);
  });
});

describe('returns and rulings', () => {
  it('the third return goes to the centre, whose ruling binds and improves the table once another person approves', async () => {
    const { no } = await report('citizen', { class: 'P0401' });
    await done('clerk', no, 'accept');
    await done('clerk', no, 'establish', {});
    expect((await seen('clerk', no)).responsible).toBeNull();
    for (const state of ['established', 'established', 'ruling']) {
      await done('clerk', no, 'dispatch', { unit: STREET });
      expect(await done('clerk', no, 'return', { text: '行道树不属于街道管养' })).toMatchObject({ state });
    }
    expect((await seen('duty', no)).clock).toMatchObject({ unit: 'working-day' });
    expect(
      (await act('clerk', no, 'rule', { unit: 'greening', text: '由绿化负责', place: 'district' })).statusCode,
    ).toBe(403);
    const ruled = await done('duty', no, 'rule', { unit: 'greening', text: '行道树由绿化部门负责', place: 'district' });
    expect(ruled).toMatchObject({ state: 'dispatched', unit: 'greening' });
    expect((await act('green', no, 'return', { text: '仍然不是我们的' })).json()).toMatchObject({
      code: 'INCIDENT_RULED',
    });
    const [line] = (await get('duty', 'responsibility?state=proposed')).json().lines;
    expect(line).toMatchObject({ class: 'P0401', place: '990101', unit: 'greening', rulingOf: no });
    expect((await post('duty', `responsibility/${line.id}/decide`, { approve: true })).json()).toMatchObject({
      status: 403,
      code: 'INCIDENT_SEPARATION',
    });
    expect((await post('dutyToo', `responsibility/${line.id}/decide`, { approve: true })).json()).toEqual({
      state: 'approved',
    });
    const next = await report('citizen', { class: 'P0401' });
    expect((await seen('clerk', next.no)).responsible).toMatchObject({ unit: 'greening' });
  });

  it('a newer line of the table ends the older on its day, and the table of any day can be read', async () => {
    const propose = async (unit: string, from: string) => {
      const made = await post('duty', 'responsibility', { class: 'E0101', place: EAST, unit, reason: '街面环境分工' });
      return post('dutyToo', `responsibility/${made.json().id}/decide`, { approve: true, from });
    };
    expect((await propose(STREET, '2026-01-01')).statusCode).toBe(200);
    expect((await propose('greening', '2026-06-01')).statusCode).toBe(200);
    expect((await propose('greening', '2026-03-01')).json()).toMatchObject({ code: 'INCIDENT_TABLE_OVERLAPS' });
    const lines = (await get('duty', 'responsibility?state=approved')).json().lines;
    expect(lines.filter((each: { class: string }) => each.class === 'E0101')).toMatchObject([
      { unit: 'greening', validFrom: '2026-06-01', validTo: null },
      { unit: STREET, validFrom: '2026-01-01', validTo: '2026-06-01' },
    ]);
  });
});

describe('suspension and extension', () => {
  it('stop and lengthen the clock on the leader’s approval only, who is another person', async () => {
    const { no } = await toUnit('citizen', STREET, { class: 'P0102' });
    await done('clerk', no, 'take');
    const due = async () => (await seen('clerk', no)).clock?.dueAt;
    const before = await due();
    const ask = { reason: 'weather', document: '样例〔2026〕1号', until: '2026-12-04', text: '台风期间不能登高作业' };
    await done('clerk', no, 'ask-suspend', ask);
    expect(await due()).toBe(before);
    const more = { document: '样例〔2026〕5号', text: '还要再等' };
    expect((await act('clerk', no, 'ask-extend', more)).json()).toMatchObject({ code: 'INCIDENT_ASKED' });
    expect((await act('twoHats', no, 'allow')).json()).toMatchObject({ status: 403, code: 'INCIDENT_SEPARATION' });
    expect((await act('greenHead', no, 'allow')).statusCode).toBe(404);
    await done('head', no, 'allow');
    expect(await seen('clerk', no)).toMatchObject({ state: 'suspended', clock: { state: 'stopped' } });
    await setNow('2026-12-04T10:00:00');
    await done('clerk', no, 'resume');
    const resumed = await due();
    expect(resumed && before && resumed > before).toBe(true);
    await done('clerk', no, 'ask-extend', { document: '样例〔2026〕2号', text: '需定制灯具' });
    await done('head', no, 'deny', { text: '备件充足' });
    await done('clerk', no, 'ask-extend', { document: '样例〔2026〕2号', text: '需定制灯具' });
    await done('head', no, 'allow');
    const longer = await due();
    expect(longer && resumed && longer > resumed).toBe(true);
    expect(
      (await act('clerk', no, 'ask-extend', { document: '样例〔2026〕3号', text: '还要再等' })).json(),
    ).toMatchObject({
      code: 'INCIDENT_NO_MORE_ALLOWANCES',
    });
  });

  it('that is still undecided falls away with the feedback: who is done needs no more time', async () => {
    const { no } = await toUnit('citizen', STREET, { class: 'P0102' });
    await done('clerk', no, 'take');
    await done('clerk', no, 'ask-extend', { document: '样例〔2026〕6号', text: '需定制灯具' });
    await done('clerk', no, 'feedback', WORDS);
    expect(await seen('clerk', no)).toMatchObject({ state: 'handled', asked: null });
    expect((await act('head', no, 'allow')).statusCode).toBe(409);
  });

  it('of a case in emergency hours is possible twice, each time in its own hours', async () => {
    const { no } = await toUnit('citizen', STREET, { class: 'E0401' });
    await done('clerk', no, 'take');
    for (const hour of ['10', '14']) {
      await done('clerk', no, 'ask-extend', { document: '样例〔2026〕4号', text: '等待大型吊车' });
      await done('head', no, 'allow');
      expect(minute((await seen('clerk', no)).clock?.dueAt)).toBe(`2026-11-26T${hour}:00`);
    }
  });
});

describe('satisfaction', () => {
  it('sends a case back to the unit for whoever is not satisfied, after a call, and they rate it again', async () => {
    const { no, id } = await toClosed();
    expect((await post('citizen', `own-reports/${id}/rate`, { satisfied: false })).json()).toMatchObject({
      fields: [{ pointer: '/opinion' }],
    });
    await post('citizen', `own-reports/${id}/rate`, { satisfied: false, opinion: '井盖还在响' });
    expect((await seen('duty', no)).clock).toMatchObject({ unit: 'working-day' });
    expect((await get('duty', `cases/${no}/reporters`, 'contact-reporter')).json()).toMatchObject({
      reporters: [{ satisfied: false, opinion: '井盖还在响' }],
    });
    expect(await done('duty', no, 'call-back', { text: '已电话核实，重新处置', reopen: true })).toMatchObject({
      state: 'handling',
      unit: STREET,
    });
    await done('clerk', no, 'feedback', WORDS);
    await done('worker', no, 'rework', { text: '仍有响动，需加垫圈' });
    await done('clerk', no, 'feedback', WORDS);
    await done('worker', no, 'verify', { ...WORDS, files: [await photo(house, 'worker')] });
    await done('duty', no, 'close');
    expect((await post('citizen', `own-reports/${id}/rate`, { satisfied: true })).json()).toEqual({
      state: 'evaluated',
    });
  });

  it('asks the reporter for what is missing and goes on with the answer', async () => {
    const { no, id } = await report('citizen');
    await done('clerk', no, 'accept');
    await done('clerk', no, 'ask-facts', { text: '请补充是哪个路口' });
    expect((await get('citizen', `own-reports/${id}`)).json()).toMatchObject({ state: 'facts', waits: 'facts' });
    const answer = await post('citizen', `own-reports/${id}/answer-facts`, { text: '样例路东口，13812345678' });
    expect(answer.json()).toEqual({ state: 'accepted' });
    expect((await seen('clerk', no)).timeline.at(-1)).toMatchObject({ text: '样例路东口，138****5678', byName: '' });
  });
});

describe('links', () => {
  it('make one timeline of what hangs together, and only those that make sense', async () => {
    const [a, b] = [await report('citizen'), await toUnit()];
    const link = (kind: string, to: object) => post('clerk', `cases/${b.no}/links`, { kind, to });
    expect((await link('escalated_to', { kind: 'case', id: a.no })).json()).toMatchObject({
      code: 'INCIDENT_LINK_REFUSED',
    });
    expect((await link('follow_up_of', { kind: 'case', id: a.no })).statusCode).toBe(201);
    expect((await link('follow_up_of', { kind: 'case', id: 'AJ20200101000001' })).statusCode).toBe(404);
    const story = (await get('clerk', `timeline/case/${a.no}`)).json();
    expect(story.entities.map(({ id }: { id: string }) => id)).toEqual([a.no, b.no]);
    expect(story.links).toMatchObject([{ kind: 'follow_up_of', from: { id: b.no }, to: { id: a.no } }]);
    expect(story.entries.length).toBe(5);
    expect((await get('west', `timeline/case/${a.no}`)).statusCode).toBe(404);
  });
});

describe('the queue', () => {
  it('is in the order of its clocks and pages without loss or double', async () => {
    for (let n = 0; n < 55; n += 1) await report('clerk', { class: n % 2 ? 'E0101' : 'P0102', source: 'patrol' });
    const seenOnce: string[] = [];
    let after: string | null = '';
    do {
      const page: { cases: { no: string; dueAt: string }[]; next: string | null } = (
        await get('clerk', `cases?source=patrol${after ? `&after=${after}` : ''}`)
      ).json();
      expect(page.cases.map(({ dueAt }) => dueAt)).toEqual(page.cases.map(({ dueAt }) => dueAt).sort());
      seenOnce.push(...page.cases.map(({ no }) => no));
      after = page.next;
    } while (after);
    expect(seenOnce.length).toBe(55);
    expect(new Set(seenOnce).size).toBe(55);
    const few = (await get('clerk', 'cases?source=patrol&class=E0101&state=reported&view=all')).json();
    expect(few.cases).toHaveLength(27);
    expect((await get('clerk', 'cases?after=not-a-mark')).json()).toMatchObject({
      fields: [{ pointer: '/query/after' }],
    });
  });
});
