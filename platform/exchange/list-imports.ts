import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import { batchReply, type BatchListRow, BatchSchema } from './load-state.ts';

const SELECT = sql`
  select b.id, b.dataset, d.title, b.unit, d.target, d.badge, b.mapping_version, b.file_name, b.file_size, b.file_digest, b.state, b.problem, b.duplicate_of, b.info,
    b.rows_read, b.rows_ok, b.rows_same, b.rows_faulty, b.rows_loaded, b.created, b.changed, b.unchanged, b.conflicts, b.sent_name, b.received_at, b.published_at, b.loaded_at
  from exchange.batch b join exchange.dataset d on d.id = b.dataset`;

/** The caller's imports, newest first. */
export const listImports = route({
  method: 'GET',
  path: '/api/exchange/imports',
  summary: { zh: '导入记录', en: 'Imports' },
  allow: 'exchange.import.read',
  query: Type.Object({
    dataset: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  }),
  reply: Type.Object({ imports: Type.Array(BatchSchema) }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, query }) => ({
    imports: (
      await db.rows<BatchListRow>(
        sql`${SELECT} where true ${query.dataset ? sql`and b.dataset = ${query.dataset}` : empty} order by b.received_at desc limit ${query.limit ?? 50}::int`,
      )
    ).map(batchReply),
  }),
});

export const showImport = route({
  method: 'GET',
  path: '/api/exchange/imports/:id',
  summary: { zh: '一次导入的进度与结果', en: 'Progress and result of an import' },
  allow: 'exchange.import.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: BatchSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:import' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-import' } },
  },
  handler: async ({ db, params }) => {
    const found = await db.first<BatchListRow>(sql`${SELECT} where b.id = ${params.id}::uuid`);
    if (!found) throw NotFound.with();
    return batchReply(found);
  },
});
