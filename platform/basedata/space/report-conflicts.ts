import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** A finding for people (冲突). `about` names it: the same finding is told once. */
export type Finding = {
  kind: 'outline' | 'room-twice' | 'overlap';
  about: string;
  building: string | null;
  outline?: string;
  detail: Record<string, unknown>;
};

export async function reportConflicts(db: Db, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map((finding) => ({ id: uuidv7(), outline: null, ...finding }));
  await db.run(sql`
    insert into space.conflict (id, kind, about, building_code, outline_id, detail, found_at)
    select x.id::uuid, x.kind, x.about, x.building, x.outline, x.detail, kernel.now()
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x (id text, kind text, about text, building text, outline text, detail jsonb)
    on conflict (about) do nothing`);
}

/** Two standing buildings cannot share ground; square metres. */
const MOST_OVERLAP = 1;

/** Tells of standing buildings that overlap one of these by more than a square metre. */
export async function reportOverlaps(db: Db, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const pairs = await db.rows<{ a: string; b: string; area: number }>(sql`
    select least(a.code, b.code) as a, greatest(a.code, b.code) as b, max(o.area) as area
    from space.building a join space.building b on a.geometry && b.geometry and a.code <> b.code
    cross join lateral (select ST_Area(i) * 111320.0 * 111320.0 * cos(radians(ST_Y(ST_Centroid(a.geometry)))) as area from (select ST_Intersection(a.geometry, b.geometry) as i) s) o
    where a.code = any(${[...codes]}::text[]) and a.status = 'standing' and b.status = 'standing' and o.area > ${MOST_OVERLAP}::float8
    group by 1, 2`);
  await reportConflicts(
    db,
    pairs.map(({ a, b, area }) => ({
      kind: 'overlap',
      about: `overlap:${a}:${b}`,
      building: a,
      detail: { other: b, areaM2: Math.round(area * 10) / 10 },
    })),
  );
}
