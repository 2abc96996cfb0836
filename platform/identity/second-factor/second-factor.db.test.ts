import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Type } from 'typebox';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { app, route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '../app.ts';
import { forgetSessions } from '../authenticate.ts';
import { signIn } from '../testing.ts';
import { totpCode } from './totp.ts';

/** One route that needs level 2, as an app would declare it. */
const vault = app({
  id: 'vault',
  kind: 'app',
  folder: 'platform/vault',
  title: { zh: '保险箱', en: 'Vault' },
  routes: [
    route({
      method: 'GET',
      path: '/api/vault/open',
      summary: { zh: '打开', en: 'Open' },
      allow: 'signed-in',
      assurance: 2,
      reply: Type.Object({ open: Type.Boolean() }),
      examples: { own: { as: 'street-clerk' } },
      handler: async () => ({ open: true }),
    }),
  ],
});

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit, vault], work: false });
}, 120_000);
afterAll(() => house?.close());

/** Minutes are moved by the offset of the house's clock; each test begins in a code's own half minute. */
let offset = 0;
const advance = (ms: number) => {
  offset += ms;
  house.services.clock.setOffset(offset);
  forgetSessions(house.services);
};
const now = () => house.services.clock.now();
const code = (secret: string, steps = 0) => totpCode(secret, new Date(now().getTime() + steps * 30_000));
const inDatabase = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));
const post = (cookie: string, path: string, body?: object) =>
  call(house, { method: 'POST', url: `/api/identity/${path}`, cookie, body });
const login = (account: string, password: string, more: object = {}) =>
  call(house, { method: 'POST', url: '/api/identity/login', body: { account, password, ...more } });
const open = async (cookie: string) => (await call(house, { url: '/api/vault/open', cookie })).json();
const cookieOf = (reply: Awaited<ReturnType<typeof login>>) => String(reply.headers['set-cookie']).split(';')[0] ?? '';
const history = async (cookie: string) =>
  (await call(house, { url: '/api/identity/sign-ins', cookie }))
    .json()
    .entries.map((entry: { outcome: string }) => entry.outcome) as string[];

async function enrol(account: string): Promise<{ cookie: string; secret: string; recovery: string[] }> {
  const cookie = await signIn(house, account);
  const { secret } = (await post(cookie, 'second-factor/totp')).json();
  const confirmed = await post(cookie, 'second-factor/totp/confirm', { first: code(secret, -1), second: code(secret) });
  expect(confirmed.statusCode, confirmed.body).toBe(200);
  return { cookie, secret, recovery: confirmed.json().recoveryCodes };
}

