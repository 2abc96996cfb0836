import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { join, type Sql, sql } from '#platform/kernel/sql.ts';
import { CLOSED_STATES } from './lifecycle.ts';
import { scopeOf } from './list-cases.ts';

/** A case as a board shows it: number, what it is, where it stands, and until when. */
export type CaseLine = {
  no: string;
  description: string;
  state: string;
  lon: number;
  lat: number;
  reportedAt: Date;
  dueAt: Date | null;
  sample: boolean;
};
export type CaseFigures = {
  open: number;
  overdue: number;
  today: number;
  states: { state: string; n: number }[];
  /** Steps of handling that ended in the days asked for, and how many of them in time. */
  handled: number;
  onTime: number;
  /** Cases closed in the days asked for that had a time to be handled in, and how many of them were handled within it. */
  closed: number;
  closedOnTime: number;
  /** Cases reported in each of the last 24 hours, the oldest first. */
  hourly: number[];
  heard: Date | null;
};
/** Which cases stand behind a figure. */
export type CaseSet = 'open' | 'overdue' | 'today' | 'late' | 'closed-late';

/** Columns of a line, of `incident.case_file c`. */
export const CASE_LINE = sql`c.no, c.description, c.state, c.lon, c.lat, c.reported_at as "reportedAt", c.due_at as "dueAt", c.sample`;
const OPEN = sql`not c.state in (${join([...CLOSED_STATES])})`;

const read = <T>(services: Services, actor: Actor, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: 'incident', actor, readOnly: true }, work);

/**
 * Figures of the cases that the caller may see (案件指标): by the caller's own rights, in a transaction of this module. `heard` is when the district last
 * heard of any case, since silence is that of the source and not of one street.
 */
export async function caseFigures(options: {
  services: Services;
  actor: Actor;
  now: Date;
  dayBegins: Date;
  since: Date;
}): Promise<CaseFigures> {
  const { services, actor, now, dayBegins, since } = options;
  const scope = scopeOf(actor);
  const found = await read(services, actor, async (db) => {
    const states = await db.rows<{ state: string; n: number }>(sql`
      select c.state, count(*)::int as n from incident.case_file c where ${scope} and ${OPEN} group by c.state order by n desc, c.state`);
    const counts = await db.one<{ overdue: number; today: number }>(sql`
      select (select count(*)::int from incident.case_file c where ${scope} and c.due_at <= ${now}::timestamptz) as overdue,
        (select count(*)::int from incident.case_file c where ${scope} and c.reported_at >= ${dayBegins}::timestamptz) as today`);
    const ended = await db.one<{ handled: number; onTime: number }>(sql`
      select count(*)::int as handled, count(*) filter (where k.ended_at <= k.due_at)::int as "onTime" ${handledSince(since, scope)}`);
    const over = await db.one<{ closed: number; closedOnTime: number }>(sql`
      select count(*)::int as closed, count(*) filter (where c.handled_at <= c.handle_due_at)::int as "closedOnTime" ${closedSince(since, scope)}`);
    const hours = await db.rows<{ hour: number; n: number }>(sql`
      select floor(extract(epoch from ${now}::timestamptz - c.reported_at) / 3600)::int as hour, count(*)::int as n
      from incident.case_file c where ${scope} and c.reported_at > ${now}::timestamptz - interval '24 hours' and c.reported_at <= ${now}::timestamptz group by 1`);
    const byHour = new Map(hours.map(({ hour, n }) => [hour, n]));
    const hourly = Array.from({ length: 24 }, (_, at) => byHour.get(23 - at) ?? 0);
    return { open: states.reduce((sum, { n }) => sum + n, 0), ...counts, states, ...ended, ...over, hourly };
  });
  const { heard } = await read(services, systemActor({ name: 'figures' }), (db) =>
    db.one<{ heard: Date | null }>(
      sql`select max(at) as heard from (select at from incident.event order by seq desc limit 50) latest`,
    ),
  );
  return { ...found, heard };
}

/** Cases behind a figure, what is due first. */
export async function casesBehind(options: {
  services: Services;
  actor: Actor;
  now: Date;
  dayBegins: Date;
  since: Date;
  set: CaseSet;
  most: number;
}): Promise<CaseLine[]> {
  const { services, actor, now, dayBegins, since, set, most } = options;
  const scope = scopeOf(actor);
  const line = (rest: Sql) =>
    read(services, actor, (db) => db.rows<CaseLine>(sql`select ${CASE_LINE} ${rest} limit ${most}::int`));
  switch (set) {
    case 'open':
      return line(sql`from incident.case_file c where ${scope} and ${OPEN} order by c.due_at nulls last, c.id`);
    case 'overdue':
      return line(
        sql`from incident.case_file c where ${scope} and c.due_at <= ${now}::timestamptz order by c.due_at, c.id`,
      );
    case 'today':
      return line(
        sql`from incident.case_file c where ${scope} and c.reported_at >= ${dayBegins}::timestamptz order by c.reported_at desc, c.id desc`,
      );
    case 'late':
      return line(sql`${handledSince(since, scope)} and k.ended_at > k.due_at order by k.ended_at desc`);
    case 'closed-late':
      return line(
        sql`${closedSince(since, scope)} and (c.handled_at is null or c.handled_at > c.handle_due_at) order by c.closed_at desc`,
      );
  }
}

const handledSince = (since: Date, scope: Sql): Sql => sql`
  from calendar.clock k join incident.case_file c on c.id::text = k.subject
  where k.app = 'incident' and k.kind = 'incident.handle' and k.state = 'ended' and k.ended_at >= ${since}::timestamptz and ${scope}`;

const closedSince = (since: Date, scope: Sql): Sql => sql`
  from incident.case_file c
  where ${scope} and c.state in ('closed', 'evaluated', 'archived') and c.closed_at >= ${since}::timestamptz and c.handle_due_at is not null`;
