import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '../app.ts';
import { giveOrder, inIdentity, postIn } from '../organisation/testing.ts';
import { signIn } from '../testing.ts';

/* A joiner (入职): an account without a password, opened by the reset of two administrators, with a post given by an order. */
const FIRST = '四只白鹭过江看潮水涨';
const STREET = 'street-310101013';

let house: TestHouse;
let system: string;
let security: string;
let root: string;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
  root = `${await house.server.fastify.listen({ host: '127.0.0.1', port: 0 })}/scim/v2`;
  [system, security] = (await Promise.all(['admin.system', 'admin.security'].map((who) => signIn(house, who)))) as [
    string,
    string,
  ];
}, 240_000);
afterAll(() => house?.close());
beforeEach(() => inIdentity(house, sql`delete from identity.attempt returning 1 as gone`));

const post = (path: string, body?: object, cookie?: string) =>
  call(house, { method: 'POST', url: `/api/identity/${path}`, body, cookie });
const login = (account: string, password: string) => post('login', { account, password });
const me = async (cookie: string) => (await call(house, { url: '/api/identity/me', cookie })).json();
const listed = async (account: string) =>
  (await call(house, { url: `/api/identity/people?q=${account}`, cookie: system })).json().people[0];

async function codeFor(account: string): Promise<string> {
  const asked = await post('resets', { account, what: 'all', proof: 'card', reason: '新进人员首次登录' }, system);
  expect(asked.statusCode, asked.body).toBe(201);
  const { id, half } = asked.json();
  const confirmed = await post(`resets/${id}/confirm`, undefined, security);
  expect(confirmed.statusCode, confirmed.body).toBe(200);
  return `${half}-${confirmed.json().half}`;
}

async function cookieOf(account: string): Promise<string> {
  const reply = await login(account, FIRST);
  expect(reply.statusCode, reply.body).toBe(200);
  return String(reply.headers['set-cookie']).split(';')[0] as string;
}

/** A source system that may fill ordinary posts, and what it answers. */
async function source(): Promise<(method: string, path: string, body: object) => Promise<{ id: string }>> {
  const made = await post('scim-sources', { name: '人事系统', assigns: true }, system);
  const issued = await post(`scim-sources/${made.json().id}/tokens`, undefined, system);
  const headers = { authorization: `Bearer ${issued.json().token}`, 'content-type': 'application/scim+json' };
  return async (method, path, body) => {
    const reply = await fetch(`${root}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
    return (reply.status === 204 ? {} : await reply.json()) as { id: string };
  };
}

describe('a joiner', () => {
  it('opens the account with the code of two administrators, has no right before the order, and works after it', async () => {
    expect((await post('people', { account: 'joiner.lin', name: '林晓' }, system)).statusCode).toBe(201);
    expect(await listed('joiner.lin')).toMatchObject({ waiting: true, enabled: true, posts: [] });

    const code = await codeFor('joiner.lin');
    const use = (password: string) => post('reset', { account: 'joiner.lin', code, password });
    expect((await use('basketball')).json()).toMatchObject({ fields: [{ pointer: '/password', rule: 'breached' }] });
    expect((await use(FIRST)).json()).toEqual({ changed: true, secondFactor: false });
    expect((await use(FIRST)).json()).toMatchObject({ code: 'RESET_REFUSED' });
    expect(await listed('joiner.lin')).toMatchObject({ waiting: false });

    const before = await cookieOf('joiner.lin');
    expect(await me(before)).toMatchObject({ signedIn: true, account: 'joiner.lin', name: '林晓' });
    expect((await me(before)).kind ?? null).toBeNull();
    for (const url of ['/api/identity/people', '/api/identity/resets', '/api/access/break-glass'])
      expect((await call(house, { url, cookie: before })).statusCode).toBe(403);
    expect((await call(house, { url: '/api/identity/sessions', cookie: before })).statusCode).toBe(200);

    const [drafter, reviewer] = [await signIn(house, 'staffing.tang'), await signIn(house, 'staffing.qin')];
    const clerk = await postIn(house, STREET, 'street-clerk');
    await giveOrder({ house, drafter, reviewer, body: { kind: 'move', account: 'joiner.lin', post: clerk } });
    expect(await me(before)).toMatchObject({ kind: 'street-clerk', area: '310101013' });
    expect((await call(house, { url: '/api/access/break-glass', cookie: before })).statusCode).toBe(200);
    expect(await me(await cookieOf('joiner.lin'))).toMatchObject({ kind: 'street-clerk', unit: { code: STREET } });
  });

  it('who got the post first opens the account all the same', async () => {
    await post('people', { account: 'joiner.he', name: '何苗' }, system);
    const [drafter, reviewer] = [await signIn(house, 'staffing.tang'), await signIn(house, 'staffing.qin')];
    const clerk = await postIn(house, STREET, 'street-clerk');
    await giveOrder({ house, drafter, reviewer, body: { kind: 'move', account: 'joiner.he', post: clerk } });
    const code = await codeFor('joiner.he');
    await post('reset', { account: 'joiner.he', code, password: FIRST });
    expect(await me(await cookieOf('joiner.he'))).toMatchObject({ kind: 'street-clerk', unit: { code: STREET } });
  });

  it('whom a source system sent opens the account the same way, and not after the source has closed it', async () => {
    const send = await source();
    const user = (userName: string, active = true) => ({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName,
      displayName: '周可',
      active,
    });
    const { id } = await send('POST', '/Users', user('joiner.zhou'));
    expect(await listed('joiner.zhou')).toMatchObject({ waiting: true, posts: [] });
    const clerk = await postIn(house, STREET, 'street-clerk');
    await send('PATCH', `/Groups/${clerk}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
    });
    const code = await codeFor('joiner.zhou');
    expect((await post('reset', { account: 'joiner.zhou', code, password: FIRST })).statusCode).toBe(200);
    const cookie = await cookieOf('joiner.zhou');
    expect(await me(cookie)).toMatchObject({ kind: 'street-clerk', unit: { code: STREET } });

    const left = await send('POST', '/Users', user('joiner.left'));
    const spare = await codeFor('joiner.left');
    await send('PUT', `/Users/${left.id}`, user('joiner.left', false));
    expect((await post('reset', { account: 'joiner.left', code: spare, password: FIRST })).json()).toMatchObject({
      code: 'RESET_REFUSED',
    });
    expect(
      (
        await post('resets', { account: 'joiner.left', what: 'all', proof: 'card', reason: '新进人员首次登录' }, system)
      ).json(),
    ).toMatchObject({ fields: [{ pointer: '/account' }] });
  });
});

