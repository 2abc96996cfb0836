/**
 * The seam between the platform and its two databases: PostgreSQL by DATABASE_URL, PGlite embedded.
 * An engine hands out one session at a time; everything above it (roles, actors, modules) lives in `db.ts`.
 */
export type QueryResult = { rows: Record<string, unknown>[]; count: number };

/**
 * The database does not answer, or has no session free in time (数据库暂不可用): answer 503 and let the caller try again.
 * Nothing is known about a statement in flight when it happened; a transaction that was not committed is gone.
 */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
  readonly code = 'DATABASE_AWAY';

  constructor(reason: string, options?: { cause?: unknown }) {
    super(`The database does not answer: ${reason}`, options);
  }
}

export type Statement = { text: string; values: readonly unknown[] };

/** One database session, exclusively held until `release`. */
export type Session = {
  /** Runs one statement with parameters ($1 …). Statements are prepared and kept by text. */
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
  /**
   * Two statements as one transaction and one message, answered once: what the second one gives. Undefined where that cannot be:
   * either is not prepared on this connection yet, or the engine knows no such thing. No transaction may be open.
   */
  together?(first: Statement, second: Statement): Promise<QueryResult> | undefined;
  /** Runs a script of several statements without parameters: migrations only. */
  script(text: string): Promise<void>;
  /** Reads a query in chunks without holding the whole result. Must run inside a transaction. */
  cursor(text: string, values: readonly unknown[], size: number): AsyncIterable<Record<string, unknown>[]>;
  /** Gives the session back; `broken` discards it instead. */
  release(broken?: boolean): void;
};

export type Engine = {
  kind: 'postgres' | 'pglite';
  /**
   * A session bound to the unprivileged login role; waits for a free one at most `waitMs`. `patient`: nobody sits before it (jobs,
   * loading), so where all share one session it waits for a long transaction of another to end.
   */
  session(options?: { patient?: boolean }): Promise<Session>;
  /** A session that may create roles, schemas and extensions: `migrate` only. */
  admin(): Promise<Session>;
  /** PGlite only: switches the one session to the login role once migrated. A no-op on PostgreSQL. */
  lockDown(): Promise<void>;
  /** Rejects if the database does not answer. */
  ping(): Promise<void>;
  /** PGlite only: a gzip dump of the data directory, to start the next one from. */
  dump?(): Promise<Uint8Array>;
  close(): Promise<void>;
};

/**
 * Values come back alike from both engines: int8 → number when safe, else bigint; numeric → string; timestamptz →
 * Date; date → 'YYYY-MM-DD' string; json(b) → parsed; arrays of text/int → arrays; bytea → Uint8Array.
 * Values go in alike: Date → ISO string, plain object or array meant as json must be given as JSON text by the caller
 * and cast (`${json}::jsonb`), JS arrays become PostgreSQL arrays.
 */
export const LOGIN_ROLE = 'district_login';
