import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { claimPayload } from '#platform/exchange/claim-payload.ts';
import type { Claim, ImportTarget, LoadResult } from '#platform/exchange/target.ts';

/** Lands rows of a department as published claims, as an import does, and gives them to the target in chunks of 500. */
export async function sendClaims(options: {
  house: TestHouse;
  target: ImportTarget;
  module: string;
  dataset: string;
  unit: string;
  rows: readonly Record<string, string | null>[];
  /** Key of a row at its source; default: its number. */
  keyOf?: (row: Record<string, string | null>, index: number) => string;
}): Promise<LoadResult & { batch: string; again: () => Promise<LoadResult>; seconds: number }> {
  const { house, target, module, dataset, unit, rows } = options;
  const batch = uuidv7();
  const { keyring } = house.services;
  const records = rows.map((values, i) =>
    claimPayload({
      row: { row: i + 1, values, key: options.keyOf?.(values, i) ?? String(i) },
      dataset,
      target,
      keyring,
    }),
  );
  await house.services.database.tx({ module: 'exchange', actor: systemActor({ name: 'test' }) }, async (db) => {
    const document = {
      dataset,
      version: 1,
      fields: Object.fromEntries(target.fields.map((f) => [f.name, { column: f.title.zh }])),
    };
    await db.run(sql`insert into exchange.dataset (id, app, target, unit, title, badge)
      values (${dataset}, ${module}, ${target.id}, ${unit}, ${json({ zh: `数据集${dataset}`, en: dataset })}::text::jsonb, 'sample') on conflict do nothing`);
    await db.run(
      sql`insert into exchange.mapping (dataset, version, document, created_by) values (${dataset}, 1, ${json(document)}::text::jsonb, 'test') on conflict do nothing`,
    );
    await db.run(sql`insert into exchange.batch (id, app, dataset, unit, mapping_version, file_id, file_name, file_size, file_digest, state, sent_by, sent_name, received_at)
      values (${batch}::uuid, ${module}, ${dataset}, ${unit}, 1, ${batch}::uuid, ${`${dataset}.csv`}, 1, ${batch}, 'publishing', 'test', 'test', kernel.now())`);
    for (let at = 0; at < records.length; at += 2000) {
      await db.run(sql`insert into exchange.claim (app, dataset, unit, batch, row_no, source_key, digest, payload, received_at)
        select ${module}, ${dataset}, ${unit}, ${batch}::uuid, r.row, r.key, r.digest, r.payload, kernel.now()
        from jsonb_to_recordset(${json(records.slice(at, at + 2000))}::text::jsonb) as r(row int, key text, digest text, payload jsonb) order by r.row`);
    }
  });
  const load = async () => {
    const total: LoadResult = { created: 0, changed: 0, unchanged: 0, conflicts: 0 };
    for (let upto = 0; ; ) {
      const last = await house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, async (db) => {
        const claims = await db.rows<Claim>(sql`
          select id, dataset, unit, batch, row_no as row, source_key as "sourceKey", received_at as "receivedAt", payload
          from exchange.claim where batch = ${batch}::uuid and id > ${upto}::bigint order by id limit 500`);
        if (claims.length === 0) return undefined;
        const result = await target.load({
          db,
          claims,
          keyring,
          dataset: { id: dataset, title: { zh: dataset, en: dataset }, unit, badge: 'sample' },
        });
        for (const key of Object.keys(total) as (keyof LoadResult)[]) total[key] += result[key];
        return claims.at(-1)?.id;
      });
      if (last === undefined) return total;
      upto = last;
    }
  };
  const begun = performance.now();
  const first = await load();
  return { ...first, batch, again: load, seconds: (performance.now() - begun) / 1000 };
}
