import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Act, Role } from '#platform/case/lifecycle.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { INSIDE, NAME, openHotlineHouse, PHONE } from './fixtures/hotline-house.ts';

let at: Awaited<ReturnType<typeof openHotlineHouse>>;
let { house, city, inModule, get, post, order, push, shown, act, until, toldOf } = {} as typeof at;
beforeAll(async () => {
  at = await openHotlineHouse();
  ({ house, city, inModule, get, post, order, push, shown, act, until, toldOf } = at);
  await house.services.database.tx({ module: 'space', actor: systemActor({ name: 'test' }) }, async (db) => {
    const outline =
      '{"type":"Polygon","coordinates":[[[121.504,31.204],[121.5042,31.204],[121.5042,31.2042],[121.504,31.2042],[121.504,31.204]]]}';
    await db.run(sql`
      insert into space.building (code, address, outline, sources, tx_from, status) values ('B1', '样例东路118弄12号', ${outline}, '{}', now(), 'standing')`);
    await db.run(sql`
      insert into space.address (key, building_code, standard, status, valid_from) values ('k1', 'B1', '样例东路118弄12号', 'current', '2020-01-01')`);
  });
}, 240_000);
afterAll(() => at?.close());

it('a signed push becomes a case once; a repeat gets the same answer, a change a supplement, and what is not signed gets nothing', async () => {
  const pushed = order();
  const made = await push(pushed);
  expect(made).toMatchObject({ result: 'taken', state: 'filed', caseNo: expect.stringMatching(/^AJ\d{14}$/) });
  expect(await push(pushed)).toMatchObject({ result: 'known', caseNo: made.caseNo });
  const both = await Promise.all([1, 2].map(() => city.push('order', pushed)));
  expect(both.map(({ json }) => json.caseNo)).toEqual([made.caseNo, made.caseNo]);
  expect(await push({ ...pushed, content: `又有两盏不亮，${PHONE}` })).toMatchObject({
    result: 'supplemented',
    caseNo: made.caseNo,
  });
  const timeline = await inModule('incident', (db) =>
    db.rows<{ kind: string; text: string | null }>(sql`
      select e.kind, e.text from incident.event e join incident.case_file c on c.id = e.case_id where c.no = ${made.caseNo} order by seq`),
  );
  expect(timeline).toMatchObject([{ kind: 'report' }, { kind: 'supplement', text: '又有两盏不亮，138****5678' }]);
  const tampered = await city.push('order', order(), { body: JSON.stringify(order()) });
  expect(tampered).toMatchObject({ status: 400, json: { code: 'GATEWAY_DIGEST' } });
  const unsigned = await city.push('order', order(), { headers: { signature: 'sig=:AAAA:' } });
  expect(unsigned).toMatchObject({ status: 401, json: { code: 'GATEWAY_SIGNATURE_INVALID' } });
  const cases = await inModule('incident', (db) =>
    db.one<{ n: number }>(sql`select count(*)::int as n from incident.case_file where source = 'hotline'`),
  );
  expect(cases.n).toBe(1);
  const log = await inModule('gateway', (db) =>
    db.rows<{ code: string | null }>(sql`select code from gateway.message where service = 'take.hotline-order'`),
  );
  expect(log.map(({ code }) => code).sort()).toEqual(
    [null, null, null, null, null, 'GATEWAY_DIGEST', 'GATEWAY_SIGNATURE_INVALID'].sort(),
  );
});

it('refuses a bad order at its field, as a problem document, and keeps nothing of it', async () => {
  const refused = async (more: object) => {
    const { status, type, json } = await city.push('order', order(more));
    expect(type).toContain('application/problem+json');
    return { status, fields: (json.fields as { pointer: string }[]).map(({ pointer }) => pointer) };
  };
  expect(await refused({ kind: 'threat' })).toMatchObject({ status: 400, fields: ['/kind'] });
  expect(await refused({ class: 'P9876' })).toMatchObject({ status: 400, fields: ['/class'] });
  expect(await refused({ lat: undefined })).toMatchObject({ status: 400, fields: ['/lat'] });
  expect(await refused({ receivedAt: '2099-01-01T00:00:00Z' })).toMatchObject({ status: 400, fields: ['/receivedAt'] });
  expect((await get(`/api/grid/hotline/orders/${at.lastNo()}`)).statusCode).toBe(404);
});

