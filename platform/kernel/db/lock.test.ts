import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, DirectoryInUse } from './lock.ts';

let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'lock-')), 'data');
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

/** A second process that takes the lock, says so (or why not) on its output, and stays alive unless told otherwise. */
async function child(options: { exit: boolean }) {
  const program = `
    const { acquireLock } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)});
    try { acquireLock(${JSON.stringify(dir)}); console.log('held'); } catch (error) { console.log(error.name + ' ' + error.pid); process.exit(1); }
    ${options.exit ? '' : 'setInterval(() => {}, 1000);'}`;
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(process_, 'exit');
  const [line] = await once(process_.stdout, 'data');
  return { pid: process_.pid as number, said: String(line).trim(), kill: () => process_.kill('SIGKILL'), exited };
}

describe('the directory lock', () => {
  it('refuses a second process and names the first in both languages', async () => {
    const lock = acquireLock(dir);
    const other = await child({ exit: true });
    expect(other.said).toBe(`DirectoryInUse ${process.pid}`);
    lock.release();
    const error = new DirectoryInUse({ dir: 'data', pid: 7 });
    expect(error.text.zh).toContain('进程 7');
    expect(error.text.en).toContain('process 7');
  });

  it('refuses while another process lives, and takes over after kill -9', async () => {
    const other = await child({ exit: false });
    expect(other.said).toBe('held');
    expect(() => acquireLock(dir)).toThrow(expect.objectContaining({ name: 'DirectoryInUse', pid: other.pid }));
    other.kill();
    await other.exited;
    expect(existsSync(`${dir}.lock`)).toBe(true);
    acquireLock(dir).release();
    expect(existsSync(`${dir}.lock`)).toBe(false);
  });

  it('is given back when its process exits', async () => {
    const other = await child({ exit: true });
    expect(other.said).toBe('held');
    await other.exited;
    expect(existsSync(`${dir}.lock`)).toBe(false);
  });

  it('refuses a second taker inside one process', () => {
    const lock = acquireLock(dir);
    expect(() => acquireLock(dir)).toThrow(DirectoryInUse);
    lock.release();
    lock.release();
    acquireLock(dir).release();
  });

  it.skipIf(!existsSync('/proc/self/stat'))('takes over when the number now belongs to a younger process', () => {
    writeFileSync(`${dir}.lock`, JSON.stringify({ pid: process.ppid, started: '1' }));
    const lock = acquireLock(dir);
    expect(JSON.parse(readFileSync(lock.path, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it('lets exactly one of many win a stale lock', async () => {
    const dead = await child({ exit: false });
    dead.kill();
    await dead.exited;
    const many = await Promise.all([1, 2, 3, 4].map(() => child({ exit: false })));
    expect(many.filter(({ said }) => said === 'held')).toHaveLength(1);
    for (const each of many) each.kill();
    await Promise.all(many.map(({ exited }) => exited));
  });
});
