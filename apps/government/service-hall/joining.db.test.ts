import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import type { Who } from '#platform/service/fixtures/case-house.ts';
import { DAY, EAST, type Hall, openHall, WEST } from './fixtures/hall-house.ts';
import { openPrinter } from './print/fixtures/ipp-printer.ts';
import { addCodes, type Answer, emptyOutbox, takeIn, upload } from './web/offline-outbox.ts';

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
}, 240_000);
afterAll(() => hall?.house.close());
beforeEach(() => hall.setNow(`${DAY}T09:30:00`));

type Joining = { id: string; state: string; keptCode: string; otherCode: string; mine: boolean };
const joinings = async (who: Who) => (await hall.get(who, 'joinings')).json<{ joinings: Joining[] }>().joinings;
const stateOf = async (code: string) => {
  const reply = await call(hall.house, {
    url: `/api/service/cases/${code}`,
    cookie: 'sid=market',
    purpose: 'handle-case',
  });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<{ items: { state: string }[]; timeline: { kind: string; text: string | null }[] }>();
};
const record = (who: Who, centre: string, code: string) =>
  hall.post(who, 'intakes', { centre, case: code, card: 'manual', places: {} });

/** Windows of both centres, as their own outbox sends: a case, then its way and its paper receipt. */
const windowOf = (who: Who, centre: string) => {
  const send = async (body: object, key: string): Promise<Answer> => {
    const reply = await call(hall.house, {
      method: 'POST',
      url: '/api/service/cases',
      body,
      cookie: `sid=${who}`,
      key,
    });
    expect(reply.statusCode, reply.body).toBe(201);
    return { filed: reply.json<{ code: string }>().code };
  };
  const tell = async (of: { centre: string; case: string; receipt: string | null }) => {
    expect((await record(who, centre, of.case)).statusCode).toBe(201);
    if (of.receipt !== null)
      expect((await hall.post(who, 'receipts', { centre, receipt: of.receipt, case: of.case })).statusCode).toBe(201);
    return true;
  };
  const given = {
    id: crypto.randomUUID(),
    takenAt: '2026-11-26T01:00:00Z',
    item: { code: 'food-licence', version: 1 },
    answers: { 'shop-name': '石库门面馆', 'floor-area': 60 },
    contact: { name: '沈若水', phone: '13812345678' },
    idNumber: '11010519491231002X',
  };
  const block = { id: crypto.randomUUID(), codes: [], centre };
  return { taken: takeIn(addCodes(emptyOutbox(''), block), given), send, tell };
};

