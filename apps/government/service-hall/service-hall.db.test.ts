import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Db } from '#platform/kernel/db.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { ITEMS, PERSON, type Who } from '#platform/service/fixtures/case-house.ts';
import { expireCalls } from './expire-calls.ts';
import { DAY, EAST, type Hall, openHall, WEST } from './fixtures/hall-house.ts';
import { composePaperCode, parsePaperCode } from './paper-code.ts';

let hall: Hall;
let house: TestHouse;
beforeAll(async () => {
  hall = await openHall();
  house = hall.house;
}, 240_000);
afterAll(() => house?.close());

const setNow = (moment: string) => hall.setNow(moment);
const inside = <T>(work: (db: Db) => Promise<T>) => hall.inside(work);
const get = (...asked: Parameters<Hall['get']>) => hall.get(...asked);
const post = (...asked: Parameters<Hall['post']>) => hall.post(...asked);
const put = (...asked: Parameters<Hall['put']>) => hall.put(...asked);

type Ticket = { id: string; number: string; state: string; family: string };
const kiosk = async (): Promise<string> => {
  const made = await post('streetHead', 'kiosks', { centre: WEST, name: '一楼取号机' });
  expect(made.statusCode, made.body).toBe(201);
  return made.json<{ token: string }>().token;
};
let token = '';
const take = async (family = 'civil', priority = false) => {
  token ||= await kiosk();
  const taken = await post(undefined, 'kiosk-tickets', { token, family, priority });
  expect(taken.statusCode, taken.body).toBe(201);
  return taken.json<Ticket & { ahead: number; waitMinutes: number | null }>();
};
const sit = async (who: Who, no: number, centre = WEST) => {
  const seat = await post(who, `centres/${centre}/windows/${no}/seat`, { sit: true });
  expect(seat.statusCode, seat.body).toBe(200);
};
const next = async (who: Who) => (await post(who, 'queue/call')).json<Ticket>();
const act = (who: Who, ticket: Ticket, body: object) => post(who, `tickets/${ticket.id}/acts`, body);
/** Empties halls and windows: each test begins with nobody there. */
const clear = () =>
  inside(async (db) => {
    await db.run(sql`update service_hall.ticket set state = 'left', ended_at = kernel.now() where ended_at is null`);
    await db.run(sql`update service_hall.service_window set clerk = null, clerk_name = null, seated_at = null`);
  });
beforeEach(async () => {
  await setNow(`${DAY}T09:30:00`);
  await clear();
});

describe('a kiosk', () => {
  it('takes tickets for whoever has its secret, one for one press, and nothing else', async () => {
    token = await kiosk();
    const press = { token, family: 'civil', priority: false };
    const first = await post(undefined, 'kiosk-tickets', press, 'one-press-1');
    const again = await post(undefined, 'kiosk-tickets', press, 'one-press-1');
    expect(again.json()).toEqual(first.json());
    expect(first.json()).toMatchObject({ number: expect.stringMatching(/^A\d{3}$/), ahead: 0, waitMinutes: null });
    expect((await take()).ahead).toBe(1);
    expect((await post(undefined, 'kiosk-tickets', { ...press, token: 'x'.repeat(22) })).statusCode).toBe(404);
    const stored = await inside((db) =>
      db.one<{ hash: string }>(sql`select token_hash as hash from service_hall.kiosk limit 1`),
    );
    expect(stored.hash).not.toContain(token);
  });

  it('keeps to the hours of the centre by the server’s clock', async () => {
    token ||= await kiosk();
    await setNow(`${DAY}T17:00:00`);
    const late = await post(undefined, 'kiosk-tickets', { token, family: 'civil', priority: false });
    expect(late.json()).toMatchObject({ status: 409, code: 'CENTRE_CLOSED' });
    await setNow('2026-11-28T10:00:00');
    expect((await post(undefined, 'kiosk-tickets', { token, family: 'civil', priority: false })).statusCode).toBe(409);
  });

  it('opens nothing any more once it is ended', async () => {
    const made = (await post('streetHead', 'kiosks', { centre: WEST, name: '旧取号机' })).json<{
      id: string;
      token: string;
    }>();
    expect((await post('streetHead', `kiosks/${made.id}/end`)).statusCode).toBe(200);
    expect((await post(undefined, 'kiosk-session', { token: made.token })).statusCode).toBe(404);
    expect((await post('east', 'kiosks', { centre: WEST, name: '别家的' })).statusCode).toBe(403);
    expect((await post('marketHead', 'kiosks', { centre: WEST, name: '别家的' })).statusCode).toBe(404);
  });
});

