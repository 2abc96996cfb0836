import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chineseFont } from '#platform/document/pdf/chinese-font.ts';
import { openPrinter } from './fixtures/ipp-printer.ts';
import { readReply, writeRequest } from './ipp-message.ts';
import { httpAddress, PrinterRefused, printPdf } from './ipp-print.ts';
import { slipPdf } from './ticket-slip.ts';

const HERE = { networks: ['127.0.0.0/8'] };
const PDF = Buffer.from('%PDF-1.7 sample');
const run = promisify(execFile);
const CUPS = ['/usr/sbin/cupsd', '/usr/sbin/lpadmin'];

describe('a printer of tickets', () => {
  let printer: Awaited<ReturnType<typeof openPrinter>>;
  beforeAll(async () => {
    printer = await openPrinter();
  });
  afterAll(() => printer.close());

  it('gets the document byte for byte, under the number of the ticket', async () => {
    expect(await printPdf({ address: printer.address, ...HERE, name: 'A017', pdf: PDF })).toBe(1);
    expect(printer.jobs).toEqual([{ name: 'A017', format: 'application/pdf', document: PDF }]);
  });

  it('that takes no PDF, is busy or is no printer is told apart from one that has printed', async () => {
    for (const [fault, why] of [
      ['no-pdf', PrinterRefused],
      ['busy', PrinterRefused],
      ['a-page', RangeError],
    ] as const) {
      printer.setFault(fault);
      await expect(printPdf({ address: printer.address, ...HERE, name: 'A018', pdf: PDF })).rejects.toThrow(why);
    }
    printer.setFault('none');
    expect(printer.jobs).toHaveLength(1);
  });

  it('is called nowhere inside the building but where the operator says', async () => {
    const asked = printPdf({ address: printer.address, networks: [], name: 'A019', pdf: PDF });
    await expect(asked).rejects.toMatchObject({ spec: { code: 'OUTBOUND_REFUSED' } });
  });

  it('stands at port 631 unless its address names another', () => {
    expect(httpAddress('ipp://printer.example/ipp/print').href).toBe('http://printer.example:631/ipp/print');
    expect(httpAddress('ipps://printer.example/ipp').href).toBe('https://printer.example:631/ipp');
    expect(httpAddress('ipp://printer.example:80/ipp').port).toBe('');
  });
});

describe('a message of IPP', () => {
  it('begins with charset and language, and names an attribute once for all its values (RFC 8010)', () => {
    const bytes = writeRequest({
      operation: 0x000b,
      id: 7,
      attributes: [{ name: 'requested-attributes', tag: 'keyword', values: ['copies', 'media'] }],
    });
    expect(bytes.toString('latin1')).toBe(
      '\x02\x00\x00\x0b\x00\x00\x00\x07\x01G\x00\x12attributes-charset\x00\x05utf-8H\x00\x1battributes-natural-language\x00\x05zh-cn' +
        'D\x00\x14requested-attributes\x00\x06copiesD\x00\x00\x00\x05media\x03',
    );
  });

  it('that is cut off or no message is refused, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readReply(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

const face = await chineseFont(process.env.DOCUMENT_FONT);
// CUPS itself, where it is installed: the other side of the wire is nobody's of this house.
describe.skipIf(!face || !CUPS.every(existsSync))('CUPS', () => {
  it('takes a ticket as it is and keeps it byte for byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'smart-district-cups-'));
    const port = await freePort();
    for (const name of ['spool', 'tmp', 'cache', 'state', 'root']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'cupsd.conf'), cupsConf(port));
    await writeFile(join(folder, 'files.conf'), filesConf(folder));
    const cups = spawn(CUPS[0] as string, ['-f', '-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'files.conf')]);
    try {
      const queue = ['-h', `127.0.0.1:${port}`, '-p', 'ticket', '-v', `file://${join(folder, 'out')}`, '-E'];
      await vi.waitFor(() => run(CUPS[1] as string, queue), { timeout: 20_000, interval: 200 });
      const slip = { centre: '样例社区事务受理服务中心', number: 'A017', family: '民政救助', ahead: 3 };
      const pdf = await slipPdf(
        { ...slip, id: '00000000-0000-7000-8000-000000000001', at: '2026-11-26 09:30', day: '2026-11-26' },
        face as Buffer,
      );
      const address = `ipp://127.0.0.1:${port}/printers/ticket`;
      const job = await printPdf({ address, ...HERE, name: 'A017', pdf });
      const kept = (await readdir(join(folder, 'spool'))).find((name) =>
        name.startsWith(`d${String(job).padStart(5, '0')}`),
      );
      expect((await readFile(join(folder, 'spool', kept ?? ''))).equals(pdf)).toBe(true);
    } finally {
      const gone = new Promise((resolve) => cups.once('exit', resolve));
      cups.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    }
  });
});

const cupsConf = (port: number) => `Listen 127.0.0.1:${port}
Browsing No
WebInterface No
DefaultAuthType None
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Allow all
</Limit>
</Policy>
`;
const filesConf = (folder: string) => `FileDevice Yes
SystemGroup root
ServerRoot ${folder}/root
RequestRoot ${folder}/spool
TempDir ${folder}/tmp
CacheDir ${folder}/cache
StateDir ${folder}/state
AccessLog ${folder}/access.log
ErrorLog ${folder}/error.log
PageLog ${folder}/page.log
`;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
