/**
 * An exclusive lock on a data directory. PGlite does not refuse a second process on the same files, and two of them lose
 * acknowledged rows; so one file beside the directory says who has it.
 */
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Another living process has the directory open (数据目录已被占用). */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
  readonly code = 'DIRECTORY_IN_USE';
  readonly pid: number;
  readonly text: { zh: string; en: string };

  constructor(options: { dir: string; pid: number }) {
    const text = {
      zh: `数据目录 ${options.dir} 正被进程 ${options.pid} 使用，请先停止该进程。`,
      en: `The data directory ${options.dir} is in use by process ${options.pid}; stop that process first.`,
    };
    super(`${text.zh} ${text.en}`);
    this.pid = options.pid;
    this.text = text;
  }
}

/** A process is known by its number and start time: numbers are used again, and always are in a restarted container. */
type Holder = { pid: number; started: string };

/** A start cut off inside the few milliseconds of a takeover must not block the directory for ever. */
const TAKEOVER_MS = 5_000;
const heldHere = new Set<string>();

/**
 * Takes the lock or throws `DirectoryInUse`. A lock left by a process that is gone is taken over. It is given back by
 * `release` and when the process exits; after kill -9 the next start finds it stale. Processes in different containers
 * cannot see each other's numbers: one volume must not be mounted in two.
 */
export function acquireLock(dir: string): { path: string; release(): void } {
  const path = `${resolve(dir)}.lock`;
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? '' };
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  if (heldHere.has(path)) throw new DirectoryInUse({ dir, pid: process.pid });
  writeFileSync(draft, JSON.stringify(mine));
  try {
    while (!linkedTo(draft, path)) {
      const holder = read(path);
      if (holder !== undefined && isAlive(holder)) throw new DirectoryInUse({ dir, pid: holder.pid });
      clearStale(path);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  heldHere.add(path);
  const release = (): void => {
    process.off('exit', release);
    if (!heldHere.delete(path)) return;
    const holder = read(path);
    if (holder?.pid === mine.pid && holder.started === mine.started) rmSync(path, { force: true });
  };
  process.on('exit', release);
  return { path, release };
}

/** Makes the lock appear together with its content, or not at all: a link, unlike open and write, cannot be seen half done. */
function linkedTo(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error;
  }
  // A file system without hard links.
  try {
    writeFileSync(path, readFileSync(draft), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a stale lock. Two processes may have found it stale at once: only the one inside the guard removes it, and only
 * if it still is stale there, so that nobody removes the fresh lock of the other.
 */
function clearStale(path: string): void {
  const guard = `${path}.takeover`;
  try {
    mkdirSync(guard);
  } catch {
    if (ageOf(guard) > TAKEOVER_MS) rmSync(guard, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return;
  }
  try {
    const holder = read(path);
    // A lock without readable content is being written (no hard links) or was cut off; its age tells.
    const stale = holder === undefined ? ageOf(path) > TAKEOVER_MS : !isAlive(holder);
    if (stale) rmSync(path, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return Number.isInteger(holder.pid) ? { pid: Number(holder.pid), started: String(holder.started) } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = startOf(holder.pid);
  return started === undefined || holder.started === '' || started === holder.started;
}

/** Start time in clock ticks since boot: field 22 of /proc/<pid>/stat, counted after the name, which may hold blanks. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is dead but for its parent's notice: it holds no file.
    return fields[0] === 'Z' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}
