import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { exchange } from './app.ts';
import type { Mapping } from './mapping.ts';
import { registerDataset } from './register-dataset.ts';

const MAPPING: Mapping = {
  dataset: 'test-notes',
  version: 1,
  target: 'exchange.reference',
  unit: 'civil-affairs',
  title: { zh: '测试', en: 'Test' },
  key: ['编号'],
  fields: { key: { column: '编号' }, data: { column: '*' } },
  badge: 'sample',
};

let house: TestHouse;
let officer: string;
beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, access, audit, search, rulebook, calendar, catalog, geo, exchange],
    work: false,
    env: { UPLOAD_LIMIT: '200000' },
  });
  await house.services.database.tx({ module: 'exchange', actor: systemActor({ name: 'test' }) }, (db) =>
    registerDataset(db, house.services, MAPPING),
  );
  officer = await signIn(house, 'data-officer');
}, 120_000);
afterAll(() => house?.close());

const send = (content: Buffer | string, name = 'a.csv') =>
  house.server.fastify.inject({
    method: 'POST',
    url: `/api/exchange/imports?dataset=test-notes&fileName=${encodeURIComponent(name)}`,
    headers: { cookie: officer, 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    payload: typeof content === 'string' ? Buffer.from(content) : content,
  });
const stored = async () =>
  (
    await readdir(join(house.services.config.dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
  )
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
const within = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'exchange', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));

async function workbook(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('名单');
  fill(sheet, book);
  return Buffer.from(await book.xlsx.writeBuffer());
}
const word = (...lines: string[]): Buffer =>
  Buffer.from(
    zipSync({
      'word/document.xml': strToU8(
        `<w:document>${lines.map((line) => `<w:p><w:t>${line}</w:t></w:p>`).join('')}</w:document>`,
      ),
    }),
  );

describe('an upload that is marked as a state secret', () => {
  it('is refused wherever the mark stands, and nothing is kept but who, when and the digest', async () => {
    const before = await stored();
    const marked: [Buffer | string, string][] = [
      ['编号,名称\n1,甲\n', '人员名单_机密.csv'],
      ['机密★5年\n编号,名称\n1,甲\n', 'a.csv'],
      ['编号,密级\n1,秘密\n', 'b.csv'],
      [gzipSync('密级：绝密\n编号,名称\n'), 'c.csv.gz'],
      ['[{"编号":"1","密级":"机密★10年"}]', 'd.json'],
      ['{"title":"\\u673a\\u5bc6","rows":[]}', 'e.json'],
      [Buffer.from([0xbb, 0xfa, 0xc3, 0xdc, 0x0a, 0x31, 0x2c, 0x32, 0x0a]), 'gbk.csv'],
      [await workbook((sheet) => sheet.addRows([['秘密★1年'], ['编号', '名称'], ['1', '甲']])), 'f.xlsx'],
      [
        await workbook((sheet, book) => {
          sheet.addRows([['编号'], ['1']]);
          book.addWorksheet('绝密');
        }),
        'g.xlsx',
      ],
      [
        await workbook((sheet) => {
          sheet.addRows([['编号'], ['1']]);
          sheet.headerFooter.oddHeader = '&R机密★5年';
        }),
        'h.xlsx',
      ],
      [word('000012', '机密★5年', '特急', '关于某事项的请示'), 'i.docx'],
    ];
    for (const [content, name] of marked) {
      const reply = await send(content, name);
      expect(reply.json(), name).toMatchObject({ status: 422, code: 'GOV-0801' });
    }
    expect(await stored()).toEqual(before);
    expect(await within(sql`select 1 from exchange.batch`)).toEqual([]);
    const kept = await within<{ account: string; file_digest: string }>(sql`select * from exchange.classified_refusal`);
    expect(kept).toHaveLength(marked.length);
    expect(kept[0]).toMatchObject({ account: 'data.civil', file_digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(kept)).not.toMatch(/人员名单|机密|甲/);
  });

  it('is told to the security administrator by list and event, and to nobody who has no part in it', async () => {
    const security = await signIn(house, 'security-administrator');
    const list = (await call(house, { url: '/api/exchange/classified-refusals', cookie: security })).json();
    expect(list.refusals[0]).toMatchObject({ account: 'data.civil', unit: 'civil-affairs', level: 'confidential' });
    expect((await call(house, { url: '/api/exchange/classified-refusals', cookie: officer })).statusCode).toBe(403);
    const events = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ subject: string }>(sql`select subject from kernel.event where type = 'exchange.upload.classified'`),
    );
    expect(events.map(({ subject }) => subject)).toContain(list.refusals[0].id);
    await expect(within(sql`delete from exchange.classified_refusal returning 1 as gone`)).rejects.toThrow(
      /permission denied/,
    );
  });

  it('is no upload of a company, a law or a sentence that holds the same words', async () => {
    const open: [Buffer | string, string][] = [
      ['编号,名称\n1,机密科技有限公司\n2,中华人民共和国保守国家秘密法\n3,商业秘密\n', '商业秘密案件.csv'],
      [
        await workbook((sheet) =>
          sheet.addRows([
            ['编号', '名称'],
            ['1', '绝密飞行'],
            ['2', '秘密花园书店'],
          ]),
        ),
        'films.xlsx',
      ],
      ['[{"编号":"1","说明":"本表不得填写秘密、机密、绝密信息"}]', 'note.json'],
    ];
    for (const [content, name] of open) expect((await send(content, name)).statusCode, name).toBe(202);
  });
});

it('an upload above the limit is refused and leaves nothing', async () => {
  const before = await stored();
  const reply = await send(Buffer.alloc(200_001, 'a'), 'large.csv');
  expect(reply.json()).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  // Without a stated length, over a real line: the answer comes although the sender is not finished.
  const address = await house.server.fastify.listen({ port: 0, host: '127.0.0.1' });
  const chunked = await fetch(`${address}/api/exchange/imports?dataset=test-notes&fileName=a.csv`, {
    method: 'POST',
    headers: { cookie: officer, 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    body: new ReadableStream({
      start(stream) {
        for (let i = 0; i < 30; i++) stream.enqueue(Buffer.alloc(10_000, 'a'));
        stream.close();
      },
    }),
    duplex: 'half',
  } as RequestInit);
  expect(chunked.status).toBe(413);
  expect(await stored()).toEqual(before);
  expect((await send(Buffer.from('编号\n9\n'), 'small.csv')).statusCode).toBe(202);
});
