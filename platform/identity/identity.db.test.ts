import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { app } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from './app.ts';
import { forgetOld } from './attempts.ts';
import { forgetSessions } from './authenticate.ts';
import { linkDemoAccounts, seedDemoAccounts } from './demo-accounts.ts';
import { ID_NUMBER_LOOKUP, personResolver } from './subjects.ts';
import { signIn } from './testing.ts';

const ID_NUMBER = '310199198502130021';
/** Stands in for the population database: knows one person by the digest of the identity number. */
const residents = app({
  id: 'residents',
  kind: 'capability',
  folder: 'platform/residents',
  title: { zh: '居民', en: 'Residents' },
  provides: [
    personResolver.provide({
      personOf: async ({ hash, services }) =>
        hash === services.keyring.lookup(ID_NUMBER_LOOKUP, ID_NUMBER) ? 'P0001' : undefined,
    }),
  ],
});

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit, residents], work: false });
}, 120_000);
afterAll(() => house?.close());

const login = (account: string, password: string, headers: Record<string, string> = {}) =>
  call(house, { method: 'POST', url: '/api/identity/login', body: { account, password }, headers });
const me = async (cookie?: string) => (await call(house, { url: '/api/identity/me', cookie })).json();
const inDatabase = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));
/** Moves the clock, and back when the work is done. */
async function later<T>(ms: number, work: () => Promise<T>): Promise<T> {
  house.services.clock.setOffset(ms);
  try {
    return await work();
  } finally {
    house.services.clock.setOffset(0);
  }
}

