import { systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';
import { probeManifests } from './app.ts';

/** Opens what a killed process left, lets the queue finish and says what is there. */
const { services, worker, close } = await openRuntime({
  manifests: probeManifests,
  config: readConfig(),
  log: createLogger({ level: 'silent' }),
});
await worker.drain();
const actor = systemActor({ name: 'reader' });
const notes = await services.database.tx({ module: 'probe', actor }, (db) =>
  db.one(sql`select count(*)::int as n from probe.note`),
);
const events = await services.database.tx({ module: 'probe', actor }, (db) =>
  db.one(sql`select count(*)::int as n from probe.effect`),
);
const jobs = await services.database.tx({ module: 'kernel', actor }, (db) =>
  db.one(sql`select count(*)::int as n from kernel.job where state = 'done'`),
);
await close();
console.log(JSON.stringify({ notes: notes.n, events: events.n, jobs: jobs.n }));