describe('an account that nobody has opened', () => {
  it('answers every password as an unknown account does, and locks alike', async () => {
    await post('people', { account: 'joiner.tan', name: '谭一' }, system);
    const tries = async (account: string) => {
      const replies = [];
      for (const password of ['x', ' ', 'null', 'undefined', FIRST, 'a', 'b', 'c', 'd', 'e', 'f', 'g'])
        replies.push(await login(account, password));
      await inIdentity(house, sql`delete from identity.attempt returning 1 as gone`);
      return replies.map((reply) => {
        const { trace: _, lockedUntil: __, ...rest } = reply.json() as Record<string, unknown>;
        return { status: reply.statusCode, rest };
      });
    };
    const [joiner, unknown] = [await tries('joiner.tan'), await tries('nobody.at.all')];
    expect(joiner).toEqual(unknown);
    expect(new Set(joiner.map(({ status }) => status))).toEqual(new Set([401, 429]));
  });

  it('is not opened by the counter for residents, by half a code, or by a code of another account', async () => {
    await post('people', { account: 'joiner.su', name: '苏禾' }, system);
    const worker = await signIn(house, 'worker.yandang');
    const counter = { account: 'joiner.su', idNumber: '310199198502130021', what: 'all', reason: '持证到场办理' };
    expect((await post('counter-resets', counter, worker)).statusCode).toBe(404);
    const asked = (
      await post('resets', { account: 'joiner.su', what: 'all', proof: 'card', reason: '新进人员首次登录' }, system)
    ).json();
    const use = (code: string) => post('reset', { account: 'joiner.su', code, password: FIRST });
    expect((await use(`${asked.half}-${asked.half}`)).json()).toMatchObject({ code: 'RESET_REFUSED' });
    expect((await use(await codeFor('joiner.tan'))).json()).toMatchObject({ code: 'RESET_REFUSED' });
    expect((await login('joiner.su', FIRST)).statusCode).toBe(401);
    expect(await listed('joiner.su')).toMatchObject({ waiting: true });
  });
});
