import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { personResolver } from '#platform/identity/subjects.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { signal } from '#platform/signal/app.ts';
import { tellNotice } from '#platform/signal/tell/tell-notices.ts';
import { incident } from '../app.ts';
import { PIXEL } from '../fixtures/case-house.ts';
import { remindSilent } from '../silence.ts';

const STREET = '310101023';
const CITIZEN = 'citizen.wei';
const FOLLOWER = 'citizen.neighbour';
const CLERK = 'clerk.ruijin';
const DUTY = 'duty.ops';
const HEAD = 'head.ruijin';
const GREEN = 'data.greening';
/** Residents are found by what stands in the place of the digest of their number. */
const people = app({
  id: 'test-people',
  kind: 'capability',
  folder: 'platform/case/fixtures/people',
  title: { zh: '样例人口', en: 'Sample people' },
  provides: [personResolver.provide({ personOf: async ({ hash }) => hash })],
});
let house: TestHouse;
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
      exchange,
      geo,
      people,
      { ...signal, timers: [] },
      { ...incident, timers: [] },
    ],
  });
  const ring = 'POLYGON((121.5 31.2, 121.51 31.2, 121.51 31.21, 121.5 31.21, 121.5 31.2))';
  await within('geo', async (db) => {
    for (const [code, level] of [
      ['310101', 'district'],
      [STREET, 'street'],
      [`${STREET}001`, 'committee'],
      [`${STREET}00101`, 'cell'],
    ] as const)
      await db.run(sql`
        insert into geo.area (code, level, name, parent, geometry, valid_from, dataset)
        values (${code}, ${level}, ${`样例${code}`}, ${level === 'district' ? null : code.slice(0, { street: 6, committee: 9, cell: 12 }[level])}::text,
          ST_Multi(ST_GeomFromText(${ring}, 4490)), '2020-01-01', 'fixture') on conflict do nothing`);
  });
  await within('identity', (db) =>
    db.run(sql`update identity.account set person_hash = gen_random_uuid()::text where post = 'citizen'`),
  );
}, 300_000);
afterAll(() => house?.close());
// A Thursday morning.
beforeEach(() => setNow('2026-11-26T10:00:00'));

const within = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
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
const get = async (who: string, url: string) => call(house, { url: `/api/${url}`, cookie: await cookieOf(who) });
const post = async (who: string, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url: `/api/incident/${url}`, body, cookie: await cookieOf(who) });
const act = async (who: string, no: string, name: string, body: unknown = {}) => {
  const reply = await post(who, `cases/${no}/${name}`, body);
  expect(reply.statusCode, `${name}: ${reply.body}`).toBe(200);
};
let places = 0;
const report = async (who: string, more: Record<string, unknown> = {}) => {
  places += 1;
  const reply = await post(who, 'reports', {
    clientId: crypto.randomUUID(),
    class: 'E0101',
    text: '路口堆了很多垃圾，联系13812345678',
    lon: 121.5005 + places * 0.0005,
    lat: 31.205,
    ...more,
  });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string; no: string }>();
};
const WORDS = { text: '已清理完毕并冲洗路面' };
const toUnit = async (unit = 'greening', more: Record<string, unknown> = {}) => {
  const made = await report(CITIZEN, more);
  await act(CLERK, made.no, 'accept');
  await act(CLERK, made.no, 'establish');
  await act(CLERK, made.no, 'dispatch', { unit });
  return made;
};
/** What an account has been told of one report or case, in order. */
async function told(account: string, no: string) {
  await house.runtime.worker.drain();
  return within('signal', (db) =>
    db.rows<{ zh: string; en: string; path: string; citizen: boolean; about: string; level: number }>(sql`
      select title ->> 'zh' as zh, title ->> 'en' as en, path, citizen, about, level from signal.message
      where account = ${account} and title ->> 'zh' like ${`%${no}%`} order by seq`),
  );
}
const words = async (account: string, no: string) => (await told(account, no)).map(({ zh }) => zh);

