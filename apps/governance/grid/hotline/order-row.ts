import { createHash } from 'node:crypto';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { maskName, maskPhone } from '#platform/kernel/mask.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Kind, OrderState, PushedOrder } from './order.ts';

/** An order (工单) as stored. */
export type OrderRow = {
  id: string;
  no: string;
  system: string;
  kind: Kind;
  title: string;
  content: string;
  category: string | null;
  class: string | null;
  address: string | null;
  lon: number | null;
  lat: number | null;
  confidential: boolean;
  contact: string | null;
  callerName: string | null;
  callerPhone: string | null;
  state: OrderState;
  digest: string;
  pushes: number;
  receivedAt: Date;
  contactDue: Date | null;
  finishDue: Date;
  returnDue: Date;
  contactedAt: Date | null;
  finishedAt: Date | null;
  report: string | null;
  caseId: string | null;
  caseNo: string | null;
  caseState: string | null;
  twin: string | null;
  receipt: string | null;
  toldSeq: number;
  lastTold: string | null;
  satisfied: boolean | null;
  solved: boolean | null;
  evaluatedAt: Date | null;
  evaluation: string | null;
  /** When the centre settled an unsatisfied call-back. */
  settledAt: Date | null;
  /** The unit asks for more time, or the city has been asked for it. */
  extension: 'asked' | 'sent' | null;
  sample: boolean;
};

export const ORDER_COLUMNS = sql`o.id, o.no, o.system, o.kind, o.title, o.content, o.category, o.class, o.address, o.lon, o.lat, o.confidential, o.contact, o.caller_name as "callerName",
  o.caller_phone as "callerPhone", o.state, o.digest, o.pushes, o.received_at as "receivedAt", o.contact_due as "contactDue", o.finish_due as "finishDue", o.return_due as "returnDue",
  o.contacted_at as "contactedAt", o.finished_at as "finishedAt", o.report, o.case_id as "caseId", o.case_no as "caseNo", o.case_state as "caseState", o.twin, o.receipt,
  o.told_seq::int as "toldSeq", o.last_told as "lastTold", o.satisfied, o.solved, o.evaluated_at as "evaluatedAt", o.evaluation, o.settled_at as "settledAt", o.extension, o.sample`;

/** In whose name the room acts. */
export const HOTLINE = { ...systemActor({ name: 'hotline' }), name: '12345 热线' };
/** A transaction of the grid in the name of the hotline. */
export const inHotline = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'grid', actor: HOTLINE }, work);

export const findOrder = (db: Db, no: string): Promise<OrderRow | undefined> =>
  db.first<OrderRow>(sql`select ${ORDER_COLUMNS} from grid.hotline_order o where o.no = ${no}`);
/** Held until the transaction ends. */
export const holdOrder = (db: Db, no: string): Promise<OrderRow | undefined> =>
  db.first<OrderRow>(sql`select ${ORDER_COLUMNS} from grid.hotline_order o where o.no = ${no} for update`);

export const contactOf = (id: string): string => `hotline:contact:${id}`;
/** Account under which the report of an order stands: it says nothing of the caller. */
export const accountOf = (no: string): string => `hotline:${no}`;

/** The sender's id of a report, the same for every try to file the same push. */
export function clientIdOf(no: string, push: number): string {
  const hex = createHash('sha256').update(`hotline:${no}:${push}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Digest by which a push that comes again unchanged is known: of its members in the order of their names. */
export function digestOf(order: PushedOrder): string {
  const sorted = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;
  return createHash('sm3')
    .update(JSON.stringify(sorted(order)))
    .digest('hex');
}

/** What is kept of a caller: sealed in full, masked for lists; nothing where they want to stay unnamed (保密). */
export function callerOf(
  services: Services,
  of: { id: string; order: Pick<PushedOrder, 'caller' | 'confidential'> },
): {
  contact: string | null;
  name: string | null;
  phone: string | null;
  plain: NonNullable<PushedOrder['caller']> | null;
} {
  const { caller, confidential } = of.order;
  if (confidential || !caller || (caller.name === undefined && caller.phone === undefined))
    return { contact: null, name: null, phone: null, plain: null };
  return {
    contact: services.keyring.seal(JSON.stringify(caller), contactOf(of.id)),
    name: caller.name === undefined ? null : maskName(caller.name),
    phone: caller.phone === undefined ? null : maskPhone(caller.phone),
    plain: caller,
  };
}

/** Writes down what happened to an order. */
export function note(db: Db, of: { order: string; at: Date; kind: string; text?: string | null }): void {
  db.last(sql`
    insert into grid.hotline_note (hotline_order, at, kind, text, by_account, by_name)
    values (${of.order}::uuid, ${of.at}::timestamptz, ${of.kind}, ${of.text ?? null}::text, ${db.actor.account}, ${db.actor.name})`);
}

export const SEND_JOB = 'hotline-send';
/** Looks what has happened to the case of an order. */
export const FOLLOW_JOB = 'hotline-follow';

/** What the city is told (回传): a status with words, nothing of a person. */
export type Tell = {
  status: string;
  at: Date;
  text?: string | null;
  unit?: string | null;
  reason?: string;
  /** Until when more time is asked for. */
  until?: Date;
  /** The file of the order that this is about. */
  attachment?: { id: string; name: string; code: string };
};

/**
 * Queues what the city is to be told of an order, behind what waits already, and gives its number; the order is held by the caller. It is sent after the commit, or whenever the
 * city answers again.
 */
export async function queueTell(
  db: Db,
  order: Pick<OrderRow, 'id' | 'no' | 'caseNo' | 'receipt'>,
  tell: Tell,
): Promise<number> {
  const { seq } = await db.one<{ seq: number }>(
    sql`select coalesce(max(seq), 0)::int + 1 as seq from grid.hotline_push where hotline_order = ${order.id}::uuid`,
  );
  const { status, at, text, unit, reason, until, attachment } = tell;
  const body = {
    key: `${order.no}:${seq}`,
    no: order.no,
    seq,
    status,
    at: at.toISOString(),
    ...(order.caseNo && { caseNo: order.caseNo }),
    ...(order.receipt && { receipt: order.receipt }),
    ...(unit && { unit }),
    ...(reason && { reason }),
    ...(text && { text }),
    ...(until && { until: until.toISOString() }),
    ...(attachment && { attachment }),
  };
  await db.run(sql`
    insert into grid.hotline_push (id, hotline_order, seq, status, body, at, next_at)
    values (${uuidv7()}::uuid, ${order.id}::uuid, ${seq}::int, ${status}, ${json(body)}::text::jsonb, ${at}::timestamptz, ${at}::timestamptz)`);
  await db.run(sql`update grid.hotline_order set last_told = ${status} where id = ${order.id}::uuid`);
  await db.enqueue({ name: SEND_JOB, payload: { order: order.id }, key: order.id });
  return seq;
}