describe('an authenticator', () => {
  it('is enrolled by two codes, raises the session by a third, and lets it fall after a quarter of an hour', async () => {
    const cookie = await signIn(house, 'clerk.bund');
    expect(await open(cookie)).toEqual({ open: true });
    const { cookie: enrolled, secret, recovery } = await enrol('clerk.ruijin');
    expect(recovery).toHaveLength(10);
    expect(await open(enrolled)).toMatchObject({ status: 403, code: 'STEP_UP_REQUIRED', assurance: 2 });
    advance(30_000);
    const raised = await post(enrolled, 'step-up', { code: code(secret) });
    expect(raised.json()).toMatchObject({ assurance: 2 });
    expect(await open(enrolled)).toEqual({ open: true });
    expect((await call(house, { url: '/api/identity/second-factor', cookie: enrolled })).json()).toMatchObject({
      assurance: 2,
      recoveryLeft: 10,
      totpSince: expect.any(String),
    });
    advance(15 * 60_000 + 1);
    expect(await open(enrolled)).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    expect(await history(enrolled)).toEqual(['stepped-up', 'second-factor-added', 'signed-in']);
  });

  it('is asked for at sign-in, after the password was right and not before', async () => {
    const { secret } = await enrol('data.market');
    advance(30_000);
    expect((await login('data.market', 'wrong')).json()).toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect((await login('data.market', 'wrong', { code: code(secret) })).json()).toMatchObject({
      code: 'SIGN_IN_FAILED',
    });
    const asked = await login('data.market', 'data-2026');
    expect(asked.json()).toMatchObject({ status: 401, code: 'CODE_REQUIRED' });
    expect(asked.headers['set-cookie']).toBeUndefined();
    const wrong = code(secret) === '000000' ? '111111' : '000000';
    expect((await login('data.market', 'data-2026', { code: wrong })).json()).toMatchObject({ code: 'CODE_WRONG' });
    const right = await login('data.market', 'data-2026', { code: code(secret) });
    expect(right.statusCode).toBe(200);
    expect(await open(cookieOf(right))).toEqual({ open: true });
    expect(await history(cookieOf(right))).toEqual(expect.arrayContaining(['wrong-code', 'wrong-password']));
  });

  it('takes a code once: neither again, nor an older one, nor twice at the same time', async () => {
    const { cookie, secret } = await enrol('duty.ops');
    expect((await post(cookie, 'step-up', { code: code(secret) })).json()).toMatchObject({ code: 'CODE_WRONG' });
    advance(60_000);
    const later = code(secret);
    const earlier = code(secret, -1);
    const twins = await Promise.all([1, 2, 3].map(() => post(cookie, 'step-up', { code: later })));
    expect(twins.map((reply) => reply.statusCode).sort()).toEqual([200, 401, 401]);
    expect((await post(cookie, 'step-up', { code: earlier })).statusCode).toBe(401);
    advance(30_000);
    expect((await post(cookie, 'step-up', { code: code(secret) })).statusCode).toBe(200);
  });

  it('cannot be guessed: ten wrong codes lock the codes, for the right one as well, and not the other accounts', async () => {
    const { cookie, secret } = await enrol('data.civil');
    advance(30_000);
    const wrong = code(secret) === '000000' ? '111111' : '000000';
    const tries = await Promise.all(Array.from({ length: 12 }, () => post(cookie, 'step-up', { code: wrong })));
    expect(tries.map((reply) => reply.statusCode).sort()).toEqual([...Array(10).fill(401), 429, 429]);
    expect((await post(cookie, 'step-up', { code: code(secret) })).json()).toMatchObject({ code: 'CODE_LOCKED' });
    advance(61_000);
    expect((await post(cookie, 'step-up', { code: code(secret) })).statusCode).toBe(200);
  });

  it('stands sealed in the database, bound to its account', async () => {
    const { secret, recovery } = await enrol('worker.yandang');
    const rows = await inDatabase<{ account: string; secret: string }>(
      sql`select account, secret from identity.totp where secret is not null`,
    );
    const text = JSON.stringify([
      rows,
      await inDatabase(sql`select * from identity.recovery_code`),
      await inDatabase(sql`select * from identity.sign_in`),
    ]);
    expect(text).not.toContain(secret);
    for (const each of recovery) expect(text).not.toContain(each.replace('-', ''));
    const own = rows.find((row) => row.account === 'worker.yandang')?.secret ?? '';
    expect(house.services.keyring.open(own, 'identity.totp:worker.yandang')).toBe(secret);
    expect(() => house.services.keyring.open(own, 'identity.totp:clerk.ruijin')).toThrow('tampered');
  });

  it('is neither replaced nor removed by a session that was not raised', async () => {
    const { cookie, secret } = await enrol('citizen.wei');
    for (const refused of [
      await post(cookie, 'second-factor/totp'),
      await post(cookie, 'second-factor/recovery-codes'),
      await post(cookie, 'password', { current: 'resident-2026', next: '四只白鹭过江看潮水涨' }),
      await call(house, { method: 'DELETE', url: '/api/identity/second-factor/totp', cookie }),
    ])
      expect(refused.json()).toMatchObject({ status: 403, code: 'STEP_UP_REQUIRED' });
    advance(30_000);
    await post(cookie, 'step-up', { code: code(secret) });
    const started = await post(cookie, 'second-factor/totp');
    expect(started.statusCode).toBe(200);
    // The old one holds until the new one is confirmed.
    advance(30_000);
    expect((await post(cookie, 'step-up', { code: code(secret) })).statusCode).toBe(200);
    const removed = await call(house, { method: 'DELETE', url: '/api/identity/second-factor/totp', cookie });
    expect(removed.json()).toEqual({ removed: true });
    expect((await login('citizen.wei', 'resident-2026')).statusCode).toBe(200);
    expect(await inDatabase(sql`select 1 as n from identity.recovery_code where account = 'citizen.wei'`)).toEqual([]);
  });

  it('is not enrolled by codes that do not follow each other, nor after a quarter of an hour', async () => {
    const cookie = await signIn(house, 'agent.siyuan');
    const confirm = (first: string, second: string) => post(cookie, 'second-factor/totp/confirm', { first, second });
    expect((await confirm('123456', '123457')).json()).toMatchObject({ code: 'ENROLMENT_EXPIRED' });
    const { secret } = (await post(cookie, 'second-factor/totp')).json();
    expect((await confirm(code(secret), code(secret, -1))).json()).toMatchObject({ code: 'CODES_NOT_CONSECUTIVE' });
    expect((await confirm('12345', 'abcdef')).json().fields).toHaveLength(2);
    advance(15 * 60_000 + 1);
    expect((await confirm(code(secret, -1), code(secret))).json()).toMatchObject({ code: 'ENROLMENT_EXPIRED' });
    expect((await login('agent.siyuan', 'enterprise-2026')).statusCode).toBe(200);
  });
});

