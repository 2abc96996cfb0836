import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { type Fault, plantFault } from '#districts/huangpu/partners/pay/faults.ts';
import { proofOf, sealResource } from '#districts/huangpu/partners/pay/proof.ts';
import { payTrade } from '#districts/huangpu/partners/pay/trades.ts';
import { expireOrders } from './expire-orders.ts';
import { exportJournal, exportName } from './export-journal.ts';
import { type FeeHouse, openFeeHouse, PAYER, UNIT } from './fixtures/house.ts';
import { cancelOrder, createOrder } from './order.ts';
import { verifyLedger } from './seal.ts';
import { queueDue } from './step-payment.ts';

let house: FeeHouse;
let ahead = 0;
beforeAll(async () => {
  house = await openFeeHouse();
}, 300_000);
afterAll(() => house?.close());

const actor = systemActor({ name: 'test' });
let made = 0;
const order = (amounts: readonly bigint[] = [12_000n, 500n]) =>
  house.tx(
    (db) =>
      createOrder(db, {
        subject: `case-${(made += 1)}`,
        unit: UNIT,
        title: { zh: '不动产登记费', en: 'Registration of real estate' },
        payer: { person: PAYER },
        lines: amounts.map((amount, at) => ({
          item: `1030427${at}`,
          title: { zh: '登记费', en: 'Registration' },
          amount,
          basis: '发改价格规〔2016〕2559号',
        })),
        expiresAt: new Date(house.services.clock.now().getTime() + 2 * 3_600_000),
      }),
    'fee-desk',
  );
const wait = async (seconds: number) => {
  ahead += Math.ceil(seconds);
  await moveClock(house, ahead);
};
const settle = async () => {
  await queueDue(house.services, actor);
  await house.runtime.worker.drain();
};
const show = async (id: string) => (await house.as('payer', `/orders/${id}`)).json();
/** Begins to pay and has the code. */
const ready = async (id: string, channel = 'wechat') => {
  const reply = await house.as('payer', `/orders/${id}/payments`, { channel });
  expect(reply.statusCode, reply.body).toBe(202);
  await house.runtime.worker.drain();
  const { payments } = await show(id);
  return payments.find((each: { id: string }) => each.id === reply.json().payment);
};
const tokenOf = (payment: { codeUrl: string }) => payment.codeUrl.split('/').at(-1) ?? '';
const pay = async (payment: { codeUrl: string }, fault?: Fault) => {
  expect(await payTrade(house.services, { token: tokenOf(payment), fault })).toBe(true);
  await house.runtime.worker.drain();
};
const paidOrder = async (amounts?: readonly bigint[]) => {
  const { id } = await order(amounts);
  const payment = await ready(id);
  await pay(payment);
  expect(await show(id)).toMatchObject({ state: 'paid' });
  return { id, payment: payment.id as string };
};
const entriesOf = (event: string) =>
  house.tx((db) =>
    db.rows(sql`
      select e.account, e.control, e.side, e.fen::int as fen from ledger.entry e join ledger.journal j on j.id = e.journal where j.event = ${event} order by e.no`),
  );
const eventsOf = (type: string, subject: string) =>
  house.tx((db) => db.rows(sql`select data from kernel.event where type = ${type} and subject = ${subject}`), 'kernel');
const differencesOf = (number: string) =>
  house.tx((db) =>
    db.rows<{ id: string }>(sql`
      select id, kind, subject, ours::int as ours, theirs::int as theirs, booked, state from ledger.difference where number = ${number} order by kind`),
  );
const noOf = (id: string) => id.replaceAll('-', '');
const trades = (no: string) =>
  house.tx((db) => db.rows(sql`select state from pay_simulator.trade where out_trade_no = ${no}`), 'pay-simulator');

