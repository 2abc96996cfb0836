import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ImpactSchema, startOf } from './draft-order.ts';
import { accountsOf, impactCounter, impactOf } from './impact.ts';
import { holderOf, ORDERS, type OrderRow, OrderSchema, OrderState, shownOrder } from './order-record.ts';
import { planOrder, readFacts } from './plan-order.ts';

const PAGE = 50;

/** Orders, newest first: all for a staffing officer, those of the own unit for its head. */
export const listOrders = route({
  method: 'GET',
  path: '/api/identity/orders',
  summary: { zh: '调令列表', en: 'Orders' },
  allow: 'identity.order.review',
  query: Type.Object(
    {
      state: Type.Optional(OrderState),
      before: Type.Optional(Type.String({ format: 'uuid' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ orders: Type.Array(OrderSchema), next: Type.Union([Type.String(), Type.Null()]) }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, actor, query }) => {
    const state = query.state ? sql`and state = ${query.state}` : sql``;
    // Ids are in the order of time.
    const before = query.before ? sql`and id < ${query.before}::uuid` : sql``;
    const rows = await db.rows<OrderRow>(
      sql`select * from ${ORDERS} o where true ${state} ${before} order by id desc limit ${PAGE + 1}`,
    );
    const holder = await holderOf(db, actor.account);
    const orders = rows.slice(0, PAGE).map((order) => shownOrder({ order, actor, holder }));
    return { orders, next: rows.length > PAGE ? (orders.at(-1)?.id ?? null) : null };
  },
});

/** One order with what it will do as things stand now; nothing more to foresee once it is settled. */
export const showOrder = route({
  method: 'GET',
  path: '/api/identity/orders/:id',
  summary: { zh: '调令', en: 'An order' },
  allow: 'identity.order.review',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    order: OrderSchema,
    impact: Type.Union([ImpactSchema, Type.Null()]),
    faults: Type.Array(
      Type.Object({ pointer: Type.String(), message: Type.Object({ zh: Type.String(), en: Type.String() }) }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:order' } },
    foreign: { as: 'unit-head', params: { id: '00000000-0000-7000-8000-000000000000' } },
  },
  prepare: async ({ params, actor, services }) => {
    const accounts = await services.database.tx({ module: 'identity', actor, readOnly: true }, async (db) => {
      const order = await db.first<OrderRow>(sql`select * from ${ORDERS} o where id = ${params.id}::uuid`);
      if (!order) throw NotFound.with();
      return accountsOf(
        planOrder(
          order.body,
          await readFacts({
            db,
            body: order.body,
            at: startOf(order.effective_at.toISOString(), services.clock.now()),
          }),
        ),
      );
    });
    const counters = services.registry.provided(impactCounter).map(({ value }) => value);
    return Promise.all(
      counters.map(async ({ title, countOf }) => ({ title, count: await countOf({ accounts, services }) })),
    );
  },
  handler: async ({ db, actor, params, clock, prepared }) => {
    const now = clock.now();
    const order = await db.one<OrderRow>(sql`select * from ${ORDERS} o where id = ${params.id}::uuid`);
    const shown = shownOrder({ order, actor, holder: await holderOf(db, actor.account) });
    if (order.state !== 'waiting' && order.state !== 'approved') return { order: shown, impact: null, faults: [] };
    const facts = await readFacts({ db, body: order.body, at: startOf(order.effective_at.toISOString(), now) });
    const plan = planOrder(order.body, facts);
    const impact = await impactOf({ db, plan, facts, others: prepared, now });
    return { order: shown, impact, faults: plan.faults.map(({ pointer, message }) => ({ pointer, message })) };
  },
});
