import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { signIn } from '#platform/identity/testing.ts';
import { openSeededHouse, type SeededHouse } from '../fixture.ts';

let house: SeededHouse;
let entry: string;
let foreign: string;
beforeAll(async () => {
  house = await openSeededHouse();
  const body = async (name: string) => (await house.fill({ as: 'citizen', body: `fixture:${name}` })).body as string;
  entry = await body('own-look');
  foreign = await body('foreign-look');
}, 300_000);
afterAll(() => house?.close());

const text = '我没有申请过这项服务，请说明为什么查看。';
const file = (more: { entry?: string; text?: string; as?: 'citizen' | 'enterprise-agent' } = {}) =>
  call(house, {
    method: 'POST',
    url: '/api/objection/objections',
    cookie: house.cookies[more.as ?? 'citizen'],
    body: { entry: more.entry ?? entry, text: more.text ?? text },
  });
const own = async () =>
  (await call(house, { url: '/api/objection/objections/own', cookie: house.cookies.citizen })).json().objections;
const inbox = async (cookie = house.cookies['unit-head']) =>
  (await call(house, { url: '/api/objection/objections?state=open', cookie, purpose: 'rights-request' })).json()
    .objections;
const answer = (
  id: string,
  cookie = house.cookies['unit-head'],
  body: object = { finding: 'justified', text: '按走访计划核对住址。' },
) =>
  call(house, {
    method: 'POST',
    url: `/api/objection/objections/${id}/answer`,
    cookie,
    body,
    purpose: 'rights-request',
  });
const tx = <T>(work: (db: Db) => Promise<T>, module = 'objection') =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const lookBy = async (account: string, more: { unit: string | null; post: string }) => {
  const { id } = (await tx((db) => db.one<{ id: string }>(sql`select gen_random_uuid() as id`))) as { id: string };
  const person = (
    await tx((db) =>
      db.one<{ p: string }>(
        sql`select objector_person as p from objection.objection where access_id <> ${foreign}::uuid and looker_unit = 'street-310101023' limit 1`,
      ),
    )
  ).p;
  const actor = {
    ...systemActor({ name: 'x', unit: more.unit ?? undefined }),
    account,
    name: '某人',
    post: more.post as never,
  };
  await house.services.database.tx({ module: 'audit', actor }, (db) =>
    db.run(sql`select audit.record(${id}::uuid, now(), 'GET /api/population/persons/:pid', '{population.resident}', '{population.resident.name}', 'L3', 'read', null, null,
      'test', '{person}', ${[person]}::text[])`),
  );
  return id;
};

it('becomes a task of the unit that looked, with a deadline of ten working days and everything in plain words', async () => {
  const reply = await file();
  expect(reply.statusCode, reply.body).toBe(201);
  expect(reply.json()).toMatchObject({
    text,
    state: 'open',
    addressee: 'unit',
    lookerUnit: 'street-310101023',
    look: {
      what: { zh: expect.any(String) },
      purpose: { zh: '社区服务与走访' },
      basis: { zh: '《中华人民共和国个人信息保护法》第十三条第一款第三项' },
      items: [{ zh: '姓名' }],
    },
    clock: { state: 'running', basis: 'audit.objection.answer', amount: 10, unit: 'working-day', workingDaysLeft: 10 },
  });
  const tasks = await inbox();
  expect(tasks.find((o: { accessId: string }) => o.accessId === entry)).toMatchObject({ text, mayAnswer: true });
});