describe('an order', () => {
  it('is paid from the page over the code to the journal, once, and told', async () => {
    const { id, no, total } = await order();
    expect(total).toBe(12_500n);
    expect(no).toMatch(/^\d{19}$/);
    expect(await show(id)).toMatchObject({
      state: 'open',
      total: 12_500,
      lines: [{ amount: 12_000 }, { amount: 500 }],
    });
    expect((await house.as('neighbour', `/orders/${id}`)).statusCode).toBe(404);
    const payment = await ready(id);
    expect(payment).toMatchObject({ state: 'ready', amount: 12_500 });
    const again = await house.as('payer', `/orders/${id}/payments`, { channel: 'wechat' });
    expect(again.json()).toEqual({ payment: payment.id, state: 'ready' });
    const cashier = await house.server.fastify.inject(new URL(payment.codeUrl).pathname);
    expect(cashier.body).toContain('样例');
    expect(cashier.body).toContain('¥125.00');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const at = new URL(payment.codeUrl).pathname;
    await house.server.fastify.inject({ method: 'POST', url: `${at}/pay`, headers: form, payload: 'fault=' });
    await house.runtime.worker.drain();
    expect(await show(id)).toMatchObject({ state: 'paid', payments: [{ state: 'paid', surplus: false }] });
    const year = shanghaiDate(house.services.clock.now()).slice(0, 4);
    const [first, second] = [`year=${year};item=10304270`, `year=${year};item=10304271`];
    expect(await entriesOf(`payment:${noOf(payment.id)}`)).toEqual([
      { account: '1218', control: first, side: 'debit', fen: 12_000 },
      { account: '2103', control: first, side: 'credit', fen: 12_000 },
      { account: '1218', control: second, side: 'debit', fen: 500 },
      { account: '2103', control: second, side: 'credit', fen: 500 },
    ]);
    expect(await eventsOf('ledger.order.paid', id)).toMatchObject([{ data: { order: id, app: 'fee-desk' } }]);
    expect((await house.as('payer', `/orders/${id}/payments`, { channel: 'wechat' })).json()).toMatchObject({
      code: 'ORDER_NOT_OPEN',
    });
  });

  it('is made once for its key, and seen by no other module', async () => {
    const { id } = await order();
    const again = await house.tx(
      (db) =>
        createOrder(db, {
          subject: `case-${made}`,
          unit: UNIT,
          title: { zh: '其他', en: 'Other' },
          payer: { person: PAYER },
          lines: [{ item: 'x', title: { zh: '其他', en: 'Other' }, amount: 1n, basis: '其他' }],
          expiresAt: new Date(),
        }),
      'fee-desk',
    );
    expect(again.id).toBe(id);
    const other = house.tx((db) => cancelOrder(db, { order: id }), 'other-desk');
    await expect(other).rejects.toMatchObject({ spec: { code: 'NOT_FOUND' } });
  });

  it('that is cancelled closes its code; what was paid all the same goes back by itself', async () => {
    const { id } = await order();
    const payment = await ready(id);
    await house.tx((db) => cancelOrder(db, { order: id }), 'fee-desk');
    await settle();
    expect(await trades(noOf(payment.id))).toEqual([{ state: 'CLOSED' }]);
    expect(await show(id)).toMatchObject({ state: 'cancelled', payments: [{ state: 'closed' }] });
    const late = await order();
    const paid = await ready(late.id);
    expect(await payTrade(house.services, { token: tokenOf(paid), fault: 'drop' })).toBe(true);
    await house.tx((db) => cancelOrder(db, { order: late.id }), 'fee-desk');
    await settle();
    expect(await show(late.id)).toMatchObject({
      state: 'cancelled',
      refunded: 0,
      payments: [{ state: 'paid', surplus: true }],
    });
    await settle();
    expect(await show(late.id)).toMatchObject({ refunds: [{ kind: 'surplus', state: 'refunded', amount: 12_500 }] });
  });

  it('whose time is over ends, after its code was looked at and closed', async () => {
    const { id } = await order();
    const payment = await ready(id);
    await wait(3 * 3_600);
    await expireOrders(house.services, actor);
    expect(await show(id)).toMatchObject({ state: 'open', payments: [{ state: 'ready' }] });
    await settle();
    expect(await trades(noOf(payment.id))).toHaveLength(1);
    await expireOrders(house.services, actor);
    expect(await show(id)).toMatchObject({ state: 'expired', payments: [{ state: 'closed' }] });
    expect(await eventsOf('ledger.order.expired', id)).toHaveLength(1);
  });

  it('that two payments pay keeps the first; the second goes back by itself and is told', async () => {
    const { id } = await order();
    const [first, second] = [await ready(id), await ready(id, 'wechat-2')];
    expect(await payTrade(house.services, { token: tokenOf(second) })).toBe(true);
    expect(await payTrade(house.services, { token: tokenOf(first) })).toBe(true);
    await house.runtime.worker.drain();
    await settle();
    const shown = await show(id);
    expect(shown).toMatchObject({
      state: 'paid',
      refunded: 0,
      refunds: [{ kind: 'surplus', state: 'refunded', reason: '重复支付' }],
    });
    expect(shown.payments.map((each: { surplus: boolean }) => each.surplus).sort()).toEqual([false, true]);
    expect(await eventsOf('ledger.payment.surplus', id)).toHaveLength(1);
    expect(await eventsOf('ledger.order.paid', id)).toHaveLength(1);
  });
});

