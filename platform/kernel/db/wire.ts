/**
 * One session over a `pg` client, the same for both engines: PGlite is spoken to in PostgreSQL's own wire protocol (see
 * `pglite.ts`), so values, errors and prepared statements cannot differ between the two.
 */
import { type ClientBase, DatabaseError, Query, type QueryResult as PgResult, types } from 'pg';
import { DatabaseAway, type QueryResult, type Session, type Statement } from './engine.ts';

/** Statements kept per connection; beyond it the longest unused one is closed on the server too. */
const STATEMENTS_KEPT = 400;
/** Longer texts are bulk statements whose text hardly repeats: not worth a plan kept on the server. */
const LONGEST_KEPT_TEXT = 32_768;

/** The part of `pg`'s connection that sends and closes prepared statements; not in its published types. */
type StatementWire = {
  stream: { cork(): void; uncork(): void };
  close(target: { type: 'S'; name: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  execute(message: object): void;
  parsedStatements: Record<string, string>;
  submittedNamedStatements?: Record<string, string>;
};
/** What `pg` reads of a query; not in its published types. */
type Submitted = Query & {
  name?: string;
  queryMode?: 'extended';
  callback?: (error: Error | null | undefined, result: PgResult) => void;
};
type Preparing = Submitted & {
  prepare(connection: StatementWire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: StatementWire): void;
};
type Wired = ClientBase & { connection: StatementWire };

const OID = { bytea: 17, int8: 20, date: 1082, timestamp: 1114, interval: 1186 } as const;
const ARRAY_OID = { int8: 1016, date: 1182, numeric: 1231, timestamp: 1115, interval: 1187 } as const;
const TEXT_ARRAY_OID = 1009;

const asText = (value: string): string => value;
const textArray = types.getTypeParser(TEXT_ARRAY_OID as never) as (value: string) => (string | null)[];
const wholeNumber = (value: string): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
};
const parsers = new Map<number, (value: string) => unknown>([
  [OID.int8, wholeNumber],
  [OID.date, asText],
  [OID.timestamp, asText],
  [OID.interval, asText],
  [ARRAY_OID.int8, (value) => textArray(value).map((item) => (item === null ? null : wholeNumber(item)))],
  [ARRAY_OID.date, textArray],
  [ARRAY_OID.numeric, textArray],
  [ARRAY_OID.timestamp, textArray],
  [ARRAY_OID.interval, textArray],
]);

/** The type parsers of the engine contract; results are always asked for as text. */
export const contractTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/**
 * A parameter as the contract wants it. A plain object is refused: whether it were JSON or a composite would be a guess,
 * so the caller says `${json(x)}::jsonb`.
 */
export function encodeValue(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(encodeValue);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  throw new TypeError('An object cannot be a database parameter; pass JSON text: ${json(value)}::jsonb');
}

/** SQLSTATEs that mean "not now" rather than "wrong statement": connection lost, shut down, starting, full. */
const AWAY_STATES = /^(08...|57P0[1-5]|53300)$/;

/** Turns what `pg` throws into the error of the contract: the server's own error as it is, a lost server as DatabaseAway. */
export function contractError(error: unknown): unknown {
  if (error instanceof DatabaseAway || error instanceof TypeError) return error;
  if (error instanceof DatabaseError) {
    return AWAY_STATES.test(error.code ?? '') ? new DatabaseAway(error.message, { cause: error }) : error;
  }
  return new DatabaseAway(error instanceof Error ? error.message || error.name : String(error), { cause: error });
}

/** Names of the statements prepared on one connection, least recently used first. */
type Statements = { names: Map<string, string>; made: number };
const statementsOf = new WeakMap<ClientBase, Statements>();

function statementName(client: Wired, text: string): string {
  let kept = statementsOf.get(client);
  if (kept === undefined) {
    kept = { names: new Map(), made: 0 };
    statementsOf.set(client, kept);
  }
  const { names } = kept;
  const name = names.get(text) ?? `s${++kept.made}`;
  names.delete(text);
  names.set(text, name);
  if (names.size > STATEMENTS_KEPT) forgetStatement(client, names.keys().next().value as string);
  return name;
}

function forgetStatement(client: Wired, text: string): void {
  const names = statementsOf.get(client)?.names;
  const name = names?.get(text);
  if (names === undefined || name === undefined) return;
  names.delete(text);
  delete client.connection.parsedStatements[name];
  delete client.connection.submittedNamedStatements?.[name];
  client.connection.close({ type: 'S', name });
}

/** A statement prepared before DDL changed its result: closing it lets the next attempt succeed. */
const isStalePlan = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '0A000' && error.message.startsWith('cached plan');

async function run(client: Wired, text: string, values: readonly unknown[], once = false): Promise<PgResult> {
  const encoded = values.map(encodeValue);
  const kept = !once && text.length <= LONGEST_KEPT_TEXT;
  // Statements sent in one turn of the event loop go out in one write.
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  try {
    return await new Promise<PgResult>((resolve, reject) => {
      // A `Query` made from text is sent as it is; a plain object would be copied property by property with its descriptors.
      const query = new Query(text, encoded) as Submitted;
      if (kept) query.name = statementName(client, text);
      else query.queryMode = 'extended';
      query.callback = (error, result) => (error ? reject(error) : resolve(result));
      client.query(query);
    });
  } catch (error) {
    if (isStalePlan(error)) forgetStatement(client, text);
    throw contractError(error);
  }
}

/**
 * A prepared statement that goes out behind another one, before the Sync that ends both. Without BEGIN, PostgreSQL makes one
 * transaction of all that stands before a Sync: it is committed with it or, where one of them fails, not at all. What the first
 * one answers is left out: its row and its end come before the description of the second one's.
 */
class Follower extends (Query as unknown as new (text: string, values: unknown[]) => Preparing) {
  readonly #first: { statement: string; values: readonly unknown[] };
  #reached = false;

  constructor(first: { statement: string; values: readonly unknown[] }, second: { text: string; values: unknown[] }) {
    super(second.text, second.values);
    this.#first = first;
  }

  override prepare(connection: StatementWire): void {
    connection.bind(this.#first);
    connection.execute({});
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#reached) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: StatementWire): void {
    if (this.#reached) super.handleCommandComplete(message, connection);
    this.#reached = true;
  }
}

/** The name of a statement that the server has prepared on this connection. */
function preparedName(client: Wired, text: string): string | undefined {
  const name = statementsOf.get(client)?.names.get(text);
  return name !== undefined && client.connection.parsedStatements[name] === text
    ? statementName(client, text)
    : undefined;
}

function runTogether(client: Wired, first: Statement, second: Statement): Promise<PgResult> | undefined {
  const statement = preparedName(client, first.text);
  const name = preparedName(client, second.text);
  if (statement === undefined || name === undefined) return undefined;
  const follower = new Follower(
    { statement, values: first.values.map(encodeValue) },
    { text: second.text, values: second.values.map(encodeValue) },
  );
  follower.name = name;
  return new Promise<PgResult>((resolve, reject) => {
    follower.callback = (error, result) => {
      if (!error) return resolve(result);
      if (isStalePlan(error)) forgetStatement(client, second.text);
      reject(contractError(error));
    };
    client.query(follower);
  });
}

let cursorsMade = 0;

/** Reads through a server-side cursor. `DECLARE` takes parameters as any statement does, so one way serves both engines. */
async function* readByCursor(
  client: Wired,
  options: { text: string; values: readonly unknown[]; size: number },
): AsyncGenerator<Record<string, unknown>[], void> {
  const name = `c${++cursorsMade}`;
  await run(client, `declare ${name} no scroll cursor for ${options.text}`, options.values, true);
  let refused = false;
  try {
    while (true) {
      const { rows } = await run(client, `fetch ${options.size} from ${name}`, [], true);
      if (rows.length > 0) yield rows;
      if (rows.length < options.size) return;
    }
  } catch (error) {
    refused = true;
    throw error;
  } finally {
    // A reader that stopped early leaves the transaction usable; after an error the rollback closes the cursor. The status
    // alone does not tell: it may follow the error in a later packet, and a failed CLOSE would hide what was refused.
    if (!refused && client.getTransactionStatus() === 'T') await run(client, `close ${name}`, [], true);
  }
}

/** Tells an engine when a statement is under way, so that it can notice a server that has stopped answering. */
export type StatementWatch = { begin(): void; end(): void };
const unwatched: StatementWatch = { begin: () => undefined, end: () => undefined };

/**
 * Wraps a client as a session of the contract. `onRelease` gets `clean: false` when the session must not be handed to
 * anyone else as it is: marked broken, or given back inside a transaction.
 */
export function sessionOver(options: {
  client: ClientBase;
  onRelease: (state: { clean: boolean }) => void;
  watch?: StatementWatch;
  /** Whether the server makes one transaction of all that comes before a Sync. */
  implicit?: boolean;
}): Session {
  const client = options.client as Wired;
  const watch = options.watch ?? unwatched;
  let held = true;
  let under = 0;
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!held) throw new Error('The database session was already released');
    under++;
    watch.begin();
    try {
      return await work();
    } finally {
      // Several statements may be under way at once.
      if (--under === 0) watch.end();
    }
  };
  return {
    query: (text, values = []) =>
      watched(async (): Promise<QueryResult> => {
        const result = await run(client, text, values);
        return { rows: result.rows, count: result.rowCount ?? 0 };
      }),
    together: options.implicit
      ? (first, second) => {
          const sent = held ? runTogether(client, first, second) : undefined;
          return (
            sent &&
            watched(async () => {
              const result = await sent;
              return { rows: result.rows, count: result.rowCount ?? 0 };
            })
          );
        }
      : undefined,
    script: (text) =>
      watched(async () => {
        try {
          await client.query(text);
        } catch (error) {
          throw contractError(error);
        }
      }),
    async *cursor(text, values, size) {
      const chunks = readByCursor(client, { text, values, size });
      try {
        while (true) {
          const next = await watched(() => chunks.next());
          if (next.done) return;
          yield next.value;
        }
      } finally {
        await chunks.return();
      }
    },
    release(broken = false) {
      if (!held) return;
      held = false;
      options.onRelease({ clean: !broken && client.getTransactionStatus() === 'I' });
    },
  };
}
