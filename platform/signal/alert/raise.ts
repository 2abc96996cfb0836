import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type LevelNumber, note, numberOf } from './alert-record.ts';
import type { Settings } from './settings.ts';
import { collapse, takePlaces } from './storm.ts';

/** What is about to become an alert (预警). */
export type Raise = {
  rule?: string;
  kind: string;
  source: string;
  subject: string;
  title: Text;
  level: LevelNumber;
  decided?: { entry: string; version: number };
  value?: number | null;
  unit: string;
  place?: { lon: number; lat: number };
  note?: string;
  /** An alert that explains this one: it stands, but nobody is told. */
  behind?: string;
};

/** Metres of a degree of latitude; of longitude times the cosine. The duplicates of G3 are near, so a plane is exact enough. */
const METRES_A_DEGREE = 111_320;

/**
 * Raises alerts, each once (预警去重): what is of the same kind, near in place and time is the same alert with a count. Beyond so many a
 * minute a source is taken for faulty and its alerts become one; those of level I never do. Gives the alert of each, in order.
 */
export async function raiseAll(db: Db, raises: readonly Raise[], settings: Settings): Promise<string[]> {
  if (raises.length === 0) return [];
  // Two processes that see the same thing at the same moment must not both be the first.
  for (const kind of [...new Set(raises.map((raise) => raise.kind))].sort())
    await db.run(sql`select pg_advisory_xact_lock(310109, hashtext(${kind}))`);
  const places = await takePlaces(db, raises, settings.stormPerMinute);
  const ids: string[] = [];
  const overflow = new Map<string, number>();
  for (const [at, raise] of raises.entries()) {
    if (places[at] || raise.level === 1) ids[at] = await raiseOne(db, raise, settings);
    else overflow.set(raise.source, (overflow.get(raise.source) ?? 0) + 1);
  }
  for (const [source, count] of overflow) {
    const first = raises.find((raise) => raise.source === source && raise.level !== 1) as Raise;
    const storm = await collapse(db, { source, count, unit: first.unit, level: first.level });
    for (const [at, raise] of raises.entries()) if (ids[at] === undefined && raise.source === source) ids[at] = storm;
  }
  return ids;
}

async function raiseOne(db: Db, raise: Raise, settings: Settings): Promise<string> {
  const same = await findSame(db, raise, settings);
  if (same) {
    await again(db, same, raise);
    return same.id;
  }
  const id = uuidv7();
  const { rule, kind, source, subject, title, level, decided, value, unit, place, behind } = raise;
  const number = await numberOf(db);
  // What follows goes with the commit: a storm raises hundreds in one transaction, and waiting for each would hold all others up.
  db.last(sql`
    insert into signal.alert (id, number, rule, kind, source, subject, title, level, decided, value, unit, lon, lat, note, state, raised_at, last_at, suppressed_by, next_step_at)
    values (${id}::uuid, ${number}, ${rule ?? null}::text, ${kind}, ${source}, ${subject}, ${JSON.stringify(title)}::text::jsonb, ${level}::int,
      ${decided ? JSON.stringify(decided) : null}::text::jsonb, ${value ?? null}::numeric, ${unit}, ${place?.lon ?? null}::float8, ${place?.lat ?? null}::float8, ${raise.note ?? null}::text,
      'open', kernel.now(), kernel.now(), ${behind ?? null}::uuid, case when ${behind === undefined}::boolean then kernel.now() end)`);
  await note(db, { alert: id, what: 'raised' });
  if (behind) await note(db, { alert: id, what: 'suppressed' });
  const data = JSON.stringify({ alert: id, kind, level: String(level) });
  db.last(sql`select kernel.emit('signal.alert.raised', ${id}, ${data}::text::jsonb)`);
  return id;
}

type Same = { id: string; level: number };

/** Without a place only the same subject is the same; with one whatever of the kind lies within the distance. */
async function findSame(
  db: Db,
  raise: Raise,
  { duplicateMetres, duplicateMinutes }: Settings,
): Promise<Same | undefined> {
  const { kind, subject, place } = raise;
  const recent = sql`kind = ${kind} and state <> 'closed' and cleared_at is null and not storm
    and last_at >= kernel.now() - ${duplicateMinutes}::float8 * interval '1 minute'`;
  if (!place)
    return db.first<Same>(
      sql`select id, level from signal.alert where ${recent} and subject = ${subject} order by last_at desc limit 1 for update`,
    );
  const { lon, lat } = place;
  return db.first<Same>(sql`
    select id, level from signal.alert where ${recent} and lon is not null
      and power((lat - ${lat}::float8) * ${METRES_A_DEGREE}::float8, 2) + power((lon - ${lon}::float8) * ${METRES_A_DEGREE}::float8 * cos(radians(${lat}::float8)), 2)
        <= power(${duplicateMetres}::float8, 2)
    order by last_at desc limit 1 for update`);
}

/** One more of the same. What has become graver is told anew, also where somebody had acknowledged the lesser. */
async function again(db: Db, same: Same, raise: Raise): Promise<void> {
  const graver = raise.level < same.level;
  await db.run(sql`
    update signal.alert set count = count + 1, last_at = kernel.now(), value = coalesce(${raise.value ?? null}::numeric, value) where id = ${same.id}::uuid`);
  if (!graver) return;
  await db.run(sql`
    update signal.alert set level = ${raise.level}::int, state = 'open', step = 0, next_step_at = case when suppressed_by is null then kernel.now() end,
      acknowledged_at = null, acknowledged_by = null, acknowledged_name = null where id = ${same.id}::uuid`);
  await note(db, { alert: same.id, what: 'level', note: String(raise.level) });
  await db.emit({ type: 'signal.alert.level', subject: same.id, data: { alert: same.id, level: String(raise.level) } });
}
