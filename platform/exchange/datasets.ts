import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { maskText } from '#platform/kernel/mask.ts';
import { empty, json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { findTarget, readMapping } from './import-batch.ts';
import { type Mapping, MappingSchema, missingColumns } from './mapping.ts';
import { readRecords } from './read/read-records.ts';
import { createRowGate } from './row-gate.ts';
import { ownDataset, registerBatch } from './send-import.ts';
import { readFileStream } from './store-file.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const DatasetId = Type.Object({ id: Type.String({ maxLength: 80 }) });
const DRY_RUN_ROWS = 100;

export const MappingOutdated = domainError({
  code: 'MAPPING_OUTDATED',
  status: 409,
  title: { zh: '映射已有更新的版本', en: 'There is a newer version of this mapping' },
  action: { zh: '请在最新版本上修改。', en: 'Edit the newest version.' },
});

export const BatchOfFeed = domainError({
  code: 'BATCH_OF_FEED',
  status: 409,
  title: { zh: '接口的批次不能重新导入', en: 'A batch of a feed is not imported again' },
  action: {
    zh: '请在数据接口页面处理，或由来源重新发送。',
    en: 'Decide on it on the page of the feed, or have the source send it again.',
  },
});

export const listDatasets = route({
  method: 'GET',
  path: '/api/exchange/datasets',
  summary: { zh: '可导入的数据集', en: 'Data sets that can be imported' },
  allow: 'exchange.import.read',
  reply: Type.Object({
    datasets: Type.Array(
      Type.Object({
        id: Type.String(),
        title: TextSchema,
        unit: Type.String(),
        target: Type.String(),
        badge: Type.String(),
        format: Type.Optional(Type.String()),
        mappingVersion: Type.Integer(),
        licence: Type.Optional(Type.String()),
        sourceUrl: Type.Optional(Type.String()),
        attribution: Type.Optional(Type.String()),
        datum: Type.Optional(Type.String()),
        lastLoadedAt: Type.Optional(Type.String()),
        records: Type.Integer(),
        mine: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor }) => {
    const rows = await db.rows<{
      id: string;
      title: { zh: string; en: string };
      unit: string;
      target: string;
      badge: string;
      format: string | null;
      mapping_version: number;
      licence: string | null;
      source_url: string | null;
      attribution: string | null;
      datum: string | null;
      last: Date | null;
      records: number;
    }>(sql`
      select d.id, d.title, d.unit, d.target, d.badge, d.format, d.mapping_version, d.licence, d.source_url, d.attribution, d.datum,
        max(b.loaded_at) as last, coalesce(sum(b.rows_ok) filter (where b.state = 'loaded'), 0)::int as records
      from exchange.dataset d left join exchange.batch b on b.dataset = d.id
      ${actor.reach === 'district' ? empty : sql`where d.unit = ${actor.unit ?? ''}`} group by d.id order by d.unit, d.id`);
    return {
      datasets: rows.map((r) => ({
        id: r.id,
        title: r.title,
        unit: r.unit,
        target: r.target,
        badge: r.badge,
        format: r.format ?? undefined,
        mappingVersion: r.mapping_version,
        licence: r.licence ?? undefined,
        sourceUrl: r.source_url ?? undefined,
        attribution: r.attribution ?? undefined,
        datum: r.datum ?? undefined,
        lastLoadedAt: r.last?.toISOString(),
        records: Number(r.records),
        mine: r.unit === actor.unit,
      })),
    };
  },
});

export const showMapping = route({
  method: 'GET',
  path: '/api/exchange/datasets/:id/mapping',
  summary: { zh: '数据集的字段映射', en: 'The mapping of a data set' },
  allow: 'exchange.import.read',
  params: DatasetId,
  query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
  reply: Type.Object({
    mapping: MappingSchema,
    version: Type.Integer(),
    versions: Type.Array(Type.Object({ version: Type.Integer(), by: Type.String(), at: Type.String() })),
    fields: Type.Array(
      Type.Object({ name: Type.String(), title: TextSchema, type: Type.String(), required: Type.Boolean() }),
    ),
    columns: Type.Array(Type.String(), { description: 'columns of the newest upload' }),
    uploads: Type.Array(Type.Object({ id: Type.String(), fileName: Type.String(), at: Type.String() })),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'civil-affairs-household' } },
    foreign: { as: 'data-officer', params: { id: 'tax-registration' } },
  },
  handler: async ({ db, actor, params, query, services }) => {
    const dataset = await ownDataset(db, actor, params.id);
    const version = query.version ?? dataset.mapping_version;
    const versions = await db.rows<{ version: number; by: string; at: Date }>(
      sql`select version, created_by as by, created_at as at from exchange.mapping where dataset = ${params.id} order by version desc`,
    );
    if (!versions.some((v) => v.version === version)) throw NotFound.with();
    const mapping = await readMapping(db, params.id, version);
    const uploads = await db.rows<{ id: string; name: string; at: Date; columns: string[] | null }>(sql`
      select id, file_name as name, received_at as at, info->'columns' as columns from exchange.batch where dataset = ${params.id} and state <> 'duplicate' order by received_at desc limit 10`);
    return {
      mapping,
      version,
      versions: versions.map((v) => ({ ...v, at: v.at.toISOString() })),
      fields: findTarget(services, mapping.target).fields.map((f) => ({
        name: f.name,
        title: f.title,
        type: f.type,
        required: f.required ?? false,
      })),
      columns: uploads.find((u) => u.columns)?.columns ?? [],
      uploads: uploads.map((u) => ({ id: u.id, fileName: u.name, at: u.at.toISOString() })),
    };
  },
});

/** Saves a new version of a mapping; earlier batches keep theirs. */
export const saveMapping = route({
  method: 'POST',
  path: '/api/exchange/datasets/:id/mappings',
  summary: { zh: '保存映射的新版本', en: 'Save a new version of a mapping' },
  allow: 'exchange.import.send',
  params: DatasetId,
  body: MappingSchema,
  status: 201,
  reply: Type.Object({ version: Type.Integer() }),
  errors: [NotFound, MappingOutdated, InvalidInput],
  examples: {
    own: { as: 'data-officer', params: { id: 'civil-affairs-household' }, body: 'fixture:mapping' },
    foreign: { as: 'data-officer', params: { id: 'tax-registration' }, body: 'fixture:mapping' },
  },
  handler: async ({ db, actor, params, body, services }) => {
    const dataset = await ownDataset(db, actor, params.id);
    const before = await readMapping(db, params.id, dataset.mapping_version);
    if (body.version !== dataset.mapping_version) throw MappingOutdated.with();
    assertMapping(services, body, before);
    const version = dataset.mapping_version + 1;
    await db.run(
      sql`insert into exchange.mapping (dataset, version, document, created_by) values (${params.id}, ${version}::int, ${json({ ...body, version })}::text::jsonb, ${actor.account})`,
    );
    await db.run(sql`update exchange.dataset set mapping_version = ${version}::int where id = ${params.id}`);
    return { version };
  },
});

/** Shows what a mapping would make of the first 100 rows of an upload; writes nothing. */
export const dryRun = route({
  method: 'POST',
  path: '/api/exchange/datasets/:id/dry-run',
  summary: { zh: '用前 100 行试运行映射', en: 'Try a mapping on the first 100 rows' },
  allow: 'exchange.import.send',
  repeatable: true,
  params: DatasetId,
  body: Type.Object({ upload: Type.String({ format: 'uuid' }), mapping: MappingSchema }),
  reply: Type.Object({
    columns: Type.Array(Type.String()),
    missing: Type.Array(
      Type.Object({ column: Type.String(), field: Type.String(), nearest: Type.Optional(Type.String()) }),
    ),
    rows: Type.Array(
      Type.Object({
        row: Type.Integer(),
        ok: Type.Boolean(),
        values: Type.Record(Type.String(), Type.String()),
        faults: Type.Array(Type.Object({ column: Type.String(), rule: Type.String(), reason: TextSchema })),
      }),
    ),
  }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: { as: 'data-officer', params: { id: 'civil-affairs-household' }, body: 'fixture:dry-run' },
    foreign: { as: 'data-officer', params: { id: 'tax-registration' }, body: 'fixture:dry-run' },
  },
  // The file is read before the transaction of the request: an open one would hold everybody else (§2b 9).
  prepare: async ({ actor, params, body, services }) => {
    const batch = await services.database.tx({ module: 'exchange', actor }, async (db) => {
      const dataset = await ownDataset(db, actor, params.id);
      assertMapping(services, body.mapping, await readMapping(db, params.id, dataset.mapping_version));
      return db.first<{ file_id: string; file_key: string; file_name: string }>(
        sql`select file_id, file_key, file_name from exchange.batch where id = ${body.upload}::uuid and dataset = ${params.id}`,
      );
    });
    if (!batch) throw NotFound.with();
    return tryMapping({ services, batch, mapping: body.mapping });
  },
  handler: async ({ prepared }) => prepared,
});

type DryRow = {
  row: number;
  ok: boolean;
  values: Record<string, string>;
  faults: { column: string; rule: string; reason: Text }[];
};

async function tryMapping(options: {
  services: Services;
  batch: { file_id: string; file_key: string; file_name: string };
  mapping: Mapping;
}) {
  const { services, batch, mapping } = options;
  const target = findTarget(services, mapping.target);
  const reader = readRecords({
    stream: readFileStream({ services, id: batch.file_id, key: batch.file_key }),
    fileName: batch.file_name,
    format: mapping.format,
    chunkSize: DRY_RUN_ROWS,
  });
  const { columns } = await reader.info();
  const gate = createRowGate({ mapping, target, services });
  const rows: DryRow[] = [];
  for await (const chunk of reader) {
    for (const record of chunk.slice(0, DRY_RUN_ROWS - rows.length)) {
      const passed = gate.pass(record);
      rows.push({
        row: record.row,
        ok: passed.ok,
        values: passed.ok
          ? Object.fromEntries(
              Object.entries(passed.values).flatMap(([k, v]) => (v === null ? [] : [[k, maskText(v)]])),
            )
          : {},
        faults: passed.ok ? [] : passed.faults.map(({ column, rule, reason }) => ({ column, rule, reason })),
      });
    }
    if (rows.length >= DRY_RUN_ROWS) break;
  }
  return { columns, missing: missingColumns(mapping, columns), rows };
}

/** Runs a stored file again under the newest mapping. */
export const rerunImport = route({
  method: 'POST',
  path: '/api/exchange/imports/:id/rerun',
  summary: { zh: '用最新映射重新导入', en: 'Import the file again with the newest mapping' },
  allow: 'exchange.import.send',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  status: 202,
  reply: Type.Object({ id: Type.String(), state: Type.String(), duplicateOf: Type.Optional(Type.String()) }),
  errors: [NotFound, BatchOfFeed],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:import' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-import' } },
  },
  handler: async ({ db, actor, params }) => {
    const batch = await db.first<{
      dataset: string;
      feed: string | null;
      file_id: string;
      file_size: number;
      file_digest: string;
      file_key: string;
      file_name: string;
    }>(
      sql`select dataset, feed, file_id, file_size, file_digest, file_key, file_name from exchange.batch where id = ${params.id}::uuid`,
    );
    if (!batch) throw NotFound.with();
    const dataset = await ownDataset(db, actor, batch.dataset);
    // As an upload it would pass by what keeps a batch of a feed back.
    if (batch.feed) throw BatchOfFeed.with();
    return registerBatch({
      db,
      actor,
      dataset,
      file: { id: batch.file_id, size: Number(batch.file_size), digest: batch.file_digest, key: batch.file_key },
      fileName: batch.file_name,
    });
  },
});

/** A mapping may change columns, not where the data belong. */
function assertMapping(services: Services, mapping: Mapping, before: Mapping): void {
  const target = findTarget(services, before.target);
  const known = new Set(target.fields.map((f) => f.name));
  const fields = [];
  if (mapping.target !== before.target || mapping.dataset !== before.dataset || mapping.unit !== before.unit) {
    fields.push({
      pointer: '/target',
      rule: 'immutable',
      message: { zh: '数据集、目标和提供单位不能更改', en: 'Data set, target and unit cannot be changed' },
    });
  }
  for (const field of Object.keys(mapping.fields)) {
    if (!known.has(field))
      fields.push({
        pointer: `/fields/${field}`,
        rule: 'unknown-field',
        message: { zh: '目标中没有该字段', en: 'The target has no such field' },
      });
  }
  for (const field of target.fields) {
    if (field.required && !mapping.fields[field.name])
      fields.push({
        pointer: `/fields/${field.name}`,
        rule: 'required',
        message: { zh: `必须映射「${field.title.zh}」`, en: `“${field.title.en}” must be mapped` },
      });
  }
  if (fields.length > 0) throw InvalidInput.with({ fields });
}