describe('notices about a case', () => {
  it('go to exactly who reported and who follows, step by step, with the way to their own report', async () => {
    const made = await report(CITIZEN);
    const followed = await post(FOLLOWER, `near/${made.no}/join`, { clientId: crypto.randomUUID() });
    expect(followed.statusCode, followed.body).toBe(201);
    await act(CLERK, made.no, 'accept');
    await act(CLERK, made.no, 'ask-facts', { text: '请补充是哪个路口' });
    await post(CITIZEN, `own-reports/${made.id}/answer-facts`, { text: '在雁荡路南昌路口' });
    await act(CLERK, made.no, 'establish');
    await act(CLERK, made.no, 'dispatch', { unit: 'greening' });
    await act(GREEN, made.no, 'take');
    await act(GREEN, made.no, 'feedback', WORDS);
    const photo = await storeFile({
      services: house.services,
      actor: {
        ...systemActor({ name: 'test' }),
        kind: 'person',
        account: 'supervisor.ruijin',
        unit: `street-${STREET}`,
      },
      kind: 'incident.photo',
      name: '现场.jpg',
      content: PIXEL,
    });
    await act('supervisor.ruijin', made.no, 'verify', { ...WORDS, files: [photo.id] });
    await act(DUTY, made.no, 'close');
    const mine = await told(CITIZEN, made.no);
    expect(mine.map(({ zh }) => zh)).toEqual([
      expect.stringContaining('已受理'),
      expect.stringContaining('需要您补充说明'),
      expect.stringContaining('已立案'),
      expect.stringMatching(/已派遣给.*绿化.*处置/),
      expect.stringContaining('已处置完成'),
      expect.stringContaining('请评价'),
    ]);
    for (const each of mine)
      expect(each).toMatchObject({ citizen: true, about: 'case', path: `/citizen/reports/${made.id}` });
    const theirs = await told(FOLLOWER, made.no);
    expect(theirs.map(({ zh }) => zh)).toEqual(mine.map(({ zh }) => zh));
    expect(theirs.every(({ path }) => path !== mine[0]?.path)).toBe(true);
    // The bell shows them, the page that they lead to is the reader's own, and nobody else was told.
    const bell = (await get(CITIZEN, 'signal/messages')).json<{ unread: number; messages: { path: string }[] }>();
    expect(bell.messages[0]?.path).toBe(`/citizen/reports/${made.id}`);
    expect((await get(CITIZEN, `incident/own-reports/${made.id}`)).statusCode).toBe(200);
    expect((await get(FOLLOWER, `incident/own-reports/${made.id}`)).statusCode).toBe(404);
    expect(await told('citizen.father', made.no)).toEqual([]);
    // Officials whom it concerned: the desk that had asked, the unit that got it.
    expect(await words(CLERK, made.no)).toEqual([expect.stringContaining('上报人已补充说明')]);
    expect(await told(GREEN, made.no)).toEqual([
      expect.objectContaining({
        zh: expect.stringContaining('新派遣案件'),
        path: `/gov/incidents/${made.no}`,
        citizen: false,
      }),
    ]);
  });

  it('officials learn of what comes back, what is asked of them and what is due soon', async () => {
    const made = await toUnit();
    await act(GREEN, made.no, 'return', { text: '不属于本单位职责范围' });
    expect(await words(CLERK, made.no)).toEqual([expect.stringContaining('请重新派遣')]);
    await act(CLERK, made.no, 'dispatch', { unit: 'greening' });
    await act(GREEN, made.no, 'take');
    await act(GREEN, made.no, 'ask-extend', { document: '黄绿〔2026〕9号', text: '需要调集机械设备' });
    expect(await words('head.greening', made.no)).toEqual([expect.stringContaining('延期申请待审批')]);
    await act('head.greening', made.no, 'deny', { text: '设备充足请按期完成' });
    const due = await within('incident', (db) =>
      db.one<{ amber: Date }>(
        sql`select k.amber_at as amber from incident.case_file c join calendar.clock k on k.id = c.clock where c.no = ${made.no}`,
      ),
    );
    await moveClock(house, (due.amber.getTime() + 60_000 - Date.now()) / 1000);
    await fireClocks(house.services);
    expect(await words(GREEN, made.no)).toEqual([
      expect.stringContaining('新派遣案件'),
      expect.stringContaining('新派遣案件'),
      expect.stringContaining('申请未获同意'),
      expect.stringContaining('即将到期'),
    ]);
  });

  it('are told once, however often the event comes, and never to who stays anonymous or has left', async () => {
    const anonymous = await report(CITIZEN, { anonymous: true });
    const left = await report(CITIZEN);
    await post(FOLLOWER, `near/${left.no}/join`, { clientId: crypto.randomUUID() });
    await post(CITIZEN, `own-reports/${left.id}/withdraw`);
    await act(CLERK, anonymous.no, 'accept');
    await act(CLERK, left.no, 'accept');
    expect(await told(FOLLOWER, left.no)).toHaveLength(1);
    expect(await told(CITIZEN, left.no)).toEqual([]);
    const all = await within('signal', (db) =>
      db.rows<{ account: string }>(
        sql`select account from signal.message where title ->> 'zh' like ${`%${anonymous.no}%`}`,
      ),
    );
    expect(all).toEqual([]);
    const events = await within('kernel', (db) =>
      db.rows<{ id: string; data: Record<string, string> }>(
        sql`select id, data from kernel.event where type = 'incident.notice.made' order by txid desc, seq desc limit 1`,
      ),
    );
    // Ids, kinds and moments: nothing personal is in an event or in a job.
    expect(Object.keys(events[0]?.data ?? {}).sort()).toEqual(['at', 'case', 'kind']);
    await within('signal', (db) =>
      db.enqueue({ name: 'tell-notices', payload: { ...events[0]?.data, about: 'case' }, key: 'once more' }),
    );
    expect(await told(FOLLOWER, left.no)).toHaveLength(1);
  });

  it('of an exercise or a test reach no citizen, whichever way is tried', async () => {
    const holders = [{ person: 'x', account: CITIZEN, name: '', post: 'citizen', unit: null }];
    const before = await within('signal', (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from signal.message`),
    );
    const title = { zh: '演练', en: 'Exercise' };
    for (const status of ['Exercise', 'Test'] as const) {
      const subject = uuidv7();
      const notice = {
        key: subject,
        subject,
        path: `/citizen/reports/${subject}`,
        title,
        level: 4 as const,
        to: { party: CITIZEN, status },
      };
      const refused = within('signal', (db) => tellNotice(db, { about: 'case', notice, holders }));
      await expect(refused).rejects.toThrow(/citizen_by_right/);
      // By hand: the matter stands as an exercise, and the row of the message says otherwise, or says nothing.
      await within('signal', (db) =>
        db.run(
          sql`insert into signal.own_matter values (${subject}::uuid, ${CITIZEN}, 'case', ${status}, kernel.now())`,
        ),
      );
      for (const [said, account, why] of [
        ['Actual', CITIZEN, /message_own_matter/],
        [null, CITIZEN, /citizen_by_right/],
        ['Actual', FOLLOWER, /message_own_matter/],
      ] as const)
        await expect(
          within('signal', (db) =>
            db.run(sql`
              insert into signal.message (id, account, key, about, subject, level, title, created_at, citizen, path, matter_status)
              values (${uuidv7()}::uuid, ${account}, ${subject}, 'case', ${subject}::uuid, 4, '{}', kernel.now(), true, ${`/citizen/reports/${subject}`}, ${said}::text)`),
          ),
          `${status} ${String(said)} ${account}`,
        ).rejects.toThrow(why);
      // Nor can it be turned into something real, or hide among the messages of officials.
      await expect(
        within('signal', (db) =>
          db.run(sql`update signal.own_matter set status = 'Actual' where subject = ${subject}::uuid`),
        ),
      ).rejects.toThrow(/permission denied/);
      await expect(
        within('signal', (db) =>
          db.run(sql`
            insert into signal.message (id, account, key, about, subject, level, title, created_at, path)
            values (${uuidv7()}::uuid, ${CITIZEN}, ${subject}, 'case', ${subject}::uuid, 4, '{}', kernel.now(), '/citizen/reports/x')`),
        ),
      ).rejects.toThrow(/citizen_by_path/);
    }
    const after = await within('signal', (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from signal.message`),
    );
    expect(after).toEqual(before);
  });
});

