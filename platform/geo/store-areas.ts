import type { MultiPolygon, Polygon } from 'geojson';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type AreaLevel, CODE_LENGTH, levelOf } from './grid-code.ts';

/** One area as an importer hands it over. Degrees in CGCS2000. */
export type AreaInput = {
  code: string;
  name: string;
  nameEn?: string;
  geometry?: Polygon | MultiPolygon;
  generated?: boolean;
  validFrom?: string;
  validTo?: string;
};

/**
 * Adds areas or replaces those of the same code; level and parent follow from the code. Run in the transaction of an
 * import, `db` bound to geo. A row without geometry keeps the outline that is there (a register brings names only).
 * Returns how many rows were written; throws RangeError on a code of no level.
 */
export async function storeAreas(
  db: Db,
  options: { areas: readonly AreaInput[]; dataset: string; licence?: string; batch?: string },
): Promise<number> {
  const rows = options.areas.map((area) => ({ ...area, ...placeInTree(area.code), geometry: area.geometry ?? null }));
  if (rows.length === 0) return 0;
  const written = await db.run(sql`
    insert into geo.area (code, level, name, name_en, parent, geometry, generated, dataset, licence, batch, valid_from, valid_to)
    select code, level, name, "nameEn", parent, ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(geometry::text), 4490)), coalesce(generated, false),
      ${options.dataset}, ${options.licence ?? null}::text, ${options.batch ?? null}::text, coalesce("validFrom", '2000-01-01'), "validTo"
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r (code text, level text, name text, "nameEn" text, parent text,
      geometry jsonb, generated boolean, "validFrom" date, "validTo" date)
    on conflict (code) do update set name = excluded.name, name_en = coalesce(excluded.name_en, geo.area.name_en),
      geometry = coalesce(excluded.geometry, geo.area.geometry),
      generated = case when excluded.geometry is null then geo.area.generated else excluded.generated end,
      dataset = excluded.dataset, licence = excluded.licence, batch = excluded.batch, valid_from = excluded.valid_from, valid_to = excluded.valid_to`);
  await db.emit({ type: 'geo.area.changed', subject: options.dataset, data: { areas: String(written) } });
  return written;
}

function placeInTree(code: string): { level: AreaLevel; parent: string | null } {
  const level = levelOf(code);
  if (!level) throw new RangeError(`not an area code: ${code}`);
  const parents = { district: null, street: 'district', committee: 'street', cell: 'committee' } as const;
  const parent = parents[level];
  return { level, parent: parent && code.slice(0, CODE_LENGTH[parent]) };
}
