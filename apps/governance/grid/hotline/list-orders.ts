import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { extensionAsked } from '#platform/case/caller-extension.ts';
import { incidentReport } from '#platform/case/resources.ts';
import { attachmentsOf } from './attachments.ts';
import { ExtensionView, extensionsOf } from './extension.ts';
import { contactOf, findOrder, inHotline, ORDER_COLUMNS, type OrderRow } from './order-row.ts';
import { OrderParams } from './order-acts.ts';
import { AsideView, listAside } from './put-aside.ts';
import { hotlineOrder } from './resources.ts';

const Moment = Type.String({ format: 'date-time' });
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });

const OrderView = Type.Object({
  ...itemOf(hotlineOrder, [
    'id',
    'no',
    'kind',
    'title',
    'category',
    'address',
    'confidential',
    'callerName',
    'callerPhone',
    'state',
    'receivedAt',
    'contactDue',
    'finishDue',
    'returnDue',
    'contactedAt',
    'finishedAt',
    'caseNo',
    'caseState',
    'twin',
    'receipt',
    'lastTold',
    'satisfied',
    'solved',
  ]).properties,
  /** What the city's clock wants next, and until when; null once it is finished. */
  dueAt: MaybeMoment,
  next: Type.Union([
    Type.Literal('contact'),
    Type.Literal('finish'),
    Type.Literal('extend'),
    Type.Literal('decide'),
    Type.Null(),
  ]),
  late: Type.Boolean(),
  /** What the city has confirmed last, and how much waits. */
  confirmed: MaybeText,
  waiting: Type.Integer(),
  mayReturn: Type.Boolean(),
  /** More time: asked for by the unit, or of the city. */
  extension: Type.Union([Type.Literal('asked'), Type.Literal('sent'), Type.Null()]),
  sample: Type.Boolean(),
});
type OrderView = Static<typeof OrderView>;
type Seen = OrderRow & { confirmed: string | null; waiting: number };

const SEEN = sql`${ORDER_COLUMNS}, (select p.status from grid.hotline_push p where p.hotline_order = o.id and p.sent_at is not null
    and p.status not in ('attachment-refused', 'extension-asked', 'extension-withdrawn') order by p.seq desc limit 1) as confirmed,
  (select count(*)::int from grid.hotline_push p where p.hotline_order = o.id and p.sent_at is null and p.dropped_at is null) as waiting`;
/** The next limit of the city. */
const DUE = sql`case when o.finished_at is not null then null when o.contacted_at is null and o.contact_due is not null then least(o.contact_due, o.finish_due) else o.finish_due end`;

/** Finished, but the caller is not satisfied and the centre has not settled it. */
const TO_DECIDE = sql`(o.finished_at is not null and o.settled_at is null and o.case_no is not null and not (coalesce(o.solved, true) and coalesce(o.satisfied, true)))`;
/** The unit asks for more time, and the centre has not decided. */
const ASKS = sql`(o.finished_at is null and o.extension is not distinct from 'asked')`;
const OPEN = sql`(o.finished_at is null or ${TO_DECIDE})`;

/** States of a case from which its report can still be taken back. */
const YOUNG: readonly (string | null)[] = [null, 'reported', 'facts', 'accepted'];

function viewOf(row: Seen, now: Date): OrderView {
  const open = row.finishedAt === null;
  const unsettled = row.settledAt === null && row.caseNo !== null;
  const decide = !open && unsettled && (row.solved === false || row.satisfied === false);
  const contact = open && row.contactedAt === null && row.contactDue !== null && row.contactDue <= row.finishDue;
  const due = !open ? null : contact ? row.contactDue : row.finishDue;
  const returnable = open ? YOUNG.includes(row.caseState) : row.state === 'outside';
  const { id, no, kind, title, category, address, confidential, callerName, callerPhone, state, caseNo, caseState } =
    row;
  const { twin, receipt, lastTold, satisfied, solved, confirmed, waiting, sample } = row;
  return {
    id,
    no,
    kind,
    title,
    category,
    address,
    confidential,
    callerName,
    callerPhone,
    state,
    caseNo,
    caseState,
    twin,
    receipt,
    lastTold,
    satisfied,
    solved,
    confirmed,
    waiting,
    sample,
    receivedAt: row.receivedAt.toISOString(),
    contactDue: row.contactDue?.toISOString() ?? null,
    finishDue: row.finishDue.toISOString(),
    returnDue: row.returnDue.toISOString(),
    contactedAt: row.contactedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    dueAt: due?.toISOString() ?? null,
    next: decide ? 'decide' : !open ? null : row.extension === 'asked' ? 'extend' : contact ? 'contact' : 'finish',
    late: due !== null && due < now,
    mayReturn: returnable && now < row.returnDue,
    extension: open ? row.extension : null,
  };
}

