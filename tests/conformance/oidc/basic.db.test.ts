import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Browser,
  openProviderHouse,
  type ProviderHouse,
  relyingParty,
  signInTo,
  tokensOf,
  typePassword,
} from '#platform/identity/oidc/testing.ts';

let house: ProviderHouse;
beforeAll(async () => {
  house = await openProviderHouse();
}, 400_000);
afterAll(() => house?.close());

describe('authorization code and PKCE, driven by openid-client', () => {
  it('OIDC Core 3.1 a person signs in, consents, and the system gets tokens that hold', async () => {
    const party = await relyingParty(house, { id: 'library' });
    const browser = new Browser();
    const { tokens, asked } = await tokensOf({ house, browser, party });
    expect(asked).toEqual(['login', 'consent']);
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      iss: house.issuer,
      aud: 'library',
      acr: '1',
      amr: ['pwd'],
      name: expect.any(String),
    });
    expect(claims?.sub).not.toContain('citizen');
    const info = await oidc.fetchUserInfo(party.configuration, tokens.access_token, claims?.sub ?? '');
    expect(info).toMatchObject({ sub: claims?.sub, name: claims?.name });
  });

  it('P11 acceptance 1 one sign-in opens five systems of five units without a further prompt', async () => {
    const browser = new Browser();
    const units = ['party-office', 'organisation-department', 'publicity', 'united-front', 'political-legal'];
    for (const [at, unit] of units.entries()) {
      const party = await relyingParty(house, { id: `tile-${at}`, unit, consent: 'task' });
      const { asked } = await signInTo({ house, browser, party });
      expect(asked).toEqual(at === 0 ? ['login'] : []);
    }
  });

  it('the web is a system like the others: code, PKCE, exchange on the server, and a session that the browser holds as a cookie only', async () => {
    const browser = new Browser();
    const page = await browser.follow(`${house.issuer}/oidc/web/start?next=/citizen/account`, 'none:');
    expect(new URL(page.url).pathname).toBe('/login');
    expect(browser.valueOf('sid')).toBeUndefined();
    const next = await typePassword({ house, browser, interaction: page.url });
    expect(browser.valueOf('sid')).toBeUndefined();
    const end = await browser.follow(next, `${house.issuer}/citizen/account`);
    expect(end.url).toBe(`${house.issuer}/citizen/account`);
    expect(browser.valueOf('sid')).toMatch(/^[\w-]{43}$/);
    const me = await browser.open(`${house.issuer}/api/identity/me`);
    expect(JSON.parse(me.body)).toMatchObject({ signedIn: true, account: 'citizen.wei' });
    const party = await relyingParty(house, { id: 'after-web', unit: 'publicity', consent: 'task' });
    expect((await signInTo({ house, browser, party })).asked).toEqual([]);
  });
});
