import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { app } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkAccount } from '../accounts.ts';
import { identity } from '../app.ts';
import { forgetSessions } from '../authenticate.ts';
import { ID_NUMBER_LOOKUP, type ResidentFact, residentFacts } from '../subjects.ts';
import { signIn } from '../testing.ts';
import { EXAMPLE_SECRET } from '../second-factor/examples.ts';
import { totpContext } from '../second-factor/use-code.ts';
import { halvesOf } from './reset-code.ts';

const CARD = '310199198502130021';
const OTHER_CARD = '310199194205160015';
const NEW = '四只白鹭过江看潮水涨';
/** Stands in for the population database. */
const facts = new Map<string, ResidentFact>();
const residents = app({
  id: 'residents',
  kind: 'capability',
  folder: 'platform/residents',
  title: { zh: '居民', en: 'Residents' },
  provides: [
    residentFacts.provide({
      factsOf: async ({ hashes, services }) =>
        new Map(
          [...facts].flatMap(([idNumber, fact]): [string, ResidentFact][] => {
            const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, idNumber);
            return hashes.includes(hash) ? [[hash, fact]] : [];
          }),
        ),
    }),
  ],
});

let house: TestHouse;
let system: string;
let security: string;
let worker: string;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit, residents], work: false });
  const { services } = house;
  await linkAccount({ services, account: 'citizen.wei', subject: { idNumber: CARD } });
  await linkAccount({ services, account: 'citizen.father', subject: { idNumber: OTHER_CARD } });
  await linkAccount({ services, account: 'clerk.bund', subject: { idNumber: '310199199001010013' } });
  [system, security, worker] = (await Promise.all(
    ['admin.system', 'admin.security', 'worker.yandang'].map((who) => signIn(house, who)),
  )) as [string, string, string];
}, 120_000);
afterAll(() => house?.close());

let offset = 0;
const advance = (ms: number) => {
  offset += ms;
  house.services.clock.setOffset(offset);
  forgetSessions(house.services);
};
const inDatabase = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));
const post = (cookie: string | undefined, path: string, body?: object, key?: string) =>
  call(house, { method: 'POST', url: `/api/identity/${path}`, cookie, body, key });
const ask = (account: string, what = 'password') =>
  post(system, 'resets', { account, what, proof: 'card', reason: '忘记密码，本人持证到场' });
const use = (account: string, code: string, password = NEW) => post(undefined, 'reset', { account, code, password });
const login = (account: string, password: string) => post(undefined, 'login', { account, password });
const history = async (account: string) =>
  (
    await inDatabase<{ outcome: string }>(
      sql`select outcome from identity.sign_in where account = ${account} order by at desc, id desc limit 8`,
    )
  ).map(({ outcome }) => outcome);
const enrol = async (account: string) => {
  const sealed = house.services.keyring.seal(EXAMPLE_SECRET, totpContext(account));
  await inDatabase(sql`insert into identity.totp (account, secret, confirmed_at) values (${account}, ${sealed}, now())
    on conflict (account) do update set secret = excluded.secret, confirmed_at = now() returning 1 as done`);
};

beforeEach(async () => {
  facts.clear();
  facts.set(CARD, { deathDate: null, committee: '310101023001' });
  facts.set(OTHER_CARD, { deathDate: null, committee: '310101023008' });
  await inDatabase(sql`delete from identity.reset returning 1 as gone`);
  await inDatabase(sql`delete from identity.attempt returning 1 as gone`);
});

