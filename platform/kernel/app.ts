import type { FastifyInstance } from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import type { Actor, Assurance, Post } from './actor.ts';
import type { Clock } from './clock.ts';
import type { DeviceMoment } from './device-clock.ts';
import type { Db, Database } from './db.ts';
import type { DomainError } from './errors.ts';
import type { Registry } from './registry.ts';
import type { Resource } from './resource.ts';
import type { Keyring } from './secret.ts';
import type { Sql } from './sql.ts';
import type { Text } from './text.ts';
import type { Logger } from './log.ts';
import type { Config } from './config.ts';

/*
 * The three declarations of the house: `resource()` (resource.ts), `route()` and `app()`.
 * Everything that exists at run time is listed in some manifest; nothing registers itself by side effect.
 */

/** What every handler, job and consumer may use besides the database. */
export type Services = {
  config: Config;
  clock: Clock;
  registry: Registry;
  keyring: Keyring;
  database: Database;
  log: Logger;
  /** Starts work that must not hold a request, e.g. waking the job worker after a commit. */
  wake(): void;
  /** Gates that must be open before /readyz is green, with what they wait for. */
  gates: Map<string, { ready: boolean; note: string }>;
};

/** A reference that was read from the request and checked: what the audit and the handler agree on. */
export type RouteInput<P, Q, B> = { params: P; query: Q; body: B };

export type RouteContext<P, Q, B, Prepared> = RouteInput<P, Q, B> & {
  db: Db;
  actor: Actor;
  clock: Clock;
  services: Services;
  prepared: Prepared;
  /** When the device made what it sends, by our clock; undefined where it does not say. For records, never in the place of `clock.now()`. */
  device: DeviceMoment | undefined;
  /** Sets a reply header, e.g. Location or Content-Disposition. */
  header(name: string, value: string): void;
};

export type PrepareContext<P, Q, B> = RouteInput<P, Q, B> & {
  actor: Actor;
  services: Services;
  headers: Record<string, string | undefined>;
  /** Network address of the caller; behind a proxy only with TRUST_PROXY the one that it names. */
  address: string;
  /** The unread body of a route with `body: 'stream'`. */
  stream: NodeJS.ReadableStream | undefined;
};

