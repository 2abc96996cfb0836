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
  const distinct = new Map(options.places.map((place) => [place.placeId, place]));
  const written = await db.run(sql`
    insert into ${table} as old (dataset, place_id, name, name_en, kind, category, geometry, properties, licence, claim, batch)
    select ${options.dataset}, "placeId", name, "nameEn", kind, category, case when ST_IsValid(given) then given else ST_MakeValid(given) end,
      coalesce(properties, '{}'), ${declared.licence}, claim, ${options.batch ?? null}::text
    from jsonb_to_recordset(${json([...distinct.values()])}::text::jsonb) as r ("placeId" text, name text, "nameEn" text, kind text, category text,
      geometry jsonb, properties jsonb, claim text)
    cross join lateral (select ST_SetSRID(ST_GeomFromGeoJSON(geometry::text), 4490) as given) g
    on conflict (key) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind, category = excluded.category,
      geometry = excluded.geometry, properties = excluded.properties, licence = excluded.licence, claim = excluded.claim,
      batch = excluded.batch, updated_at = kernel.now()
      where (old.name, old.name_en, old.kind, old.category, old.geometry, old.properties, old.licence)
        is distinct from (excluded.name, excluded.name_en, excluded.kind, excluded.category, excluded.geometry, excluded.properties, excluded.licence)`);
  if (written > 0) {
    await db.emit({ type: 'geo.place.changed', subject: options.dataset, data: { places: String(written) } });
  }
  return written;
}