describe('a line', () => {
  it('calls those with priority first, then who waits longest, and each to one window only', async () => {
    const [plain, elder] = [await take(), await take('civil', true)];
    await sit('window', 1);
    await sit('windowToo', 2);
    const calls = await Promise.all([next('window'), next('windowToo')]);
    expect(calls.map(({ number }) => number).toSorted()).toEqual([plain.number, elder.number].toSorted());
    expect((await post('window', 'queue/call')).json()).toMatchObject({ status: 409, code: 'WINDOW_BUSY' });
    await act('window', calls[0] as Ticket, { act: 'serve' });
    expect((await act('window', calls[0] as Ticket, { act: 'finish' })).json()).toMatchObject({ state: 'done' });
    expect((await post('window', 'queue/call')).json()).toMatchObject({ code: 'NOBODY_WAITS' });
  });

  it('is called by who has passed the exam, and a transfer keeps the place', async () => {
    const business = await take('business');
    const civil = await take();
    await setNow(`${DAY}T09:40:00`);
    await sit('window', 1);
    const called = await next('window');
    expect(called.number).toBe(civil.number);
    await act('window', called, { act: 'serve' });
    const nobody = await act('window', called, { act: 'transfer', family: 'business' });
    expect(nobody.json()).toMatchObject({ status: 409, code: 'NO_SKILLED_WINDOW' });
    await sit('windowToo', 3);
    const moved = await act('window', called, { act: 'transfer', family: 'business' });
    expect(moved.json()).toMatchObject({ state: 'waiting', family: 'business' });
    const later = await take('business');
    // Both came before the transfer: the order in which they came stands.
    expect((await next('windowToo')).number).toBe(business.number);
    await act('windowToo', business, { act: 'serve' });
    await act('windowToo', business, { act: 'finish' });
    expect((await next('windowToo')).number).toBe(civil.number);
    expect(later.number).not.toBe(civil.number);
  });

  it('keeps a number for ten minutes, then it is a no-show', async () => {
    const ticket = await take();
    await sit('window', 1);
    await next('window');
    expect((await act('window', ticket, { act: 'pass' })).json()).toMatchObject({ state: 'passed' });
    await setNow(`${DAY}T09:39:00`);
    await expireCalls(house.services);
    expect((await act('window', ticket, { act: 'back' })).json()).toMatchObject({ state: 'waiting' });
    await next('window');
    await setNow(`${DAY}T09:49:30`);
    await expireCalls(house.services);
    expect((await act('window', ticket, { act: 'serve' })).json()).toMatchObject({ status: 409 });
    const { state } = await inside((db) =>
      db.one<{ state: string }>(sql`select state from service_hall.ticket where id = ${ticket.id}::uuid`),
    );
    expect(state).toBe('no-show');
  });

  it('is joined from a phone once, seen by oneself only, and left again', async () => {
    await take();
    const joined = await post('citizen', 'own-tickets', { centre: WEST, family: 'civil', priority: false });
    expect(joined.json(), joined.body).toMatchObject({ ahead: 1 });
    const twice = await post('citizen', 'own-tickets', { centre: WEST, family: 'civil', priority: false });
    expect(twice.json()).toMatchObject({ code: 'ALREADY_IN_LINE' });
    const mine = (await get('citizen', 'own-tickets')).json<{ tickets: { person: string; state: string }[] }>();
    expect(mine.tickets[0]).toMatchObject({ person: PERSON.mine, state: 'waiting', ahead: 1 });
    const { id } = joined.json<Ticket>();
    expect((await post('stranger', `own-tickets/${id}/leave`)).statusCode).toBe(404);
    expect((await post('citizen', `own-tickets/${id}/leave`)).json()).toEqual({ state: 'left' });
  });

  it('is not called by people of another centre', async () => {
    const ticket = await take();
    await sit('window', 1);
    await next('window');
    await sit('east', 1, EAST);
    expect((await act('east', ticket, { act: 'finish' })).statusCode).toBe(404);
    expect((await post('east', `centres/${WEST}/windows/2/seat`, { sit: true })).statusCode).toBe(404);
    expect((await post('windowToo', `centres/${WEST}/windows/1/seat`, { sit: true })).json()).toMatchObject({
      code: 'WINDOW_TAKEN',
    });
  });

  it('refuses an exam that somebody enters for themselves', async () => {
    const exam = { centre: WEST, passedOn: '2026-01-01', validTo: null };
    expect((await put('streetHead', 'skills/streetHead/civil', exam)).json()).toMatchObject({ code: 'OWN_EXAM' });
    expect((await put('streetHead', 'skills/window/civil', exam)).statusCode).toBe(200);
    expect((await put('marketHead', 'skills/window/civil', exam)).statusCode).toBe(404);
  });
});