describe('a payment', () => {
  it.each(['duplicate', 'bad-signature', 'drop', 'delay'] as const)(
    'is booked once when its notice is: %s',
    async (fault) => {
      const { id } = await order();
      const payment = await ready(id);
      await pay(payment, fault);
      if (fault !== 'duplicate') expect(await show(id)).toMatchObject({ state: 'open' });
      await wait(40);
      await settle();
      expect(await show(id)).toMatchObject({ state: 'paid', payments: [{ state: 'paid' }] });
      expect(await entriesOf(`payment:${noOf(payment.id)}`)).toHaveLength(4);
      expect(await eventsOf('ledger.order.paid', id)).toHaveLength(1);
    },
  );

  it('is not booked on a notice with another amount, which becomes a difference', async () => {
    const { id } = await order();
    const payment = await ready(id);
    await pay(payment, 'wrong-amount');
    expect(await show(id)).toMatchObject({ state: 'open' });
    expect(await differencesOf(noOf(payment.id))).toMatchObject([
      { kind: 'amount', ours: 12_500, theirs: 12_501, state: 'open' },
    ]);
    await wait(40);
    await settle();
    expect(await show(id)).toMatchObject({ state: 'paid' });
  });

  it('whose question timed out after it was heard is queried and goes on under the same number', async () => {
    const { id } = await order();
    await plantFault(house.services, { kind: 'timeout' });
    const payment = await ready(id);
    expect(payment).toMatchObject({ state: 'asking', codeUrl: null });
    expect(await trades(noOf(payment.id))).toEqual([{ state: 'NOTPAY' }]);
    await wait(20);
    await settle();
    const shown = await show(id);
    expect(shown.payments).toMatchObject([{ id: payment.id, state: 'ready' }]);
    await pay(shown.payments[0]);
    expect(await show(id)).toMatchObject({ state: 'paid' });
  });

  it('and its refund come out right when the notice of the payment comes last', async () => {
    const { id } = await order();
    const payment = await ready(id);
    await pay(payment, 'reorder');
    await wait(10);
    await settle();
    expect(await show(id)).toMatchObject({ state: 'paid' });
    const asked = await house.as('clerk', `/payments/${payment.id}/refunds`, { amount: 12_500, reason: '撤回申请' });
    await house.as('head', `/refunds/${asked.json().id}/decision`, { approve: true, note: '同意' });
    await house.runtime.worker.drain();
    await wait(10);
    await settle();
    expect(await show(id)).toMatchObject({ state: 'paid', refunded: 12_500, refunds: [{ state: 'refunded' }] });
    const left = await house.tx(
      (db) => db.rows(sql`select state from pay_simulator.notice where number = ${noOf(payment.id)}`),
      'pay-simulator',
    );
    expect(left).toEqual([{ state: 'taken' }]);
  });
});

