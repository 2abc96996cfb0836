import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { queueRules } from './hall-rules.ts';
import { actOnTicket, holdTicket } from './ticket-record.ts';

const actor = systemActor({ name: 'hall-queue' });

/**
 * Ends calls that nobody answered in time (过号作废), and what is left of days before: who did not leave a line when the doors closed
 * is no longer in it.
 */
export async function expireCalls(services: Services): Promise<number> {
  return services.database.tx({ module: 'service-hall', actor }, async (db) => {
    const now = services.clock.now();
    const rules = await queueRules(db, now);
    const before = new Date(now.getTime() - rules.noShowMinutes * 60_000);
    const rows = await db.rows<{ id: string }>(sql`
      select id from service_hall.ticket where state in ('called', 'passed') and called_at <= ${before}::timestamptz order by id`);
    for (const { id } of rows) {
      const ticket = await holdTicket(db, id);
      if (ticket?.state === 'called' || ticket?.state === 'passed')
        await actOnTicket(db, { ticket, act: { act: 'expire' }, rules, now });
    }
    const stale = await db.run(sql`
      update service_hall.ticket set state = 'left', ended_at = ${now}::timestamptz where state = 'waiting' and day < ${shanghaiDate(now)}::date`);
    return rows.length + stale;
  });
}
