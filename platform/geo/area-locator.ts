import type { MultiPolygon } from 'geojson';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AREA_LEVELS, type AreaLevel, codeAt } from './grid-code.ts';
import { buildLocator, type Locator } from './locate.ts';

/** An area as an answer names it. */
export type AreaName = { code: string; name: string; nameEn: string | null };
/** The areas of all levels that hold a point (所在网格、居委会、街道、区). */
export type Whereabouts = Record<AreaLevel, AreaName>;

export type AreaLocator = {
  /** The areas that hold the point, or null outside the district. Degrees, CGCS2000 or WGS 84. */
  whereabouts(lon: number, lat: number): Whereabouts | null;
  /** The name of an area by its code; the code itself where it has none. */
  name(code: string): AreaName;
  /** Cell codes of many points `[lon, lat, …]`. */
  cells: Locator;
};

type Cached = { revision: number; locator: AreaLocator };
const cache = new WeakMap<Services, Cached>();

/**
 * The locator over the grid cells as they are in the database now. Each call compares one number with the database, so
 * every process follows a change of the areas from the next request on. `db` is bound to geo.
 */
export async function areaLocator(services: Services, db: Db): Promise<AreaLocator> {
  const { revision } = await db.one<{ revision: number }>(sql`select number as revision from geo.revision`);
  const cached = cache.get(services);
  if (cached?.revision === revision) return cached.locator;
  const locator = await readLocator(db);
  cache.set(services, { revision, locator });
  return locator;
}

/** The same for other modules. Call it outside a transaction: in `prepare` of a route, or in a job between transactions. */
export function openAreaLocator(services: Services): Promise<AreaLocator> {
  return services.database.tx({ module: 'geo', actor: systemActor({ name: 'locate' }), readOnly: true }, (db) =>
    areaLocator(services, db),
  );
}

async function readLocator(db: Db): Promise<AreaLocator> {
  const today = sql`valid_from <= kernel.now()::date and (valid_to is null or valid_to > kernel.now()::date)`;
  const names = await db.rows<AreaName>(sql`select code, name, name_en as "nameEn" from geo.area where ${today}`);
  // 15 decimals: enough digits for every double to come back unchanged.
  const cells = await db.rows<{ code: string; geometry: string }>(sql`
    select code, ST_AsGeoJSON(geometry, 15) as geometry from geo.area where level = 'cell' and geometry is not null and ${today}`);
  const byCode = new Map(names.map((area) => [area.code, area]));
  const index = buildLocator(
    cells.map((cell) => ({ code: cell.code, geometry: JSON.parse(cell.geometry) as MultiPolygon })),
  );
  const name = (code: string): AreaName => byCode.get(code) ?? { code, name: code, nameEn: null };
  return {
    name,
    cells: index,
    whereabouts(lon, lat) {
      const cell = index.locate(lon, lat);
      if (cell === null) return null;
      const named = AREA_LEVELS.map((level) => {
        const code = codeAt(cell, level);
        return [level, name(code)] as const;
      });
      return Object.fromEntries(named) as Whereabouts;
    },
  };
}
