import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ENTRY, HEAD, MAGIC } from './breach-list.ts';

/** Bytes that are handed to the disk at a time. */
const CHUNK = 1024 * 1024;

/**
 * Makes a breach list of the public forms: a file with a line `SHA1[:count]` each, ordered by hash, or a folder of range files
 * (`00000.txt`, lines `SUFFIX:count`). `least` keeps only what was seen so often. Returns how many were kept. The list appears
 * when it is whole; a list that was there before stays until then.
 */
export async function makeBreachList(options: { source: string; target: string; least?: number }): Promise<number> {
  const { source, target, least = 1 } = options;
  const making = `${target}.making`;
  let entries = 0;
  try {
    const packed = Readable.from(
      pack(linesOf(source), least, () => {
        entries += 1;
      }),
    );
    await pipeline(packed, createWriteStream(making, { mode: 0o644 }));
    if (entries === 0) throw new Error(`没有可用的散列：${source}。 No hash was found there.`);
    const file = await open(making, 'r+');
    await file.write(headOf(entries), 0, HEAD, 0);
    await file.sync();
    await file.close();
    await rename(making, target);
    return entries;
  } catch (error) {
    await rm(making, { force: true });
    throw error;
  }
}

function headOf(entries: number): Buffer {
  const head = Buffer.alloc(HEAD);
  MAGIC.copy(head);
  head.writeBigUInt64BE(BigInt(entries), MAGIC.length);
  return head;
}

async function* pack(lines: AsyncIterable<string>, least: number, kept: () => void): AsyncGenerator<Buffer> {
  let last = Buffer.alloc(0);
  let chunk: Buffer[] = [headOf(0)];
  let row = 0;
  for await (const line of lines) {
    row += 1;
    if (line === '') continue;
    const [, hex = '', count = '1'] = /^([0-9A-Fa-f]{40})(?::(\d+))?\s*$/.exec(line) ?? [];
    if (hex === '') throw new Error(`第 ${row} 行不是 SHA-1 散列。 Line ${row} is no SHA-1 hash.`);
    if (Number(count) < least) continue;
    const entry = Buffer.from(hex.slice(0, 2 * ENTRY), 'hex');
    const order = last.compare(entry);
    if (order > 0) {
      throw new Error(
        `第 ${row} 行没有按散列排序，请先排序。 Line ${row} is out of order; sort the file by hash first.`,
      );
    }
    if (order === 0) continue;
    last = entry;
    kept();
    chunk.push(entry);
    if (chunk.length * ENTRY >= CHUNK) {
      yield Buffer.concat(chunk);
      chunk = [];
    }
  }
  yield Buffer.concat(chunk);
}

async function* linesOf(source: string): AsyncGenerator<string> {
  if (!(await stat(source)).isDirectory()) {
    yield* createInterface({ input: createReadStream(source), crlfDelay: Infinity });
    return;
  }
  const ranges = (await readdir(source)).filter((name) => /^[0-9A-Fa-f]{5}(\.txt)?$/.test(name));
  ranges.sort((a, b) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1));
  for (const name of ranges) {
    for await (const line of createInterface({ input: createReadStream(join(source, name)), crlfDelay: Infinity })) {
      yield line === '' ? '' : name.slice(0, 5) + line;
    }
  }
}
