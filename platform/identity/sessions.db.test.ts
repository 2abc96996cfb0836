import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from './app.ts';
import { forgetSessions } from './authenticate.ts';
import { MOST_SESSIONS } from './open-session.ts';
import { signIn } from './testing.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
}, 120_000);
afterAll(() => house?.close());

const get = async (cookie: string, path: string) =>
  (await call(house, { url: `/api/identity/${path}`, cookie })).json();
const login = async (cookie?: string) => {
  const reply = await call(house, {
    method: 'POST',
    url: '/api/identity/login',
    cookie,
    body: { account: 'clerk.bund', password: 'street-2026' },
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' },
  });
  return [reply.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] as string);
};

it('a sign-in from a new device is told to the other sessions until they have seen it, and marked in the history', async () => {
  const [first = '', device = ''] = await login();
  expect((await get(first, 'notices')).newDevices).toEqual([]);
  const [again = ''] = await login(device);
  expect((await get(first, 'notices')).newDevices).toEqual([]);
  const [strange = ''] = await login();
  for (const cookie of [first, again]) {
    expect((await get(cookie, 'notices')).newDevices).toEqual([
      { at: expect.any(String), device: 'Firefox 140 · Linux' },
    ]);
  }
  expect((await get(strange, 'notices')).newDevices).toEqual([]);
  await call(house, { method: 'PUT', url: '/api/identity/notices/seen', cookie: first });
  expect((await get(first, 'notices')).newDevices).toEqual([]);
  expect((await get(again, 'notices')).newDevices).toHaveLength(1);
  const { entries } = await get(first, 'sign-ins');
  expect(entries.map((entry: { newDevice: boolean }) => entry.newDevice)).toEqual([true, false, true]);
  const other = await signIn(house, 'data.civil');
  expect((await get(other, 'notices')).newDevices).toEqual([]);
});

it('an account has twenty sessions at most: one more ends the longest unused, and the history says so', async () => {
  const first = await signIn(house, 'duty.ops');
  const second = await signIn(house, 'duty.ops');
  for (let i = 2; i < MOST_SESSIONS; i++) await signIn(house, 'duty.ops');
  expect((await get(first, 'me')).signedIn).toBe(true);
  expect((await get(first, 'sessions')).sessions).toHaveLength(MOST_SESSIONS);
  const last = await signIn(house, 'duty.ops');
  expect((await get(first, 'me')).signedIn).toBe(false);
  expect((await get(second, 'me')).signedIn).toBe(true);
  const { entries } = await get(last, 'sign-ins');
  expect(entries[0].outcome).toBe('oldest-session-ended');
});

describe('proof once more', () => {
  const post = (cookie: string, path: string, body?: object) =>
    call(house, { method: 'POST', url: `/api/identity/${path}`, cookie, body });
  const end = (cookie: string) => call(house, { method: 'DELETE', url: '/api/identity/sessions/others', cookie });
  const later = (ms: number) => {
    house.services.clock.setOffset(ms);
    forgetSessions(house.services);
  };

  it('is asked of a password-only account before others are signed out or a first factor is set up, a quarter of an hour after signing in', async () => {
    const cookie = await signIn(house, 'head.ruijin');
    expect((await end(cookie)).statusCode).toBe(200);
    later(16 * 60_000);
    for (const refused of [await end(cookie), await post(cookie, 'second-factor/totp')]) {
      expect(refused.json()).toMatchObject({ status: 403, code: 'STEP_UP_REQUIRED', proof: 'password' });
    }
    expect(
      (
        await call(house, {
          method: 'POST',
          url: '/api/identity/passkeys/options',
          cookie,
          headers: { host: 'localhost' },
        })
      ).json(),
    ).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    expect((await post(cookie, 'step-up/password', { password: 'wrong' })).json().code).toBe('OLD_PASSWORD_WRONG');
    expect((await end(cookie)).statusCode).toBe(403);
    expect((await post(cookie, 'step-up/password', { password: 'head-2026' })).statusCode).toBe(200);
    expect((await end(cookie)).statusCode).toBe(200);
    expect((await post(cookie, 'second-factor/totp')).statusCode).toBe(200);
    later(0);
  });

  it('gives the session a new token: the one from before is worth nothing', async () => {
    const before = await signIn(house, 'data.market');
    const reply = await post(before, 'step-up/password', { password: 'data-2026' });
    const after = String(reply.headers['set-cookie']).split(';')[0] as string;
    expect(after).not.toBe(before);
    const signedIn = async (cookie: string) =>
      (await house.server.fastify.inject({ url: '/api/identity/me', headers: { cookie } })).json().signedIn;
    expect(await signedIn(before)).toBe(false);
    expect(await signedIn(after)).toBe(true);
    const { sessions } = await get(after, 'sessions');
    expect(sessions.filter((session: { current: boolean }) => session.current)).toHaveLength(1);
  });

  it('cannot be used to guess the password', async () => {
    const cookie = await signIn(house, 'data.police');
    const codes = [];
    for (let i = 0; i < 12; i++)
      codes.push((await post(cookie, 'step-up/password', { password: `no-${i}` })).json().code);
    expect(codes).toEqual([...Array(10).fill('OLD_PASSWORD_WRONG'), ...Array(2).fill('PASSWORD_LOCKED')]);
  });
});
