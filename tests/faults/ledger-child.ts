/**
 * A process of its own with ledger and payment platform, which pays, refunds and takes the bill, and may be killed at any moment.
 * `work PORT ORDERS` sees to it that so many orders exist and goes on until all of them are at their end; `bill PORT` takes the bill of that
 * day from the next one. It says when it is ready, and what it has come to.
 */
import { createClock } from '#platform/kernel/clock.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';
import { listensOn } from '#platform/identity/oidc/issuer.ts';
import { manifests, PAYER, UNIT } from '#platform/ledger/fixtures/house.ts';
import { createOrder } from '#platform/ledger/order.ts';
import { verifyLedger } from '#platform/ledger/seal.ts';
import { queueDue } from '#platform/ledger/step-payment.ts';
import { type Fault, simulator } from '#districts/huangpu/partners/pay/faults.ts';
import { payTrade } from '#districts/huangpu/partners/pay/trades.ts';

export type Outcome = {
  orders: number;
  paid: number;
  refunded: number;
  journals: number;
  paidEvents: number;
  trades: number;
  refunds: number;
  faults: string[];
  settled: { account: string; fen: number }[];
  differences: number;
};
export type Said = { kind: 'ready' } | { kind: 'done'; outcome: Outcome };

const AMOUNT = 12_500n;
const [mode = '', port = '0', orders = '0'] = process.argv.slice(2);
const say = (said: Said): void => console.log(JSON.stringify(said));
const config = readConfig();
const log = createLogger({ level: 'silent' });
const registry = createRegistry(manifests);
const runtime = await openRuntime({ manifests, registry, config, log });
const { services } = runtime;
const actor = systemActor({ name: 'kill' });
const tx = <T>(work: (db: Db) => Promise<T>, module = 'ledger') => services.database.tx({ module, actor }, work);
// The provider's day is over; only the services know that it is tomorrow, the database need not.
if (mode === 'bill') services.clock.setOffset(36 * 3_600_000);
const server = await createServer({ services: () => services, registry, config, log });
await server.fastify.listen({ host: '127.0.0.1', port: Number(port) });
listensOn(config, Number(port));

/** What waits for a lease or a timer goes on at once, as it would later. */
async function hasten(): Promise<void> {
  await tx(async (db) => {
    await db.run(sql`update ledger.payment set query_at = kernel.now() where query_at is not null`);
    await db.run(sql`update ledger.refund set query_at = kernel.now() where query_at is not null`);
  });
  await queueDue(services, actor);
}

const FAULTS: readonly (Fault | undefined)[] = [undefined, 'duplicate', 'drop', undefined];

async function pushOn(): Promise<void> {
  const open = await tx((db) =>
    db.rows<{ id: string; key: string; payment: string | null; state: string | null; code: string | null }>(sql`
      select o.id, o.key, p.id as payment, p.state, p.code_url as code from ledger.fee_order o left join ledger.payment p on p.fee_order = o.id where o.state = 'open'`),
  );
  for (const { id, key, payment, code } of open) {
    if (payment === null)
      await server.fastify.inject({
        method: 'POST',
        url: `/api/ledger/orders/${id}/payments`,
        headers: { cookie: 'sid=payer', 'idempotency-key': `pay-${id}` },
        payload: { channel: 'wechat' },
      });
    else if (code !== null)
      await payTrade(services, {
        token: code.split('/').at(-1) ?? '',
        fault: FAULTS[Number(key.split('-')[1]) % FAULTS.length],
      });
  }
  const paid = await tx((db) =>
    db.rows<{ payment: string; refund: string | null; state: string | null }>(sql`
      select p.id as payment, r.id as refund, r.state from ledger.payment p left join ledger.refund r on r.payment = p.id
      where p.state = 'paid' and (r.id is null or r.state = 'requested')`),
  );
  for (const { payment, refund } of paid) {
    const [who, url, payload] =
      refund === null
        ? ['clerk', `/api/ledger/payments/${payment}/refunds`, { amount: Number(AMOUNT) / 5, reason: '多收' }]
        : ['head', `/api/ledger/refunds/${refund}/decision`, { approve: true, note: '同意' }];
    const headers = {
      cookie: `sid=${String(who)}`,
      'idempotency-key': `${payment}-${refund === null ? 'ask' : 'decide'}`,
    };
    await server.fastify.inject({ method: 'POST', url: String(url), headers, payload: payload as object });
  }
}

async function outcomeOf(): Promise<Outcome> {
  const counts = await tx((db) =>
    db.one<Omit<Outcome, 'faults' | 'paidEvents' | 'trades' | 'refunds' | 'settled'>>(sql`
      select (select count(*)::int from ledger.fee_order) as orders, (select count(*)::int from ledger.fee_order where state = 'paid') as paid,
        (select count(*)::int from ledger.fee_order where refunded = ${String(AMOUNT / 5n)}::bigint) as refunded,
        (select count(*)::int from ledger.journal where event not like 'settlement:%') as journals,
        (select count(*)::int from ledger.difference) as differences`),
  );
  const settled = await tx((db) =>
    db.rows<{ account: string; fen: number }>(
      sql`select account, (sum(debit) - sum(credit))::int as fen from ledger.balance group by account order by account`,
    ),
  );
  const { events } = await tx(
    (db) =>
      db.one<{ events: number }>(
        sql`select count(*)::int as events from kernel.event where type = 'ledger.order.paid'`,
      ),
    'kernel',
  );
  const there = await services.database.tx({ module: 'pay-simulator', actor: simulator }, (db) =>
    db.one<{ trades: number; refunds: number }>(
      sql`select (select count(*)::int from pay_simulator.trade) as trades, (select count(*)::int from pay_simulator.refund) as refunds`,
    ),
  );
  return { ...counts, ...there, settled, paidEvents: events, faults: await verifyLedger(services) };
}

await tx(
  (db) =>
    db.run(sql`update kernel.job set locked_until = null, run_at = kernel.now() where state in ('running', 'waiting')`),
  'kernel',
);
for (let n = 0; n < Number(orders); n++)
  await tx(
    (db) =>
      createOrder(db, {
        subject: `kill-${n}`,
        unit: UNIT,
        title: { zh: '登记费', en: 'Registration' },
        payer: { person: PAYER },
        lines: [{ item: '103042702', title: { zh: '登记费', en: 'Registration' }, amount: AMOUNT, basis: '样例依据' }],
        expiresAt: new Date(createClock().now().getTime() + 86_400_000),
      }),
    'fee-desk',
  );
const day = shanghaiDate(createClock().now());
say({ kind: 'ready' });
for (;;) {
  await hasten();
  if (mode === 'work') await pushOn();
  else await tx((db) => db.enqueue({ name: 'bill-fetch', payload: { channel: 'wechat', day }, key: `kill-${day}` }));
  services.wake();
  const outcome = await outcomeOf();
  const billed = await tx((db) => db.first(sql`select 1 from ledger.bill where day = ${day}::date`));
  if (mode === 'work' ? outcome.refunded === outcome.orders && outcome.orders > 0 : billed) {
    await runtime.worker.drain();
    say({ kind: 'done', outcome: await outcomeOf() });
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
