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
import { normaliseAddress } from './normalise-address.ts';
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
    },
  };
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
    select x.code, geo.cell_of(ST_PointOnSurface(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(x.outline), 4490)))) as cell
    from jsonb_to_recordset(${json(outlines)}::text::jsonb) as x (code text, outline text)`);
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
  const bad = await db.rows<{ row: number; area: boolean; reason: string }>(sql`
    select x.row, GeometryType(g) in ('POLYGON', 'MULTIPOLYGON') as area, ST_IsValidReason(g) as reason
    from jsonb_to_recordset(${json(outlines)}::text::jsonb) as x (row int, outline text)
    cross join lateral (select ST_GeomFromGeoJSON(x.outline) as g) s
    where GeometryType(g) not in ('POLYGON', 'MULTIPOLYGON') or not ST_IsValid(g)`);
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
  return faults;
}

function fault(row: number, field: string, rule: string, reason: RowFault['reason']): RowFault {
  return { row, column: field, field, rule, reason };
}
