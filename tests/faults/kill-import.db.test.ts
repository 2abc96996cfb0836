import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';
import type { Said } from './import-child.ts';

const server = process.env.TEST_DATABASE_URL;
const ROWS = 12_000;
const program = join(import.meta.dirname, 'import-child.ts');

let folder: string;
let env: NodeJS.ProcessEnv;
let database: string | undefined;

async function admin(statement: string, on?: string): Promise<void> {
  const url = new URL(server as string);
  if (on) url.pathname = `/${on}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smart-district-kill-'));
  env = { ...process.env, DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'keys', 'keyring.json') };
  if (!server) return;
  database = `sd_test_kill_${process.pid}_${Date.now()}`;
  await admin(`create database "${database}"`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  env.DATABASE_ADMIN_URL = url.href;
  url.username = LOGIN_ROLE;
  url.password = 'district';
  env.DATABASE_URL = url.href;
});
afterEach(async () => {
  if (database) await admin(`drop database if exists "${database}" with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the child until it ends, or until `killWhen` says so: then it gets SIGKILL. Returns what it said last. */
async function run(
  args: string[],
  killWhen: (said: Said) => boolean = () => false,
): Promise<{ last: Said | undefined; killed: boolean }> {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += String(text);
  });
  let last: Said | undefined;
  let killed = false;
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line) as Said;
    if (!killed && killWhen(last)) killed = child.kill('SIGKILL');
  }
  if (!killed && complaint.includes('Error')) throw new Error(complaint);
  return { last, killed };
}

describe('kill -9 during an import', () => {
  it.each([
    ['while rows are read', (said: Said) => said.kind === 'at' && said.read > ROWS / 4],
    ['while golden rows are made', (said: Said) => said.kind === 'at' && said.loaded > ROWS / 4],
  ])('%s: the next start goes on, no row is lost or doubled', async (_when, killWhen) => {
    const first = await run(['start', String(ROWS)], killWhen);
    expect(first).toMatchObject({ killed: true, last: { kind: 'at' } });
    // With many processes a job waits for the lease of the dead one; here it has run out. (The embedded database has one process.)
    if (database) await admin('update kernel.job set locked_until = now()', database);
    const second = await run(['resume']);
    expect(second.last).toEqual({ kind: 'end', state: 'loaded', claims: ROWS, golden: ROWS, faulty: 0 });
  });
});
