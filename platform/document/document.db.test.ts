import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { document } from './app.ts';
import { attachDocument, attachedFiles, detachDocument } from './attach-document.ts';
import { papers, strangers } from './fixtures/papers/app.ts';
import { writeOfd } from './ofd/write-ofd.ts';
import { sealOfd } from './seal/seal-ofd.ts';
import { signContent } from './sign/sign-content.ts';
import { digestsOf } from './sign/statement.ts';
import { storeFile } from './store-file.ts';
import { sweepFiles } from './sweep.ts';

let house: TestHouse;
let citizen = '';
let father = '';
let clerk = '';
beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, papers, strangers],
    work: false,
  });
  [citizen, father, clerk] = [
    await signIn(house, 'citizen.wei'),
    await signIn(house, 'citizen.father'),
    await signIn(house, 'clerk.ruijin'),
  ];
}, 300_000);
afterAll(() => house?.close());

type Uploaded = { id: string; name: string; mediaType: string; sm3: string; sha256: string; scan: string };
const upload = (
  body: string | Uint8Array,
  more: { cookie?: string; kind?: string; name?: string; key?: string } = {},
) => {
  const { cookie = citizen, kind = 'material', name = '说明.txt', key } = more;
  return call(house, {
    method: 'POST',
    url: `/api/document/files?${new URLSearchParams({ kind, name })}`,
    body: typeof body === 'string' ? body : Buffer.from(body),
    cookie,
    key,
    headers: { 'content-type': 'application/octet-stream' },
  });
};
const uploaded = async (body: string | Uint8Array, more: Parameters<typeof upload>[1] = {}): Promise<Uploaded> => {
  const reply = await upload(body, more);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
};
const actorOf = async (cookie: string): Promise<Actor> => {
  const actor = await house.services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie, trace: 'test', services: house.services });
  if (!actor) throw new Error('nobody');
  return actor;
};
const tx = <T>(module: string, actor: Actor, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor }, work);
const system = systemActor({ name: 'test' });
const count = (what: string) =>
  tx('document', system, async (db) =>
    Number(
      (
        await db.one<{ n: string }>(
          sql`select (case ${what} when 'content' then (select count(*) from document.content) when 'blob' then (select count(*) from document.blob)
            else (select count(*) from document.file) end)::text as n`,
        )
      ).n,
    ),
  );
/** Everything that lies in the folder of files. */
const stored = async (): Promise<string[]> => {
  const entries = await readdir(join(house.services.config.dataDir, 'documents'), {
    recursive: true,
    withFileTypes: true,
  });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};
const attach = async (cookie: string, paper: { id: string; unit: string; person?: string; files: string[] }) =>
  tx('papers', await actorOf(cookie), async (db) => {
    const { id, unit, person, files } = paper;
    await db.run(
      sql`insert into papers.paper (id, unit, person) values (${id}, ${unit}, ${person ?? null}::text) on conflict do nothing`,
    );
    await attachDocument(db, { files, kind: 'paper', subject: id });
  });

