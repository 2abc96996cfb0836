import { createHash } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';

/**
 * Publishes a version of a process (发布流程版本) for an app, with the file as it was given. The same file again is the version that
 * is there. New instances take the newest; those that run stay on theirs. `graph` is what `readDefinition` made of the file.
 */
export async function storeDefinition(
  db: Db,
  options: { xml: string; graph: Definition; app?: string },
): Promise<{ id: string; version: number; fresh: boolean }> {
  const { xml, graph } = options;
  const app = options.app ?? db.module;
  const digest = createHash('sha256').update(xml).digest('hex');
  const newest = await db.first<{ id: string; version: number; digest: string }>(sql`
    select id, version, digest from workflow.definition where app = ${app} and process = ${graph.id} order by version desc limit 1`);
  if (newest?.digest === digest) return { id: newest.id, version: newest.version, fresh: false };
  const id = uuidv7();
  const version = (newest?.version ?? 0) + 1;
  // Two publish at once: the second meets the unique version and is refused, never silently the loser.
  await db.run(sql`
    insert into workflow.definition (id, app, process, version, name, xml, graph, digest, published_by)
    values (${id}::uuid, ${app}, ${graph.id}, ${version}::int, ${graph.name}, ${xml}, ${json(graph)}::text::jsonb, ${digest}, ${db.actor.account})`);
  return { id, version, fresh: true };
}
