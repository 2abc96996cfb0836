import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { app } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { signIn } from '#platform/identity/testing.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { feedModules, feedOf, makeFeed, push, rowsOf, settled, sm3, system, until } from '../feed/testing.ts';
import type { Terms } from './changes.ts';
import { signature } from './deliver.ts';
import { refusalOf } from './deliverable.ts';

/** An app that takes the reference rows, without the column of numbers that lies in `data`. */
const desk = app({
  id: 'test-desk',
  kind: 'app',
  folder: 'platform/exchange/delivery/none',
  title: { zh: '测试台', en: 'Test desk' },
  uses: ['exchange'],
  takes: [
    {
      name: 'reference',
      resource: 'exchange.reference',
      fields: ['key', 'data'],
      purposes: ['data-quality'],
      why: { zh: '测试', en: 'Test' },
    },
    {
      name: 'keys',
      resource: 'exchange.reference',
      fields: ['key'],
      purposes: ['data-quality'],
      why: { zh: '测试', en: 'Test' },
    },
  ],
});

type Message = { key: string; seq: number; feed: string; count: number; keys: string[]; valid: boolean };
let house: TestHouse;
let cookie: string;
let taker: Server;
let address: string;
const messages: Message[] = [];
const secrets = new Map<string, string>();
/** How the endpoint of a path behaves. */
const manners = new Map<string, (message: Message, times: number) => number | 'slow' | 'cut' | Promise<number>>();

