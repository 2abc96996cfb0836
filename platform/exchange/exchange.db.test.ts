import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
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
import { storeFile } from './store-file.ts';

const MAPPING: Mapping = {
  dataset: 'test-notes',
  version: 1,
  target: 'exchange.reference',
  unit: 'civil-affairs',
  title: { zh: '测试', en: 'Test' },
  format: 'csv',
  key: ['编号'],
  fields: { key: { column: '编号' }, data: { column: '*' } },
  badge: 'sample',
};

let house: TestHouse;
let officer: string;
const system = systemActor({ name: 'test', unit: 'civil-affairs' });

const send = (content: Buffer | string, name = 'a.csv', cookie = officer, key = crypto.randomUUID()) =>
  house.server.fastify.inject({
    method: 'POST',
    url: `/api/exchange/imports?dataset=test-notes&fileName=${encodeURIComponent(name)}`,
    headers: { cookie, 'content-type': 'application/octet-stream', 'idempotency-key': key },
    payload: typeof content === 'string' ? Buffer.from(content) : content,
  });
const show = async (id: string) => (await call(house, { url: `/api/exchange/imports/${id}`, cookie: officer })).json();
const settled = async (id: string) => {
  await house.runtime.worker.drain();
  return show(id);
};

beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit, search, rulebook, calendar, catalog, geo, exchange] });
  await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
    registerDataset(db, house.services, MAPPING),
  );
  officer = await signIn(house, 'data-officer');
}, 120_000);
afterAll(() => house?.close());

