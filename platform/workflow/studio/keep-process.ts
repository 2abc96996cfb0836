import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readDefinition } from '../bpmn/read-definition.ts';
import { OWN_APP } from './apps.ts';
import { publishVersion } from './published-versions.ts';

/**
 * Puts a process that comes as a file of this installation: its draft and, where it was never published, its first version. What
 * people have changed since stays changed: `fresh` is false.
 */
export async function keepProcess(
  db: Db,
  { xml, unit, app = OWN_APP, published = true }: { xml: string; unit: string; app?: string; published?: boolean },
): Promise<{ fresh: boolean }> {
  const definition = await readDefinition(xml);
  const fresh = await db.run(sql`
    insert into workflow.draft (process, app, name, unit, xml, changed_by, changed_by_name)
    values (${definition.id}, ${app}, ${definition.name}, ${unit}, ${xml}, ${db.actor.account}, ${db.actor.name})
    on conflict (process) do nothing`);
  if (fresh > 0 && published) await publishVersion(db, { app, xml, definition });
  return { fresh: fresh > 0 };
}
