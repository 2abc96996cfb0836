import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';

const server = process.env.TEST_DATABASE_URL;

/**
 * Where a process works that is killed (kill -9) and started again: folders, and on PostgreSQL a database, of its own. They outlive the
 * process and go with the test.
 */
export type Place = {
  env: NodeJS.ProcessEnv;
  /** On PostgreSQL; absent = the embedded database, which one process opens at a time. */
  database: string | undefined;
  /** As the administrator of the server, or of a database on it. PostgreSQL only. */
  admin<T extends pg.QueryResultRow>(statement: string, on?: string): Promise<T[]>;
  close(): Promise<void>;
};

/** `on`: another PostgreSQL than that of the suite (see `cluster.ts`), by its administrator's address. */
export async function openPlace(name: string, more: Record<string, string> = {}, on = server): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), `smart-district-${name}-`));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'keyring.json'),
    ...more,
  };
  const asAdmin = adminOf(on);
  const database = on ? `sd_test_${name.replaceAll('-', '_')}_${process.pid}_${Date.now()}` : undefined;
  if (on && database) {
    await asAdmin(`create database "${database}"`);
    const url = new URL(on);
    url.pathname = `/${database}`;
    env.DATABASE_ADMIN_URL = url.href;
    url.username = LOGIN_ROLE;
    url.password = 'district';
    env.DATABASE_URL = url.href;
  }
  return {
    env,
    database,
    admin: asAdmin,
    close: async () => {
      if (database) await asAdmin(`drop database if exists "${database}" with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const adminOf =
  (address: string | undefined) =>
  async <T extends pg.QueryResultRow>(statement: string, on?: string): Promise<T[]> => {
    const url = new URL(address as string);
    if (on) url.pathname = `/${on}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    return client
      .query<T>(statement)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };

type Asked = { place: Place /** File beside this one. */; program: string; args: readonly string[] };

/** A program at work; what it says comes line by line as JSON. `complaint` is what it wrote to the error output so far. */
function begin({ place, program, args }: Asked): {
  child: ChildProcess;
  lines: AsyncIterable<string>;
  complaint(): string;
} {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += String(text)));
  return { child, lines: createInterface({ input: child.stdout }), complaint: () => complaint };
}

/** Runs a program to its end: what it said, and what ended it. */
export async function runChild(asked: Asked): Promise<{ said: string; signal: NodeJS.Signals | null }> {
  const { child, lines, complaint } = begin(asked);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let said = '';
  for await (const line of lines) said += `${line}\n`;
  const [code, signal] = await ended;
  if (code !== null && code !== 0) throw new Error(`${asked.program} ended with ${code}: ${complaint()}`);
  return { said, signal };
}

/** Starts a program and waits until it says what is wanted; it runs on. */
export async function startChild<Said>(
  asked: Asked & { wanted: (said: Said) => boolean },
): Promise<{ child: ChildProcess; said: Said }> {
  const { child, lines, complaint } = begin(asked);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${asked.program} ended with ${code}: ${complaint()}`)));
    void (async () => {
      for await (const line of lines) {
        const said = JSON.parse(line) as Said;
        if (asked.wanted(said)) resolve({ child, said });
      }
    })();
  });
}

/** Runs a program until it ends, or until `killWhen` says so: then it gets SIGKILL. What it said last. */
export async function runChildUntil<Said>(
  asked: Asked & { killWhen?: (said: Said) => boolean },
): Promise<{ last: Said | undefined; killed: boolean }> {
  const { child, lines, complaint } = begin(asked);
  let last: Said | undefined;
  let killed = false;
  for await (const line of lines) {
    last = JSON.parse(line) as Said;
    if (!killed && asked.killWhen?.(last)) killed = child.kill('SIGKILL');
  }
  if (!killed && complaint().includes('Error')) throw new Error(complaint());
  return { last, killed };
}

/** SIGKILL, and gone when this returns. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