describe('an upload', () => {
  it('reads GBK with semicolons, keeps faulty rows aside and loads the rest', async () => {
    const gbk = Buffer.concat([
      Buffer.from([0xb1, 0xe0, 0xba, 0xc5]),
      Buffer.from(';'),
      Buffer.from([0xc3, 0xfb, 0xb3, 0xc6]),
      Buffer.from('\n1;'),
      Buffer.from([0xbb, 0xc6, 0xc6, 0xd6]),
      Buffer.from('\n;x\n2;y\n2;z\n'),
    ]);
    const reply = await send(gbk);
    expect(reply.statusCode).toBe(202);
    const batch = await settled(reply.json().id);
    expect(batch).toMatchObject({
      state: 'loaded',
      rows: { read: 4, ok: 2, faulty: 2, loaded: 2 },
      info: { encoding: 'gb18030', delimiter: ';' },
    });
    const faults = (await call(house, { url: `/api/exchange/imports/${batch.id}/faults`, cookie: officer })).json();
    expect(faults.rows.map((r: { row: number; faults: { rule: string }[] }) => [r.row, r.faults[0]?.rule])).toEqual([
      [2, 'required'],
      [4, 'duplicate-row'],
    ]);
  });

  it('has no second effect when the same file comes again', async () => {
    const first = (await send('编号,名称\nA1,甲\n')).json();
    await settled(first.id);
    const again = (await send('编号,名称\nA1,甲\n')).json();
    expect(again).toMatchObject({ state: 'duplicate', duplicateOf: first.id });
    await house.runtime.worker.drain();
    const other = await settled((await send('编号,名称\nA1,甲\nA2,乙\n')).json().id);
    expect(other.rows).toMatchObject({ ok: 2, same: 1, loaded: 1, created: 1 });
  });

  it('stops at a renamed column, names the nearest, and keeps the last good data', async () => {
    const batch = await settled((await send('编 号,名称\nB1,甲\n')).json().id);
    expect(batch).toMatchObject({
      state: 'stopped',
      problem: { code: 'COLUMNS_CHANGED', columns: [{ column: '编号' }] },
    });
  });

  it('reads gzip, and refuses an empty file', async () => {
    expect((await settled((await send(gzipSync('编号,名称\nC1,甲\n'), 'a.csv.gz')).json().id)).rows.loaded).toBe(1);
    const empty = await send(Buffer.alloc(0));
    expect(empty.json().code).toBe('UPLOAD_EMPTY');
  });

  it('keeps nothing of an upload that was cut', async () => {
    const cut = Readable.from(
      (async function* () {
        yield Buffer.from('编号,名称\nD1,');
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(storeFile({ services: house.services, stream: cut })).rejects.toMatchObject({
      spec: { code: 'UPLOAD_INCOMPLETE' },
    });
    await expect(
      storeFile({ services: house.services, stream: Readable.from([Buffer.from('abc')]), declaredLength: 5 }),
    ).rejects.toMatchObject({ spec: { code: 'UPLOAD_INCOMPLETE' } });
  });

  it('is told of a source that failed before its first byte was read', async () => {
    const lost = Readable.from([]);
    const kept = storeFile({ services: house.services, stream: lost });
    lost.destroy(new Error('the table has lost a column'));
    await expect(kept).rejects.toThrow('the table has lost a column');
  });

  it('takes two uploads at once', async () => {
    const replies = await Promise.all([send('编号,名称\nE1,甲\n'), send('编号,名称\nE2,乙\n')]);
    const batches = [];
    for (const reply of replies) batches.push(await settled(reply.json().id));
    expect(batches.map((b) => [b.state, b.rows.loaded])).toEqual([
      ['loaded', 1],
      ['loaded', 1],
    ]);
  });

  it('corrects a quarantined row, which then is loaded', async () => {
    const batch = await settled((await send('编号,名称\n,无号\nF1,甲\n')).json().id);
    const bad = await call(house, {
      method: 'POST',
      url: `/api/exchange/imports/${batch.id}/faults/1/correct`,
      body: { values: { 名称: '仍无号' } },
      cookie: officer,
    });
    expect(bad.json()).toMatchObject({ code: 'INVALID_INPUT', fields: [{ pointer: '/values/编号' }] });
    const good = await call(house, {
      method: 'POST',
      url: `/api/exchange/imports/${batch.id}/faults/1/correct`,
      body: { values: { 编号: 'F2' } },
      cookie: officer,
    });
    expect(good.statusCode).toBe(200);
    expect((await settled(batch.id)).rows).toMatchObject({ faulty: 0, ok: 2, loaded: 2 });
    const twice = await call(house, {
      method: 'POST',
      url: `/api/exchange/imports/${batch.id}/faults/1/correct`,
      body: { values: { 编号: 'F3' } },
      cookie: officer,
    });
    expect(twice.json().code).toBe('ROW_NOT_OPEN');
  });

  it('is hidden from other units, and a claim cannot be changed by anyone', async () => {
    const batch = (await send('编号,名称\nG1,甲\n')).json();
    const tax = await signIn(house, 'street-clerk');
    expect((await call(house, { url: `/api/exchange/imports/${batch.id}`, cookie: tax })).statusCode).toBe(403);
    await settled(batch.id);
    await expect(
      house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
        db.run(sql`update exchange.claim set digest = 'x'`),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it('gives its report as a table in which no cell is a formula', async () => {
    const batch = await settled((await send('编号,名称\nI1,甲\nI1,乙\n')).json().id);
    const table = await call(house, { url: `/export/imports/${batch.id}/faults.csv`, cookie: officer });
    expect(table.headers['content-type']).toContain('text/csv');
    expect(table.body.split('\r\n')).toEqual([
      '\ufeff行,列,规则,原因,值',
      '"2","编号","duplicate-row","与第 1 行重复",""',
      '',
    ]);
    expect((await call(house, { url: `/export/imports/${batch.id}/faults.csv` })).statusCode).toBe(401);
  });

  it('rests encrypted on disk and sealed in quarantine', async () => {
    const secret = '310199198502130021';
    const batch = await settled((await send(`编号,名称\n,${secret}\n`)).json().id);
    const row = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.one<{ text: string }>(sql`select q::text as text from exchange.quarantine q where batch = ${batch.id}::uuid`),
    );
    expect(row.text).not.toContain(secret);
  });
});

describe('a mapping', () => {
  it('is tried on the first rows without effect and saved as a new version', async () => {
    const batch = await settled((await send('编号,名称\nH1,甲\n')).json().id);
    const before = (await call(house, { url: '/api/exchange/datasets/test-notes/mapping', cookie: officer })).json();
    const mapping = { ...before.mapping, key: ['名称'], fields: { key: { column: '名称' } } };
    const tried = await call(house, {
      method: 'POST',
      url: '/api/exchange/datasets/test-notes/dry-run',
      body: { upload: batch.id, mapping },
      cookie: officer,
    });
    expect(tried.json().rows).toHaveLength(1);
    const unknown = await call(house, {
      method: 'POST',
      url: '/api/exchange/datasets/test-notes/mappings',
      body: { ...mapping, fields: { nothing: { column: '名称' } } },
      cookie: officer,
    });
    expect(unknown.json().code).toBe('INVALID_INPUT');
    const saved = await call(house, {
      method: 'POST',
      url: '/api/exchange/datasets/test-notes/mappings',
      body: mapping,
      cookie: officer,
    });
    expect(saved.json()).toEqual({ version: 2 });
    expect(
      (
        await call(house, {
          method: 'POST',
          url: '/api/exchange/datasets/test-notes/mappings',
          body: mapping,
          cookie: officer,
        })
      ).json().code,
    ).toBe('MAPPING_OUTDATED');
    const rerun = await call(house, {
      method: 'POST',
      url: `/api/exchange/imports/${batch.id}/rerun`,
      cookie: officer,
    });
    expect((await settled(rerun.json().id)).mappingVersion).toBe(2);
  });
});
