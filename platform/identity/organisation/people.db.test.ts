import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '../app.ts';
import { seedDemoAccounts } from '../demo-accounts.ts';
import { signIn } from '../testing.ts';
import { listHolders } from './holders.ts';
import { giveOrder, inIdentity, postIn } from './testing.ts';

let house: TestHouse;
let admin: string;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
  admin = await signIn(house, 'admin.system');
}, 240_000);
afterAll(() => house?.close());

const people = async (query: string) =>
  (await call(house, { url: `/api/identity/people?${query}`, cookie: admin })).json().people as {
    account: string;
    sessions: number;
    enabled: boolean;
    waiting: boolean;
    posts: { unit: string }[];
  }[];
const setEnabled = (account: string, enabled: boolean, cookie = admin) =>
  call(house, { method: 'PUT', url: `/api/identity/people/${account}/enabled`, cookie, body: { enabled } });

describe('an administrator', () => {
  it('closes an account: its sessions end at once, and neither a restart nor anybody but an administrator opens it', async () => {
    const clerk = await signIn(house, 'clerk.ruijin');
    expect((await people('q=clerk.ruijin'))[0]).toMatchObject({
      sessions: 1,
      enabled: true,
      posts: [{ unit: '瑞金二路街道办事处' }],
    });
    expect((await setEnabled('clerk.ruijin', false)).statusCode).toBe(200);
    expect((await call(house, { url: '/api/identity/me', cookie: clerk })).json()).toMatchObject({ signedIn: false });
    await expect(signIn(house, 'clerk.ruijin')).rejects.toThrow(/SIGN_IN_FAILED/);
    await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'seed' }) }, (db) =>
      seedDemoAccounts({ db, services: house.services }),
    );
    expect((await people('q=clerk.ruijin'))[0]).toMatchObject({ sessions: 0, enabled: false });
    await setEnabled('clerk.ruijin', true);
    // The post is still hers: closing an account is no leaving.
    expect(
      (await call(house, { url: '/api/identity/me', cookie: await signIn(house, 'clerk.ruijin') })).json(),
    ).toMatchObject({ area: '310101023' });
  });

  it('closes neither the own account nor one of a resident, and sees no resident in the list', async () => {
    expect((await setEnabled('admin.system', false)).json()).toMatchObject({ code: 'NOT_ONESELF' });
    expect((await setEnabled('citizen.wei', false)).statusCode).toBe(404);
    expect(await people('q=citizen')).toEqual([]);
    expect((await people('unit=street-310101013')).map(({ account }) => account)).toEqual([
      'clerk.bund',
      'head.bund',
      'supervisor.bund',
    ]);
    expect(await people('q=%25')).toEqual([]);
  });

  it('makes a joiner’s account without password and without rights; an order gives the post', async () => {
    const make = (account: string) =>
      call(house, { method: 'POST', url: '/api/identity/people', cookie: admin, body: { account, name: '新人' } });
    expect((await make('new.person')).statusCode).toBe(201);
    expect((await make('new.person')).json()).toMatchObject({ code: 'ACCOUNT_TAKEN' });
    expect((await people('q=new.person'))[0]).toMatchObject({ waiting: true, posts: [] });
    for (const password of ['', 'x', 'anything-2026']) {
      const reply = await call(house, {
        method: 'POST',
        url: '/api/identity/login',
        body: { account: 'new.person', password },
      });
      expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    }
    const [drafter, reviewer] = [await signIn(house, 'staffing.tang'), await signIn(house, 'staffing.qin')];
    const post = await postIn(house, 'street-310101013', 'street-clerk');
    await giveOrder({ house, drafter, reviewer, body: { kind: 'move', account: 'new.person', post } });
    await call(house, { url: '/api/identity/me', cookie: drafter });
    const held = (await listHolders(house.services)).filter(({ account }) => account === 'new.person');
    expect(held).toMatchObject([{ post: 'street-clerk', unit: 'street-310101013' }]);
  });
});

it('posts are set up by the staffing office, with the area of the unit and never for the whole district', async () => {
  const staffing = await signIn(house, 'staffing.tang');
  const set = (body: unknown, cookie = staffing) =>
    call(house, { method: 'POST', url: '/api/identity/posts', cookie, body });
  const made = await set({ kind: 'data-officer', unit: 'staffing', title: '数据专员' });
  expect(made.statusCode, made.body).toBe(201);
  expect(
    await inIdentity(house, sql`select area, reach, single from identity.post where id = ${made.json().id}::uuid`),
  ).toEqual([{ area: '310101', reach: 'own', single: false }]);
  expect((await set({ kind: 'citizen', unit: 'staffing' })).statusCode).toBe(400);
  expect((await set({ kind: 'data-officer', unit: 'no-such-unit' })).json()).toMatchObject({
    fields: [{ pointer: '/unit' }],
  });
  expect((await set({ kind: 'data-officer', unit: 'staffing' }, admin)).statusCode).toBe(403);
});
