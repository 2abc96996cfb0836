/** The embedded engine: PGlite with PostGIS in a worker thread, one session, an exclusive lock on its directory. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Duplex } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { Client } from 'pg';
import { DatabaseAway, type Engine, LOGIN_ROLE, type Session } from './engine.ts';
import { turnstile } from './turnstile.ts';
import { acquireLock } from './lock.ts';
import { postgisBundle } from './postgis-bundle.ts';
import { unpack } from './unpack.ts';
import type { FromWorker, ToWorker, WorkerStart } from './pglite-worker.ts';
import { contractTypes, sessionOver } from './wire.ts';

/** How long the one session may be waited for. */
const WAIT_MS = 10_000;
/** How many times longer a job waits than a person: while a sample is loaded one transaction may hold the session for longer than `WAIT_MS`. */
const PATIENCE = 12;
const PING_MS = 5_000;
/** How long the database may take to close its files; after that its worker is ended as by kill -9, which loses nothing. */
const CLOSE_MS = 5_000;

/**
 * Opens the embedded database. `dataDir` is a directory, or `memory://` for tests; `template` (from `dump()`) starts an
 * empty directory in 2 s instead of 15. Throws `DirectoryInUse` when another process has the directory open.
 *
 * Until `lockDown()` only `admin()` gives a session, afterwards only `session()`. `lockDown` is SET SESSION AUTHORIZATION:
 * roles granted to the login role can be set, nothing of a superuser can be done. It is a hard wall against mistakes,
 * not against hostile SQL: RESET stays in the login role, but the connection was authenticated as superuser, so SET SESSION
 * AUTHORIZATION by name leads back (a test states both). Hence only `db.ts` may contain SET and RESET (structure check).
 */
export async function pgliteEngine(options: {
  dataDir: string;
  template?: Uint8Array;
  waitMs?: number;
  /** Where a smaller package of PostGIS is kept, which opens sooner. */
  cacheDir?: string;
}): Promise<Engine> {
  const inMemory = options.dataDir.startsWith('memory://');
  const dataDir = inMemory ? options.dataDir : resolve(options.dataDir);
  const lock = inMemory ? undefined : acquireLock(dataDir);
  try {
    const fresh = inMemory || (await prepareDirectory(dataDir));
    // In a directory the files are laid out here; in memory only PGlite can do it.
    const template = fresh ? options.template : undefined;
    if (template && !inMemory) await unpack({ archive: template, into: dataDir });
    const worker = startWorker({
      dataDir,
      template: inMemory ? template : undefined,
      postgis: options.cacheDir === undefined ? undefined : await smallPostgis(options.cacheDir),
    });
    await worker.ready;
    if (!inMemory) await rm(unfinishedMark(dataDir), { force: true });
    const client = await connect(worker);
    return engineOver({ worker, client, waitMs: options.waitMs ?? WAIT_MS, unlock: () => lock?.release() });
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** The small package; where it cannot be kept (a cache that may not be written), the whole one does as well, only slower. */
const smallPostgis = (folder: string): Promise<string | undefined> => postgisBundle(folder).catch(() => undefined);

/**
 * A directory whose creation was cut off (kill -9 during initdb or while the template was unpacked) looks like a database
 * but is none. The mark stands beside it until the first start succeeded; nothing was ever acknowledged from it.
 */
const unfinishedMark = (dataDir: string): string => `${dataDir}.unfinished`;

/** Returns whether the directory is empty, that is: to be filled from the template or by initdb. */
async function prepareDirectory(dataDir: string): Promise<boolean> {
  await mkdir(dirname(dataDir), { recursive: true });
  if (existsSync(unfinishedMark(dataDir))) await rm(dataDir, { recursive: true, force: true });
  const fresh = !existsSync(dataDir) || (await readdir(dataDir)).length === 0;
  if (fresh) await writeFile(unfinishedMark(dataDir), '');
  return fresh;
}

type Pipe = {
  ready: Promise<void>;
  stream: Duplex;
  call(call: 'ping' | 'dump' | 'close'): Promise<Uint8Array | undefined>;
  terminate(): Promise<void>;
};

function startWorker(start: WorkerStart): Pipe {
  // Collecting replaced WebAssembly code ends the whole process now and then where databases come and go (nodejs/node#64500: “jit_page_->allocations_”).
  // What is not collected are the first translations of functions, some ten megabytes.
  setFlagsFromString('--no-wasm-code-gc');
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: start,
    // The flags of the main thread (such as --eval) are not the worker's.
    execArgv: [],
  });
  const post = (message: ToWorker): void => worker.postMessage(message);
  const pending = new Map<number, { resolve(bytes?: Uint8Array): void; reject(error: Error): void }>();
  const { promise: ready, resolve: started, reject: failed } = Promise.withResolvers<void>();
  let calls = 0;
  let dead: DatabaseAway | undefined;

  const stream = wireStream((bytes) => post({ kind: 'wire', bytes }));
  // Until `pg` listens, an error of the stream would end the process; callers learn it from `ready`.
  stream.on('error', () => undefined);
  const die = (reason: string, cause?: unknown): void => {
    if (dead !== undefined) return;
    dead = new DatabaseAway(reason, { cause });
    failed(dead);
    for (const waiting of pending.values()) waiting.reject(dead);
    pending.clear();
    stream.destroy(dead);
  };
  worker.on('error', (error) => die(`the embedded database failed: ${String(error)}`, error));
  worker.on('exit', (code) => die(`the embedded database ended with code ${code}`));
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') return started();
    if (message.kind === 'wire') return void stream.push(message.bytes);
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.bytes);
    else waiting?.reject(new Error(message.error));
  });
  return {
    ready,
    stream,
    call(call) {
      if (dead !== undefined) return Promise.reject(dead);
      const id = ++calls;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        post({ kind: 'call', id, call });
      });
    },
    terminate: async () => void (await worker.terminate()),
  };
}

