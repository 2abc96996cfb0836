import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '#platform/identity/testing.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import type { BatchRow } from '../import-batch.ts';
import { loadJob } from '../load.ts';
import { referenceTarget } from '../reference-target.ts';
import { openFeedGate } from './gate.ts';
import { isOlder } from './push-batch.ts';
import { feedJob, waitOf } from './run-feed.ts';
import { watchFeeds } from './watch-feeds.ts';
import {
  feedModules,
  feedOf,
  golden,
  makeFeed,
  push,
  rowsOf,
  settled,
  system,
  type TestRow,
  until,
} from './testing.ts';

let house: TestHouse;
let cookie: string;
let source: Server;
let address: string;
/** What the source answers, by path. */
const files = new Map<string, { body: string; etag?: string; status?: number }>();
const asked: { path: string; none: string | undefined; authorization: string | undefined }[] = [];

beforeAll(async () => {
  source = createServer((request, reply) => {
    const path = request.url ?? '';
    asked.push({ path, none: request.headers['if-none-match'], authorization: request.headers.authorization });
    const file = files.get(path);
    if (file?.status === -1) return;
    if (!file || file.status) return reply.writeHead(file?.status ?? 404).end();
    if (file.etag && request.headers['if-none-match'] === file.etag) return reply.writeHead(304).end();
    return reply.writeHead(200, file.etag ? { etag: file.etag } : {}).end(file.body);
  });
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  house = await openHouse({ manifests: feedModules, env: { FEED_NETWORKS: '127.0.0.0/8' } });
  cookie = await signIn(house, 'data.civil');
}, 120_000);
afterAll(async () => {
  await house?.close();
  source?.close();
  source?.closeAllConnections();
});

const lastAsked = (path: string) => asked.filter((each) => each.path === path).at(-1);
const decide = (id: string, path: string, body: object) =>
  call(house, { method: 'POST', url: `/api/exchange/feeds/${id}/${path}`, cookie, body });
const csv = (rows: TestRow[]): string =>
  `编号,名称,数量\n${rows.map((row) => `${row.编号},${row.名称},${row.数量}`).join('\n')}\n`;
/** Reads the source now and waits for what comes of it. */
async function read(id: string) {
  await call(house, { method: 'POST', url: `/api/exchange/feeds/${id}/read`, cookie });
  return settled(house, cookie, id);
}

