import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from './app.ts';
import { countTry, FREE_TRIES_OF_ACCOUNT, FREE_TRIES_OF_ADDRESS, forgetTries, signInCounters } from './attempts.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
}, 120_000);
afterAll(() => house?.close());
beforeEach(async () => {
  house.services.clock.setOffset(0);
  await inDatabase(sql`delete from identity.attempt`);
});

const inDatabase = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));

const ACCOUNT = 'clerk.ruijin';
const RIGHT = 'street-2026';
const OFFICE = '192.0.2.10';

/** A sign-in from an address, by a browser that brings its cookies. */
async function login(options: { account?: string; password?: string; from: string; cookie?: string }) {
  const { account = ACCOUNT, password = RIGHT, from, cookie } = options;
  const reply = await house.server.fastify.inject({
    method: 'POST',
    url: '/api/identity/login',
    remoteAddress: from,
    headers: cookie ? { cookie } : {},
    payload: { account, password },
  });
  const cookies = [reply.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] as string);
  return { status: reply.statusCode, code: reply.json().code as string | undefined, body: reply.json(), cookies };
}

/** Bad tries without the cost of the password check, as many as an attacker sends in the long run. */
async function attack(options: { account?: string; from: string; tries: number }): Promise<number> {
  const { account = ACCOUNT, from, tries } = options;
  const counters = signInCounters({ services: house.services, account, address: from, device: undefined });
  let counted = 0;
  for (let i = 0; i < tries; i++)
    if ((await countTry({ services: house.services, counters })).lockedUntil === undefined) counted += 1;
  return counted;
}

describe('wrong passwords without end', () => {
  it('from one address lock that address, not the owner at another', async () => {
    expect(await attack({ from: '198.51.100.1', tries: 1_000 })).toBe(10);
    expect(await login({ from: '198.51.100.1' })).toMatchObject({ status: 429, code: 'SIGN_IN_LOCKED' });
    expect((await login({ from: OFFICE })).status).toBe(200);
  });

  it('from hundreds of addresses lock strangers, not the owner on a device that the account knows', async () => {
    const { cookies } = await login({ from: OFFICE });
    const device = cookies.find((cookie) => cookie.startsWith('device=')) as string;
    let counted = 0;
    for (let i = 0; i < 300; i++) counted += await attack({ from: `198.51.${i >> 8}.${i & 255}`, tries: 10 });
    expect(counted).toBe(FREE_TRIES_OF_ACCOUNT);
    expect(await login({ from: '203.0.113.5' })).toMatchObject({ status: 429, code: 'SIGN_IN_LOCKED' });
    expect((await login({ from: '203.0.113.5', cookie: device })).status).toBe(200);
    // Right on the known device does not open the account to strangers.
    expect((await login({ from: '203.0.113.6' })).status).toBe(429);
    house.services.clock.setOffset(61_000);
    expect((await login({ from: '203.0.113.6' })).status).toBe(200);
  }, 120_000);

  it('ten thousand of them keep the owner out nowhere that is known, and on a new device for an hour at most once they stop', async () => {
    const { cookies } = await login({ from: OFFICE });
    const device = cookies.find((cookie) => cookie.startsWith('device=')) as string;
    const addresses = Array.from({ length: 1_000 }, (_, i) => `198.18.${i >> 8}.${i & 255}`);
    const counted: number[] = [];
    // All within one moment of the district's clock, however long a busy machine takes: a lock that passes lets one more try in.
    const begun = Date.now();
    for (let at = 0; at < addresses.length; at += 50) {
      house.services.clock.setOffset(begun - Date.now());
      const some = addresses.slice(at, at + 50).map((from) => attack({ from, tries: 10 }));
      counted.push(...(await Promise.all(some)));
    }
    // Of the ten thousand, a hundred were looked at: the others met the lock of the account.
    expect(counted.reduce((a, b) => a + b, 0)).toBe(FREE_TRIES_OF_ACCOUNT);
    expect((await login({ from: '203.0.113.9', cookie: device })).status).toBe(200);
    expect((await login({ from: '203.0.113.9' })).code).toBe('SIGN_IN_LOCKED');
    house.services.clock.setOffset(60 * 60_000 + 1);
    expect((await login({ from: '203.0.113.9' })).status).toBe(200);
  }, 240_000);

  it('on many accounts from one address stop at that address', async () => {
    let counted = 0;
    for (let i = 0; i < 300; i++) counted += await attack({ account: `guess-${i}`, from: '198.51.100.9', tries: 1 });
    expect(counted).toBe(FREE_TRIES_OF_ADDRESS);
    expect((await login({ from: '198.51.100.9' })).status).toBe(429);
    expect((await login({ from: OFFICE })).status).toBe(200);
  });

  it('from one IPv6 network are one caller’s', async () => {
    let counted = 0;
    for (let i = 0; i < 40; i++) counted += await attack({ from: `2001:db8:1:2::${i.toString(16)}`, tries: 1 });
    expect(counted).toBe(10);
    expect((await login({ from: '2001:db8:1:3::1' })).status).toBe(200);
  });
});

