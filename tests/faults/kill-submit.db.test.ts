import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';

const server = process.env.TEST_DATABASE_URL;
const FORMS = 120;
let folder: string;
let env: NodeJS.ProcessEnv;
let database: string | undefined;

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smart-district-submit-'));
  env = {
    ...process.env,
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'keyring.json'),
    RATE_LIMIT: '1000000',
  };
  if (!server) return;
  database = `sd_test_submit_${process.pid}_${Date.now()}`;
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

/** Runs the child to its end: what was acknowledged, by form, and what ended it. */
async function run(...args: number[]): Promise<{ codes: Map<string, string>; signal: NodeJS.Signals | null }> {
  const program = join(import.meta.dirname, 'submit-child.ts');
  const child = spawn(process.execPath, [program, ...args.map(String)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const lines = said.split('\n').filter((line) => line.includes(' '));
  return { codes: new Map(lines.map((line) => line.split(' ') as [string, string])), signal };
}

it('keeps every acknowledged application once, although the process is killed while others are filed', async () => {
  const before = await run(FORMS, 16, 60);
  expect(before.signal).toBe('SIGKILL');
  expect(before.codes.size).toBeGreaterThanOrEqual(60);
  // Everybody sends again, as people do who have seen no answer: who had one gets the same code, nobody gets two.
  const after = await run(FORMS, 16, 0);
  expect(after.signal).toBeNull();
  expect(after.codes.size).toBe(FORMS);
  for (const [form, code] of before.codes) expect(after.codes.get(form), `form ${form}`).toBe(code);
  expect(new Set(after.codes.values()).size).toBe(FORMS);
  // The numbers of the day have no gap: what was rolled back took none with it. The days may be two around midnight.
  const byDay = Map.groupBy(after.codes.values(), (code) => code.slice(6, 12));
  for (const codes of byDay.values()) {
    const numbers = codes.map((code) => Number(code.slice(12, 18))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
}, 240_000);
