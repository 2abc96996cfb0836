import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { calendar } from './app.ts';
import { permitClock, permits, strangers } from './fixtures/permits/app.ts';
import { type Clock, endClock, readClock, resumeClock, startClock, stopClock } from './clock.ts';
import { clockView } from './clock-view.ts';
import { fireClocks, refreshClocks } from './fire-clocks.ts';
import { readCalendar } from './read-calendar.ts';
import { storePackagedLists } from './store-lists.ts';
import { packagedLists } from './year-list.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, permits, strangers],
    work: false,
  });
}, 300_000);
afterAll(() => house?.close());

const at = (text: string) => new Date(`${text}+08:00`);
const shown = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
const tx = <T>(work: (db: Db) => Promise<T>, module = 'permits', actor: Actor = systemActor({ name: 'test' })) =>
  house.services.database.tx({ module, actor }, work);
let made = 0;
const start = (from: string): Promise<Clock> =>
  tx((db) => startClock(db, { kind: permitClock, subject: `case-${(made += 1)}`, event: 'accepted', at: at(from) }));
const stop = (clock: string, more: object = {}) =>
  tx((db) =>
    stopClock(db, {
      kind: permitClock,
      clock,
      reason: 'hearing',
      document: '听证通知〔2026〕3号',
      expectedEnd: '2026-11-20',
      at: at('2026-11-05T10:00:00'),
      ...more,
    }),
  );
const resume = (clock: string, moment: string) =>
  tx((db) => resumeClock(db, { kind: permitClock, clock, at: at(moment) }));
const events = (type: string, subject?: string) =>
  tx(
    (db) =>
      db.rows<{ subject: string; data: Record<string, string> }>(
        sql`select subject, data from kernel.event where type = ${type} and (${subject ?? null}::text is null or subject = ${subject ?? null}::text) order by seq`,
      ),
    'kernel',
  );
const setNow = (moment: string) => moveClock(house, (at(moment).getTime() - Date.now()) / 1000);
beforeEach(() => setNow('2026-11-26T10:00:00'));

it('starts a clock on the rule of the day, and says what is left of it', async () => {
  const clock = await start('2026-11-26T09:00:00');
  expect(clock).toMatchObject({ basis: 'permits.case.decision', basisVersion: 1, amount: 10, unit: 'working-day' });
  expect([shown(clock.amberAt), shown(clock.dueAt)]).toEqual(['2026-12-09T00:00:00', '2026-12-11T00:00:00']);
  const { calendar: days } = await tx(readCalendar);
  const view = (now: string) => clockView({ clock, kind: permitClock, now: at(now), calendar: days });
  expect(view('2026-11-26T10:00:00')).toMatchObject({ state: 'running', workingDaysLeft: 10, provisional: false });
  expect(view('2026-12-09T00:00:00')).toMatchObject({ state: 'amber', workingDaysLeft: 1 });
  expect(view('2026-12-10T23:59:59')).toMatchObject({ state: 'amber', workingDaysLeft: 0 });
  expect(view('2026-12-11T00:00:00')).toMatchObject({ state: 'overdue', workingDaysLeft: -1 });
});

it('refuses a second clock of the kind for the same case, and one on a rule that the book does not have', async () => {
  const { subject } = await start('2026-11-26T09:00:00');
  const again = tx((db) => startClock(db, { kind: permitClock, subject, event: 'accepted' }));
  await expect(again).rejects.toMatchObject({ spec: { code: 'CLOCK_RUNNING' } });
  const early = tx((db) =>
    startClock(db, { kind: permitClock, subject: 'old', event: 'x', at: at('2014-12-31T09:00:00') }),
  );
  await expect(early).rejects.toThrow('the rulebook has no permits.case.decision');
});

it('stops with a reason of its list, a document and an expected end, and moves its end when it goes on', async () => {
  const clock = await start('2026-11-02T09:00:00');
  expect(shown(clock.dueAt)).toBe('2026-11-17T00:00:00');
  const stopped = await stop(clock.id);
  expect(stopped.state).toBe('stopped');
  // Seven of ten are left after the day on which it is expected to go on.
  expect(shown(stopped.dueAt)).toBe('2026-12-02T00:00:00');
  const gone = await resume(clock.id, '2026-11-11T15:00:00');
  expect(gone.state).toBe('running');
  // Three days were used until the 5th, seven are left after the 11th.
  expect(shown(gone.dueAt)).toBe('2026-11-21T00:00:00');
  expect(gone.stops).toMatchObject([{ reason: 'hearing', document: '听证通知〔2026〕3号', expectedEnd: '2026-11-20' }]);
});

