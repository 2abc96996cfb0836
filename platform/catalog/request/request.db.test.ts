import { hash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock, openCatalogHouse, people, type Who } from '../fixtures/house.ts';
import { sealed, wisher } from '../fixtures/sealed/app.ts';
import { unexplained } from '../approve-grant.ts';
import { byDue } from './list-requests.ts';
import type { RequestView } from './request-record.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCatalogHouse({ also: [sealed, wisher] });
}, 300_000);
afterAll(() => house?.close());

const setNow = (moment: string) => moveClock(house, (Date.parse(`${moment}+08:00`) - Date.now()) / 1000);
const shown = (moment: string | undefined) =>
  new Date(Date.parse(moment ?? '') + 8 * 3_600_000).toISOString().slice(0, 16);
const post = (who: Who, path: string, body: unknown, key?: string) =>
  call(house, { method: 'POST', url: `/api/catalog${path}`, body, cookie: `sid=${who}`, key });
const get = (who: Who, path: string) => call(house, { url: `/api/catalog${path}`, cookie: `sid=${who}` });
/** What clocks have told by now reaches the catalogue, as the running house does every few seconds. */
async function tick(): Promise<void> {
  await fireClocks(house.services);
  // Events wait while an older transaction runs anywhere in the cluster.
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
}
const asCatalog = <T extends Record<string, unknown>>(query: Sql, who: Who): Promise<T[]> =>
  house.services.database.tx({ module: 'catalog', actor: people[who] }, (db) => db.rows<T>(query));
const requests = async (who: Who, side = 'all'): Promise<RequestView[]> =>
  (await get(who, `/requests?side=${side}`)).json().requests;
const read = async (id: string, who: Who = 'officer'): Promise<RequestView> =>
  (await get(who, `/requests/${id}`)).json();

/** A new request of the street clerk, after the officer has put an end to what was before. */
async function ask(more: object = {}, who: Who = 'clerk'): Promise<string> {
  await post('officer', '/grants/desk.resident/refuse', { reason: '重新办理', basis: BASIS });
  await post('officer', '/grants/desk.resident/revoke', { reason: '重新办理' });
  const reply = await post(who, '/grants', { taker: 'desk', name: 'resident', reason: '第四季度走访', ...more });
  expect(reply.statusCode, reply.body).toBe(201);
  const [newest] = await asCatalog<{ id: string }>(
    sql`select id from catalog.request q where q.state = 'open' order by asked_at desc, id desc limit 1`,
    'centre',
  );
  return newest?.id ?? '';
}
const approve = (body: object = {}, who: Who = 'officer') =>
  post(who, '/grants/desk.resident/approve', { reason: '走访需要', ...body });
const BASIS = '《政务数据共享条例》关于按需申请的规定';
const MORE = { points: ['请说明走访范围', '请附通知'], document: '补正告知书〔2026〕7号', expectedEnd: '2026-11-20' };

