import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'smart-district-process-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Program = {
  child: ChildProcess;
  said(): string;
  until(text: string): Promise<void>;
  ended: Promise<number | null>;
};

/** Starts a program of the repository on the embedded database, without sample data. */
function start(args: string[], env: Record<string, string> = {}): Program {
  const { DATABASE_URL: _url, DATABASE_ADMIN_URL: _admin, ...rest } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...rest,
      SAMPLE: 'off',
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keyring.json'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    said: () => said,
    ended,
    until: async (text) => {
      while (!said.includes(text)) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before saying ${text}: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

describe('npm start', () => {
  it('says that the port is taken, in one sentence in each language, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const program = start(['server.ts'], { PORT: String(port) });
    expect(await program.ended).toBe(1);
    expect(program.said()).toContain(`端口 ${port} 已被占用`);
    expect(program.said()).toContain(`Port ${port} is taken`);
    expect(program.said().trim().split('\n')).toHaveLength(1);
    taken.close();
  });

  it('refuses demo accounts where others could connect', async () => {
    const program = start(['server.ts'], { SAMPLE: 'on', HOST: '0.0.0.0' });
    expect(await program.ended).toBe(1);
    expect(program.said()).toContain('HOST=127.0.0.1');
    expect(program.said()).not.toMatch(/\n\s+at /);
  });

  it('serves one process a data directory: a second one names the first, which stops cleanly', async () => {
    const first = start(['server.ts']);
    await first.until('http://127.0.0.1:');
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(first.said())?.[0] ?? '';
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    await first.until('Ready.');
    const second = start(['server.ts']);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(`正被进程 ${first.child.pid} 使用`);
    expect(second.said()).toContain(`in use by process ${first.child.pid}`);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });
});

describe('kill -9', () => {
  it('keeps every row whose transaction was acknowledged, and the queue goes on', async () => {
    const writer = start([join(import.meta.dirname, 'probe/write-until-killed.ts')], {
      DATA_DIR: join(folder, 'killed'),
    });
    await writer.until('\n40\n');
    writer.child.kill('SIGKILL');
    await writer.ended;
    const acknowledged = Math.max(...(writer.said().match(/^\d+$/gm) ?? []).map(Number));
    const reader = start([join(import.meta.dirname, 'probe/count-rows.ts')], { DATA_DIR: join(folder, 'killed') });
    expect(await reader.ended).toBe(0);
    const { notes, events, jobs } = JSON.parse(reader.said().trim().split('\n').at(-1) ?? '') as Record<string, number>;
    expect(notes).toBeGreaterThanOrEqual(acknowledged);
    expect(events).toBe(notes);
    expect(jobs).toBe(notes);
  }, 300_000);
});
