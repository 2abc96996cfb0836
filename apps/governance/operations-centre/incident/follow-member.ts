import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Rules } from './correlate.ts';
import { noteIncident } from './incident-record.ts';
import { lockCorrelation, place, refresh, type Thing } from './take-seen.ts';

/** How something stands that is a member already, or stands alone. */
export type Followed = Omit<Thing, 'title' | 'origin' | 'exercise'>;
type Row = {
  id: string;
  incident: string | null;
  family: string | null;
  open: boolean | null;
  class: string;
  level: number;
  state: string | null;
  byHand: boolean;
  over: boolean;
};

/**
 * Follows what was taken in before (成员状态): its state, its level and its class. A class that was put right may bring what stood alone into an
 * incident, or take a member out of one where no person has placed it. Says whether it was taken in before; the same state again writes nothing.
 */
export async function followMember(db: Db, thing: Followed, rules: Rules & { many: number }): Promise<boolean> {
  await lockCorrelation(db);
  const row = await db.first<Row>(sql`
    select m.id, m.incident, i.family, i.state = 'open' as open, m.class, m.level, m.state, m.by_hand as "byHand", m.ended_at is not null as over
    from ops.member m left join ops.incident i on i.id = m.incident
    where m.source = ${thing.source} and m.ref = ${thing.ref} and m.exercise is null for update of m`);
  if (!row) return false;
  const reclassed = row.class !== thing.class;
  const over = (thing.endedAt ?? null) !== null;
  if (!reclassed && row.state === thing.state && row.level === thing.level && row.over === over) return true;
  await db.run(sql`
    update ops.member set state = ${thing.state ?? null}::text, level = ${thing.level}::int, class = ${thing.class}, ended_at = ${thing.endedAt ?? null}::timestamptz
    where id = ${row.id}::uuid`);
  if (!row.incident) {
    if (reclassed && !over && !row.byHand && rules.families.has(thing.class)) await place(db, row.id, thing, rules);
    return true;
  }
  const { source, ref, state } = thing;
  const leaves =
    reclassed &&
    row.open === true &&
    !row.byHand &&
    !(rules.families.get(thing.class) ?? []).includes(row.family ?? '');
  if (leaves) await db.run(sql`update ops.member set incident = null where id = ${row.id}::uuid`);
  await noteIncident(db, { incident: row.incident, what: leaves ? 'left' : 'member', data: { source, ref, state } });
  // What is closed stands as it was closed.
  if (row.open) await refresh(db, row.incident, rules.many);
  await db.emit({ type: 'ops.incident.changed', subject: row.incident, data: { incident: row.incident } });
  if (over && !row.over && row.open) await tellOver(db, row.incident);
  return true;
}

/** All that it was made of is over: a person may close it. Written once each time. */
async function tellOver(db: Db, incident: string): Promise<void> {
  const left = await db.first(
    sql`select from ops.member where incident = ${incident}::uuid and ended_at is null limit 1`,
  );
  if (!left) await noteIncident(db, { incident, what: 'over' });
}