it('does not stop without reason, document or expected end, for a reason of another law, or before its start', async () => {
  const { id } = await start('2026-11-20T09:00:00');
  const now = at('2026-11-26T09:00:00');
  const cases: [object, string][] = [
    [{ reason: '' }, '/reason'],
    [{ reason: 'applicant' }, '/reason'],
    [{ document: ' ' }, '/document'],
    [{ expectedEnd: '2026-11-25' }, '/expectedEnd'],
    [{ expectedEnd: '2026-02-30' }, '/expectedEnd'],
    [{ at: at('2026-11-19T09:00:00') }, '/at'],
    [{ at: at('2026-11-27T09:00:00'), expectedEnd: '2026-12-01' }, '/at'],
  ];
  for (const [more, pointer] of cases) {
    const tried = stop(id, { at: now, expectedEnd: '2026-11-30', ...more });
    await expect(tried, pointer).rejects.toMatchObject({ spec: { code: 'INVALID_INPUT' }, fields: [{ pointer }] });
  }
  expect((await tx((db) => readClock(db, id))).state).toBe('running');
});

it('is not stopped twice or in another stop, resumed twice or before its stop, and not stopped once it is over', async () => {
  const { id } = await start('2026-11-02T09:00:00');
  await stop(id);
  await expect(stop(id)).rejects.toMatchObject({ spec: { code: 'CLOCK_NOT_RUNNING' } });
  await expect(resume(id, '2026-11-05T09:59:59')).rejects.toMatchObject({ fields: [{ pointer: '/at' }] });
  await resume(id, '2026-11-10T09:00:00');
  await expect(resume(id, '2026-11-10T09:00:00')).rejects.toMatchObject({ spec: { code: 'CLOCK_NOT_STOPPED' } });
  await expect(stop(id, { at: at('2026-11-09T09:00:00') })).rejects.toMatchObject({ fields: [{ pointer: '/at' }] });
  await expect(stop(id, { at: at('2026-11-25T00:00:00') })).rejects.toMatchObject({
    spec: { code: 'CLOCK_NOT_RUNNING' },
  });
  // The database itself keeps two stops of one clock apart.
  const overlapping = tx((db) =>
    db.run(sql`insert into calendar.stop (id, app, clock, reason, document, begun_at, expected_end, ended_at, begun_by)
      values (gen_random_uuid(), 'permits', ${id}::uuid, 'hearing', '文书', '2026-11-06', '2026-11-08', '2026-11-07', 'x')`),
  );
  await expect(overlapping).rejects.toMatchObject({ code: '23P01' });
});

it('ends once, also while it stands still, and is another module’s for nobody', async () => {
  const { id } = await start('2026-11-02T09:00:00');
  await stop(id);
  const ended = await tx((db) => endClock(db, { kind: permitClock, clock: id }));
  expect(ended).toMatchObject({ state: 'ended', stops: [{ reason: 'hearing' }] });
  expect(ended.stops[0]?.endedAt).not.toBeNull();
  const again = await tx((db) => endClock(db, { kind: permitClock, clock: id, at: at('2026-12-30T09:00:00') }));
  expect(again.endedAt).toEqual(ended.endedAt);
  for (const work of [
    (db: Db) => readClock(db, id),
    (db: Db) => endClock(db, { kind: permitClock, clock: id }),
    (db: Db) => resumeClock(db, { kind: permitClock, clock: id }),
  ])
    await expect(tx(work, 'strangers')).rejects.toMatchObject({ spec: { code: 'NOT_FOUND' } });
});

it('tells amber and due once each, at 24:00 of the last day and not before, and nothing of what stands still or has ended', async () => {
  const clock = await start('2026-11-26T09:00:00');
  const still = await start('2026-11-26T09:00:00');
  const ended = await start('2026-11-26T09:00:00');
  await stop(still.id, { at: at('2026-11-26T09:30:00'), expectedEnd: '2026-12-01' });
  await tx((db) => endClock(db, { kind: permitClock, clock: ended.id }));
  const told = async () => [
    (await events('calendar.clock.amber', clock.id)).length,
    (await events('calendar.clock.due', clock.id)).length,
  ];
  await setNow('2026-12-08T23:59:50');
  await fireClocks(house.services);
  expect(await told()).toEqual([0, 0]);
  await setNow('2026-12-09T00:00:01');
  await fireClocks(house.services);
  await fireClocks(house.services);
  expect(await told()).toEqual([1, 0]);
  await setNow('2026-12-10T23:59:50');
  await fireClocks(house.services);
  expect(await told()).toEqual([1, 0]);
  await setNow('2026-12-11T00:00:01');
  await Promise.all([fireClocks(house.services), fireClocks(house.services)]);
  expect(await told()).toEqual([1, 1]);
  expect((await events('calendar.clock.due', clock.id))[0]?.data).toEqual({
    clock: clock.id,
    app: 'permits',
    kind: 'permits.case',
    subject: clock.subject,
  });
  for (const { id } of [still, ended]) {
    expect(await events('calendar.clock.amber', id)).toEqual([]);
    expect(await events('calendar.clock.due', id)).toEqual([]);
  }
  expect(await events('calendar.clock.stop-overrun', still.id)).toHaveLength(1);
});

