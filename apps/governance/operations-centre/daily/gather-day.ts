import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type CaseDay, caseDay } from '#platform/case/case-day.ts';
import { type AlertDay, alertDay } from '#platform/signal/alert/alert-day.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
/** What a report of a day says (日报内容); rates come with what they are made of. */
export const FactsSchema = Type.Object({
  vitals: Type.Array(Type.Object({ vital: Type.String(), value: Type.Number(), at: Moment })),
  cases: Type.Object({
    reported: Type.Integer(),
    closed: Type.Integer(),
    timed: Type.Integer(),
    onTime: Type.Integer(),
    sample: Type.Integer(),
    classes: Type.Array(Type.Object({ class: Type.String(), name: Words, n: Type.Integer() })),
  }),
  alerts: Type.Object({
    levels: Type.Array(Type.Integer()),
    acknowledged: Type.Integer(),
    minutes: Type.Number(),
    unseen: Type.Integer(),
  }),
  incidents: Type.Array(
    Type.Object({
      id: Type.String(),
      no: Type.String(),
      title: Words,
      level: Type.Integer(),
      state: Type.String(),
      members: Type.Integer(),
      hypothesis: MaybeText,
      sample: Type.Boolean(),
    }),
  ),
  orders: Type.Object({
    issued: Type.Integer(),
    urgent: Type.Integer(),
    received: Type.Integer(),
    closed: Type.Integer(),
    open: Type.Integer(),
  }),
  shifts: Type.Array(
    Type.Object({
      fromAt: Moment,
      toAt: Moment,
      leaderName: Type.String(),
      takenName: MaybeText,
      givenAt: Type.Union([Moment, Type.Null()]),
      sample: Type.Boolean(),
    }),
  ),
  notes: Type.Array(Type.Object({ at: Moment, byName: Type.String(), text: Type.String() })),
  items: Type.Array(Type.Object({ text: Type.String(), madeAt: Moment, doneAt: Type.Union([Moment, Type.Null()]) })),
});
export type Facts = Static<typeof FactsSchema>;
export type Brought = { cases: CaseDay; alerts: AlertDay };

/** A day of Shanghai as a span; its end is not within it. */
export const spanOf = (day: string): { from: Date; to: Date } => ({
  from: shanghaiMidnight(day),
  to: shanghaiMidnight(addDays(day, 1)),
});

/** What other modules know of the day, each by its own transaction: called in `prepare`. */
export async function bringDay(services: Services, actor: Actor, day: string): Promise<Brought> {
  const span = spanOf(day);
  return {
    cases: await caseDay({ services, actor, ...span }),
    alerts: await alertDay({ services, actor, ...span }),
  };
}

const MOST = 30;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Gathers a day from the tables (汇总一日). Exercises do not count. */
export async function gatherDay(db: Db, day: string, { cases, alerts }: Brought): Promise<Facts> {
  const { from, to } = spanOf(day);
  const vitals = await db.rows<{ vital: string; value: number; at: Date }>(
    sql`select vital, value, at from ops.vital_day where day = ${day}::date order by vital`,
  );
  const incidents = await db.rows<Facts['incidents'][number]>(sql`
    select i.id, i.no, i.title, i.level, i.state, i.hypothesis, i.sample, (select count(*)::int from ops.member m where m.incident = i.id) as members
    from ops.incident i where i.exercise is null and i.state <> 'merged'
      and ((i.made_at >= ${from}::timestamptz and i.made_at < ${to}::timestamptz) or (i.made_at < ${to}::timestamptz and (i.closed_at is null or i.closed_at >= ${from}::timestamptz)))
    order by i.level, i.made_at, i.id limit ${MOST}::int`);
  const orders = await db.one<Facts['orders']>(sql`
    select (count(distinct o.id) filter (where o.issued_at >= ${from}::timestamptz))::int as issued,
      (count(l.id) filter (where o.urgent and o.issued_at >= ${from}::timestamptz))::int as urgent,
      (count(l.id) filter (where o.urgent and o.issued_at >= ${from}::timestamptz and l.received_at <= l.receive_due))::int as received,
      (count(distinct o.id) filter (where o.state = 'closed' and o.ended_at >= ${from}::timestamptz and o.ended_at < ${to}::timestamptz))::int as closed,
      (count(distinct o.id) filter (where o.ended_at is null or o.ended_at >= ${to}::timestamptz))::int as open
    from ops.command_order o join ops.order_line l on l.ord = o.id
    where o.exercise is null and o.issued_at < ${to}::timestamptz and (o.ended_at is null or o.ended_at >= ${from}::timestamptz)`);
  const shifts = await db.rows<{
    fromAt: Date;
    toAt: Date;
    leaderName: string;
    takenName: string | null;
    givenAt: Date | null;
    sample: boolean;
  }>(sql`
    select from_at as "fromAt", to_at as "toAt", leader_name as "leaderName", taken_name as "takenName", given_at as "givenAt", sample from ops.shift
    where from_at >= ${from}::timestamptz and from_at < ${to}::timestamptz order by from_at`);
  const notes = await db.rows<{ at: Date; byName: string; text: string }>(sql`
    select e.at, e.by_name as "byName", e.text from ops.shift_entry e where e.what = 'note' and e.at >= ${from}::timestamptz and e.at < ${to}::timestamptz order by e.at, e.id limit ${MOST}::int`);
  const items = await db.rows<{ text: string; madeAt: Date; doneAt: Date | null }>(sql`
    select text, made_at as "madeAt", case when done_at < ${to}::timestamptz then done_at end as "doneAt" from ops.handover_item
    where made_at < ${to}::timestamptz and (done_at is null or done_at >= ${from}::timestamptz) order by made_at, id limit ${MOST}::int`);
  return {
    vitals: vitals.map((row) => ({ ...row, at: row.at.toISOString() })),
    cases,
    alerts,
    incidents,
    orders,
    shifts: shifts.map((row) => ({
      ...row,
      fromAt: row.fromAt.toISOString(),
      toAt: row.toAt.toISOString(),
      givenAt: iso(row.givenAt),
    })),
    notes: notes.map((row) => ({ ...row, at: row.at.toISOString() })),
    items: items.map((row) => ({ ...row, madeAt: row.madeAt.toISOString(), doneAt: iso(row.doneAt) })),
  };
}
