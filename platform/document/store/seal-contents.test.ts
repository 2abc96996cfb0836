import { createDecipheriv, createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Services } from '#platform/kernel/app.ts';
import { KEY_BYTES, NONCE } from './cipher.ts';
import { type Sealed, sealContents } from './seal-contents.ts';
import { sealInThread } from './seal-in-thread.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let made = 0;
const path = (): string => join(folder, String(made % 3), 'deep', String(made++));
const opened = async (at: string, { secret }: Sealed): Promise<Buffer> => {
  const decipher = createDecipheriv('aes-256-gcm', secret.subarray(0, KEY_BYTES), NONCE);
  decipher.setAuthTag(secret.subarray(KEY_BYTES));
  return Buffer.concat([decipher.update(await readFile(at)), decipher.final()]);
};

it('what lies on the disk opens to the pieces set together, whose digests are told', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), { maxLength: 4 }),
      async (contents) => {
        const asked = contents.map((pieces) => ({ path: path(), pieces }));
        const sealed = sealContents(asked);
        for (const [n, { path: at, pieces }] of asked.entries()) {
          const whole = Buffer.concat(pieces);
          const one = sealed[n] as Sealed;
          expect(await opened(at, one)).toEqual(whole);
          expect(one.size).toBe(whole.length);
          expect(one.sm3).toBe(createHash('sm3').update(whole).digest('hex'));
          expect(one.sha256).toBe(createHash('sha256').update(whole).digest('hex'));
        }
      },
    ),
    { numRuns: 50 },
  ));

it('a thread takes memory over and tells what the disk refuses, and goes on', async () => {
  const services = {} as Services;
  const memory = new Uint8Array([1, 2, 3, 4, 5]);
  const at = path();
  const [done] = await sealInThread(services, {
    contents: [{ path: at, pieces: [memory.subarray(0, 2), memory.subarray(3)] }],
    moved: [memory.buffer],
  });
  expect(memory.byteLength).toBe(0);
  expect([...(await opened(at, done as Sealed))]).toEqual([1, 2, 4, 5]);
  const again = { path: at, pieces: [new Uint8Array([9])] };
  await expect(sealInThread(services, { contents: [again] })).rejects.toThrow('EEXIST');
  const all = Array.from({ length: 20 }, (_, n) => ({ path: path(), pieces: [new Uint8Array([n])] }));
  const each = await Promise.all(all.map((content) => sealInThread(services, { contents: [content] })));
  for (const [n, content] of all.entries())
    expect([...(await opened(content.path, each[n]?.[0] as Sealed))]).toEqual([n]);
});