describe('an upload', () => {
  it('is typed by its bytes, hashed, kept encrypted under its digest’s own key, and only its uploader sees it', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const file = await uploaded(png, { name: '../../身份证.exe' });
    expect(file).toMatchObject({
      name: '.._.._身份证.exe',
      mediaType: 'image/png',
      flags: ['name-differs'],
      scan: 'unscanned',
      state: 'uploaded',
    });
    const contents = await Promise.all((await stored()).map((path) => readFile(path)));
    expect(contents.length).toBeGreaterThan(0);
    expect(contents.every((bytes) => !bytes.includes(png.subarray(0, 8)))).toBe(true);
    const own = await call(house, { url: `/api/document/files/${file.id}`, cookie: citizen });
    expect(own.json()).toEqual(expect.objectContaining({ id: file.id, sm3: file.sm3 }));
    for (const cookie of [father, clerk]) {
      const other = await call(house, { url: `/api/document/files/${file.id}`, cookie, purpose: 'public-service' });
      expect(other.statusCode).toBe(404);
      expect((await call(house, { url: `/api/document/files/${file.id}/content`, cookie })).statusCode).toBe(404);
    }
  });

  it('is given back byte by byte, as a download that no browser runs', async () => {
    const text = '情况说明\n'.repeat(20_000);
    const file = await uploaded(text, { name: '说明 (1).txt' });
    const reply = await call(house, { url: `/api/document/files/${file.id}/content`, cookie: citizen });
    expect(reply.body).toBe(text);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'content-disposition': expect.stringMatching(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w%.-]+$/),
    });
  });

  it('is kept once for one owner and apart for two, and a repeated request changes nothing', async () => {
    const before = await count('content');
    const key = crypto.randomUUID();
    const first = await uploaded('同一份材料', { key });
    expect((await uploaded('同一份材料', { key })).id).toBe(first.id);
    expect((await uploaded('同一份材料', { name: '另一个名字.txt' })).id).not.toBe(first.id);
    expect(await count('content')).toBe(before + 1);
    await uploaded('同一份材料', { cookie: clerk });
    expect(await count('content')).toBe(before + 2);
    await sweepFiles(house.services);
    expect((await stored()).length).toBe(await count('content'));
  });

  it('that is refused, cut or too large leaves nothing', async () => {
    await sweepFiles(house.services);
    const before = [await count('file'), await count('content'), (await stored()).length];
    const page = await upload('<!doctype html><script>alert(1)</script>', { name: 'a.txt' });
    expect(page.json()).toMatchObject({ status: 415, code: 'FILE_TYPE_REFUSED' });
    expect((await upload('MZ\u0090\u0000', { name: 'a.pdf' })).statusCode).toBe(415);
    expect((await upload(Buffer.from('GIF89a'), {})).json()).toMatchObject({ found: 'image/gif' });
    expect((await upload(new Uint8Array(11 * 1024 ** 2), { kind: 'photo' })).json()).toMatchObject({
      code: 'FILE_TOO_LARGE',
      maxBytes: 10 * 1024 ** 2,
    });
    const cut = await call(house, {
      method: 'POST',
      url: '/api/document/files?kind=material&name=a.txt',
      body: '只传了一半',
      cookie: citizen,
      headers: { 'content-type': 'application/octet-stream', 'content-length': '1000' },
    });
    expect(cut.statusCode).toBe(400);
    expect((await upload('x', { kind: 'nothing' })).json()).toMatchObject({ code: 'INVALID_INPUT' });
    expect([await count('file'), await count('content'), (await stored()).length]).toEqual(before);
    expect(await count('blob')).toBe(0);
  });

  it('that a killed process left half received or without rows is swept', async () => {
    const folder = join(house.services.config.dataDir, 'documents', 'incoming');
    await writeFile(join(folder, 'half'), 'x');
    await utimes(join(folder, 'half'), new Date(0), new Date(0));
    const waste = uuidv7();
    const place = join(house.services.config.dataDir, 'documents', waste.slice(-2));
    await mkdir(place, { recursive: true });
    await writeFile(join(place, waste), 'stored, but its rows were never written');
    await tx('document', system, (db) =>
      db.run(sql`insert into document.blob (id, at) values (${waste}::uuid, kernel.now() - interval '2 hours')`),
    );
    await sweepFiles(house.services);
    expect((await stored()).filter((path) => path.endsWith('half') || path.endsWith(waste))).toEqual([]);
  });

  it('is refused once too many of an account wait unused, and nobody else is held up', async () => {
    const scope = `account:flood`;
    await tx('document', system, async (db) => {
      const id = uuidv7();
      await db.run(sql`insert into document.content (id, scope, sm3, sha256, size, media_type, key)
        values (${id}::uuid, ${scope}, ${'0'.repeat(64)}, ${'0'.repeat(64)}, 1, 'text/plain', 'x')`);
      await db.run(sql`insert into document.file (id, content, name, kind, level, uploaded_by, uploaded_name, scan, scanner, state, expires_at)
        select gen_random_uuid(), ${id}::uuid, 'x', 'material', 'L3', 'citizen.daughter', 'x', 'unscanned', 'none', 'uploaded', kernel.now() + interval '1 hour'
        from generate_series(1, 300)`);
    });
    const daughter = await signIn(house, 'citizen.daughter');
    expect((await upload('再来一份', { cookie: daughter })).json()).toMatchObject({
      status: 429,
      code: 'FILE_TOO_MANY',
    });
    expect((await upload('我的不受影响')).statusCode).toBe(201);
    await tx('document', system, async (db) => {
      await db.run(sql`delete from document.file where uploaded_by = 'citizen.daughter'`);
      await db.run(sql`delete from document.content where scope = ${scope}`);
    });
  });

  it('whose bytes were changed in the store is not given out whole', async () => {
    const file = await uploaded('原来的内容，不得改动');
    const before = await stored();
    const row = await tx('document', system, (db) =>
      db.one<{ content: string }>(sql`select content from document.file where id = ${file.id}::uuid`),
    );
    const path = before.find((each) => each.endsWith(row.content)) ?? '';
    const bytes = await readFile(path);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const reply = await call(house, { url: `/api/document/files/${file.id}/content`, cookie: citizen }).catch(
      () => undefined,
    );
    expect(reply === undefined || reply.body !== '原来的内容，不得改动').toBe(true);
  });
});

