import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ReadError, truncated } from '#platform/exchange/read/read-error.ts';
import type { ByteSource } from '#platform/exchange/read/types.ts';

/** Bytes at the start that format, encoding and delimiter are guessed from. */
const HEAD_BYTES = 256 * 1024;
const PIECE_BYTES = 256 * 1024;

/**
 * Opens a path or stream, unpacks gzip if its magic is there, and looks at the beginning. `maxBytes` limits the unpacked
 * size (a gzip bomb ends there).
 */
export async function openBytes(input: { source: Readable | string; maxBytes: number }): Promise<ByteSource> {
  const path = typeof input.source === 'string' ? input.source : undefined;
  const raw =
    typeof input.source === 'string' ? createReadStream(input.source, { highWaterMark: PIECE_BYTES }) : input.source;
  const packed = await peek(raw, 2);
  const gzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
  const plain = gzip ? unpack(packed.all()) : packed.all();
  const opened = await peek(limit(plain, input.maxBytes), HEAD_BYTES);
  return {
    head: opened.head,
    gzip,
    ...(path !== undefined && !gzip ? { path } : {}),
    [Symbol.asyncIterator]: () => opened.all(),
  };
}

async function peek(
  source: AsyncIterable<unknown>,
  size: number,
): Promise<{ head: Buffer; all(): AsyncGenerator<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let total = 0;
  while (total < size) {
    const next = await iterator.next();
    if (next.done === true) break;
    const piece = toBuffer(next.value);
    pieces.push(piece);
    total += piece.length;
  }
  const head = Buffer.concat(pieces);
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head;
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield toBuffer(next.value);
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all };
}

async function* unpack(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const raw = Readable.from(packed, { objectMode: false, highWaterMark: PIECE_BYTES });
  raw.on('error', (error) => gunzip.destroy(error));
  raw.pipe(gunzip);
  try {
    for await (const piece of gunzip) yield toBuffer(piece);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'Z_BUF_ERROR') {
      throw truncated({ what: { zh: '压缩数据提前结束', en: 'the gzip data end too early' }, cause: error });
    }
    if (typeof code === 'string' && code.startsWith('Z_')) {
      throw new ReadError({
        code: 'corrupt',
        text: { zh: 'gzip 压缩数据已损坏', en: 'the gzip data are damaged' },
        cause: error,
      });
    }
    throw error;
  } finally {
    gunzip.destroy();
    raw.destroy();
  }
}

async function* limit(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const piece of source) {
    total += piece.length;
    if (total > maxBytes) {
      const gib = (maxBytes / 2 ** 30).toFixed(1);
      throw new ReadError({
        code: 'too-large',
        text: {
          zh: `文件（解压后）超过 ${gib} GiB 上限`,
          en: `the file (unpacked) is larger than the limit of ${gib} GiB`,
        },
      });
    }
    yield piece;
  }
}

function toBuffer(piece: unknown): Buffer {
  if (Buffer.isBuffer(piece)) return piece;
  if (piece instanceof Uint8Array) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  if (typeof piece === 'string') return Buffer.from(piece, 'utf8');
  throw new TypeError('the stream must give bytes');
}
