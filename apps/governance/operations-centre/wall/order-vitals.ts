import { systemActor } from '#platform/kernel/actor.ts';
import type { LiveKind } from '#platform/kernel/live-kind.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import type { SourceContext, VitalSource, WallItem } from './vital-source.ts';

const RATE_DAYS = 30;
const sinceOf = (now: Date): Date => new Date(now.getTime() - RATE_DAYS * 86_400_000);
const FROM = { zh: '指令表 ops.order_line', en: 'Orders, ops.order_line' };
const NOW = { zh: '此刻', en: 'Now' };
type Row = { id: string; title: string; state: string; at: Date; dueAt: Date; sample: boolean; waiting: number };

/** An order is due when its first unreceived line is, and once all have received it when it is to be done. */
const readOrders = ({ services, actor }: SourceContext, where: Sql, most: number, ended = false): Promise<WallItem[]> =>
  services.database.tx({ module: 'ops', actor, readOnly: true }, async (db) => {
    const rows = await db.rows<Row>(sql`
      select o.id, o.title, o.state, o.issued_at as at, coalesce(l.receive_due, o.due_at) as "dueAt", o.sample, l.waiting
      from ops.command_order o, lateral (
        select min(receive_due) filter (where state = 'sent') as receive_due, (count(*) filter (where state = 'sent'))::int as waiting,
          bool_or(state = 'sent' and receive_due < kernel.now()) as late,
          bool_or(coalesce(received_at, kernel.now()) > receive_due) as slow from ops.order_line where ord = o.id) l
      where (o.state = 'issued' or (${ended}::boolean and o.state = 'closed')) and o.exercise is null and ${where} order by "dueAt", o.id limit ${most}::int`);
    return rows.map(({ id, title, state, at, dueAt, sample, waiting }) => ({
      id,
      kind: 'order' as const,
      title: { zh: title, en: title },
      state: waiting > 0 ? 'sent' : state,
      level: null,
      at: at.toISOString(),
      dueAt: state === 'closed' ? null : dueAt.toISOString(),
      path: `/ops/orders/${id}`,
      lon: null,
      lat: null,
      sample,
    }));
  });

/** Vitals of command orders (指令体征): outstanding, not received in time, and how many urgent ones were received within their minutes. Exercises do not count. */
export const orderVitals: VitalSource = {
  id: 'order',
  title: { zh: '指令', en: 'Orders' },
  read: async ({ services, actor, now }) => {
    const found = await services.database.tx({ module: 'ops', actor, readOnly: true }, (db) =>
      db.one<{ open: number; late: number; judged: number; inTime: number }>(sql`
        select (select count(*)::int from ops.command_order where state = 'issued' and exercise is null) as open,
          (count(distinct l.ord) filter (where l.state = 'sent' and l.receive_due < ${now}::timestamptz and o.state = 'issued'))::int as late,
          (count(*) filter (where o.urgent and (l.received_at is not null or l.receive_due < ${now}::timestamptz)
            and l.sent_at >= ${sinceOf(now)}::timestamptz))::int as judged,
          (count(*) filter (where o.urgent and l.received_at <= l.receive_due
            and l.sent_at >= ${sinceOf(now)}::timestamptz))::int as "inTime"
        from ops.order_line l join ops.command_order o on o.id = l.ord where o.exercise is null`),
    );
    const { heard } = await services.database.tx(
      { module: 'ops', actor: systemActor({ name: 'figures' }), readOnly: true },
      (db) =>
        db.one<{ heard: Date | null }>(sql`
        select max(e.at) as heard from ops.order_entry e join ops.command_order o on o.id = e.ord where o.exercise is null`),
    );
    return {
      heard,
      vitals: [
        {
          id: 'order.late',
          title: { zh: '超时未签收的指令', en: 'Orders not received in time' },
          value: found.late,
          unit: 'count',
          about: {
            what: {
              zh: '至少有一个单位过了签收时限还没有签收的指令；演练不算。',
              en: 'Orders that at least one unit has not received within the time of receipt; exercises do not count.',
            },
            period: NOW,
            from: FROM,
          },
          act: true,
        },
        {
          id: 'order.open',
          title: { zh: '未完成的指令', en: 'Orders outstanding' },
          value: found.open,
          unit: 'count',
          about: {
            what: {
              zh: '已签发、没有办结或撤回的指令；演练不算。',
              en: 'Orders issued and neither closed nor cancelled; exercises do not count.',
            },
            period: NOW,
            from: FROM,
          },
        },
        {
          id: 'order.receipt',
          title: { zh: '紧急指令 5 分钟签收率（30 日）', en: 'Urgent orders received in 5 min (30 days)' },
          value: found.judged === 0 ? null : (100 * found.inTime) / found.judged,
          unit: 'percent',
          about: {
            what: {
              zh: '紧急指令发给各单位，一个单位算一件：在签收时限（5 分钟）内签收的，占已签收和已过时限的。',
              en: 'Urgent orders, each unit counted once: received within the time of receipt (5 minutes), of those received or over it.',
            },
            period: { zh: `近 ${RATE_DAYS} 日发出`, en: `Sent in the last ${RATE_DAYS} days` },
            from: FROM,
            of: {
              n: found.inTime,
              d: found.judged,
              names: { n: { zh: '按时签收', en: 'received in time' }, d: { zh: '应签收', en: 'to be judged' } },
            },
          },
        },
      ],
    };
  },
  queue: ({ most, ...context }) => readOrders(context, sql`true`, most),
  behind: async ({ vital, most, ...context }) => {
    if (vital === 'order.open') return readOrders(context, sql`true`, most);
    if (vital === 'order.late') return readOrders(context, sql`l.late`, most);
    // What at least one unit received too late or not at all, also where it is over by now.
    if (vital === 'order.receipt')
      return readOrders(
        context,
        sql`o.urgent and l.slow and o.issued_at >= ${sinceOf(context.now)}::timestamptz`,
        most,
        true,
      );
    return undefined;
  },
};

/** Orders as they go (指令动态). */
export const liveOrder: LiveKind = {
  name: 'order',
  types: ['issue', 'close', 'cancel', 'received', 'executing', 'feedback', 'reported', 'verified', 'returned'].map(
    (what) => `ops.order.${what}`,
  ),
  action: 'ops.order.read',
  read: async (db, subjects) => {
    const rows = await db.rows<{ id: string; no: string; zh: string; state: string; units: string[] }>(sql`
      select o.id, o.no, o.title as zh, o.state, (select array_agg(l.unit) from ops.order_line l where l.ord = o.id) as units
      from jsonb_array_elements_text(${json(subjects)}::text::jsonb) s(id) join ops.command_order o on o.id::text = s.id where o.exercise is null`);
    return new Map(rows.map(({ id, units, ...row }) => [id, { row: { ...row, en: row.zh }, units: units ?? [] }]));
  },
};