describe('the classified guard', () => {
  it('refuses a mark in name or content, keeps its digest and who sent it, and tells the officer', async () => {
    const before = [await count('file'), (await stored()).length];
    const named = await upload('无', { name: '机密★5年 会议纪要.txt' });
    expect(named.json()).toMatchObject({ status: 422, code: 'GOV-0801' });
    const docx = zipSync({
      '[Content_Types].xml': strToU8('<Types/>'),
      'word/document.xml': strToU8(
        '<w:document><w:p><w:r><w:t>秘</w:t></w:r><w:r><w:t>密★10年</w:t></w:r></w:p></w:document>',
      ),
    });
    expect((await upload(docx, { name: '方案.docx' })).json()).toMatchObject({ code: 'GOV-0801' });
    expect([await count('file'), (await stored()).length]).toEqual(before);
    const list = await call(house, {
      url: '/api/document/classified-refusals',
      cookie: await signIn(house, 'security-administrator'),
    });
    expect(list.json().refusals).toMatchObject([
      { account: 'citizen.wei', level: 'secret', place: 'content', kind: 'material' },
      { account: 'citizen.wei', level: 'confidential', place: 'name' },
    ]);
    const events = await tx('kernel', system, (db) =>
      db.rows<{ data: object }>(sql`select data from kernel.event where type = 'document.upload.classified'`),
    );
    expect(events).toEqual([{ data: {} }, { data: {} }]);
  });
});

