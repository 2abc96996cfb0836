import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Plan, PATROL_SEED } from './plan-patrol.ts';

/** Keeps a proposed patrol (巡查建议) with the points that it leaves out; the next version where it changes one that there is. */
export async function keepPatrol(of: {
  db: Db;
  actor: Pick<Actor, 'account' | 'name'>;
  plan: Plan;
  title: string;
  street: string;
  day: string;
  supervisor: { account: string; name: string };
  now: Date;
  series?: string;
  sample?: boolean;
}): Promise<{ id: string; version: number }> {
  const { db, actor, plan, now } = of;
  const id = uuidv7();
  const series = of.series ?? id;
  const { version } = await db.one<{ version: number }>(
    sql`select coalesce(max(version), 0)::int + 1 as version from grid.patrol where series = ${series}::uuid`,
  );
  await db.run(sql`
    insert into grid.patrol (id, series, version, title, street, day, supervisor, supervisor_name, state, method, minutes, budget, worth, bound, seed, line, attribution, proposed_by,
      proposed_name, proposed_at, sample)
    values (${id}::uuid, ${series}::uuid, ${version}::int, ${of.title}, ${of.street}, ${of.day}::date, ${of.supervisor.account}, ${of.supervisor.name}, 'proposed', 'heuristic',
      ${plan.minutes}::float8, ${plan.budget}::int, ${plan.worth}::float8, ${plan.bound}::float8, ${PATROL_SEED}::int, ${json(plan.line)}::text::jsonb, ${plan.attribution}, ${actor.account},
      ${actor.name}, ${now}::timestamptz, ${of.sample ?? false}::boolean)`);
  const points = [
    ...plan.stops.map((point) => ({ ...point, required: true })),
    ...plan.left.map((point) => ({ ...point, required: false })),
  ].map((point, at) => ({ ...point, at }));
  await db.run(sql`
    insert into grid.patrol_point (patrol, point, at, label, lon, lat, kind, worth, required)
    select ${id}::uuid, w.point, w.at, w.label, w.lon, w.lat, w.kind, w.worth, w.required
    from jsonb_to_recordset(${json(points)}::text::jsonb) as w(point text, at int, label text, lon float8, lat float8, kind text, worth float8, required boolean)`);
  return { id, version };
}

/** Decides on a proposed patrol (审定): an approved one takes the place of the version before it. */
export async function settlePatrol(of: {
  db: Db;
  actor: Pick<Actor, 'account' | 'name'>;
  id: string;
  series: string;
  approve: boolean;
  reason: string | null;
  now: Date;
}): Promise<void> {
  const { db, actor, id, approve, now } = of;
  if (approve)
    await db.run(
      sql`update grid.patrol set state = 'superseded' where series = ${of.series}::uuid and state = 'approved' and id <> ${id}::uuid`,
    );
  await db.run(sql`
    update grid.patrol set state = ${approve ? 'approved' : 'rejected'}, reason = ${of.reason}::text, decided_by = ${actor.account}, decided_name = ${actor.name},
      decided_at = ${now}::timestamptz where id = ${id}::uuid`);
  await db.emit({ type: approve ? 'grid.patrol.approved' : 'grid.patrol.rejected', subject: id });
}
