import { raw } from 'sql-template-tag';
import { schemaOf } from './app.ts';
import { type Actor, behalfOf } from './actor.ts';
import { DatabaseAway, type Engine, type Session } from './db/engine.ts';
import { sql, type Sql } from './sql.ts';

export type Row = Record<string, unknown>;

/**
 * The database as one request or job sees it: bound to the role of its module and to its actor. A handler cannot reach
 * another module's tables, because PostgreSQL refuses it, and cannot forget the actor, because it is set already.
 */
export type Db = {
  rows<T extends Row>(query: Sql): Promise<T[]>;
  /** The only row, or undefined. */
  first<T extends Row>(query: Sql): Promise<T | undefined>;
  /** Exactly one row; anything else is a fault of the program. */
  one<T extends Row>(query: Sql): Promise<T>;
  /** Runs a statement and says how many rows it touched. */
  run(query: Sql): Promise<number>;
  /**
   * Sends a statement whose result nobody waits for: it travels together with what follows, at last with the commit. If it
   * fails, the transaction fails.
   */
  last(query: Sql): void;
  stream<T extends Row>(query: Sql, size?: number): AsyncIterable<T[]>;
  /** The share view of a `takes` entry, for the reach of this actor: use as `from ${db.share('resident')}`. */
  share(name: string): Sql;
  /** Publishes an event in this transaction: ids, type and time only. */
  emit(event: { type: string; subject: string; data?: Record<string, string> }): Promise<void>;
  /** Queues a job of this module in this transaction. `key` makes it single. */
  enqueue(job: {
    name: string;
    payload: Record<string, string>;
    at?: Date;
    key?: string;
    module?: string;
  }): Promise<string>;
  module: string;
  actor: Actor;
};