describe('signing in', () => {
  it('says who one is, with unit, area and entrances', async () => {
    expect(await me()).toMatchObject({ signedIn: false, unit: null, entrances: [], sample: true });
    const reply = await login(' Clerk.Ruijin ', 'street-2026');
    expect(reply.statusCode).toBe(200);
    const [set = '', deviceSet] = reply.headers['set-cookie'] as string[];
    expect(deviceSet).toMatch(/^device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=15552000$/);
    expect(set).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    const cookie = set.split(';')[0] as string;
    expect(await me(cookie)).toMatchObject({
      signedIn: true,
      account: 'clerk.ruijin',
      kind: 'street-clerk',
      unit: { code: 'street-310101023', name: '瑞金二路街道办事处' },
      area: '310101023',
      entrances: ['gov', 'ops'],
    });
    const token = cookie.slice(4);
    const stored = await inDatabase(sql`select * from identity.session`);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('answers alike for a wrong password, an unknown and a disabled account, and writes no typed name', async () => {
    await inDatabase(sql`update identity.account set enabled = false where account = 'data.market'`);
    const replies = await Promise.all([
      login('clerk.bund', 'nope'),
      login('Secret-typed-here', 'nope'),
      login('data.market', 'data-2026'),
    ]);
    const bodies = replies.map((reply) => ({ ...reply.json(), trace: '' }));
    expect(replies.map((reply) => reply.statusCode)).toEqual([401, 401, 401]);
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
    expect(bodies[0].code).toBe('SIGN_IN_FAILED');
    const rows = await inDatabase<{ account: string | null; outcome: string }>(
      sql`select account, outcome from identity.sign_in where outcome <> 'signed-in'`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { account: 'clerk.bund', outcome: 'wrong-password' },
        { account: null, outcome: 'unknown-account' },
      ]),
    );
    expect(JSON.stringify(await inDatabase(sql`select * from identity.attempt`)).toLowerCase()).not.toContain('secret');
    await inDatabase(sql`update identity.account set enabled = true where account = 'data.market'`);
  });

  it.each(['duty.ops', 'no.such.account'])(
    'locks %s after ten bad tries, also for the right password, and opens again',
    async (account) => {
      const tries = await Promise.all(Array.from({ length: 14 }, () => login(account, 'wrong')));
      const codes = tries.map((reply) => reply.statusCode).sort();
      expect(codes).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
      const locked = await login(account, 'duty-2026');
      expect(locked.json()).toMatchObject({ status: 429, code: 'SIGN_IN_LOCKED' });
      const after = await later(61_000, () => login(account, 'duty-2026'));
      expect(after.statusCode).toBe(account === 'duty.ops' ? 200 : 401);
      // Right again: the count starts anew. Wrong again: the next lock is twice as long.
      const next = await later(62_000, () => login(account, 'wrong'));
      expect(next.statusCode).toBe(account === 'duty.ops' ? 401 : 429);
    },
  );

  it('refuses a request that another site sends', async () => {
    const reply = await login('clerk.ruijin', 'street-2026', { origin: 'https://evil.example' });
    expect(reply.json()).toMatchObject({ status: 403, code: 'CROSS_SITE_REQUEST' });
    const own = await login('clerk.ruijin', 'street-2026', { origin: 'http://localhost:8080', host: 'localhost:8080' });
    expect(own.statusCode).toBe(200);
  });

  it('tells the rest of the house by an event with the account only', async () => {
    await signIn(house, 'citizen');
    const rows = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select type, subject, data from kernel.event where subject = 'citizen.wei'`),
    );
    expect(rows).toContainEqual({ type: 'identity.signed-in', subject: 'citizen.wei', data: {} });
  });
});

describe('a session', () => {
  it('ends at sign-out, at once', async () => {
    const cookie = await signIn(house, 'street-clerk');
    expect((await me(cookie)).signedIn).toBe(true);
    const out = await call(house, { method: 'POST', url: '/api/identity/logout', cookie });
    expect(String(out.headers['set-cookie'])).toMatch(/^sid=; .*Max-Age=0/);
    expect((await me(cookie)).signedIn).toBe(false);
    expect((await call(house, { method: 'POST', url: '/api/identity/logout', cookie })).statusCode).toBe(200);
  });

  it('ends after 30 idle minutes, lives on while used, and ends after 12 hours in any case', async () => {
    const idle = await signIn(house, 'street-clerk');
    expect(await later(29 * 60_000, () => me(idle))).toMatchObject({ signedIn: true });
    expect(await later(58 * 60_000, () => me(idle))).toMatchObject({ signedIn: true });
    expect(await later(89 * 60_000, () => me(idle))).toMatchObject({ signedIn: false });
    const busy = await signIn(house, 'street-clerk');
    for (let minutes = 25; minutes < 720; minutes += 25)
      expect(await later(minutes * 60_000, () => me(busy))).toMatchObject({ signedIn: true });
    expect(await later(721 * 60_000, () => me(busy))).toMatchObject({ signedIn: false });
  }, 20_000);

  it('is replaced when the same browser signs in again', async () => {
    const first = await signIn(house, 'street-clerk');
    await login('citizen.wei', 'resident-2026', { cookie: first });
    expect((await me(first)).signedIn).toBe(false);
  });

  it('can be listed and ended from another of the same person, never by someone else', async () => {
    const here = await signIn(house, 'clerk.bund');
    const there = await signIn(house, 'clerk.bund');
    const foreign = await signIn(house, 'committee-worker');
    const { sessions } = (await call(house, { url: '/api/identity/sessions', cookie: here })).json();
    const other = sessions.find((s: { current: boolean }) => !s.current);
    expect(sessions.filter((s: { current: boolean }) => s.current)).toHaveLength(1);
    expect(JSON.stringify(sessions)).not.toContain(here.slice(4));
    const end = (cookie: string, id: string) =>
      call(house, { method: 'DELETE', url: `/api/identity/sessions/${id}`, cookie });
    expect((await end(foreign, other.id)).statusCode).toBe(404);
    expect((await me(there)).signedIn).toBe(true);
    expect((await end(here, other.id)).json()).toEqual({ ended: 1 });
    expect((await me(there)).signedIn).toBe(false);
    expect((await end(here, 'others')).statusCode).toBe(200);
    expect((await me(here)).signedIn).toBe(true);
    expect((await call(house, { url: '/api/identity/sessions' })).statusCode).toBe(401);
  });

  it('is not served for an account that was disabled, once the answer kept for five seconds is gone', async () => {
    const cookie = await signIn(house, 'security-auditor');
    expect((await me(cookie)).signedIn).toBe(true);
    await inDatabase(sql`update identity.account set enabled = false where account = 'auditor.li'`);
    expect((await later(5_001, () => me(cookie))).signedIn).toBe(false);
    await inDatabase(sql`update identity.account set enabled = true where account = 'auditor.li'`);
  });
});

describe('accounts of subjects', () => {
  it('find their resident by the digest of the identity number, which stands nowhere in clear', async () => {
    await linkDemoAccounts({
      services: house.services,
      subjects: {
        citizen: { name: '魏薇婷', idNumber: ID_NUMBER },
        enterprise: {
          uscc: '91310199MA003Q6R3B',
          legalRepresentative: { name: '韩峰俊', idNumber: '310199198303140016' },
        },
      },
    });
    const authenticate = async (who: string) => {
      const cookie = await signIn(house, who);
      return (
        identity.provides?.[0] &&
        (identity.provides[0].value as typeof import('./authenticate.ts').sessionAuthenticator).authenticate({
          cookie,
          trace: 't',
          services: house.services,
        })
      );
    };
    expect(await authenticate('citizen')).toMatchObject({
      kind: 'person',
      post: 'citizen',
      person: 'P0001',
      trace: 't',
    });
    expect(await authenticate('enterprise-agent')).toMatchObject({
      post: 'enterprise-agent',
      entity: '91310199MA003Q6R3B',
      person: undefined,
    });
    expect(JSON.stringify(await inDatabase(sql`select * from identity.account`))).not.toContain(ID_NUMBER);
  });
});

describe('the demo accounts', () => {
  it('are shown with their passwords in a sample district on this machine only', async () => {
    const { accounts } = (await call(house, { url: '/api/identity/demo-accounts' })).json();
    expect(accounts).toContainEqual(
      expect.objectContaining({ account: 'data.civil', password: 'data-2026', unit: '区民政局', post: '部门数据专员' }),
    );
    for (const config of [{ sample: false }, { host: '0.0.0.0' }]) {
      const before = { ...house.services.config };
      Object.assign(house.services.config, config);
      expect((await call(house, { url: '/api/identity/demo-accounts' })).statusCode).toBe(404);
      Object.assign(house.services.config, before);
    }
  });

  it('are disabled once the installation is no sample district any more', async () => {
    const cookie = await signIn(house, 'data-officer');
    const { config, database } = house.services;
    const seed = () =>
      database.tx({ module: 'identity', actor: systemActor({ name: 'seed' }) }, (db) =>
        seedDemoAccounts({ db, services: house.services }),
      );
    config.sample = false;
    await seed();
    forgetSessions(house.services);
    expect((await me(cookie)).signedIn).toBe(false);
    expect((await login('data.civil', 'data-2026')).statusCode).toBe(401);
    config.sample = true;
    await seed();
    expect((await me(cookie)).signedIn).toBe(true);
  });
});

it('serves the organisation tree to everyone', async () => {
  const { units } = (await call(house, { url: '/api/identity/units' })).json();
  expect(units.filter((u: { kind: string }) => u.kind === 'committee')).toHaveLength(170);
  expect(units).toContainEqual(
    expect.objectContaining({
      code: 'street-310101023',
      parent: expect.any(String),
      area: '310101023',
      name: '瑞金二路街道办事处',
    }),
  );
});

it('keeps the sign-in log append-only and forgets old sessions', async () => {
  await expect(inDatabase(sql`delete from identity.sign_in`)).rejects.toMatchObject({ code: '42501' });
  await later(3 * 86_400_000, () => forgetOld(house.services));
  expect(await inDatabase(sql`select count(*) as n from identity.session`)).toEqual([{ n: 0 }]);
});
