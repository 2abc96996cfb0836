import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import {
  type Hand,
  type Line,
  lineActsFor,
  type LineState,
  type Order,
  orderActsFor,
  type OrderState,
} from './lifecycle.ts';

export const Id = Type.String({ format: 'uuid' });
export const OrderParams = Type.Object({ id: Id });
const Moment = Type.String({ format: 'date-time' });
const Maybe = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

export const LineSchema = Type.Object({
  unit: Type.String(),
  state: Type.String(),
  sentAt: Maybe(Moment),
  receiveDue: Maybe(Moment),
  receivedAt: Maybe(Moment),
  receivedName: Maybe(Type.String()),
  feedbackDue: Maybe(Moment),
  feedbacks: Type.Integer(),
  reportedAt: Maybe(Moment),
  verifiedAt: Maybe(Moment),
  step: Type.Integer(),
  late: Type.Boolean({ description: '超过签收时限 / over the time of receipt' }),
  acts: Type.Array(Type.String()),
});
export const OrderSchema = Type.Object({
  id: Type.String(),
  no: Type.String(),
  title: Type.String(),
  demand: Type.String(),
  urgent: Type.Boolean(),
  state: Type.String(),
  incident: Maybe(Type.String()),
  optionSet: Maybe(Type.String()),
  feedbackMinutes: Type.Integer(),
  dueAt: Moment,
  draftedName: Type.String(),
  draftedAt: Moment,
  issuedName: Maybe(Type.String()),
  issuedAt: Maybe(Moment),
  endedAt: Maybe(Moment),
  exercise: Type.Boolean(),
  sample: Type.Boolean(),
  lines: Type.Array(LineSchema),
  acts: Type.Array(Type.String()),
});
export const EntrySchema = Type.Object({
  at: Moment,
  what: Type.String(),
  unit: Maybe(Type.String()),
  step: Type.Union([Type.Integer(), Type.Null()]),
  byName: Type.String(),
  byUnit: Maybe(Type.String()),
  text: Maybe(Type.String()),
});

export type LineRow = {
  id: string;
  ord: string;
  unit: string;
  state: LineState;
  sentAt: Date | null;
  receiveDue: Date | null;
  receivedAt: Date | null;
  receivedBy: string | null;
  receivedName: string | null;
  feedbackDue: Date | null;
  feedbacks: number;
  reportedAt: Date | null;
  verifiedAt: Date | null;
  step: number;
};
export type OrderRow = {
  id: string;
  no: string;
  title: string;
  demand: string;
  urgent: boolean;
  state: OrderState;
  incident: string | null;
  optionSet: string | null;
  feedbackMinutes: number;
  dueAt: Date;
  draftedName: string;
  draftedAt: Date;
  issuedBy: string | null;
  issuedName: string | null;
  issuedAt: Date | null;
  endedAt: Date | null;
  exercise: string | null;
  sample: boolean;
};
export type Held = OrderRow & { lines: LineRow[] };

const COLUMNS = sql`o.id, o.no, o.title, o.demand, o.urgent, o.state, o.incident, o.option_set as "optionSet", o.feedback_minutes as "feedbackMinutes", o.due_at as "dueAt",
  o.drafted_name as "draftedName", o.drafted_at as "draftedAt", o.issued_by as "issuedBy", o.issued_name as "issuedName", o.issued_at as "issuedAt", o.ended_at as "endedAt",
  o.exercise, o.sample`;

/** Orders with the lines that the caller may see, in the order asked for. */
export async function readOrders(db: Db, rest: Sql): Promise<Held[]> {
  const orders = await db.rows<OrderRow>(sql`select ${COLUMNS} from ops.command_order o ${rest}`);
  if (orders.length === 0) return [];
  const lines = await db.rows<LineRow>(sql`
    select id, ord, unit, state, sent_at as "sentAt", receive_due as "receiveDue", received_at as "receivedAt", received_by as "receivedBy", received_name as "receivedName",
      feedback_due as "feedbackDue", feedbacks, reported_at as "reportedAt", verified_at as "verifiedAt", step
    from ops.order_line where ord = any(${orders.map(({ id }) => id)}::uuid[]) order by unit`);
  return orders.map((order) => ({ ...order, lines: lines.filter(({ ord }) => ord === order.id) }));
}

