import { type Static, Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { isClass, progressForCaller, withdrawForCaller } from '#platform/case/caller-report.ts';
import { maskText } from '#platform/case/mask-text.ts';
import { CaseFiled, OrderState, ReturnLate } from './errors.ts';
import { fileOrder } from './file-order.ts';
import { ORDER_NO, ReturnReason } from './order.ts';
import {
  accountOf,
  contactOf,
  findOrder,
  FOLLOW_JOB,
  holdOrder,
  inHotline,
  note,
  type OrderRow,
  queueTell,
} from './order-row.ts';
import { placeOf } from './place.ts';

export const OrderParams = Type.Object({ no: Type.String({ pattern: ORDER_NO }) });
const Words = Type.String({ minLength: 4, maxLength: 1000 });
const Acted = Type.Object({ no: Type.String(), state: Type.String() });
const HANDLE = 'grid.hotline.handle';

/** The first contact with the caller (先行联系) was made, and what came of it. */
export const contactCaller = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/contact',
  summary: { zh: '登记先行联系', en: 'Record the first contact' },
  allow: HANDLE,
  params: OrderParams,
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  reply: Acted,
  errors: [NotFound, OrderState],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-to-contact' },
      body: { text: '已电话联系，来电人补充了位置' },
    },
  },
  handler: async ({ db, clock, params: { no }, body }) => {
    const order = await holdOrder(db, no);
    if (!order) throw NotFound.with();
    if (order.finishedAt || order.contactedAt || order.contactDue === null) throw OrderState.with();
    const now = clock.now();
    const text = maskText(body.text);
    await db.run(sql`update grid.hotline_order set contacted_at = ${now}::timestamptz where id = ${order.id}::uuid`);
    note(db, { order: order.id, at: now, kind: 'contact', text });
    await queueTell(db, order, { status: 'contacted', at: now });
    return { no, state: order.state };
  },
});

/** A question or praise is answered (答复): the city gets the words for the caller. */
export const answerOrder = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/answer',
  summary: { zh: '答复咨询类工单', en: 'Answer a question' },
  allow: HANDLE,
  params: OrderParams,
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  reply: Acted,
  errors: [NotFound, OrderState],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-to-answer' },
      body: { text: '可到街道社区事务受理中心办理，带身份证' },
    },
  },
  handler: async ({ db, clock, params: { no }, body }) => {
    const order = await holdOrder(db, no);
    if (!order) throw NotFound.with();
    if (order.state !== 'to-answer') throw OrderState.with();
    const now = clock.now();
    const text = maskText(body.text);
    await db.run(
      sql`update grid.hotline_order set state = 'answered', finished_at = ${now}::timestamptz where id = ${order.id}::uuid`,
    );
    note(db, { order: order.id, at: now, kind: 'answer', text });
    await queueTell(db, order, { status: 'answered', at: now, text });
    return { no, state: 'answered' };
  },
});

/** A person sets the place of an order, or makes a case of what came as a question (转案件). */
export const fileByHand = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/file',
  summary: { zh: '定位并转为案件', en: 'Set the place and file a case' },
  allow: HANDLE,
  params: OrderParams,
  body: Type.Object(
    {
      lon: Type.Number({ minimum: -180, maximum: 180, description: 'degrees, CGCS2000' }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      class: Type.Optional(Type.String({ pattern: '^[PE][0-9]{4}$' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...Acted.properties, caseNo: Type.String() }),
  errors: [NotFound, OrderState, InvalidInput],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-to-place' },
      body: { lon: 121.468, lat: 31.2185, class: 'P0102' },
    },
  },
  prepare: async ({ services, params: { no }, body }) => {
    const order = await inHotline(services, (db) => findOrder(db, no));
    if (!order) throw NotFound.with();
    if (order.state !== 'to-answer' && order.state !== 'to-place') throw OrderState.with();
    const place = await placeOf(services, body);
    const fault = (pointer: string, rule: string, zh: string, en: string) =>
      InvalidInput.with({ fields: [{ pointer, rule, message: { zh, en } }] });
    if (!place.where) throw fault('/lon', 'district', '位置不在本区', 'lies outside of the district');
    if (body.class !== undefined && !(await isClass(services, body.class)))
      throw fault('/class', 'class', '没有这个类别', 'is no class');
    const matter = { ...order, class: body.class ?? order.class ?? undefined, address: order.address ?? undefined };
    return {
      place,
      filed: await fileOrder(services, {
        order: matter,
        push: order.pushes,
        place,
        caller: plainCaller(services, order),
      }),
    };
  },
  handler: async ({ db, clock, params: { no }, prepared: { filed, place } }) => {
    const order = await holdOrder(db, no);
    if (!order) throw NotFound.with();
    if (order.state !== 'to-answer' && order.state !== 'to-place') throw OrderState.with();
    // From here on the caller is the reporter of the case.
    await db.run(sql`
      update grid.hotline_order set state = 'filed', contact = null, lon = ${place.lon}::float8, lat = ${place.lat}::float8, report = ${filed.report}::uuid, case_id = ${filed.caseId}::uuid,
        case_no = ${filed.caseNo}, case_state = ${filed.caseState}, twin = ${filed.twin}::text, told_seq = 0, evaluation = null, satisfied = null, solved = null
      where id = ${order.id}::uuid`);
    note(db, { order: order.id, at: clock.now(), kind: 'filed', text: filed.caseNo });
    await db.enqueue({ name: FOLLOW_JOB, payload: { order: order.id }, key: `${order.id}:filed:${order.pushes}` });
    return { no, state: 'filed', caseNo: filed.caseNo ?? '' };
  },
});

