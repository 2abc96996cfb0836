import { afterAll, beforeAll, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from './app.ts';
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
