import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ClockSchema, clockView } from '#platform/calendar/clock-view.ts';
import { clocksWhere } from '#platform/calendar/clock.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import type { CaseRow } from './case-row.ts';
import { type CaseClass, classesAt } from './classes.ts';
import { STEP_CLOCKS } from './clocks.ts';
import { stepOf } from './lifecycle.ts';
import { type Entry, responsibleFor } from './responsibility.ts';

const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });

export const ClassSchema = Type.Object({
  code: Type.String(),
  kind: Type.Union([Type.Literal('part'), Type.Literal('event')]),
  major: Type.Object({ id: Type.String(), zh: Type.String(), en: Type.String() }),
  name: Words,
  establish: Words,
  close: Words,
  limitRule: Type.String(),
  secureRule: MaybeText,
  source: Type.String(),
  sourceVerified: Type.Boolean(),
});

/** An entry of a timeline (时间线), of whatever entity: what happened, when, by which unit. */
export const TimelineEntry = Type.Object({
  at: Moment,
  kind: Type.String(),
  byName: Type.String(),
  byUnit: MaybeText,
  text: MaybeText,
  data: Type.Record(Type.String(), Type.Unknown()),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

/** The entries of a case that the caller may read: row security hides the inner ones from reporters. */
export async function timelineOf(db: Db, caseId: string): Promise<TimelineEntry[]> {
  const rows = await db.rows<Omit<TimelineEntry, 'at'> & { at: Date }>(sql`
    select at, kind, by_name as "byName", by_unit as "byUnit", text, data from incident.event where case_id = ${caseId}::uuid order by seq limit 500`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export const ClocksSchema = Type.Object({
  clock: Type.Union([ClockSchema, Type.Null()]),
  secureClock: Type.Union([ClockSchema, Type.Null()]),
});

/** The clocks of a case as people see them: that of the present step, and that of making the place safe. */
export async function clocksOf(db: Db, row: CaseRow, now: Date): Promise<Static<typeof ClocksSchema>> {
  const clocks = await clocksWhere(db, { ids: [row.clock, row.secureClock].flatMap((id) => id ?? []) });
  const { calendar } = await readCalendar(db);
  const step = stepOf(row);
  const main = clocks.find(({ id }) => id === row.clock);
  const secure = clocks.find(({ id }) => id === row.secureClock);
  return {
    clock: step && main ? clockView({ clock: main, kind: STEP_CLOCKS[step], now, calendar }) : null,
    secureClock: secure ? clockView({ clock: secure, kind: STEP_CLOCKS.secure, now, calendar }) : null,
  };
}

/** The class of a case as it held when the case was reported; what has gone out of force keeps its name. */
export async function classOfRow(db: Db, row: CaseRow): Promise<CaseClass | undefined> {
  return (await classesAt(db, row.reportedAt, row.class))[0];
}

/** Whom the table names for a case today (权责清单推荐). */
export async function responsibleOf(db: Db, row: CaseRow): Promise<Entry | undefined> {
  const entries = await db.rows<Entry>(sql`
    select id, class, place, owner, unit from incident.responsibility
    where class = ${row.class} and state = 'approved' and valid_from <= (kernel.now() at time zone 'Asia/Shanghai')::date
      and (valid_to is null or valid_to > (kernel.now() at time zone 'Asia/Shanghai')::date)`);
  const named = responsibleFor(entries, { class: row.class, committee: row.committee, owner: row.owner });
  // The table stands before the register; where it is silent, whoever keeps the part is proposed.
  if (named || row.keeper === null) return named;
  return { id: '', class: row.class, place: '', owner: row.owner, unit: row.keeper };
}
