import { type Static, Type } from 'typebox';
import type { AreaLocator } from '#platform/geo/area-locator.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Geocoded } from '../shared/address/geocode.ts';
import { matchRoom, type RoomEntry, type RoomMatch } from '../shared/address/rooms.ts';

const Maybe = Type.Union([Type.String(), Type.Null()]);
const Area = Type.Union([Type.Object({ code: Type.String(), name: Type.String() }), Type.Null()]);

export const PlaceSchema = Type.Object({
  code: Type.String(),
  name: Maybe,
  address: Maybe,
  unifiedCode: Maybe,
  yearBuilt: Type.Union([Type.Integer(), Type.Null()]),
  heritageClass: Maybe,
  facadeClass: Maybe,
  managedBy: Maybe,
  cell: Area,
  committee: Area,
  street: Area,
  location: Type.Union([Type.Object({ lon: Type.Number(), lat: Type.Number() }), Type.Null()], {
    description: 'degrees, EPSG:4490',
  }),
  posts: Type.Array(Type.Object({ duty: Type.String(), unit: Type.String(), post: Type.String() })),
});

/** Answer to an address: what was read, what it was matched with, what was assumed, and how sure that is. */
export const GeocodedSchema = Type.Object({
  status: Type.Union(
    [Type.Literal('found'), Type.Literal('unsure'), Type.Literal('outside'), Type.Literal('unknown')],
    {
      description:
        'found: sure enough to be assigned; unsure: for a person to choose; outside: another district; unknown: no such address',
    },
  ),
  district: Maybe,
  compared: Type.String(),
  candidates: Type.Array(
    Type.Object({
      confidence: Type.Number({ description: '0…1; below 0.7 nothing is assigned' }),
      place: PlaceSchema,
      room: Type.Object({
        state: Type.Union(
          [Type.Literal('matched'), Type.Literal('unknown'), Type.Literal('ambiguous'), Type.Literal('none')],
          { description: 'none: no room was written, or rooms are not for who asks (officials only)' },
        ),
        written: Maybe,
        number: Maybe,
        floor: Type.Union([Type.Integer(), Type.Null()]),
        kind: Maybe,
        among: Type.Array(Type.String()),
      }),
      steps: Type.Array(
        Type.Object({
          part: Type.String(),
          how: Type.String(),
          read: Type.String(),
          matched: Type.String(),
          factor: Type.Number(),
        }),
      ),
    }),
    { maxItems: 5 },
  ),
});
export type Answer = Static<typeof GeocodedSchema>;
type Place = Static<typeof PlaceSchema>;

type PlaceRow = {
  code: string;
  name: string | null;
  address: string | null;
  unifiedCode: string | null;
  yearBuilt: number | null;
  heritageClass: string | null;
  facadeClass: string | null;
  managedBy: string | null;
  cell: string | null;
  committee: string | null;
  lon: number | null;
  lat: number | null;
};

/**
 * Completes readings with what the register knows, for all of them in three statements. `db` is bound to space. Rooms are internal (L2):
 * without `rooms` the register of rooms is not read, and the answer has no more of the room than what was written.
 */
export async function answersOf(options: {
  db: Db;
  locator: AreaLocator;
  found: readonly Geocoded[];
  rooms: boolean;
}): Promise<Answer[]> {
  const { db, locator, found } = options;
  const codes = [...new Set(found.flatMap(({ candidates }) => candidates.map(({ building }) => building)))];
  if (codes.length === 0)
    return found.map(({ status, district, compared }) => ({ status, district, compared, candidates: [] }));
  const places = await placesOf({ db, locator, codes });
  const byBuilding = options.rooms ? await roomsOf(db, found) : undefined;
  return found.map(({ status, district, compared, candidates }) => ({
    status,
    district,
    compared,
    candidates: candidates.flatMap(({ building, confidence, steps, floor, room }) => {
      const place = places.get(building);
      if (!place) return [];
      const match = byBuilding ? matchRoom(byBuilding.get(building) ?? [], { floor, room }) : NO_ROOM;
      return [
        {
          confidence,
          place,
          room: {
            state: match.state,
            written: room,
            number: match.room?.number ?? null,
            floor: match.room?.floor ?? null,
            kind: match.room?.kind ?? null,
            among: match.candidates.map(({ number }) => number),
          },
          steps,
        },
      ];
    }),
  }));
}

const NO_ROOM: RoomMatch = { state: 'none', room: null, candidates: [] };

/** Rooms of the buildings of which a room was written, by building. */
async function roomsOf(db: Db, found: readonly Geocoded[]): Promise<Map<string, RoomEntry[]>> {
  const wanted = [
    ...new Set(
      found.flatMap(({ candidates }) => candidates.filter(({ room }) => room !== null).map(({ building }) => building)),
    ),
  ];
  const byBuilding = new Map<string, RoomEntry[]>();
  if (wanted.length === 0) return byBuilding;
  const rooms = await db.rows<RoomEntry & { building: string }>(sql`
    select id, building_code as building, number, kind, floor from space.room where building_code = any(${wanted}::text[]) order by floor, number`);
  for (const room of rooms) byBuilding.set(room.building, [...(byBuilding.get(room.building) ?? []), room]);
  return byBuilding;
}

/** Buildings with their areas and the posts that answer for them. */
export async function placesOf({
  db,
  locator,
  codes,
}: {
  db: Db;
  locator: AreaLocator;
  codes: readonly string[];
}): Promise<Map<string, Place>> {
  const rows = await db.rows<PlaceRow>(sql`
    select code, name, address, unified_code as "unifiedCode", year_built as "yearBuilt", heritage_class as "heritageClass", facade_class as "facadeClass",
      managed_by as "managedBy", cell_code as cell, committee_code as committee, ST_X(p) as lon, ST_Y(p) as lat
    from space.building cross join lateral (select ST_PointOnSurface(geometry) as p) s
    where code = any(${[...codes]}::text[]) and not space.hides(secrecy)`);
  const scopes = new Set(
    rows.flatMap(({ code, cell, committee }) => [code, cell ?? '', committee ?? '', committee?.slice(0, 9) ?? '']),
  );
  const posts = await db.rows<{ scope: string; duty: string; unit: string; post: string }>(sql`
    select scope_code as scope, duty, unit, post from space.responsibility where scope_code = any(${[...scopes]}::text[]) order by length(scope_code) desc, duty`);
  const area = (code: string | null | undefined) => (code ? { code, name: locator.name(code).name } : null);
  return new Map(
    rows.map(({ lon, lat, cell, committee, ...row }) => [
      row.code,
      {
        ...row,
        cell: area(cell),
        committee: area(committee),
        street: area(committee?.slice(0, 9)),
        location: lon === null || lat === null ? null : { lon, lat },
        posts: posts
          .filter(({ scope }) => [row.code, cell, committee, committee?.slice(0, 9)].includes(scope))
          .map(({ duty, unit, post }) => ({ duty, unit, post })),
      },
    ]),
  );
}
