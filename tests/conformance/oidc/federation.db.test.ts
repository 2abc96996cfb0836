import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { linkAccount } from '#platform/identity/accounts.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import {
  Browser,
  openProviderHouse,
  type ProviderHouse,
  relyingParty,
  tokensOf,
} from '#platform/identity/oidc/testing.ts';
import { type Citizen, type Municipal, openMunicipal } from './municipal.ts';

const PHONE = '13800000000';
const citizens: Citizen[] = [
  { sub: 'city-wei', idNumber: '310199198502130021', name: '魏薇婷', phone: PHONE, level: 'R1' },
  { sub: 'city-new', idNumber: '310199199001010011', name: '新居民', phone: PHONE, level: 'R2' },
  { sub: 'city-same-phone', idNumber: '310199199202020028', name: '同机居民', phone: PHONE, level: 'R0' },
  { sub: 'city-unknown', idNumber: '310199197003030035', name: '外地居民', phone: '13900000000', level: 'R1' },
  { sub: 'city-twin', idNumber: '310199198502130021', name: '冒名者', phone: '13700000000', level: 'R2' },
  { sub: 'city-no-number', name: '未实名', phone: '13600000000', level: 'R0' },
];
const RESIDENTS = ['310199198502130021', '310199199001010011', '310199199202020028'];
const residents = app({
  id: 'residents',
  kind: 'capability',
  folder: 'platform/residents',
  title: { zh: '居民', en: 'Residents' },
  provides: [
    personResolver.provide({
      personOf: async ({ hash, services }) => {
        const at = RESIDENTS.findIndex((number) => services.keyring.lookup(ID_NUMBER_LOOKUP, number) === hash);
        return at < 0 ? undefined : `P000${at}`;
      },
    }),
  ],
});

let house: ProviderHouse;
let city: Municipal;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'federation-'));
  const file = join(folder, 'city.json');
  house = await openProviderHouse({ also: [residents], env: { FEDERATION_FILE: file } });
  city = await openMunicipal({
    clientId: 'district',
    redirectUri: `${house.issuer}/oidc/upstream/callback`,
    citizens,
  });
  const upstream = {
    id: 'city',
    name: { zh: '市级统一账号', en: 'City account' },
    issuer: city.issuer,
    clientId: 'district',
    clientSecret: city.secret,
    scope: 'openid profile',
    networks: ['127.0.0.0/8'],
    idNumberClaim: 'id_number',
    levelClaim: 'real_name_level',
    levels: { R0: 1, R1: 2, R2: 3 },
  };
  writeFileSync(file, JSON.stringify(upstream));
  await linkAccount({ services: house.services, account: 'citizen.wei', subject: { idNumber: RESIDENTS[0] ?? '' } });
}, 400_000);
afterAll(async () => {
  await city?.close();
  await house?.close();
});
beforeEach(() => {
  house.services.clock.setOffset(0);
});

const as = (sub: string) => {
  city.now = citizens.find((c) => c.sub === sub) as Citizen;
};
const me = async (browser: Browser) =>
  JSON.parse((await browser.open(`${house.issuer}/api/identity/me`)).body) as { signedIn: boolean; account: string };
/** Presses 市级统一账号 on the sign-in page; where it ends. */
const pressed = async (browser: Browser) =>
  (await browser.follow(`${house.issuer}/oidc/upstream/start?next=/x`, `${house.issuer}/x`)).url;
const problemOf = (url: string) => new URL(url).searchParams.get('problem');
const links = () =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ account: string; level: number }>(
      sql`select account, level from identity.upstream_link order by linked_at`,
    ),
  );