it('tells of 10,000 that are due in the same minute, each once, also when a batch dies half-way', async () => {
  await tx((db) =>
    db.run(sql`
      insert into calendar.clock (id, app, kind, subject, basis, basis_version, amount, unit, started_at, start_event, due_at, amber_at, provisional, edition, state)
      select gen_random_uuid(), 'permits', 'permits.mass', 'mass-' || n, 'permits.case.decision', 1, 10, 'working-day', '2026-11-02', 'x',
        '2026-11-26T02:00:00Z', '2026-11-26T01:00:00Z', false, calendar.edition_now(), 'running' from generate_series(1, 10000) n`),
  );
  // The 3,000th event is refused once: its whole batch is rolled back, what was told before stays told.
  const { database } = house.services;
  let batches = 0;
  const dying = {
    ...house.services,
    database: {
      ...database,
      tx: ((context, work) =>
        database.tx(context, async (db) => {
          const result = await work(db);
          if ((batches += 1) === 7) throw new Error('the process dies before the commit');
          return result;
        })) as typeof database.tx,
    },
  };
  await expect(fireClocks(dying)).rejects.toThrow('dies');
  await fireClocks(house.services);
  const counts = await tx(
    (db) =>
      db.rows<{ type: string; events: number; clocks: number }>(sql`
        select type, count(*)::int as events, count(distinct subject)::int as clocks from kernel.event
        where data->>'kind' = 'permits.mass' group by type order by type`),
    'kernel',
  );
  expect(counts).toEqual([
    { type: 'calendar.clock.amber', events: 10_000, clocks: 10_000 },
    { type: 'calendar.clock.due', events: 10_000, clocks: 10_000 },
  ]);
}, 300_000);

// Sessions of before do not live through the jumps of the clock.
const administrator = () => signIn(house, 'system-administrator');
const importList = async (year: number, more: object = {}) =>
  call(house, {
    method: 'POST',
    url: '/api/calendar/years',
    cookie: await administrator(),
    body: {
      year,
      document: `国办发明电〔${year - 1}〕7号`,
      holidays: [
        { date: `${year - 1}-12-31`, name: '元旦' },
        ...['01-01', '05-01', '10-01', '10-02', '10-03'].map((day) => ({ date: `${year}-${day}`, name: '节日' })),
      ],
      makeUpDays: [{ date: `${year}-01-02`, name: '元旦' }],
      ...more,
    },
  });

it('marks a clock that crosses into an unannounced year, and counts it anew with an event once the list is imported', async () => {
  await setNow('2026-12-30T09:00:00');
  const clock = await start('2026-12-30T09:00:00');
  const settled = await start('2026-11-02T09:00:00');
  expect(clock.provisional).toBe(true);
  expect(shown(clock.dueAt)).toBe('2027-01-14T00:00:00');
  const reply = await importList(2027);
  expect(reply.statusCode, reply.body).toBe(201);
  await refreshClocks(house.services);
  const after = await tx((db) => readClock(db, clock.id));
  // 31 December and 1 January are off, Saturday 2 January is worked.
  expect(after.provisional).toBe(false);
  expect(shown(after.dueAt)).toBe('2027-01-15T00:00:00');
  expect(await events('calendar.clock.recomputed', clock.id)).toMatchObject([{ data: { moved: 'yes' } }]);
  expect(await events('calendar.clock.recomputed', settled.id)).toEqual([]);
  await refreshClocks(house.services);
  expect(await events('calendar.clock.recomputed', clock.id)).toHaveLength(1);
  const days = await call(house, { url: '/api/calendar/days?year=2027' });
  expect(days.json()).toMatchObject({ announced: true, source: 'import', document: '国办发明电〔2026〕7号' });
});

it('keeps an imported list when a package with that year arrives later, and takes new years of the package over', async () => {
  const days = packagedLists().find(({ year }) => year === 2026)?.days ?? [];
  const moved = (year: number) => ({
    year,
    source: 'package' as const,
    document: null,
    days: days.map((day) => ({ ...day, date: day.date.replace('2026', String(year)) })),
  });
  const before = (await tx(readCalendar)).id;
  expect(await tx((db) => storePackagedLists(db, [moved(2027), moved(2028)]), 'calendar')).toBe(2);
  expect(await tx((db) => storePackagedLists(db, [moved(2027), moved(2028)]), 'calendar')).toBe(0);
  const now = await tx(readCalendar);
  expect(now.id).not.toBe(before);
  expect(now.lists.filter(({ year }) => year > 2026)).toMatchObject([
    { year: 2027, source: 'import' },
    { year: 2028, source: 'package' },
  ]);
});

