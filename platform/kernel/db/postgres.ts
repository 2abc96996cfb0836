/** The production engine: PostgreSQL ≥ 15 by DATABASE_URL. */
import { Socket } from 'node:net';
import { Client, type ClientConfig, DatabaseError, Pool, type PoolClient } from 'pg';
import { DatabaseAway, type Engine, type Session } from './engine.ts';
import { contractError, contractTypes, sessionOver } from './wire.ts';

/** How long a session may be waited for when all are busy. */
const WAIT_MS = 10_000;
/** How long a connection may take to open. */
const CONNECT_MS = 2_000;
/** A statement that runs longer than this makes the engine ask, on a connection of its own, whether the server still lives. */
const SUSPECT_MS = 1_000;
/** After an answer, the next question waits this long. */
const TRUST_MS = 3_000;
/** After a connection failed, callers are refused at once for this long instead of each waiting out the time limit. */
const REFUSE_MS = 500;

/** Statements that go out together (see `run` in wire.ts) are a dozen small buffers; one copied together is cheaper to send. */
class JoiningSocket extends Socket {
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer' as BufferEncoding, done);
  }
}

const connection = (url: string): ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  // Statements that do not wait for each other share a round trip (see `tx` in db.ts).
  pipeline: true,
  types: contractTypes,
  stream: () => new JoiningSocket(),
  application_name: 'smart-district',
  // Statements are short and their cost is often guessed too high: compiling one took up to twenty times as long as running it.
  options: '-c TimeZone=Asia/Shanghai -c DateStyle=ISO -c jit=off',
});

/** The pool hands its own waiting time to its clients; ours open within CONNECT_MS whatever the wait. */
class PromptClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(typeof config === 'string' ? config : { ...config, connectionTimeoutMillis: CONNECT_MS });
  }
}

/**
 * Opens the engine; no connection is made before the first session. While the server is away every call rejects with
 * `DatabaseAway` within about three seconds, and works again by itself once the server is back.
 */
export function postgresEngine(options: {
  url: string;
  adminUrl?: string;
  poolSize?: number;
  waitMs?: number;
}): Engine {
  const pool = new Pool({
    ...connection(options.url),
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.waitMs ?? WAIT_MS,
    idleTimeoutMillis: 60_000,
    Client: PromptClient,
  });
  // An idle connection that breaks is only removed from the pool; without a listener Node would end the process.
  pool.on('error', () => undefined);

  const running = new Map<PoolClient, number>();
  let refusedUntil = 0;
  let trustedUntil = 0;
  let asking = false;

  const watchdog = setInterval(() => void askIfSuspect(), SUSPECT_MS / 2);
  watchdog.unref();

  async function askIfSuspect(): Promise<void> {
    const now = Date.now();
    if (asking || now < trustedUntil || ![...running.values()].some((since) => now - since > SUSPECT_MS)) return;
    asking = true;
    const alive = await answers(options.url);
    asking = false;
    trustedUntil = Date.now() + TRUST_MS;
    if (alive) return;
    trustedUntil = 0;
    refusedUntil = Date.now() + REFUSE_MS;
    // A server that is frozen or cut off never closes its sockets: cut them here, so that no caller waits for ever.
    for (const client of running.keys()) cut(client);
  }

  async function session(): Promise<Session> {
    if (Date.now() < refusedUntil) throw new DatabaseAway('it was away a moment ago');
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      const fault = contractError(error);
      // A refusal costs nothing to try again; only a silent server is worth sparing the next callers the wait.
      if (fault instanceof DatabaseAway && /timeout|terminated/.test(fault.message) && pool.waitingCount === 0) {
        refusedUntil = Date.now() + REFUSE_MS;
      }
      throw fault;
    }
    client.on('error', ignore);
    return sessionOver({
      client,
      implicit: true,
      watch: { begin: () => running.set(client, Date.now()), end: () => running.delete(client) },
      onRelease: ({ clean }) => {
        client.off('error', ignore);
        running.delete(client);
        client.release(!clean);
      },
    });
  }

  async function admin(): Promise<Session> {
    if (options.adminUrl === undefined) throw new Error('DATABASE_ADMIN_URL is needed to migrate');
    const client = new Client(connection(options.adminUrl));
    client.on('error', ignore);
    try {
      await client.connect();
    } catch (error) {
      throw contractError(error);
    }
    return sessionOver({ client, onRelease: () => void client.end().catch(ignore) });
  }

  return {
    kind: 'postgres',
    session,
    admin,
    lockDown: async () => undefined,
    async ping() {
      const held = await session();
      try {
        await held.query('select 1');
        held.release();
      } catch (error) {
        held.release(true);
        throw error;
      }
    },
    async close() {
      clearInterval(watchdog);
      await pool.end();
    },
  };
}

const ignore = (): void => undefined;

function cut(client: PoolClient): void {
  const { connection } = client as PoolClient & { connection: { stream: { destroy(error: Error): void } } };
  connection.stream.destroy(new Error('the server stopped answering'));
}

/** Whether the server says anything at all, be it a refusal such as "too many connections". */
async function answers(url: string): Promise<boolean> {
  const client = new Client({ ...connection(url), connectionTimeoutMillis: SUSPECT_MS, query_timeout: SUSPECT_MS });
  client.on('error', ignore);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    return error instanceof DatabaseError;
  } finally {
    void client.end().catch(ignore);
  }
}
