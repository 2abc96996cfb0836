import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '../app.ts';
import { forgetSessions } from '../authenticate.ts';
import { signIn } from '../testing.ts';
import { assert, register, type SoftwareKey, softwareKey } from './software-authenticator.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
}, 120_000);
afterAll(() => house?.close());

const SITE = { origin: 'http://localhost:8080', rpId: 'localhost' };
const newKey = () => softwareKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const post = (path: string, body?: object, cookie?: string, host = 'localhost:8080') =>
  call(house, { method: 'POST', url: `/api/identity/${path}`, cookie, body, headers: { host } });
const challengeOf = async (path: string, cookie?: string) =>
  (await post(path, undefined, cookie)).json().options.challenge as string;
const inDatabase = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));
const cookieOf = (reply: Awaited<ReturnType<typeof post>>) =>
  [reply.headers['set-cookie'] ?? []].flat()[0]?.split(';')[0] ?? '';
const factors = async (cookie: string) => (await call(house, { url: '/api/identity/second-factor', cookie })).json();

async function enrol(account: string): Promise<{ key: SoftwareKey; cookie: string; recovery: string[] }> {
  const key = newKey();
  const cookie = await signIn(house, account);
  const challenge = await challengeOf('passkeys/options', cookie);
  const made = await post('passkeys', { name: '我的手机', answer: register(key, { ...SITE, challenge }) }, cookie);
  expect(made.statusCode, made.body).toBe(200);
  return { key, cookie, recovery: made.json().recoveryCodes };
}
const login = async (key: SoftwareKey, more: object = {}) => {
  const challenge = await challengeOf('passkeys/challenge');
  return post('login/passkey', { answer: assert(key, { ...SITE, challenge, ...more }) });
};

