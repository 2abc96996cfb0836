/** An installation for a bench: a PostgreSQL database of its own, migrated from the manifests and dropped at the end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AppManifest } from '#platform/kernel/app.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

const ADMIN_URL = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const LOGIN_PASSWORD = 'district';

export type BenchDatabase = {
  /** Administrator of the bench's own database. */
  adminUrl: string;
  /** The platform's login role on it. */
  loginUrl: string;
  drop(): Promise<void>;
};

export type BenchHouse = TestHouse & {
  /** A connection with the administrator's rights: for filling tables and for references. */
  client: pg.Client;
  database: BenchDatabase;
};

export async function openBenchDatabase(name: string): Promise<BenchDatabase> {
  const database = `sd_bench_${name}_${process.pid}`;
  await asAdmin(`create database "${database}"`);
  const adminUrl = new URL(ADMIN_URL);
  adminUrl.pathname = `/${database}`;
  const loginUrl = new URL(adminUrl);
  loginUrl.username = LOGIN_ROLE;
  loginUrl.password = LOGIN_PASSWORD;
  return {
    adminUrl: adminUrl.toString(),
    loginUrl: loginUrl.toString(),
    drop: () => asAdmin(`drop database if exists "${database}" with (force)`),
  };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: ADMIN_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Opens the house; `work` starts the worker, `env` adds settings. */
export async function openBenchHouse(options: {
  name: string;
  manifests: readonly AppManifest[];
  work?: boolean;
  env?: Record<string, string>;
}): Promise<BenchHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-bench-'));
  const database = await openBenchDatabase(options.name);
  const client = new pg.Client({ connectionString: database.adminUrl });
  try {
    await client.connect();
    await allowLogin(client);
    const config = readConfig({
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'keyring.json'),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      RATE_LIMIT: '1000000000',
      DATABASE_URL: database.loginUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      ...options.env,
    });
    const { manifests } = options;
    const log = createLogger({ level: config.logLevel });
    const registry = createRegistry(manifests);
    const runtime = await openRuntime({ manifests, registry, config, log, work: options.work ?? false });
    const server = await createServer({ services: () => runtime.services, registry, config, log });
    await server.fastify.ready();
    return {
      services: runtime.services,
      server,
      runtime,
      engine: runtime.services.database.engine,
      kind: 'postgres',
      client,
      database,
      close: async () => {
        await server.fastify.close();
        await runtime.close();
        await client.end();
        await database.drop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await client.end();
    await database.drop();
    throw error;
  }
}

/** The login role may not exist before the first migration; its password is the same as in the tests. */
export async function allowLogin(admin: pg.Client): Promise<void> {
  await admin.query('select pg_advisory_lock(310103)');
  try {
    await admin.query(
      `do $$ begin create role ${LOGIN_ROLE} login nosuperuser noinherit nocreatedb nocreaterole; exception when duplicate_object or unique_violation then null; end $$`,
    );
    await admin.query(`alter role ${LOGIN_ROLE} password '${LOGIN_PASSWORD}'`);
  } finally {
    await admin.query('select pg_advisory_unlock(310103)');
  }
}

/** Approves every grant that the manifests ask for, as the owner units would. */
export async function approveAll(admin: pg.Client): Promise<void> {
  await admin.query(`update catalog.grant set state = 'approved', fields = wanted`);
  await admin.query('select share.apply(id) from catalog.grant');
}