describe('a notice', () => {
  const send = (body: string, headers: Record<string, string>) =>
    house.server.fastify.inject({
      method: 'POST',
      url: '/api/ledger/notices/wechat',
      headers: { 'content-type': 'application/json', ...headers },
      payload: body,
    });
  const noticeOf = async (number: string, id = crypto.randomUUID()) =>
    JSON.stringify({
      id,
      event_type: 'TRANSACTION.SUCCESS',
      resource: await sealResource(house.services, 'transaction', {
        appid: 'wx0000000000000001',
        mchid: '1900000001',
        out_trade_no: number,
        transaction_id: `42${number}`.slice(0, 28),
        trade_state: 'SUCCESS',
        success_time: '2026-11-26T10:00:00+08:00',
        amount: { total: 12_500, currency: 'CNY' },
      }),
    });

  it('is refused unless every byte is signed by the provider', async () => {
    const { id } = await order();
    const payment = await ready(id);
    const body = await noticeOf(noOf(payment.id));
    const proof = await proofOf(house.services, body);
    expect((await send(body, {})).statusCode).toBe(401);
    expect((await send(body, await proofOf(house.services, body, true))).json()).toMatchObject({ code: 'FAIL' });
    expect((await send(`${body} `, proof)).statusCode).toBe(401);
    expect((await send(body, { ...proof, 'wechatpay-serial': 'AB' })).statusCode).toBe(401);
    expect((await send(body.replace('TRANSACTION', 'X'), proof)).statusCode).toBe(401);
    const none = 'null';
    expect((await send(none, await proofOf(house.services, none))).statusCode).toBe(401);
    expect(await show(id)).toMatchObject({ state: 'open' });
    expect(
      (await house.server.fastify.inject({ method: 'POST', url: '/api/ledger/notices/nobody', payload: {} }))
        .statusCode,
    ).toBe(404);
  });

  it('is taken once however often it comes, and not after five minutes', async () => {
    const { id } = await order();
    const payment = await ready(id);
    const body = await noticeOf(noOf(payment.id));
    const proof = await proofOf(house.services, body);
    const replies = await Promise.all(Array.from({ length: 6 }, () => send(body, proof)));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(204));
    expect(await entriesOf(`payment:${noOf(payment.id)}`)).toHaveLength(4);
    expect(await eventsOf('ledger.order.paid', id)).toHaveLength(1);
    await wait(301);
    expect((await send(body, proof)).json()).toEqual({ code: 'FAIL', message: 'time' });
  });

  it('about a number that we never gave opens a difference', async () => {
    const number = noOf(crypto.randomUUID());
    const body = await noticeOf(number);
    expect((await send(body, await proofOf(house.services, body))).statusCode).toBe(204);
    expect(await differencesOf(number)).toMatchObject([{ kind: 'missing-here', theirs: 12_500 }]);
  });
});