describe('a passkey', () => {
  it('signs in without a password, as sure as level 2, and is asked for where the password alone was enough before', async () => {
    const { key, recovery } = await enrol('clerk.ruijin');
    expect(recovery).toHaveLength(10);
    const reply = await login(key);
    expect(reply.statusCode, reply.body).toBe(200);
    const cookie = cookieOf(reply);
    expect((await call(house, { url: '/api/identity/me', cookie })).json()).toMatchObject({ account: 'clerk.ruijin' });
    expect(await factors(cookie)).toMatchObject({ assurance: 2, passkeys: 1, totpSince: null });
    const password = { account: 'clerk.ruijin', password: 'street-2026' };
    expect((await post('login', password)).json()).toMatchObject({ code: 'CODE_REQUIRED' });
    expect((await post('login', { ...password, code: recovery[0] })).statusCode).toBe(200);
  });

  it('raises a session of its own account, not of another', async () => {
    const { key, cookie } = await enrol('clerk.bund');
    const stepUp = async (who: string) =>
      post(
        'step-up/passkey',
        { answer: assert(key, { ...SITE, challenge: await challengeOf('passkeys/challenge', who) }) },
        who,
      );
    expect(await factors(cookie)).toMatchObject({ assurance: 1 });
    expect((await stepUp(cookie)).json()).toMatchObject({ assurance: 2 });
    expect(await factors(cookie)).toMatchObject({ assurance: 2 });
    const other = await signIn(house, 'duty.ops');
    expect((await stepUp(other)).json()).toMatchObject({ code: 'PASSKEY_FAILED' });
  });

  it('is refused for another challenge, another site, without verification, with a wrong signature or an older counter', async () => {
    const { key } = await enrol('data.civil');
    const failed = { status: 401, code: 'PASSKEY_FAILED' };
    expect((await login(key, { challenge: 'bm90LW9uZS1vZi1vdXJz' })).json()).toMatchObject(failed);
    expect((await login(key, { origin: 'https://evil.example' })).json()).toMatchObject(failed);
    expect((await login(key, { rpId: 'evil.example' })).json()).toMatchObject(failed);
    expect((await login(key, { verified: false })).json()).toMatchObject(failed);
    expect((await login(key, { present: false })).json()).toMatchObject(failed);
    const impostor = { ...newKey(), id: key.id, counter: 50 };
    expect((await login(impostor)).json()).toMatchObject(failed);
    expect((await login(key)).statusCode).toBe(200);
    // A copy of the device that counts from where it was taken.
    expect((await login({ ...key, counter: 0 })).json()).toMatchObject(failed);
    const refusals = await inDatabase(
      sql`select 1 as one from identity.sign_in where account = 'data.civil' and outcome = 'passkey-refused'`,
    );
    expect(refusals).toHaveLength(7);
  });

  it('answers a challenge once, within five minutes, and only what it was made for', async () => {
    const { key, cookie } = await enrol('data.market');
    const challenge = await challengeOf('passkeys/challenge');
    const once = assert(key, { ...SITE, challenge });
    expect((await post('login/passkey', { answer: once })).statusCode).toBe(200);
    expect((await post('login/passkey', { answer: once })).statusCode).toBe(401);
    expect((await post('login/passkey', { answer: assert(key, { ...SITE, challenge }) })).statusCode).toBe(401);
    const registering = newKey();
    const wrongKind = await challengeOf('passkeys/challenge', cookie);
    await post(
      'step-up/passkey',
      { answer: assert(key, { ...SITE, challenge: await challengeOf('passkeys/challenge', cookie) }) },
      cookie,
    );
    const kept = await post(
      'passkeys',
      { name: 'x', answer: register(registering, { ...SITE, challenge: wrongKind }) },
      cookie,
    );
    expect(kept.json()).toMatchObject({ code: 'PASSKEY_FAILED' });
    const late = await challengeOf('passkeys/challenge');
    house.services.clock.setOffset(5 * 60_000 + 1);
    expect((await post('login/passkey', { answer: assert(key, { ...SITE, challenge: late }) })).statusCode).toBe(401);
    house.services.clock.setOffset(0);
    forgetSessions(house.services);
  });

  it('of a disabled account opens nothing, with the answer for an unknown one', async () => {
    const { key } = await enrol('data.centre');
    await inDatabase(sql`update identity.account set enabled = false where account = 'data.centre'`);
    const disabled = (await login(key)).json();
    const unknown = (await login(newKey())).json();
    expect({ ...disabled, trace: '' }).toEqual({ ...unknown, trace: '' });
    await inDatabase(sql`update identity.account set enabled = true where account = 'data.centre'`);
  });

  it('is listed, registered once, and removed by its owner in a raised session only', async () => {
    const { key, cookie } = await enrol('worker.yandang');
    const { passkeys } = (await call(house, { url: '/api/identity/passkeys', cookie })).json();
    expect(passkeys).toMatchObject([{ id: key.id, name: '我的手机', usedAt: null }]);
    const remove = (who: string) =>
      call(house, { method: 'DELETE', url: `/api/identity/passkeys/${key.id}`, cookie: who });
    expect((await remove(cookie)).json()).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    const stranger = await signIn(house, 'citizen.wei');
    expect((await remove(stranger)).statusCode).toBe(404);
    const taken = await challengeOf('passkeys/options', stranger);
    const twice = await post('passkeys', { name: 'x', answer: register(key, { ...SITE, challenge: taken }) }, stranger);
    expect(twice.json()).toMatchObject({ code: 'PASSKEY_KNOWN' });
    const raised = cookieOf(await login(key));
    expect((await remove(raised)).json()).toEqual({ removed: true });
    expect((await login(key)).statusCode).toBe(401);
    expect(await factors(raised)).toMatchObject({ passkeys: 0, recoveryLeft: 0 });
    expect((await post('login', { account: 'worker.yandang', password: 'committee-2026' })).statusCode).toBe(200);
  });
});

describe('the site of a passkey', () => {
  it('is the public origin, or this machine by name, never a bare address', async () => {
    expect((await post('passkeys/challenge', undefined, undefined, '127.0.0.1:8080')).json()).toMatchObject({
      status: 409,
      code: 'PASSKEY_UNAVAILABLE',
    });
    expect((await post('passkeys/challenge', undefined, undefined, 'evil.example')).statusCode).toBe(409);
    const { config } = house.services;
    config.publicOrigin = 'https://city.example';
    const options = (await post('passkeys/challenge', undefined, undefined, 'evil.example')).json().options;
    expect(options.rpId).toBe('city.example');
    config.publicOrigin = undefined;
  });
});