describe('an attached file', () => {
  it('is read by whoever may read the row of the app, with purpose and record, and by nobody else', async () => {
    const person = (await actorOf(citizen)).person ?? 'person-of-wei';
    const unit = (await actorOf(clerk)).unit ?? '';
    const file = await uploaded('本人情况', { name: '申请.txt' });
    await attach(citizen, { id: 'paper-1', unit, person, files: [file.id] });
    const read = (cookie: string, purpose?: string) =>
      call(house, { url: `/api/document/files/${file.id}`, cookie, purpose });
    expect((await read(clerk)).json()).toMatchObject({ status: 403, code: 'PURPOSE_REQUIRED' });
    expect((await read(clerk, 'public-service')).json()).toMatchObject({
      name: '申请.txt',
      state: 'attached',
      expiresAt: null,
    });
    expect((await read(father, 'public-service')).statusCode).toBe(404);
    const content = await call(house, {
      url: `/api/document/files/${file.id}/content`,
      cookie: clerk,
      purpose: 'public-service',
    });
    expect(content.body).toBe('本人情况');
    const looks = await tx('audit', system, (db) =>
      db.rows<{ route: string; purpose: string; id: string }>(sql`
        select a.route, a.purpose, s.subject as id from audit.access a join audit.access_subject s on s.access_id = a.id
        where a.account = 'clerk.ruijin' and a.module = 'document' order by a.at`),
    );
    expect(looks).toEqual([
      { route: 'GET /api/document/files/:id', purpose: 'public-service', id: person },
      { route: 'GET /api/document/files/:id/content', purpose: 'public-service', id: person },
    ]);
  });

  it('can be attached by its uploader alone, and another module neither sees nor takes it', async () => {
    const file = await uploaded('只归我');
    await expect(attach(father, { id: 'paper-2', unit: 'x', files: [file.id] })).rejects.toMatchObject({
      spec: { code: 'FILE_GONE' },
    });
    await attach(citizen, { id: 'paper-3', unit: 'x', files: [file.id] });
    const actor = await actorOf(citizen);
    expect(
      await tx('papers', actor, (db) => attachedFiles(db, { kind: 'paper', subjects: ['paper-3'] })),
    ).toMatchObject([{ file: file.id, sm3: file.sm3, mediaType: 'text/plain' }]);
    expect(await tx('strangers', actor, (db) => db.rows(sql`select id from document.attachment`))).toEqual([]);
    expect(await tx('strangers', actor, (db) => attachedFiles(db, { kind: 'paper', subjects: ['paper-3'] }))).toEqual(
      [],
    );
    await expect(
      tx('strangers', actor, (db) =>
        db.rows(sql`select * from document.described('papers', 'paper', array['paper-3'])`),
      ),
    ).resolves.toEqual([]);
    await expect(tx('strangers', actor, (db) => db.rows(sql`select name from document.file`))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('stays while a row has it and goes with the last one; an upload that nobody attaches expires', async () => {
    const kept = await uploaded('留着的');
    const left = await uploaded('没人要的');
    await attach(citizen, { id: 'paper-4', unit: 'x', files: [kept.id] });
    await moveClock(house, 25 * 3600);
    try {
      await expect(attach(citizen, { id: 'paper-5', unit: 'x', files: [left.id] })).rejects.toMatchObject({
        spec: { code: 'FILE_GONE' },
      });
      const later = await signIn(house, 'citizen.wei');
      expect((await call(house, { url: `/api/document/files/${left.id}`, cookie: later })).statusCode).toBe(404);
      await sweepFiles(house.services);
      const alive = () =>
        tx('document', system, (db) =>
          db.rows<{ id: string }>(sql`select id from document.file where id = any(${[kept.id, left.id]}::uuid[])`),
        );
      expect(await alive()).toEqual([{ id: kept.id }]);
      await tx('papers', await actorOf(citizen), (db) =>
        detachDocument(db, { file: kept.id, kind: 'paper', subject: 'paper-4' }),
      );
      await sweepFiles(house.services);
      expect(await alive()).toEqual([]);
      await vi.waitFor(async () => expect((await stored()).length).toBe(await count('content')));
    } finally {
      await moveClock(house, 0);
    }
  });

  it('made by the house itself goes the same way', async () => {
    const actor = systemActor({ name: 'receipts' });
    const file = await storeFile({
      services: house.services,
      actor,
      kind: 'official-document',
      name: '回执.pdf',
      content: minimalPdf('receipt'),
    });
    await tx('papers', actor, (db) => attachDocument(db, { files: [file.id], kind: 'paper', subject: 'paper-6' }));
    expect(file).toMatchObject({ mediaType: 'application/pdf', state: 'uploaded' });
  });
});

/** The smallest PDF with one line. */
function minimalPdf(text: string): Buffer {
  const stream = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 6>>\n%%EOF\n`, 'latin1');
}

describe('signatures and seals', () => {
  const admin = () => signIn(house, 'security-administrator');
  const post = async (url: string, body: object | undefined, cookie: string) =>
    call(house, { method: 'POST', url, body: body ?? {}, cookie });
  const verify = async (body: string | Buffer, number?: string) =>
    (
      await call(house, {
        method: 'POST',
        url: `/api/document/verify${number === undefined ? '' : `?${new URLSearchParams({ number })}`}`,
        body: Buffer.from(body),
        headers: { 'content-type': 'application/octet-stream' },
      })
    ).json();
  const certificate = Buffer.from('食品经营许可证 JY13101010000001');
  const sign = (owner: string, content: Buffer, number?: string) =>
    signContent({
      services: house.services,
      actor: system,
      owner,
      content: digestsOf(content),
      title: '食品经营许可证',
      number,
    });

  it('of a unit are found by the file or by the number, by anybody, and say who, when and whether it is unchanged', async () => {
    await sign('market-supervision', certificate, 'JY13101010000001');
    const found = await verify(certificate);
    expect(found).toMatchObject({
      result: 'intact',
      answers: [
        {
          title: '食品经营许可证',
          number: 'JY13101010000001',
          intact: true,
          holds: true,
          keyThen: 'valid',
          keyNow: 'valid',
        },
      ],
    });
    const byNumber = await call(house, { url: '/api/document/signed/JY13101010000001' });
    expect(byNumber.json()).toMatchObject({ sm3: found.sm3, answer: { signer: found.answers[0].signer } });
    expect(await verify(`${certificate.toString()} `, 'JY13101010000001')).toMatchObject({
      result: 'changed',
      answers: [{ intact: false, holds: true }],
    });
    expect(await verify('没有签名的')).toMatchObject({ result: 'unknown', answers: [] });
    expect((await call(house, { url: '/api/document/signed/JY13101010000002' })).statusCode).toBe(404);
  });

  it('hold for what was signed before a key was replaced or revoked, and not for what was after', async () => {
    const keys = async () =>
      (await call(house, { url: '/api/document/keys' })).json().keys as { id: string; owner: string; state: string }[];
    const of = async (owner: string) => (await keys()).filter((key) => key.owner === owner);
    await sign('civil-affairs', Buffer.from('第一份'));
    const [former] = await of('civil-affairs');
    const replaced = await post('/api/document/keys', { owner: 'civil-affairs' }, await admin());
    expect(replaced.statusCode, replaced.body).toBe(201);
    const second = await sign('civil-affairs', Buffer.from('第二份'));
    expect(second.key).toBe(replaced.json().id);
    const revoked = await post(`/api/document/keys/${former?.id}/revoke`, { reason: '介质遗失' }, await admin());
    expect(revoked.json()).toMatchObject({ state: 'revoked', revokedReason: '介质遗失' });
    expect(await verify('第一份')).toMatchObject({
      result: 'intact',
      answers: [{ keyThen: 'valid', keyNow: 'revoked' }],
    });
    await tx('document', system, (db) =>
      db.run(
        sql`update document.sign_key set revoked_at = now() - interval '1 day', revoked_reason = 'x' where id = ${second.key}`,
      ),
    );
    expect(await verify('第二份')).toMatchObject({
      result: 'not-valid',
      answers: [{ holds: true, keyThen: 'revoked' }],
    });
    expect((await post('/api/document/keys', { owner: 'nobody' }, await admin())).json()).toMatchObject({
      code: 'INVALID_INPUT',
    });
    // Nothing of a signature can be rewritten by the platform itself.
    await expect(
      tx('document', system, (db) => db.run(sql`update document.signature set title = 'x'`)),
    ).rejects.toThrow(/permission denied/);
  });

  it('on an OFD need an approval for that very file by another person, are used once, and are found again', async () => {
    const head = await signIn(house, 'unit-head');
    const { unit = '' } = await actorOf(head);
    const made = await post('/api/document/seals', { unit, name: '样例街道办事处' }, await admin());
    expect(made.statusCode, made.body).toBe(201);
    const file = writeOfd({
      id: '0'.repeat(32),
      title: '通知',
      date: '2026-11-26',
      fonts: [{ name: '宋体' }],
      pages: [
        { width: 210, height: 297, items: [{ kind: 'text', x: 30, y: 40, size: 6, font: 0, text: '关于停水的通知' }] },
      ],
    });
    const ask = { seal: made.json().id, reason: '印发通知', sm3: digestsOf(file).sm3 };
    const [own, others] = [
      await post('/api/document/seal-uses', ask, head),
      await post('/api/document/seal-uses', ask, clerk),
    ];
    expect([own.statusCode, others.statusCode], others.body).toEqual([201, 201]);
    const approve = (id: string) => post(`/api/document/seal-uses/${id}/approve`, {}, head);
    expect((await approve(own.json().id)).statusCode).toBe(404);
    const seal = (content: Buffer) =>
      sealOfd({
        services: house.services,
        actor: system,
        file: content,
        seal: made.json().id,
        use: others.json().id,
        stamps: [{ page: 0, x: 120, y: 200, width: 42, height: 42 }],
      });
    await expect(seal(file)).rejects.toMatchObject({ spec: { code: 'SEAL_NOT_APPROVED' } });
    expect((await approve(others.json().id)).json()).toMatchObject({ approvedBy: expect.any(String) });
    await expect(seal(Buffer.concat([file, Buffer.from('x')]))).rejects.toMatchObject({
      spec: { code: 'SEAL_NOT_APPROVED' },
    });
    const sealed = await seal(file);
    await expect(seal(file)).rejects.toMatchObject({ spec: { code: 'SEAL_NOT_APPROVED' } });
    expect(await verify(sealed)).toMatchObject({
      result: 'intact',
      answers: [{ kind: 'seal', title: '样例街道办事处', known: true, keyThen: 'valid' }],
    });
    const parts = unzipSync(sealed);
    parts['Doc_0/Pages/Page_0/Content.xml'] = strToU8(
      strFromU8(parts['Doc_0/Pages/Page_0/Content.xml'] ?? new Uint8Array()).replace('停水', '停电'),
    );
    expect(await verify(Buffer.from(zipSync(parts)))).toMatchObject({
      result: 'changed',
      answers: [{ changed: ['Doc_0/Pages/Page_0/Content.xml'] }],
    });
    expect(
      (await post(`/api/document/seals/${made.json().id}/revoke`, { reason: '机构更名' }, await admin())).statusCode,
    ).toBe(200);
    expect(await verify(sealed)).toMatchObject({
      result: 'intact',
      answers: [{ keyThen: 'valid', keyNow: 'revoked' }],
    });
    await expect(
      sealOfd({ services: house.services, actor: system, file, seal: made.json().id, stamps: [] }),
    ).rejects.toMatchObject({ spec: { code: 'SEAL_REVOKED' } });
  });
});