describe('the same application taken in at two centres that are cut off', () => {
  it('is proposed by the rule, confirmed by a clerk, and both paper receipts lead to one case', async () => {
    const [west, east] = [windowOf('window', WEST), windowOf('east', EAST)];
    const first = (await upload(west.taken, west.send, () => undefined, west.tell)).intakes[0];
    await hall.setNow(`${DAY}T11:00:00`);
    const second = (await upload(east.taken, east.send, () => undefined, east.tell)).intakes[0];
    expect([first?.code, second?.code, first?.recorded, second?.recorded]).toEqual([null, null, true, true]);
    const [pair] = await joinings('east');
    expect(pair).toMatchObject({ state: 'proposed', mine: true, keptCode: first?.filed, otherCode: second?.filed });
    expect(await joinings('window')).toMatchObject([{ id: pair?.id, mine: false }]);
    expect((await hall.post('window', `joinings/${pair?.id}/decide`, { same: true })).statusCode).toBe(404);
    const decided = await hall.post('east', `joinings/${pair?.id}/decide`, { same: true });
    expect(decided.json(), decided.body).toMatchObject({ state: 'confirmed' });
    expect((await hall.post('east', `joinings/${pair?.id}/decide`, { same: true })).json()).toMatchObject({
      code: 'JOINING_DECIDED',
    });
    await hall.work();
    for (const receipt of [first?.receipt, second?.receipt, second?.filed])
      for (const who of ['window', 'east'] as const)
        expect((await hall.get(who, `receipts/${receipt}`)).json()).toMatchObject({ items: [{ case: first?.filed }] });
    expect((await stateOf(second?.filed ?? '')).items[0]).toMatchObject({ state: 'withdrawn' });
    const kept = await stateOf(first?.filed ?? '');
    expect(kept.items[0]).toMatchObject({ state: 'submitted' });
    expect(kept.timeline).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'joined', text: expect.stringContaining(second?.filed ?? '') }),
      ]),
    );
    // Nothing is lost: what the second window took in is still there, and no list has it twice.
    const { n } = await hall.inside((db) =>
      db.one<{ n: number }>(
        sql`select count(*)::int as n from service_hall.intake where case_code = any(${[first?.filed, second?.filed]}::text[])`,
      ),
    );
    expect(n).toBe(2);
    const lists = await hall.get('east', 'intakes?view=dispatch');
    expect(lists.body).not.toContain(second?.filed);
  });

  it('stays two where the clerk says so, and is not proposed again', async () => {
    const [a, b] = [await hall.fileAt('window'), await hall.fileAt('east')];
    await record('window', WEST, a);
    await record('east', EAST, b);
    const pair = (await joinings('east')).find(({ state }) => state === 'proposed');
    await hall.post('east', `joinings/${pair?.id}/decide`, { same: false });
    await record('east', EAST, b);
    expect((await joinings('east')).filter(({ state }) => state === 'proposed')).toEqual([]);
    expect((await hall.get('east', `receipts/${b}`)).json()).toMatchObject({ items: [{ case: b, joined: false }] });
    expect((await stateOf(b)).items[0]).toMatchObject({ state: 'submitted' });
  });

  it('is not proposed after the hours of the rule, nor at one centre', async () => {
    await hall.setNow('2026-12-01T09:30:00');
    const before = (await joinings('east')).length;
    await record('east', EAST, await hall.fileAt('east'));
    await record('east', EAST, await hall.fileAt('east'));
    await hall.setNow('2026-12-02T09:31:00');
    await record('window', WEST, await hall.fileAt('window'));
    expect((await joinings('east')).length).toBe(before);
  });
});

describe('a paper receipt', () => {
  it('is bound once, to a case of the window that gave it', async () => {
    const code = await hall.fileAt('window');
    await record('window', WEST, code);
    const bind = (who: Who, receipt: string, of: string, centre = WEST) =>
      hall.post(who, 'receipts', { centre, receipt, case: of });
    expect((await bind('window', 'R-00aa11-001', code)).statusCode).toBe(201);
    expect((await bind('window', 'R-00aa11-001', code)).statusCode).toBe(201);
    expect((await bind('window', 'R-00aa11-001', await hall.fileAt('window'))).json()).toMatchObject({
      code: 'RECEIPT_BOUND',
    });
    expect((await bind('east', 'R-00aa11-002', code, EAST)).statusCode).toBe(404);
    expect((await hall.get('east', 'receipts/R-00aa11-009')).statusCode).toBe(404);
    expect((await hall.get('citizen', 'receipts/R-00aa11-001')).statusCode).toBe(403);
  });
});

