import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Names of all published items by code (事项名称): public anyway, for modules that keep codes only. Call it outside a transaction. */
export async function publishedTitles(services: Services): Promise<ReadonlyMap<string, Text>> {
  const rows = await services.database.tx(
    { module: 'service', actor: systemActor({ name: 'titles' }), readOnly: true },
    (db) => db.rows<{ code: string; title: Text }>(sql`select code, title from service.item where state = 'published'`),
  );
  return new Map(rows.map(({ code, title }) => [code, title]));
}