describe('a reset by two administrators', () => {
  it('needs both halves, changes the password once, ends every session, and all of it stands in the history', async () => {
    const before = await signIn(house, 'clerk.ruijin');
    const asked = await ask('clerk.ruijin');
    expect(asked.statusCode, asked.body).toBe(201);
    const { id, half } = asked.json();
    expect((await use('clerk.ruijin', `${half}-0000-0000`)).json().code).toBe('RESET_REFUSED');
    const confirmed = await post(security, `resets/${id}/confirm`);
    expect(confirmed.statusCode, confirmed.body).toBe(200);
    const code = `${half}-${confirmed.json().half}`;
    expect((await use('clerk.ruijin', `${confirmed.json().half}-${half}`)).json().code).toBe('RESET_REFUSED');
    expect((await use('clerk.bund', code)).json().code).toBe('RESET_REFUSED');
    expect((await use('clerk.ruijin', code, 'basketball')).json()).toMatchObject({
      status: 400,
      fields: [{ pointer: '/password', rule: 'breached' }],
    });
    expect((await use('clerk.ruijin', code.toLowerCase().replaceAll('-', ' '))).json()).toEqual({
      changed: true,
      secondFactor: false,
    });
    expect((await use('clerk.ruijin', code)).json().code).toBe('RESET_REFUSED');
    expect((await call(house, { url: '/api/identity/me', cookie: before })).json().signedIn).toBe(false);
    expect((await login('clerk.ruijin', 'street-2026')).statusCode).toBe(401);
    expect((await login('clerk.ruijin', NEW)).statusCode).toBe(200);
    expect((await history('clerk.ruijin')).slice(0, 5)).toEqual([
      'signed-in',
      'wrong-password',
      'reset-used',
      'reset-issued',
      'reset-requested',
    ]);
    const listed = (await call(house, { url: '/api/identity/resets', cookie: security })).json().resets;
    expect(listed[0]).toMatchObject({ requestedBy: 'admin.system', confirmedBy: 'admin.security', state: 'used' });
    const logged = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ account: string }>(
        sql`select account from audit.access where route like 'POST /api/identity/resets%' order by 1`,
      ),
    );
    expect(logged.map(({ account }) => account)).toEqual(['admin.security', 'admin.system']);
  });

  it('is refused where one person would be two: both steps, or one’s own account', async () => {
    const { id } = (await ask('head.ruijin')).json();
    expect((await post(system, `resets/${id}/confirm`)).statusCode).toBe(403);
    expect((await post(security, 'resets', { account: 'clerk.bund' })).statusCode).toBe(403);
    expect((await ask('admin.system')).json().code).toBe('RESET_NEEDS_ANOTHER');
    const own = (await ask('admin.security')).json();
    expect((await post(security, `resets/${own.id}/confirm`)).json().code).toBe('RESET_NEEDS_ANOTHER');
    // Two accounts, one identity number: the same person cannot hold both posts in the first place.
    const subject = { idNumber: '310199198001010014' };
    await linkAccount({ services: house.services, account: 'admin.system', subject });
    await expect(linkAccount({ services: house.services, account: 'admin.security', subject })).rejects.toThrow(
      /three_administrators_apart/,
    );
    await inDatabase(
      sql`update identity.account set person_hash = null where account like 'admin.%' returning 1 as done`,
    );
    await expect(
      inDatabase(sql`update identity.reset set confirmed_by = requested_by where id = ${id}::uuid returning 1 as done`),
    ).rejects.toThrow(/two_persons/);
  });

  it('keeps the second factor for a lost password, and takes it away only where that was asked for', async () => {
    for (const [what, left] of [
      ['password', true],
      ['all', false],
    ] as const) {
      await enrol('head.ruijin');
      const { id, half } = (await ask('head.ruijin', what)).json();
      const other = (await post(security, `resets/${id}/confirm`)).json().half;
      expect((await use('head.ruijin', `${half}-${other}`, `${NEW}${what}`)).json()).toEqual({
        changed: true,
        secondFactor: left,
      });
      expect((await login('head.ruijin', `${NEW}${what}`)).json()).toMatchObject(
        left ? { code: 'CODE_REQUIRED' } : { signedIn: true },
      );
    }
    await inDatabase(sql`delete from identity.totp returning 1 as gone`);
  });

  it('runs out after a day, can be cancelled by either, and there is one at a time', async () => {
    const first = (await ask('clerk.bund')).json();
    expect((await ask('clerk.bund')).json().code).toBe('RESET_OPEN');
    const second = (await post(security, `resets/${first.id}/confirm`)).json();
    expect((await post(security, `resets/${first.id}/confirm`)).json().code).toBe('RESET_NOT_OPEN');
    expect((await post(system, `resets/${first.id}/cancel`)).json()).toEqual({ cancelled: true });
    expect((await use('clerk.bund', `${first.half}-${second.half}`)).json().code).toBe('RESET_REFUSED');
    const late = (await ask('clerk.bund')).json();
    const half = (await post(security, `resets/${late.id}/confirm`)).json().half;
    advance(24 * 60 * 60_000 + 1);
    expect((await use('clerk.bund', `${late.half}-${half}`)).json().code).toBe('RESET_REFUSED');
    [system, security, worker] = (await Promise.all(
      ['admin.system', 'admin.security', 'worker.yandang'].map((who) => signIn(house, who)),
    )) as [string, string, string];
    expect((await ask('clerk.bund')).statusCode).toBe(201);
  });

  it('shows a code once: no reply is kept, no half stands in the database', async () => {
    const key = crypto.randomUUID();
    const body = { account: 'clerk.bund', what: 'password', proof: 'video', reason: '视频核验' };
    const { half } = (await post(system, 'resets', body, key)).json();
    expect((await post(system, 'resets', body, key)).json().code).toBe('ALREADY_SHOWN');
    const rows = await inDatabase(sql`select * from identity.reset`);
    expect(JSON.stringify(rows)).not.toContain(half.replace('-', ''));
    expect(JSON.stringify(rows)).not.toContain(half);
  });

  it('cannot be guessed, and guessing does not keep the owner from signing in', async () => {
    const { id } = (await ask('clerk.bund')).json();
    await post(security, `resets/${id}/confirm`);
    const tries = [];
    for (let i = 0; i < 12; i++) tries.push((await use('clerk.bund', '0000-0000-0000-0000')).json().code);
    expect(tries).toEqual([...Array(10).fill('RESET_REFUSED'), ...Array(2).fill('RESET_LOCKED')]);
    expect((await login('clerk.bund', 'street-2026')).statusCode).toBe(200);
    const nobody = (await use('nobody.here', '0000-0000-0000-0000')).json();
    const known = (await use('data.civil', '0000-0000-0000-0000')).json();
    expect({ ...nobody, trace: '' }).toEqual({ ...known, trace: '' });
  });
});

