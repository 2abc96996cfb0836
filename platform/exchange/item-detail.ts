import type { ItemDetail, ItemDetailSource } from '#platform/catalog/item-detail.ts';
import { type Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { importTarget } from './target.ts';

type DatasetRow = {
  id: string;
  title: Text;
  unit: string;
  badge: string;
  licence: string | null;
  attribution: string | null;
  source_url: string | null;
  datum: string | null;
  mapping_version: number;
};
type BatchRow = {
  id: string;
  dataset: string;
  unit: string;
  received_at: Date;
  loaded_at: Date | null;
  state: string;
  rows_read: number;
  rows_loaded: number;
  rows_faulty: number;
  mapping_version: number;
};

/** What the catalogue shows of the data behind a resource: sources with licence and datum, last imports, open faults. */
export const describeItem: ItemDetailSource = {
  async describe({ services, resource }) {
    const targets = targetsOf(services, resource);
    if (targets.length === 0) return undefined;
    return services.database.tx(
      { module: 'exchange', actor: systemActor({ name: 'catalogue' }), readOnly: true },
      async (db): Promise<ItemDetail> => {
        const osm = resource.includes('osm');
        const datasets = (
          await db.rows<DatasetRow>(
            sql`select id, title, unit, badge, licence, attribution, source_url, datum, mapping_version from exchange.dataset where target = any (${targets}::text[]) order by id`,
          )
        ).filter((d) => !targets.includes('geo.place') || osm === (d.licence ?? '').startsWith('ODbL'));
        const ids = datasets.map((d) => d.id);
        const batches = await db.rows<BatchRow>(sql`
        select id, dataset, unit, received_at, loaded_at, state, rows_read, rows_loaded, rows_faulty, mapping_version
        from exchange.batch where dataset = any (${ids}::text[]) and state <> 'duplicate' order by received_at desc limit 20`);
        const totals = await db.one<{ faults: number; rows: number; fresh: Date | null }>(sql`
        select (select count(*)::int from exchange.quarantine q join exchange.batch b on b.id = q.batch where b.dataset = any (${ids}::text[]) and q.state = 'open') as faults,
          coalesce(sum(rows_ok), 0)::int as rows, max(loaded_at) as fresh from exchange.batch where dataset = any (${ids}::text[]) and state = 'loaded'`);
        return {
          freshness: totals.fresh?.toISOString() ?? null,
          faults: totals.faults,
          rows: Number(totals.rows),
          datasets: datasets.map((d) => ({
            id: d.id,
            title: d.title,
            unit: d.unit,
            badge: d.badge,
            licence: d.licence,
            attribution: d.attribution,
            sourceUrl: d.source_url,
            datum: d.datum,
            mappingVersion: d.mapping_version,
          })),
          batches: batches.map((b) => ({
            id: b.id,
            dataset: b.dataset,
            unit: b.unit,
            receivedAt: b.received_at.toISOString(),
            state: b.state,
            rowsRead: b.rows_read,
            rowsLoaded: b.rows_loaded,
            rowsFaulty: b.rows_faulty,
            mappingVersion: b.mapping_version,
          })),
        };
      },
    );
  },
};

/** Targets whose claims end in a resource: the target of that name, or those of its module. */
function targetsOf(services: Services, resource: string): string[] {
  const ids = services.registry.provided(importTarget).map((t) => t.value);
  const exact = ids.filter((t) => t.feeds?.includes(resource) || t.id === resource);
  return exact.map((t) => t.id);
}
