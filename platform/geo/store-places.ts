import type { Geometry } from 'geojson';
import { type Db, tableOf } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Dataset } from './layers.ts';

/** One place as an importer hands it over. Degrees in CGCS2000. */
export type PlaceInput = {
  placeId: string;
  name?: string;
  nameEn?: string;
  kind: string;
  category?: string;
  geometry: Geometry;
  properties?: Record<string, unknown>;
  /** Id of the claim it was made from. */
  claim?: string;
};

/** Declares a dataset or revises what is said of it; `db` bound to geo. Whether it is from OpenStreetMap never changes. */
export async function storeDataset(db: Db, dataset: Dataset): Promise<void> {
  await db.run(sql`
    insert into geo.dataset (id, title, licence, attribution, source_url, badge, osm)
    values (${dataset.id}, ${json(dataset.title)}::text::jsonb, ${dataset.licence}, ${dataset.attribution}::text, ${dataset.sourceUrl}::text, ${dataset.badge}, ${dataset.osm}::boolean)
    on conflict (id) do update set title = excluded.title, licence = excluded.licence, attribution = excluded.attribution,
      source_url = excluded.source_url, badge = excluded.badge, updated_at = kernel.now()`);
}

/**
 * Adds places of a declared dataset or replaces those of the same id, in the table that its licence asks for. Run in
 * the transaction of an import, `db` bound to geo. Returns how many rows were written.
 */
export async function storePlaces(
  db: Db,
  options: { places: readonly PlaceInput[]; dataset: string; batch?: string },
): Promise<number> {
  const declared = await db.first<{ osm: boolean; licence: string }>(
    sql`select osm, licence from geo.dataset where id = ${options.dataset}`,
  );
  if (!declared) throw new Error(`dataset ${options.dataset} is not declared`);
  const table = tableOf(declared.osm ? 'geo.osm_place' : 'geo.place');
  const written = await db.run(sql`
    insert into ${table} (dataset, place_id, name, name_en, kind, category, geometry, properties, licence, claim, batch)
    select ${options.dataset}, "placeId", name, "nameEn", kind, category, ST_SetSRID(ST_GeomFromGeoJSON(geometry::text), 4490),
      coalesce(properties, '{}'), ${declared.licence}, claim, ${options.batch ?? null}::text
    from jsonb_to_recordset(${json(options.places)}::text::jsonb) as r ("placeId" text, name text, "nameEn" text, kind text, category text,
      geometry jsonb, properties jsonb, claim text)
    on conflict (key) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind, category = excluded.category,
      geometry = excluded.geometry, properties = excluded.properties, licence = excluded.licence, claim = excluded.claim,
      batch = excluded.batch, updated_at = kernel.now()`);
  await db.emit({ type: 'geo.place.changed', subject: options.dataset, data: { places: String(written) } });
  return written;
}