describe('a unit that stays silent', () => {
  /** Goes to a moment and looks whom the clock has reminded. */
  const at = async (moment: string) => {
    await setNow(moment);
    return remindSilent(house.services);
  };
  const state = (no: string) =>
    within('incident', (db) =>
      db.one<{ state: string; step: number; at: Date | null }>(
        sql`select state, remind_step as step, remind_at as at from incident.case_file where no = ${no}`,
      ),
    );
  const reminders = async (account: string, no: string) =>
    (await words(account, no)).filter((each) => each.startsWith('催办'));
  const LAMP = { class: 'P0102' };
  const TREE = { class: 'P0106' };
  // Of cases of other tests nobody is reminded here.
  beforeEach(() => within('incident', (db) => db.run(sql`update incident.case_file set remind_at = null`)));

  it('is reminded over a make-up Saturday: liaison, leader, centre, one rung a working day, and the case stays open', async () => {
    // A Friday after National Day; the Saturday is worked.
    await setNow('2026-10-09T10:00:00');
    const made = await toUnit('greening', LAMP);
    expect(await at('2026-10-10T23:00:00')).toBe(0);
    expect(await at('2026-10-11T00:01:00')).toBe(1);
    expect(await reminders(GREEN, made.no)).toHaveLength(1);
    // Sunday is off: the next working day is Monday.
    expect(await at('2026-10-12T23:00:00')).toBe(0);
    expect(await at('2026-10-13T00:01:00')).toBe(1);
    expect(await at('2026-10-14T00:02:00')).toBe(1);
    expect(await at('2026-12-01T09:00:00')).toBe(0);
    expect(await reminders(GREEN, made.no)).toHaveLength(1);
    expect(await reminders('head.greening', made.no)).toHaveLength(1);
    expect(await reminders(DUTY, made.no)).toHaveLength(1);
    expect(await state(made.no)).toMatchObject({ state: 'dispatched', at: null });
    const shown = (await get(DUTY, `incident/cases/${made.no}`)).json<{
      timeline: { kind: string; byName: string; data: { step?: number } }[];
    }>();
    const entries = shown.timeline.filter(({ kind }) => kind === 'remind');
    expect(entries.map(({ data }) => data.step)).toEqual([1, 2, 3]);
    expect(entries.every(({ byName }) => byName === '')).toBe(true);
  });

  it('in an emergency is reminded by running hours, at night as well, until it acts', async () => {
    await setNow('2026-11-27T22:00:00');
    const made = await toUnit('greening', TREE);
    expect(await at('2026-11-27T22:59:00')).toBe(0);
    expect(await at('2026-11-27T23:01:00')).toBe(1);
    expect(await reminders(GREEN, made.no)).toHaveLength(1);
    expect(await at('2026-11-28T00:02:00')).toBe(1);
    expect(await reminders('head.greening', made.no)).toHaveLength(1);
    expect(await reminders(DUTY, made.no)).toEqual([]);
    // The unit acts: the ladder stands, and begins anew when its time is over.
    await act(GREEN, made.no, 'take');
    const { at: next, step } = await state(made.no);
    const { due } = await within('incident', (db) =>
      db.one<{ due: Date }>(sql`select due_at as due from incident.case_file where no = ${made.no}`),
    );
    expect([step, next]).toEqual([0, due]);
    expect(await at('2026-11-28T01:30:00')).toBe(0);
    await act(GREEN, made.no, 'feedback', WORDS);
    expect(await state(made.no)).toMatchObject({ state: 'handled', step: 0, at: null });
    expect(await at('2026-11-29T09:00:00')).toBe(0);
  });

  it('passes a rung that nobody holds, is told once by two clocks, and stands while the case is suspended', async () => {
    await setNow('2026-11-26T09:00:00');
    // This unit has no leader in the sample: the centre comes at once.
    const made = await toUnit('traffic-police', LAMP);
    await setNow('2026-11-28T09:00:00');
    const both = await Promise.all([remindSilent(house.services), remindSilent(house.services)]);
    expect(both[0] + both[1]).toBe(1);
    expect(await at('2026-12-01T09:00:00')).toBe(1);
    expect(await state(made.no)).toMatchObject({ step: 3, at: null });
    expect(await reminders(DUTY, made.no)).toHaveLength(1);
    expect(await reminders('liaison.traffic', made.no)).toHaveLength(1);
    await setNow('2026-11-26T11:00:00');
    const stopped = await toUnit('greening', LAMP);
    await act(GREEN, stopped.no, 'take');
    await act(GREEN, stopped.no, 'ask-suspend', {
      reason: 'weather',
      document: '黄绿〔2026〕8号',
      until: '2026-12-20',
      text: '大风天气不能登高作业',
    });
    await act('head.greening', stopped.no, 'allow');
    expect(await state(stopped.no)).toMatchObject({ state: 'suspended', at: null });
    await act(GREEN, stopped.no, 'resume');
    expect((await state(stopped.no)).at).not.toBeNull();
  });
});

