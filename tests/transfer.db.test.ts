import { afterAll, beforeAll, expect, it } from 'vitest';
import { postIn } from '#platform/identity/organisation/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { call } from '#platform/kernel/testing.ts';
import { runTypedStatement } from '#platform/kernel/typed-statement.ts';
import { openSeededHouse, type SeededHouse } from './fixture.ts';

/*
 * A clerk moves from one street to another by a transfer order while she is signed in (S11, acceptance: rights follow the post).
 */
const RUIJIN = '310101023001';
const BUND = '310101013001';
/** The promise is 60 seconds; the answer of a session is kept for five. */
const LIMIT_MS = 60_000;

let house: SeededHouse;
beforeAll(async () => {
  house = await openSeededHouse({ examples: false });
}, 300_000);
afterAll(() => house?.close());

const residents = async (cookie: string, committee: string) => {
  const reply = await call(house, {
    url: `/api/community/committees/${committee}/residents`,
    cookie,
    purpose: 'community-care',
  });
  return { status: reply.statusCode, count: reply.json().residents?.length as number | undefined };
};

/** What a hand-typed query shows in her place: committees of the residents. */
const inSql = async () => {
  const result = await runTypedStatement(house.services, {
    module: 'community',
    account: 'clerk.ruijin',
    purpose: 'community-care',
    operator: 'test',
    statement: 'select distinct committee_code from share.community__resident order by 1',
  });
  if (!result.ok || !('rows' in result)) throw new Error(JSON.stringify(result));
  return result.rows.flat();
};

it('a clerk moves by a transfer order while she is signed in: the old street’s residents are gone within 60 s, the new ones there, in API and SQL', async () => {
  const clerk = await signIn(house, 'clerk.ruijin');
  const [tang, head] = [await signIn(house, 'staffing.tang'), await signIn(house, 'head.bund')];
  expect((await residents(clerk, RUIJIN)).count).toBeGreaterThan(0);
  expect((await residents(clerk, BUND)).status).toBe(404);
  expect(await inSql()).toEqual([RUIJIN]);

  const drafted = await call(house, {
    method: 'POST',
    url: '/api/identity/orders',
    cookie: tang,
    body: {
      body: { kind: 'move', account: 'clerk.ruijin', post: await postIn(house, 'street-310101013', 'street-clerk') },
      reason: '黄编调〔2026〕3 号',
    },
  });
  expect(drafted.statusCode, drafted.body).toBe(201);
  // Drafted is not decided: nothing has changed for her.
  expect((await residents(clerk, RUIJIN)).status).toBe(200);
  const approved = await call(house, {
    method: 'POST',
    url: `/api/identity/orders/${drafted.json().id}/review`,
    cookie: head,
    body: { decision: 'approve' },
  });
  expect(approved.statusCode, approved.body).toBe(200);
  const since = Date.now();
  for (;;) {
    const { status } = await residents(clerk, RUIJIN);
    if (status === 404) break;
    expect(Date.now() - since).toBeLessThan(LIMIT_MS);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect((await residents(clerk, BUND)).count).toBeGreaterThan(0);
  expect(await inSql()).toEqual([BUND]);
  const who = (await call(house, { url: '/api/identity/me', cookie: clerk })).json();
  expect(who).toMatchObject({ account: 'clerk.ruijin', area: '310101013', unit: { code: 'street-310101013' } });
});

it('who leaves the last post sees nothing in SQL either, and an unknown account is named', async () => {
  const [tang, head] = [await signIn(house, 'staffing.tang'), await signIn(house, 'head.bund')];
  const drafted = await call(house, {
    method: 'POST',
    url: '/api/identity/orders',
    cookie: tang,
    body: { body: { kind: 'leave', account: 'clerk.ruijin' }, reason: '离任' },
  });
  const url = `/api/identity/orders/${drafted.json().id}/review`;
  expect((await call(house, { method: 'POST', url, cookie: head, body: { decision: 'approve' } })).statusCode).toBe(
    200,
  );
  expect(await inSql()).toEqual([]);
  const unknown = await runTypedStatement(house.services, {
    module: 'community',
    account: 'nobody.here',
    operator: 'test',
    statement: 'select 1',
  });
  expect(unknown).toMatchObject({ ok: false, code: 'NO_ACCOUNT' });
});
