import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { exchange } from './app.ts';
import type { Mapping } from './mapping.ts';
import { registerDataset } from './register-dataset.ts';
import { csvOf, officer as system, registerUploads, stateOf, upload } from './testing.ts';

let house: TestHouse;
let cookie: string;
let address: URL;

const pathOf = (dataset: string) => `/api/exchange/imports?dataset=${dataset}&fileName=a.csv`;
const batches = () =>
  house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
    db.one<{ n: number }>(sql`select count(*)::int as n from exchange.batch`),
  );
const storedFiles = async () => {
  const found = await readdir(join(house.services.config.dataDir, 'files'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return found.filter((each) => each.isFile()).length;
};
const send = (content: string, key: string = crypto.randomUUID(), dataset = 'test-upload') =>
  fetch(new URL(pathOf(dataset), address), {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream', 'idempotency-key': key },
    body: content,
  });

beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit, search, rulebook, calendar, catalog, geo, exchange] });
  await registerUploads(house.services);
  cookie = await signIn(house, 'data.civil');
  address = new URL(await house.server.fastify.listen({ host: '127.0.0.1', port: 0 }));
}, 120_000);
afterAll(() => house?.close());

describe('an upload that goes wrong', () => {
  it('whose connection breaks half-way leaves no batch and no file', async () => {
    const before = { batches: await batches(), files: await storedFiles() };
    const socket = connect(Number(address.port), address.hostname);
    const head = `POST ${pathOf('test-upload')} HTTP/1.1\r\nHost: ${address.host}\r\nCookie: ${cookie}\r\nContent-Type: application/octet-stream\r\nIdempotency-Key: ${crypto.randomUUID()}\r\nContent-Length: 2000000\r\n\r\n`;
    socket.write(`${head}编号,姓名\n`);
    socket.write('1,甲\n'.repeat(100_000));
    // Once something of it is on disk, the line breaks.
    while ((await storedFiles()) === before.files) await sleep(10);
    socket.destroy();
    for (let tries = 0; tries < 300 && (await storedFiles()) > before.files; tries++) await sleep(20);
    expect({ batches: await batches(), files: await storedFiles() }).toEqual(before);
  });

  it('sent twice at once with one key is one batch; with two keys the second is a duplicate', async () => {
    const key = crypto.randomUUID();
    const twins = await Promise.all([send('编号,姓名\nT1,甲\n', key), send('编号,姓名\nT1,甲\n', key)]);
    const [one, other] = (await Promise.all(twins.map((reply) => reply.json()))) as { id: string }[];
    expect(other).toEqual(one);
    const replies = await Promise.all([send('编号,姓名\nT2,甲\n'), send('编号,姓名\nT2,甲\n')]);
    const states = (await Promise.all(replies.map((reply) => reply.json() as Promise<{ state: string }>))).map(
      (each) => each.state,
    );
    expect(states.sort()).toEqual(['duplicate', 'received']);
    await house.runtime.worker.drain();
  });

  it('two large files at once are both loaded whole', async () => {
    const rows = 1_500;
    const both = await Promise.all([
      upload(house.services, csvOf(rows, 'p')),
      upload(house.services, csvOf(rows, 'q')),
    ]);
    await house.runtime.worker.drain();
    for (const { id } of both)
      expect(await stateOf(house.services, id)).toMatchObject({ state: 'loaded', rows_read: rows, rows_loaded: rows });
    const golden = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from exchange.reference where key ~ '^[pq][0-9]'`),
    );
    expect(golden.n).toBe(2 * rows);
  });
});

describe('a formula', () => {
  it('is harmless in the report that a spreadsheet opens', async () => {
    const heading = '=cmd|calc';
    const mapping: Mapping = {
      dataset: 'test-formula',
      version: 1,
      target: 'exchange.reference',
      unit: 'civil-affairs',
      title: { zh: '公式', en: 'Formula' },
      format: 'csv',
      key: [heading],
      fields: { key: { column: heading }, data: { column: '*' } },
      badge: 'sample',
    };
    await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      registerDataset(db, house.services, mapping),
    );
    const { id } = (await (await send(`${heading},姓名\n=1+1,甲\n=1+1,乙\n`, undefined, 'test-formula')).json()) as {
      id: string;
    };
    await house.runtime.worker.drain();
    const exported = await call(house, { url: `/export/imports/${id}/faults.csv`, cookie });
    expect(exported.statusCode).toBe(200);
    expect(exported.body).toContain(`"'${heading}"`);
    expect(exported.body).not.toContain(`"${heading}`);
  });
});
