import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from '#platform/kernel/testing.ts';
import { openSeededHouse, type SeededHouse } from '../../tests/fixture.ts';
import { visits } from './app.ts';

let house: SeededHouse;
beforeAll(async () => {
  house = await openSeededHouse({ also: [visits] });
}, 300_000);
afterAll(() => house?.close());

const record = async (householdNo: string, more: object = {}) => {
  const { body } = await house.fill({
    as: 'committee-worker',
    body: { householdNo, visitedOn: '2026-11-20', note: '独居，身体良好', ...more },
  });
  return call(house, {
    method: 'POST',
    url: '/api/visits/visits',
    cookie: house.cookies['committee-worker'],
    purpose: 'community-care',
    body,
  });
};

it('records a visit to a household of the own area', async () => {
  const reply = await record('fixture:own-household');
  expect(reply.statusCode, reply.body).toBe(201);
  expect(reply.json()).toMatchObject({ note: '独居，身体良好', visitedOn: '2026-11-20' });
});

it('does not know the household of another street', async () => {
  expect((await record('fixture:foreign-household')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});

it('names the field that is wrong', async () => {
  expect((await record('fixture:own-household', { note: '好' })).json().fields).toMatchObject([
    { pointer: '/note', rule: 'minLength' },
  ]);
});

it('records nothing once the owner has withdrawn the grant', async () => {
  const reason = '专项工作结束';
  const revoked = await call(house, {
    method: 'POST',
    url: '/api/catalog/grants/visits.household/revoke',
    cookie: house.cookies['data-officer'],
    body: { reason },
  });
  expect(revoked.statusCode, revoked.body).toBe(200);
  expect((await record('fixture:own-household')).json()).toMatchObject({
    status: 403,
    code: 'GRANT_WITHDRAWN',
    reason,
  });
});