describe('recovery codes', () => {
  it('stand for the telephone once each, however they are typed, and new ones end the old', async () => {
    const cookie = await signIn(house, 'data.centre');
    const { secret } = (await post(cookie, 'second-factor/totp')).json();
    const made = await post(cookie, 'second-factor/totp/confirm', { first: code(secret, -1), second: code(secret) });
    const [first, second, third] = made.json().recoveryCodes as [string, string, string];
    const signedIn = await login('data.centre', 'data-2026', { code: first.toLowerCase().replace('-', ' ') });
    expect(signedIn.statusCode, signedIn.body).toBe(200);
    expect((await login('data.centre', 'data-2026', { code: first })).statusCode).toBe(401);
    expect((await post(cookie, 'step-up', { code: second })).statusCode).toBe(200);
    const left = async () => (await call(house, { url: '/api/identity/second-factor', cookie })).json().recoveryLeft;
    expect(await left()).toBe(8);
    const renewed = (await post(cookie, 'second-factor/recovery-codes')).json().recoveryCodes;
    expect(await left()).toBe(10);
    expect((await post(cookie, 'step-up', { code: third })).statusCode).toBe(401);
    expect((await post(cookie, 'step-up', { code: renewed[0] })).statusCode).toBe(200);
    expect(await history(cookie)).toEqual(expect.arrayContaining(['recovery-code-used', 'recovery-codes-made']));
  });

  it('of one account are nothing to another', async () => {
    const other = await enrol('auditor.li');
    const cookie = await signIn(house, 'clerk.bund');
    expect((await post(cookie, 'step-up', { code: other.recovery[0] })).json()).toMatchObject({ code: 'CODE_WRONG' });
    expect((await post(cookie, 'second-factor/recovery-codes')).json()).toMatchObject({ code: 'NO_SECOND_FACTOR' });
  });
});

describe('where everyone needs a second factor', () => {
  it('an account without one is told to set it up, and may do that', async () => {
    const cookie = await signIn(house, 'clerk.bund');
    const { config } = house.services;
    config.secondFactor = 'everyone';
    try {
      expect(await open(cookie)).toMatchObject({ status: 403, code: 'SECOND_FACTOR_REQUIRED' });
      expect((await post(cookie, 'second-factor/totp')).statusCode).toBe(200);
    } finally {
      config.secondFactor = 'enrolled';
    }
  });

  it('is what a real district gets unless it says otherwise', async () => {
    const { readConfig } = await import('#platform/kernel/config.ts');
    expect(readConfig({}).secondFactor).toBe('enrolled');
    expect(readConfig({ SAMPLE: 'off' }).secondFactor).toBe('everyone');
    expect(() => readConfig({ SECOND_FACTOR: 'nobody' })).toThrow(/enrolled/);
  });
});