describe('the clock of an answer', () => {
  it('gives one working day where sharing has no condition, ten where it has, and skips the National Day', async () => {
    await setNow('2026-09-28T10:00:00');
    const id = await ask();
    const request = await read(id);
    expect(request).toMatchObject({
      state: 'open',
      sharing: 'conditional',
      clock: { amount: 10, unit: 'working-day', state: 'running', basis: 'catalog.request.conditional' },
    });
    // 10 October is a Saturday on which the offices work.
    expect(shown(request.clock.dueAt)).toBe('2026-10-17T00:00');
    await setNow('2026-09-30T10:00:00');
    expect((await post('clerk', '/grants', { taker: 'desk', name: 'street', reason: '显示街道名称' })).statusCode).toBe(
      201,
    );
    const [street] = await requests('planner', 'inbox');
    expect(street).toMatchObject({ sharing: 'unconditional', clock: { amount: 1, unit: 'working-day' } });
    expect(shown(street?.clock.dueAt)).toBe('2026-10-09T00:00');
    await post('planner', '/grants/desk.street/refuse', { reason: '测试结束', basis: BASIS });
  });

  it('ends when the asking unit takes the request back, and the need can be asked for anew', async () => {
    await setNow('2026-09-28T10:00:00');
    const id = await ask();
    expect((await post('otherClerk', `/requests/${id}/take-back`, { reason: '不再需要' })).statusCode).toBe(404);
    const back = await post('clerk', `/requests/${id}/take-back`, { reason: '不再需要' });
    expect(back.json()).toMatchObject({
      state: 'taken-back',
      mayTakeBack: false,
      lateUnit: null,
      clock: { state: 'ended' },
    });
    expect((await post('clerk', `/requests/${id}/take-back`, { reason: '再次' })).json()).toMatchObject({
      code: 'REQUEST_NOT_OPEN',
    });
    expect((await post('clerk', '/grants', { taker: 'desk', name: 'resident', reason: '仍需走访' })).statusCode).toBe(
      201,
    );
  });

  it('is opened once, however often the button is pressed', async () => {
    await setNow('2026-11-02T10:00:00');
    await ask();
    await post('officer', '/grants/desk.resident/refuse', { reason: '重新办理', basis: BASIS });
    const body = { taker: 'desk', name: 'resident', reason: '第四季度走访' };
    const key = crypto.randomUUID();
    const replies = await Promise.all([1, 2, 3].map(() => post('clerk', '/grants', body, key)));
    const late = await post('clerk', '/grants', body, key);
    expect(late.statusCode).toBe(201);
    expect(replies.some(({ statusCode }) => statusCode === 201)).toBe(true);
    expect((await post('clerk', '/grants', body)).json()).toMatchObject({ code: 'GRANT_ALREADY_OPEN' });
    expect((await requests('officer', 'inbox')).filter(({ state }) => state === 'open')).toHaveLength(1);
    const [running] = await asCatalog<{ n: number }>(
      sql`select count(*)::int as n from calendar.clock where kind = 'catalog.request.conditional' and state = 'running'`,
      'centre',
    );
    expect(running).toEqual({ n: 1 });
  });

  it('stands still once for all that is missing, on a document, and goes on with the answer', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask();
    expect(shown((await read(id)).clock.dueAt)).toBe('2026-11-18T00:00');
    await setNow('2026-11-05T10:00:00');
    expect((await post('clerk', `/requests/${id}/supplement`, MORE)).statusCode).toBe(403);
    expect((await post('planner', `/requests/${id}/supplement`, MORE)).statusCode).toBe(404);
    const asked = await post('officer', `/requests/${id}/supplement`, MORE);
    expect(asked.json()).toMatchObject({
      state: 'supplement',
      supplement: { points: MORE.points, answers: null },
      clock: { state: 'stopped', stops: [{ document: MORE.document, expectedEnd: '2026-11-20', endedAt: null }] },
    });
    expect((await post('officer', `/requests/${id}/supplement`, MORE)).json()).toMatchObject({
      code: 'SUPPLEMENT_ASKED',
    });
    await setNow('2026-11-12T10:00:00');
    await tick();
    expect((await post('otherClerk', `/requests/${id}/answer`, { answers: ['二百户', '见附件'] })).statusCode).toBe(
      404,
    );
    expect((await post('clerk', `/requests/${id}/answer`, { answers: ['二百户'] })).json()).toMatchObject({
      status: 400,
      fields: [{ pointer: '/answers', rule: 'every-point' }],
    });
    const answered = await post('clerk', `/requests/${id}/answer`, { answers: ['二百户', '见附件'] });
    expect(answered.json()).toMatchObject({ state: 'open', clock: { state: 'running' } });
    // Two of ten days were used (4 and 5 November); the eight others are counted from the day after the answer.
    expect(shown(answered.json().clock.dueAt)).toBe('2026-11-25T00:00');
    expect((await post('clerk', `/requests/${id}/answer`, { answers: ['二百户', '见附件'] })).json()).toMatchObject({
      code: 'REQUEST_NOT_OPEN',
    });
    expect((await post('officer', `/requests/${id}/supplement`, MORE)).json()).toMatchObject({
      code: 'SUPPLEMENT_ASKED',
    });
    expect((await read(id)).steps.map(({ step }) => step)).toEqual([
      'supplement-answered',
      'supplement-asked',
      'requested',
    ]);
  });
});