beforeAll(async () => {
  taker = createServer((request, reply) => {
    void receive(request).then(async (message) => {
      messages.push(message);
      const times = messages.filter(({ key }) => key === message.key).length;
      const said = await (manners.get(request.url ?? '')?.(message, times) ?? 200);
      if (said === 'cut') return reply.destroy();
      if (said === 'slow') await new Promise((resolve) => setTimeout(resolve, 2_000));
      return reply.writeHead(said === 'slow' ? 200 : said).end();
    });
  });
  await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(taker.address() as AddressInfo).port}`;
  house = await openHouse({ manifests: [...feedModules, desk], env: { FEED_NETWORKS: '127.0.0.0/8' } });
  cookie = await signIn(house, 'data.civil');
  await grantState('approved');
}, 120_000);
afterAll(async () => {
  await house?.close();
  taker?.close();
});

async function receive(request: IncomingMessage): Promise<Message> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const body = JSON.parse(text) as { feed: string; seq: number; count: number; changes: { key: string }[] };
  const header = (name: string) => String(request.headers[name]);
  const [, at = '', shown = ''] = /t=(\d+),v=(.+)$/.exec(header('x-signature')) ?? [];
  const key = header('idempotency-key');
  const secret = secrets.get(request.url ?? '') ?? '';
  return {
    key,
    seq: body.seq,
    feed: body.feed,
    count: body.count,
    keys: body.changes.map((change) => change.key),
    valid: shown === signature({ secret, at, key, body: text }) && header('x-content-sm3') === sm3(text),
  };
}

const grantState = (state: string, name = '%') =>
  house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'test' }) }, async (db) => {
    await db.run(
      sql`update catalog.grant set state = ${state}, fields = wanted where taker = 'test-desk' and name like ${name}`,
    );
  });
const grantOf = (name: string) =>
  house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'test' }) }, (db) =>
    db.one<{ id: string }>(sql`select id from catalog.grant where taker = 'test-desk' and name = ${name}`),
  );
async function subscribe(feed: string, options: { path?: string; grant?: string } = {}): Promise<string> {
  const { id } = await grantOf(options.grant ?? 'reference');
  const reply = await call(house, {
    method: 'POST',
    url: `/api/exchange/feeds/${feed}/subscriptions`,
    cookie,
    body: {
      grant: id,
      kind: options.path ? 'http' : 'inbox',
      fromStart: true,
      ...(options.path ? { url: `${address}${options.path}` } : {}),
    },
  });
  expect(reply.statusCode, reply.body).toBe(201);
  if (options.path) secrets.set(options.path, reply.json().secret);
  return reply.json().id;
}
const inbox = (feed: string) =>
  house.services.database.tx({ module: 'test-desk', actor: systemActor({ name: 'desk' }) }, (db) =>
    db.rows<{ seq: number; source_key: string; op: string; fields: Record<string, unknown> }>(
      sql`select seq, source_key, op, fields from exchange.inbox where feed = ${feed} order by seq, source_key`,
    ),
  );
/** Back-off waits seconds; the test does not. */
const hurry = () =>
  house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
    db.run(sql`update exchange.subscription set next_at = kernel.now() where state = 'active'`),
  );
const delivered = (feed: string) =>
  until(
    async () => {
      await hurry();
      return feedOf(house, cookie, feed);
    },
    ({ feed: row, subscriptions }) =>
      subscriptions.length > 0 && subscriptions.every((s) => s.sentSeq === row.appliedSeq || s.state !== 'active'),
  );

describe('the inbox of an app', () => {
  it('gets each change once, only the granted fields, and the app sees its own rows only', async () => {
    await makeFeed(house, cookie, 'inbox', { mode: 'snapshot' });
    await subscribe('inbox');
    await push(house, cookie, { feed: 'inbox', seq: 1, rows: rowsOf(0, 40) });
    await settled(house, cookie, 'inbox');
    await push(house, cookie, {
      feed: 'inbox',
      seq: 2,
      rows: rowsOf(0, 38).map((row, at) => (at === 0 ? { ...row, 名称: '改' } : row)),
    });
    await settled(house, cookie, 'inbox');
    await delivered('inbox');
    const rows = await inbox('inbox');
    expect(rows.filter(({ seq }) => seq === 1)).toHaveLength(40);
    expect(rows.filter(({ seq, op }) => seq === 2 && op === 'put')).toHaveLength(1);
    expect(rows.filter(({ seq, op }) => seq === 2 && op === 'gone')).toHaveLength(2);
    expect(Object.keys(rows[0]?.fields ?? {}).sort()).toEqual(['data', 'key']);
    const others = await house.services.database.tx({ module: 'geo', actor: systemActor({ name: 'geo' }) }, (db) =>
      db.rows(sql`select * from exchange.inbox`),
    );
    expect(others).toEqual([]);
  });

  it('gets nothing that its grant does not name', async () => {
    await makeFeed(house, cookie, 'keys-only');
    await subscribe('keys-only', { grant: 'keys' });
    await push(house, cookie, { feed: 'keys-only', seq: 1, rows: rowsOf(0, 3) });
    await settled(house, cookie, 'keys-only');
    await delivered('keys-only');
    expect((await inbox('keys-only')).map(({ fields }) => Object.keys(fields))).toEqual([['key'], ['key'], ['key']]);
  });
});

describe('an endpoint outside', () => {
  it('gets numbered, signed messages in order, each with a key of its own', async () => {
    await makeFeed(house, cookie, 'outside');
    await subscribe('outside', { path: '/plain' });
    await push(house, cookie, { feed: 'outside', seq: 1, rows: rowsOf(0, 1_200) });
    await push(house, cookie, { feed: 'outside', seq: 2, rows: rowsOf(1_200, 1_203) });
    await settled(house, cookie, 'outside');
    await delivered('outside');
    const got = messages.filter(({ feed }) => feed === 'outside');
    expect(got.map(({ seq, count }) => [seq, count])).toEqual([
      [1, 1_000],
      [1, 200],
      [2, 3],
    ]);
    expect(got.every(({ valid }) => valid)).toBe(true);
    expect(new Set(got.map(({ key }) => key)).size).toBe(3);
  });

  it('that answers 500, breaks off or is slow gets the same message again under the same key, and nothing is left out', async () => {
    await makeFeed(house, cookie, 'troubled');
    await subscribe('troubled', { path: '/troubled' });
    manners.set('/troubled', (_message, times) =>
      times === 1 ? 500 : times === 2 ? 'cut' : times === 3 ? 'slow' : 200,
    );
    await push(house, cookie, { feed: 'troubled', seq: 1, rows: rowsOf(0, 5) });
    await settled(house, cookie, 'troubled');
    await until(
      () => feedOf(house, cookie, 'troubled'),
      ({ subscriptions }) => (subscriptions[0]?.failures ?? 0) > 0,
    );
    await delivered('troubled');
    const got = messages.filter(({ feed }) => feed === 'troubled');
    expect(got.length).toBe(3);
    // By its key the taker counts a message once.
    expect(new Set(got.map(({ key }) => key)).size).toBe(1);
    expect(new Set(got.map(({ keys }) => keys.join())).size).toBe(1);
    expect((await feedOf(house, cookie, 'troubled')).subscriptions[0]).toMatchObject({ rows: 5, failures: 0, lag: 0 });
  });

  it('that is slow holds neither other takers nor imports', async () => {
    await makeFeed(house, cookie, 'slow-taker');
    await subscribe('slow-taker', { path: '/slow' });
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    manners.set('/slow', () => gate.then(() => 200));
    await push(house, cookie, { feed: 'slow-taker', seq: 1, rows: rowsOf(0, 2) });
    await until(async () => messages.some(({ feed }) => feed === 'slow-taker'), Boolean);
    await makeFeed(house, cookie, 'quick');
    await subscribe('quick');
    await push(house, cookie, { feed: 'quick', seq: 1, rows: rowsOf(0, 2) });
    await until(
      () => inbox('quick'),
      (rows) => rows.length === 2,
    );
    expect((await feedOf(house, cookie, 'slow-taker')).subscriptions[0]).toMatchObject({ sentSeq: 0, lag: 1 });
    open();
    await delivered('slow-taker');
  });

  it('inside the building is not called unless the operator named the network', async () => {
    await makeFeed(house, cookie, 'inside');
    const { id } = await grantOf('reference');
    await call(house, {
      method: 'POST',
      url: '/api/exchange/feeds/inside/subscriptions',
      cookie,
      body: { grant: id, kind: 'http', url: 'http://10.9.8.7/take', fromStart: true },
    });
    await push(house, cookie, { feed: 'inside', seq: 1, rows: rowsOf(0, 1) });
    const seen = await until(
      () => feedOf(house, cookie, 'inside'),
      ({ subscriptions }) => (subscriptions[0]?.failures ?? 0) > 0,
    );
    expect(seen.subscriptions[0]?.lastError).toMatchObject({ code: 'OUTBOUND_REFUSED' });
  });
});

describe('what is not delivered', () => {
  const ask = (terms: Partial<Terms>, delivery: { unit?: string; kind?: 'inbox' | 'http'; url?: string } = {}) =>
    house.services.database.tx({ module: 'exchange', actor: system }, async (db) => {
      const found = await refusalOf(db, {
        services: house.services,
        terms: {
          taker: 'test-desk',
          resource: 'exchange.reference',
          owner: 'data-centre',
          fields: ['key'],
          row_filter: [],
          ...terms,
        },
        delivery: { unit: 'civil-affairs', kind: 'inbox', url: null, dataset: 'inbox', ...delivery },
      });
      return found?.spec.code;
    });
  const resources = () => house.services.registry.modules.flatMap(({ resources: all = [] }) => all);

  it('are fields of a person, and fields that the feed does not bring', async () => {
    const personal = resources().flatMap(({ id, owner, fields }) =>
      Object.entries(fields)
        .filter(([, { level }]) => level === 'L3' || level === 'L4')
        .map(([name]) => ({ resource: id, owner, fields: [name] })),
    )[0];
    expect(personal).toBeDefined();
    expect(await ask(personal ?? {}, { unit: personal?.owner })).toBe('PERSONAL_NOT_DELIVERED');
    expect(await ask({ fields: ['key', 'dataset'] })).toBe('GRANT_FIELDS_ABSENT');
    expect(await ask({})).toBeUndefined();
  });

  it('is what another unit shares on conditions, or to an address that is not of the gateway', async () => {
    const shared = resources().find(({ sharing }) => sharing !== 'unconditional');
    const terms = { resource: shared?.id, owner: shared?.owner, fields: [] };
    const unit = shared?.owner ?? '';
    expect(await ask(terms, { unit: 'somebody-else' })).toBe('GRANT_OF_ANOTHER');
    expect(await ask(terms, { unit })).toBeUndefined();
    expect(await ask(terms, { unit, kind: 'http', url: 'https://taker.example/' })).toBe('ADDRESS_NOT_ALLOWED');
    const gateway = { ...terms, taker: 'gateway' };
    expect(await ask(gateway, { unit, kind: 'http', url: 'http://taker.example/' })).toBe('ADDRESS_NOT_ALLOWED');
    expect(await ask(gateway, { unit, kind: 'http', url: 'https://taker.example/' })).toBeUndefined();
  });

  it('is told as gone where it has left the row filter, and is one inbox for an app', async () => {
    await makeFeed(house, cookie, 'filtered');
    await push(house, cookie, { feed: 'filtered', seq: 1, rows: rowsOf(0, 3) });
    await settled(house, cookie, 'filtered');
    const { data } = await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
      db.one<{ data: string }>(
        sql`select payload ->> 'data' as data from exchange.claim where dataset = 'filtered' order by id limit 1`,
      ),
    );
    const filter = (value: object[]) =>
      house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'test' }) }, (db) =>
        db.run(
          sql`update catalog.grant set row_filter = ${JSON.stringify(value)}::text::jsonb where taker = 'test-desk' and name = 'keys'`,
        ),
      );
    await filter([{ field: 'data', in: [data] }]);
    await subscribe('filtered', { grant: 'keys' });
    await subscribe('filtered', { grant: 'keys', path: '/filtered' });
    const second = await call(house, {
      method: 'POST',
      url: '/api/exchange/feeds/filtered/subscriptions',
      cookie,
      body: { grant: (await grantOf('reference')).id, kind: 'inbox', fromStart: true },
    });
    expect(second.json().code).toBe('SUBSCRIPTION_EXISTS');
    await push(house, cookie, { feed: 'filtered', seq: 2, rows: rowsOf(0, 3).map((row) => ({ ...row, 名称: '改' })) });
    await settled(house, cookie, 'filtered');
    await delivered('filtered');
    await filter([]);
    const rows = await inbox('filtered');
    expect(rows.map(({ seq, op }) => [seq, op])).toEqual([
      [1, 'put'],
      [2, 'gone'],
    ]);
    const sent = messages.filter(({ feed }) => feed === 'filtered');
    expect(sent.map(({ seq, keys }) => [seq, keys])).toEqual([
      [1, [rows[0]?.source_key]],
      [2, [rows[0]?.source_key]],
    ]);
  });
});

describe('a grant that is withdrawn', () => {
  it('ends its deliveries before the next batch, within seconds, inside and outside', async () => {
    await makeFeed(house, cookie, 'revoked');
    await subscribe('revoked');
    await subscribe('revoked', { path: '/revoked' });
    await push(house, cookie, { feed: 'revoked', seq: 1, rows: rowsOf(0, 2) });
    await settled(house, cookie, 'revoked');
    await delivered('revoked');
    await grantState('revoked', 'reference');
    await push(house, cookie, { feed: 'revoked', seq: 2, rows: rowsOf(2, 4) });
    const seen = await until(
      () => feedOf(house, cookie, 'revoked'),
      ({ subscriptions }) => subscriptions.every(({ state }) => state === 'ended'),
    );
    await settled(house, cookie, 'revoked');
    expect(seen.subscriptions.map(({ sentSeq }) => sentSeq)).toEqual([1, 1]);
    expect(await inbox('revoked')).toHaveLength(2);
    expect(messages.filter(({ feed }) => feed === 'revoked').map(({ seq }) => seq)).toEqual([1]);
    const again = await call(house, {
      method: 'POST',
      url: '/api/exchange/feeds/revoked/subscriptions',
      cookie,
      body: { grant: (await grantOf('reference')).id, kind: 'inbox', fromStart: true },
    });
    expect(again.json().code).toBe('GRANT_NOT_USABLE');
    await grantState('approved', 'reference');
  });
});
