import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { EntitySource } from '#platform/case/entity-timeline.ts';
import { EntrySchema, OrderParams, OrderSchema, readOrders, viewOf } from './order-record.ts';

const MOST = 100;

/** Orders of the district, or those given to the own unit (指令列表): what waits to be received first, the longest waiting on top. */
export const listOrders = route({
  method: 'GET',
  path: '/api/ops/orders',
  summary: { zh: '指令列表', en: 'Orders' },
  allow: 'ops.order.read',
  query: Type.Object(
    { view: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('ended')])) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    orders: Type.Array(OrderSchema),
    counts: Type.Object({ open: Type.Integer(), waiting: Type.Integer(), late: Type.Integer() }),
    asOf: Type.String({ format: 'date-time' }),
  }),
  examples: { own: { as: 'unit-liaison' } },
  handler: async ({ db, query, actor, clock }) => {
    const now = clock.now();
    const orders = await readOrders(
      db,
      query.view === 'ended'
        ? sql`where o.state in ('closed', 'cancelled') order by o.ended_at desc limit ${MOST}::int`
        : sql`where o.state in ('draft', 'issued') order by o.urgent desc, o.due_at, o.id limit ${MOST}::int`,
    );
    const counts = await db.one<{ open: number; waiting: number; late: number }>(sql`
      select count(distinct ord)::int as open, (count(*) filter (where state = 'sent'))::int as waiting,
        (count(*) filter (where state = 'sent' and receive_due < kernel.now()))::int as late
      from ops.order_line where state in ('sent', 'received', 'executing', 'reported')`);
    return { orders: orders.map((order) => viewOf(order, { actor, now })), counts, asOf: now.toISOString() };
  },
});

type Entry = {
  at: Date;
  what: string;
  unit: string | null;
  step: number | null;
  byName: string;
  byUnit: string | null;
  text: string | null;
};
const entriesOf = (db: Db, id: string): Promise<Entry[]> =>
  db.rows<Entry>(sql`
    select e.at, e.what, l.unit, e.step, e.by_name as "byName", e.by_unit as "byUnit", e.text from ops.order_entry e left join ops.order_line l on l.id = e.line
    where e.ord = ${id}::uuid order by e.at, e.id`);

/** One order with its lines and its timeline (指令详情). */
export const showOrder = route({
  method: 'GET',
  path: '/api/ops/orders/:id',
  summary: { zh: '指令详情', en: 'One order' },
  allow: 'ops.order.read',
  params: OrderParams,
  reply: Type.Object({ ...OrderSchema.properties, timeline: Type.Array(EntrySchema) }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-liaison', params: { id: 'fixture:ops-order-to-receive' } },
    foreign: { as: 'unit-liaison', params: { id: 'fixture:ops-foreign-order' } },
  },
  handler: async ({ db, params, actor, clock }) => {
    const [order] = await readOrders(db, sql`where o.id = ${params.id}::uuid`);
    if (!order) throw NotFound.with();
    const timeline = await entriesOf(db, params.id);
    return {
      ...viewOf(order, { actor, now: clock.now() }),
      timeline: timeline.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    };
  },
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Orders tell their story on the one timeline (G1), by the reader's own rights. */
export const orderSource: EntitySource = {
  kind: 'order',
  read: ({ services, actor, id }) =>
    services.database.tx({ module: 'ops', actor, readOnly: true }, async (db) => {
      if (!UUID.test(id)) return undefined;
      const [order] = await readOrders(db, sql`where o.id = ${id}::uuid`);
      if (!order) return undefined;
      const mark = order.exercise ? { zh: '【演练】', en: '[Exercise] ' } : { zh: '', en: '' };
      return {
        title: { zh: `${mark.zh}${order.title}`, en: `${mark.en}${order.title}` },
        state: order.state,
        entries: (await entriesOf(db, id)).map((entry) => ({
          at: entry.at.toISOString(),
          kind: `order.${entry.what}`,
          byName: entry.byName,
          byUnit: entry.byUnit,
          text: entry.text,
          data: entry.unit ? { unit: entry.unit } : {},
        })),
      };
    }),
};
