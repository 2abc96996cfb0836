/**
 * The worker thread of the embedded database: a query blocks its thread, so it must not be the one that serves HTTP.
 * It is a pipe for PostgreSQL's wire protocol and knows nothing of SQL, sessions or types.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { postgis } from '@electric-sql/pglite-postgis';

export type WorkerStart = { dataDir: string; template?: Uint8Array };
export type ToWorker =
  | { kind: 'wire'; bytes: Uint8Array }
  | { kind: 'call'; id: number; call: 'ping' | 'dump' | 'close' };
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'wire'; bytes: Uint8Array }
  | { kind: 'reply'; id: number; bytes?: Uint8Array; error?: string };

/** Replies are gathered to this size, so that a large result is neither one huge message nor thousands of tiny ones. */
const GATHER_BYTES = 256 * 1024;

const port = parentPort;
if (port === null) throw new Error('pglite-worker.ts runs in a worker thread only');
const start = workerData as WorkerStart;

const db = await PGlite.create({
  dataDir: start.dataDir,
  extensions: { postgis, btree_gist, pg_trgm, pgcrypto },
  // What was acknowledged must survive kill -9: every statement reaches the file system before its reply is sent.
  relaxedDurability: false,
  loadDataDir: start.template === undefined ? undefined : new Blob([new Uint8Array(start.template)]),
});

const send = (message: FromWorker): void => {
  const transfer = 'bytes' in message && message.bytes !== undefined ? [message.bytes.buffer as ArrayBuffer] : [];
  port.postMessage(message, transfer);
};

async function pipe(bytes: Uint8Array): Promise<void> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const flush = (): void => {
    if (size === 0) return;
    const joined = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    chunks = [];
    size = 0;
    send({ kind: 'wire', bytes: joined });
  };
  // The last of the reply is held back until the files are synced: it may acknowledge a commit.
  await db.execProtocolRawStream(bytes, {
    onRawData: (data) => {
      if (size >= GATHER_BYTES) flush();
      chunks.push(data.slice());
      size += data.length;
    },
  });
  flush();
}

async function answer(call: 'ping' | 'dump' | 'close'): Promise<Uint8Array | undefined> {
  if (call === 'close') await db.close();
  if (call !== 'dump') return undefined;
  return new Uint8Array(await (await db.dumpDataDir('gzip')).arrayBuffer());
}

// One message after the other, in the order sent: that order is the session.
let last = Promise.resolve();
port.on('message', (message: ToWorker) => {
  last = last.then(async () => {
    if (message.kind === 'wire') return pipe(message.bytes);
    try {
      send({ kind: 'reply', id: message.id, bytes: await answer(message.call) });
    } catch (error) {
      send({ kind: 'reply', id: message.id, error: error instanceof Error ? error.message : String(error) });
    }
    if (message.call === 'close') port.close();
  });
});
send({ kind: 'ready' });