describe('silence', () => {
  it('turns amber, then escalates: the unit that runs the catalogue may decide, the delay stays the supplier’s', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask();
    expect((await approve({}, 'centre')).statusCode).toBe(404);
    expect(await requests('centre', 'inbox')).toEqual([]);
    await setNow('2026-11-16T10:00:00');
    await tick();
    expect(await read(id)).toMatchObject({
      clock: { state: 'amber' },
      steps: [{ step: 'amber' }, { step: 'requested' }],
    });
    await setNow('2026-11-18T09:00:00');
    await tick();
    await tick();
    expect(await read(id)).toMatchObject({
      state: 'open',
      clock: { state: 'overdue' },
      lateUnit: 'civil-affairs',
      mayDecide: true,
      mayAskMore: false,
      steps: [{ step: 'escalated' }, { step: 'amber' }, { step: 'requested' }],
    });
    expect((await post('officer', `/requests/${id}/supplement`, MORE)).json()).toMatchObject({
      code: 'CLOCK_NOT_RUNNING',
    });
    expect(await requests('centre', 'inbox')).toMatchObject([{ id, mayDecide: true }]);
    expect((await requests('centreOwn', 'inbox')).map((each) => each.id)).toEqual([id]);
    expect((await approve({}, 'planner')).statusCode).toBe(404);
    expect((await approve({}, 'centre')).json()).toMatchObject({ state: 'approved', decidedUnit: 'data-centre' });
    expect(await read(id)).toMatchObject({
      state: 'delivering',
      decidedUnit: 'data-centre',
      lateUnit: 'civil-affairs',
      clock: { state: 'late' },
    });
    // With the answer given, the data are again the supplier's alone.
    expect((await post('centre', '/grants/desk.resident/revoke', { reason: '不应有权' })).statusCode).toBe(404);
  });

  it('is on record also where the answer came before the clock was heard', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask();
    await setNow('2026-11-18T09:00:00');
    expect((await approve()).statusCode).toBe(200);
    await tick();
    expect(await read(id)).toMatchObject({ state: 'delivering', escalatedAt: null, lateUnit: 'civil-affairs' });
  });
});

