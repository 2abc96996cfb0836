/**
 * The worker thread of the embedded database: a query blocks its thread, so it must not be the one that serves HTTP.
 * It is a pipe for PostgreSQL's wire protocol and knows nothing of SQL, sessions or types.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { postgis } from '@electric-sql/pglite-postgis';

/** `postgis` is the path of its package where it is not the whole one (`postgisBundle`). */
export type WorkerStart = { dataDir: string; template?: Uint8Array; postgis?: string };
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

const bundle = start.postgis;
const db = await PGlite.create({
  dataDir: start.dataDir,
  extensions: {
    postgis: bundle === undefined ? postgis : packedIn(pathToFileURL(bundle)),
    btree_gist,
    pg_trgm,
    pgcrypto,
  },
  // What was acknowledged must survive kill -9: every statement reaches the file system before its reply is sent.
  relaxedDurability: false,
  loadDataDir: start.template === undefined ? undefined : new Blob([new Uint8Array(start.template)]),
});

/** PostGIS from another package than the one that it comes with. */
function packedIn(bundlePath: URL): typeof postgis {
  return { ...postgis, setup: async (...given) => ({ ...(await postgis.setup(...given)), bundlePath }) };
}

const send = (message: FromWorker): void => {
  const transfer = 'bytes' in message && message.bytes !== undefined ? [message.bytes.buffer as ArrayBuffer] : [];
  port.postMessage(message, transfer);
};

/** Messages that end a unit of the protocol: Sync, and the simple Query. */
const UNIT_ENDS = new Set(['S'.charCodeAt(0), 'Q'.charCodeAt(0)]);

/** Cuts what came in one write at the ends of its units, so that what is sent back is known to answer one of them. */
function* units(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let begin = 0;
  // The first message of a connection has no type; its first byte is the zero of a length below 16 MiB.
  for (let at = 0; bytes[at] !== 0 && at + 5 <= bytes.length; ) {
    const type = bytes[at] as number;
    at += 1 + view.getUint32(at + 1);
    if (!UNIT_ENDS.has(type)) continue;
    yield bytes.subarray(begin, at);
    begin = at;
  }
  if (begin < bytes.length) yield bytes.subarray(begin);
}

/** ReadyForQuery: its type, its length of five, the state of the transaction. */
const READY_BYTES = 6;
const READY_HEAD = [0x5a, 0, 0, 0, 5];

/** Whether ReadyForQuery is the last in a piece of a reply. */
function isReady(data: Uint8Array): boolean {
  return data.length >= READY_BYTES && READY_HEAD.every((byte, i) => data[data.length - READY_BYTES + i] === byte);
}

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
  for (const unit of units(bytes)) {
    let ready = false;
    await db.execProtocolRawStream(unit, {
      onRawData: (data) => {
        // Behind an error PGlite says twice that it is ready. Whoever has sent the next statement already would take the second
        // one for its answer, and lose the connection.
        if (ready && data.length === READY_BYTES && isReady(data)) return;
        ready = isReady(data);
        if (size >= GATHER_BYTES) flush();
        chunks.push(data.slice());
        size += data.length;
      },
    });
  }
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