describe('an appointment', () => {
  it('is given as often as there is room, and becomes a ticket from the begin of its slot', async () => {
    const slot = { centre: WEST, day: DAY, half: 20, family: 'civil', priority: false };
    const { slots } = (await get(undefined, `centres/${WEST}/slots`)).json<{
      slots: { day: string; half: number; free: number }[];
    }>();
    expect(slots.find(({ day, half }) => day === DAY && half === 20)?.free).toBe(3);
    expect(slots.some(({ day, half }) => day === DAY && half === 18)).toBe(false);
    const booked = await post('citizen', 'appointments', slot);
    expect(booked.statusCode, booked.body).toBe(201);
    await inside((db) =>
      db.run(sql`
        insert into service_hall.appointment (id, centre, day, half, family, person, priority, state, made_at)
        select gen_random_uuid(), ${WEST}, ${DAY}::date, 20, 'civil', gen_random_uuid(), false, 'booked', kernel.now() from generate_series(1, 2)`),
    );
    expect((await post('stranger', 'appointments', slot)).json()).toMatchObject({ code: 'SLOT_TAKEN' });
    const { id } = booked.json<{ id: string }>();
    expect((await post('citizen', `appointments/${id}/arrive`)).statusCode).toBe(201);
    const rows = await inside((db) =>
      db.rows<{ since: Date }>(sql`select since from service_hall.ticket where appointment = ${id}::uuid`),
    );
    expect(rows[0]?.since.toISOString()).toBe('2026-11-26T02:00:00.000Z');
    expect((await post('stranger', `appointments/${id}/cancel`)).statusCode).toBe(404);
  });
});

describe('the hall display', () => {
  it('sees a call within the second, and shows no name', async () => {
    await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
    const { port } = house.server.fastify.server.address() as AddressInfo;
    let seen = '';
    const stream = request({ host: '127.0.0.1', port, path: `/hall/centres/${WEST}/calls` }, (reply) => {
      expect(reply.headers['content-type']).toMatch(/^text\/event-stream/);
      reply.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
      });
    });
    stream.on('error', () => undefined).end();
    await vi.waitFor(() => expect(seen).toContain('event: board'), { timeout: 20_000 });
    await post('citizen', 'own-tickets', { centre: WEST, family: 'civil', priority: false });
    await sit('window', 1);
    const { number } = await next('window');
    await vi.waitFor(() => expect(seen).toContain(`"number":"${number}","window":1,"state":"called"`), {
      timeout: 20_000,
    });
    expect(seen).not.toContain(PERSON.mine);
    stream.destroy();
    const { board } = (await get(undefined, `centres/${WEST}/board`)).json<{ board: { calls: unknown[] } }>();
    expect(board.calls[0]).toMatchObject({ number, window: 1 });
    expect((await call(house, { url: '/hall/centres/nowhere/calls' })).statusCode).toBe(404);
  });
});

describe('staffing', () => {
  it('is planned from the visits before, and a quicker centre nearby is offered', async () => {
    const visits = Array.from({ length: 40 }, (_, i) => addDays(DAY, -1 - i)).flatMap((day) =>
      Array.from({ length: 16 }, (_, i) => ({ day, half: 18 + i, people: i === 2 ? 12 : 5 })),
    );
    await inside((db) =>
      db.run(sql`
        insert into service_hall.visit_count (centre, day, half, people)
        select ${WEST}, r.day, r.half, r.people from jsonb_to_recordset(${json(visits)}::text::jsonb) as r(day date, half int, people int)`),
    );
    const plan = await get('streetHead', `staffing?centre=${WEST}&day=${addDays(DAY, 1)}`);
    expect(plan.json(), plan.body).toMatchObject({ kind: 'ordinary', windows: 3, basedOn: 5 });
    const { halves, short } = plan.json<{ halves: { from: string; needed: number; open: number }[]; short: number }>();
    expect(halves).toHaveLength(16);
    expect(halves.find(({ from }) => from === '10:00')).toMatchObject({ open: 3 });
    expect(short).toBeGreaterThan(0);
    expect((await get('streetHead', `staffing?centre=${EAST}`)).statusCode).toBe(404);
    for (let i = 0; i < 6; i += 1) await take();
    await sit('window', 1);
    await sit('east', 1, EAST);
    const { shifts } = (await get(undefined, `centres/${WEST}/shifts?family=civil`)).json<{ shifts: object[] }>();
    expect(shifts).toMatchObject([{ code: EAST, waitMinutes: 0 }]);
  });
});