describe('what may be asked and what is given', () => {
  it('what stands on the negative list is refused with its article, before any case is opened', async () => {
    await setNow('2026-11-03T10:00:00');
    const reply = await post('clerk', '/grants', { taker: 'wisher', name: 'report', reason: '想要查看' });
    expect(reply.json()).toMatchObject({ status: 409, code: 'NOT_SHARED', article: '《上海市数据条例》第三十九条' });
    expect((await post('officer', '/grants/wisher.report/approve', { reason: '想给' })).json()).toMatchObject({
      code: 'NOT_SHARED',
    });
    expect(await asCatalog(sql`select id from catalog.request where resource = 'sealed.report'`, 'centre')).toEqual([]);
  });

  it('a request narrows the manifest: fields, purposes of the register, rows, an end to come', async () => {
    await ask();
    await post('officer', '/grants/desk.resident/refuse', { reason: '重新办理', basis: BASIS });
    const bad = await post('clerk', '/grants', {
      taker: 'desk',
      name: 'resident',
      reason: '走访',
      fields: ['pid', 'salary'],
      purposes: ['profiling'],
      rowFilter: [{ field: 'mood', in: ['good'] }],
    });
    expect(bad.json()).toMatchObject({ status: 422, code: 'REQUEST_TOO_WIDE' });
    expect(bad.json().fields.map((f: { pointer: string; rule: string }) => `${f.pointer} ${f.rule}`)).toEqual([
      '/fields/1 not-requested',
      '/purposes/0 not-requested',
      '/rowFilter/0 not-requested',
      '/purposes/0 in-force',
    ]);
    const past = { taker: 'desk', name: 'resident', reason: '走访', validUntil: '2020-01-01T00:00:00Z' };
    expect((await post('clerk', '/grants', past)).json()).toMatchObject({ code: 'GRANT_TERM_PAST' });
  });

  it('less than asked is given with a reason for each field, and never more rows or a longer term', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask({
      fields: ['pid', 'name', 'phone'],
      purposes: ['community-care'],
      rowFilter: [{ field: 'kind', in: ['owner', 'tenant'] }],
      validUntil: '2027-06-30T16:00:00.000Z',
    });
    const wide = await approve({ fields: ['pid', 'area'], rowFilter: [], purposes: ['emergency'] });
    expect(wide.json()).toMatchObject({ code: 'GRANT_TOO_WIDE' });
    expect(wide.json().fields.map((f: { pointer: string }) => f.pointer)).toEqual([
      '/fields/1',
      '/purposes/0',
      '/rowFilter',
    ]);
    expect((await approve({ rowFilter: [{ field: 'kind', in: ['owner', 'guest'] }] })).json()).toMatchObject({
      fields: [{ pointer: '/rowFilter/0' }],
    });
    expect((await approve({ validUntil: null })).json()).toMatchObject({ fields: [{ pointer: '/validUntil' }] });
    expect((await approve({ fields: ['pid', 'name'] })).json()).toMatchObject({
      status: 400,
      fields: [{ pointer: '/withheld', rule: 'required' }],
    });
    const given = await approve({
      fields: ['pid', 'name'],
      rowFilter: [{ field: 'kind', in: ['owner'] }],
      withheld: [{ field: 'phone', reason: '走访不需要电话' }],
    });
    expect(given.json()).toMatchObject({
      state: 'approved',
      fields: ['pid', 'name'],
      purposes: ['community-care'],
      validUntil: '2027-06-30T16:00:00.000Z',
    });
    expect(await read(id, 'clerk')).toMatchObject({
      state: 'delivering',
      withheld: [{ field: 'phone', reason: '走访不需要电话' }],
      clock: { state: 'ended' },
      delivery: { amount: 20, unit: 'working-day', state: 'running' },
    });
  });

  it('a refusal names a reason and its legal basis, and ends the clock', async () => {
    const id = await ask();
    expect((await post('officer', '/grants/desk.resident/refuse', { reason: '超出需要' })).statusCode).toBe(400);
    expect(
      (await post('officer', '/grants/desk.resident/refuse', { reason: '超出需要', basis: BASIS })).statusCode,
    ).toBe(200);
    expect(await read(id, 'clerk')).toMatchObject({
      state: 'refused',
      reason: '超出需要',
      basis: BASIS,
      clock: { state: 'ended' },
    });
  });

  it('for any fields asked and given, exactly those without a reason are faults', () => {
    const names = ['pid', 'name', 'phone', 'area', 'kind'];
    fc.assert(
      fc.property(fc.subarray(names), fc.subarray(names), fc.subarray(names), (asked, given, told) => {
        const faults = unexplained({ asked, given, withheld: told.map((field) => ({ field })) });
        expect(faults).toHaveLength(asked.filter((f) => !given.includes(f) && !told.includes(f)).length);
      }),
    );
  });
});