describe('a batch that is pushed', () => {
  it('is checked, loaded and counted; the same again is a duplicate without effect', async () => {
    await makeFeed(house, cookie, 'push-plain');
    const first = await push(house, cookie, {
      feed: 'push-plain',
      seq: 1,
      rows: rowsOf(0, 30),
      watermark: '2026-01-01',
    });
    expect([first.statusCode, first.json()]).toEqual([202, { seq: 1, state: 'applying', appliedSeq: 0 }]);
    const seen = await settled(house, cookie, 'push-plain');
    expect(seen.feed).toMatchObject({ appliedSeq: 1, health: 'good', freshness: 'green' });
    expect(seen.batches[0]).toMatchObject({ seq: 1, state: 'applied', rows: 30, added: 30, changed: 0 });
    expect(await golden(house, 'push-plain')).toHaveLength(30);
    const again = await push(house, cookie, {
      feed: 'push-plain',
      seq: 1,
      rows: rowsOf(0, 30),
      watermark: '2026-01-01',
    });
    expect(again.json()).toMatchObject({ state: 'duplicate' });
    const other = await push(house, cookie, { feed: 'push-plain', seq: 1, rows: rowsOf(0, 31) });
    expect([other.statusCode, other.json().code]).toEqual([409, 'BATCH_CONFLICT']);
    const then = await settled(house, cookie, 'push-plain');
    expect(then.batches).toHaveLength(1);
    expect(then.incidents[0]).toMatchObject({ kind: 'duplicate', seq: 1 });
  });

  it('number 7 before 6 waits, alarms after a cycle, and both are applied in order', async () => {
    await makeFeed(house, cookie, 'push-order', { cycleSeconds: 1 });
    await push(house, cookie, { feed: 'push-order', seq: 2, rows: [{ 编号: 'A', 名称: '新' }] });
    // A cycle has gone by.
    await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.run(
        sql`update exchange.feed_batch set received_at = received_at - interval '1 second' where feed = 'push-order'`,
      ),
    );
    await watchFeeds.run({ services: house.services });
    const waits = await settled(house, cookie, 'push-order');
    expect(waits.feed).toMatchObject({ appliedSeq: 0, waiting: 1, health: 'gap' });
    expect(waits.incidents.map(({ kind }) => kind)).toContain('gap');
    expect(await golden(house, 'push-order')).toEqual([]);
    await push(house, cookie, { feed: 'push-order', seq: 1, rows: [{ 编号: 'A', 名称: '旧' }] });
    const done = await settled(house, cookie, 'push-order');
    expect(done.feed.appliedSeq).toBe(2);
    expect((await golden(house, 'push-order')).map(({ data }) => data.名称)).toEqual(['新']);
  });

  it('with a wrong count or a wrong SM3 is refused whole, and named', async () => {
    await makeFeed(house, cookie, 'push-wrong');
    const rows = rowsOf(0, 5);
    for (const lie of [{ count: 6 }, { digest: '0'.repeat(64) }]) {
      const reply = await push(house, cookie, { feed: 'push-wrong', seq: 1, rows, ...lie });
      expect([reply.statusCode, reply.json().code]).toEqual([422, 'BATCH_MISMATCH']);
    }
    const seen = await settled(house, cookie, 'push-wrong');
    expect(seen.batches).toEqual([]);
    expect(seen.incidents.map(({ kind }) => kind)).toEqual(['mismatch', 'mismatch']);
    expect(await golden(house, 'push-wrong')).toEqual([]);
  });

  it('with an older watermark than the last is refused, both named', async () => {
    await makeFeed(house, cookie, 'push-older');
    await push(house, cookie, { feed: 'push-older', seq: 1, rows: rowsOf(0, 3), watermark: '2026-03-02' });
    await settled(house, cookie, 'push-older');
    const reply = await push(house, cookie, {
      feed: 'push-older',
      seq: 2,
      rows: rowsOf(0, 3),
      watermark: '2026-03-01',
    });
    expect(reply.json()).toMatchObject({ code: 'BATCH_OLDER' });
    expect(reply.json().detail).toContain('2026-03-02');
  });

  it.each([
    ['10', '9', false],
    ['9', '10', true],
    ['9.5', '10.25', true],
    ['-2', '1', true],
    ['2026-03-01', '2026-03-02', true],
    ['2026-03-02T07:00:00+08:00', '2026-03-01T23:30:00Z', true],
    ['2026-03-02T08:00:00+08:00', '2026-03-01T23:30:00Z', false],
  ])('with watermark %s after %s: older %s', (watermark, than, older) => {
    expect(isOlder(watermark, than)).toBe(older);
  });

  it('of no rows says that there is nothing new, and takes no number', async () => {
    await makeFeed(house, cookie, 'push-empty');
    await push(house, cookie, { feed: 'push-empty', seq: 1, rows: rowsOf(0, 3) });
    await settled(house, cookie, 'push-empty');
    const before = (await feedOf(house, cookie, 'push-empty')).feed.checkedAt;
    const lied = await push(house, cookie, { feed: 'push-empty', seq: 2, rows: rowsOf(0, 1), count: 0 });
    expect(lied.json()).toMatchObject({ code: 'BATCH_MISMATCH' });
    const nothing = await push(house, cookie, { feed: 'push-empty', seq: 2, rows: [] });
    expect([nothing.statusCode, nothing.json()]).toEqual([202, { seq: 2, state: 'nothing', appliedSeq: 1 }]);
    const seen = await settled(house, cookie, 'push-empty');
    expect([before, typeof seen.feed.checkedAt]).toEqual([undefined, 'string']);
    expect((await push(house, cookie, { feed: 'push-empty', seq: 2, rows: rowsOf(3, 4) })).json()).toMatchObject({
      state: 'applying',
    });
  });

  it('is not known to another unit', async () => {
    const other = await signIn(house, 'data.police');
    for (const url of ['/api/exchange/feeds/push-plain', '/api/exchange/feeds/nothing'])
      expect((await call(house, { url, cookie: other })).statusCode).toBe(404);
    expect((await push(house, other, { feed: 'push-plain', seq: 9, rows: rowsOf(0, 1) })).statusCode).toBe(404);
  });
});