describe('a unit that was abolished', () => {
  beforeAll(async () => {
    await within('identity', async (db) => {
      await db.run(sql`
        insert into identity.unit (code, kind, parent, name, name_en, position, valid_from, valid_to)
        values ('old-greening', 'department', 'government', '区园林局', 'Old Parks Office', 901, '2010-01-01', '2019-01-01')`);
      await db.run(sql`
        insert into identity.unit_successor (unit, successor, at, by_order) values ('old-greening', 'greening', '2019-01-01', gen_random_uuid())`);
    });
  });
  const gone = {
    code: 'INCIDENT_UNIT_GONE',
    successors: ['greening'],
    fields: [{ pointer: '/unit', rule: 'abolished', message: expect.stringContaining('绿化') }],
  };

  it('gets no case and no line of the table: 422 names the successor', async () => {
    const made = await report(CITIZEN);
    await act(CLERK, made.no, 'accept');
    await act(CLERK, made.no, 'establish');
    const sent = await post(CLERK, `cases/${made.no}/dispatch`, { unit: 'old-greening' });
    expect([sent.statusCode, sent.json()]).toEqual([422, expect.objectContaining(gone)]);
    const line = await post(DUTY, 'responsibility', {
      class: 'E0102',
      place: STREET,
      unit: 'old-greening',
      reason: '历史分工',
    });
    expect([line.statusCode, line.json()]).toEqual([422, expect.objectContaining(gone)]);
    const none = await post(CLERK, `cases/${made.no}/dispatch`, { unit: 'no-such-unit' });
    expect([none.statusCode, none.json().fields[0].rule]).toEqual([400, 'unit']);
  });

  it('leaves orphans: its open cases and lines are shown with the successor, and go there by a person', async () => {
    const made = await toUnit('greening');
    const stands = await post(DUTY, `cases/${made.no}/reassign`, { unit: 'urban-management' });
    expect(stands.json()).toMatchObject({ status: 409, code: 'INCIDENT_UNIT_STANDS' });
    // Today its unit is abolished, with a line that names it and one that was proposed before.
    const [held, proposed] = [uuidv7(), uuidv7()];
    await within('incident', async (db) => {
      await db.run(sql`update incident.case_file set unit = 'old-greening' where no = ${made.no}`);
      for (const [id, state, code] of [
        [held, 'approved', 'E0101'],
        [proposed, 'proposed', 'E0103'],
      ] as const)
        await db.run(sql`
          insert into incident.responsibility (id, class, place, unit, state, valid_from, reason, proposed_by, proposed_name, proposed_at)
          values (${id}::uuid, ${code}, ${STREET}, 'old-greening', ${state}, case when ${state} = 'approved' then '2015-01-01'::date end, '历史分工', 'x', '样例', kernel.now())`);
    });
    const orphans = (await get(DUTY, 'incident/orphans')).json();
    expect(orphans.units).toEqual([
      {
        unit: 'old-greening',
        name: { zh: '区园林局', en: 'Old Parks Office' },
        successors: [expect.objectContaining({ code: 'greening' })],
        cases: [expect.objectContaining({ no: made.no, state: 'dispatched' })],
        lines: [expect.objectContaining({ id: held, asked: false })],
      },
    ]);
    const late = await post(HEAD, `responsibility/${proposed}/decide`, { approve: true });
    expect([late.statusCode, late.json().successors]).toEqual([422, ['greening']]);
    const shown = (await get(DUTY, `incident/cases/${made.no}`)).json();
    expect(shown).toMatchObject({
      orphan: { successors: [{ code: 'greening' }] },
      responsible: { unit: 'greening', before: 'old-greening' },
      acts: expect.arrayContaining(['reassign']),
    });
    await act(DUTY, made.no, 'reassign', { unit: 'greening' });
    const after = (await get(DUTY, `incident/cases/${made.no}`)).json();
    expect(after).toMatchObject({ state: 'dispatched', unit: 'greening', orphan: null });
    // The time that was promised runs on.
    expect(after.clock.dueAt).toBe(shown.clock.dueAt);
    expect(after.acts).not.toContain('reassign');
    expect((await words(GREEN, made.no)).at(-1)).toContain('改派');
    expect((await words(CITIZEN, made.no)).at(-1)).toContain('改派');
    const asked = await post(DUTY, 'responsibility', {
      class: 'E0101',
      place: STREET,
      unit: 'greening',
      reason: '园林局已撤销',
    });
    expect(asked.statusCode).toBe(201);
    expect((await get(DUTY, 'incident/orphans')).json().units).toMatchObject([{ lines: [{ asked: true }], cases: [] }]);
  });
});