it('who called is sealed with the case, masked in lists and nowhere else; who wants to stay unnamed leaves no trace', async () => {
  const open = await push(order());
  const unnamed = await push(order({ confidential: true, caller: { phone: PHONE } }));
  const reporters = async (no: string) =>
    (await get(`/api/incident/cases/${no}/reporters`, 'duty', 'contact-reporter')).json<{
      reporters: { name: string | null; phone: string | null }[];
    }>().reporters;
  expect(await reporters(open.caseNo)).toMatchObject([{ name: NAME, phone: PHONE }]);
  expect(await reporters(unnamed.caseNo)).toMatchObject([{ name: null, phone: null }]);
  const list = await get('/api/grid/hotline/orders?show=all');
  expect(list.body).toContain('138****5678');
  expect(list.body).not.toContain(PHONE);
  expect(await shown(unnamed.no)).toMatchObject({ callerPhone: null });
  expect((await get('/api/grid/hotline/orders', 'clerk')).statusCode).toBe(403);
  // Nothing of a person in events, jobs, notes, pushes, the log of messages or the audit.
  for (const [module, query] of [
    ['kernel', sql`select to_jsonb(e)::text as text from kernel.event e`],
    ['kernel', sql`select to_jsonb(j)::text as text from kernel.job j`],
    ['grid', sql`select to_jsonb(o)::text as text from grid.hotline_order o`],
    ['grid', sql`select to_jsonb(n)::text as text from grid.hotline_note n`],
    ['grid', sql`select to_jsonb(p)::text as text from grid.hotline_push p`],
    ['gateway', sql`select to_jsonb(m)::text as text from gateway.message m`],
    ['incident', sql`select to_jsonb(e)::text as text from incident.event e`],
  ] as const) {
    const rows = await inModule(module, (db) => db.rows<{ text: string }>(query));
    for (const { text } of rows) expect(text.includes(PHONE) || text.includes(NAME)).toBe(false);
  }
});

it('a question is answered and dispatched to nobody; what lies elsewhere gets a receipt; an address is understood or a person sets the pin', async () => {
  const pinless = { lon: undefined, lat: undefined };
  const question = await push(order({ kind: 'consultation', class: undefined, ...pinless }));
  expect(question).toMatchObject({ state: 'to-answer', caseNo: null });
  const caller = await get(`/api/grid/hotline/orders/${question.no}/caller`, 'duty', 'contact-reporter');
  expect(caller.json()).toMatchObject({ name: NAME, phone: PHONE });
  expect((await post(`orders/${question.no}/answer`, { text: '可到受理中心办理' })).statusCode).toBe(200);
  await until(async () => expect(toldOf(question.no)).toEqual(['answered']));
  expect(city.taken.find(({ no }) => no === question.no)).toMatchObject({ text: '可到受理中心办理' });
  const outside = await push(order({ lon: 121.6, lat: 31.3 }));
  expect(outside).toMatchObject({ state: 'outside', receipt: expect.stringMatching(/^WQ\d{14}$/) });
  await until(() => expect(toldOf(outside.no)).toEqual(['outside']));
  const byAddress = await push(order({ ...pinless, address: '样例东路118弄12号' }));
  expect(byAddress).toMatchObject({ state: 'filed', caseNo: expect.stringMatching(/^AJ/) });
  const vague = await push(order({ ...pinless, address: '老地方附近', class: undefined }));
  expect(vague.state).toBe('to-place');
  expect((await post(`orders/${vague.no}/file`, { lon: 121.6, lat: 31.3 })).json()).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ pointer: '/lon' }],
  });
  expect((await post(`orders/${vague.no}/file`, { ...INSIDE, class: 'P0102' })).json()).toMatchObject({
    state: 'filed',
  });
});

