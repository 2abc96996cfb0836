import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findRule } from '#platform/rulebook/rule-at.ts';
import type { Definition } from '../definition.ts';
import { processHandler } from '../handlers.ts';
import type { Known } from './check-graph.ts';

/** Services that are installed (服务), by name. */
export const handlersOf = (services: Services): string[] => [
  ...new Set(services.registry.provided(processHandler).map(({ value }) => value.name)),
];

/** Processes that an app may call: those it has published. */
export async function processesOf(db: Db, app: string): Promise<string[]> {
  const rows = await db.rows<{ process: string }>(
    sql`select distinct process from workflow.definition where app = ${app} order by process`,
  );
  return rows.map(({ process }) => process);
}

/** What of the names in a definition stands for something in this installation. */
export async function knownTo(
  db: Db,
  services: Services,
  { app, needs }: { app: string; needs: Definition['needs'] },
): Promise<Known> {
  const decisions = new Set<string>();
  for (const decision of needs.decisions) {
    if ((await findRule(db, decision))?.decision) decisions.add(decision);
  }
  return { handlers: new Set(handlersOf(services)), decisions, processes: new Set(await processesOf(db, app)) };
}
