import * as oidc from 'openid-client';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Browser,
  interactionOf,
  openProviderHouse,
  type ProviderHouse,
  relyingParty,
  type RelyingParty,
  signInTo,
  tokensOf,
  typePassword,
} from '#platform/identity/oidc/testing.ts';

let house: ProviderHouse;
let party: RelyingParty;
beforeAll(async () => {
  house = await openProviderHouse();
  party = await relyingParty(house, { id: 'prompting', unit: 'publicity', consent: 'task' });
}, 400_000);
afterAll(() => house?.close());

const errorOf = async (browser: Browser, parameters: Record<string, string>) => {
  const { url } = await party.begin(parameters);
  const end = await browser.follow(url, party.redirectUri);
  return new URL(end.url).searchParams.get('error') ?? end.url;
};

describe('prompt', () => {
  it('OIDC Core 3.1.2.1 none shows no page: login_required without a session, a code with one', async () => {
    const browser = new Browser();
    expect(await errorOf(browser, { prompt: 'none' })).toBe('login_required');
    await signInTo({ house, browser, party });
    expect((await signInTo({ house, browser, party, parameters: { prompt: 'none' } })).asked).toEqual([]);
  });

  it('OIDC Core 3.1.2.1 none answers consent_required where the person has not agreed', async () => {
    const browser = new Browser();
    await signInTo({ house, browser, party });
    const asking = await relyingParty(house, { id: 'asking' });
    const { url } = await asking.begin({ prompt: 'none' });
    const end = await browser.follow(url, asking.redirectUri);
    expect(new URL(end.url).searchParams.get('error')).toBe('consent_required');
  });

  it('OIDC Core 3.1.2.1 login asks for the password although there is a session', async () => {
    const browser = new Browser();
    const first = await tokensOf({ house, browser, party });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const again = await tokensOf({ house, browser, party, parameters: { prompt: 'login' } });
    expect(again.asked).toEqual(['login']);
    expect(Number(again.tokens.claims()?.auth_time)).toBeGreaterThan(Number(first.tokens.claims()?.auth_time));
  });

  it('OIDC Core 3.1.2.1 consent asks although it is remembered; without it a remembered one is enough', async () => {
    const asking = await relyingParty(house, { id: 'remembering' });
    const once = await signInTo({ house, browser: new Browser(), party: asking, remember: true });
    expect(once.asked).toEqual(['login', 'consent']);
    const browser = new Browser();
    expect((await signInTo({ house, browser, party: asking })).asked).toEqual(['login']);
    expect((await signInTo({ house, browser, party: asking, parameters: { prompt: 'consent' } })).asked).toEqual([
      'consent',
    ]);
  });

  it('OIDC Core 3.1.2.1 max_age asks again for a sign-in that is too long ago, and auth_time says when it was', async () => {
    const browser = new Browser();
    await signInTo({ house, browser, party });
    expect((await tokensOf({ house, browser, party, parameters: { max_age: '600' } })).asked).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const { asked, tokens } = await tokensOf({ house, browser, party, parameters: { max_age: '1' } });
    expect(asked).toEqual(['login']);
    expect(Date.now() / 1000 - Number(tokens.claims()?.auth_time)).toBeLessThan(10);
  });

  it('OIDC Core 3.1.2.6 a person who does not agree sends the system away with access_denied', async () => {
    const asking = await relyingParty(house, { id: 'denied' });
    const browser = new Browser();
    const { url } = await asking.begin();
    const page = await browser.follow(url, asking.redirectUri);
    const next = await typePassword({ house, browser, interaction: page.url });
    const consent = await browser.follow(next, asking.redirectUri);
    const refused = await browser.open(`${house.issuer}/oidc/interaction/${interactionOf(consent.url)}/refuse`, {
      json: {},
    });
    const end = await browser.follow((JSON.parse(refused.body) as { to: string }).to, asking.redirectUri);
    expect(new URL(end.url).searchParams.get('error')).toBe('access_denied');
  });
});

