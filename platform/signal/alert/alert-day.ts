import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

export type AlertDay = {
  /** Raised, by level I to IV. */
  levels: [number, number, number, number];
  acknowledged: number;
  /** Minutes from raising to acknowledging, of those acknowledged together. */
  minutes: number;
  unseen: number;
};

/** Alerts raised in a span (一日预警), by the rights of the actor; `to` is not within it. Those behind another do not count. */
export function alertDay(options: { services: Services; actor: Actor; from: Date; to: Date }): Promise<AlertDay> {
  const { services, actor, from, to } = options;
  return services.database.tx({ module: 'signal', actor, readOnly: true }, async (db) => {
    const rows = await db.rows<{ level: number; n: number; acknowledged: number; minutes: number }>(sql`
      select level, count(*)::int as n, count(acknowledged_at)::int as acknowledged, coalesce(sum(extract(epoch from acknowledged_at - raised_at) / 60), 0)::float8 as minutes
      from signal.alert where raised_at >= ${from}::timestamptz and raised_at < ${to}::timestamptz and suppressed_by is null group by level`);
    const of = (level: number): number => rows.find((row) => row.level === level)?.n ?? 0;
    const sum = (key: 'n' | 'acknowledged' | 'minutes'): number => rows.reduce((total, row) => total + row[key], 0);
    return {
      levels: [of(1), of(2), of(3), of(4)],
      acknowledged: sum('acknowledged'),
      minutes: sum('minutes'),
      unseen: sum('n') - sum('acknowledged'),
    };
  });
}
