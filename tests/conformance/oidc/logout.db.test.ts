import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Browser,
  openProviderHouse,
  type ProviderHouse,
  relyingParty,
  type RelyingParty,
  signInTo,
  tokensOf,
} from '#platform/identity/oidc/testing.ts';

/** A system with a back-channel logout address: keeps what it is told, and can be out of order for a while. */
type Told = { party: RelyingParty; tokens: string[]; fail: number; server: Server };

let house: ProviderHouse;
const servers: Server[] = [];
beforeAll(async () => {
  house = await openProviderHouse();
}, 400_000);
afterAll(async () => {
  for (const server of servers) server.close();
  await house?.close();
});

async function told(id: string, options: { networks?: string[] } = {}): Promise<Told> {
  const kept: { tokens: string[]; fail: number } = { tokens: [], fail: 0 };
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (kept.fail > 0) {
        kept.fail -= 1;
        reply.writeHead(503).end();
        return;
      }
      kept.tokens.push(new URLSearchParams(body).get('logout_token') ?? '');
      reply.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const party = await relyingParty(house, {
    id,
    unit: 'publicity',
    consent: 'task',
    redirectUri: `${origin}/callback`,
    post_logout_redirect_uris: [`${origin}/bye`],
    backchannel_logout_uri: `${origin}/logout`,
    ...options,
  });
  return Object.assign(kept, { party, server });
}

async function until(what: () => boolean, ms: number): Promise<number> {
  const start = Date.now();
  while (!what() && Date.now() - start < ms) await new Promise((resolve) => setTimeout(resolve, 25));
  return Date.now() - start;
}

/** The web's own sign-in in this browser. */
async function webSignIn(browser: Browser): Promise<void> {
  const { typePassword } = await import('#platform/identity/oidc/testing.ts');
  const page = await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
  if (page.url.endsWith('/x')) return;
  await browser.follow(await typePassword({ house, browser, interaction: page.url }), `${house.issuer}/x`);
}

const me = async (browser: Browser) =>
  (JSON.parse((await browser.open(`${house.issuer}/api/identity/me`)).body) as { signedIn: boolean }).signedIn;

describe('back-channel logout', () => {
  it('OIDC Back-Channel Logout 2.4 signing out of the web tells every system, with a token that holds', async () => {
    const browser = new Browser();
    const systems = [await told('told-a'), await told('told-b')];
    await webSignIn(browser);
    const { tokens } = await tokensOf({ house, browser, party: systems[0]!.party });
    await signInTo({ house, browser, party: systems[1]!.party });
    await browser.open(`${house.issuer}/api/identity/logout`, { json: {} });
    await until(() => systems.every((s) => s.tokens.length === 1), 5_000);
    expect(systems.map((s) => s.tokens.length)).toEqual([1, 1]);
    const { payload, protectedHeader } = await jwtVerify(
      systems[0]!.tokens[0] ?? '',
      createRemoteJWKSet(new URL(`${house.issuer}/oidc/jwks`)),
      { issuer: house.issuer, audience: 'told-a', typ: 'logout+jwt' },
    );
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      sub: tokens.claims()?.sub,
      sid: tokens.claims()?.sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(payload.nonce).toBeUndefined();
    expect(payload.jti).toBeTruthy();
    const again = await signInTo({ house, browser, party: systems[1]!.party });
    expect(again.asked).toEqual(['login']);
  });

  it('a session that is ended from another device is told to its systems, and the tokens die with it', async () => {
    const { fetchUserInfo } = await import('openid-client');
    const far = new Browser();
    const near = new Browser();
    const system = await told('told-far');
    await webSignIn(far);
    const { tokens } = await tokensOf({ house, browser: far, party: system.party });
    await webSignIn(near);
    const ended = await near.open(`${house.issuer}/api/identity/sessions/others`, { method: 'DELETE' });
    expect(ended.status).toBe(200);
    await until(() => system.tokens.length === 1, 5_000);
    expect(system.tokens).toHaveLength(1);
    expect(await me(far)).toBe(false);
    expect(await me(near)).toBe(true);
    const info = fetchUserInfo(system.party.configuration, tokens.access_token, tokens.claims()?.sub ?? '');
    await expect(info).rejects.toThrow();
  });

  it('OIDC RP-Initiated Logout 2 a system ends the sign-in: the web and all others with it', async () => {
    const browser = new Browser();
    const [asking, other] = [await told('asking-out'), await told('also-out')];
    await webSignIn(browser);
    const { tokens } = await tokensOf({ house, browser, party: asking.party });
    await signInTo({ house, browser, party: other.party });
    expect(await me(browser)).toBe(true);
    const bye = asking.party.redirectUri.replace('/callback', '/bye');
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: bye,
      state: 's',
    });
    const page = await browser.open(`${house.issuer}/oidc/session/end?${query}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain(new URL(bye).origin);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const end = await browser.open(`${house.issuer}/oidc/session/end/confirm`, { form: { xsrf, logout: 'yes' } });
    expect(end.location).toBe(`${bye}?state=s`);
    await until(() => asking.tokens.length + other.tokens.length === 2, 5_000);
    expect([asking.tokens.length, other.tokens.length]).toEqual([1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await me(browser)).toBe(false);
  });

  it('OIDC RP-Initiated Logout 3 an address that is not registered is refused, and nobody is sent there', async () => {
    const browser = new Browser();
    const system = await told('strict-out');
    const { tokens } = await tokensOf({ house, browser, party: system.party });
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://evil.example/',
    });
    const page = await browser.open(`${house.issuer}/oidc/session/end?${query}`);
    expect(page.status).toBe(400);
    expect(page.body).not.toContain('evil.example');
  });

  it('OIDC Back-Channel Logout 2.7 a system that is out of order is told again', async () => {
    const browser = new Browser();
    const system = await told('ill');
    system.fail = 1;
    await webSignIn(browser);
    await signInTo({ house, browser, party: system.party });
    await browser.open(`${house.issuer}/api/identity/logout`, { json: {} });
    await until(() => system.tokens.length === 1, 60_000);
    expect(system.tokens).toHaveLength(1);
  });

  it('no request leaves for an address inside the building that the registration does not name', async () => {
    const browser = new Browser();
    const system = await told('inside', { networks: [] });
    await webSignIn(browser);
    await signInTo({ house, browser, party: system.party });
    await browser.open(`${house.issuer}/api/identity/logout`, { json: {} });
    await until(() => system.tokens.length > 0, 2_500);
    expect(system.tokens).toHaveLength(0);
  });

  it('another person in the same browser: the first one is signed out of everything', async () => {
    const browser = new Browser();
    const system = await told('shared-browser');
    await webSignIn(browser);
    await signInTo({ house, browser, party: system.party });
    const { readDemoAccounts } = await import('#platform/identity/demo-accounts.ts');
    const other = readDemoAccounts(house.services.config.root).find(({ account }) => account === 'citizen.daughter');
    await browser.open(`${house.issuer}/api/identity/login`, {
      json: { account: other?.account, password: other?.password },
    });
    await until(() => system.tokens.length === 1, 5_000);
    expect(system.tokens).toHaveLength(1);
    const next = await tokensOf({ house, browser, party: system.party });
    expect(next.asked).toEqual([]);
  });
});