describe('consents and subjects', () => {
  it('a consent is listed with what the system sees, and taken back: its tokens are void at once', async () => {
    const kept = await relyingParty(house, { id: 'kept', scopes: ['openid', 'profile', 'offline_access'] });
    const browser = new Browser();
    const parameters = { scope: 'openid profile offline_access', prompt: 'consent' };
    const { tokens } = await tokensOf({ house, browser, party: kept, parameters, remember: true });
    const web = await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
    expect(web.url).toBe(`${house.issuer}/x`);
    const list = async () =>
      (
        JSON.parse((await browser.open(`${house.issuer}/api/identity/consents`)).body) as {
          consents: { client: string }[];
        }
      ).consents;
    expect((await list()).find(({ client }) => client === 'kept')).toMatchObject({
      unit: { zh: '测试单位' },
      scopes: [{ zh: '确认是您本人登录' }, { zh: '您的姓名' }, { zh: '您离开后仍可使用' }],
      lasting: true,
    });
    const ended = await browser.open(`${house.issuer}/api/identity/consents/kept`, { method: 'DELETE' });
    expect(ended.status, ended.body).toBe(200);
    expect((await list()).some(({ client }) => client === 'kept')).toBe(false);
    await expect(oidc.refreshTokenGrant(kept.configuration, tokens.refresh_token ?? '')).rejects.toThrow();
    expect((await oidc.tokenIntrospection(kept.configuration, tokens.access_token)).active).toBe(false);
    expect((await signInTo({ house, browser, party: kept })).asked).toEqual(['consent']);
  });

  it('OIDC Core 8.1 two systems get different subjects for one person, each always the same one', async () => {
    const other = await relyingParty(house, { id: 'other-subject', unit: 'publicity', consent: 'task' });
    const subjects = [];
    for (const at of [party, other, party]) {
      subjects.push((await tokensOf({ house, browser: new Browser(), party: at })).tokens.claims()?.sub);
    }
    expect(subjects[0]).toBe(subjects[2]);
    expect(subjects[0]).not.toBe(subjects[1]);
  });
});

describe('assurance', () => {
  it('OIDC Core 5.5.1.1 acr_values 2 asks a password session for its second factor and says so in acr and amr', async () => {
    const account = 'citizen.father';
    const browser = new Browser();
    const page = await browser.follow(`${house.issuer}/oidc/web/start`, 'none:');
    await browser.follow(await typePassword({ house, browser, interaction: page.url, account }), `${house.issuer}/x`);
    const password = (await import('#platform/identity/demo-accounts.ts'))
      .readDemoAccounts(house.services.config.root)
      .find((demo) => demo.account === account)?.password;
    const started = JSON.parse(
      (await browser.open(`${house.issuer}/api/identity/second-factor/totp`, { json: { password } })).body,
    ) as { secret: string };
    const totp = new TOTP({ secret: started.secret });
    const now = Date.now();
    const codes = [now - 30_000, now].map((timestamp) => totp.generate({ timestamp }));
    const confirmed = await browser.open(`${house.issuer}/api/identity/second-factor/totp/confirm`, {
      json: { first: codes[0], second: codes[1] },
    });
    expect(confirmed.status, confirmed.body).toBeLessThan(300);
    const low = await tokensOf({ house, browser, party });
    expect(low.tokens.claims()).toMatchObject({ acr: '1', amr: ['pwd'] });
    const { url, checks } = await party.begin({ acr_values: '2' });
    const ask = await browser.follow(url, party.redirectUri);
    const details = JSON.parse(
      (await browser.open(`${house.issuer}/oidc/interaction/${interactionOf(ask.url)}/details`)).body,
    );
    expect(details).toMatchObject({ prompt: 'login', needs: 'more', level: 2, account });
    const stepped = await browser.open(`${house.issuer}/api/identity/step-up`, {
      json: { code: totp.generate({ timestamp: now + 30_000 }) },
    });
    expect(stepped.status, stepped.body).toBe(200);
    const end = await browser.follow(`${house.issuer}/oidc/interaction/${interactionOf(ask.url)}`, party.redirectUri);
    const tokens = await oidc.authorizationCodeGrant(party.configuration, new URL(end.url), checks);
    expect(tokens.claims()).toMatchObject({ acr: '2', amr: ['mfa', 'otp', 'pwd'] });
    house.services.clock.setOffset(16 * 60_000);
    try {
      expect((await errorOf(browser, { acr_values: '2', prompt: 'none' })).startsWith('unmet')).toBe(true);
    } finally {
      house.services.clock.setOffset(0);
    }
  });
});
