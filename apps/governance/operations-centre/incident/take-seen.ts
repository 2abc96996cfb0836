import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { numberFor } from '../order/order-record.ts';
import { belongs, correlate, keyOf, levelOf, metresBetween, type Rules, type Seen } from './correlate.ts';
import { noteIncident } from './incident-record.ts';

export type Thing = Seen & {
  source: 'case' | 'alert' | 'exercise';
  title: Text;
  exercise?: { id: string; scenario: string };
};
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
};

/**
 * Takes in something that was seen (接入线索): once, by its reference. It joins the oldest open incident that it belongs to; where it makes enough with
 * what stands alone, they become one. What a person has placed by hand is not moved. Says which incident it is in now.
 */
export async function takeSeen(db: Db, thing: Thing, rules: Rules & { many: number }): Promise<string | undefined> {
  // One at a time: two that come together must see one another.
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('ops.correlate'))`);
  const { source, ref, level, lon, lat, at, title, exercise } = thing;
  const id = uuidv7();
  const added = await db.run(sql`
    insert into ops.member (id, source, ref, class, title, level, lon, lat, at, exercise)
    values (${id}::uuid, ${source}, ${ref}, ${thing.class}, ${JSON.stringify(title)}::text::jsonb, ${level}::int, ${lon}::float8, ${lat}::float8, ${at}::timestamptz, ${exercise?.id ?? null}::uuid)
    on conflict do nothing`);
  if (added === 0) return undefined;
  // A square a little wider than the distance: the exact one is asked of the pure rule. Groups grow, so what stands alone is taken from twice as far.
  const degrees = (rules.metres * 4) / 95_000;
  const near = await db.rows<Row>(sql`
    select m.id, m.source, m.ref, m.class, m.title, m.level, m.lon, m.lat, m.at, m.incident, i.family from ops.member m left join ops.incident i on i.id = m.incident
    where m.exercise is not distinct from ${exercise?.id ?? null}::uuid and (m.incident is null or i.state = 'open') and not (m.by_hand and m.incident is null)
      and m.at between ${at}::timestamptz - ${rules.minutes * 4}::float8 * interval '1 minute' and ${at}::timestamptz + ${rules.minutes}::float8 * interval '1 minute'
      and m.lon between ${lon - degrees}::float8 and ${lon + degrees}::float8 and m.lat between ${lat - degrees}::float8 and ${lat + degrees}::float8
    order by m.at, m.ref`);
  const mine = new Set(rules.families.get(thing.class) ?? []);
  const home = near.find(
    (other) => other.incident !== null && mine.has(other.family ?? '') && belongs(rules, other, thing) !== undefined,
  );
  if (home?.incident) {
    await join(db, { incident: home.incident, members: [id], links: [{ source, ref }] });
    await refresh(db, home.incident, rules.many);
    await noteIncident(db, { incident: home.incident, what: 'joined', data: { source, ref } });
    return home.incident;
  }
  const scope = exercise?.scenario ?? 'live';
  const alone = near.filter(({ incident }) => incident === null);
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
  await join(db, { incident: id, members: of.members.map((each) => each.id), links: of.members, byHand: of.byHand });
  await noteIncident(db, { incident: id, what: of.byHand ? 'split' : 'made', data: { members: of.members.length } });
  await refresh(db, id, of.many);
  await db.emit({ type: 'ops.incident.made', subject: id, data: { incident: id, family: of.family } });
  return id;
}

/** Puts members into an incident, and links what they stand for: nothing is copied. */
export async function join(
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

/** Middle, radius, times and level of an incident follow from its members. */
export async function refresh(db: Db, incident: string, many: number): Promise<void> {
  const members = await db.rows<{ lon: number; lat: number; level: number; at: Date }>(
    sql`select lon, lat, level, at from ops.member where incident = ${incident}::uuid order by at, ref`,
  );
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
      last_at = ${last.at}::timestamptz where id = ${incident}::uuid`);
  if (before.level !== level) {
    await noteIncident(db, { incident, what: 'level', data: { level } });
    await db.emit({ type: 'ops.incident.level', subject: incident, data: { incident, level: String(level) } });
  }
}

/** Key of what a person splits off. */
export const splitKey = (key: string, first: { ref: string }): string => keyOf(`${key} split`, first);
