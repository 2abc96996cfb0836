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
 * Adds areas or revises those of the same code; level and parent follow from the code. Run in the transaction of an
 * import, `db` bound to geo. A register (rows without geometry) is the authority for names, an outline for shapes,
 * whichever comes first: neither overwrites the other. Repeating it changes nothing.
 * Returns how many rows were written; throws RangeError on a code of no level.
 */
export async function storeAreas(
  db: Db,
  options: { areas: readonly AreaInput[]; dataset: string; licence?: string; batch?: string },
): Promise<number> {
  const distinct = new Map(options.areas.map((area) => [area.code, area]));
  const rows = [...distinct.values()].map((area) => ({
    ...area,
    ...placeInTree(area.code),
    geometry: area.geometry ?? null,
  }));
  if (rows.length === 0) return 0;
  // True where the row that is there may be renamed by the one that comes.
  const renames = sql`(excluded.geometry is null or old.dataset = old.outline_dataset)`;
  const revised = sql`
    case when ${renames} then excluded.name else old.name end,
    case when ${renames} then coalesce(excluded.name_en, old.name_en) else old.name_en end,
    case when ${renames} then excluded.dataset else old.dataset end,
    case when ${renames} then excluded.licence else old.licence end,
    case when ${renames} then excluded.valid_from else old.valid_from end,
    case when ${renames} then excluded.valid_to else old.valid_to end,
    coalesce(excluded.geometry, old.geometry),
    coalesce(excluded.outline_dataset, old.outline_dataset),
    case when excluded.geometry is null then old.generated else excluded.generated end`;
  const written = await db.run(sql`
    insert into geo.area as old (code, level, name, name_en, parent, geometry, generated, dataset, outline_dataset, licence, batch, valid_from, valid_to)
    select code, level, name, "nameEn", parent, shape, coalesce(generated, false), ${options.dataset}::text,
      case when shape is not null then ${options.dataset}::text end, ${options.licence ?? null}::text, ${options.batch ?? null}::text,
      coalesce("validFrom", '2000-01-01'), "validTo"
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r (code text, level text, name text, "nameEn" text, parent text,
      geometry jsonb, generated boolean, "validFrom" date, "validTo" date)
    cross join lateral (select ST_SetSRID(ST_GeomFromGeoJSON(geometry::text), 4490) as given) g
    cross join lateral (select ST_Multi(case when ST_IsValid(given) then given else ST_CollectionExtract(ST_MakeValid(given), 3) end) as shape) s
    on conflict (code) do update set (name, name_en, dataset, licence, valid_from, valid_to, geometry, outline_dataset, generated, batch) = (${revised}, excluded.batch)
      where (old.name, old.name_en, old.dataset, old.licence, old.valid_from, old.valid_to, old.geometry, old.outline_dataset, old.generated)
        is distinct from (${revised})`);
  if (written > 0) {
    await db.emit({ type: 'geo.area.changed', subject: options.dataset, data: { areas: String(written) } });
  }
  return written;
}

function placeInTree(code: string): { level: AreaLevel; parent: string | null } {
  const level = levelOf(code);
  if (!level) throw new RangeError(`not an area code: ${code}`);
  const parents = { district: null, street: 'district', committee: 'street', cell: 'committee' } as const;
  const parent = parents[level];
  return { level, parent: parent && code.slice(0, CODE_LENGTH[parent]) };
}