describe('a known device', () => {
  it('is locked by its own mistakes only, and leaves the others alone', async () => {
    const { cookies } = await login({ from: OFFICE });
    const cookie = cookies.find((each) => each.startsWith('device=')) as string;
    const codes = [];
    for (let i = 0; i < 12; i++) codes.push((await login({ from: OFFICE, cookie, password: 'wrong' })).status);
    expect(codes).toEqual([...Array(10).fill(401), 429, 429]);
    expect((await login({ from: OFFICE })).status).toBe(200);
    const counts = await inDatabase<{ bad: number }>(sql`select bad from identity.attempt`);
    expect(counts.map(({ bad }) => bad).sort()).toEqual([0, 0, 10]);
  });

  it('of one account is a stranger to another, and a made-up one to all', async () => {
    const { cookies } = await login({ account: 'clerk.bund', from: OFFICE });
    const device = cookies.find((each) => each.startsWith('device=')) as string;
    await attack({ from: OFFICE, tries: 10 });
    expect((await login({ from: OFFICE, cookie: device })).status).toBe(429);
    expect((await login({ from: OFFICE, cookie: `device=${'x'.repeat(43)}` })).status).toBe(429);
  });

  it('keeps its token over sign-ins, and is forgotten when it is signed out from elsewhere', async () => {
    const first = await login({ account: 'data.civil', password: 'data-2026', from: OFFICE });
    const device = first.cookies.find((each) => each.startsWith('device=')) as string;
    const again = await login({ account: 'data.civil', password: 'data-2026', from: OFFICE, cookie: device });
    expect(again.cookies.some((each) => each.startsWith('device='))).toBe(false);
    const elsewhere = await login({ account: 'data.civil', password: 'data-2026', from: '203.0.113.8' });
    const ended = await call(house, {
      method: 'DELETE',
      url: '/api/identity/sessions/others',
      cookie: elsewhere.cookies[0],
    });
    expect(ended.json().ended).toBe(2);
    expect(await inDatabase(sql`select count(*)::int as n from identity.device where account = 'data.civil'`)).toEqual([
      { n: 1 },
    ]);
    await attack({ account: 'data.civil', from: OFFICE, tries: 10 });
    expect((await login({ account: 'data.civil', password: 'data-2026', from: OFFICE, cookie: device })).status).toBe(
      429,
    );
  });

  it('stands in the database as a digest, and addresses stand there not at all', async () => {
    const { cookies } = await login({ from: '203.0.113.77' });
    await login({ from: '203.0.113.77', password: 'wrong' });
    const token = cookies.find((each) => each.startsWith('device='))?.slice(7) as string;
    const text = JSON.stringify([
      await inDatabase(sql`select * from identity.device`),
      await inDatabase(sql`select * from identity.attempt`),
    ]);
    expect(text).not.toContain(token);
    expect(text).not.toContain('203.0.113');
  });
});

it('answers alike for accounts and for names that are none, at every limit', async () => {
  const answers = async (account: string) => {
    const seen = [];
    for (let i = 0; i < 12; i++) {
      const { status, code, body } = await login({ account, password: 'wrong', from: '198.51.100.40' });
      seen.push([status, code, Object.keys(body).sort().join(), body.title]);
    }
    return seen;
  };
  expect(await answers('no.such.name')).toEqual(await answers('auditor.li'));
});

it('takes back only what came from whoever was right', async () => {
  const { services } = house;
  const owner = signInCounters({ services, account: 'a', address: OFFICE, device: undefined });
  const attacker = signInCounters({ services, account: 'a', address: '198.51.100.3', device: undefined });
  for (let i = 0; i < 4; i++) await countTry({ services, counters: owner });
  for (let i = 0; i < 7; i++) await countTry({ services, counters: attacker });
  await services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
    forgetTries(db, owner),
  );
  const left = await inDatabase<{ key: string; bad: number }>(sql`select key, bad from identity.attempt`);
  const bad = (key: string | undefined) => left.find((row) => row.key === key)?.bad;
  expect([bad(owner[0]?.key), bad(owner[1]?.key), bad(owner[2]?.key), bad(attacker[0]?.key)]).toEqual([
    undefined,
    0,
    7,
    7,
  ]);
});

it('lets a whole office sign in at once from one address', async () => {
  const replies = await Promise.all(
    ['clerk.ruijin', 'clerk.bund', 'duty.ops', 'auditor.li', 'worker.yandang', 'data.centre'].map((account) =>
      login({
        account,
        password: { duty: 'duty-2026', data: 'data-2026', clerk: RIGHT, worker: 'committee-2026' }[
          account.split('.')[0] as string
        ],
        from: OFFICE,
      }),
    ),
  );
  expect(replies.filter(({ status }) => status === 429)).toEqual([]);
});