/** What `pg` takes for its socket. A statement's messages are corked by `pg` and so reach the worker as one. */
function wireStream(post: (bytes: Uint8Array) => void): Duplex {
  const stream = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      post(new Uint8Array(chunk));
      done();
    },
    writev(chunks: { chunk: Buffer }[], done) {
      post(new Uint8Array(Buffer.concat(chunks.map(({ chunk }) => chunk))));
      done();
    },
  });
  return Object.assign(stream, {
    connect: () => void queueMicrotask(() => stream.emit('connect')),
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    ref: () => stream,
    unref: () => stream,
  });
}

async function connect(worker: Pipe): Promise<Client> {
  const client = new Client({
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    pipeline: true,
    types: contractTypes,
    stream: () => worker.stream,
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.query("set TimeZone = 'Asia/Shanghai'");
  return client;
}

function engineOver(options: { worker: Pipe; client: Client; waitMs: number; unlock: () => void }): Engine {
  const { worker, client } = options;
  const turns = turnstile();
  let lockedDown = false;
  let closed = false;

  async function take(waitMs = options.waitMs): Promise<Session> {
    if (closed) throw new DatabaseAway('it is closed');
    const leave = await turns.enter(waitMs);
    return sessionOver({
      client,
      // There is only one connection to hand on, so what the last user left open is rolled back before the next one.
      onRelease: ({ clean }) => (clean ? leave() : void client.query('rollback').then(leave, leave)),
    });
  }

  return {
    kind: 'pglite',
    async session({ patient = false } = {}) {
      if (!lockedDown) throw new Error('lockDown() comes before the first session()');
      return take(patient ? options.waitMs * PATIENCE : options.waitMs);
    },
    async admin() {
      if (lockedDown) throw new Error('The embedded database is locked down: migrate before lockDown()');
      return take();
    },
    async lockDown() {
      if (lockedDown) return;
      const session = await take();
      try {
        await session.script(`set session authorization ${LOGIN_ROLE}`);
        lockedDown = true;
      } finally {
        session.release();
      }
    },
    async ping() {
      if (closed) throw new DatabaseAway('it is closed');
      await within(PING_MS, worker.call('ping'));
    },
    async dump() {
      const leave = await turns.enter(options.waitMs);
      try {
        // Dirty pages into their files, so that the copy starts without replaying its log.
        if (!lockedDown) await client.query('checkpoint');
        const bytes = await worker.call('dump');
        if (bytes === undefined) throw new Error('The embedded database gave no dump');
        return bytes;
      } finally {
        leave();
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      const leave = await turns.enter(options.waitMs).catch(() => () => undefined);
      await within(CLOSE_MS, worker.call('close')).catch(() => undefined);
      await worker.terminate();
      leave();
      options.unlock();
    },
  };
}

/** Rejects with `DatabaseAway` when the worker takes longer than `ms` to answer. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseAway(`no answer within ${ms} ms`)), ms);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
