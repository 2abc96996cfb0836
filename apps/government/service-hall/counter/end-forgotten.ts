import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Longer than anybody stands at a window. Ours, no law's. */
const FORGOTTEN_MS = 4 * 3_600_000;
/** What broke off while it was sent waits for the clerk until the next day, and no longer: it holds the window. Ours, no law's. */
const BROKEN_MS = 24 * 3_600_000;

/** Ends visits that nobody has ended (遗留清除): what was read of a card does not stay overnight at a window that closed. */
export async function endForgotten(services: Services): Promise<number> {
  const now = services.clock.now();
  const [last, broken] = [FORGOTTEN_MS, BROKEN_MS].map((ms) => new Date(now.getTime() - ms)) as [Date, Date];
  return services.database.tx({ module: 'service-hall', actor: systemActor({ name: 'end-forgotten' }) }, (db) =>
    db.run(sql`
      update service_hall.counter_session set state = case state when 'sent' then 'sent' else 'ended' end, ended_at = ${now}::timestamptz, holder = null, draft = null,
        signature = null, sms_hash = null
      where ended_at is null and opened_at < ${last}::timestamptz and (state <> 'sending' or opened_at < ${broken}::timestamptz)`),
  );
}
