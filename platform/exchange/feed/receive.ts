import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ClassifiedContent } from '#platform/kernel/classified.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { markOf } from '../classified.ts';
import type { BatchProblem } from '../import-batch.ts';
import { recordRefused } from '../send-import.ts';
import { readFileStream, removeFile, type StoredFile, storeFile } from '../store-file.ts';
import { advance, type FeedBatchRow, type FeedRow, recordIncident } from './feed.ts';

const NEWLINE = 10;

/** Content of a batch, kept encrypted; rows are counted where every line is one. */
export type ReceivedFile = StoredFile & { fileName: string; format?: string; rows?: number };

/** Stores what came in and refuses what is marked as a state secret, as an upload does. */
export async function receiveFile(options: {
  services: Services;
  actor: Actor;
  dataset: string;
  stream: NodeJS.ReadableStream;
  fileName: string;
  format?: string;
  lines: boolean;
  declaredLength?: number;
}): Promise<ReceivedFile> {
  const { services, actor, fileName } = options;
  let rows = 0;
  let open = false;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        if (open || at > from) rows += 1;
        open = false;
        from = at + 1;
      }
      if (from < chunk.length) open = true;
      done(null, chunk);
    },
  });
  const source = options.stream as Readable;
  if (options.lines) source.on('error', (error) => count.destroy(error));
  const stream = options.lines ? source.pipe(count) : source;
  const file = await storeFile({ services, stream, declaredLength: options.declaredLength });
  const mark = await markOf({ fileName, content: () => readFileStream({ services, id: file.id, key: file.key }) });
  if (mark) {
    await removeFile(services, file.id);
    await recordRefused({ services, actor, dataset: options.dataset, file, mark });
    throw ClassifiedContent.with();
  }
  return { ...file, fileName, format: options.format, rows: options.lines ? rows + (open ? 1 : 0) : undefined };
}

export type Registered =
  | { outcome: 'registered'; id: string; state: string; seq: number }
  | { outcome: 'duplicate'; seq: number }
  | { outcome: 'conflict'; seq: number };

/**
 * Puts a batch in its place. The same number with the same content is a duplicate without effect; another content under a number
 * that was taken is refused. A number too early waits.
 */
export async function registerFeedBatch(
  db: Db,
  options: {
    feed: FeedRow;
    seq: number;
    file: ReceivedFile;
    watermarkFrom?: string | null;
    watermark?: string | null;
    held?: BatchProblem;
  },
): Promise<Registered> {
  const { feed, seq, file, held } = options;
  const there = await db.first<FeedBatchRow>(
    sql`select * from exchange.feed_batch where feed = ${feed.id} and seq = ${seq}::bigint and state <> 'refused'`,
  );
  if (there) {
    const same = there.digest === file.digest;
    await recordIncident(db, {
      feed,
      kind: same ? 'duplicate' : 'conflict',
      seq,
      text: same
        ? {
            zh: `第 ${seq} 批再次到达，内容相同，没有影响`,
            en: `Batch ${seq} came again with the same content: no effect`,
          }
        : { zh: `第 ${seq} 批再次到达，内容不同，已拒收`, en: `Batch ${seq} came again with other content: refused` },
    });
    return { outcome: same ? 'duplicate' : 'conflict', seq };
  }
  const id = uuidv7();
  const state = held ? 'held' : 'waiting';
  await db.run(sql`
    insert into exchange.feed_batch (id, feed, unit, seq, state, watermark_from, watermark, row_count, digest, format, file_id, file_name, file_size, file_key, problem)
    values (${id}::uuid, ${feed.id}, ${feed.unit}, ${seq}::bigint, ${state}, ${options.watermarkFrom ?? feed.watermark}::text, ${options.watermark ?? null}::text,
      ${file.rows ?? null}::bigint, ${file.digest}, ${file.format ?? null}::text, ${file.id}::uuid, ${file.fileName}, ${file.size}::bigint, ${file.key},
      ${held ? json(held) : null}::text::jsonb)`);
  if (held) await recordIncident(db, { feed, kind: 'held', seq, text: held.text });
  else await advance(db, feed);
  const now = await db.one<{ state: string }>(sql`select state from exchange.feed_batch where id = ${id}::uuid`);
  return { outcome: 'registered', id, state: now.state, seq };
}
