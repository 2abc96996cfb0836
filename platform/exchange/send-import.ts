import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ClassifiedContent } from '#platform/kernel/classified.ts';
import { domainError, NotFound, PayloadTooLarge } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { markOf, type Mark } from './classified.ts';
import { readFileStream, removeFile, storeFile, UploadCut, UploadEmpty, type StoredFile } from './store-file.ts';

export const UploadMissing = domainError({
  code: 'UPLOAD_MISSING',
  status: 400,
  title: { zh: '没有收到文件', en: 'No file was received' },
  action: {
    zh: '请以 application/octet-stream 发送文件内容。',
    en: 'Send the file content as application/octet-stream.',
  },
});

export type DatasetRow = { id: string; app: string; unit: string; mapping_version: number };

/** The dataset, if the actor's unit is the one that answers for it (or the post serves the whole district). */
export async function ownDataset(db: Db, actor: Actor, id: string): Promise<DatasetRow> {
  const found = await db.first<DatasetRow>(
    sql`select id, app, unit, mapping_version from exchange.dataset where id = ${id}`,
  );
  if (!found || (actor.reach !== 'district' && found.unit !== actor.unit)) throw NotFound.with();
  return found;
}

/** Registers a stored file as a batch and queues its import; the same content again is a `duplicate` without effect. */
export async function registerBatch(options: {
  db: Db;
  actor: Actor;
  dataset: DatasetRow;
  file: StoredFile;
  fileName: string;
}): Promise<{ id: string; state: string; duplicateOf?: string }> {
  const { db, actor, dataset, file, fileName } = options;
  const id = uuidv7();
  const insert = (state: string, duplicateOf: string | null) => sql`
    insert into exchange.batch (id, app, dataset, unit, mapping_version, file_id, file_name, file_size, file_digest, file_key, state, duplicate_of, sent_by, sent_name, received_at)
    values (${id}::uuid, ${dataset.app}, ${dataset.id}, ${dataset.unit}, ${dataset.mapping_version}::int, ${file.id}::uuid, ${fileName}, ${file.size}::bigint, ${file.digest},
      ${file.key}, ${state}, ${duplicateOf}::uuid, ${actor.account}, ${actor.name}, kernel.now())
    on conflict do nothing`;
  if ((await db.run(insert('received', null))) === 1) {
    await db.enqueue({ name: 'import', payload: { batch: id }, key: id });
    await db.emit({ type: 'exchange.batch.received', subject: id, data: { batch: id } });
    return { id, state: 'received' };
  }
  const first = await db.one<{ id: string }>(sql`
    select id from exchange.batch where dataset = ${dataset.id} and file_digest = ${file.digest} and mapping_version = ${dataset.mapping_version}::int
      and state in ('received', 'reading', 'publishing', 'loaded') limit 1`);
  await db.run(insert('duplicate', first.id));
  return { id, state: 'duplicate', duplicateOf: first.id };
}

/** What is kept of a classified upload: who, when, its digest. The security administrator is told by event and list. */
export async function recordRefused(options: {
  services: Services;
  actor: Actor;
  dataset: string;
  file: StoredFile;
  mark: Mark;
}): Promise<void> {
  const { services, actor, dataset, file, mark } = options;
  const id = uuidv7();
  await services.database.tx({ module: 'exchange', actor }, async (db) => {
    await db.run(sql`insert into exchange.classified_refusal (id, at, account, unit, dataset, file_size, file_digest, level, place, trace)
      values (${id}::uuid, ${services.clock.now()}::timestamptz, ${actor.account}, ${actor.unit ?? null}::text, ${dataset}, ${file.size}::bigint, ${file.digest},
        ${mark.level}, ${mark.place}, ${actor.trace})`);
    await db.emit({ type: 'exchange.upload.classified', subject: id });
  });
}

/** Upload of a department file (上传): stored encrypted first, then one row and one job in a transaction. */
export const sendImport = route({
  method: 'POST',
  path: '/api/exchange/imports',
  summary: { zh: '上传部门数据文件', en: 'Upload a department file' },
  allow: 'exchange.import.send',
  query: Type.Object({
    dataset: Type.String({ maxLength: 80 }),
    fileName: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  body: 'stream',
  bodyLimit: Number.MAX_SAFE_INTEGER,
  status: 202,
  reply: Type.Object({ id: Type.String(), state: Type.String(), duplicateOf: Type.Optional(Type.String()) }),
  errors: [UploadMissing, UploadCut, UploadEmpty, ClassifiedContent, PayloadTooLarge, NotFound],
  examples: {
    own: { as: 'data-officer', query: { dataset: 'civil-affairs-household', fileName: 'a.csv' }, body: '户号\n1\n' },
    foreign: { as: 'data-officer', query: { dataset: 'tax-registration', fileName: 'a.csv' }, body: 'x\n1\n' },
  },
  prepare: async ({ actor, services, stream, headers, query }) => {
    if (!stream || typeof (stream as { pipe?: unknown }).pipe !== 'function') throw UploadMissing.with();
    const length = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
    const file = await storeFile({ services, stream, declaredLength: length });
    const mark = await markOf({
      fileName: query.fileName,
      content: () => readFileStream({ services, id: file.id, key: file.key }),
    }).catch(async (error: unknown) => {
      await removeFile(services, file.id);
      throw error;
    });
    if (mark) {
      await removeFile(services, file.id);
      await recordRefused({ services, actor, dataset: query.dataset, file, mark });
      throw ClassifiedContent.with();
    }
    return { ...file, undo: () => removeFile(services, file.id) };
  },
  undo: (prepared) => prepared.undo(),
  handler: async ({ db, actor, query, prepared }) =>
    registerBatch({
      db,
      actor,
      dataset: await ownDataset(db, actor, query.dataset),
      file: prepared,
      fileName: query.fileName,
    }),
});
