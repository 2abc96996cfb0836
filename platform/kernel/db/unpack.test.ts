import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { unpack } from './unpack.ts';

/** An entry of an archive: its head of 512 bytes, then the content in blocks of 512. */
function entry(name: string, type: string, content = '', prefix = ''): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(content.length.toString(8).padStart(11, '0'), 124);
  head.write(type, 156);
  head.write(prefix, 345);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([head, body]);
}
const archive = (...entries: Buffer[]) => new Uint8Array(gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)])));

describe('the copy of a database', () => {
  const root = mkdtempSync(join(tmpdir(), 'unpack-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is laid out as files and folders', async () => {
    const into = join(root, 'data');
    const long = 'x'.repeat(600);
    await unpack({
      archive: archive(
        entry('/PG_VERSION', '0', '18'),
        entry('/empty', '5'),
        entry('b.txt', '0', long, '/base/1'),
        entry('/none', '0'),
      ),
      into,
    });
    expect(readFileSync(join(into, 'PG_VERSION'), 'utf8')).toBe('18');
    expect(readFileSync(join(into, 'base/1/b.txt'), 'utf8')).toBe(long);
    expect(readFileSync(join(into, 'none'), 'utf8')).toBe('');
    expect(existsSync(join(into, 'empty'))).toBe(true);
  });

  it.each([
    ['a path outside', archive(entry('/../outside', '0', 'x'))],
    ['neither file nor folder', archive(entry('/link', '2'))],
    ['cut off', new Uint8Array(gzipSync(entry('/long', '0', 'y'.repeat(2000)).subarray(0, 1024)))],
  ])('is refused: %s', async (why, bytes) => {
    await expect(unpack({ archive: bytes, into: join(root, 'refused') })).rejects.toThrow(why);
    expect(existsSync(join(root, 'outside'))).toBe(false);
  });
});