describe('a reset at the counter', () => {
  const counter = (account: string, idNumber = CARD, cookie = worker) =>
    post(cookie, 'counter-resets', { account, idNumber, what: 'all', reason: '手机丢失，本人持证到场' });

  it('gives a resident of the own area a code for half an hour, and the resident sees it', async () => {
    await enrol('citizen.wei');
    const made = await counter('citizen.wei');
    expect(made.statusCode, made.body).toBe(201);
    const { code, expiresAt } = made.json();
    expect(new Date(expiresAt).getTime() - house.services.clock.now().getTime()).toBeLessThanOrEqual(30 * 60_000);
    expect((await use('citizen.wei', code)).json()).toEqual({ changed: true, secondFactor: false });
    expect((await login('citizen.wei', NEW)).statusCode).toBe(200);
    expect((await history('citizen.wei')).slice(0, 3)).toEqual(['signed-in', 'reset-used-all', 'reset-at-counter']);
    const late = (await counter('citizen.wei')).json();
    advance(30 * 60_000 + 1);
    expect((await use('citizen.wei', late.code)).json().code).toBe('RESET_REFUSED');
    worker = await signIn(house, 'worker.yandang');
  });

  it('answers alike for another area, another card, an official and nobody, and stops who goes on guessing', async () => {
    const answers = [];
    for (const [account, idNumber] of [
      ['citizen.father', OTHER_CARD],
      ['citizen.wei', OTHER_CARD],
      ['clerk.bund', '310199199001010013'],
      ['nobody.here', CARD],
    ] as const) {
      answers.push({ ...(await counter(account, idNumber)).json(), trace: '' });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404 });
    for (let i = 0; i < 6; i++) await counter('citizen.wei', OTHER_CARD);
    expect((await counter('citizen.wei')).json().code).toBe('RESET_LOCKED');
  });

  it('asks a worker who holds a second factor for it, and a resident who moved away is another committee’s', async () => {
    await enrol('worker.yandang');
    forgetSessions(house.services);
    expect((await counter('citizen.wei')).json().code).toBe('STEP_UP_REQUIRED');
    await inDatabase(sql`delete from identity.totp returning 1 as gone`);
    forgetSessions(house.services);
    facts.set(CARD, { deathDate: null, committee: '310101013001' });
    expect((await counter('citizen.wei')).statusCode).toBe(404);
  });
});

it('a code is read however it was copied, and nothing else is one', () => {
  expect(halvesOf('7k3m-q2xa w9zd 4htp')).toEqual({ first: '7K3MQ2XA', second: 'W9ZD4HTP' });
  expect(halvesOf('O0Il-0000-0000-0000')?.first).toBe('00110000');
  expect(halvesOf('7K3M-Q2XA-W9ZD-4HT')).toBeUndefined();
  expect(halvesOf('7K3M-Q2XA-W9ZD-4HTU')).toBeUndefined();
});
