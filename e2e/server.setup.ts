import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
    folder: string;
  }
}

/** Starts the product once for all browser tests, as `npm start` does: a new embedded database, the sample district. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A server that runs already, while writing a test.
  if (process.env.E2E_ADDRESS) {
    project.provide('address', process.env.E2E_ADDRESS);
    project.provide('folder', process.env.E2E_DATA ?? '');
    return async () => undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-e2e-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const root = join(import.meta.dirname, '..');
  const server = spawn(process.execPath, ['server.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'keyring.json'),
      RATE_LIMIT: '1000000',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  try {
    await ready(address, server, () => output);
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  project.provide('address', address);
  project.provide('folder', folder);
  return async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  };
}

async function ready(address: string, server: ChildProcess, output: () => string): Promise<void> {
  for (let second = 0; second < 300; second++) {
    if (server.exitCode !== null) throw new Error(`the server ended:\n${output()}`);
    const reply = await fetch(`${address}/readyz`).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`not ready after 300 s:\n${output()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
