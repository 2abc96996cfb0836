import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { ClassifiedContent } from '#platform/kernel/classified.ts';
import { domainError, NotFound, PayloadTooLarge } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { UploadMissing } from '../send-import.ts';
import { removeFile, UploadCut, UploadEmpty } from '../store-file.ts';
import { type FeedRow, holdFeed, recordIncident } from './feed.ts';
import { receiveFile, registerFeedBatch } from './receive.ts';
import { FeedParams } from './shapes.ts';

export const BatchMismatch = domainError({
  code: 'BATCH_MISMATCH',
  status: 422,
  title: { zh: '行数或 SM3 与声明不符，整批拒收', en: 'Rows or SM3 are not as stated: the whole batch was refused' },
  action: {
    zh: '请核对后以同一批号重发；没有任何数据入库。',
    en: 'Check and send it again under the same number; nothing was kept.',
  },
});
export const BatchConflict = domainError({
  code: 'BATCH_CONFLICT',
  status: 409,
  title: { zh: '该批号已用于另一批内容', en: 'This number was used for another content' },
  action: { zh: '请使用下一个批号。', en: 'Use the next number.' },
});
export const BatchOlder = domainError({
  code: 'BATCH_OLDER',
  status: 409,
  title: { zh: '本批的水位早于已接收的水位', en: 'The watermark of this batch is older than what has been taken in' },
  action: { zh: '请检查是否重发了旧文件。', en: 'Check whether an old file was sent again.' },
});
export const FeedNotPushed = domainError({
  code: 'FEED_NOT_PUSHED',
  status: 409,
  title: { zh: '该接口由平台主动读取', en: 'The platform reads this feed itself' },
  action: { zh: '如需改为推送，请先修改接口登记。', en: 'Change the feed first if the source is to push.' },
});

/** The farthest that a number may run ahead of what has been applied. */
const AHEAD = 1_000;

/**
 * A source sends a batch (推送批次): one object a line, its number, how many rows and the SM3 of the content. A wrong count or
 * digest leaves nothing; a number too early waits for those before it.
 */