describe('the clock of a phone', () => {
  const said = (madeAt: string, sentAt: string) => ({
    'x-made-at': new Date(`${madeAt}+08:00`).toISOString(),
    'x-sent-at': new Date(`${sentAt}+08:00`).toISOString(),
  });
  const send = async (who: string, url: string, body: unknown, headers: Record<string, string>) =>
    call(house, { method: 'POST', url: `/api/incident/${url}`, body, cookie: await cookieOf(who), headers });
  const device = async (no: string, kind: string) => {
    const { timeline, flags } = (await get(DUTY, `incident/cases/${no}`)).json<{
      flags: string[];
      timeline: {
        kind: string;
        at: string;
        data: { device?: { madeAt: string; skewSeconds: number; skewed: boolean } };
      }[];
    }>();
    const found = timeline.findLast((each) => each.kind === kind);
    return { flags, at: found?.at, ...found?.data.device };
  };
  const reported = async (headers: Record<string, string>) => {
    places += 1;
    const body = {
      clientId: crypto.randomUUID(),
      class: 'E0101',
      text: '路口堆了很多垃圾',
      source: 'grid',
      lon: 121.5005 + places * 0.0005,
      lat: 31.206,
    };
    const reply = await send('supervisor.ruijin', 'reports', body, headers);
    expect(reply.statusCode, reply.body).toBe(201);
    return reply.json<{ no: string; reportedAt: string }>();
  };

  it('does not count: the server times a report, sets right when it was made, and flags more than five minutes', async () => {
    // Sent now, 10:00; the phone says 10:42 and that it was made at 08:42 by its own clock: two hours ago.
    const fast = await reported(said('2026-11-26T08:42:00', '2026-11-26T10:42:00'));
    expect(fast.reportedAt.slice(0, 16)).toBe('2026-11-26T02:00');
    const found = await device(fast.no, 'report');
    expect(found).toMatchObject({ skewed: true, flags: ['clock-skew'] });
    expect(Math.abs((found.skewSeconds ?? 0) - 42 * 60)).toBeLessThan(30);
    expect(found.madeAt?.slice(0, 15)).toMatch(/2026-11-26T0(0:0|1:5)/);
    // Four minutes slow is no matter, but it was made without a network: that is said, and set right as well.
    const offline = await reported(said('2026-11-26T08:56:00', '2026-11-26T09:56:00'));
    expect(await device(offline.no, 'report')).toMatchObject({ skewed: false, flags: [] });
    // What is sent at once by a good clock, or says nothing, leaves no note.
    const now = await reported(said('2026-11-26T10:00:00', '2026-11-26T10:00:01'));
    expect((await device(now.no, 'report')).madeAt).toBeUndefined();
    expect((await device((await report(CITIZEN)).no, 'report')).madeAt).toBeUndefined();
    const row = await within('incident', (db) =>
      db.one<{ skew: number }>(sql`
        select r.skew_seconds as skew from incident.report r join incident.case_file c on c.id = r.case_id where c.no = ${fast.no}`),
    );
    expect(row.skew).toBe(found.skewSeconds);
  });

  it('of a verification is measured in the same way, and a second sending with another clock is the same act', async () => {
    const made = await toUnit();
    await act(GREEN, made.no, 'take');
    await act(GREEN, made.no, 'feedback', WORDS);
    const key = crypto.randomUUID();
    const again = async (sentAt: string) =>
      call(house, {
        method: 'POST',
        url: `/api/incident/cases/${made.no}/rework`,
        body: { text: '垃圾仍未清理干净' },
        key,
        cookie: await cookieOf('supervisor.ruijin'),
        headers: said('2031-01-01T08:00:00', sentAt),
      });
    expect((await again('2031-01-01T09:00:00')).statusCode).toBe(200);
    const twice = await again('2031-01-01T09:20:00');
    expect([twice.statusCode, twice.headers['idempotent-replayed']]).toEqual([200, 'true']);
    const found = await device(made.no, 'rework');
    expect(found.skewed).toBe(true);
    expect(Math.abs(Date.parse(found.at ?? '') - 3_600_000 - Date.parse(found.madeAt ?? ''))).toBeLessThan(1000);
  });
});
