/** The key file (密钥文件): JSON, mode 0600, outside the data directory, made once and replaced only as a whole. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

export type KeyFile = {
  readonly version: 1;
  /** Id of the key that seals. */
  readonly current: string;
  readonly keys: readonly {
    readonly id: string;
    readonly created: string /** 32 bytes, base64url. */;
    readonly secret: string;
  }[];
  /** Secret of all look-up keys; never rotated (docs/decisions/006). */
  readonly lookup: string;
};

type Place = { readonly file: string; readonly dataDir?: string; readonly create?: boolean };

/** Reads the key file, making it first where that is allowed. */
export function readKeyFile(input: Place): KeyFile {
  refuseInsideData(input);
  for (;;) {
    const text = readPrivate(input.file);
    if (text !== undefined) return parseKeyFile(text, input.file);
    if (input.create === false) throw new Error(`key file ${basename(input.file)} does not exist`);
    const key = newKey();
    write({
      file: input.file,
      content: { version: 1, current: key.id, keys: [key], lookup: secret() },
      replace: false,
    });
  }
}

/** Adds a key and makes it current. */
export function rotateKeyFile(input: Place): KeyFile {
  const old = readKeyFile({ ...input, create: false });
  let key = newKey();
  while (old.keys.some((each) => markOf(each.id) === markOf(key.id))) key = newKey();
  const content: KeyFile = { ...old, current: key.id, keys: [...old.keys, key] };
  write({ file: input.file, content, replace: true });
  return content;
}

/** Takes keys out; the current one cannot go. */
export function removeKeys(input: Place & { readonly remove: readonly string[] }): KeyFile {
  const old = readKeyFile({ ...input, create: false });
  if (input.remove.includes(old.current)) throw new Error(`key ${old.current} is the current one and stays`);
  const content: KeyFile = { ...old, keys: old.keys.filter(({ id }) => !input.remove.includes(id)) };
  write({ file: input.file, content, replace: true });
  return content;
}

/** What of a key's id can be read in the first letters of an envelope. */
export function markOf(id: string): string {
  return Buffer.from(id, 'hex').toString('base64url').slice(0, 5);
}

function newKey(): KeyFile['keys'][number] {
  return { id: randomBytes(4).toString('hex'), created: new Date().toISOString(), secret: secret() };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** A hard link from a finished temporary file: two processes that start together end with the same file, never half a one. */
function write(input: { file: string; content: KeyFile; replace: boolean }): void {
  mkdirSync(dirname(input.file), { recursive: true, mode: 0o700 });
  const temporary = join(dirname(input.file), `.${basename(input.file)}.${randomBytes(6).toString('hex')}`);
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(input.content, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    if (input.replace) renameSync(temporary, input.file);
    else linkSync(temporary, input.file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function readPrivate(file: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    if (process.platform !== 'win32' && (fstatSync(handle).mode & 0o077) !== 0) {
      throw new Error(`key file ${basename(file)} can be read by other users: set its mode to 0600`);
    }
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function parseKeyFile(text: string, file: string): KeyFile {
  const damaged = new Error(`key file ${basename(file)} is damaged`);
  let value: Partial<KeyFile> | null;
  try {
    value = JSON.parse(text) as Partial<KeyFile> | null;
  } catch {
    // The parser's own message would quote the file.
    throw damaged;
  }
  const { version, current, keys, lookup } = value ?? {};
  if (version !== 1 || typeof current !== 'string' || !isSecret(lookup) || !Array.isArray(keys)) throw damaged;
  if (!keys.every((key) => /^[0-9a-f]{8}$/.test(String(key?.id)) && isSecret(key?.secret))) throw damaged;
  if (!keys.some((key) => key.id === current)) throw damaged;
  return { version, current, keys, lookup };
}

function isSecret(value: unknown): value is string {
  return typeof value === 'string' && Buffer.from(value, 'base64url').length === 32;
}

function refuseInsideData(input: Place): void {
  if (input.dataDir === undefined) return;
  const path = relative(real(input.dataDir), real(input.file));
  if (path === '' || !(path.startsWith('..') || resolve(path) === path)) {
    throw new Error('the key file must not be inside the data directory');
  }
}

/** The path with links resolved as far as it exists. */
function real(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    return dirname(full) === full ? full : join(real(dirname(full)), basename(full));
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