it('is one for each entry while it is open, also when two windows send at once', async () => {
  expect((await file()).json()).toMatchObject({ status: 409, code: 'OBJECTION_OPEN' });
  const fresh = await lookBy('clerk.ruijin', { unit: 'street-310101023', post: 'street-clerk' });
  const both = await Promise.all([file({ entry: fresh }), file({ entry: fresh })]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  const clocks = await tx((db) =>
    db.one<{ n: number }>(
      sql`select count(*)::int as n from calendar.clock c where kind = 'objection.answer' and not exists (select from objection.objection o where o.clock = c.id)`,
    ),
  );
  expect(clocks.n).toBe(0);
});

it('knows no entry that is about somebody else, for persons and enterprises', async () => {
  const nothing = await file({ entry: crypto.randomUUID() });
  expect(nothing.statusCode).toBe(404);
  for (const reply of [await file({ entry: foreign }), await file({ as: 'enterprise-agent' })])
    expect({ ...reply.json(), trace: '' }).toEqual({ ...nothing.json(), trace: '' });
  expect((await file({ text: '？' })).json()).toMatchObject({ status: 400, fields: [{ pointer: '/text' }] });
});

it('is not answered by who looked, by another unit, or by a machine', async () => {
  const fresh = await lookBy('head.ruijin', { unit: 'street-310101023', post: 'street-clerk' });
  const { id } = (await file({ entry: fresh })).json();
  expect((await inbox()).find((o: { id: string }) => o.id === id)).toMatchObject({ mayAnswer: false });
  expect((await answer(id)).json()).toMatchObject({ status: 403, code: 'JUDGES_OWN_LOOK' });
  const machine = tx((db) =>
    db.run(sql`update objection.objection set state = 'answered', finding = 'justified', answer = '自动答复', answered_by = 'system:robot', answered_name = 'x', closed_at = now()
      where id = ${id}::uuid`),
  );
  await expect(machine).rejects.toMatchObject({ code: '23514' });
  const { params } = await house.fill({ as: 'unit-head', params: { id: 'fixture:foreign-objection' } });
  expect((await answer(params?.id ?? '')).statusCode).toBe(404);
  expect((await answer(id, house.cookies['security-auditor'])).statusCode).toBe(200);
});

it('goes to the security auditor where the head of the unit looked, or nobody’s unit', async () => {
  for (const more of [
    { unit: 'street-310101023', post: 'unit-head' },
    { unit: null, post: 'duty-officer' },
  ]) {
    const fresh = await lookBy('somebody', more);
    const made = (await file({ entry: fresh })).json();
    expect(made).toMatchObject({ addressee: 'auditor' });
    expect((await inbox()).some((o: { id: string }) => o.id === made.id)).toBe(false);
    expect((await inbox(house.cookies['security-auditor'])).some((o: { id: string }) => o.id === made.id)).toBe(true);
  }
});

it('shows the objector state and answer, and cannot be answered twice; a withdrawn one is nobody’s task', async () => {
  const { id } = (await own()).find((o: { accessId: string }) => o.accessId === entry);
  expect((await answer(id, undefined, { finding: 'justified', text: ' ' })).statusCode).toBe(400);
  const reply = await answer(id);
  expect(reply.statusCode, reply.body).toBe(200);
  expect((await own()).find((o: { id: string }) => o.id === id)).toMatchObject({
    state: 'answered',
    finding: 'justified',
    answer: '按走访计划核对住址。',
    answeredName: '邵文远',
    clock: { state: 'ended' },
  });
  expect((await answer(id)).json()).toMatchObject({ status: 409, code: 'OBJECTION_CLOSED' });
  const again = (await file()).json();
  const withdraw = await call(house, {
    method: 'POST',
    url: `/api/objection/objections/${again.id}/withdraw`,
    cookie: house.cookies.citizen,
  });
  expect(withdraw.json()).toMatchObject({ state: 'withdrawn', clock: { state: 'ended' } });
  expect((await inbox()).some((o: { id: string }) => o.id === again.id)).toBe(false);
});

it('is read by its answerer for a purpose only, and the objector sees that', async () => {
  const without = await call(house, { url: '/api/objection/objections', cookie: house.cookies['unit-head'] });
  expect(without.json()).toMatchObject({ status: 403, code: 'PURPOSE_REQUIRED' });
  const log = await call(house, { url: '/api/population/self/accesses', cookie: house.cookies.citizen });
  expect(log.json().accesses).toContainEqual(
    expect.objectContaining({ name: '邵文远', module: 'objection', purpose: 'rights-request' }),
  );
});

it('is overdue for both sides and the auditor when its time is over', async () => {
  const before = (await own()).filter((o: { state: string }) => o.state === 'open');
  expect(before.length).toBeGreaterThan(0);
  const due = Date.parse(before[0].clock.dueAt);
  try {
    await moveClock(house, (due - Date.now()) / 1000 + 1);
    await fireClocks(house.services);
    await house.runtime.worker.drain();
    const { id } = before[0];
    const marked = await tx((db) =>
      db.one<{ late: boolean }>(
        sql`select overdue_at is not null as late from objection.objection where id = ${id}::uuid`,
      ),
    );
    expect(marked.late).toBe(true);
    forgetSessions(house.services);
    const citizen = await signIn(house, 'citizen');
    const mine = (await call(house, { url: '/api/objection/objections/own', cookie: citizen })).json().objections;
    expect(mine.find((o: { id: string }) => o.id === id)).toMatchObject({ clock: { state: 'overdue' } });
    const seen = await inbox(await signIn(house, 'security-auditor'));
    expect(seen.find((o: { id: string }) => o.id === id)).toMatchObject({ clock: { state: 'overdue' } });
    const events = await tx(
      (db) => db.rows(sql`select 1 as one from kernel.event where type = 'objection.overdue' and subject = ${id}`),
      'kernel',
    );
    expect(events).toHaveLength(1);
  } finally {
    await moveClock(house, 0);
  }
});
