import { systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import type { Database } from '#platform/kernel/db.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { permits } from '#platform/calendar/fixtures/permits/app.ts';
import { identity } from '#platform/identity/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';

/*
 * Fires clocks. `plant N M` first makes N clocks that are due, and kills itself in the M-th batch before it commits. At the end the
 * counts of events and of batches are said as JSON.
 */
const [act, amount = '0', dieAt = '0'] = process.argv.slice(2);
const runtime = await openRuntime({
  // The worker looks at its timers once at the start; here only the test fires.
  manifests: [identity, rulebook, { ...calendar, timers: [] }, access, audit, permits],
  config: readConfig(),
  log: createLogger({ level: 'silent' }),
  work: false,
});
const { services } = runtime;
if (act === 'plant') {
  await services.database.tx({ module: 'permits', actor: systemActor({ name: 'plant' }) }, (db) =>
    db.run(sql`
      insert into calendar.clock (id, app, kind, subject, basis, basis_version, amount, unit, started_at, start_event, due_at, amber_at, provisional, edition, state)
      select gen_random_uuid(), 'permits', 'permits.mass', 'mass-' || n, 'permits.case.decision', 1, 10, 'working-day', now() - interval '20 days', 'x',
        now() - interval '1 minute', now() - interval '2 minutes', false, calendar.edition_now(), 'running' from generate_series(1, ${Number(amount)}::int) n`),
  );
}
let batches = 0;
const mortal: Database = {
  ...services.database,
  tx: (context, work) =>
    services.database.tx(context, async (db) => {
      const result = await work(db);
      batches += 1;
      // Everything of this batch is written and nothing committed.
      if (batches === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
      return result;
    }),
};
await fireClocks({ ...services, database: mortal });
const counts = await services.database.tx({ module: 'kernel', actor: systemActor({ name: 'count' }) }, (db) =>
  db.rows(sql`
    select type, count(*)::int as events, count(distinct subject)::int as clocks from kernel.event
    where data->>'kind' = 'permits.mass' group by type order by type`),
);
console.log(JSON.stringify({ counts, batches }));
await runtime.close();
