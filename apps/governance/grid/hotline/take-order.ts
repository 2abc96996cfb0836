import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { isClass, supplementForCaller } from '#platform/case/caller-report.ts';
import { maskText } from '#platform/case/mask-text.ts';
import type { TakeService } from '#platform/exchange/gateway/take-service.ts';
import { keepAttachments } from './attachments.ts';
import { type Filed, fileOrder, keepOrderOutside, NOT_FILED } from './file-order.ts';
import { limitsFor } from './limits.ts';
import { faultsOf, type OrderState, PushedOrder, routeOf, supplementOf } from './order.ts';
import {
  accountOf,
  callerOf,
  digestOf,
  findOrder,
  FOLLOW_JOB,
  holdOrder,
  inHotline,
  note,
  type OrderRow,
  queueTell,
} from './order-row.ts';
import { placeOf } from './place.ts';

/**
 * Takes a work order that the city's hotline pushes (工单接入), signed, by the gateway. Known by its number: unchanged it gets the same answer, changed it
 * adds a supplement, and an order that was handed back or lacked a place is looked at anew.
 */
export const takeOrder: TakeService = {
  id: 'take.hotline-order',
  title: { zh: '接收市热线工单', en: 'Take orders of the city’s hotline' },
  body: PushedOrder,
  fields: {
    content: {
      title: { zh: '诉求内容', en: 'What the caller said' },
      mark: { resource: 'grid.hotline-order', field: 'content', level: 'L2' },
    },
    caller: {
      title: { zh: '来电人', en: 'Who called' },
      mark: { resource: 'incident.report', field: 'person', level: 'L3' },
    },
    attachments: {
      title: { zh: '附件', en: 'Files' },
      mark: { resource: 'document.file', field: 'name', level: 'L3' },
    },
  },
  take: async ({ services, system, body }) => ({
    value: await keepOrder(services, { system, order: body as PushedOrder }),
    rows: 1,
  }),
};

/** What the city gets back for a push. */
type Receipt = {
  no: string;
  result: 'taken' | 'known' | 'supplemented';
  state: OrderState;
  caseNo: string | null;
  receipt: string | null;
  similar: string | null;
  contactBy: string | null;
  finishBy: string;
};

async function keepOrder(services: Services, of: { system: string; order: PushedOrder }): Promise<Receipt> {
  const { order } = of;
  const faults = faultsOf(order, services.clock.now());
  if (order.class !== undefined && !(await isClass(services, order.class)))
    faults.push({ pointer: '/class', rule: 'class', message: { zh: '没有这个类别', en: 'is no class' } });
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
  const before = await inHotline(services, (db) => findOrder(db, order.no));
  if (!before) return receiptOf(await first(services, of), 'taken');
  if (before.digest === digestOf(order)) return receiptOf(before, 'known');
  return receiptOf(await again(services, { before, order }), 'supplemented');
}

const receiptOf = (row: OrderRow, result: Receipt['result']): Receipt => ({
  no: row.no,
  result,
  state: row.state,
  caseNo: row.caseNo,
  receipt: row.receipt,
  similar: row.twin,
  contactBy: row.contactDue?.toISOString() ?? null,
  finishBy: row.finishDue.toISOString(),
});

/** Where it goes, and what it becomes there; the report has its own transaction and is the same however often it is asked for. */
async function routed(
  services: Services,
  of: { order: PushedOrder; push: number; caller: NonNullable<PushedOrder['caller']> | null },
): Promise<{ state: OrderState; filed: Filed; lon: number | null; lat: number | null }> {
  const { order, push, caller } = of;
  const place = await placeOf(services, order);
  const state = routeOf(order, place.placed);
  const { lon, lat } = place;
  if (state === 'filed') return { state, filed: await fileOrder(services, { order, push, place, caller }), lon, lat };
  if (state === 'outside') return { state, filed: await keepOrderOutside(services, { order, push, place }), lon, lat };
  return { state, filed: NOT_FILED, lon, lat };
}