describe('changing one’s password', () => {
  it('asks for the present one, refuses what is easy to guess at its field, and ends the other sessions', async () => {
    const here = await signIn(house, 'clerk.bund');
    const there = await signIn(house, 'clerk.bund');
    const change = (current: string, next: string) => post(here, 'password', { current, next });
    expect((await change('wrong', '四只白鹭过江看潮水涨')).json()).toMatchObject({ code: 'OLD_PASSWORD_WRONG' });
    for (const [next, rule] of [
      ['kurz', 'short'],
      ['Password2026', 'guessable'],
      ['clerk.bund99', 'personal'],
      ['street-2026', 'same'],
      ['usuckballz1', 'breached'],
    ] as const) {
      const refused = (await change('street-2026', next)).json();
      expect(refused, next).toMatchObject({ status: 400, fields: [{ pointer: '/next', rule }] });
    }
    const done = await change('street-2026', '四只白鹭过江看潮水涨');
    expect(done.json()).toMatchObject({ changed: true });
    expect(done.json().ended).toBeGreaterThan(0);
    const me = async (cookie: string) => (await call(house, { url: '/api/identity/me', cookie })).json().signedIn;
    expect(await me(here)).toBe(true);
    expect(await me(there)).toBe(false);
    expect((await login('clerk.bund', 'street-2026')).statusCode).toBe(401);
    expect((await login('clerk.bund', '四只白鹭过江看潮水涨')).statusCode).toBe(200);
  });

  it('takes a pass phrase of two hundred characters whole, and no longer one', async () => {
    const cookie = await signIn(house, 'data.market');
    const long = Array.from({ length: 40 }, (_, i) => `${'潮汐白鹭芦苇渡口灯塔'[i % 10]}${i % 7}x${i % 9}-`)
      .join('')
      .slice(0, 200);
    expect([...long]).toHaveLength(200);
    expect((await post(cookie, 'password', { current: 'data-2026', next: `${long}x` })).json()).toMatchObject({
      status: 400,
      fields: [{ pointer: '/next', rule: 'maxLength' }],
    });
    expect((await post(cookie, 'password', { current: 'data-2026', next: long })).statusCode).toBe(200);
    // Nothing is cut off: one character less is another password.
    expect((await login('data.market', long.slice(0, -1))).statusCode).toBe(401);
    expect((await login('data.market', long)).statusCode).toBe(200);
  });

  it('cannot be used to guess the present one', async () => {
    const cookie = cookieOf(await login('clerk.bund', '四只白鹭过江看潮水涨'));
    const tries = [];
    for (let i = 0; i < 12; i++)
      tries.push(await post(cookie, 'password', { current: `no-${i}`, next: 'irrelevant-text' }));
    expect(tries.map((reply) => reply.json().code)).toEqual([
      ...Array(10).fill('OLD_PASSWORD_WRONG'),
      ...Array(2).fill('PASSWORD_LOCKED'),
    ]);
  });
});

it('shows the history in pages, one’s own only', async () => {
  for (let i = 0; i < 21; i++) await login('clerk.bund', '四只白鹭过江看潮水涨');
  const cookie = cookieOf(await login('clerk.bund', '四只白鹭过江看潮水涨'));
  const page = async (before?: string) =>
    (await call(house, { url: `/api/identity/sign-ins${before ? `?before=${before}` : ''}`, cookie })).json();
  const first = await page();
  expect(first.entries).toHaveLength(20);
  const second = await page(first.next);
  const ids = [...first.entries, ...second.entries].map((entry: { id: string }) => entry.id);
  expect(new Set(ids).size).toBe(ids.length);
  const [foreign] = await inDatabase<{ id: string }>(
    sql`select id from identity.sign_in where account = 'clerk.ruijin' order by at desc limit 1`,
  );
  expect((await page(foreign?.id)).entries).toEqual([]);
});