const noted = (from: number, to: number): TestRow[] => rowsOf(from, to).map((row) => ({ ...row, 备注: '无' }));

describe('a source that changes its shape', () => {
  it('stops the feed where a column is gone, and names it; the last good data stay; a new column passes and is noted', async () => {
    await makeFeed(house, cookie, 'drift');
    await push(house, cookie, { feed: 'drift', seq: 1, rows: rowsOf(0, 25) });
    await settled(house, cookie, 'drift');
    await push(house, cookie, { feed: 'drift', seq: 2, rows: noted(25, 50) });
    const wider = await settled(house, cookie, 'drift');
    expect(wider.feed).toMatchObject({ appliedSeq: 2, state: 'active' });
    expect(wider.incidents[0]?.text.zh).toContain('备注');
    await push(house, cookie, {
      feed: 'drift',
      seq: 3,
      rows: rowsOf(50, 60).map(({ 数量: _gone, ...row }) => ({ ...row, 备注: '' })),
    });
    await push(house, cookie, { feed: 'drift', seq: 4, rows: noted(60, 61) });
    const stopped = await settled(house, cookie, 'drift');
    expect(stopped.feed).toMatchObject({ state: 'stopped', health: 'stopped', appliedSeq: 2 });
    expect(stopped.batches.find(({ seq }) => seq === 3)?.problem).toMatchObject({ code: 'COLUMNS_CHANGED' });
    expect(stopped.batches.find(({ seq }) => seq === 3)?.problem?.text.zh).toContain('数量');
    expect(await golden(house, 'drift')).toHaveLength(50);
    // The source is mended and sends the number again; what waited follows.
    expect((await decide('drift', 'resume', { acceptColumns: false, reason: '来源已改回' })).statusCode).toBe(200);
    await push(house, cookie, { feed: 'drift', seq: 3, rows: noted(50, 60) });
    expect((await settled(house, cookie, 'drift')).feed).toMatchObject({ state: 'active', appliedSeq: 4 });
    expect(await golden(house, 'drift')).toHaveLength(61);
  });

  it('stops the feed where a column of numbers holds none any more', async () => {
    await makeFeed(house, cookie, 'retyped');
    await push(house, cookie, { feed: 'retyped', seq: 1, rows: rowsOf(0, 25) });
    await settled(house, cookie, 'retyped');
    await push(house, cookie, { feed: 'retyped', seq: 2, rows: rowsOf(0, 5).map((row) => ({ ...row, 数量: '若干' })) });
    const seen = await settled(house, cookie, 'retyped');
    expect(seen.feed.state).toBe('stopped');
    expect(seen.batches[0]?.problem).toMatchObject({ code: 'COLUMNS_RETYPED' });
  });
});

