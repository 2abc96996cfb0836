import { type Static, Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { Whereabouts } from '#platform/geo/area-locator.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { part } from './resources.ts';

/** A part as an answer shows it. */
export const PartSchema = Type.Object({
  ...itemOf(part, ['code', 'class', 'owner', 'keeper', 'state', 'installed', 'source', 'street', 'committee', 'cell'])
    .properties,
  lon: Type.Number({ description: 'degrees, CGCS2000' }),
  lat: Type.Number(),
  sample: Type.Boolean(),
});
export type PartRow = Static<typeof PartSchema>;

/** Columns of `grid.part` as `PartRow` names them. */
export const PART_COLUMNS = sql`code, class, owner, keeper, state, installed::text as installed, source, street, committee, cell, ST_X(geometry) as lon, ST_Y(geometry) as lat, sample`;

export const findPart = (db: Db, code: string): Promise<PartRow | undefined> =>
  db.first<PartRow>(sql`select ${PART_COLUMNS} from grid.part where code = ${code}`);

/** A part that goes into the register. */
export type NewPart = {
  code: string;
  lon: number;
  lat: number;
  owner: string;
  keeper: string;
  state?: 'in-use' | 'missing' | 'removed';
  installed?: string | null;
  source: string;
  where: Pick<Whereabouts, 'street' | 'committee' | 'cell'>;
  sample?: boolean;
};

/** Puts parts into the register, with the first line of their history; those that are there stay as they are. Returns how many were new. */
export async function storeParts(
  db: Db,
  options: { parts: readonly NewPart[]; at: Date; by: { name: string; unit: string | null } },
): Promise<number> {
  const { at, by } = options;
  const rows = options.parts.map(({ where, ...each }) => ({
    ...each,
    street: where.street.code,
    committee: where.committee.code,
    cell: where.cell.code,
  }));
  return db.run(sql`
    with stored as (
      insert into grid.part (code, geometry, owner, keeper, state, installed, source, street, committee, cell, sample, updated_at)
      select code, ST_SetSRID(ST_MakePoint(lon, lat), 4490), owner, keeper, coalesce(state, 'in-use'), installed, source, street, committee, cell, coalesce(sample, false), ${at}::timestamptz
      from jsonb_to_recordset(${json(rows)}::text::jsonb) as r (code text, lon float8, lat float8, owner text, keeper text, state text, installed date, source text,
        street text, committee text, cell text, sample boolean)
      on conflict (code) do nothing returning code)
    insert into grid.part_change (part, at, kind, by_name, by_unit) select code, ${at}::timestamptz, 'registered', ${by.name}, ${by.unit}::text from stored`);
}

/** Metres to a degree of latitude: near enough for a box that only narrows what is measured exactly afterwards. */
const METRES_A_DEGREE = 111_000;

/**
 * Parts within so many metres of a point, the nearest first. The box of the radius is answered by the index of positions; within it the distance on the
 * sphere decides, since a degree of longitude is shorter than one of latitude.
 */
export function partsNear(
  db: Db,
  options: { lon: number; lat: number; withinM: number; class?: string; where?: Sql; limit: number },
): Promise<(PartRow & { distanceM: number })[]> {
  const { lon, lat, withinM } = options;
  const high = withinM / METRES_A_DEGREE;
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const box = sql`ST_MakeEnvelope(${lon - wide}::float8, ${lat - high}::float8, ${lon + wide}::float8, ${lat + high}::float8, 4490)`;
  const here = sql`ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4326)`;
  return db.rows(sql`
    select ${PART_COLUMNS}, "distanceM" from (
      select p.*, ST_DistanceSphere(ST_SetSRID(geometry, 4326), ${here}) as "distanceM" from grid.part p
      where geometry && ${box} and (${options.class ?? null}::text is null or class = ${options.class ?? null}::text) and state <> 'removed') near
    where "distanceM" <= ${withinM}::float8 order by "distanceM", code limit ${options.limit}::int`);
}

/** A transaction of this module for those who ask from outside. */
export const inGrid = <T>(services: Services, work: (db: Db) => Promise<T>, readOnly = true): Promise<T> =>
  services.database.tx({ module: 'grid', actor: systemActor({ name: 'parts' }), readOnly }, work);
