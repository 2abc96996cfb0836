import { json, sql } from '#platform/kernel/sql.ts';
import { claimsIn } from './claim-window.ts';
import { type ImportTarget, plain } from './target.ts';

/**
 * Reference sets of other places or editions (参考数据集): kept as they are, by key, labelled so, owned by no base
 * database. They pass the same readers, checks, landing and lineage as everything else.
 */
export const referenceTarget: ImportTarget = {
  id: 'exchange.reference',
  title: { zh: '参考数据集', en: 'Reference set' },
  feeds: ['exchange.reference'],
  fields: [
    { name: 'key', title: { zh: '主键', en: 'Key' }, type: 'text', required: true, maxLength: 300 },
    { name: 'data', title: { zh: '内容', en: 'Content' }, type: 'json' },
  ],
  async load({ db, claims }) {
    const rows = new Map(
      claims.map((c) => [
        `${c.dataset} ${plain(c.payload, 'key')}`,
        {
          dataset: c.dataset,
          key: plain(c.payload, 'key') ?? String(c.row),
          data: plain(c.payload, 'data') ?? '{}',
          claim: c.id,
        },
      ]),
    );
    const written = await db.rows<{ made: boolean }>(sql`
      insert into exchange.reference as r (dataset, key, data, claim_id)
      select x.dataset, x.key, x.data::jsonb, x.claim from jsonb_to_recordset(${json([...rows.values()])}::text::jsonb) as x(dataset text, key text, data text, claim bigint)
      on conflict (dataset, key) do update set data = excluded.data, claim_id = excluded.claim_id where r.data <> excluded.data
      returning xmax = 0 as made`);
    const created = written.filter((w) => w.made).length;
    return { created, changed: written.length - created, unchanged: claims.length - written.length, conflicts: 0 };
  },
  async loadWindow({ db, batch, window, dataset }) {
    const result = await db.one<{ claims: number; created: number; written: number }>(sql`
      with claims as materialized (
        select coalesce(nullif(c.payload ->> 'key', ''), c.row_no::text) as key, coalesce(nullif(c.payload ->> 'data', ''), '{}') as data, c.id from ${claimsIn(window, batch)} c
      ), incoming as materialized (
        select distinct on (key) key, data::jsonb as data, id from claims order by key, id desc
      ), written as (
        insert into exchange.reference as r (dataset, key, data, claim_id) select ${dataset.id}, i.key, i.data, i.id from incoming i
        on conflict (dataset, key) do update set data = excluded.data, claim_id = excluded.claim_id where r.data <> excluded.data
        returning xmax = 0 as made
      )
      select (select count(*)::int from claims) as claims,
        (select count(*) filter (where made)::int from written) as created, (select count(*)::int from written) as written`);
    const { claims, created, written } = result;
    return { claims, created, changed: written - created, unchanged: claims - written, conflicts: 0 };
  },
};
