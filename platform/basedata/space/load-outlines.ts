import { type ImportTarget, plain } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, type Sql, sql } from '#platform/kernel/sql.ts';
import { conflate, type Overlap } from './conflate.ts';
import { rebuildBuildings } from './load-buildings.ts';
import { normaliseAddress } from './normalise-address.ts';
import { type Finding, reportConflicts } from './report-conflicts.ts';

/** Outlines of a survey that knows no building codes (测绘轮廓): matched to the register by ground and address, or put before people. */
export const outlineTarget: ImportTarget = {
  id: 'space.outline',
  title: { zh: '测绘轮廓', en: 'Surveyed outlines' },
  fields: [
    { name: 'surveyId', title: { zh: '测绘编号', en: 'Survey number' }, type: 'text', required: true, maxLength: 60 },
    { name: 'address', title: { zh: '门牌', en: 'Address' }, type: 'text', maxLength: 300 },
    { name: 'outline', title: { zh: '轮廓', en: 'Outline' }, type: 'geometry', required: true },
  ],
  async load({ db, claims, dataset }) {
    const rows = claims.map(({ id, payload }) => ({
      id: `${dataset.id}:${plain(payload, 'surveyId') ?? ''}`,
      claim: id,
      address: plain(payload, 'address') ?? null,
      outline: plain(payload, 'outline'),
    }));
    const came = sql`(
      select distinct on (x.id) x.id, x.claim, x.address, g as geometry from jsonb_to_recordset(${json(rows)}::text::jsonb) as x (id text, claim bigint, address text, outline text)
      cross join lateral (select ST_CollectionExtract(ST_Multi(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(x.outline), 4490))), 3) as g) s
      where not ST_IsEmpty(g) order by x.id, x.claim desc)`;
    const corrected = await correctOutlines(db, came);
    const created = await db.run(sql`
      insert into space.outline (id, claim_id, address, geometry)
      select c.id, c.claim, c.address, c.geometry from ${came} c on conflict (id) do nothing`);
    const conflicts = await matchOutlines(
      db,
      rows.map(({ id }) => id),
    );
    return { created, changed: corrected, unchanged: claims.length - created - corrected, conflicts };
  },
};

/**
 * Outlines that a survey has corrected: one that a person tied to its building stays with it and gives it its new shape, any other is
 * matched again. Returns how many.
 */
async function correctOutlines(db: Db, came: Sql): Promise<number> {
  const corrected = await db.rows<{ claim: number; code: string | null }>(sql`
    update space.outline o set claim_id = c.claim, address = c.address, geometry = c.geometry,
      building_code = case when b.code is not null then o.building_code end, relation = case when b.code is not null then o.relation end
    from ${came} c join space.outline was on was.id = c.id left join space.building_claim b on b.claim_id = was.claim_id
    where o.id = c.id and c.claim > o.claim_id and (ST_AsBinary(o.geometry), o.address) is distinct from (ST_AsBinary(c.geometry), c.address)
    returning o.claim_id as claim, b.code`);
  const tied = corrected.filter(({ code }) => code !== null);
  if (tied.length > 0) {
    await db.run(sql`
      insert into space.building_claim (claim_id, code) select x.claim, x.code from jsonb_to_recordset(${json(tied)}::text::jsonb) as x (claim bigint, code text)
      on conflict (claim_id) do nothing`);
    await rebuildBuildings(db, [...new Set(tied.flatMap(({ code }) => code ?? []))]);
  }
  return corrected.length;
}

/** Matches outlines that nothing is known of yet; what stays open goes to the queue. Returns how many. */
export async function matchOutlines(db: Db, ids: readonly string[]): Promise<number> {
  const fresh = await db.rows<{ id: string }>(
    sql`select id from space.outline where id = any(${[...ids]}::text[]) and relation is null order by id`,
  );
  const after = fresh.map(({ id }) => id);
  const { links, open } = conflate({ after, overlaps: await overlapsOf(db, after) });
  await db.run(sql`
    update space.outline o set building_code = x.before, relation = x.relation
    from (select distinct on (after) * from jsonb_to_recordset(${json(links)}::text::jsonb) as y (before text, after text, relation text) order by after, before) x
    where o.id = x.after`);
  const findings = [
    ...open.map(
      ({ after: id, near }): Finding => ({
        kind: 'outline',
        about: `outline:${id}`,
        building: near[0] ?? null,
        outline: id,
        detail: { near },
      }),
    ),
    // Parts and wholes are kept at once; whether the house was really split or joined is for people to say.
    ...[
      ...new Map(
        links
          .filter(({ relation }) => relation !== 'same')
          .map((link) => [link.relation === 'part' ? link.before : link.after, link]),
      ).values(),
    ].map(
      ({ before, after: id, relation }): Finding => ({
        kind: 'outline',
        about: `${relation}:${relation === 'part' ? before : id}`,
        building: before,
        outline: id,
        detail: {
          relation,
          near: links.filter((l) => l.after === id).map((l) => l.before),
          outlines: links.filter((l) => l.before === before).map((l) => l.after),
        },
      }),
    ),
  ];
  await reportConflicts(db, findings);
  return findings.length;
}

/** How much outlines share with the standing buildings. */
export async function overlapsOf(db: Db, ids: readonly string[]): Promise<Overlap[]> {
  const rows = await db.rows<Omit<Overlap, 'sameAddress'> & { beforeKey: string | null; address: string | null }>(sql`
    with pair as (
      select b.code, o.id, b.address_key, o.address, b.geometry as g, o.geometry as h
      from space.outline o join space.building b on b.geometry && ST_Expand(o.geometry, 0.00006) and b.status = 'standing'
      where o.id = any(${[...ids]}::text[])),
    -- Shares need no unit; the distance is in metres, flat as far as a house reaches.
    measured as (
      select *, ST_Area(ST_Intersection(g, h)) as shared, ST_Area(g) as of_g, ST_Area(h) as of_h,
        111320.0 * sqrt(((ST_X(ST_Centroid(g)) - ST_X(ST_Centroid(h))) * cos(radians(ST_Y(ST_Centroid(g))))) ^ 2 + (ST_Y(ST_Centroid(g)) - ST_Y(ST_Centroid(h))) ^ 2) as away
      from pair)
    select code as before, id as after, address_key as "beforeKey", address, shared / nullif(of_g + of_h - shared, 0) as iou, shared / nullif(of_g, 0) as "ofBefore",
      shared / nullif(of_h, 0) as "ofAfter", away as metres
    from measured where shared > 0 or away < 10 order by 1, 2`);
  return rows.map(({ beforeKey, address, ...row }) => {
    const key = address === null ? null : normaliseAddress(address).key;
    return { ...row, sameAddress: key === null || beforeKey === null ? undefined : key === beforeKey };
  });
}
