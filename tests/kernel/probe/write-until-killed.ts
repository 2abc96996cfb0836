import { systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';
import { probeManifests } from './app.ts';

/** Writes a row, an event and a job in each transaction and says so once it is committed, until someone kills it. */
const runtime = await openRuntime({
  manifests: probeManifests,
  config: readConfig(),
  log: createLogger({ level: 'silent' }),
  work: false,
});
console.log('open');
for (let n = 1; ; n++) {
  await runtime.services.database.tx({ module: 'probe', actor: systemActor({ name: 'writer' }) }, async (db) => {
    const id = uuidv7();
    await db.run(sql`insert into probe.note (id, body, number) values (${id}::uuid, 'kept', ${n}::bigint)`);
    await db.emit({ type: 'probe.note.added', subject: id });
    await db.enqueue({ name: 'count', payload: { note: id } });
  });
  console.log(n);
}
