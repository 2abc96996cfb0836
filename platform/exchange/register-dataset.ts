import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { moduleOfTarget } from './import-batch.ts';
import type { Mapping } from './mapping.ts';

/** Registers a data set with the first version of its mapping; a data set that is there keeps what was edited on the screen. */
export async function registerDataset(db: Db, services: Services, mapping: Mapping): Promise<void> {
  const app = moduleOfTarget(services, mapping.target).role;
  const made = await db.run(sql`
    insert into exchange.dataset (id, app, target, unit, title, format, badge, licence, attribution, source_url, datum, mapping_version)
    values (${mapping.dataset}, ${app}, ${mapping.target}, ${mapping.unit}, ${json(mapping.title)}::text::jsonb, ${mapping.format ?? null}::text, ${mapping.badge},
      ${mapping.licence ?? null}::text, ${mapping.attribution ?? null}::text, ${mapping.sourceUrl ?? null}::text, ${mapping.datum ?? mapping.crs ?? null}::text, ${mapping.version}::int)
    on conflict (id) do nothing`);
  if (made === 0) return;
  await db.run(
    sql`insert into exchange.mapping (dataset, version, document, created_by) values (${mapping.dataset}, ${mapping.version}::int, ${json(mapping)}::text::jsonb, 'system:install')`,
  );
}