describe('the agreement', () => {
  it('is the same bytes for both sides, with a digest that anybody can compute, in the terms of ODRL', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask({ fields: ['pid', 'name'], rowFilter: [{ field: 'kind', in: ['owner'] }] });
    await approve({ validUntil: '2027-06-30T16:00:00Z' });
    const [made] = (await read(id)).agreements;
    const supplier = (await get('officer', `/agreements/${made?.id}`)).json();
    const asking = (await get('clerk', `/agreements/${made?.id}`)).json();
    expect(asking).toEqual(supplier);
    expect(hash('sm3', supplier.document, 'hex')).toBe(supplier.digest);
    expect(JSON.parse(supplier.document)).toMatchObject({
      '@type': 'Agreement',
      uid: `urn:uuid:${made?.id}`,
      assigner: 'urn:smart-district:unit:civil-affairs',
      assignee: 'urn:smart-district:unit:street-310101013',
      permission: [
        {
          action: 'read',
          target: {
            source: '/api/catalog/items/register.person',
            refinement: [
              { leftOperand: 'sd:field', rightOperand: ['pid', 'name'] },
              { leftOperand: 'sd:row', 'sd:of': 'kind', rightOperand: ['owner'] },
            ],
          },
          constraint: [
            { leftOperand: 'purpose' },
            { leftOperand: 'recipient' },
            { leftOperand: 'dateTime', operator: 'lt' },
          ],
        },
      ],
    });
    for (const who of ['planner', 'otherClerk'] as const)
      expect((await get(who, `/agreements/${made?.id}`)).statusCode).toBe(404);
    expect((await get('centre', `/agreements/${made?.id}`)).statusCode).toBe(200);
    // Narrowing what is in force is a new agreement; the old one stays.
    await approve({ fields: ['pid'] });
    expect((await read(id)).agreements).toHaveLength(2);
  });

  it('cannot be changed or deleted by the catalogue’s own role, nor can the steps', async () => {
    for (const statement of [
      sql`update catalog.agreement set document = '{}'`,
      sql`delete from catalog.agreement`,
      sql`delete from catalog.request`,
      sql`update catalog.grant_step set reason = 'x'`,
    ])
      await expect(asCatalog(statement, 'centre')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the use of a grant', () => {
  it('is counted by purpose and day for both sides, and for nobody else', async () => {
    await setNow('2026-11-03T10:00:00');
    await ask();
    await approve();
    const look = (who: Who, purpose: string) =>
      call(house, { url: '/api/desk/residents', cookie: `sid=${who}`, purpose });
    expect((await look('clerk', 'community-care')).statusCode).toBe(200);
    await look('otherClerk', 'community-care');
    await look('clerk', 'emergency');
    // The audit is written by the time of the world.
    const day = shown(new Date().toISOString()).slice(0, 10);
    const usage = (await get('officer', '/grants/desk.resident/usage')).json();
    expect(usage).toMatchObject({
      grant: 'desk.resident',
      reads: 3,
      days: [
        { day, purpose: 'community-care', reads: 2, subjects: 5 },
        { day, purpose: 'emergency', reads: 1, subjects: 3 },
      ],
    });
    expect((await get('clerk', '/grants/desk.resident/usage')).json()).toEqual(usage);
    expect((await get('planner', '/grants/desk.resident/usage')).statusCode).toBe(404);
  });
});

describe('who sees a request', () => {
  it('both sides and the catalogue’s unit; to another unit it is as none, also for PostgreSQL', async () => {
    const id = await ask();
    expect((await requests('clerk', 'asked')).map((r) => r.id)).toContain(id);
    expect((await requests('officer', 'inbox')).map((r) => r.id)).toContain(id);
    expect((await read(id, 'centre')).mayDecide).toBe(false);
    for (const who of ['planner', 'otherClerk'] as const) {
      const [there, nothing] = [await get(who, `/requests/${id}`), await get(who, `/requests/${crypto.randomUUID()}`)];
      expect(there.statusCode).toBe(404);
      expect({ ...there.json(), trace: '' }).toEqual({ ...nothing.json(), trace: '' });
      for (const side of ['all', 'asked', 'inbox'])
        expect((await requests(who, side)).filter(({ resource }) => resource === 'register.person')).toEqual([]);
      expect(await asCatalog(sql`select id from catalog.request where resource = 'register.person'`, who)).toEqual([]);
    }
    expect((await get('citizen', '/requests')).statusCode).toBe(403);
  });

  it('lists what is due first before what is due later, and what is closed last', () => {
    const states = fc.constantFrom(...(['open', 'supplement', 'delivering', 'delivered', 'refused'] as const));
    const moment = fc.integer({ min: 0, max: 9 }).map((n) => `2026-11-0${n}`);
    const entry = fc
      .record({ state: states, due: moment, later: moment, askedAt: moment })
      .map(
        ({ state, due, later, askedAt }) =>
          ({ state, askedAt, clock: { dueAt: due }, delivery: { dueAt: later } }) as RequestView,
      );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (list) => {
        const sorted = list.toSorted(byDue);
        const dues = sorted.map((r) =>
          r.state === 'delivering'
            ? r.delivery?.dueAt
            : r.state === 'open' || r.state === 'supplement'
              ? r.clock.dueAt
              : null,
        );
        const open = dues.filter((due) => due !== null);
        expect(open).toEqual(open.toSorted());
        expect(dues.slice(0, open.length)).toEqual(open);
      }),
    );
  });
});

