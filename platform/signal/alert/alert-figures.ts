import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AlertView, readAlerts } from './alert-view.ts';

export type AlertFigures = {
  /** Alerts that stand, by level I to IV. */
  levels: [number, number, number, number];
  /** Nobody has acknowledged them. */
  open: number;
  hourly: number[];
  /** When a rule was last judged or an alert last raised, anywhere in the district. */
  heard: Date | null;
};

/** Figures of the alerts that the caller may see (预警指标), by the caller's own rights. */
export async function alertFigures(options: { services: Services; actor: Actor; now: Date }): Promise<AlertFigures> {
  const { services, actor, now } = options;
  const found = await services.database.tx({ module: 'signal', actor, readOnly: true }, async (db) => {
    const rows = await db.rows<{ level: number; n: number; open: number }>(sql`
      select level, count(*)::int as n, count(*) filter (where state = 'open' and cleared_at is null)::int as open
      from signal.alert where state <> 'closed' and suppressed_by is null group by level`);
    const hours = await db.rows<{ hour: number; n: number }>(sql`
      select floor(extract(epoch from ${now}::timestamptz - raised_at) / 3600)::int as hour, count(*)::int as n from signal.alert
      where raised_at > ${now}::timestamptz - interval '24 hours' and raised_at <= ${now}::timestamptz group by 1`);
    const of = (level: number): number => rows.find((row) => row.level === level)?.n ?? 0;
    const byHour = new Map(hours.map(({ hour, n }) => [hour, n]));
    return {
      levels: [of(1), of(2), of(3), of(4)] as AlertFigures['levels'],
      open: rows.reduce((sum, { open }) => sum + open, 0),
      hourly: Array.from({ length: 24 }, (_, at) => byHour.get(23 - at) ?? 0),
    };
  });
  const { heard } = await services.database.tx(
    { module: 'signal', actor: systemActor({ name: 'figures' }), readOnly: true },
    (db) =>
      db.one<{ heard: Date | null }>(sql`
      select greatest((select max(last_at) from signal.alert), (select max(minute) from signal.source_minute)) as heard`),
  );
  return { ...found, heard };
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
