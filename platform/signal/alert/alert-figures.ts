import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AlertView, readAlerts } from './alert-view.ts';

/** Kind of the alerts that say that a source is silent: they are no sign of life of anything. */
export const SOURCE_SILENT = 'source-silent';

export type AlertFigures = {
  /** Alerts that stand, by level I to IV. */
  levels: [number, number, number, number];
  /** Nobody has acknowledged them. */
  open: number;
  hourly: number[];
  /** Alerts raised in the days asked for that somebody has acknowledged, the minutes that took together, and those that nobody has. */
  acknowledged: number;
  minutes: number;
  unseen: number;
  /** When a rule was last judged or an alert last raised, anywhere in the district. */
  heard: Date | null;
};

/** Figures of the alerts that the caller may see (预警指标), by the caller's own rights. */
export async function alertFigures(options: {
  services: Services;
  actor: Actor;
  now: Date;
  since: Date;
}): Promise<AlertFigures> {
  const { services, actor, now, since } = options;
  const found = await services.database.tx({ module: 'signal', actor, readOnly: true }, async (db) => {
    const rows = await db.rows<{ level: number; n: number; open: number }>(sql`
      select level, count(*)::int as n, count(*) filter (where state = 'open' and cleared_at is null)::int as open
      from signal.alert where state <> 'closed' and suppressed_by is null group by level`);
    const hours = await db.rows<{ hour: number; n: number }>(sql`
      select floor(extract(epoch from ${now}::timestamptz - raised_at) / 3600)::int as hour, count(*)::int as n from signal.alert
      where raised_at > ${now}::timestamptz - interval '24 hours' and raised_at <= ${now}::timestamptz group by 1`);
    const seen = await db.one<{ acknowledged: number; minutes: number; unseen: number }>(sql`
      select count(acknowledged_at)::int as acknowledged, coalesce(sum(extract(epoch from acknowledged_at - raised_at) / 60), 0)::float8 as minutes,
        (count(*) filter (where acknowledged_at is null))::int as unseen
      from signal.alert where raised_at >= ${since}::timestamptz and raised_at <= ${now}::timestamptz and suppressed_by is null and not storm`);
    const of = (level: number): number => rows.find((row) => row.level === level)?.n ?? 0;
    const byHour = new Map(hours.map(({ hour, n }) => [hour, n]));
    return {
      ...seen,
      levels: [of(1), of(2), of(3), of(4)] as AlertFigures['levels'],
      open: rows.reduce((sum, { open }) => sum + open, 0),
      hourly: Array.from({ length: 24 }, (_, at) => byHour.get(23 - at) ?? 0),
    };
  });
  const { heard } = await services.database.tx(
    { module: 'signal', actor: systemActor({ name: 'figures' }), readOnly: true },
    (db) =>
      db.one<{ heard: Date | null }>(sql`
      select greatest((select max(last_at) from signal.alert where kind <> ${SOURCE_SILENT}), (select max(minute) from signal.source_minute)) as heard`),
  );
  return { ...found, heard };
}

/** Alerts of the days asked for that took longest to acknowledge, or that nobody has acknowledged (确认最慢的). */
export function slowAlerts(options: {
  services: Services;
  actor: Actor;
  since: Date;
  most: number;
}): Promise<AlertView[]> {
  const { services, actor, since, most } = options;
  return services.database.tx({ module: 'signal', actor, readOnly: true }, (db) =>
    readAlerts(
      db,
      sql`where raised_at >= ${since}::timestamptz and suppressed_by is null and not storm
        order by coalesce(acknowledged_at, kernel.now()) - raised_at desc, id limit ${most}::int`,
    ),
  );
}

/** Alerts that stand and the caller may see: what nobody has acknowledged first, the gravest first. */
export function standingAlerts(options: {
  services: Services;
  actor: Actor;
  most: number;
  unseen?: boolean;
}): Promise<AlertView[]> {
  const { services, actor, most, unseen } = options;
  return services.database.tx({ module: 'signal', actor, readOnly: true }, (db) =>
    readAlerts(
      db,
      sql`where state <> 'closed' and suppressed_by is null ${unseen ? sql`and state = 'open' and cleared_at is null` : sql``}
        order by (state = 'open' and cleared_at is null) desc, level, raised_at limit ${most}::int`,
    ),
  );
}
