/**
 * A process of its own that imports a file and may be killed at any moment. `start ROWS` uploads and imports, saying how far it
 * is; `resume` opens the same installation again and says how it ended.
 */
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { csvOf, officer, registerUploads, stateOf, upload } from '#platform/exchange/testing.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';

export type Said =
  | { kind: 'at'; batch: string; state: string; read: number; loaded: number }
  | { kind: 'end'; state: string; claims: number; golden: number; faulty: number };

const [mode, given] = process.argv.slice(2);
const say = (said: Said): void => console.log(JSON.stringify(said));

const config = readConfig();
const runtime = await openRuntime({
  manifests: [identity, access, audit, search, rulebook, calendar, catalog, geo, exchange],
  config,
  log: createLogger({ level: 'silent' }),
});
const { services } = runtime;

async function idOf(): Promise<string> {
  if (mode === 'start') {
    await registerUploads(services);
    return (await upload(services, csvOf(Number(given)))).id;
  }
  const { id } = await services.database.tx({ module: 'exchange', actor: officer }, (db) =>
    db.one<{ id: string }>(sql`select id from exchange.batch`),
  );
  return id;
}

const batch = await idOf();
services.wake();
for (;;) {
  const { state, rows_read: read, rows_loaded: loaded } = await stateOf(services, batch);
  say({ kind: 'at', batch, state, read, loaded });
  if (state !== 'received' && state !== 'reading' && state !== 'publishing') break;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const counts = await services.database.tx({ module: 'exchange', actor: officer }, (db) =>
  db.one<{ claims: number; golden: number; faulty: number }>(sql`
    select (select count(distinct (row_no, source_key))::int from exchange.claim having count(*) = count(distinct row_no)) as claims,
      (select count(*)::int from exchange.reference) as golden, (select count(*)::int from exchange.quarantine) as faulty`),
);
say({ kind: 'end', state: (await stateOf(services, batch)).state, ...counts });
await runtime.close();