const Health = Type.Object({
  lastTaken: MaybeMoment,
  lastSent: MaybeMoment,
  waiting: Type.Integer(),
  /** The oldest that waits. */
  since: MaybeMoment,
  failing: Type.Integer(),
  error: Type.Union([Words, Type.Null()]),
  nextTry: MaybeMoment,
});

/** How the adapter is (接口状态): what came last, what the city confirmed last, what waits and why. */
async function healthOf(db: Db): Promise<Static<typeof Health>> {
  const row = await db.one<{
    lastTaken: Date | null;
    lastSent: Date | null;
    waiting: number;
    since: Date | null;
    failing: number;
    error: { zh: string; en: string } | null;
    nextTry: Date | null;
  }>(sql`
    select (select max(at) from grid.hotline_note where kind in ('taken', 'supplement')) as "lastTaken", (select max(sent_at) from grid.hotline_push) as "lastSent",
      count(*)::int as waiting, min(at) as since, (count(*) filter (where last_error is not null))::int as failing,
      (select e.last_error from grid.hotline_push e where e.sent_at is null and e.dropped_at is null and e.aside_at is null and e.last_error is not null order by e.next_at desc limit 1) as error,
      min(next_at) filter (where last_error is not null) as "nextTry"
    from grid.hotline_push where sent_at is null and dropped_at is null and aside_at is null`);
  return {
    ...row,
    lastTaken: row.lastTaken?.toISOString() ?? null,
    lastSent: row.lastSent?.toISOString() ?? null,
    since: row.since?.toISOString() ?? null,
    nextTry: row.nextTry?.toISOString() ?? null,
  };
}

