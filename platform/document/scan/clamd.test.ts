import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '#platform/kernel/config.ts';
import type { Services } from '#platform/kernel/app.ts';
import { scanContent } from './scanner.ts';
import { clamdPlace, clamdScanner, verdictOf } from './clamd.ts';

/** The EICAR test file, in two parts so that no scanner takes this file for it. */
const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`;
const of = (content: string | Buffer) => Readable.from([Buffer.from(content)], { objectMode: false });
const CLAMD = '/usr/sbin/clamd';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clamd-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the protocol INSTREAM', () => {
  let server: Server;
  let received: Buffer[] = [];
  let answer: string | null = 'stream: OK\0';
  beforeAll(async () => {
    // Reads what clamd(8) says a client sends: the command, chunks with their length, an empty chunk.
    server = createServer((socket) => {
      let all = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (piece: Buffer) => {
        all = Buffer.concat([all, piece]);
        if (answer === null) return socket.destroy();
        const command = 'zINSTREAM\0';
        if (all.toString('latin1', 0, command.length) !== command.slice(0, all.length)) return socket.destroy();
        const chunks: Buffer[] = [];
        for (let at = command.length; at + 4 <= all.length; ) {
          const length = all.readUInt32BE(at);
          if (length === 0) {
            received = chunks;
            socket.end(answer);
            return;
          }
          if (at + 4 + length > all.length) return;
          chunks.push(all.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    });
    await new Promise<void>((ready) => server.listen(join(folder, 'fake.ctl'), ready));
  });
  afterAll(() => server.close());
  const scanner = () => clamdScanner(`unix:${join(folder, 'fake.ctl')}`);

  it('carries every content whole, in chunks', async () => {
    answer = 'stream: OK\0';
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 300_000 }), async (bytes) => {
        expect(await scanner().scan(of(Buffer.from(bytes)))).toEqual({ clean: true });
        expect(Buffer.concat(received).equals(Buffer.from(bytes))).toBe(true);
        expect(received.every((chunk) => chunk.length <= 64 * 1024)).toBe(true);
      }),
      { numRuns: 25, seed: 310101 },
    );
  });

  it('gives the name of what was found, and no verdict where the daemon gives none', async () => {
    answer = 'stream: Win.Test.EICAR_HDB-1 FOUND\0';
    expect(await scanner().scan(of('x'))).toEqual({ clean: false, found: 'Win.Test.EICAR_HDB-1' });
    answer = 'INSTREAM size limit exceeded. ERROR\0';
    await expect(scanner().scan(of('x'))).rejects.toThrow('size limit');
    answer = null;
    await expect(scanner().scan(of('x'.repeat(1_000_000)))).rejects.toThrow();
    await expect(clamdScanner(`unix:${join(folder, 'none.ctl')}`).scan(of('x'))).rejects.toThrow('ENOENT');
    for (const text of ['', 'stream: ', 'OK', 'stream: OKAY', 'stream: x ERROR'])
      expect(() => verdictOf(text)).toThrow();
  });

  it('is spoken at a socket or an address, and refuses to start with anything else', () => {
    expect(clamdPlace('unix:/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' });
    expect(clamdPlace('127.0.0.1:3310')).toEqual({ host: '127.0.0.1', port: 3310 });
    expect(clamdPlace('[::1]:3310')).toEqual({ host: '::1', port: 3310 });
    expect(() => clamdPlace('http://x')).toThrow('CLAMD');
  });
});

describe.skipIf(!existsSync(CLAMD))('with a real clamd', () => {
  let daemon: ChildProcess;
  const socket = () => join(folder, 'clamd.ctl');
  beforeAll(async () => {
    // One signature of our own, the digest of EICAR: nothing has to be downloaded.
    await writeFile(join(folder, 'own.hdb'), '44d88612fea8a8f36de82e1278abb02f:68:Own-Eicar\n');
    const lines = [
      'Foreground yes',
      `DatabaseDirectory ${folder}`,
      `LocalSocket ${socket()}`,
      'LogFile /dev/null',
      'LogFileUnlock yes',
    ];
    await writeFile(join(folder, 'clamd.conf'), `${lines.join('\n')}\n`);
    daemon = spawn(CLAMD, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
    await vi.waitFor(() => expect(existsSync(socket())).toBe(true), { timeout: 20_000, interval: 100 });
  }, 30_000);
  afterAll(() => void daemon?.kill('SIGKILL'));

  it('finds what its signatures name, and passes what they do not', async () => {
    const scanner = clamdScanner(`unix:${socket()}`);
    await vi.waitFor(async () => expect(await scanner.scan(of('材料'))).toEqual({ clean: true }), { timeout: 15_000 });
    expect(await scanner.scan(of(EICAR))).toEqual({ clean: false, found: 'Own-Eicar.UNOFFICIAL' });
    expect(await scanner.scan(of(Buffer.alloc(3_000_000, 7)))).toEqual({ clean: true });
  });
});

describe('without a scanner', () => {
  const services = (unscanned: 'accept' | 'refuse', clamd?: string) =>
    ({
      config: { documents: { clamd, unscanned, s3File: undefined } },
      registry: { provided: () => [] },
      log: { warn: () => undefined },
    }) as unknown as Services;

  it('a file is openly unscanned in a sample district, and refused in a real one', async () => {
    expect(await scanContent(services('accept'), () => of('x'))).toEqual({ state: 'unscanned', scanner: 'none' });
    await expect(scanContent(services('refuse'), () => of('x'))).rejects.toMatchObject({
      spec: { code: 'FILE_NOT_SCANNED' },
    });
    expect(readConfig({ SAMPLE: 'off' }).documents.unscanned).toBe('refuse');
    expect(readConfig({}).documents.unscanned).toBe('accept');
    expect(() => readConfig({ UNSCANNED_FILES: 'perhaps' })).toThrow('UNSCANNED_FILES');
  });

  it('that is configured but away, no file is taken', async () => {
    const away = services('accept', `unix:${join(folder, 'away.ctl')}`);
    await expect(scanContent(away, () => of('x'))).rejects.toMatchObject({ spec: { code: 'FILE_NOT_SCANNED' } });
  });
});