describe('a refund', () => {
  it('is asked by one and approved by another, in part and never above what is left', async () => {
    const { id, payment } = await paidOrder();
    const ask = (who: 'clerk' | 'head', amount: number) =>
      house.as(who, `/payments/${payment}/refunds`, { amount, reason: '多收' });
    const decide = (who: 'head' | 'deputy' | 'otherHead' | 'clerk', refund: string, approve = true) =>
      house.as(who, `/refunds/${refund}/decision`, { approve, note: '已核实' });
    expect((await ask('clerk', 12_501)).json()).toMatchObject({ code: 'REFUND_TOO_LARGE', left: 12_500 });
    const first = (await ask('head', 12_100)).json();
    expect((await ask('clerk', 500)).json()).toMatchObject({ code: 'REFUND_TOO_LARGE', left: 400 });
    expect((await decide('head', first.id)).json()).toMatchObject({ code: 'REFUND_OF_ONES_OWN' });
    expect((await decide('otherHead', first.id)).statusCode).toBe(404);
    expect((await decide('clerk', first.id)).statusCode).toBe(403);
    const raw = house.tx((db) =>
      db.run(
        sql`update ledger.refund set state = 'approved', decided_by = asked_by, decided_name = '本人', decided_at = now() where id = ${first.id}::uuid`,
      ),
    );
    await expect(raw).rejects.toMatchObject({ constraint: 'refund_by_two' });
    expect((await decide('deputy', first.id)).json()).toMatchObject({ state: 'approved' });
    expect((await decide('deputy', first.id)).json()).toMatchObject({ code: 'REFUND_DECIDED' });
    await house.runtime.worker.drain();
    await wait(20);
    await settle();
    expect(await show(id)).toMatchObject({
      state: 'paid',
      refunded: 12_100,
      refunds: [{ state: 'refunded', amount: 12_100 }],
    });
    const year = shanghaiDate(house.services.clock.now()).slice(0, 4);
    expect(await entriesOf(`refund:${noOf(first.id)}`)).toEqual([
      { account: '1218', control: `year=${year};item=10304270`, side: 'debit', fen: -12_000 },
      { account: '2103', control: `year=${year};item=10304270`, side: 'credit', fen: -12_000 },
      { account: '1218', control: `year=${year};item=10304271`, side: 'debit', fen: -100 },
      { account: '2103', control: `year=${year};item=10304271`, side: 'credit', fen: -100 },
    ]);
    const second = (await ask('clerk', 400)).json();
    expect((await decide('head', second.id, false)).json()).toMatchObject({ state: 'refused' });
    expect((await ask('clerk', 400)).statusCode).toBe(201);
    expect(await eventsOf('ledger.order.refunded', id)).toHaveLength(1);
  });

  it('whose question timed out after it was done is queried, and done once', async () => {
    const { id, payment } = await paidOrder();
    const asked = (
      await house.as('clerk', `/payments/${payment}/refunds`, { amount: 12_500, reason: '撤回申请' })
    ).json();
    await plantFault(house.services, { kind: 'timeout', number: noOf(asked.id) });
    await house.as('head', `/refunds/${asked.id}/decision`, { approve: true, note: '同意' });
    await house.runtime.worker.drain();
    await wait(20);
    await settle();
    expect(await show(id)).toMatchObject({ refunded: 12_500, refunds: [{ state: 'refunded' }] });
    const there = await house.tx(
      (db) => db.rows(sql`select out_refund_no from pay_simulator.refund where out_trade_no = ${noOf(payment)}`),
      'pay-simulator',
    );
    expect(there).toEqual([{ out_refund_no: noOf(asked.id) }]);
    expect(await entriesOf(`refund:${noOf(asked.id)}`)).toHaveLength(4);
  });
});