describe('a day with other hours', () => {
  const ticket = async () => {
    const { token } = (await hall.post('streetHead', 'kiosks', { centre: WEST, name: '夜间取号机' })).json<{
      token: string;
    }>();
    // Whatever a kiosk believes what day it is: it sends no time, and the server’s is the one that counts.
    return () => hall.post(undefined, 'kiosk-tickets', { token, family: 'civil', priority: false });
  };

  it('opens a hall in the evening and closes it for a storm, by the server’s clock', async () => {
    const take = await ticket();
    await hall.setNow(`${DAY}T19:00:00`);
    expect((await take()).json()).toMatchObject({ code: 'CENTRE_CLOSED' });
    const longer = { open: { from: '09:00', to: '20:00' }, why: '年末延时服务' };
    expect((await hall.put('streetHead', `centres/${WEST}/days/${DAY}`, longer)).json()).toMatchObject({ day: DAY });
    expect((await take()).statusCode).toBe(201);
    await hall.put('streetHead', `centres/${WEST}/days/2026-11-27`, { open: null, why: '台风临时闭馆' });
    const { slots } = (await hall.get(undefined, `centres/${WEST}/slots`)).json<{ slots: { day: string }[] }>();
    expect(slots.some(({ day }) => day === '2026-11-27')).toBe(false);
    // Longer hours are for who comes: nobody books seven in the evening.
    await hall.setNow('2026-11-27T10:00:00');
    expect((await take()).json()).toMatchObject({ code: 'CENTRE_CLOSED' });
  });

  it('is set by the head of the centre, for a day to come', async () => {
    const closed = { open: null, why: '临时闭馆' };
    expect((await hall.put('marketHead', `centres/${WEST}/days/2026-12-07`, closed)).statusCode).toBe(404);
    expect((await hall.put('window', `centres/${WEST}/days/2026-12-07`, closed)).statusCode).toBe(403);
    expect((await hall.put('streetHead', `centres/${WEST}/days/2026-11-01`, closed)).statusCode).toBe(400);
    const upside = { open: { from: '12:00', to: '09:00' }, why: '写反了' };
    expect((await hall.put('streetHead', `centres/${WEST}/days/2026-12-07`, upside)).json()).toMatchObject({
      fields: [{ pointer: '/open/to' }],
    });
  });
});

describe('a ticket', () => {
  it('is printed at the kiosk that it was taken at, and what went wrong stands with the printer', async () => {
    const printer = await openPrinter();
    (hall.house.services.config as { printerNetworks: readonly string[] }).printerNetworks = ['127.0.0.0/8'];
    try {
      const { id, token } = (await hall.post('streetHead', 'kiosks', { centre: WEST, name: '带打印机' })).json<{
        id: string;
        token: string;
      }>();
      const take = async () =>
        (await hall.post(undefined, 'kiosk-tickets', { token, family: 'civil', priority: false })).json<{
          id: string;
          number: string;
          printed: boolean;
        }>();
      expect((await take()).printed).toBe(false);
      await hall.put('streetHead', `centres/${WEST}/printers/${id}`, { address: printer.address });
      const { number, printed } = await take();
      expect(printed).toBe(true);
      await hall.work();
      expect(printer.jobs).toMatchObject([{ name: number, format: 'application/pdf' }]);
      expect(printer.jobs[0]?.document.subarray(0, 5).toString()).toBe('%PDF-');
      printer.setFault('busy');
      await take();
      await hall.work();
      const { centres } = (await hall.get('streetHead', 'own-centres')).json<{
        centres: { kiosks: { id: string; printer: { lastState: string; lastNote: string } | null }[] }[];
      }>();
      expect(centres[0]?.kiosks.find((kiosk) => kiosk.id === id)?.printer).toMatchObject({
        lastState: 'failed',
        lastNote: expect.stringContaining('0x0507'),
      });
      // Whoever has waited long and lost the slip gets another at the desk.
      printer.setFault('none');
      await hall.put('streetHead', `centres/${WEST}/printers/desk`, { address: printer.address });
      const lost = await take();
      await hall.work();
      const printedYet = printer.jobs.length;
      await hall.setNow(`${DAY}T10:10:00`);
      expect((await hall.post('window', `tickets/${lost.id}/print`)).json()).toEqual({ sent: true });
      await hall.work();
      expect(printer.jobs.slice(printedYet)).toMatchObject([{ name: lost.number }]);
      expect(
        (await hall.put('marketHead', `centres/${WEST}/printers/desk`, { address: printer.address })).statusCode,
      ).toBe(404);
      expect(
        (await hall.put('streetHead', `centres/${WEST}/printers/desk`, { address: 'http://printer/' })).statusCode,
      ).toBe(400);
    } finally {
      await printer.close();
    }
  });
});