it('tells the city each step in order, once in effect, whatever the city loses, and stops nothing meanwhile', async () => {
  const { no, caseNo } = await push(order({ lon: 121.5021, lat: 31.2021 }));
  expect((await post(`orders/${no}/contact`, { text: `已联系来电人${PHONE}` })).statusCode).toBe(200);
  city.fail(1, 'lose-answer');
  await act(caseNo, { act: 'accept' }, 'operator');
  await until(() => expect(toldOf(no)).toContain('contacted'));
  city.fail(2, 'answer-500');
  for (const [step, role, text] of [
    [{ act: 'establish' }, 'operator'],
    [{ act: 'dispatch', unit: 'greening', secure: false }, 'dispatcher'],
    [{ act: 'take' }, 'unit'],
    [{ act: 'feedback' }, 'unit', '路灯已修复'],
    [{ act: 'verify' }, 'supervisor'],
    [{ act: 'close' }, 'centre'],
  ] as const)
    await act(caseNo, step, role, text);
  // The case went its way; a person sees what waits, and has it tried again.
  await until(async () =>
    expect(await shown(no)).toMatchObject({ caseState: 'closed', finishedAt: expect.any(String) }),
  );
  await until(async () => {
    await post('retry');
    expect(toldOf(no)).toEqual(['contacted', 'accepted', 'established', 'dispatched', 'handling', 'handled', 'closed']);
  });
  expect(city.taken.filter((each) => each.no === no).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(city.repeats).toBeGreaterThan(0);
  expect(city.refused).toEqual([]);
  expect(city.taken.find((each) => each.no === no && each.status === 'closed')).toMatchObject({ text: '路灯已修复' });
  expect(JSON.stringify(city.taken)).not.toContain(PHONE);
  // The city has it before the district has noted its answer.
  await until(async () => {
    const { health } = (await get('/api/grid/hotline/orders')).json<{ health: Record<string, unknown> }>();
    expect(health).toMatchObject({ waiting: 0, error: null, lastSent: expect.any(String) });
  });
});

it('a city that is broken is seen: what waits, since when and why, and it confirms nothing by a page of a proxy', async () => {
  city.fail(1_000, 'no-receipt');
  const { no, caseNo } = await push(order({ lon: 121.5031, lat: 31.2031 }));
  await act(caseNo, { act: 'accept' }, 'operator');
  await until(async () => {
    const { health } = (await get('/api/grid/hotline/orders')).json<{ health: Record<string, unknown> }>();
    expect(health).toMatchObject({ waiting: 1, failing: 1, error: { zh: '市热线没有确认收到' } });
  });
  city.fail(0, 'no-receipt');
  expect((await post('retry')).json()).toEqual({ waiting: 1 });
  await until(async () => expect(await shown(no)).toMatchObject({ confirmed: 'accepted', waiting: 0 }));
});

it('the city’s call-back is the evaluation of the case; not solved is for the centre to reopen, never by itself', async () => {
  const { no, caseNo } = await push(order({ lon: 121.5041, lat: 31.2041 }));
  const evaluate = (id: string, solved: boolean, of = no) =>
    city.push('evaluation', { no: of, id, at: house.services.clock.now().toISOString(), solved, satisfied: solved });
  expect(await evaluate('HF-0001', true)).toMatchObject({ status: 409, json: { code: 'HOTLINE_NOT_FINISHED' } });
  expect(await evaluate('HF-0001', true, 'SH-NOBODY-KNOWS')).toMatchObject({ status: 404 });
  const finish = async (from: readonly (readonly [Act, Role])[]) => {
    for (const [step, role] of from) await act(caseNo, step, role, '已处置');
    await until(async () => expect((await shown(no)).finishedAt).not.toBeNull());
  };
  const again = [
    [{ act: 'feedback' }, 'unit'],
    [{ act: 'verify' }, 'supervisor'],
    [{ act: 'close' }, 'centre'],
  ] as const;
  await finish([
    [{ act: 'accept' }, 'operator'],
    [{ act: 'establish' }, 'operator'],
    [{ act: 'dispatch', unit: 'greening', secure: false }, 'dispatcher'],
    [{ act: 'take' }, 'unit'],
    ...again,
  ]);
  expect((await evaluate('HF-0002', false)).json).toMatchObject({ result: 'reopen-proposed' });
  expect((await evaluate('HF-0002', false)).json).toMatchObject({ result: 'reopen-proposed' });
  expect(await shown(no)).toMatchObject({ caseState: 'closed', solved: false, next: 'decide' });
  const { orders } = (await get('/api/grid/hotline/orders')).json<{ orders: { no: string }[] }>();
  expect(orders[0]).toMatchObject({ no });
  const reopened = await call(house, {
    method: 'POST',
    url: `/api/incident/cases/${caseNo}/call-back`,
    cookie: 'sid=duty',
    body: { text: '来电人反映未解决，重新处置', reopen: true },
  });
  expect(reopened.statusCode, reopened.body).toBe(200);
  await until(async () => expect(await shown(no)).toMatchObject({ finishedAt: null, solved: null }));
  await finish(again);
  expect((await evaluate('HF-0003', true)).json).toMatchObject({ result: 'evaluated' });
  await until(async () => expect(await shown(no)).toMatchObject({ solved: true }));
  await until(() => expect(toldOf(no)).toContain('reopened'));
});

it('the same matter is proposed for joining, and both callers get their answer once a person has merged them', async () => {
  const place = { lon: 121.5061, lat: 31.2061, title: '井盖松动', content: '车辆经过有响声', class: 'P0101' };
  const one = await push(order(place));
  const two = await push(order(place));
  expect(two).toMatchObject({ state: 'filed', similar: one.caseNo });
  const merged = await call(house, {
    method: 'POST',
    url: `/api/incident/cases/${two.caseNo}/merge`,
    cookie: 'sid=clerk',
    body: { into: one.caseNo },
  });
  expect(merged.statusCode, merged.body).toBe(200);
  await until(async () => expect(await shown(two.no)).toMatchObject({ caseNo: one.caseNo }));
  await act(one.caseNo, { act: 'accept' }, 'operator');
  await act(one.caseNo, { act: 'establish' }, 'operator');
  await until(() => {
    expect(toldOf(two.no)).toEqual(['merged', 'accepted', 'established']);
    expect(toldOf(one.no)).toEqual(['accepted', 'established']);
  });
});

it('is handed back within the city’s limit, by a person with a coded reason, and never once the case is established', async () => {
  const { no, caseNo } = await push(order({ lon: 121.5071, lat: 31.2071 }));
  const back = (of: string) => post(`orders/${of}/hand-back`, { reason: 'not-duty', text: '属市级单位职责，建议改派' });
  expect((await post(`orders/${no}/hand-back`, { reason: 'no-time', text: '没有时间' })).json()).toMatchObject({
    fields: [{ pointer: '/reason' }],
  });
  expect((await back(no)).json()).toMatchObject({ state: 'handed-back' });
  const state = await inModule('incident', (db) =>
    db.one<{ state: string }>(sql`select state from incident.case_file where no = ${caseNo}`),
  );
  expect(state.state).toBe('cancelled');
  await until(() => expect(toldOf(no)).toEqual(['handed-back']));
  expect(city.taken.find((each) => each.no === no)).toMatchObject({ reason: 'not-duty' });
  const late = await push(order({ lon: 121.5081, lat: 31.2081, receivedAt: '2026-01-05T02:00:00Z' }));
  expect((await back(late.no)).json()).toMatchObject({ status: 409, code: 'HOTLINE_RETURN_LATE' });
  const begun = await push(order({ lon: 121.5091, lat: 31.2091 }));
  await act(begun.caseNo, { act: 'accept' }, 'operator');
  await act(begun.caseNo, { act: 'establish' }, 'operator');
  expect((await back(begun.no)).json()).toMatchObject({ status: 409, code: 'HOTLINE_CASE_FILED' });
});