type Paper = { barcode: string; holderUnit: string; state: string; offeredTo: string | null };
describe('a paper', () => {
  const register = async (): Promise<Paper> => {
    const made = await post('window', 'papers', { what: '租赁合同原件' });
    expect(made.statusCode, made.body).toBe(201);
    return made.json<Paper>();
  };
  const scan = async (who: Who, barcode: string) =>
    (await post(who, 'paper-scans', { barcodes: [barcode] })).json<{ papers: { scan: string }[] }>().papers[0]?.scan;

  it('goes from one street to the other by two scans, and has one holder at each moment', async () => {
    const { barcode } = await register();
    expect(await scan('east', barcode)).toBe('not-yours');
    const sent = await post('window', 'paper-hand-overs', { barcodes: [barcode], to: 'street-310101018' });
    expect(sent.statusCode, sent.body).toBe(200);
    expect((await get('window', `papers/${barcode}`)).json()).toMatchObject({
      paper: { holderUnit: 'street-310101013', offeredTo: 'street-310101018' },
    });
    await setNow(`${DAY}T09:45:00`);
    expect(await Promise.all([scan('east', barcode), scan('east', barcode)])).toEqual(
      expect.arrayContaining(['taken', 'held']),
    );
    const { chain } = (await get('window', `papers/${barcode}`)).json<{
      chain: { unit: string; until: string | null }[];
    }>();
    expect(chain.map(({ unit }) => unit)).toEqual(['street-310101013', 'street-310101018']);
    expect(chain.map(({ until }) => until === null)).toEqual([false, true]);
    expect((await post('window', `papers/${barcode}/lost`, { note: '移交时清点缺少' })).json()).toMatchObject({
      code: 'PAPER_NOT_HELD',
    });
  });

  it('cannot have two holders, whatever is written', async () => {
    const { barcode } = await register();
    const second = inside((db) =>
      db.run(sql`
        insert into service_hall.custody (paper, no, unit, account, name, from_at)
        select id, 2, 'street-310101018', 'x', 'x', kernel.now() from service_hall.paper where barcode = ${barcode}`),
    );
    await expect(second).rejects.toThrow(/custody_one_holder/);
  });

  it('stands in the list of lost papers until it is found', async () => {
    const { barcode } = await register();
    await post('window', `papers/${barcode}/lost`, { note: '移交时清点缺少' });
    const lost = (await get('window', 'papers?view=lost')).json<{ papers: Paper[]; counts: { lost: number } }>();
    expect(lost.papers.map((paper) => paper.barcode)).toContain(barcode);
    expect(await scan('windowToo', barcode)).toBe('found');
    expect(await scan('windowToo', barcode)).toBe('held');
    const ended = await post('window', `papers/${barcode}/end`, { as: 'returned' });
    expect(ended.json()).toMatchObject({ state: 'returned', holderUnit: null });
    expect(await scan('window', barcode)).toBe('ended');
  });

  it('has a barcode in which every wrong character is seen', () => {
    const code = composePaperCode({ day: DAY, number: 17 });
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    for (let at = 0; at < code.length; at += 1)
      for (const other of alphabet)
        if (other !== code[at]) expect(parsePaperCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
    expect(parsePaperCode(` ${code.toLowerCase()} `)).toBe(code);
  });
});

describe('an intake', () => {
  const fileAt = (who: Who) => hall.fileAt(who);
  const record = (code: string, places: object = {}, who: Who = 'window') =>
    post(who, 'intakes', { centre: WEST, case: code, card: 'read', places });
  type Routed = { items: { id: string; state: string; why: string | null; handOverUntil: string | null }[] };

  it('without a rule waits for a dispatcher, with two hours from the receipt', async () => {
    const code = await fileAt('window');
    const recorded = await record(code);
    expect(recorded.json(), recorded.body).toMatchObject({
      items: [
        { no: 1, state: 'to-dispatch', why: 'no-rule', handOverUntil: expect.stringMatching(/^2026-11-26T03:(29|30)/) },
      ],
    });
    expect((await record(code)).json()).toEqual(recorded.json());
    const [item] = recorded.json<Routed>().items;
    expect((await post('east', `intakes/${item?.id}/assign`, { centre: EAST })).statusCode).toBe(404);
    expect((await post('window', `intakes/${item?.id}/assign`, { centre: EAST })).json()).toMatchObject({
      state: 'to-hand-over',
      target: EAST,
    });
    const coming = (await get('east', 'intakes?view=coming')).json<{ intakes: { id: string; clock: object }[] }>();
    expect(coming.intakes.find(({ id }) => id === item?.id)?.clock).toMatchObject({ unit: 'hour', state: 'running' });
    expect((await post('window', `intakes/${item?.id}/take`)).statusCode).toBe(404);
    expect((await post('east', `intakes/${item?.id}/take`)).json()).toMatchObject({ state: 'handed-over' });
    expect((await post('east', `intakes/${item?.id}/take`)).json()).toMatchObject({ code: 'INTAKE_MOVED' });
  });

  it('is accepted here where the owner of the item says that it may be accepted anywhere', async () => {
    expect((await put('market', `routing-rules/${ITEMS.food.terms.code}`, { principle: 'anywhere' })).statusCode).toBe(
      200,
    );
    expect((await record(await fileAt('window'))).json()).toMatchObject({
      items: [{ state: 'accepted-here', handOverUntil: null }],
    });
    await put('market', `routing-rules/${ITEMS.food.terms.code}`, { principle: 'business' });
    expect((await record(await fileAt('window'), { business: [] })).json()).toMatchObject({
      items: [{ state: 'to-dispatch', why: 'unknown-address' }],
    });
  });

  it('is of the window’s own unit only', async () => {
    const code = await fileAt('window');
    expect((await post('east', 'intakes', { centre: EAST, case: code, card: 'read', places: {} })).statusCode).toBe(
      404,
    );
    expect((await record(code, {}, 'east')).statusCode).toBe(404);
  });

  it('is decided by nobody who received it', async () => {
    const code = await fileAt('window');
    const step = (who: Who, what: string, body: object = {}) =>
      call(house, { method: 'POST', url: `/api/service/cases/${code}/items/1/${what}`, cookie: `sid=${who}`, body });
    await step('market', 'accept');
    await step('marketToo', 'begin');
    await step('marketToo', 'draft', { outcome: 'granted' });
    expect((await step('twoHats', 'decide')).json()).toMatchObject({ status: 403, code: 'CASE_SEPARATION' });
  });
});

describe('a link to a vertical system', () => {
  const title = { zh: '样例登记系统', en: 'Sample registry' };
  const assisted = { title, mode: 'assisted', plan: '接口上线后停止转录', planUntil: '2027-06-30' };

  it('that is typed over needs a plan to end it, and is changed by its unit only', async () => {
    expect((await put('market', 'links/registry', { title, mode: 'assisted' })).statusCode).toBe(400);
    expect((await put('market', 'links/registry', assisted)).json()).toMatchObject({ unit: 'market-supervision' });
    expect((await put('fire', 'links/registry', { title, mode: 'api' })).statusCode).toBe(404);
  });

  it('finds what was typed wrong by a checksum, keeps no value, and counts what is typed twice', async () => {
    await put('market', 'links/registry', assisted);
    await put('market', 'links/direct', { title, mode: 'api' });
    const fields = [
      { element: 'shop-name', value: '石库门面馆' },
      { element: 'floor-area', value: '60' },
    ];
    const enter = (link: string) =>
      post('window', 'link-entries', { link, case: '310101261126000017X', no: 1, fields });
    const sheet = (await enter('registry')).json<{ id: string; checksum: string }>();
    expect((await enter('registry')).json()).toEqual(sheet);
    expect((await enter('direct')).json()).toMatchObject({ mode: 'api', checksum: null });
    const compare = (area: string) =>
      post('window', `link-entries/${sheet.id}/reconcile`, {
        fields: [fields[0], { element: 'floor-area', value: area }],
      });
    expect((await compare('06')).json()).toEqual({ same: false, differs: ['floor-area'] });
    expect((await compare('６０')).json()).toEqual({ same: true, differs: [] });
    expect((await compare('60')).json()).toEqual({ same: true, differs: [] });
    expect((await post('east', `link-entries/${sheet.id}/reconcile`, { fields })).statusCode).toBe(404);
    const { text } = await inside((db) =>
      db.one<{ text: string }>(
        sql`select digests::text as text from service_hall.link_entry where id = ${sheet.id}::uuid`,
      ),
    );
    expect(text).not.toMatch(/面馆/);
    expect((await get('market', 'links')).json()).toMatchObject({
      doubleEntryRate: 0.5,
      links: [{ code: 'registry', entries: 1, typed: 1, open: 0, late: false }, { code: 'direct' }],
    });
  });
});
