import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import type { AppManifest, Services } from './app.ts';
import { readConfig } from './config.ts';
import type { Engine } from './db/engine.ts';
import { createServer, type Server } from './http.ts';
import { createLogger } from './log.ts';
import { migrate, schemaFingerprint, schemaPrints } from './migrate.ts';
import { postgresEngine } from './db/postgres.ts';
import { createRegistry } from './registry.ts';
import { openRuntime, type Runtime } from './runtime.ts';
import { LOGIN_ROLE } from './db/engine.ts';

export type TestHouse = {
  services: Services;
  server: Server;
  runtime: Runtime;
  engine: Engine;
  kind: 'postgres' | 'pglite';
  /** Runs a script with the administrator's rights: PostgreSQL only, for planting faults. */
  admin?: (text: string) => Promise<void>;
  close(): Promise<void>;
};

/**
 * A whole installation for one test file: a database of its own (PostgreSQL when TEST_DATABASE_URL names an
 * administrator, else PGlite in memory of a temporary folder), migrated from the same template, HTTP without a socket.
 */
export async function openHouse(options: {
  manifests: readonly AppManifest[];
  work?: boolean;
  env?: Record<string, string>;
}): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-'));
  const adminUrl = process.env.TEST_DATABASE_URL;
  const database = adminUrl ? await cloneDatabase(adminUrl, options.manifests) : undefined;
  const config = readConfig({
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'keyring.json'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    RATE_LIMIT: '1000000',
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...options.env,
  });
  const log = createLogger({ level: config.logLevel });
  const registry = createRegistry(options.manifests);
  const runtime = await openRuntime({ manifests: options.manifests, registry, config, log, work: options.work });
  const server = await createServer({ services: () => runtime.services, registry, config, log });
  await server.fastify.ready();
  return {
    services: runtime.services,
    server,
    runtime,
    engine: runtime.services.database.engine,
    kind: runtime.services.database.kind,
    admin: database?.admin,
    close: async () => {
      await server.fastify.close();
      await runtime.close();
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Sends a request as a signed-in account; `cookie` comes from `signIn` of platform/identity/testing.ts. */
export async function call(
  house: TestHouse,
  request: {
    method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    url: string;
    body?: unknown;
    cookie?: string;
    purpose?: string;
    key?: string;
    headers?: Record<string, string>;
  },
): Promise<LightMyRequestResponse> {
  const method = request.method ?? 'GET';
  const cookie = request.cookie && cookieNow(house, request.cookie);
  const reply = await house.server.fastify.inject({
    method,
    url: request.url,
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(request.purpose ? { 'x-purpose': request.purpose } : {}),
      ...(method === 'POST' ? { 'idempotency-key': request.key ?? crypto.randomUUID() } : {}),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { payload: request.body as object }),
  });
  if (cookie && STEP_UP.test(request.url)) {
    const [next] = [reply.headers['set-cookie'] ?? []].flat();
    if (next)
      renewed.set(house, (renewed.get(house) ?? new Map<string, string>()).set(cookie, next.split(';')[0] ?? ''));
  }
  return reply;
}

const STEP_UP = /^\/api\/identity\/step-up/;
const renewed = new WeakMap<TestHouse, Map<string, string>>();

/** The cookie that a browser would send by now: a step-up gives the session a new token. */
export function cookieNow(house: TestHouse, cookie: string): string {
  const next = renewed.get(house)?.get(cookie);
  return next === undefined ? cookie : cookieNow(house, next);
}

/** One migrated template a schema version and server; each test file gets a copy of it. */
async function cloneDatabase(adminUrl: string, manifests: readonly AppManifest[]) {
  const registry = createRegistry(manifests);
  const root = readConfig({}).root;
  const template = `sd_template_${schemaFingerprint(await schemaPrints(registry, root))}`;
  const name = `sd_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(310103)');
    const exists = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (exists.rowCount === 0) {
      await admin.query(`create database "${template}_making"`).catch(async () => {
        await admin.query(`drop database if exists "${template}_making" with (force)`);
        await admin.query(`create database "${template}_making"`);
      });
      const engine = postgresEngine({
        url: withDatabase(adminUrl, `${template}_making`),
        adminUrl: withDatabase(adminUrl, `${template}_making`),
        poolSize: 1,
      });
      await migrate({ engine, registry, root });
      await engine.close();
      await admin.query(`alter database "${template}_making" rename to "${template}"`);
    }
    await admin.query(`create database "${name}" template "${template}"`);
    await admin.query(`alter role ${LOGIN_ROLE} password 'district'`);
    await admin.query('select pg_advisory_unlock(310103)');
  } finally {
    await admin.end();
  }
  const url = new URL(withDatabase(adminUrl, name));
  url.username = LOGIN_ROLE;
  url.password = 'district';
  const run = async (text: string, database: string) => {
    const client = new pg.Client({ connectionString: withDatabase(adminUrl, database) });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  return {
    url: url.toString(),
    admin: (text: string) => run(text, name),
    drop: () =>
      run(`drop database if exists "${name}" with (force)`, new URL(adminUrl).pathname.slice(1) || 'postgres'),
  };
}

function withDatabase(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.toString();
}
