import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AlertView, readAlerts } from './alert-view.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export type AlertStory = {
  alert: AlertView;
  entries: { at: Date; what: string; name: string | null; note: string | null }[];
};

/** What happened to an alert (预警经过), by the rights of the actor; who was told by which step is for its own page. Undefined: there is none for this caller. */
export function alertStory(options: { services: Services; actor: Actor; id: string }): Promise<AlertStory | undefined> {
  const { services, actor, id } = options;
  return services.database.tx({ module: 'signal', actor, readOnly: true }, async (db) => {
    if (!UUID.test(id)) return undefined;
    const [alert] = await readAlerts(db, sql`where id = ${id}::uuid`);
    if (!alert) return undefined;
    const entries = await db.rows<AlertStory['entries'][number]>(sql`
      select at, what, by_name as name, case when what in ('acknowledged', 'closed') then note end as note from signal.alert_entry
      where alert = ${id}::uuid and what in ('raised', 'level', 'acknowledged', 'cleared', 'closed', 'unanswered') order by at, id limit 200`);
    return { alert, entries };
  });
}
