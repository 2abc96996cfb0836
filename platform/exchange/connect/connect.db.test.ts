import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import mysql from 'mysql2/promise';
import pg from 'pg';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '#platform/identity/testing.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { feedModules, golden, makeFeed, settled, system, until } from '../feed/testing.ts';
import { assertSealedWay } from './connector.ts';
import { fingerprint } from './sftp.ts';

const MARIADB = '/usr/sbin/mariadbd';
const MOSQUITTO = '/usr/sbin/mosquitto';
const SOURCE = process.env.TEST_DATABASE_URL;

let house: TestHouse;
let cookie: string;
let folder: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smart-district-sources-'));
  house = await openHouse({ manifests: feedModules, env: { FEED_NETWORKS: '127.0.0.0/8' } });
  cookie = await signIn(house, 'data.civil');
}, 120_000);
afterAll(async () => {
  await house?.close();
  for (const child of processes) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function read(id: string) {
  await call(house, { method: 'POST', url: `/api/exchange/feeds/${id}/read`, cookie });
  return settled(house, cookie, id);
}
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
const names = async (id: string) => (await golden(house, id)).map(({ data }) => data.名称);

/** What both databases are asked: rows of one moment, a row that is changed, nothing new, a table that loses a column. */
async function followsTable(options: {
  id: string;
  connector: 'postgres' | 'mariadb';
  settings: object;
  password: string;
  run(statement: string): Promise<unknown>;
}) {
  const { id, connector, settings, password, run } = options;
  await makeFeed(house, cookie, id, {
    connector,
    settings: { ...settings, tls: false, columns: ['编号', '名称', 'big'], watermark: 'changed', key: ['编号'] },
    credential: password,
  });
  const first = await read(id);
  expect(first.batches[0]).toMatchObject({ seq: 1, state: 'applied', rows: 12 });
  expect(await names(id)).toHaveLength(12);
  expect((await golden(house, id))[0]?.data.big).toBe('9007199254740993');
  // Nothing after the watermark: no batch.
  expect((await read(id)).batches).toHaveLength(1);
  await run("update source_rows set 名称 = '改名', changed = '2026-02-01 08:00:00.000001' where 编号 = 'a03'");
  await run("insert into source_rows values ('a99', '新来', 1, '2026-02-01 08:00:00.000001', '私')");
  const second = await read(id);
  expect(second.batches[0]).toMatchObject({ seq: 2, state: 'applied', rows: 2, added: 1, changed: 1 });
  expect(await names(id)).toContain('改名');
  // What was not declared never leaves the source.
  expect(JSON.stringify(await golden(house, id))).not.toContain('私');
  await run('alter table source_rows drop column big');
  const stopped = await read(id);
  expect(stopped.feed).toMatchObject({ state: 'stopped', appliedSeq: 2 });
  expect(stopped.incidents[0]?.text.zh).toContain('big');
  expect(await names(id)).toHaveLength(13);
}
const CREATE =
  'create table source_rows (编号 varchar(20) primary key, 名称 varchar(50), big bigint, changed TYPE not null, secret varchar(10))';
const ROWS = Array.from(
  { length: 12 },
  (_, i) =>
    `('a${String(i).padStart(2, '0')}', '甲${i}', 9007199254740993, '2026-01-0${1 + (i % 3)} 00:00:00.123456', '私')`,
).join(',');

describe('a table of a database', () => {
  it.skipIf(!SOURCE)(
    'over the PostgreSQL wire is followed by its watermark, read-only, declared columns only',
    async () => {
      const name = `sd_feed_source_${process.pid}`;
      const admin = new pg.Client({ connectionString: SOURCE });
      await admin.connect();
      await admin.query(`create database ${name}`);
      const url = new URL(SOURCE ?? '');
      url.pathname = `/${name}`;
      const client = new pg.Client({ connectionString: url.toString() });
      try {
        await client.connect();
        await client.query(CREATE.replace('TYPE', 'timestamp(6)'));
        await client.query(`insert into source_rows values ${ROWS}`);
        await followsTable({
          id: 'from-postgres',
          connector: 'postgres',
          settings: {
            host: '127.0.0.1',
            port: Number(url.port),
            database: name,
            user: url.username,
            table: 'public.source_rows',
          },
          password: url.password,
          run: (statement) => client.query(statement),
        });
      } finally {
        await client.end();
        await admin.query(`drop database ${name} with (force)`);
        await admin.end();
      }
    },
  );

  it.skipIf(!existsSync(MARIADB))(
    'over the MariaDB wire is followed by its watermark, read-only, declared columns only',
    async () => {
      const data = join(folder, 'mariadb');
      const port = await freePort();
      execFileSync(
        'mariadb-install-db',
        [
          '--no-defaults',
          `--datadir=${data}`,
          '--auth-root-authentication-method=normal',
          '--user=root',
          '--skip-test-db',
        ],
        { stdio: 'ignore' },
      );
      processes.push(
        spawn(
          MARIADB,
          [
            '--no-defaults',
            '--user=root',
            `--datadir=${data}`,
            `--port=${port}`,
            '--bind-address=127.0.0.1',
            `--socket=${join(folder, 'm.sock')}`,
            '--character-set-server=utf8mb4',
            '--innodb-buffer-pool-size=32M',
          ],
          { stdio: 'ignore' },
        ),
      );
      const root = await until(
        () => mysql.createConnection({ socketPath: join(folder, 'm.sock'), user: 'root' }).catch(() => undefined),
        (connection) => connection !== undefined,
      );
      if (!root) throw new Error('no MariaDB');
      await root.query('create database source');
      await root.query("create user reader@'127.0.0.1' identified by 'right'");
      await root.query("grant select on source.* to reader@'127.0.0.1'");
      await root.query('use source');
      await root.query(CREATE.replace('TYPE', 'datetime(6)'));
      await root.query(`insert into source_rows values ${ROWS}`);
      const settings = { host: '127.0.0.1', port, database: 'source', user: 'reader', table: 'source_rows' };
      await makeFeed(house, cookie, 'mariadb-wrong', {
        connector: 'mariadb',
        settings: { ...settings, tls: false, columns: ['编号'], watermark: 'changed', key: ['编号'] },
        credential: 'wrong',
      });
      expect((await read('mariadb-wrong')).feed.lastError).toMatchObject({ code: 'SOURCE_DOWN' });
      await followsTable({
        id: 'from-mariadb',
        connector: 'mariadb',
        settings,
        password: 'right',
        run: (statement) => root.query(statement),
      });
      await root.end();
    },
  );

  it.each(['t; drop table x', 'a.b.c', 't" where 1=1 --', ''])('is one declared name, not %j', async (table) => {
    const reply = await call(house, {
      method: 'POST',
      url: '/api/exchange/feeds',
      cookie,
      body: {
        id: 'free-sql',
        dataset: 'free-sql',
        connector: 'postgres',
        settings: { host: '127.0.0.1', database: 'x', user: 'x', table, columns: ['a'], watermark: 'a', key: ['a'] },
        mode: 'increment',
        cycleSeconds: 60,
      },
    });
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    const { readTable } = await import('./table.ts');
    expect(() => readTable({ table, columns: ['a'], watermark: 'a', key: ['a'] })).toThrow();
  });
});

describe('a credential', () => {
  it('does not leave in clear, but to a network that the operator named', async () => {
    const ask = (credential: string | undefined, secure: boolean, host: string) =>
      assertSealedWay({ credential, secure, host, services: house.services });
    await expect(ask('token', false, '93.184.215.14')).rejects.toMatchObject({ code: 'CREDENTIAL_IN_CLEAR' });
    await ask('token', true, '93.184.215.14');
    await ask(undefined, false, '93.184.215.14');
    await ask('token', false, '127.0.0.1');
  });
});

describe('a file on an SFTP server', () => {
  it('is read when it changed, with the pinned key only', async () => {
    const server = await sftpServer();
    const settings = {
      host: '127.0.0.1',
      port: server.port,
      user: 'district',
      path: '/out/list.csv',
      hostKey: server.hostKey,
    };
    try {
      server.file.body = '编号,名称\nS1,甲\nS2,乙\n';
      await makeFeed(house, cookie, 'from-sftp', { connector: 'sftp', settings, credential: 'right' });
      expect((await read('from-sftp')).feed.appliedSeq).toBe(1);
      expect(await names('from-sftp')).toEqual(['甲', '乙']);
      expect((await read('from-sftp')).batches).toHaveLength(1);
      server.file.body = '编号,名称\nS1,甲\nS2,乙\nS3,丙\n';
      server.file.mtime += 60;
      expect((await read('from-sftp')).feed.appliedSeq).toBe(2);
      await makeFeed(house, cookie, 'sftp-stranger', {
        connector: 'sftp',
        settings: { ...settings, hostKey: `SHA256:${'A'.repeat(43)}` },
        credential: 'right',
      });
      const before = server.logins;
      expect((await read('sftp-stranger')).feed.lastError).toMatchObject({ code: 'HOST_KEY' });
      // The password was not shown to the stranger.
      expect(server.logins).toBe(before);
      await makeFeed(house, cookie, 'sftp-wrong', { connector: 'sftp', settings, credential: 'wrong' });
      expect((await read('sftp-wrong')).feed.lastError).toMatchObject({ code: 'SIGN_IN' });
      await makeFeed(house, cookie, 'sftp-absent', {
        connector: 'sftp',
        settings: { ...settings, path: '/out/none.csv' },
        credential: 'right',
      });
      expect((await read('sftp-absent')).feed.lastError).toMatchObject({ code: 'SOURCE_FILE' });
    } finally {
      server.close();
    }
  });
});

describe('messages of a topic', () => {
  it.skipIf(!existsSync(MOSQUITTO))(
    'become rows, also those that were sent while nobody listened; none is taken twice',
    async () => {
      const port = await freePort();
      const conf = join(folder, 'mosquitto.conf');
      await writeFile(conf, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
      processes.push(spawn(MOSQUITTO, ['-c', conf], { stdio: 'ignore' }));
      const url = `mqtt://127.0.0.1:${port}`;
      const sender = await until(
        () => mqtt.connectAsync(url, { reconnectPeriod: 0, connectTimeout: 1_000 }, false).catch(() => undefined),
        (client) => client !== undefined,
      );
      if (!sender) throw new Error('no broker');
      const say = (rows: object | object[]) => sender.publishAsync('district/notes', JSON.stringify(rows), { qos: 1 });
      await makeFeed(house, cookie, 'from-mqtt', { connector: 'mqtt', settings: { url, topic: 'district/notes' } });
      await read('from-mqtt');
      await say({ 编号: 'm1', 名称: '一' });
      await say([
        { 编号: 'm2', 名称: '二' },
        { 编号: 'm3', 名称: '三' },
      ]);
      for (let i = 4; i < 60; i++) await say({ 编号: `m${i}`, 名称: `第${i}` });
      const seen = await read('from-mqtt');
      expect(seen.batches[0]).toMatchObject({ seq: 1, rows: 59, state: 'applied' });
      expect(await golden(house, 'from-mqtt')).toHaveLength(59);
      const left = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
        db.one<{ n: number }>(sql`select count(*)::int as n from exchange.feed_message`),
      );
      expect(left.n).toBe(0);
      expect((await read('from-mqtt')).batches).toHaveLength(1);
      await sender.publishAsync('district/notes', 'no json', { qos: 1 });
      const odd = await read('from-mqtt');
      expect(odd.batches[0]).toMatchObject({ rows: 1 });
      expect(await golden(house, 'from-mqtt')).toHaveLength(59);
      expect(odd.feed).toMatchObject({ state: 'active', appliedSeq: 2 });
      // A batch that was put aside is made of the same messages again.
      const decide = (path: string, body: object) =>
        call(house, { method: 'POST', url: `/api/exchange/feeds/from-mqtt/${path}`, cookie, body });
      await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
        db.run(sql`update exchange.feed set columns = jsonb_build_object('早先', jsonb_build_object('kind', 'text', 'n', 50, 'rows', 50, 'always', true),
          '编号', jsonb_build_object('kind', 'text', 'n', 50, 'rows', 50, 'always', true)) where id = 'from-mqtt'`),
      );
      await say({ 编号: 'm99', 名称: '重读' });
      expect((await read('from-mqtt')).feed).toMatchObject({ state: 'stopped', appliedSeq: 2 });
      await decide('resume', { acceptColumns: true, reason: '列已确认' });
      expect((await read('from-mqtt')).feed).toMatchObject({ state: 'active', appliedSeq: 3 });
      expect(await names('from-mqtt')).toContain('重读');
      await sender.endAsync();
    },
  );
});

/** A real SSH server with one file. */
async function sftpServer() {
  const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
  const pair = ssh2.utils.generateKeyPairSync('ed25519');
  const key = ssh2.utils.parseKey(pair.public);
  if (key instanceof Error) throw key;
  const file = { body: '', mtime: 1_760_000_000 };
  const state = { logins: 0 };
  const server = new ssh2.Server({ hostKeys: [pair.private] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (context.method === 'password') state.logins += 1;
      if (context.method === 'password' && context.password === 'right') context.accept();
      else context.reject(['password']);
    });
    client.on('ready', () =>
      client.on('session', (accept) =>
        accept().on('sftp', (open) => {
          const sftp = open();
          const attributes = () => ({
            mode: 0o100644,
            uid: 0,
            gid: 0,
            size: Buffer.byteLength(file.body),
            atime: file.mtime,
            mtime: file.mtime,
          });
          const stat = (id: number, path: string) =>
            path === '/out/list.csv' ? sftp.attrs(id, attributes()) : sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
          sftp.on('STAT', stat).on('LSTAT', stat);
          sftp.on('FSTAT', (id) => sftp.attrs(id, attributes()));
          sftp.on('OPEN', (id, path, flags) =>
            path === '/out/list.csv' && flags & OPEN_MODE.READ
              ? sftp.handle(id, Buffer.from('1'))
              : sftp.status(id, STATUS_CODE.FAILURE),
          );
          sftp.on('READ', (id, _handle, offset, length) => {
            const piece = Buffer.from(file.body).subarray(offset, offset + length);
            return piece.length > 0 ? sftp.data(id, piece) : sftp.status(id, STATUS_CODE.EOF);
          });
          sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
        }),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    file,
    port: (server.address() as AddressInfo).port,
    hostKey: fingerprint(key.getPublicSSH()),
    close: () => server.close(),
    get logins() {
      return state.logins;
    },
  };
}