describe('the city account', () => {
  it('is offered on the sign-in page where a provider is configured', async () => {
    const reply = await new Browser().open(`${house.issuer}/api/identity/sign-in-options`);
    expect(JSON.parse(reply.body)).toEqual({ upstream: { zh: '市级统一账号', en: 'City account' } });
  });

  it('P11 logic 1 opens the account that holds the same verified identity number, at the level that the city states', async () => {
    as('city-wei');
    const browser = new Browser();
    expect(await pressed(browser)).toBe(`${house.issuer}/x`);
    expect(await me(browser)).toMatchObject({ signedIn: true, account: 'citizen.wei' });
    expect(await links()).toMatchObject([{ account: 'citizen.wei', level: 2 }]);
    const party = await relyingParty(house, { id: 'after-city', unit: 'publicity', consent: 'task' });
    const { tokens, asked } = await tokensOf({ house, browser, party, parameters: { acr_values: '2' } });
    expect(asked).toEqual([]);
    expect(tokens.claims()).toMatchObject({ acr: '2', amr: ['fed'] });
  });

  it('P11 acceptance 7 two people who share a telephone get two accounts, each tied to its own resident', async () => {
    const accounts = [];
    for (const sub of ['city-new', 'city-same-phone']) {
      as(sub);
      const browser = new Browser();
      expect(await pressed(browser)).toBe(`${house.issuer}/x`);
      accounts.push((await me(browser)).account);
    }
    expect(new Set(accounts).size).toBe(2);
    for (const account of accounts) expect(account).toMatch(/^resident\.[0-9a-f]{12}$/);
    as('city-new');
    const again = new Browser();
    await pressed(again);
    expect((await me(again)).account).toBe(accounts[0]);
  });

  it.each([
    ['city-twin', 'upstream-other-person', 'an identity number that another account of the city has come with'],
    ['city-unknown', 'upstream-unknown', 'a person whom the population base does not know'],
    ['city-no-number', 'upstream-no-number', 'an account without a verified number'],
  ])('P11 bad input %s is refused: %s', async (sub, problem) => {
    as(sub);
    const browser = new Browser();
    expect(problemOf(await pressed(browser))).toBe(problem);
    expect((await me(browser)).signedIn).toBe(false);
  });

  it('P11 bad input a city account whose number has become another one is refused', async () => {
    as('city-wei');
    city.now.idNumber = RESIDENTS[1];
    const browser = new Browser();
    expect(problemOf(await pressed(browser))).toBe('upstream-other-person');
    city.now.idNumber = RESIDENTS[0];
  });
});

describe('faults', () => {
  it('RFC 9207 2.4 an answer that names another issuer, or none, is refused (mix-up)', async () => {
    as('city-wei');
    for (const iss of ['https://evil.example', undefined]) {
      const browser = new Browser();
      const callback = `${house.issuer}/oidc/upstream/callback`;
      const end = await browser.follow(`${house.issuer}/oidc/upstream/start`, callback);
      const url = new URL(end.url);
      if (iss) url.searchParams.set('iss', iss);
      else url.searchParams.delete('iss');
      expect(problemOf((await browser.open(url.href)).location ?? '')).toBe('upstream-refused');
      expect((await me(browser)).signedIn).toBe(false);
    }
  });

  it('OIDC Core 3.1.2.7 an answer with another state, or in another browser, is refused', async () => {
    as('city-wei');
    const browser = new Browser();
    const end = await browser.follow(`${house.issuer}/oidc/upstream/start`, `${house.issuer}/oidc/upstream/callback`);
    expect(problemOf((await new Browser().open(end.url)).location ?? '')).toBe('expired');
    const url = new URL(end.url);
    url.searchParams.set('state', 'another');
    expect(problemOf((await browser.open(url.href)).location ?? '')).toBe('upstream-refused');
  });

  it('S11 fault 4 a city clock that is wrong by 30 s is tolerated, by 5 minutes refused', async () => {
    as('city-wei');
    for (const [seconds, ends] of [
      [25, 'in'],
      [-25, 'in'],
      [300, 'out'],
      [-300, 'out'],
    ] as const) {
      const browser = new Browser();
      const end = await browser.follow(
        `${house.issuer}/oidc/upstream/start?next=/x`,
        `${house.issuer}/oidc/upstream/callback`,
      );
      city.skew = seconds;
      const reply = await browser.open(end.url);
      city.skew = 0;
      expect([seconds, problemOf(reply.location ?? '') === null ? 'in' : 'out']).toEqual([seconds, ends]);
    }
  });

  it('S11 fault 5 while the city does not answer, the local sign-in goes on and the page says so', async () => {
    await city.close();
    house.services.clock.setOffset(0);
    const browser = new Browser();
    const { forgetUpstream } = await import('#platform/identity/oidc/upstream.ts');
    forgetUpstream(house.services);
    const url = await pressed(browser);
    expect(new URL(url).pathname).toBe('/login');
    expect(problemOf(url)).toBe('upstream-down');
    const local = await tokensOf({ house, browser, party: await relyingParty(house, { id: 'local' }) });
    expect(local.asked).toContain('login');
  });
});
