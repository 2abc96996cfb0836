import { Type } from 'typebox';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** What a screen shows of one import, from upload to loaded. */
export const BatchSchema = Type.Object({
  id: Type.String(),
  dataset: Type.String(),
  title: TextSchema,
  unit: Type.String(),
  target: Type.String(),
  badge: Type.String(),
  mappingVersion: Type.Integer(),
  fileName: Type.String(),
  fileSize: Type.Integer(),
  digest: Type.String(),
  state: Type.String({ description: 'received | reading | publishing | loaded | duplicate | stopped | failed' }),
  problem: Type.Optional(
    Type.Object({
      code: Type.String(),
      text: TextSchema,
      line: Type.Optional(Type.Integer()),
      row: Type.Optional(Type.Integer()),
      columns: Type.Optional(
        Type.Array(Type.Object({ column: Type.String(), field: Type.String(), nearest: Type.Optional(Type.String()) })),
      ),
    }),
  ),
  duplicateOf: Type.Optional(Type.String()),
  info: Type.Object({
    format: Type.Optional(Type.String()),
    encoding: Type.Optional(Type.String()),
    delimiter: Type.Optional(Type.String()),
    gzip: Type.Optional(Type.Boolean()),
    columns: Type.Optional(Type.Array(Type.String())),
    sheet: Type.Optional(Type.String()),
  }),
  rows: Type.Object({
    read: Type.Integer(),
    ok: Type.Integer(),
    same: Type.Integer(),
    faulty: Type.Integer(),
    loaded: Type.Integer(),
    created: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    conflicts: Type.Integer(),
  }),
  sentBy: Type.String(),
  receivedAt: Type.String(),
  publishedAt: Type.Optional(Type.String()),
  loadedAt: Type.Optional(Type.String()),
});

export type BatchListRow = {
  id: string;
  dataset: string;
  title: { zh: string; en: string };
  unit: string;
  target: string;
  badge: string;
  mapping_version: number;
  file_name: string;
  file_size: number;
  file_digest: string;
  state: string;
  problem: Record<string, unknown> | null;
  duplicate_of: string | null;
  info: Record<string, unknown>;
  rows_read: number;
  rows_ok: number;
  rows_same: number;
  rows_faulty: number;
  rows_loaded: number;
  created: number;
  changed: number;
  unchanged: number;
  conflicts: number;
  sent_name: string;
  received_at: Date;
  published_at: Date | null;
  loaded_at: Date | null;
};

/** The reply for a row of `exchange.batch` joined with its dataset. */
export function batchReply(row: BatchListRow) {
  return {
    id: row.id,
    dataset: row.dataset,
    title: row.title,
    unit: row.unit,
    target: row.target,
    badge: row.badge,
    mappingVersion: row.mapping_version,
    fileName: row.file_name,
    fileSize: Number(row.file_size),
    digest: row.file_digest,
    state: row.state,
    problem: (row.problem ?? undefined) as { code: string; text: { zh: string; en: string } } | undefined,
    duplicateOf: row.duplicate_of ?? undefined,
    info: row.info,
    rows: {
      read: row.rows_read,
      ok: row.rows_ok,
      same: row.rows_same,
      faulty: row.rows_faulty,
      loaded: row.rows_loaded,
      created: row.created,
      changed: row.changed,
      unchanged: row.unchanged,
      conflicts: row.conflicts,
    },
    sentBy: row.sent_name,
    receivedAt: row.received_at.toISOString(),
    publishedAt: row.published_at?.toISOString(),
    loadedAt: row.loaded_at?.toISOString(),
  };
}