async function first(services: Services, of: { system: string; order: PushedOrder }): Promise<OrderRow> {
  const { system, order } = of;
  const now = services.clock.now();
  const id = uuidv7();
  const caller = callerOf(services, { id, order });
  const { state, filed, lon, lat } = await routed(services, { order, push: 0, caller: caller.plain });
  return inHotline(services, async (db) => {
    const limits = await limitsFor(db, order);
    const made = await db.run(sql`
      insert into grid.hotline_order (id, no, system, kind, title, content, category, class, address, lon, lat, confidential, contact, caller_name, caller_phone, state, digest,
        received_at, contact_due, finish_due, return_due, report, case_id, case_no, case_state, twin, receipt, sample)
      values (${id}::uuid, ${order.no}, ${system}, ${order.kind}, ${maskText(order.title)}, ${maskText(order.content)}, ${order.category ?? null}::text, ${order.class ?? null}::text,
        ${order.address ?? null}::text, ${lon}::float8, ${lat}::float8, ${order.confidential}::boolean, ${filed.report ? null : caller.contact}::text, ${caller.name}::text, ${caller.phone}::text,
        ${state}, ${digestOf(order)}, ${new Date(order.receivedAt)}::timestamptz, ${limits.contactDue}::timestamptz, ${limits.finishDue}::timestamptz, ${limits.returnDue}::timestamptz,
        ${filed.report}::uuid, ${filed.caseId}::uuid, ${filed.caseNo}::text, ${filed.caseState}::text, ${filed.twin}::text, ${filed.receipt}::text, ${services.config.sample}::boolean)
      on conflict (no) do nothing`);
    const row = await heldRow(db, order.no);
    // The same push twice at once: the first one counts.
    if (made === 0) return row;
    note(db, { order: id, at: now, kind: 'taken' });
    await keepAttachments(db, { order: id, at: now, attachments: order.attachments });
    await db.emit({ type: 'grid.hotline.taken', subject: id, data: { state } });
    return told(db, row, now);
  });
}

/** What a changed push does to an order that is here already; more time that the city has granted stays. */
async function again(services: Services, of: { before: OrderRow; order: PushedOrder }): Promise<OrderRow> {
  const { before, order } = of;
  const now = services.clock.now();
  const masked = { ...order, title: maskText(order.title), content: maskText(order.content) };
  const supplement = supplementOf(before, masked);
  const caller = callerOf(services, { id: before.id, order });
  const anew = before.state === 'to-place' || before.state === 'handed-back';
  const next = anew ? await routed(services, { order, push: before.pushes, caller: caller.plain }) : undefined;
  if (!next && before.report)
    await supplementForCaller(services, {
      report: before.report,
      account: accountOf(order.no),
      text: supplement,
      contact: order.confidential ? null : (caller.plain ?? undefined),
    });
  return inHotline(services, async (db) => {
    const held = await heldRow(db, order.no);
    if (held.pushes !== before.pushes) return held;
    const limits = await limitsFor(db, order);
    const filed = next?.filed ?? before;
    const contact = filed.report ? null : order.confidential ? null : (caller.contact ?? before.contact);
    const name = order.confidential ? null : (caller.name ?? before.callerName);
    const phone = order.confidential ? null : (caller.phone ?? before.callerPhone);
    await db.run(sql`
      update grid.hotline_order set kind = ${order.kind}, title = ${masked.title}, content = ${masked.content}, category = ${order.category ?? before.category}::text, class = ${order.class ?? before.class}::text,
        address = ${order.address ?? before.address}::text, lon = ${next?.lon ?? before.lon}::float8, lat = ${next?.lat ?? before.lat}::float8, confidential = ${order.confidential}::boolean,
        contact = ${contact}::text, caller_name = ${name}::text, caller_phone = ${phone}::text, state = ${next?.state ?? before.state}, digest = ${digestOf(order)}, pushes = pushes + 1,
        contact_due = ${limits.contactDue}::timestamptz, finish_due = greatest(${limits.finishDue}::timestamptz, (select max(e.due_after) from grid.hotline_extension e where e.hotline_order = ${before.id}::uuid)), return_due = ${limits.returnDue}::timestamptz,
        finished_at = case when ${next !== undefined}::boolean then null else finished_at end, report = ${filed.report}::uuid, case_id = ${filed.caseId}::uuid,
        case_no = ${filed.caseNo}::text, case_state = ${filed.caseState}::text, twin = ${filed.twin}::text, receipt = ${filed.receipt}::text
      where id = ${before.id}::uuid`);
    note(db, { order: before.id, at: now, kind: 'supplement', text: supplement ?? null });
    await keepAttachments(db, { order: before.id, at: now, attachments: order.attachments });
    await db.emit({ type: 'grid.hotline.supplemented', subject: before.id, data: {} });
    return next ? told(db, await heldRow(db, order.no), now) : heldRow(db, order.no);
  });
}

/** A matter of the neighbour's is finished here by its receipt; a case may have moved before its order was there to follow it. */
async function told(db: Db, row: OrderRow, now: Date): Promise<OrderRow> {
  if (row.report) await db.enqueue({ name: FOLLOW_JOB, payload: { order: row.id }, key: `${row.id}:${row.pushes}` });
  if (row.state !== 'outside') return row;
  await queueTell(db, row, { status: 'outside', at: now });
  await db.run(sql`update grid.hotline_order set finished_at = ${now}::timestamptz where id = ${row.id}::uuid`);
  return row;
}

async function heldRow(db: Db, no: string): Promise<OrderRow> {
  const row = await holdOrder(db, no);
  if (!row) throw new Error(`no order ${no}`);
  return row;
}
