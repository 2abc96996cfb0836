import { type ImportTarget, plain } from '#platform/exchange/target.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** Other names of roads, places and districts (别名), each with its source and the time in which it held. */
export const aliasTarget: ImportTarget = {
  id: 'space.alias',
  title: { zh: '地名别名', en: 'Other names' },
  fields: [
    { name: 'alias', title: { zh: '别名', en: 'Other name' }, type: 'text', required: true, maxLength: 60 },
    {
      name: 'kind',
      title: { zh: '种类', en: 'Kind' },
      type: 'code',
      required: true,
      codes: { road: ['道路旧名'], venue: ['场所名'], 'district-own': ['本区名称'], 'district-other': ['外区名称'] },
    },
    { name: 'target', title: { zh: '指向', en: 'Stands for' }, type: 'text', required: true, maxLength: 100 },
    { name: 'validFrom', title: { zh: '启用', en: 'From' }, type: 'date' },
    { name: 'validTo', title: { zh: '停用', en: 'Until' }, type: 'date' },
    { name: 'source', title: { zh: '出处', en: 'Source' }, type: 'text', required: true, maxLength: 200 },
  ],
  async load({ db, claims }) {
    const rows = claims.map(({ id, payload }) => ({
      alias: plain(payload, 'alias'),
      kind: plain(payload, 'kind'),
      target: plain(payload, 'target'),
      from: plain(payload, 'validFrom') ?? null,
      to: plain(payload, 'validTo') ?? null,
      source: plain(payload, 'source'),
      claim: id,
    }));
    const changed = await db.run(sql`
      insert into space.alias (alias, kind, target, valid_from, valid_to, source, claim_id)
      select distinct on (x.kind, x.alias, x.target) x.alias, x.kind, x.target, x."from", x."to", x.source, x.claim
      from jsonb_to_recordset(${json(rows)}::text::jsonb) as x (alias text, kind text, target text, "from" date, "to" date, source text, claim bigint)
      order by x.kind, x.alias, x.target, x.claim desc
      on conflict (id) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to, source = excluded.source, claim_id = excluded.claim_id
      where (space.alias.valid_from, space.alias.valid_to, space.alias.source) is distinct from (excluded.valid_from, excluded.valid_to, excluded.source)`);
    return { created: changed, changed: 0, unchanged: claims.length - changed, conflicts: 0 };
  },
};

/** Posts that answer for a street, committee, cell or building (责任岗位). No names of persons. */
export const responsibilityTarget: ImportTarget = {
  id: 'space.responsibility',
  title: { zh: '责任岗位', en: 'Responsible posts' },
  fields: [
    {
      name: 'scopeCode',
      title: { zh: '范围代码', en: 'Area or building' },
      type: 'text',
      required: true,
      maxLength: 40,
    },
    { name: 'duty', title: { zh: '职责', en: 'Duty' }, type: 'text', required: true, pattern: '^[a-z-]{2,40}$' },
    { name: 'unit', title: { zh: '单位', en: 'Unit' }, type: 'text', required: true, maxLength: 100 },
    { name: 'post', title: { zh: '岗位', en: 'Post' }, type: 'text', required: true, maxLength: 60 },
    { name: 'contact', title: { zh: '联系', en: 'Contact' }, type: 'text', maxLength: 60 },
  ],
  async load({ db, claims }) {
    const rows = claims.map(({ id, payload }) => ({
      scope: plain(payload, 'scopeCode'),
      duty: plain(payload, 'duty'),
      unit: plain(payload, 'unit'),
      post: plain(payload, 'post'),
      contact: plain(payload, 'contact') ?? null,
      claim: id,
    }));
    const changed = await db.run(sql`
      insert into space.responsibility (scope_code, duty, unit, post, contact, claim_id)
      select distinct on (x.scope, x.duty) x.scope, x.duty, x.unit, x.post, x.contact, x.claim
      from jsonb_to_recordset(${json(rows)}::text::jsonb) as x (scope text, duty text, unit text, post text, contact text, claim bigint)
      order by x.scope, x.duty, x.claim desc
      on conflict (id) do update set unit = excluded.unit, post = excluded.post, contact = excluded.contact, claim_id = excluded.claim_id
      where (space.responsibility.unit, space.responsibility.post, space.responsibility.contact) is distinct from (excluded.unit, excluded.post, excluded.contact)`);
    return { created: changed, changed: 0, unchanged: claims.length - changed, conflicts: 0 };
  },
};
