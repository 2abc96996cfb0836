import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { decideExtension } from '#platform/case/caller-extension.ts';
import { maskText } from '#platform/case/mask-text.ts';
import { NotAside } from './errors.ts';
import { ORDER_NO } from './order.ts';
import { accountOf, findOrder, holdOrder, inHotline, note, SEND_JOB } from './order-row.ts';

const Moment = Type.String({ format: 'date-time' });
const Words = Type.String({ minLength: 4, maxLength: 1000 });
const MessageParams = Type.Object({
  no: Type.String({ pattern: ORDER_NO }),
  seq: Type.String({ pattern: '^[1-9][0-9]{0,5}$' }),
});
const Acted = Type.Object({ no: Type.String(), seq: Type.Integer() });
const HANDLE = 'grid.hotline.handle';

/** A message that the city refused again and again (搁置的回传): it waits for a person. */
export const AsideView = Type.Object({
  no: Type.String(),
  title: Type.String(),
  seq: Type.Integer(),
  status: Type.String(),
  text: Type.Union([Type.String(), Type.Null()]),
  at: Moment,
  asideAt: Moment,
  tries: Type.Integer(),
  error: Type.Union([Type.Object({ zh: Type.String(), en: Type.String() }), Type.Null()]),
  /** Later messages of the same order that wait behind it. */
  behind: Type.Integer(),
});

/** What was put aside, the oldest first. */
export async function listAside(db: Db) {
  const rows = await db.rows<{
    no: string;
    title: string;
    seq: number;
    status: string;
    text: string | null;
    at: Date;
    asideAt: Date;
    tries: number;
    error: { zh: string; en: string } | null;
    behind: number;
  }>(sql`
    select o.no, o.title, p.seq, p.status, p.body ->> 'text' as text, p.at, p.aside_at as "asideAt", p.tries, p.last_error as error,
      (select count(*)::int from grid.hotline_push b where b.hotline_order = p.hotline_order and b.seq > p.seq and b.sent_at is null and b.dropped_at is null) as behind
    from grid.hotline_push p join grid.hotline_order o on o.id = p.hotline_order
    where p.aside_at is not null and p.sent_at is null and p.dropped_at is null order by p.aside_at, o.no limit 100`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), asideAt: row.asideAt.toISOString() }));
}

type Aside = { id: string; order: string; status: string; body: Record<string, unknown> };

/** The message that was put aside, held with its order. */
async function holdAside(db: Db, of: { no: string; seq: number }): Promise<Aside> {
  const order = await holdOrder(db, of.no);
  const found =
    order &&
    (await db.first<Aside & { aside: boolean }>(sql`
      select id, hotline_order as "order", status, body, aside_at is not null and sent_at is null and dropped_at is null as aside from grid.hotline_push
      where hotline_order = ${order.id}::uuid and seq = ${of.seq}::int`));
  if (!found) throw NotFound.with();
  if (!found.aside) throw NotAside.with();
  return found;
}

/** A person puts the words of a message right and has it sent again (更正重发), under the same number and key: the city never took it. */
export const correctMessage = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/messages/:seq/correct',
  summary: { zh: '更正并重发搁置的回传', en: 'Put a message right and send it again' },
  allow: HANDLE,
  params: MessageParams,
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  reply: Acted,
  errors: [NotFound, NotAside],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-aside', seq: '1' },
      body: { text: '路灯已修复，现场照片已上传' },
    },
  },
  handler: async ({ db, clock, params, body }) => {
    const seq = Number(params.seq);
    const message = await holdAside(db, { no: params.no, seq });
    const now = clock.now();
    const text = maskText(body.text);
    await db.run(sql`
      update grid.hotline_push set body = ${json({ ...message.body, text })}::text::jsonb, aside_at = null, refusals = 0, next_at = ${now}::timestamptz where id = ${message.id}::uuid`);
    note(db, { order: message.order, at: now, kind: 'message-corrected', text: `${seq} · ${text}` });
    await db.enqueue({ name: SEND_JOB, payload: { order: message.order }, key: message.order });
    return { no: params.no, seq };
  },
});

/** A person drops a message with a reason (不再回传): the city learns with the next one that this number never comes. */
export const dropMessage = route({
  method: 'POST',
  path: '/api/grid/hotline/orders/:no/messages/:seq/drop',
  summary: { zh: '不再回传搁置的消息', en: 'Drop a message that was put aside' },
  allow: HANDLE,
  params: MessageParams,
  body: Type.Object({ reason: Words }, { additionalProperties: false }),
  reply: Acted,
  errors: [NotFound, NotAside],
  examples: {
    own: {
      as: 'duty-officer',
      params: { no: 'fixture:hotline-dropped', seq: '1' },
      body: { reason: '已与市热线电话核对，该状态无须回传' },
    },
  },
  prepare: ({ services, actor, params }) =>
    closeUnsentExtension(services, { no: params.no, seq: Number(params.seq), account: actor.account }),
  handler: async ({ db, clock, params, body }) => {
    const seq = Number(params.seq);
    const message = await holdAside(db, { no: params.no, seq });
    const now = clock.now();
    const reason = maskText(body.reason);
    await db.run(
      sql`update grid.hotline_push set dropped_at = ${now}::timestamptz, drop_reason = ${reason} where id = ${message.id}::uuid`,
    );
    await db.run(sql`
      update grid.hotline_extension set state = 'denied', answer_words = ${reason}, answered_at = ${now}::timestamptz
      where hotline_order = ${message.order}::uuid and state = 'sent' and seq = ${seq}::int`);
    if (message.status === 'extension-asked')
      await db.run(sql`update grid.hotline_order set extension = null where id = ${message.order}::uuid`);
    note(db, { order: message.order, at: now, kind: 'message-dropped', text: `${seq} · ${reason}` });
    await db.enqueue({ name: SEND_JOB, payload: { order: message.order }, key: message.order });
    return { no: params.no, seq };
  },
});

/** More time that the city will never be asked for is denied in the case, so that the unit knows. */
async function closeUnsentExtension(services: Services, of: { no: string; seq: number; account: string }) {
  const order = await inHotline(services, (db) => findOrder(db, of.no));
  if (!order?.report) return;
  const asks = await inHotline(services, (db) =>
    db.first(sql`
      select 1 as asks from grid.hotline_push where hotline_order = ${order.id}::uuid and seq = ${of.seq}::int and status = 'extension-asked' and aside_at is not null
        and sent_at is null and dropped_at is null`),
  );
  if (asks)
    await decideExtension(services, {
      report: order.report,
      account: accountOf(of.no),
      granted: false,
      text: '市热线未受理延期申请，原时限不变',
    });
}
