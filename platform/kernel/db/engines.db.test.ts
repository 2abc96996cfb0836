import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseAway, type Engine, LOGIN_ROLE, type Session } from './engine.ts';
import { pgliteEngine } from './pglite.ts';
import { postgresEngine } from './postgres.ts';

const server = process.env.TEST_DATABASE_URL;
const database = `engines_test_${process.pid}`;
const urlOf = (options: { user?: string; port?: number }): string => {
  const url = new URL(server as string);
  url.pathname = `/${database}`;
  if (options.user !== undefined) url.username = options.user;
  if (options.port !== undefined) url.port = String(options.port);
  return url.href;
};

/** What migrate does, in small: the login role and one role granted to it that owns a table. */
const PREPARE = `
  do $$ begin create role ${LOGIN_ROLE} login nosuperuser noinherit; exception when duplicate_object then null; end $$;
  do $$ begin create role engines_test_app nologin; exception when duplicate_object then null; end $$;
  grant engines_test_app to ${LOGIN_ROLE};
  create schema engines_test;
  create table engines_test.note (id int8 primary key, body text);
  grant usage on schema engines_test to engines_test_app;
  grant select, insert on engines_test.note to engines_test_app;
  insert into engines_test.note values (1, '一'), (2, '二');`;

async function prepare(engine: Engine): Promise<void> {
  const session = await engine.admin();
  await session.script(PREPARE);
  session.release();
  await engine.lockDown();
}

async function using<T>(engine: Engine, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await engine.session();
  try {
    return await work(session);
  } finally {
    session.release();
  }
}

