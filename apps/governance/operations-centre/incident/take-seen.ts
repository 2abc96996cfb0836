import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { join, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { numberFor } from '../order/order-record.ts';
import { belongs, correlate, keyOf, levelOf, metresBetween, type Rules, type Seen } from './correlate.ts';
import { noteIncident } from './incident-record.ts';

export type Thing = Seen & {
  source: 'case' | 'alert' | 'exercise';
  title: Text;
  /** How it stands with its owner, and when it was over; a step of a scenario has neither. */
  state?: string;
  endedAt?: Date | null;
  /** Who found it: somebody in the street, a device, somebody on duty. */
  origin?: 'public' | 'sensor' | 'staff';
  sample?: boolean;
  exercise?: { id: string; scenario: string };
};
/** What turned out to be nothing, or the same as another: it is shown, and counts for nothing. */
export const VOID: readonly string[] = ['merged', 'rejected', 'cancelled'];
type Row = Seen & { id: string; source: string; incident: string | null; family: string | null; title: Text };

/** Titles of the families (事件族). */
const FAMILIES: Readonly<Record<string, Text>> = {
  flood: { zh: '积水内涝', en: 'Flooding' },
  storm: { zh: '风雨灾情', en: 'Storm damage' },
  power: { zh: '停电', en: 'Power failure' },
  hazardous: { zh: '危险物质泄漏', en: 'Hazardous release' },
  fire: { zh: '火情', en: 'Fire' },
  crowd: { zh: '大客流', en: 'Crowd' },
  traffic: { zh: '交通中断', en: 'Traffic disruption' },
  health: { zh: '群体健康事件', en: 'Health event' },
  cyber: { zh: '网络与系统中断', en: 'Network outage' },
  environment: { zh: '环境扰民', en: 'Nuisance' },
  cluster: { zh: '案件聚集', en: 'Cluster of cases' },
};

/** One at a time: two that come together must see one another. */
export const lockCorrelation = (db: Db): Promise<unknown> =>
  db.rows(sql`select pg_advisory_xact_lock(hashtext('ops.correlate'))`);

/** Takes in something that was seen (接入线索): once, by its reference. Says which incident it is in now, if in any. */
export async function takeSeen(db: Db, thing: Thing, rules: Rules & { many: number }): Promise<string | undefined> {
  await lockCorrelation(db);
  const { source, ref, level, lon, lat, at, title, state, origin, exercise } = thing;
  const id = uuidv7();
  const added = await db.run(sql`
    insert into ops.member (id, source, ref, class, title, level, lon, lat, at, exercise, state, origin, sample)
    values (${id}::uuid, ${source}, ${ref}, ${thing.class}, ${JSON.stringify(title)}::text::jsonb, ${level}::int, ${lon}::float8, ${lat}::float8, ${at}::timestamptz, ${exercise?.id ?? null}::uuid,
      ${state ?? null}::text, ${origin ?? null}::text, ${thing.sample ?? false}::boolean)
    on conflict do nothing`);
  return added === 0 ? undefined : place(db, id, thing, rules);
}

/**
 * Finds where something belongs that stands alone (关联): it joins the oldest open incident that it belongs to, and brings along what belongs to it in
 * turn; where it makes enough with what stands alone, they become one. What a person has placed by hand is not moved. The order in which things come
 * in does not matter: what comes late is compared with what happened after it as well.
 */
export async function place(
  db: Db,
  id: string,
  thing: Omit<Thing, 'title' | 'origin'>,
  rules: Rules & { many: number },
): Promise<string | undefined> {
  const { source, ref, lon, lat, at, exercise } = thing;
  // A square a little wider than the distance: the exact one is asked of the pure rule. Groups grow, so what stands alone is taken from further off.
  const degrees = (rules.metres * 4) / 95_000;
  const near = await db.rows<Row>(sql`
    select m.id, m.source, m.ref, m.class, m.title, m.level, m.lon, m.lat, m.at, m.incident, i.family from ops.member m left join ops.incident i on i.id = m.incident
    where m.exercise is not distinct from ${exercise?.id ?? null}::uuid and (m.incident is null or i.state = 'open') and not (m.by_hand and m.incident is null)
      and (m.state is null or m.state not in (${join(VOID)}))
      and m.at between ${at}::timestamptz - ${rules.minutes * 4}::float8 * interval '1 minute' and ${at}::timestamptz + ${rules.minutes * 4}::float8 * interval '1 minute'
      and m.lon between ${lon - degrees}::float8 and ${lon + degrees}::float8 and m.lat between ${lat - degrees}::float8 and ${lat + degrees}::float8
    order by m.at, m.ref`);
  const mine = new Set(rules.families.get(thing.class) ?? []);
  const alone = near.filter((row) => row.incident === null);
  const home = near.find(
    (other) => other.incident !== null && mine.has(other.family ?? '') && belongs(rules, other, thing) !== undefined,
  );
  if (home?.incident) {
    const { incident } = home;
    const coming = along(rules, { first: { ...thing, id, source }, family: home.family ?? '', alone });
    await putIn(db, { incident, members: coming.map((each) => each.id), links: coming });
    for (const each of coming)
      await noteIncident(db, { incident, what: 'joined', data: { source: each.source, ref: each.ref } });
    await refresh(db, incident, rules.many);
    await db.emit({ type: 'ops.incident.changed', subject: incident, data: { incident } });
    return incident;
  }
  const scope = exercise?.scenario ?? 'live';
  const cluster = correlate(scope, alone, rules).find(({ members }) => members.some((member) => member.ref === ref));
  if (!cluster) return undefined;
  const members = alone.filter((each) => cluster.members.some((member) => member.ref === each.ref));
  return makeIncident(db, {
    key: cluster.key,
    family: cluster.family,
    members,
    exercise: exercise?.id,
    many: rules.many,
    at,
  });
}

type Standing = Seen & { id: string; source: string };
/** What joins with the first: all that stands alone, is of the family and belongs to one that joins. */
function along(rules: Rules, of: { first: Standing; family: string; alone: readonly Standing[] }): Standing[] {
  const coming = [of.first];
  const rest = of.alone.filter(
    (each) => each.id !== of.first.id && (rules.families.get(each.class) ?? []).includes(of.family),
  );
  for (const one of coming)
    for (const other of rest)
      if (!coming.includes(other) && belongs(rules, one, other) !== undefined) coming.push(other);
  return coming;
}

/** A new incident of these members. */
export async function makeIncident(
  db: Db,
  of: {
    key: string;
    family: string;
    members: readonly { id: string; source: string; ref: string; at: Date; lon: number; lat: number; level: number }[];
    exercise?: string;
    many: number;
    at: Date;
    byHand?: true;
  },
): Promise<string> {
  const id = uuidv7();
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  const no = await numberFor(db, 'FH', now);
  const [first] = of.members;
  if (!first) throw new Error('an incident of nothing');
  await db.run(sql`
    insert into ops.incident (id, key, no, family, title, level, state, lon, lat, first_at, last_at, made_at, exercise)
    values (${id}::uuid, ${of.key}, ${no}, ${of.family}, ${JSON.stringify(FAMILIES[of.family] ?? { zh: of.family, en: of.family })}::text::jsonb, 4, 'open',
      ${first.lon}::float8, ${first.lat}::float8, ${first.at}::timestamptz, ${of.at}::timestamptz, kernel.now(), ${of.exercise ?? null}::uuid)`);
  await putIn(db, { incident: id, members: of.members.map((each) => each.id), links: of.members, byHand: of.byHand });
  await noteIncident(db, {
    incident: id,
    what: of.key.startsWith('cluster ') || !of.byHand ? 'made' : 'split',
    data: { members: of.members.length },
  });
  await refresh(db, id, of.many);
  await db.emit({ type: 'ops.incident.made', subject: id, data: { incident: id, family: of.family } });
  return id;
}

/** Puts members into an incident, and links what they stand for: nothing is copied. */
export async function putIn(
  db: Db,
  of: {
    incident: string;
    members: readonly string[];
    links: readonly { source: string; ref: string }[];
    byHand?: true;
  },
): Promise<void> {
  await db.run(sql`
    update ops.member set incident = ${of.incident}::uuid, by_hand = by_hand or ${of.byHand ?? false}::boolean where id = any(${[...of.members]}::uuid[])`);
  for (const { source, ref } of of.links)
    if (source !== 'exercise')
      await db.run(sql`select kernel.add_link('part_of', ${source}, ${ref}, 'emergency', ${of.incident})`);
}

/** Middle, radius, times and level of an incident follow from its members that count. */
export async function refresh(db: Db, incident: string, many: number): Promise<void> {
  const all = await db.rows<{
    lon: number;
    lat: number;
    level: number;
    at: Date;
    state: string | null;
    sample: boolean;
  }>(
    sql`select lon, lat, level, at, state, sample from ops.member where incident = ${incident}::uuid order by at, ref`,
  );
  const counting = all.filter(({ state }) => !VOID.includes(state ?? ''));
  const members = counting.length > 0 ? counting : all;
  const [first, last] = [members[0], members.at(-1)];
  if (!first || !last) return;
  const middle = {
    lon: members.reduce((sum, { lon }) => sum + lon, 0) / members.length,
    lat: members.reduce((sum, { lat }) => sum + lat, 0) / members.length,
  };
  const radius = Math.ceil(Math.max(...members.map((member) => metresBetween(middle, member))));
  const level = levelOf(members, many);
  const before = await db.one<{ level: number }>(
    sql`select level from ops.incident where id = ${incident}::uuid for update`,
  );
  await db.run(sql`
    update ops.incident set lon = ${middle.lon}::float8, lat = ${middle.lat}::float8, radius_m = ${radius}::int, level = ${level}::int, first_at = ${first.at}::timestamptz,
      last_at = ${last.at}::timestamptz, sample = ${all.every(({ sample }) => sample)}::boolean where id = ${incident}::uuid`);
  if (before.level !== level) {
    await noteIncident(db, { incident, what: 'level', data: { level } });
    await db.emit({ type: 'ops.incident.level', subject: incident, data: { incident, level: String(level) } });
  }
}

/** Key of what a person splits off. */
export const splitKey = (key: string, first: { ref: string }): string => keyOf(`${key} split`, first);
