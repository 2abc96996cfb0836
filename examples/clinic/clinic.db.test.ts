import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, ageOn, shanghaiDate } from '#platform/kernel/dates.ts';
import { call } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { openSeededHouse, type SeededHouse } from '../../tests/fixture.ts';

let house: SeededHouse;
let father: string;
let daughter: string;
beforeAll(async () => {
  house = await openSeededHouse({ examples: false });
  father = await signIn(house, 'citizen.father');
  daughter = await signIn(house, 'citizen.daughter');
}, 300_000);
afterAll(() => house?.close());
beforeEach(async () => {
  await send(daughter, 'DELETE', '/api/identity/acting');
});

const send = async (cookie: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown) =>
  (await call(house, { method, url, cookie, body })).json();
const inDays = (days: number) => addDays(shanghaiDate(Date.now()), days);
const book = (cookie: string, visitOn: string, department = 'eyes') =>
  send(cookie, 'POST', '/api/clinic/bookings', { department, visitOn });

describe('booking a medical visit', () => {
  it('is for oneself, and seen by oneself only', async () => {
    expect(await book(father, inDays(2))).toMatchObject({ department: 'eyes', visitOn: inDays(2), madeBy: '徐发炳' });
    expect((await send(father, 'GET', '/api/clinic/bookings')).bookings).toHaveLength(1);
    expect((await send(daughter, 'GET', '/api/clinic/bookings')).bookings).toEqual([]);
    expect(await send(house.cookies['committee-worker'], 'GET', '/api/clinic/bookings')).toMatchObject({ status: 403 });
  });

  it('names the field that is wrong, and books a day and department once', async () => {
    for (const on of [inDays(0), inDays(15)])
      expect((await book(father, on)).fields).toMatchObject([{ pointer: '/visitOn', rule: 'range' }]);
    expect((await book(father, inDays(3), 'heart')).fields).toMatchObject([{ pointer: '/department' }]);
    await book(father, inDays(4));
    expect(await book(father, inDays(4))).toMatchObject({ status: 409, code: 'BOOKED_ALREADY' });
  });

  it('a daughter signs in once and books for her father of 84 by the consent on record; his record stays closed to her, and he sees both', async () => {
    expect(ageOn((await send(father, 'GET', '/api/population/self')).record.birthDate, '2026-11-24')).toBe(84);
    const { held } = await send(daughter, 'GET', '/api/access/delegations');
    const consent = held.find((d: { giverName: string }) => d.giverName === '徐发炳');
    expect(consent).toMatchObject({ basis: 'consent', scopes: ['medical-booking'], state: 'active' });
    await send(daughter, 'PUT', '/api/identity/acting', { delegation: consent.id });

    expect(await book(daughter, inDays(5), 'bones')).toMatchObject({ madeBy: '徐洁佳' });
    const refused = await send(daughter, 'GET', '/api/population/self');
    expect(refused).toMatchObject({ status: 403, code: 'DELEGATION_OUT_OF_SCOPE', scope: 'own-record-read' });

    expect((await send(father, 'GET', '/api/clinic/bookings')).bookings).toContainEqual(
      expect.objectContaining({ department: 'bones', visitOn: inDays(5), madeBy: '徐洁佳' }),
    );
    expect((await send(father, 'GET', '/api/access/delegations/acts')).acts.slice(0, 2)).toMatchObject([
      { who: '徐洁佳', what: { zh: '查看本人数据' }, outcome: 'refused', code: 'DELEGATION_OUT_OF_SCOPE' },
      { who: '徐洁佳', what: { zh: '预约就诊' }, outcome: 'done' },
    ]);
    // In the log of who looked at his data it is she, not he himself.
    const { accesses } = await send(father, 'GET', '/api/population/self/accesses');
    const hers = accesses.filter((a: { name: string }) => a.name === '徐洁佳');
    expect(hers).toMatchObject([
      { outcome: 'refused', acting: true, self: false },
      { outcome: 'changed', acting: true, self: false },
    ]);
    expect(accesses.filter((a: { name: string; self: boolean }) => a.name === '徐发炳' && !a.self)).toEqual([]);

    await send(father, 'POST', `/api/access/delegations/${consent.id}/end`);
    expect(await book(daughter, inDays(6), 'bones')).toMatchObject({ status: 403, code: 'DELEGATION_ENDED' });
  });

  it('with a consent to see his record she sees his, not hers', async () => {
    const offer = await send(father, 'POST', '/api/access/delegations', {
      basis: 'consent',
      to: { account: 'citizen.daughter' },
      scopes: ['own-record-read'],
      until: inDays(30),
    });
    expect(await send(daughter, 'POST', `/api/access/delegations/${offer.id}/accept`)).toMatchObject({
      state: 'active',
    });
    await send(daughter, 'PUT', '/api/identity/acting', { delegation: offer.id });
    expect((await send(daughter, 'GET', '/api/population/self')).record).toMatchObject({ name: '徐发炳' });
    expect(await book(daughter, inDays(7))).toMatchObject({
      code: 'DELEGATION_OUT_OF_SCOPE',
      scope: 'medical-booking',
    });
    await send(daughter, 'DELETE', '/api/identity/acting');
    expect((await send(daughter, 'GET', '/api/population/self')).record).toMatchObject({ name: '徐洁佳' });
  });
});