function sameCases(open: () => Promise<Engine>): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    await prepare(engine);
  }, 120_000);
  afterAll(() => engine?.close());

  it('gives values back as the contract says', async () => {
    const { rows } = await using(engine, (s) =>
      s.query(`select 1::int8 as small, 9007199254740993::int8 as big, 1.50::numeric as money, date '2024-02-29' as day,
        timestamptz '2024-02-29 08:00+08' as moment, '{"a":[1]}'::jsonb as doc, array['x','y,"',null] as texts,
        array[1,2]::int4[] as ints, array[3,9007199254740993]::int8[] as longs, array[1.10]::numeric[] as moneys,
        array[date '2024-01-01'] as days, '\\x00ff'::bytea as bytes, 1.5::float8 as ratio, true as flag, null as nothing,
        current_setting('TimeZone') as zone`),
    );
    const { bytes, ...rest } = rows[0] as { bytes: Uint8Array };
    expect([...bytes]).toEqual([0, 255]);
    expect(rest).toEqual({
      small: 1,
      big: 9007199254740993n,
      money: '1.50',
      day: '2024-02-29',
      moment: new Date('2024-02-29T00:00:00Z'),
      doc: { a: [1] },
      texts: ['x', 'y,"', null],
      ints: [1, 2],
      longs: [3, 9007199254740993n],
      moneys: ['1.10'],
      days: ['2024-01-01'],
      ratio: 1.5,
      flag: true,
      nothing: null,
      zone: 'Asia/Shanghai',
    });
  });

  it('takes values as the contract says', async () => {
    const values = [
      new Date(0),
      ['a"', 'b,', null, ''],
      new Uint8Array([0, 255]),
      5n,
      '{"k":"值"}',
      undefined,
      false,
      [] as string[],
    ];
    const { rows } = await using(engine, (s) =>
      s.query(
        'select $1::timestamptz as a, $2::text[] as b, $3::bytea as c, $4::int8 as d, $5::jsonb as e, $6::text as f, $7::bool as g, $8::text[] as h',
        values,
      ),
    );
    const { c, ...rest } = rows[0] as { c: Uint8Array };
    expect(Buffer.from(c).toString('hex')).toBe('00ff');
    expect(rest).toEqual({ a: new Date(0), b: ['a"', 'b,', null, ''], d: 5, e: { k: '值' }, f: null, g: false, h: [] });
  });

  it('refuses an object as a parameter', async () => {
    await expect(using(engine, (s) => s.query('select $1::jsonb', [{ a: 1 }]))).rejects.toThrow(
      /\$\{json\(value\)\}::jsonb/,
    );
  });

  it('counts the rows that a statement touched', async () => {
    await using(engine, async (s) => {
      await s.query('begin');
      await s.query('set local role engines_test_app');
      expect((await s.query("insert into engines_test.note values (8, 'x'), (9, 'y')")).count).toBe(2);
      await s.query('rollback');
    });
  });

  it('gives nothing outside a transaction that is bound to a role, and nothing of a superuser at all', async () => {
    await using(engine, async (s) => {
      await expect(s.query('select * from engines_test.note')).rejects.toMatchObject({ code: '42501' });
      await expect(s.query('create role engines_test_intruder')).rejects.toMatchObject({ code: '42501' });
      await expect(s.query('create table public.intruder ()')).rejects.toMatchObject({ code: '42501' });
      await expect(s.query('set role postgres')).rejects.toMatchObject({ code: '42501' });
      await s.query('begin');
      await s.query("select set_config('role', $1, true)", ['engines_test_app']);
      expect((await s.query('select body from engines_test.note order by id')).rows).toEqual([
        { body: '一' },
        { body: '二' },
      ]);
      await s.query('commit');
      await expect(s.query('select * from engines_test.note')).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('recovers by rollback after a failed statement', async () => {
    await using(engine, async (s) => {
      await s.query('begin');
      await expect(s.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
      await expect(s.query('select 1')).rejects.toMatchObject({ code: '25P02' });
      await s.query('rollback');
      expect((await s.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it('does not hand on a transaction that its user left open', async () => {
    const careless = await engine.session();
    await careless.query('begin');
    await careless.query("select set_config('role', 'engines_test_app', true)");
    careless.release();
    await expect(careless.query('select 1')).rejects.toThrow(/released/);
    const { rows } = await using(engine, (s) => s.query('select current_user::text as me'));
    expect(rows).toEqual([{ me: LOGIN_ROLE }]);
  });

  it('reads by cursor in chunks, and may stop early', async () => {
    await using(engine, async (s) => {
      await s.query('begin');
      const sizes: number[] = [];
      for await (const rows of s.cursor(
        'select g, $1::text as t from generate_series(1, $2::int) g',
        ['x', 2500],
        1000,
      ))
        sizes.push(rows.length);
      expect(sizes).toEqual([1000, 1000, 500]);
      for await (const rows of s.cursor('select g from generate_series(1, 2500) g', [], 10)) {
        expect(rows).toHaveLength(10);
        break;
      }
      expect((await s.query('select count(*) as open from pg_cursors where name <> $1', [''])).rows).toEqual([
        { open: 0 },
      ]);
      await s.query('commit');
    });
  });

  it('keeps statements by text and closes the oldest', async () => {
    await using(engine, async (s) => {
      for (let i = 0; i < 500; i++) expect((await s.query(`select ${i} as n`)).rows).toEqual([{ n: i }]);
      expect((await s.query('select 0 as n')).rows).toEqual([{ n: 0 }]);
      const { rows } = await s.query('select count(*) as kept from pg_prepared_statements');
      expect(rows[0]?.kept).toBeGreaterThan(300);
      expect(rows[0]?.kept).toBeLessThanOrEqual(400);
    });
  });

  it('carries large values and many rows', async () => {
    const text = '区'.repeat(3_000_000);
    await using(engine, async (s) => {
      expect((await s.query('select length($1::text) as n, $1::text as t', [text])).rows).toEqual([
        { n: 3_000_000, t: text },
      ]);
      expect((await s.query("select repeat('x', 100) as t from generate_series(1, 50000)")).rows).toHaveLength(50_000);
    });
  });

  it('serves many at once, each in a transaction of its own', async () => {
    const transactions = await Promise.all(
      Array.from({ length: 40 }, () =>
        using(engine, async (s) => {
          await s.query('begin');
          const first = await s.query('select pg_current_xact_id()::text as xid');
          const second = await s.query('select pg_current_xact_id()::text as xid');
          await s.query('commit');
          expect(second.rows).toEqual(first.rows);
          return first.rows[0]?.xid;
        }),
      ),
    );
    expect(new Set(transactions).size).toBe(40);
  });

  it('answers a ping', () => engine.ping());
}

describe('PGlite', () => {
  const root = mkdtempSync(join(tmpdir(), 'pglite-'));
  const dataDir = join(root, 'data');
  let dump: Uint8Array;
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  describe('as an engine', () =>
    sameCases(async () => {
      const engine = await pgliteEngine({ dataDir });
      await expect(engine.session()).rejects.toThrow(/lockDown/);
      return engine;
    }));

  it('refuses admin() once locked down; resets stay in the login role, only naming the superuser leads back', async () => {
    const engine = await pgliteEngine({ dataDir });
    await engine.lockDown();
    await expect(engine.admin()).rejects.toThrow(/locked down/);
    await using(engine, async (s) => {
      expect((await s.query('select session_user::text as me')).rows).toEqual([{ me: LOGIN_ROLE }]);
      await s.query('reset role');
      expect((await s.query('select current_user::text as me')).rows).toEqual([{ me: LOGIN_ROLE }]);
      for (const way of ['reset session authorization', 'set session authorization default', 'reset all']) {
        await s.script(way);
        expect((await s.query('select session_user::text as me')).rows, way).toEqual([{ me: LOGIN_ROLE }]);
      }
      // The known gap, stated so that a change of it is noticed: the connection itself was the superuser's.
      await s.script('set session authorization postgres');
      expect((await s.query('select session_user::text as me')).rows).toEqual([{ me: 'postgres' }]);
    });
    dump = (await engine.dump?.()) as Uint8Array;
    await engine.close();
    await expect(engine.session()).rejects.toBeInstanceOf(DatabaseAway);
  }, 60_000);

  it('starts an empty directory from a dump, and starts over where a first start was cut off', async () => {
    const copy = join(root, 'copy');
    mkdirSync(copy);
    writeFileSync(join(copy, 'PG_VERSION'), '18');
    writeFileSync(`${copy}.unfinished`, '');
    const engine = await pgliteEngine({ dataDir: copy, template: dump });
    const session = await engine.admin();
    expect((await session.query('select count(*) as n from engines_test.note')).rows).toEqual([{ n: 2 }]);
    session.release();
    await engine.close();
    expect(existsSync(`${copy}.unfinished`)).toBe(false);
    expect(existsSync(`${copy}.lock`)).toBe(false);
  }, 60_000);

  it('loses nothing acknowledged by kill -9, and rejects what is pending when its worker ends', async () => {
    const program = `
        const { pgliteEngine } = await import(${JSON.stringify(new URL('./pglite.ts', import.meta.url).href)});
        const engine = await pgliteEngine({ dataDir: ${JSON.stringify(dataDir)} });
        const s = await engine.admin();
        for (let i = 100; ; i++) { await s.query('insert into engines_test.note values ($1, $2)', [i, 'kept']); console.log(i); }`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    writer.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n150\n')) writer.kill('SIGKILL');
    });
    await once(writer, 'close');
    const acknowledged = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
    const engine = await pgliteEngine({ dataDir, waitMs: 1000 });
    const session = await engine.admin();
    const { rows } = await session.query(
      'select max(id) as last, count(*) as n from engines_test.note where id >= 100',
    );
    expect(rows[0]?.last).toBeGreaterThanOrEqual(acknowledged);
    expect(rows[0]?.n).toBe(Number(rows[0]?.last) - 99);
    const endless = expect(session.query('select count(*) from generate_series(1, 1e12::int8)')).rejects.toBeInstanceOf(
      DatabaseAway,
    );
    const queued = expect(engine.admin()).rejects.toBeInstanceOf(DatabaseAway);
    await engine.close();
    await Promise.all([endless, queued]);
  }, 90_000);
});

describe.skipIf(server === undefined)('PostgreSQL (TEST_DATABASE_URL)', () => {
  const superuser = async (text: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  beforeAll(async () => {
    await superuser(`drop database if exists ${database} with (force)`);
    await superuser(`create database ${database}`);
  });
  afterAll(() => superuser(`drop database if exists ${database} with (force)`));

  describe('as an engine', () =>
    sameCases(async () => postgresEngine({ url: urlOf({ user: LOGIN_ROLE }), adminUrl: urlOf({}), poolSize: 5 })));

  it('does not compile statements, whose cost is guessed too high while tables fill', async () => {
    const engine = postgresEngine({ url: urlOf({ user: LOGIN_ROLE }), poolSize: 1 });
    const { rows } = await using(engine, (s) => s.query("select current_setting('jit') as jit"));
    expect(rows).toEqual([{ jit: 'off' }]);
    await engine.close();
  });

  it('says DatabaseAway within seconds while the server is gone or silent, and works again by itself', async () => {
    const gate = await openGate(new URL(server as string));
    const engine = postgresEngine({ url: urlOf({ user: LOGIN_ROLE, port: gate.port }), poolSize: 3 });
    const ask = () => using(engine, (s) => s.query('select 1 as one'));
    expect((await ask()).rows).toEqual([{ one: 1 }]);

    gate.close();
    await expect(ask()).rejects.toBeInstanceOf(DatabaseAway);
    await expect(engine.ping()).rejects.toBeInstanceOf(DatabaseAway);
    await gate.open();
    await eventually(ask);

    gate.silence(true);
    // One of these is under way on an open connection, the others wait for a new one.
    await Promise.all(Array.from({ length: 3 }, () => expect(ask()).rejects.toBeInstanceOf(DatabaseAway)));
    gate.silence(false);
    await eventually(ask);

    await engine.close();
    gate.close();
  }, 30_000);
});

/** A door in front of the server that can be shut (connections refused and cut) or go silent (nothing passes). */
async function openGate(target: URL) {
  const sockets = new Set<Socket>();
  let silent = false;
  const make = () =>
    createServer((incoming) => {
      const outgoing = connect(Number(target.port || 5432), target.hostname);
      for (const [from, to] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        sockets.add(from);
        from.on('error', () => undefined);
        from.on('close', () => to.destroy());
        from.on('data', (data) => {
          if (!silent) to.write(data);
        });
      }
    });
  let door = make();
  const listen = async (port: number): Promise<number> => {
    door.listen(port, '127.0.0.1');
    await once(door, 'listening');
    return (door.address() as { port: number }).port;
  };
  const port = await listen(0);
  return {
    port,
    close: () => {
      door.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    open: async () => {
      door = make();
      await listen(port);
    },
    silence: (on: boolean) => {
      silent = on;
    },
  };
}

/** Tries until it works; the test's own time limit ends a hopeless wait. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  while (true) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
