import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Config } from '#platform/kernel/config.ts';
import type { Block } from './part.ts';

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);

/** What a cold file (冷层文件) holds: every line once, in the order of sensor and time, as frames of zstd one after the other. */
export type Written = { rows: number; digest: string; bytes: number; blocks: Block[] };
export type Lines = { text: string; rows: number; first: string; last: string };

export const COPIES = [1, 2] as const;
export type Copy = (typeof COPIES)[number];

/** Where a copy stands. The two folders should be two disks: `COLD_DIR` and `COLD_COPY_DIR`. */
export function coldPath(config: Config, part: { series: string; name: string }, copy: Copy): string {
  return join(config.coldDirs[copy - 1] ?? config.dataDir, part.series, `${part.name}.tsv.zst`);
}

/** Writes the first copy. It stands under its name only once it is whole and on the disk. */
export async function writeCold(path: string, pages: AsyncIterable<Lines>): Promise<Written> {
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.half`;
  const file = await open(half, 'w', 0o600);
  const all = createHash('sm3');
  const blocks: Block[] = [];
  let [at, rows] = [0, 0];
  try {
    for await (const page of ahead(pages)) {
      const text = Buffer.from(page.text);
      all.update(text);
      const packed = await pack(text);
      await file.write(packed);
      blocks.push({
        at,
        bytes: packed.length,
        rows: page.rows,
        first: page.first,
        last: page.last,
        digest: createHash('sm3').update(text).digest('hex'),
      });
      at += packed.length;
      rows += page.rows;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, path);
  return { rows, digest: all.digest('hex'), bytes: at, blocks };
}

/** Asks for the next page while the last one is packed: the database and the packer work at the same time. */
async function* ahead<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const { value, done } = await next;
    if (done) return;
    next = iterator.next();
    // It is waited for in the next round; what fails meanwhile is thrown there.
    next.catch(() => undefined);
    yield value;
  }
}

/** Copies a file that has been verified; it too gets its name only once it is whole. */
export async function copyCold(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const half = `${to}.half`;
  const file = await open(half, 'w', 0o600);
  try {
    await file.write(await readFile(from));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, to);
}

/** Reads a whole file back: how many lines with which SM3. A frame that cannot be opened counts as other content. */
export async function verifyCold(path: string, blocks: readonly Block[]): Promise<{ rows: number; digest: string }> {
  const all = createHash('sm3');
  let rows = 0;
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return { rows: 0, digest: 'missing' };
  try {
    for (const block of blocks) {
      const text = await readFrame(file, block);
      if (!text) return { rows, digest: 'damaged' };
      all.update(text);
      for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, end + 1)) rows += 1;
    }
  } finally {
    await file.close();
  }
  return { rows, digest: all.digest('hex') };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function readFrame(file: Opened, { at, bytes }: Block): Promise<Buffer | undefined> {
  const packed = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(packed, 0, bytes, at);
  if (bytesRead !== bytes) return undefined;
  return unpack(packed).catch(() => undefined);
}

/** The lines of one block, if they are what was written: otherwise what was found. */
export async function readBlock(path: string, block: Block): Promise<{ text: string } | { found: string }> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return { found: 'missing' };
  try {
    const text = await readFrame(file, block);
    if (!text) return { found: 'damaged' };
    const found = createHash('sm3').update(text).digest('hex');
    return found === block.digest ? { text: text.toString() } : { found };
  } finally {
    await file.close();
  }
}

export const removeCold = (path: string): Promise<void> => rm(path, { force: true });