export const pushBatch = route({
  method: 'POST',
  path: '/api/exchange/feeds/:id/batches',
  summary: { zh: '推送一批数据（每行一个 JSON 对象）', en: 'Push a batch, one JSON object a line' },
  allow: 'exchange.feed.push',
  params: FeedParams,
  query: Type.Object({
    seq: Type.Integer({ minimum: 1 }),
    count: Type.Integer({
      minimum: 0,
      description: '0, with no content: the source has nothing new; its number stays free',
    }),
    sm3: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    watermark: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  }),
  body: 'stream',
  bodyLimit: Number.MAX_SAFE_INTEGER,
  status: 202,
  reply: Type.Object({
    seq: Type.Integer(),
    state: Type.String({ description: 'waiting | applying | duplicate | nothing' }),
    appliedSeq: Type.Integer(),
  }),
  errors: [
    UploadMissing,
    UploadCut,
    UploadEmpty,
    ClassifiedContent,
    PayloadTooLarge,
    NotFound,
    BatchMismatch,
    BatchConflict,
    BatchOlder,
    FeedNotPushed,
  ],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:feed' },
      query: 'fixture:push' as unknown as Record<string, string>,
      body: '{"编号":"1"}\n',
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-feed' },
      query: 'fixture:push' as unknown as Record<string, string>,
      body: '{"编号":"1"}\n',
    },
  },
  prepare: async ({ actor, services, stream, headers, params, query }) => {
    const feed = await services.database.tx({ module: 'exchange', actor }, (db) =>
      db.first<FeedRow>(sql`select * from exchange.feed where id = ${params.id}`),
    );
    if (!feed) throw NotFound.with();
    if (feed.connector !== 'push') throw FeedNotPushed.with();
    const content = stream as Readable | undefined;
    if (query.count === 0) {
      const rows = content && (await anyByte(content)) ? 1 : 0;
      if (rows > 0 || query.sm3 !== NOTHING) {
        await tellMismatch({ services, actor, feed, seq: query.seq, rows, count: 0 });
        throw BatchMismatch.with({ extra: { rows, sm3: NOTHING } });
      }
      return { file: undefined, digest: NOTHING, undo: async () => undefined };
    }
    if (!content || typeof content.pipe !== 'function') throw UploadMissing.with();
    const file = await receiveFile({
      services,
      actor,
      dataset: feed.dataset,
      stream: content,
      fileName: `${feed.id}-${query.seq}.json`,
      format: 'json',
      lines: true,
      declaredLength: headers['content-length'] === undefined ? undefined : Number(headers['content-length']),
    });
    if (file.digest !== query.sm3 || file.rows !== query.count) {
      await removeFile(services, file.id);
      await tellMismatch({ services, actor, feed, seq: query.seq, rows: file.rows ?? 0, count: query.count });
      throw BatchMismatch.with({ extra: { rows: file.rows, sm3: file.digest } });
    }
    return { file, digest: file.digest, undo: () => removeFile(services, file.id) };
  },
  undo: (prepared) => prepared.undo(),
  handler: async ({ db, params, query, prepared }) => {
    const feed = await holdFeed(db, params.id);
    if (!feed) throw NotFound.with();
    const applied = feed.applied_seq;
    const { file } = prepared;
    if (!file) {
      // As when a source that is read says so: its data are not older for it.
      await db.run(sql`update exchange.feed set checked_at = kernel.now() where id = ${feed.id}`);
      return { seq: query.seq, state: 'nothing', appliedSeq: applied };
    }
    if (query.seq > applied + AHEAD) throw BatchConflict.with({ extra: { appliedSeq: applied } });
    if (
      query.seq > applied &&
      query.watermark !== undefined &&
      feed.watermark !== null &&
      isOlder(query.watermark, feed.watermark)
    )
      throw BatchOlder.with({
        detail: {
          zh: `本批水位 ${query.watermark}，已接收到 ${feed.watermark}`,
          en: `This batch ends at ${query.watermark}; data up to ${feed.watermark} are here`,
        },
      });
    const made = await registerFeedBatch(db, { feed, seq: query.seq, file, watermark: query.watermark });
    if (made.outcome === 'conflict') throw BatchConflict.with({ extra: { appliedSeq: applied } });
    if (made.outcome === 'duplicate') await prepared.undo();
    return { seq: query.seq, state: made.outcome === 'registered' ? made.state : made.outcome, appliedSeq: applied };
  },
});

/** SM3 of no content. */
const NOTHING = createHash('sm3').digest('hex');

async function anyByte(content: Readable): Promise<boolean> {
  if (typeof content.pipe !== 'function') return false;
  let found = false;
  for await (const chunk of content) found ||= (chunk as Buffer).length > 0;
  return found;
}

const DIGITS = /^\d+$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
/** With a zone: without one nobody knows which moment is meant. */
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Numbers are compared as numbers (10 follows 9), moments as moments whatever their zone; anything else as text, as days are. */
export function isOlder(watermark: string, than: string): boolean {
  const both = (form: RegExp) => form.test(watermark) && form.test(than);
  if (both(DIGITS)) return BigInt(watermark) < BigInt(than);
  if (both(NUMBER)) return Number(watermark) < Number(than);
  if (both(MOMENT)) return Date.parse(watermark) < Date.parse(than);
  return watermark < than;
}

async function tellMismatch(options: {
  services: Services;
  actor: Actor;
  feed: FeedRow;
  seq: number;
  rows: number;
  count: number;
}): Promise<void> {
  const { services, actor, feed, seq, rows, count } = options;
  await services.database.tx({ module: 'exchange', actor }, (db) =>
    recordIncident(db, {
      feed,
      kind: 'mismatch',
      seq,
      text:
        rows === count
          ? { zh: `第 ${seq} 批的 SM3 与声明不符，已拒收`, en: `Batch ${seq}: the SM3 is not as stated; refused` }
          : {
              zh: `第 ${seq} 批声明 ${count} 行，实收 ${rows} 行，已拒收`,
              en: `Batch ${seq}: ${count} rows stated, ${rows} came; refused`,
            },
    }),
  );
}
