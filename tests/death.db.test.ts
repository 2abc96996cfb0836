import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { personTarget } from '#platform/basedata/population/target.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { linkAccount } from '#platform/identity/accounts.ts';
import { identity } from '#platform/identity/app.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { signIn } from '#platform/identity/testing.ts';
import { openSeededHouse, type SeededHouse } from './fixture.ts';

const CARD = '310199193804120011';

let house: SeededHouse;
beforeAll(async () => {
  house = await openSeededHouse({ examples: false });
}, 300_000);
afterAll(() => house?.close());

const send = (dataset: string, unit: string, row: Record<string, string | null>) =>
  sendClaims({ house, target: personTarget, module: 'population', dataset, unit, rows: [row], keyOf: () => CARD });
const me = async (cookie: string) =>
  (await call(house, { url: '/api/identity/me', cookie })).json().signedIn as boolean;

it('a death in the population database ends the sessions of the account within a minute, refuses sign-in in humane words, and can be corrected', async () => {
  const { services } = house;
  const row = { idNumber: CARD, name: '徐发炳', sex: '1', birthDate: '1938-04-12' };
  await send('test-register', 'public-security', row);
  await linkAccount({ services, account: 'citizen.father', subject: { idNumber: CARD } });
  const cookie = await signIn(house, 'citizen.father');
  const others = await signIn(house, 'citizen.daughter');
  const timer = identity.timers?.find(({ name }) => name === 'end-by-death');
  expect(timer?.everyMs).toBeLessThanOrEqual(55_000);
  await timer?.run({ services });
  expect(await me(cookie)).toBe(true);

  await send('test-deaths', 'health', { ...row, deathDate: '2026-11-20' });
  await timer?.run({ services });
  // One source alone stops nothing.
  expect(await me(cookie)).toBe(true);
  await send('test-cancelled', 'public-security', { ...row, deathDate: '2026-11-20' });
  const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, CARD);
  await vi.waitFor(async () => {
    const [found] = await services.database.tx(
      { module: 'population', actor: systemActor({ name: 'test', purpose: 'data-quality' }) },
      (db) => db.rows(sql`select death_date from population.person where pid = population.resolve_subject(${hash})`),
    );
    expect(found).toMatchObject({ death_date: '2026-11-20' });
  });
  // The worker of this house may have been first: either way nobody is signed in any more.
  await timer?.run({ services });
  expect(await me(cookie)).toBe(false);
  expect(await me(others)).toBe(true);

  const login = (password: string) =>
    call(house, { method: 'POST', url: '/api/identity/login', body: { account: 'citizen.father', password } });
  expect((await login('wrong-password')).json().code).toBe('SIGN_IN_FAILED');
  const refused = await login('resident-2026');
  expect(refused.json()).toMatchObject({ status: 403, code: 'HOLDER_DECEASED' });
  expect(refused.json().action).toContain('家属');
  expect(refused.headers['set-cookie']).toBeUndefined();
  const rows = await services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{
      why: string;
      outcome: string;
    }>(sql`select distinct s.ended_why as why, i.outcome from identity.session s join identity.sign_in i using (account)
      where s.account = 'citizen.father' and s.ended_why = 'died' and i.outcome = 'deceased'`),
  );
  expect(rows).toEqual([{ why: 'died', outcome: 'deceased' }]);
}, 120_000);