function plainCaller(services: Services, order: OrderRow): { name?: string; phone?: string } | null {
  if (order.contact === null) return null;
  return JSON.parse(services.keyring.open(order.contact, contactOf(order.id))) as { name?: string; phone?: string };
}

const BackBody = Type.Object({ reason: ReturnReason, text: Words }, { additionalProperties: false });

/** Refuses what may not be handed back: it is over, too late, or the case is established. */
async function mayGoBack(services: Services, order: OrderRow): Promise<void> {
  if (order.state === 'answered' || order.state === 'handed-back' || (order.finishedAt && order.state !== 'outside'))
    throw OrderState.with();
  if (services.clock.now() >= order.returnDue) throw ReturnLate.with();
  if (!order.report) return;
  const progress = await progressForCaller(services, { report: order.report, after: 0 });
  if (progress && !['reported', 'facts', 'accepted', 'cancelled'].includes(progress.state)) throw CaseFiled.with();
}

/**
 * Hands an order back to the city (退单) within the city's limit, with a coded reason: a person's decision. The report is taken back in the way of a reporter; a
 * case that others reported too goes on without it.
 */
export const handBack = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/hand-back',
  summary: { zh: '退单', en: 'Hand an order back to the city' },
  allow: HANDLE,
  params: OrderParams,
  body: BackBody,
  reply: Acted,
  errors: [NotFound, OrderState, ReturnLate, CaseFiled],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-to-return' },
      body: { reason: 'not-duty', text: '属市级单位职责，建议改派' } satisfies Static<typeof BackBody>,
    },
  },
  prepare: async ({ services, params: { no } }) => {
    const order = await inHotline(services, (db) => findOrder(db, no));
    if (!order) throw NotFound.with();
    await mayGoBack(services, order);
    if (order.report) await withdrawForCaller(services, { report: order.report, account: accountOf(no) });
  },
  handler: async ({ db, clock, params: { no }, body }) => {
    const order = await holdOrder(db, no);
    if (!order) throw NotFound.with();
    if (order.state === 'handed-back' || order.state === 'answered') throw OrderState.with();
    const now = clock.now();
    const text = maskText(body.text);
    await db.run(
      sql`update grid.hotline_order set state = 'handed-back', finished_at = ${now}::timestamptz where id = ${order.id}::uuid`,
    );
    note(db, { order: order.id, at: now, kind: 'handed-back', text: `${body.reason} ${text}` });
    await queueTell(db, order, { status: 'handed-back', at: now, reason: body.reason, text });
    return { no, state: 'handed-back' };
  },
});

/** What waits for the city is tried again now (重试): a person has talked to the city. */
export const retryCity = route({
  method: 'POST',
  path: '/api/grid/hotline/retry',
  summary: { zh: '立即重试回传', en: 'Try to tell the city again' },
  allow: HANDLE,
  repeatable: true,
  reply: Type.Object({ waiting: Type.Integer() }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock, services }) => {
    const waiting = await db.run(
      sql`update grid.hotline_push set next_at = ${clock.now()}::timestamptz where sent_at is null and dropped_at is null and aside_at is null`,
    );
    await db.run(
      sql`update grid.hotline_attachment set next_at = ${clock.now()}::timestamptz, tries = greatest(tries, 1) where state = 'waiting'`,
    );
    services.wake();
    return { waiting };
  },
});