describe('a snapshot', () => {
  it('that lacks or changes more than a fifth waits for a person; released it counts, refused it leaves nothing', async () => {
    await makeFeed(house, cookie, 'snapshot', { mode: 'snapshot' });
    await push(house, cookie, { feed: 'snapshot', seq: 1, rows: rowsOf(0, 100) });
    await settled(house, cookie, 'snapshot');
    await push(house, cookie, { feed: 'snapshot', seq: 2, rows: rowsOf(0, 79) });
    const held = await settled(house, cookie, 'snapshot');
    expect(held.feed).toMatchObject({ health: 'decide', held: 1, appliedSeq: 1 });
    expect(held.batches[0]).toMatchObject({
      seq: 2,
      state: 'held',
      removed: 21,
      problem: { code: 'SUSPICIOUS_CHANGE' },
    });
    expect((await decide('snapshot', 'batches/2/refuse', { reason: '来源误删' })).statusCode).toBe(200);
    await push(house, cookie, {
      feed: 'snapshot',
      seq: 2,
      rows: rowsOf(0, 100).map((row, at) => (at < 21 ? { ...row, 名称: '改' } : row)),
    });
    expect((await settled(house, cookie, 'snapshot')).batches[0]).toMatchObject({ state: 'held', changed: 21 });
    expect((await golden(house, 'snapshot')).filter(({ data }) => data.名称 === '改')).toEqual([]);
    expect((await decide('snapshot', 'batches/2/release', { reason: '已与来源核实' })).statusCode).toBe(200);
    const done = await settled(house, cookie, 'snapshot');
    expect(done.feed).toMatchObject({ appliedSeq: 2, health: 'good' });
    expect((await golden(house, 'snapshot')).filter(({ data }) => data.名称 === '改')).toHaveLength(21);
  });

  it('that was released has shown the shape of its source', async () => {
    await makeFeed(house, cookie, 'shape', { mode: 'snapshot' });
    await push(house, cookie, { feed: 'shape', seq: 1, rows: rowsOf(0, 20) });
    await settled(house, cookie, 'shape');
    await push(house, cookie, { feed: 'shape', seq: 2, rows: rowsOf(20, 40).map((row) => ({ ...row, 备注: 7 })) });
    await settled(house, cookie, 'shape');
    await decide('shape', 'batches/2/release', { reason: '已与来源核实' });
    await settled(house, cookie, 'shape');
    await push(house, cookie, { feed: 'shape', seq: 3, rows: noted(20, 40) });
    expect((await settled(house, cookie, 'shape')).batches[0]).toMatchObject({ problem: { code: 'COLUMNS_RETYPED' } });
  });

  it('holds a record also where its row has a fault', async () => {
    await makeFeed(house, cookie, 'faulty', { mode: 'snapshot' });
    const long = 'L'.repeat(400);
    await push(house, cookie, { feed: 'faulty', seq: 1, rows: rowsOf(0, 30) });
    await push(house, cookie, {
      feed: 'faulty',
      seq: 2,
      rows: [...rowsOf(0, 30), { 编号: 'K0', 名称: '重复', 数量: 1 }, { 编号: long, 名称: '太长', 数量: 1 }],
    });
    expect((await settled(house, cookie, 'faulty')).batches[0]).toMatchObject({ state: 'applied', removed: 0 });
    const seen = await house.services.database.tx({ module: 'exchange', actor: system }, async (db) => {
      const gate = await openFeedGate({
        db,
        services: house.services,
        target: referenceTarget,
        batch: await db.one<BatchRow>(sql`select * from exchange.batch where feed = 'faulty' and feed_seq = 2`),
      });
      await gate?.land(db, { keys: ['a'], refused: ['a', 'b'], fresh: 0, changed: 0 });
      return db.rows<{ source_key: string; faulty: boolean }>(
        sql`select source_key, faulty from exchange.feed_seen where source_key in ('a', 'b') order by source_key`,
      );
    });
    expect(seen).toEqual([
      { source_key: 'a', faulty: false },
      { source_key: 'b', faulty: true },
    ]);
  });

  it('that lacks a few is taken, and a record that comes back is known again', async () => {
    await makeFeed(house, cookie, 'comings', { mode: 'snapshot' });
    await push(house, cookie, { feed: 'comings', seq: 1, rows: rowsOf(0, 50) });
    await push(house, cookie, { feed: 'comings', seq: 2, rows: rowsOf(0, 45) });
    await push(house, cookie, { feed: 'comings', seq: 3, rows: rowsOf(0, 50) });
    const seen = await settled(house, cookie, 'comings');
    expect(seen.batches.map(({ removed, added, changed }) => [removed, added, changed])).toEqual([
      [0, 5, 0],
      [5, 0, 0],
      [0, 50, 0],
    ]);
    expect(await golden(house, 'comings')).toHaveLength(50);
  });
});