/** Holds an order until the end of the transaction: acts on it come one after another. */
export async function holdOrder(db: Db, id: string): Promise<Held | undefined> {
  // A unit may not lock the order's row for writing what it does not own; its line is locked instead.
  await db.rows(sql`select from ops.order_line where ord = ${id}::uuid order by unit for update`);
  const [held] = await readOrders(db, sql`where o.id = ${id}::uuid for update of o`);
  return held;
}

export const lifeOf = (order: Held): Order => ({
  state: order.state,
  issuedBy: order.issuedBy,
  lines: order.lines.map(lineLife),
});
export const lineLife = ({ unit, state, receivedBy }: LineRow): Line => ({ unit, state, receivedBy });

/** Which part somebody plays: the centre and the leaders command, everybody else answers for the own unit. */
export function handOf(actor: Actor): Hand {
  const centre = actor.post === 'duty-officer' || actor.post === 'district-leader';
  return { role: centre ? 'centre' : 'unit', account: actor.account, unit: actor.unit };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** An order as it is shown, with what this person may do next. */
export function viewOf(order: Held, options: { actor: Actor; now: Date }) {
  const { actor, now } = options;
  const hand = handOf(actor);
  const life = lifeOf(order);
  return {
    id: order.id,
    no: order.no,
    title: order.title,
    demand: order.demand,
    urgent: order.urgent,
    state: order.state,
    incident: order.incident,
    optionSet: order.optionSet,
    feedbackMinutes: order.feedbackMinutes,
    dueAt: order.dueAt.toISOString(),
    draftedName: order.draftedName,
    draftedAt: order.draftedAt.toISOString(),
    issuedName: order.issuedName,
    issuedAt: iso(order.issuedAt),
    endedAt: iso(order.endedAt),
    exercise: order.exercise !== null,
    sample: order.sample,
    lines: order.lines.map((line) => ({
      unit: line.unit,
      state: line.state as string,
      sentAt: iso(line.sentAt),
      receiveDue: iso(line.receiveDue),
      receivedAt: iso(line.receivedAt),
      receivedName: line.receivedName,
      feedbackDue: iso(line.feedbackDue),
      feedbacks: line.feedbacks,
      reportedAt: iso(line.reportedAt),
      verifiedAt: iso(line.verifiedAt),
      step: line.step,
      late: line.receiveDue !== null && (line.receivedAt ?? now) > line.receiveDue,
      acts: lineActsFor(life, lineLife(line), hand) as string[],
    })),
    acts: orderActsFor(life, hand) as string[],
  };
}

/** Writes an entry of the order's timeline. Entries without a line are for every unit of the order. */
export async function noteOrder(
  db: Db,
  entry: { ord: string; line?: string; what: string; step?: number; text?: string; data?: Record<string, unknown> },
): Promise<void> {
  const { ord, line, what, step, text, data } = entry;
  await db.run(sql`
    insert into ops.order_entry (id, ord, line, at, what, step, by_account, by_name, by_unit, text, data)
    values (${uuidv7()}::uuid, ${ord}::uuid, ${line ?? null}::uuid, kernel.now(), ${what}, ${step ?? null}::int, ${db.actor.account}, ${db.actor.name}, ${db.actor.unit ?? null}::text,
      ${text ?? null}::text, ${JSON.stringify(data ?? {})}::text::jsonb)`);
}

/** Business number: ZL (指令) or FH (复合事件), day, five digits. */
export async function numberFor(db: Db, prefix: 'ZL' | 'FH', now: Date): Promise<string> {
  const day = shanghaiDate(now).replaceAll('-', '');
  const { n } = await db.one<{ n: string }>(sql`select kernel.next_number(${`ops.${prefix}`}, ${day})::text as n`);
  return `${prefix}${day}${n.padStart(5, '0')}`;
}
