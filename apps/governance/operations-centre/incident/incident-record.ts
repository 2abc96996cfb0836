import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
export const IncidentParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
export const IncidentSchema = Type.Object({
  id: Type.String(),
  key: Type.String({ description: '由情景和首个成员推得，重放不变 / follows from scenario and first member' }),
  no: Type.String(),
  family: Type.String(),
  title: Words,
  level: Type.Integer(),
  state: Type.String(),
  hypothesis: MaybeText,
  lon: Type.Number(),
  lat: Type.Number(),
  radiusM: Type.Integer(),
  firstAt: Moment,
  lastAt: Moment,
  madeAt: Moment,
  mergedInto: MaybeText,
  exercise: Type.Boolean(),
  sample: Type.Boolean(),
  members: Type.Integer(),
  ended: Type.Integer({ description: '已了结的成员 / members that are over' }),
  orders: Type.Integer(),
});
export const MemberSchema = Type.Object({
  id: Type.String(),
  source: Type.String(),
  ref: Type.String(),
  class: Type.String(),
  title: Words,
  level: Type.Integer(),
  lon: Type.Number(),
  lat: Type.Number(),
  at: Moment,
  state: MaybeText,
  endedAt: Type.Union([Moment, Type.Null()]),
  sample: Type.Boolean(),
  byHand: Type.Boolean(),
  text: Type.Union([Type.String(), Type.Null()], { description: '案件描述和地址 / what the case says, and where' }),
});

export type IncidentRow = {
  id: string;
  key: string;
  no: string;
  family: string;
  title: Text;
  level: number;
  state: string;
  hypothesis: string | null;
  lon: number;
  lat: number;
  radiusM: number;
  firstAt: Date;
  lastAt: Date;
  madeAt: Date;
  mergedInto: string | null;
  exerciseId: string | null;
  sample: boolean;
  members: number;
  ended: number;
  orders: number;
};

export async function readIncidents(db: Db, rest: Sql): Promise<IncidentRow[]> {
  return db.rows<IncidentRow>(sql`
    select i.id, i.key, i.no, i.family, i.title, i.level, i.state, i.hypothesis, i.lon, i.lat, i.radius_m as "radiusM", i.first_at as "firstAt", i.last_at as "lastAt", i.made_at as "madeAt",
      i.merged_into as "mergedInto", i.exercise as "exerciseId", i.sample, (select count(*)::int from ops.member m where m.incident = i.id) as members,
      (select count(*)::int from ops.member m where m.incident = i.id and m.ended_at is not null) as ended,
      (select count(*)::int from ops.command_order o where o.incident = i.id) as orders
    from ops.incident i ${rest}`);
}
export const incidentView = ({ exerciseId, ...row }: IncidentRow) => ({
  ...row,
  exercise: exerciseId !== null,
  firstAt: row.firstAt.toISOString(),
  lastAt: row.lastAt.toISOString(),
  madeAt: row.madeAt.toISOString(),
});

/** Writes what happened to an incident. */
export async function noteIncident(
  db: Db,
  entry: { incident: string; what: string; text?: string; data?: Record<string, unknown> },
): Promise<void> {
  const { incident, what, text, data } = entry;
  await db.run(sql`
    insert into ops.incident_entry (id, incident, at, what, by_account, by_name, text, data)
    values (${uuidv7()}::uuid, ${incident}::uuid, kernel.now(), ${what}, ${db.actor.account}, ${db.actor.name}, ${text ?? null}::text, ${JSON.stringify(data ?? {})}::text::jsonb)`);
}
