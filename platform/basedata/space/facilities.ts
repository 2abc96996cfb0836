import { type ImportTarget, plain } from '#platform/exchange/target.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** Facilities with a place (部件设施), classes of GB/T 30428.2. What runs underground says so, and stays off public maps. */
export const facilityTarget: ImportTarget = {
  id: 'space.facility',
  title: { zh: '设施', en: 'Facilities' },
  fields: [
    { name: 'facilityId', title: { zh: '设施编号', en: 'Facility' }, type: 'text', required: true, maxLength: 60 },
    { name: 'kind', title: { zh: '类型', en: 'Kind' }, type: 'text', required: true, maxLength: 60 },
    { name: 'classCode', title: { zh: '部件代码', en: 'Class' }, type: 'text', pattern: '^\\d{2,8}$' },
    { name: 'buildingCode', title: { zh: '房屋编码', en: 'Building code' }, type: 'text', maxLength: 40 },
    { name: 'secrecy', title: { zh: '涉密类别', en: 'Kept off public maps' }, type: 'text', pattern: '^[a-z]{2,20}$' },
    { name: 'geometry', title: { zh: '位置', en: 'Place' }, type: 'geometry', required: true },
  ],
  async load({ db, claims }) {
    const rows = claims.map(({ id, payload }) => ({
      id: plain(payload, 'facilityId'),
      kind: plain(payload, 'kind'),
      class: plain(payload, 'classCode') ?? null,
      building: plain(payload, 'buildingCode') ?? null,
      secrecy: plain(payload, 'secrecy') ?? null,
      shape: plain(payload, 'geometry'),
      claim: id,
    }));
    const changed = await db.run(sql`
      insert into space.facility (id, kind, class_code, building_code, secrecy, geometry, claim_id)
      select distinct on (x.id) x.id, x.kind, x.class, b.code, x.secrecy, ST_SetSRID(ST_GeomFromGeoJSON(x.shape), 4490), x.claim
      from jsonb_to_recordset(${json(rows)}::text::jsonb) as x (id text, kind text, class text, building text, secrecy text, shape text, claim bigint)
      left join space.building b on b.code = x.building
      order by x.id, x.claim desc
      on conflict (id) do update set kind = excluded.kind, class_code = excluded.class_code, building_code = excluded.building_code,
        secrecy = excluded.secrecy, geometry = excluded.geometry, claim_id = excluded.claim_id
      where (space.facility.kind, space.facility.class_code, space.facility.building_code, space.facility.secrecy, ST_AsBinary(space.facility.geometry))
        is distinct from (excluded.kind, excluded.class_code, excluded.building_code, excluded.secrecy, ST_AsBinary(excluded.geometry))`);
    return { created: changed, changed: 0, unchanged: claims.length - changed, conflicts: 0 };
  },
};
