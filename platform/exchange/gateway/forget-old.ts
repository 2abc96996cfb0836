import { systemActor } from '#platform/kernel/actor.ts';
import type { Timer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Takes away what no message can be checked by any more: numbers of expired messages, counts of past days. The log stays. */
export const forgetOld: Timer = {
  name: 'gateway-forget-old',
  everyMs: 60_000,
  run: ({ services }) =>
    services.database.tx({ module: 'gateway', actor: systemActor({ name: 'gateway' }) }, async (db) => {
      const now = services.clock.now();
      await db.run(sql`delete from gateway.nonce where expires_at < ${now}::timestamptz - interval '1 hour'`);
      await db.run(sql`delete from gateway.calls where since < ${now}::timestamptz - interval '2 days'`);
      await db.run(sql`delete from gateway.verify_tries where day < ${now}::timestamptz::date - 2`);
    }),
};