describe('the delivery', () => {
  it('ends when the supplier says that the data are there; by nobody else, and once', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask();
    await approve();
    expect((await post('planner', `/requests/${id}/deliver`, { note: '已提供' })).statusCode).toBe(404);
    expect((await post('officer', `/requests/${id}/deliver`, { note: '视图已开通' })).json()).toMatchObject({
      state: 'delivered',
      delivery: { state: 'ended' },
      deliveryNote: '视图已开通',
    });
    expect((await post('officer', `/requests/${id}/deliver`, { note: '视图已开通' })).json()).toMatchObject({
      code: 'REQUEST_NOT_OPEN',
    });
  });

  it('ends with the grant when the supplier withdraws it on the way, and is never told as late', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask();
    await approve();
    await setNow('2026-11-10T10:00:00');
    expect((await post('officer', '/grants/desk.resident/revoke', { reason: '专项取消' })).statusCode).toBe(200);
    expect(await read(id, 'clerk')).toMatchObject({
      state: 'revoked',
      reason: '专项取消',
      delivery: { state: 'ended' },
    });
    // Granted again by the supplier alone: still an agreement with the unit that had asked.
    expect((await approve()).statusCode).toBe(200);
    const [again] = (await read(id, 'clerk')).agreements;
    expect((await get('clerk', `/agreements/${again?.id}`)).json()).toMatchObject({ takerUnit: 'street-310101013' });
    await setNow('2027-01-05T10:00:00');
    await tick();
    expect(await read(id)).toMatchObject({ state: 'revoked', deliveryLateAt: null, lateUnit: null });
  });

  it('is on record as late after twenty working days', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask();
    await approve();
    expect(shown((await read(id)).delivery?.dueAt)).toBe('2026-12-02T00:00');
    await setNow('2026-12-02T09:00:00');
    await tick();
    expect(await read(id, 'clerk')).toMatchObject({ state: 'delivering', lateUnit: 'civil-affairs' });
    expect((await read(id)).steps[0]).toMatchObject({ step: 'delivery-late' });
  });

  it('lapses when the grant ran out and is asked for anew', async () => {
    await setNow('2026-11-03T10:00:00');
    const id = await ask({ validUntil: '2026-11-10T00:00:00Z' });
    await approve();
    await setNow('2026-11-11T10:00:00');
    expect((await post('clerk', '/grants', { taker: 'desk', name: 'resident', reason: '续期' })).statusCode).toBe(201);
    expect(await read(id)).toMatchObject({ state: 'lapsed', delivery: { state: 'ended' } });
  });
});