export type Example = {
  /** Which demo post calls. */
  as: Post | 'anonymous';
  /** Of which unit, where the post alone does not say enough. */
  unit?: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  purpose?: string;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type SchemaStatic<S> = S extends TSchema ? Static<S> : undefined;

export type RouteDefinition<
  P extends TObject | undefined,
  Q extends TObject | undefined,
  B,
  R extends TSchema,
  Prepared,
> = {
  method: Method;
  /** Fastify notation, `/api/<module>/…/:id`. */
  path: string;
  summary: Text;
  /** Action of the policy; 'public' needs no sign-in, 'signed-in' any account. Anything else must be in the manifest's `actions`. */
  allow: string;
  params?: P;
  query?: Q;
  body?: B;
  reply: R;
  status?: 200 | 201 | 202 | 204;
  errors?: DomainError[];
  /** POST routes that create nothing (search, check, sign-in) may go without Idempotency-Key. */
  repeatable?: boolean;
  /** The reply holds a secret that is shown once: it is not kept, and a repeat with the same key is refused. */
  shownOnce?: boolean;
  /** Personal data in the reply are the caller's own: no purpose is asked, but the read is logged. */
  self?: boolean;
  /** Least assurance of the session; below it STEP_UP_REQUIRED, and the web asks for proof and repeats the request. */
  assurance?: Assurance;
  /** With `assurance`: an account that has nothing stronger than its password passes (own credentials). */
  passwordOnly?: boolean;
  /**
   * Scope (代办事项) under which somebody may call this for the one who gave a delegation; the actor then carries the giver's
   * person or enterprise. Without it the route is refused while acting for somebody (`acting.ts`).
   */
  delegable?: string;
  /** The route is about the sign-in itself: while acting for somebody it goes on, for the caller's own person. */
  aboutSession?: boolean;
  /** Largest body in bytes for a stream or JSON. */
  bodyLimit?: number;
  /** Cases for the generated matrix; functions see what earlier seeds made. */
  examples: {
    own: Example | (() => Promise<Example> | Example);
    foreign?: Example | (() => Promise<Example> | Example);
  };
  /** File, hash or network work, done before the transaction begins. */
  prepare?: (context: PrepareContext<SchemaStatic<P>, SchemaStatic<Q>, SchemaStatic<B>>) => Promise<Prepared>;
  /** Undoes `prepare` when the transaction did not commit. */
  undo?: (prepared: Prepared) => Promise<void>;
  handler: (context: RouteContext<SchemaStatic<P>, SchemaStatic<Q>, SchemaStatic<B>, Prepared>) => Promise<Static<R>>;
};

/** A route with its types erased, as the server sees it. */
export type Route = {
  method: Method;
  path: string;
  summary: Text;
  allow: string;
  params?: TObject;
  query?: TObject;
  body?: TSchema | 'stream';
  reply: TSchema;
  status?: 200 | 201 | 202 | 204;
  errors?: DomainError[];
  repeatable?: boolean;
  shownOnce?: boolean;
  self?: boolean;
  assurance?: Assurance;
  passwordOnly?: boolean;
  delegable?: string;
  aboutSession?: boolean;
  bodyLimit?: number;
  examples: {
    own: Example | (() => Promise<Example> | Example);
    foreign?: Example | (() => Promise<Example> | Example);
  };
  prepare?: (context: PrepareContext<unknown, unknown, unknown>) => Promise<unknown>;
  undo?: (prepared: unknown) => Promise<void>;
  handler: (context: RouteContext<unknown, unknown, unknown, unknown>) => Promise<unknown>;
};

/** Declares one HTTP operation; validation, permission, audit, OpenAPI and test matrix follow from it. */
export function route<
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TSchema | 'stream' | undefined = undefined,
  R extends TSchema = TSchema,
  Prepared = undefined,
>(definition: RouteDefinition<P, Q, B, R, Prepared>): Route {
  return definition as unknown as Route;
}

/** What an app needs of others' data; an approved grant fills the view `share.<taker>__<name>`. */
export type Take = {
  name: string;
  resource: string;
  fields: readonly string[];
  purposes: readonly string[];
  why: Text;
};

/**
 * An action that routes may name in `allow`. Who may do it stands in the module's `policies/*.cedar`; `posts` is the short form
 * for a plain permit to these posts without conditions. An action has one or the other.
 */
export type Action = { title: Text; posts?: readonly Post[] };

/** A queue of work in PostgreSQL; payloads carry ids only. */
export type JobHandler = {
  name: string;
  /** Tries before it is set aside for a person; default 5. */
  attempts?: number;
  /** It waits for systems outside: it runs beside the queue, a few at a time, so that a slow one holds nobody else. */
  outside?: boolean;
  run(context: {
    id: string;
    payload: Record<string, string>;
    attempt: number;
    actor: Actor;
    services: Services;
    /** Opens a transaction under the module's role. */
    tx<T>(work: (db: Db) => Promise<T>): Promise<T>;
    /** Aborted when the process stops. */
    signal: AbortSignal;
    /** Extends the lease of a long job. */
    heartbeat(): Promise<void>;
  }): Promise<void>;
  /** Called once the last attempt has failed, in a transaction under the module's role. */
  failed?(context: { payload: Record<string, string>; error: string; db: Db }): Promise<void>;
};

/** A consumer of events; idempotent by the inbox, run in the transaction that records it. */
export type Consumer = {
  /** Unique in the module. */
  name: string;
  type: string;
  handle(context: { event: EventRecord; db: Db; services: Services }): Promise<void>;
};

export type Timer = { name: string; everyMs: number; run(context: { services: Services }): Promise<void> };

/** A CloudEvent as stored: ids, type and time, never personal data. */
export type EventRecord = {
  id: string;
  source: string;
  type: string;
  subject: string;
  time: Date;
  data: Record<string, string>;
  /** Place in the order of writing: what tells events of one moment apart. */
  seq: string;
  /** Account in whose transaction it came about; null without one. */
  account: string | null;
};

/** A standard protocol at its own path. It authenticates and audits through `kernel`. */
export type Mount = {
  path: string;
  summary: Text;
  allow: string;
  register(server: FastifyInstance, kernel: MountKernel): Promise<void> | void;
};

export type MountKernel = {
  services: Services;
  /** Transaction of this request under the module's role; throws if the action of the mount is not allowed. */
  tx<T>(
    request: { headers: Record<string, unknown>; id: string },
    work: (db: Db, actor: Actor) => Promise<T>,
  ): Promise<T>;
};

export type Entrance = 'gov' | 'citizen' | 'business' | 'ops' | 'data';

export type Page = {
  path: string;
  entrance: Entrance;
  title: Text;
  /** Import path below `#apps` or `#web`, default export is the page. */
  module: string;
  /** Section of the entrance (`web/shell/sections.ts`); absent = the first. */
  section?: string;
  /** Place in the navigation; absent = reachable by link only. */
  order?: number;
  icon?: string;
  /** Posts that see it in the navigation; absent = everyone. */
  posts?: readonly Post[];
};

/** A typed seam between modules: a lower layer declares the port, higher modules provide to it in their manifests. */
export type Port<T> = { name: string; provide(value: T): Provided };
export type Provided = { port: string; value: unknown };

export function port<T>(name: string): Port<T> {
  return { name, provide: (value) => ({ port: name, value }) };
}

/**
 * A column that holds envelopes of the keyring: sealed anew when keys are replaced. A test finds every such column that no
 * manifest declares.
 */
export type SealedColumn = {
  /** `schema.table`. */
  table: string;
  column: string;
  /** Key columns with their types, in the order of an index. */
  key: Record<string, 'text' | 'uuid' | 'int4' | 'int8' | 'bool'>;
  /** Further columns that the context needs. */
  also?: readonly string[];
  /** What the envelope is bound to; `row` holds key, `also` and, in JSON, `member`. */
  context(row: Record<string, string | null>): string;
  /** The column is JSON whose members `{ s }` are envelopes, and one is replaced by this statement. */
  json?: {
    replace(change: { row: Record<string, string | null>; member: string; before: string; after: string }): Sql;
  };
};

export type AppManifest = {
  /** Kebab case; the schema is the same in snake case. */
  id: string;
  kind: 'app' | 'capability';
  /** Folder of the module below the repository root, e.g. `apps/livelihood/community`. */
  folder: string;
  title: Text;
  projects?: readonly string[];
  resources?: readonly Resource[];
  actions?: Record<string, Action>;
  routes?: readonly Route[];
  takes?: readonly Take[];
  /** Capabilities whose per-app tables this module works on. */
  uses?: readonly string[];
  /** Tables with a column `app` that modules which use this capability may work on. */
  perApp?: readonly string[];
  jobs?: readonly JobHandler[];
  consumers?: readonly Consumer[];
  /** Needs that are declared while it runs (thematic databases): they can be asked for like those of `takes`. */
  takesAtRunTime?: true;
  /** Work done by the clock; one process at a time does it. */
  timers?: readonly Timer[];
  provides?: readonly Provided[];
  mounts?: readonly Mount[];
  sealed?: readonly SealedColumn[];
  pages?: readonly Page[];
  /** Runs once after migration, as the module; must be repeatable. */
  seed?: (context: { db: Db; services: Services }) => Promise<void>;
};

/** Declares a module. */
export function app(manifest: AppManifest): AppManifest {
  return manifest;
}

/** Schema and role prefix of a module. */
export function schemaOf(moduleId: string): string {
  return moduleId.replaceAll('-', '_');
}
