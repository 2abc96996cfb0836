import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';
import type { Outcome, Said } from './ledger-child.ts';

/*
 * Orders are paid, refunded in part and settled by the provider's bill, while the process with both sides is killed (SIGKILL) at random points.
 * What is lost or doubled would show in the books, in the events, at the provider, or in the comparison of the bill.
 */
const server = process.env.TEST_DATABASE_URL;
/** More for a long run: LEDGER_KILLS=40. */
const KILLS = Number(process.env.LEDGER_KILLS ?? (server ? 2 : 1));
const ORDERS = 4;
/** A kill comes within this time after the process is ready. */
const WITHIN_MS = 900;
const program = join(import.meta.dirname, 'ledger-child.ts');
let folder: string;
let env: NodeJS.ProcessEnv;
let database: string | undefined;
let port: number;

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smart-district-kill-ledger-'));
  env = { ...process.env, DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'keys', 'keyring.json') };
  // Notices come back to the port under which the order was placed: it is the same at each start.
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  port = (free.address() as AddressInfo).port;
  await new Promise((resolve) => free.close(resolve));
  if (!server) return;
  database = `sd_test_kill_ledger_${process.pid}`;
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

async function start(mode: 'work' | 'bill', wanted: Said['kind']): Promise<{ child: ChildProcess; said: Said }> {
  const orders = mode === 'work' ? ORDERS : 0;
  const child = spawn(process.execPath, [program, mode, String(port), String(orders)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += String(text)));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said;
      if (said.kind === wanted) resolve({ child, said });
    });
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}: ${complaint}`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function killedAt(mode: 'work' | 'bill', within: number): Promise<void> {
  const { child } = await start(mode, 'ready');
  await new Promise((resolve) => setTimeout(resolve, Math.floor(Math.random() * within)));
  await kill(child);
}

async function finished(mode: 'work' | 'bill'): Promise<Outcome> {
  const { child, said } = await start(mode, 'done');
  await kill(child);
  if (said.kind !== 'done') throw new Error(said.kind);
  return said.outcome;
}

it(`pays, refunds and settles each order once although the process is killed ${KILLS + 1} times at random points`, async () => {
  for (let n = 0; n < KILLS; n++) await killedAt('work', WITHIN_MS);
  const done = {
    orders: ORDERS,
    paid: ORDERS,
    refunded: ORDERS,
    journals: 2 * ORDERS,
    paidEvents: ORDERS,
    trades: ORDERS,
    refunds: ORDERS,
  };
  expect(await finished('work')).toMatchObject({ ...done, faults: [], differences: 0 });
  await killedAt('bill', WITHIN_MS / 3);
  expect(await finished('bill')).toEqual({
    ...done,
    faults: [],
    differences: 0,
    settled: [
      { account: '1002', fen: ORDERS * 10_000 },
      { account: '1218', fen: 0 },
      { account: '2103', fen: -ORDERS * 10_000 },
    ],
  });
}, 240_000);