export type Database = {
  kind: Engine['kind'];
  /** Runs `work` in one transaction as `module`; rolls back if it throws. */
  tx<T>(context: { module: string; actor: Actor; readOnly?: boolean }, work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * One statement as `module`, in a transaction of its own: with role, actor and commit it is one message and one answer, a
   * quarter of what `tx` sends. For statements that are asked very often.
   */
  ask<T extends Row>(context: { module: string; actor: Actor }, query: Sql): Promise<T[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
  engine: Engine;
};

/** A quoted identifier, for names that come from manifests; never for input. */
export function ident(...parts: string[]): Sql {
  return raw(parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.'));
}

/** A table named `schema.name` in a manifest. */
export function tableOf(name: string): Sql {
  return ident(...name.split('.'));
}

/** The request role of a module: `x_app`, or `x_app_all` for posts that see the whole district (§2b 4). */
export function roleOf(module: string, actor: Actor): string {
  return actor.reach === 'district' ? `${schemaOf(module)}_app_all` : `${schemaOf(module)}_app`;
}

/** Role and actor in one column: twelve would have to be described and parsed in every reply. Arguments are taken in order. */
const BEGIN_CONTEXT =
  "select concat(set_config('role',$1,true),set_config('actor.account',$2,true),set_config('actor.name',$3,true)," +
  "set_config('actor.post',$4,true),set_config('actor.unit',$5,true),set_config('actor.area',$6,true)," +
  "set_config('actor.person',$7,true),set_config('actor.entity',$8,true),set_config('actor.purpose',$9,true)," +
  "set_config('actor.trace',$10,true),set_config('actor.module',$11,true),set_config('actor.behalf',$12,true)) is null as unset";

export function createDatabase(engine: Engine): Database {
  return {
    kind: engine.kind,
    engine,
    ping: () => engine.ping(),
    close: () => engine.close(),
    async tx(context, work) {
      return within(await engine.session({ patient: context.actor.kind === 'system' }), context, work);
    },
    async ask<T extends Row>(context: Context, query: Sql) {
      const session = await engine.session();
      // Role and actor come first, as in every transaction: where they fail, PostgreSQL skips the statement.
      const sent = session.together?.({ text: BEGIN_CONTEXT, values: settingsOf(context) }, query);
      if (sent === undefined) return within(session, context, (db) => db.rows<T>(query));
      let broken = false;
      try {
        return (await sent).rows as T[];
      } catch (error) {
        broken = error instanceof DatabaseAway;
        throw error;
      } finally {
        session.release(broken);
      }
    },
  };
}

type Context = { module: string; actor: Actor; readOnly?: boolean };

function settingsOf({ module, actor }: Context): string[] {
  return [
    roleOf(module, actor),
    actor.account,
    actor.name,
    actor.post ?? '',
    actor.unit ?? '',
    actor.area ?? '',
    actor.person ?? '',
    actor.entity ?? '',
    actor.purpose ?? '',
    actor.trace,
    module,
    behalfOf(actor)?.delegation ?? '',
  ];
}

/** One transaction on a session, which it gives back. */
async function within<T>(session: Session, context: Context, work: (db: Db) => Promise<T>): Promise<T> {
  const pending: Promise<unknown>[] = [];
  const send = (query: Promise<unknown>): void => {
    query.catch(() => undefined);
    pending.push(query);
  };
  let broken = false;
  try {
    // Sent without waiting: the first statement of `work` travels with them. Nothing can run without role and actor: where
    // one of the two fails, PostgreSQL refuses the rest of the transaction, and the login role alone may read nothing.
    send(session.query(context.readOnly ? 'begin read only' : 'begin'));
    send(session.query(BEGIN_CONTEXT, settingsOf(context)));
    const result = await work(bind(session, { module: context.module, actor: context.actor, send }));
    // A commit behind a statement that failed is a rollback.
    send(session.query('commit'));
    await Promise.all(pending);
    return result;
  } catch (thrown) {
    // What failed first is the cause; later statements only say that the transaction is aborted.
    const error = await firstFault(pending, thrown);
    try {
      await session.query('rollback');
    } catch {
      broken = true;
    }
    if (error instanceof DatabaseAway) broken = true;
    throw error;
  } finally {
    session.release(broken);
  }
}

async function firstFault(pending: readonly Promise<unknown>[], thrown: unknown): Promise<unknown> {
  for (const result of await Promise.allSettled(pending)) if (result.status === 'rejected') return result.reason;
  return thrown;
}

type Bound = { module: string; actor: Actor; send(query: Promise<unknown>): void };

function bind(session: Session, { module, actor, send }: Bound): Db {
  const query = (q: Sql) => session.query(q.text, q.values);
  const db: Db = {
    module,
    actor,
    async rows<T extends Row>(q: Sql) {
      return (await query(q)).rows as T[];
    },
    async first<T extends Row>(q: Sql) {
      return (await query(q)).rows[0] as T | undefined;
    },
    async one<T extends Row>(q: Sql) {
      const { rows } = await query(q);
      if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
      return rows[0] as T;
    },
    async run(q) {
      return (await query(q)).count;
    },
    last(q) {
      send(query(q));
    },
    stream<T extends Row>(q: Sql, size = 500) {
      return session.cursor(q.text, q.values, size) as AsyncIterable<T[]>;
    },
    share(name) {
      const view = `${schemaOf(module)}__${name.replaceAll('-', '_')}`;
      return ident('share', actor.reach === 'district' ? `${view}_all` : view);
    },
    async emit({ type, subject, data }) {
      await query(sql`select kernel.emit(${type}, ${subject}, ${JSON.stringify(data ?? {})}::text::jsonb)`);
    },
    async enqueue({ name, payload, at, key, module: target }) {
      const { rows } = await query(
        sql`select kernel.enqueue(${target ?? module}, ${name}, ${JSON.stringify(payload)}::text::jsonb, ${at ?? null}::timestamptz, ${key ?? null}::text) as id`,
      );
      return rows[0]?.id as string;
    },
  };
  return db;
}