it('refuses a list that cannot be one, field by field', async () => {
  const faults = async (more: object) =>
    (await importList(2030, more))
      .json()
      .fields?.map((f: { pointer: string; rule: string }) => `${f.pointer} ${f.rule}`);
  expect(await faults({ makeUpDays: [{ date: '2030-01-02', name: '元旦' }] })).toEqual(['/makeUpDays/0/date weekend']);
  expect(await faults({ makeUpDays: [{ date: '2030-02-30', name: '春节' }] })).toEqual(['/makeUpDays/0/date format']);
  expect(await faults({ makeUpDays: [{ date: '2031-02-01', name: '春节' }] })).toEqual(['/makeUpDays/0/date year']);
  expect(await faults({ makeUpDays: [{ date: '2030-05-01', name: '春节' }] })).toEqual(['/makeUpDays/0/date unique']);
  const some = ['01-01', '05-01', '10-01', '10-02', '02-03'].map((day) => ({ date: `2030-${day}`, name: '节日' }));
  expect(await faults({ holidays: some, makeUpDays: [] })).toEqual(['/holidays complete']);
});

const setDay = async (date: string, kind: string) =>
  call(house, {
    method: 'POST',
    url: '/api/calendar/district-days',
    cookie: await administrator(),
    body: { date, kind, reason: '台风停工', document: '防汛指挥部通知' },
  });

it('lets the district set a day to come, which moves clocks, and take it back; never one of the past', async () => {
  const clock = await start('2026-11-26T09:00:00');
  const dueNow = async () => {
    await refreshClocks(house.services);
    return shown((await tx((db) => readClock(db, clock.id))).dueAt);
  };
  expect((await setDay('2026-12-01', 'off')).statusCode).toBe(201);
  expect(await dueNow()).toBe('2026-12-12T00:00:00');
  const back = await call(house, {
    method: 'POST',
    url: '/api/calendar/district-days/2026-12-01/withdraw',
    cookie: await administrator(),
    body: { reason: '台风解除', document: '防汛指挥部通知' },
  });
  expect(back.statusCode, back.body).toBe(200);
  expect(await dueNow()).toBe('2026-12-11T00:00:00');
  expect((await setDay('2026-11-25', 'off')).json()).toMatchObject({ status: 409, code: 'DAY_IS_OVER' });
  expect((await setDay('2026-02-30', 'off')).json()).toMatchObject({ status: 400 });
});

it('does not undo what was told as due when a later list moves the day', async () => {
  const clock = await start('2026-11-26T09:00:00');
  await setNow('2026-12-11T00:00:01');
  await fireClocks(house.services);
  await setNow('2026-11-26T10:00:00');
  await setDay('2026-12-02', 'off');
  await refreshClocks(house.services);
  expect(shown((await tx((db) => readClock(db, clock.id))).dueAt)).toBe('2026-12-11T00:00:00');
  await setNow('2026-12-20T00:00:00');
  await fireClocks(house.services);
  expect(await events('calendar.clock.due', clock.id)).toHaveLength(1);
});

it('answers anybody what the days of a year are and when a period is over, and names what is wrong in a question', async () => {
  const days = (await call(house, { url: '/api/calendar/days?year=2024' })).json();
  expect(days).toMatchObject({ announced: true, source: 'package' });
  expect(days.days).toHaveLength(366);
  expect(days.days[59]).toMatchObject({ date: '2024-02-29', working: true, settled: true });
  const due = (query: string) => call(house, { url: `/api/calendar/due?${query}` });
  expect((await due('from=2024-09-30&amount=3&unit=working-day')).json()).toEqual({
    dueAt: '2024-10-10T16:00:00.000Z',
    amberAt: '2024-10-10T01:36:00.000Z',
    lastDay: '2024-10-10',
    provisional: false,
  });
  for (const query of [
    'from=2024-02-30&amount=3&unit=day',
    'from=2024-02-03&amount=0&unit=day',
    'from=2024-02-03&amount=99999&unit=working-day',
    'from=2024-02-03&amount=3&unit=week',
    'from=2024-02-03T25:00:00Z&amount=3&unit=day',
    'from=1800-02-03&amount=3&unit=day',
  ])
    expect((await due(query)).statusCode, query).toBe(400);
});