describe('the bill of a day', () => {
  it('settles what agrees, books late what was lost, and opens every difference for a person', async () => {
    // To the next noon, so that all of this is of one day.
    const now = house.services.clock.now();
    const today = shanghaiDate(now);
    await wait((new Date(`${addDays(today, 1)}T12:00:00+08:00`).getTime() - now.getTime()) / 1000);
    const day = addDays(today, 1);
    const good = await paidOrder();
    const asked = (
      await house.as('clerk', `/payments/${good.payment}/refunds`, { amount: 100, reason: '多收' })
    ).json();
    await house.as('head', `/refunds/${asked.id}/decision`, { approve: true, note: '同意' });
    await house.runtime.worker.drain();
    const [gone, wrong] = [await paidOrder(), await paidOrder()];
    await plantFault(house.services, { kind: 'bill-drop', number: noOf(gone.payment) });
    await plantFault(house.services, { kind: 'bill-amount', number: noOf(wrong.payment) });
    const lost = await order();
    const unheard = await ready(lost.id);
    await pay(unheard, 'drop');
    // Nobody asks about it either.
    await house.tx((db) => db.run(sql`update ledger.payment set query_at = null where id = ${unheard.id}::uuid`));
    const fetch = async () => {
      await house.tx((db) => db.enqueue({ name: 'bill-fetch', payload: { channel: 'wechat', day } }));
      await house.runtime.worker.drain();
    };
    await wait(12 * 3_600 + 60);
    await fetch();
    expect(await show(lost.id)).toMatchObject({ state: 'open' });
    await wait(11 * 3_600);
    await fetch();
    await fetch();
    expect(await show(lost.id)).toMatchObject({ state: 'paid' });
    expect(await differencesOf(noOf(gone.payment))).toMatchObject([{ kind: 'missing-there', ours: 12_500 }]);
    expect(await differencesOf(noOf(wrong.payment))).toMatchObject([{ kind: 'amount', ours: 12_500, theirs: 12_501 }]);
    const [late] = await differencesOf(noOf(unheard.id));
    expect(late).toMatchObject({ kind: 'missing-here', booked: true, state: 'open' });
    const settled = await house.tx((db) =>
      db.rows(sql`
        select e.account, e.side, sum(e.fen)::int as fen from ledger.entry e join ledger.journal j on j.id = e.journal
        where j.event = ${`settlement:wechat:${day}:${UNIT}`} group by e.account, e.side order by e.account, e.side`),
    );
    expect(settled).toEqual([
      { account: '1002', side: 'credit', fen: 100 },
      { account: '1002', side: 'debit', fen: 25_000 },
      { account: '1218', side: 'credit', fen: 25_000 },
      { account: '1218', side: 'debit', fen: 100 },
    ]);
    const settle = () => house.as('head', `/differences/${late?.id}/settlement`, { note: '通知丢失，已补记' });
    expect((await house.as('otherHead', `/differences/${late?.id}/settlement`, { note: '不属于我' })).statusCode).toBe(
      404,
    );
    expect((await settle()).json()).toMatchObject({ state: 'settled' });
    expect((await settle()).json()).toMatchObject({ code: 'DIFFERENCE_SETTLED' });
    const fees = (await house.as('head', '/fees')).json();
    expect(fees.differences.length).toBeGreaterThan(2);
    expect(fees.orders[0]).not.toHaveProperty('payer');
  });
});

describe('the books of the fees', () => {
  it('fit their entries and their digests', async () => {
    expect(await verifyLedger(house.services)).toEqual([]);
  });

  it.skipIf(!existsSync('/usr/bin/ledger'))('give the same balances when ledger-cli adds them up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'smart-district-ledger-'));
    const file = join(folder, 'journal.dat');
    let text = '';
    await house.tx(async (db) => {
      for await (const part of exportJournal(db)) text += part;
    });
    writeFileSync(file, text);
    const said = execFileSync(
      '/usr/bin/ledger',
      [
        '-f',
        file,
        'balance',
        '--flat',
        '--no-total',
        '--empty',
        '--balance-format',
        '%(account)\t%(quantity(scrub(total)))\n',
      ],
      {
        encoding: 'utf8',
      },
    );
    rmSync(folder, { recursive: true });
    const theirs = Object.fromEntries(
      said
        .trim()
        .split('\n')
        .map((line) => line.split('\t')),
    );
    const ours = await house.tx((db) =>
      db.rows<{ account: string; unit: string; control: string; fen: string }>(
        sql`select account, unit, control, (sum(debit) - sum(credit))::text as fen from ledger.balance group by account, unit, control`,
      ),
    );
    for (const line of ours)
      expect(Math.round(Number(theirs[exportName(line)] ?? 0) * 100), exportName(line)).toBe(Number(line.fen));
    expect(ours.length).toBeGreaterThan(4);
  });
});
