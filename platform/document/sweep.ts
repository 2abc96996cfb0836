import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fileStore } from './store/file-store.ts';
import { incomingFolder } from './store/spool.ts';

/** An upload that is still being written is younger than this. */
const WRITING_HOURS = 1;
/** Files of one round; the next goes on. */
const ROUND = 200;

/**
 * Deletes what nobody needs (清理): uploads that have expired, contents that no file names any more, and what a crash left in the store. The row
 * goes first and names the content as waste, so that no committed file is ever without its content.
 */
export async function sweepFiles(services: Services): Promise<number> {
  const tx = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: 'document', actor: systemActor({ name: 'document' }) }, work);
  const waste = await tx(async (db) => {
    await db.run(sql`delete from document.file where id in (
      select f.id from document.file f where f.state = 'uploaded' and f.expires_at <= kernel.now() limit ${ROUND}::int for update skip locked)`);
    await db.run(sql`with gone as (
        delete from document.content where id in (
          select c.id from document.content c where not exists (select 1 from document.file f where f.content = c.id) limit ${ROUND}::int for update skip locked)
        returning id)
      insert into document.blob (id, at) select id, '-infinity' from gone`);
    return db.rows<{ id: string }>(
      sql`select id from document.blob where at < kernel.now() - make_interval(hours => ${WRITING_HOURS}::int) limit ${ROUND}::int`,
    );
  });
  for (const { id } of waste) await fileStore(services).remove(id);
  await sweepIncoming(services);
  if (waste.length > 0)
    await tx((db) => db.run(sql`delete from document.blob where id = any(${waste.map(({ id }) => id)}::uuid[])`));
  return waste.length;
}

/** What a process that was killed left half received. */
async function sweepIncoming(services: Services): Promise<void> {
  const folder = incomingFolder(services);
  const oldest = Date.now() - WRITING_HOURS * 60 * 60 * 1000;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < oldest) await rm(path, { force: true });
  }
}
