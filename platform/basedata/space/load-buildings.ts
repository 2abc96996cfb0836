import {
  type CheckedRow,
  type ImportTarget,
  type LoadResult,
  plain,
  type RowFault,
} from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type GoldenRow, writeGolden } from '../shared/golden-store.ts';
import { type Golden, othersOf, type Statement, survive } from '../shared/survivorship.ts';
import { BUILDING_FIELDS, BUILDING_RULES, BUILDING_TABLE } from './building-rules.ts';
import { checkDatum } from './check-datum.ts';
import { normaliseAddress } from './normalise-address.ts';
import { reportOverlaps } from './report-conflicts.ts';
import { unifiedCodeOf } from './unified-code.ts';
import { statementsOf } from './statements.ts';

/** Buildings from department files (房屋楼幢). Matched by the unified building code. */
export const buildingTarget: ImportTarget = {
  id: 'space.building',
  title: { zh: '建筑物', en: 'Buildings' },
  fields: BUILDING_FIELDS,
  check: ({ db, rows }) => checkBuildings(db, rows),
  async load({ db, claims }) {
    const about = claims.flatMap((claim) => {
      const code = plain(claim.payload, 'buildingCode');
      return code === undefined ? [] : [{ claim: claim.id, code }];
    });
    await db.run(sql`
      insert into space.building_claim (claim_id, code)
      select x.claim, x.code from jsonb_to_recordset(${json(about)}::text::jsonb) as x (claim bigint, code text)
      on conflict (claim_id) do nothing`);
    return rebuildBuildings(db, [...new Set(about.map(({ code }) => code))]);
  },
};

/** Makes the golden records of these buildings from all their claims. The result does not depend on the order of arrival. */
export async function rebuildBuildings(db: Db, codes: readonly string[]): Promise<LoadResult> {
  const statements = await statementsOf(db, codes);
  const golden = new Map(codes.map((code) => [code, survive(statements.get(code) ?? [], BUILDING_RULES)]));
  const cells = await cellsOf(db, golden);
  const rows = codes.map((code) => goldenRow(code, golden.get(code) ?? {}, cells.get(code) ?? null));
  const { created, changed } = await writeGolden({ db, table: BUILDING_TABLE, rows });
  const touched = [...created, ...changed];
  await keepAddresses(db, touched);
  await reportOverlaps(db, touched);
  if (touched.length > 0)
    await db.emit({
      type: 'space.building.changed',
      subject: 'space.building',
      data: { buildings: String(touched.length) },
    });
  const conflicts = touched.reduce(
    (sum, code) => sum + contested(statements.get(code) ?? [], golden.get(code) ?? {}),
    0,
  );
  return { created: created.length, changed: changed.length, unchanged: codes.length - touched.length, conflicts };
}

function goldenRow(code: string, golden: Golden, cell: string | null): GoldenRow {
  const address = golden.address?.value;
  return {
    key: code,
    golden,
    derived: {
      cell_code: cell,
      committee_code: cell?.slice(0, 12) ?? golden.committeeCode?.value ?? null,
      address_key: address === undefined ? null : normaliseAddress(address).key,
      unified_code: unifiedCodeOf({ code, yearBuilt: Number(golden.yearBuilt?.value ?? 0) }) ?? null,
    },
  };
}

/** Addresses follow their buildings: a new one is added, one that the building no longer has becomes a former address (曾用地址). */
async function keepAddresses(db: Db, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const today = sql`(kernel.now() at time zone 'Asia/Shanghai')::date`;
  await db.run(sql`
    update space.address a set status = 'former', valid_to = ${today} from space.building b
    where b.code = a.building_code and b.code = any(${[...codes]}::text[]) and a.status = 'current' and a.key is distinct from b.address_key`);
  const rows = await db.rows<{ code: string; key: string; address: string }>(
    sql`select code, address_key as key, address from space.building where code = any(${[...codes]}::text[]) and address_key is not null and status = 'standing'`,
  );
  const parts = rows.map((row) => ({ ...row, ...normaliseAddress(row.address), standard: row.key }));
  await db.run(sql`
    insert into space.address (key, building_code, standard, road, lane, number, valid_from)
    select x.key, x.code, x.standard, x.road, x.lane, x.number, ${today}
    from jsonb_to_recordset(${json(parts)}::text::jsonb) as x (key text, code text, standard text, road text, lane text, number text)
    on conflict (id) do update set status = 'current', valid_to = null where space.address.status <> 'current'`);
}

