import type { Geometry } from 'geojson';
import type { CheckedRow, RowFault } from '#platform/exchange/target.ts';
import { convertPosition, type Datum } from '#platform/geo/coordinates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { normaliseAddress } from './normalise-address.ts';

/** The shift between GCJ-02 or BD-09 and the true place in Shanghai lies in this range; metres. */
const SHIFT = { from: 300, to: 1500 };
/** What comes this near to the known place once it is converted was in that datum; metres. */
const NEAR = 60;
const METRES_A_DEGREE = 111_320;
const HIDDEN_DATUMS = ['GCJ-02', 'BD-09'] as const satisfies readonly Datum[];

type Point = readonly [number, number];
type Known = { row: number; lon: number; lat: number };

/**
 * Outlines that were declared as CGCS2000 or WGS 84 but are GCJ-02 or BD-09 (坐标系误报): they lie some hundred metres beside the place
 * that the register has for their address, and fall on it once converted. Such a row is refused, never moved by guess.
 */
export async function checkDatum(db: Db, rows: readonly CheckedRow[]): Promise<RowFault[]> {
  const placed = rows.flatMap(({ row, values }) => {
    const at = values.outline ? middleOf(JSON.parse(values.outline) as Geometry) : undefined;
    const key = values.address ? normaliseAddress(values.address).key : null;
    return at ? [{ row, at, code: values.buildingCode ?? null, key }] : [];
  });
  if (placed.length === 0) return [];
  const asked = placed.map(({ row, code, key }) => ({ row, code, key }));
  const known = await db.rows<Known>(sql`
    select x.row, ST_X(p) as lon, ST_Y(p) as lat from jsonb_to_recordset(${json(asked)}::text::jsonb) as x (row int, code text, key text)
    cross join lateral (
      select ST_Centroid(b.geometry) as p from space.building b
      where b.geometry is not null and (b.code = x.code or (x.code is null and b.address_key = x.key)) order by b.code limit 1) s`);
  const places = new Map(known.map((k) => [k.row, [k.lon, k.lat] as const]));
  return placed.flatMap(({ row, at }) => {
    const place = places.get(row);
    const datum = place && datumOf(at, place);
    return datum
      ? [
          {
            row,
            column: 'outline',
            field: 'outline',
            rule: 'datum-shift',
            reason: {
              zh: `轮廓偏离登记位置约 ${Math.round(metres(at, place))} 米，与 ${datum} 坐标一致：请按 ${datum} 申报坐标系后重新导入`,
              en: `The outline lies ${Math.round(metres(at, place))} m from the registered place, as ${datum} does: declare ${datum} and import again`,
            },
          },
        ]
      : [];
  });
}

/** The datum in which `at` was really written, if it was not the declared one. */
export function datumOf(at: Point, place: Point): Datum | undefined {
  const away = metres(at, place);
  if (away < SHIFT.from || away > SHIFT.to) return undefined;
  return HIDDEN_DATUMS.find((from) => {
    const [lon = 0, lat = 0] = convertPosition({ position: [...at], from, to: 'EPSG:4490' });
    return metres([lon, lat], place) <= NEAR;
  });
}

function metres(a: Point, b: Point): number {
  return Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]) * METRES_A_DEGREE;
}

/** Mean of the corners of the outer ring: near enough for a house. */
function middleOf(geometry: Geometry): Point | undefined {
  const ring =
    geometry.type === 'Polygon'
      ? geometry.coordinates[0]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates[0]?.[0]
        : undefined;
  if (!ring || ring.length === 0) return undefined;
  const sum = ring.reduce((s, p) => [(s[0] ?? 0) + (p[0] ?? 0), (s[1] ?? 0) + (p[1] ?? 0)], [0, 0]);
  return [(sum[0] ?? 0) / ring.length, (sum[1] ?? 0) / ring.length];
}
