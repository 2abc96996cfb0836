import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';

const server = process.env.TEST_DATABASE_URL;
/** The embedded database is slower and one process only: fewer show the same. */
const TIMERS = server ? 10_000 : 400;
let folder: string;
let env: NodeJS.ProcessEnv;
let database: string | undefined;

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smart-district-processes-'));
  env = { ...process.env, DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'keys', 'keyring.json') };
  if (!server) return;
  database = `sd_test_processes_${process.pid}_${Date.now()}`;
  await admin(`create database "${database}"`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  env.DATABASE_ADMIN_URL = url.href;
  url.username = LOGIN_ROLE;
  url.password = 'district';
  env.DATABASE_URL = url.href;
});
afterAll(async () => {
  if (database) await admin(`drop database if exists "${database}" with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the child to its end and returns what it said and what ended it. */
async function run(...args: string[]): Promise<{ said: string; signal: NodeJS.Signals | null }> {
  const program = join(import.meta.dirname, 'process-child.ts');
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { said, signal };
}

it('takes each of 10,000 processes on once whose timers are due in the same minute, although it is killed in the middle', async () => {
  expect(await run('plant', String(TIMERS), '2')).toEqual({ said: '', signal: 'SIGKILL' });
  const { said } = await run('fire');
  expect(JSON.parse(said)).toEqual({ waiting: 0, tasks: TIMERS, instances: TIMERS, fired: TIMERS });
}, 240_000);
