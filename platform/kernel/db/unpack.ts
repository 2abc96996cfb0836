import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const BLOCK = 512;
/** The type letters of the entries that a copy of a database holds; old programs write a zero byte for a file. */
const FILE = new Set(['0', '\0']);
const FOLDER = '5';

/**
 * Writes what a copy of the embedded database (`dump()`, a gzipped ustar archive) holds into a directory. PGlite can do so itself, but
 * file by file through its WebAssembly file system, which takes a second and a half longer for each database that is opened.
 * Throws where the archive is cut off, holds something else than files and folders, or names a path outside.
 */
export async function unpack(options: { archive: Uint8Array; into: string }): Promise<void> {
  const tar = await promisify(gunzip)(options.archive);
  const into = resolve(options.into);
  const made = new Set<string>();
  const folder = (path: string): void => {
    if (made.has(path)) return;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    made.add(path);
  };
  folder(into);
  for (const { name, type, content } of entries(tar)) {
    const path = join(into, name);
    if (path !== into && !path.startsWith(into + sep)) throw new Error(`a path outside: ${name}`);
    if (type === FOLDER) folder(path);
    else if (FILE.has(type)) {
      folder(dirname(path));
      writeFileSync(path, content, { mode: 0o600 });
    } else throw new Error(`neither file nor folder: ${name}`);
  }
}

/** The entries of a tar archive: `whole` is the head with the content, filled up to blocks. Throws where it is cut off. */
export function* entries(
  tar: Uint8Array,
): Generator<{ name: string; type: string; content: Uint8Array; whole: Uint8Array }> {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const head = tar.subarray(at, at + BLOCK);
    // Two empty blocks end an archive.
    if (head[0] === 0) return;
    const [prefix, name] = [text(head, 345, 155), text(head, 0, 100)];
    const size = Number.parseInt(text(head, 124, 12), 8) || 0;
    const begin = at + BLOCK;
    if (begin + size > tar.length) throw new Error(`cut off: ${name}`);
    const end = begin + Math.ceil(size / BLOCK) * BLOCK;
    yield {
      name: prefix ? `${prefix}/${name}` : name,
      type: String.fromCharCode(head[156] as number),
      content: tar.subarray(begin, begin + size),
      whole: tar.subarray(at, end),
    };
    at = end;
  }
}

/** A field of a head: up to its zero byte. */
function text(head: Uint8Array, begin: number, length: number): string {
  const field = Buffer.from(head.buffer, head.byteOffset + begin, length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}
