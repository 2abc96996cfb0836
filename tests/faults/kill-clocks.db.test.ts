import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';

const server = process.env.TEST_DATABASE_URL;
const CLOCKS = 10_000;
let folder: string;
let env: NodeJS.ProcessEnv;
let database: string | undefined;

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smart-district-clocks-'));
  env = { ...process.env, DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'keys', 'keyring.json') };
  if (!server) return;
  database = `sd_test_clocks_${process.pid}_${Date.now()}`;
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
  const program = join(import.meta.dirname, 'clock-child.ts');
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { said, signal };
}

it('tells of each of 10,000 due clocks once, although the process is killed in the middle and starts again', async () => {
  // Twenty batches turn amber, one finds nothing; the kill comes while the sixth batch of those due is written.
  expect(await run('plant', String(CLOCKS), '27')).toEqual({ said: '', signal: 'SIGKILL' });
  const { said } = await run('fire');
  const { counts, batches } = JSON.parse(said);
  expect(counts).toEqual([
    { type: 'calendar.clock.amber', events: CLOCKS, clocks: CLOCKS },
    { type: 'calendar.clock.due', events: CLOCKS, clocks: CLOCKS },
  ]);
  // What was committed before the kill was not told again: one look for amber, fifteen batches and a look for due, one for stops.
  expect(batches).toBe(18);
}, 240_000);