/** Attributes for which sources give different values; outlines are never equal to the last digit and do not count. */
function contested(statements: readonly Statement[], golden: Golden): number {
  return BUILDING_RULES.filter(({ attributes: [attribute] }) => {
    if (attribute === 'outline') return false;
    return othersOf({ statements, rules: BUILDING_RULES, attribute, golden: golden[attribute] }).length > 0;
  }).length;
}

async function cellsOf(db: Db, golden: ReadonlyMap<string, Golden>): Promise<Map<string, string | null>> {
  const outlines = [...golden].flatMap(([code, values]) =>
    values.outline ? [{ code, outline: values.outline.value }] : [],
  );
  const rows = await db.rows<{ code: string; cell: string | null }>(sql`
    select x.code, coalesce(b.cell_code, geo.cell_of(ST_PointOnSurface(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(x.outline), 4490))))) as cell
    from jsonb_to_recordset(${json(outlines)}::text::jsonb) as x (code text, outline text)
    -- A house that has not moved stays where it is; when areas change, see place-buildings.ts.
    left join space.building b on b.code = x.code and b.outline = x.outline`);
  return new Map(rows.map(({ code, cell }) => [code, cell]));
}

/** Faults that one row alone does not show, or that PostGIS sees best. */
async function checkBuildings(db: Db, rows: readonly CheckedRow[]): Promise<RowFault[]> {
  const faults: RowFault[] = rows.flatMap(({ row, values }) =>
    'name' in values && values.name === null
      ? [fault(row, 'name', 'required', { zh: '缺少「房屋名称」', en: '“Name” is missing' })]
      : [],
  );
  const outlines = rows.flatMap(({ row, values }) => (values.outline ? [{ row, outline: values.outline }] : []));
  // A bow-tie of a hand's breadth is mended (area changes by less than 0.1 %), one that turns the house round is not.
  const bad = await db.rows<{ row: number; area: boolean; reason: string }>(sql`
    select x.row, GeometryType(g) in ('POLYGON', 'MULTIPOLYGON') as area, ST_IsValidReason(g) as reason
    from jsonb_to_recordset(${json(outlines)}::text::jsonb) as x (row int, outline text)
    cross join lateral (select ST_GeomFromGeoJSON(x.outline) as g) s
    where GeometryType(g) not in ('POLYGON', 'MULTIPOLYGON')
      or (not ST_IsValid(g) and abs(ST_Area(ST_MakeValid(g)) - ST_Area(g)) >= ${MOST_REPAIR}::float8 * ST_Area(ST_MakeValid(g)))`);
  for (const { row, area, reason } of bad) {
    faults.push(
      area
        ? fault(row, 'outline', 'geometry-invalid', {
            zh: `轮廓自相交或无效：${reason}`,
            en: `The outline is not valid: ${reason}`,
          })
        : fault(row, 'outline', 'geometry-type', { zh: '轮廓应为面', en: 'The outline must be an area' }),
    );
  }
  const refused = new Set(bad.map(({ row }) => row));
  faults.push(
    ...(await checkDatum(
      db,
      rows.filter(({ row }) => !refused.has(row)),
    )),
  );
  faults.push(...(await checkEnded(db, rows)));
  return faults;
}

/** Share of the area by which a repair may change an outline. */
const MOST_REPAIR = 0.001;

/** A code whose building was demolished, merged or split stays with it: it is not given to another one. */
async function checkEnded(db: Db, rows: readonly CheckedRow[]): Promise<RowFault[]> {
  const codes = rows.flatMap(({ values }) => values.buildingCode ?? []);
  const ended = await db.rows<{ code: string; day: string }>(
    sql`select code, ended_on::text as day from space.building where status <> 'standing' and code = any(${codes}::text[])`,
  );
  const days = new Map(ended.map(({ code, day }) => [code, day]));
  return rows.flatMap(({ row, values }) => {
    const day = days.get(values.buildingCode ?? '');
    return day === undefined
      ? []
      : [
          fault(row, 'buildingCode', 'building-ended', {
            zh: `该编码的房屋已于 ${day} 灭失，编码不再使用`,
            en: `The building of this code ended on ${day}; its code is not used again`,
          }),
        ];
  });
}

function fault(row: number, field: string, rule: string, reason: RowFault['reason']): RowFault {
  return { row, column: field, field, rule, reason };
}