describe('personal data in a resource that everybody may read', () => {
  it('sets the whole batch aside, and nobody can release it', async () => {
    await makeFeed(house, cookie, 'personal');
    await push(house, cookie, {
      feed: 'personal',
      seq: 1,
      rows: [...rowsOf(0, 5), { 编号: 'P', 名称: '经办 11010519491231002X', 数量: 1 }],
    });
    const seen = await settled(house, cookie, 'personal');
    expect(seen.batches[0]).toMatchObject({ state: 'quarantined', problem: { code: 'PERSONAL_DATA' } });
    expect(seen.batches[0]?.problem?.text.zh).not.toContain('11010519491231002X');
    expect(await golden(house, 'personal')).toEqual([]);
    expect((await decide('personal', 'batches/1/release', { reason: '没关系' })).json().code).toBe('BATCH_NOT_HELD');
    const { id } = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.one<{ id: string }>(sql`select id from exchange.batch where feed = 'personal'`),
    );
    // Neither as an upload: that would pass by the gate of the feed.
    const again = () => call(house, { method: 'POST', url: `/api/exchange/imports/${id}/rerun`, cookie });
    expect((await again()).json()).toMatchObject({ code: 'BATCH_OF_FEED' });
    await decide('personal', 'batches/1/refuse', { reason: '退回来源' });
    expect((await again()).json()).toMatchObject({ code: 'BATCH_OF_FEED' });
    const left = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from exchange.claim where dataset = 'personal'`),
    );
    expect(left.n).toBe(0);
    await push(house, cookie, {
      feed: 'personal',
      seq: 1,
      rows: [{ 编号: 'M', 名称: '联系电话 13812345678', 数量: 1 }],
    });
    expect((await settled(house, cookie, 'personal')).batches[0]).toMatchObject({ state: 'quarantined' });
  });
});

describe('a batch that cannot be loaded', () => {
  it('stops the feed, is not refused any more, and is loaded to its end when the feed goes on', async () => {
    await makeFeed(house, cookie, 'unloadable');
    const exchange = { module: 'exchange', actor: system };
    await push(house, cookie, { feed: 'unloadable', seq: 1, rows: rowsOf(0, 3) });
    await settled(house, cookie, 'unloadable');
    // As the queue leaves it after the last attempt.
    const batch = await house.services.database.tx(exchange, (db) =>
      db.one<{ id: string }>(
        sql`update exchange.batch set state = 'publishing', load_upto = 0 where feed = 'unloadable' returning id`,
      ),
    );
    await house.services.database.tx(exchange, async (db) => {
      await db.run(sql`update exchange.feed_batch set state = 'applying' where feed = 'unloadable'`);
      await db.run(sql`update exchange.feed set applied_seq = 0 where id = 'unloadable'`);
      await loadJob(referenceTarget).failed?.({ payload: { batch: batch.id }, error: 'x', db });
    });
    const stopped = await settled(house, cookie, 'unloadable');
    expect(stopped.feed).toMatchObject({ state: 'stopped', appliedSeq: 0 });
    expect(stopped.batches[0]).toMatchObject({ state: 'stopped', problem: { code: 'LOAD_FAILED' } });
    expect((await decide('unloadable', 'batches/1/refuse', { reason: '不要' })).statusCode).toBe(409);
    expect((await decide('unloadable', 'resume', { acceptColumns: false, reason: '已修复' })).statusCode).toBe(200);
    expect((await settled(house, cookie, 'unloadable')).feed).toMatchObject({ state: 'active', appliedSeq: 1 });
  });
});

const TABLE = { host: 'h', database: 'd', user: 'u', table: 't', columns: ['a'], watermark: 'a', key: ['a'] };

describe('the mode of a feed', () => {
  it.each([
    ['postgres', TABLE],
    ['mariadb', TABLE],
    ['mqtt', { url: 'mqtts://h', topic: 't' }],
  ])('is no snapshot where %s is read after a watermark', async (connector, settings) => {
    const reply = await call(house, {
      method: 'POST',
      url: '/api/exchange/feeds',
      cookie,
      body: {
        id: `mode-${connector}`,
        dataset: 'push-plain',
        connector,
        settings,
        mode: 'snapshot',
        cycleSeconds: 60,
      },
    });
    expect(reply.json().fields[0].pointer).toBe('/mode');
  });
});

const change = (id: string, body: object, as = cookie) =>
  call(house, {
    method: 'PUT',
    url: `/api/exchange/feeds/${id}`,
    cookie: as,
    body: {
      connector: 'http',
      settings: { url: `${address}/changed.csv` },
      mode: 'increment',
      cycleSeconds: 3600,
      reason: '来源搬家',
      ...body,
    },
  });

describe('a feed that is changed', () => {
  it('is read from where it now is, says so, and keeps its batches', async () => {
    files.set('/changed.csv', { body: csv(rowsOf(0, 3)), etag: '"1"' });
    files.set('/moved.csv', { body: csv(rowsOf(3, 5)), etag: '"2"' });
    await makeFeed(house, cookie, 'changed', { connector: 'http', settings: { url: `${address}/changed.csv` } });
    await read('changed');
    expect((await change('changed', { settings: { url: `${address}/moved.csv` }, cycleSeconds: 60 })).statusCode).toBe(
      200,
    );
    const seen = await read('changed');
    expect(seen.feed).toMatchObject({ appliedSeq: 2, cycleSeconds: 60 });
    expect(seen.incidents.find(({ kind }) => kind === 'changed')?.text.zh).toBe('已修改（来源设置、周期）：来源搬家');
    expect(await golden(house, 'changed')).toHaveLength(5);
    expect((await change('changed', { connector: 'mqtt', mode: 'snapshot' })).statusCode).toBe(400);
    expect((await change('changed', {}, await signIn(house, 'data.police'))).statusCode).toBe(404);
  });

  it('does not take its credential along to another place', async () => {
    const settings = { url: `${address}/changed.csv` };
    await makeFeed(house, cookie, 'taken-along', { connector: 'http', settings, credential: 'token-2' });
    const moved = await change('taken-along', { settings: { url: 'https://elsewhere.example/' } });
    expect(moved.json().fields[0].pointer).toBe('/credential');
    expect((await change('taken-along', { cycleSeconds: 7200 })).statusCode).toBe(200);
    await read('taken-along');
    expect(lastAsked('/changed.csv')?.authorization).toBe('Bearer token-2');
    expect((await change('taken-along', { credential: null })).statusCode).toBe(200);
    await read('taken-along');
    expect(lastAsked('/changed.csv')?.authorization).toBeUndefined();
  });

  it('as a push takes batches, and what is read no more has no place in a source', async () => {
    await makeFeed(house, cookie, 'to-push', {
      connector: 'http',
      settings: { url: `${address}/changed.csv` },
      cycleSeconds: 86_400,
    });
    await read('to-push');
    expect((await feedOf(house, cookie, 'to-push')).watermark).toContain('etag');
    await change('to-push', { connector: 'push', settings: {} });
    expect((await feedOf(house, cookie, 'to-push')).watermark).toBeUndefined();
    await push(house, cookie, { feed: 'to-push', seq: 2, rows: rowsOf(3, 4) });
    expect((await settled(house, cookie, 'to-push')).feed.appliedSeq).toBe(2);
  });
});

describe('a source that does not come to an end', () => {
  it('is left after the time limit, and tried again later', async () => {
    files.set('/endless.csv', { body: '', status: -1 });
    await makeFeed(house, cookie, 'endless');
    // Not due for anybody but this test.
    await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.run(sql`update exchange.feed set connector = 'http', settings = jsonb_build_object('url', ${`${address}/endless.csv`}::text),
        next_at = kernel.now() + interval '1 day' where id = 'endless'`),
    );
    await feedJob(200).run({
      id: crypto.randomUUID(),
      attempt: 1,
      payload: { feed: 'endless' },
      services: house.services,
      actor: system,
      tx: (work) => house.services.database.tx({ module: 'exchange', actor: system }, work),
      signal: new AbortController().signal,
      heartbeat: async () => undefined,
    });
    expect((await feedOf(house, cookie, 'endless')).feed).toMatchObject({
      failures: 1,
      lastError: { code: 'SOURCE_SLOW' },
    });
    await change('endless', { connector: 'push', settings: {} });
  });
});

describe('the credential of a source', () => {
  it.each(['postgres', 'mariadb'])('does not leave in clear for a %s outside', async (connector) => {
    await makeFeed(house, cookie, `clear-${connector}`, {
      connector,
      settings: { ...TABLE, host: '8.8.8.8', tls: false },
      credential: 'word',
    });
    expect((await read(`clear-${connector}`)).feed.lastError).toMatchObject({ code: 'CREDENTIAL_IN_CLEAR' });
  });

  it('never leaves again: not in a reply, not in clear in the database', async () => {
    const secret = 'very-secret-token';
    await makeFeed(house, cookie, 'secret', {
      connector: 'http',
      settings: { url: `${address}/none.csv` },
      credential: secret,
    });
    for (const url of ['/api/exchange/feeds', '/api/exchange/feeds/secret'])
      expect((await call(house, { url, cookie })).body).not.toContain(secret);
    const kept = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.one<{ credential: string; row: string }>(
        sql`select credential, f::text as row from exchange.feed f where id = 'secret'`,
      ),
    );
    expect(kept.credential).toMatch(/^s1\./);
    expect(kept.row).not.toContain(secret);
  });
});

describe('a file at an address', () => {
  it('is fetched when it has changed; yesterday’s content again waits for a person and is named', async () => {
    const path = '/list.csv';
    await makeFeed(house, cookie, 'http-file', {
      connector: 'http',
      settings: { url: `${address}${path}` },
      credential: 'token-1',
      mode: 'snapshot',
    });
    files.set(path, { body: csv(rowsOf(0, 20)), etag: '"1"' });
    await read('http-file');
    expect((await feedOf(house, cookie, 'http-file')).feed.appliedSeq).toBe(1);
    expect(lastAsked(path)).toMatchObject({ authorization: 'Bearer token-1' });
    const same = await read('http-file');
    expect(lastAsked(path)?.none).toBe('"1"');
    expect(same.batches).toHaveLength(1);
    files.set(path, { body: csv(rowsOf(0, 20)), etag: '"2"' });
    expect((await read('http-file')).incidents[0]).toMatchObject({ kind: 'duplicate', seq: 1 });
    files.set(path, { body: csv(rowsOf(0, 22)), etag: '"3"' });
    expect((await read('http-file')).feed.appliedSeq).toBe(2);
    files.set(path, { body: csv(rowsOf(0, 20)), etag: '"4"' });
    const old = await read('http-file');
    expect(old.batches[0]).toMatchObject({ seq: 3, state: 'held', problem: { code: 'OLDER_CONTENT' } });
    expect(old.batches[0]?.problem?.text.zh).toContain('第 1 批');
    expect(old.feed.appliedSeq).toBe(2);
  });

  it('that is away is tried again later and later, its age is seen, and what came before stays', async () => {
    const path = '/away.csv';
    await makeFeed(house, cookie, 'http-away', {
      connector: 'http',
      settings: { url: `${address}${path}` },
      cycleSeconds: 60,
    });
    files.set(path, { body: csv(rowsOf(0, 3)), etag: '"1"' });
    await read('http-away');
    files.set(path, { body: '', status: 503 });
    const down = await read('http-away');
    expect(down.feed).toMatchObject({ failures: 1, health: 'down', lastError: { code: 'SOURCE_STATUS' } });
    const twice = await read('http-away');
    expect(twice.feed.failures).toBe(2);
    expect([0, 1, 2, 9, 99].map((failures) => waitOf({ failures, cycle: 3_600 }))).toEqual([5, 10, 20, 900, 900]);
    expect(waitOf({ failures: 9, cycle: 60 })).toBe(60);
    files.set(path, { body: csv(rowsOf(0, 4)), etag: '"2"' });
    expect((await read('http-away')).incidents.map(({ kind }) => kind)).toContain('source-back');
    expect(await golden(house, 'http-away')).toHaveLength(4);
  });

  it('inside the building is not called unless the operator named the network', async () => {
    await makeFeed(house, cookie, 'http-inside', { connector: 'http', settings: { url: 'http://10.1.2.3/list.csv' } });
    expect((await read('http-inside')).feed).toMatchObject({ failures: 1, lastError: { code: 'OUTBOUND_REFUSED' } });
    const reply = await call(house, {
      method: 'POST',
      url: '/api/exchange/feeds',
      cookie,
      body: {
        id: 'bad',
        dataset: 'push-plain',
        connector: 'http',
        settings: { url: 'file:///etc/passwd' },
        mode: 'increment',
        cycleSeconds: 60,
      },
    });
    expect(reply.json().fields[0].pointer).toBe('/settings/url');
  });

  it('is due by its cycle, without anybody asking', async () => {
    const path = '/due.csv';
    files.set(path, { body: csv(rowsOf(0, 2)) });
    await makeFeed(house, cookie, 'http-due', {
      connector: 'http',
      settings: { url: `${address}${path}` },
      cycleSeconds: 1,
    });
    await until(
      () => feedOf(house, cookie, 'http-due'),
      ({ feed }) => feed.appliedSeq === 1,
    );
    files.set(path, { body: csv(rowsOf(0, 3)) });
    await until(
      () => feedOf(house, cookie, 'http-due'),
      ({ feed }) => feed.appliedSeq === 2,
    );
    await decide('http-due', 'pause', { reason: '测试结束' });
  });
});

describe('two sources that disagree', () => {
  it('are both kept as claims, and the one of the later batch does not hide what the other said', async () => {
    await makeFeed(house, cookie, 'source-a');
    await makeFeed(house, cookie, 'source-b');
    await push(house, cookie, { feed: 'source-a', seq: 1, rows: [{ 编号: 'D1', 名称: '甲说' }] });
    await push(house, cookie, { feed: 'source-b', seq: 1, rows: [{ 编号: 'D1', 名称: '乙说' }] });
    await settled(house, cookie, 'source-b');
    const said = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.rows<{ dataset: string; data: string }>(
        sql`select dataset, payload ->> 'data' as data from exchange.claim where dataset in ('source-a', 'source-b') order by dataset`,
      ),
    );
    expect(said.map(({ dataset, data }) => [dataset, JSON.parse(data).名称])).toEqual([
      ['source-a', '甲说'],
      ['source-b', '乙说'],
    ]);
    expect((await golden(house, 'source-a')).map(({ data }) => data.名称)).toEqual(['甲说']);
  });
});