/** Orders of the hotline (市热线工单) by the city's clock, those that are finished last, with how the adapter is. */
export const listOrders = route({
  method: 'GET',
  path: '/api/grid/hotline/orders',
  summary: { zh: '市热线工单', en: 'Orders of the city’s hotline' },
  allow: 'grid.hotline.read',
  query: Type.Object(
    {
      show: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('finished'), Type.Literal('all')])),
      /** Orders that stand in this case, finished or not. */
      case: Type.Optional(Type.String({ pattern: '^AJ[0-9]{14}$' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    orders: Type.Array(OrderView),
    counts: Type.Object({ open: Type.Integer(), late: Type.Integer(), finished: Type.Integer() }),
    health: Health,
    aside: Type.Array(AsideView),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const show = query.case === undefined ? (query.show ?? 'open') : 'all';
    const rows = await db.rows<Seen>(sql`
      select ${SEEN} from grid.hotline_order o
      where (${show} = 'all' or ${OPEN} = (${show} = 'open')) and (${query.case ?? null}::text is null or o.case_no = ${query.case ?? null}::text) order by (${TO_DECIDE} or ${ASKS}) desc, ${DUE} nulls last, o.finished_at desc nulls first, o.id limit 300`);
    const counts = await db.one<{ open: number; late: number; finished: number }>(sql`
      select (count(*) filter (where ${OPEN}))::int as open, (count(*) filter (where ${DUE} < ${now}::timestamptz))::int as late,
        (count(*) filter (where not ${OPEN}))::int as finished from grid.hotline_order o`);
    return {
      orders: rows.map((row) => viewOf(row, now)),
      counts,
      health: await healthOf(db),
      aside: await listAside(db),
    };
  },
});

/** One order with what happened to it and what the city was told. */
export const showOrder = route({
  method: 'GET',
  path: '/api/grid/hotline/orders/:no',
  summary: { zh: '一张市热线工单', en: 'One order of the hotline' },
  allow: 'grid.hotline.read',
  params: OrderParams,
  reply: Type.Object({
    ...OrderView.properties,
    ...itemOf(hotlineOrder, ['content']).properties,
    /** Whether the caller's contact lies with the order; with a case it lies there. */
    reachable: Type.Boolean(),
    notes: Type.Array(Type.Object({ at: Moment, kind: Type.String(), text: MaybeText, byName: Type.String() })),
    told: Type.Array(
      Type.Object({
        seq: Type.Integer(),
        status: Type.String(),
        at: Moment,
        text: MaybeText,
        sentAt: MaybeMoment,
        asideAt: MaybeMoment,
        /** Why a person dropped it. */
        dropped: MaybeText,
        tries: Type.Integer(),
        error: Type.Union([Words, Type.Null()]),
      }),
    ),
    extensions: Type.Array(ExtensionView),
    attachments: Type.Array(
      Type.Object({
        name: Type.String(),
        kind: Type.String(),
        state: Type.String(),
        file: MaybeText,
        mediaType: MaybeText,
        code: MaybeText,
        error: Type.Union([Words, Type.Null()]),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { no: 'fixture:hotline-order' } } },
  prepare: async ({ services, params: { no } }) => {
    const order = await inHotline(services, (db) => findOrder(db, no));
    return order?.extension && order.report ? extensionAsked(services, { report: order.report }) : undefined;
  },
  handler: async ({ db, actor, clock, params: { no }, prepared: asked }) => {
    const row = await db.first<Seen>(sql`select ${SEEN} from grid.hotline_order o where o.no = ${no}`);
    if (!row) throw NotFound.with();
    const notes = await db.rows<{ at: Date; kind: string; text: string | null; byName: string }>(sql`
      select at, kind, text, by_name as "byName" from grid.hotline_note where hotline_order = ${row.id}::uuid order by seq limit 200`);
    const told = await db.rows<{
      seq: number;
      status: string;
      at: Date;
      text: string | null;
      sentAt: Date | null;
      asideAt: Date | null;
      dropped: string | null;
      tries: number;
      error: { zh: string; en: string } | null;
    }>(sql`
      select seq, status, at, body ->> 'text' as text, sent_at as "sentAt", aside_at as "asideAt", drop_reason as dropped, tries, last_error as error from grid.hotline_push where hotline_order = ${row.id}::uuid order by seq limit 200`);
    return {
      ...viewOf(row, clock.now()),
      content: row.content,
      reachable: row.contact !== null,
      notes: notes.map((each) => ({ ...each, at: each.at.toISOString() })),
      told: told.map((each) => ({
        ...each,
        at: each.at.toISOString(),
        sentAt: each.sentAt?.toISOString() ?? null,
        asideAt: each.asideAt?.toISOString() ?? null,
      })),
      extensions: await extensionsOf(db, { order: row, asked, account: actor.account }),
      attachments: await attachmentsOf(db, row.id),
    };
  },
});

/** How the caller of an order without a case is reached (来电人联系方式), with a purpose and on record; with a case it is the reporter's. */
export const showCaller = route({
  method: 'GET',
  path: '/api/grid/hotline/orders/:no/caller',
  summary: { zh: '来电人联系方式', en: 'How the caller is reached' },
  allow: 'grid.hotline.handle',
  params: OrderParams,
  reply: Type.Object({
    no: Type.String(),
    /** Callers are tied to no person of the population register. */
    ...itemOf(incidentReport, ['person']).properties,
    name: MaybeText,
    phone: MaybeText,
  }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { no: 'fixture:hotline-to-answer' }, purpose: 'contact-reporter' } },
  handler: async ({ db, services, params: { no } }) => {
    const order = await findOrder(db, no);
    if (!order) throw NotFound.with();
    const { id, contact } = order;
    const known =
      contact === null
        ? null
        : (JSON.parse(services.keyring.open(contact, contactOf(id))) as { name?: string; phone?: string });
    return { no, person: null, name: known?.name ?? null, phone: known?.phone ?? null };
  },
});
