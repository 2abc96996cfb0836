import { request as rawRequest } from 'node:http';
import * as oidc from 'openid-client';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetProvider } from '#platform/identity/oidc/provider.ts';
import { rotateSigningKeys, tendSigningKeys } from '#platform/identity/oidc/signing-keys.ts';
import {
  Browser,
  interactionOf,
  openProviderHouse,
  type ProviderHouse,
  registerClient,
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
  party = await relyingParty(house, {
    id: 'plain',
    unit: 'publicity',
    consent: 'task',
    scopes: ['openid', 'profile', 'offline_access'],
  });
}, 400_000);
afterAll(() => house?.close());

const LASTING = { scope: 'openid offline_access', prompt: 'consent' };
const json = async (path: string) => JSON.parse((await new Browser().open(`${house.issuer}${path}`)).body);

describe('discovery', () => {
  it('OIDC Discovery 4.2 says who signs, where, and what is possible', async () => {
    const document = await json('/.well-known/openid-configuration');
    expect(document).toMatchObject({
      issuer: house.issuer,
      authorization_endpoint: `${house.issuer}/oidc/auth`,
      token_endpoint: `${house.issuer}/oidc/token`,
      pushed_authorization_request_endpoint: `${house.issuer}/oidc/request`,
      end_session_endpoint: `${house.issuer}/oidc/session/end`,
      introspection_endpoint: `${house.issuer}/oidc/token/introspection`,
      revocation_endpoint: `${house.issuer}/oidc/token/revocation`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public', 'pairwise'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256']),
      acr_values_supported: ['1', '2', '3', '4'],
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      authorization_response_iss_parameter_supported: true,
    });
    expect(document.registration_endpoint).toBeUndefined();
    expect(await json('/.well-known/oauth-authorization-server')).toMatchObject({ issuer: house.issuer });
  });

  it('OIDC Core 10.1 the key set holds public parts only', async () => {
    const { keys } = await json('/oidc/jwks');
    expect(keys.map(({ alg }: { alg: string }) => alg).sort()).toEqual(['ES256', 'RS256']);
    for (const key of keys) for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(part);
  });

  it('header smuggling: Host and X-Forwarded-* change neither the issuer nor an address', async () => {
    const { port } = new URL(house.issuer);
    const body = await new Promise<string>((resolve, reject) => {
      const request = rawRequest(
        {
          host: '127.0.0.1',
          port,
          path: '/.well-known/openid-configuration',
          headers: {
            host: 'evil.example',
            'x-forwarded-host': 'evil.example',
            'x-forwarded-proto': 'https',
            'x-forwarded-port': '1',
            forwarded: 'host=evil.example',
          },
        },
        (reply) => {
          let text = '';
          reply.on('data', (chunk) => (text += chunk));
          reply.on('end', () => resolve(text));
        },
      );
      request.on('error', reject).end();
    });
    expect(body).not.toContain('evil');
    expect(JSON.parse(body)).toMatchObject({ issuer: house.issuer, token_endpoint: `${house.issuer}/oidc/token` });
  });
});

describe('requests that are not right', () => {
  const refused = async (change: (url: URL) => void, at = party) => {
    const { url } = await at.begin();
    const changed = new URL(url);
    change(changed);
    const end = await new Browser().follow(changed.href, at.redirectUri);
    // Refused answers of the implicit kind come in the fragment.
    return end.url.startsWith(at.redirectUri)
      ? new URL(end.url.replace('#', '?')).searchParams.get('error')
      : end.status;
  };

  it.each([
    ['another host', 'https://evil.example/callback'],
    ['another path', 'http://127.0.0.1:9/callback/../evil'],
    ['a suffix', 'http://127.0.0.1:9/callback.evil.example'],
    ['a query', 'http://127.0.0.1:9/callback?to=https://evil.example'],
    ['credentials', 'http://127.0.0.1:9@evil.example/callback'],
  ])('RFC 9700 4.1 redirect_uri with %s is refused on our own page, and nobody is sent there', async (_name, uri) => {
    expect(await refused((url) => url.searchParams.set('redirect_uri', uri))).toBe(400);
  });

  it('RFC 7636 4.4.1 a request without PKCE, or with the plain method, is refused', async () => {
    expect(
      await refused((url) => {
        url.searchParams.delete('code_challenge');
        url.searchParams.delete('code_challenge_method');
      }),
    ).toBe('invalid_request');
    expect(await refused((url) => url.searchParams.set('code_challenge_method', 'plain'))).toBe('invalid_request');
  });

  it('OAuth 2.1 4 implicit and hybrid answers are not to be had', async () => {
    for (const type of ['id_token', 'token', 'code id_token']) {
      expect(['unsupported_response_type', 400, 'invalid_request']).toContain(
        await refused((url) => url.searchParams.set('response_type', type)),
      );
    }
  });

  it('P11 bad input a system that asks for a scope that was not approved is refused', async () => {
    expect(await refused((url) => url.searchParams.set('scope', 'openid person'))).toBe('invalid_scope');
  });

  it('an unknown or disabled system gets our own page', async () => {
    expect(await refused((url) => url.searchParams.set('client_id', 'nobody'))).toBe(400);
  });

  it('RFC 9207 2 the answer names its issuer', async () => {
    const { callback } = await signInTo({ house, browser: new Browser(), party });
    expect(new URL(callback).searchParams.get('iss')).toBe(house.issuer);
  });

  it('RFC 6749 2.3.1 a wrong secret, and none, are refused', async () => {
    for (const method of [oidc.ClientSecretBasic('wrong'), oidc.None()]) {
      const wrong = new oidc.Configuration(party.configuration.serverMetadata(), party.id, {}, method);
      oidc.allowInsecureRequests(wrong);
      const asked = oidc.refreshTokenGrant(wrong, 'x');
      await expect(asked).rejects.toMatchObject({ status: 401 });
    }
  });

  it('a public client needs no secret, and PKCE all the more', async () => {
    const open = await relyingParty(house, { id: 'public-app', isPublic: true, unit: 'publicity', consent: 'task' });
    const { tokens } = await tokensOf({ house, browser: new Browser(), party: open });
    expect(tokens.claims()?.aud).toBe('public-app');
  });

  it('log injection: nothing of a refused request stands in the page or in the sign-in history', async () => {
    const line = 'x\r\n{"level":30,"msg":"signed in"}<script>';
    const { url } = await party.begin();
    const bad = new URL(url);
    bad.searchParams.set('redirect_uri', `https://evil.example/${line}`);
    const page = await new Browser().open(bad.href);
    expect(page.status).toBe(400);
    expect(page.body).not.toContain('evil.example');
    expect(page.body).not.toContain('<script>');
    await new Browser().open(`${house.issuer}/api/identity/login`, {
      json: { account: line, password: 'x', forSystem: true },
    });
    const rows = await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ text: string }>(sql`select row_to_json(s)::text as text from identity.sign_in s`),
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('signed in"');
  });
});

describe('keys', () => {
  it('provider key rotation: live sessions and tokens go on, new tokens are signed anew, the old key leaves when no token can need it', async () => {
    const browser = new Browser();
    const before = await tokensOf({ house, browser, party, parameters: LASTING });
    const kidOf = (token: string | undefined) =>
      (JSON.parse(Buffer.from((token ?? '').split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    const oldKid = kidOf(before.tokens.id_token);
    await rotateSigningKeys(house.services, { atOnce: true });
    forgetProvider(house.services);
    const kids = async () => ((await json('/oidc/jwks')).keys as { kid: string }[]).map(({ kid }) => kid);
    expect(await kids()).toHaveLength(4);
    expect(await kids()).toContain(oldKid);
    const info = await oidc.fetchUserInfo(
      party.configuration,
      before.tokens.access_token,
      before.tokens.claims()?.sub ?? '',
    );
    expect(info.sub).toBe(before.tokens.claims()?.sub);
    // A relying party of its own, since this one keeps the key set that it knows for a minute.
    const fresh = await relyingParty(house, { id: 'fresh', unit: 'publicity', consent: 'task' });
    const after = await tokensOf({ house, browser, party: fresh });
    expect(after.asked).toEqual([]);
    expect(kidOf(after.tokens.id_token)).not.toBe(oldKid);
    const out = await browser.open(
      `${house.issuer}/oidc/session/end?${new URLSearchParams({ id_token_hint: before.tokens.id_token ?? '' })}`,
    );
    expect(out.status).toBe(200);
    house.services.clock.setOffset(25 * 60 * 60_000);
    await tendSigningKeys(house.services);
    forgetProvider(house.services);
    const left = await kids();
    house.services.clock.setOffset(0);
    expect(left).toHaveLength(2);
    expect(left).not.toContain(oldKid);
  });

  it('S11 fault 4 clock skew: a client assertion that is 25 s off is taken, one that is 5 minutes off is refused', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
    await registerClient(house, {
      id: 'signing',
      redirect_uris: ['http://127.0.0.1:9/callback'],
      secret_hash: null,
      jwks: JSON.stringify({ keys: [jwk] }),
    });
    const answered = async (offset: number) => {
      const at = Math.floor(Date.now() / 1000) + offset;
      const assertion = await new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setIssuer('signing')
        .setSubject('signing')
        .setAudience(house.issuer)
        .setJti(crypto.randomUUID())
        .setIssuedAt(at)
        .setNotBefore(at)
        .setExpirationTime(at + 5)
        .sign(privateKey);
      const reply = await fetch(`${house.issuer}/oidc/request`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: 'signing',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
          response_type: 'code',
          scope: 'openid',
          redirect_uri: 'http://127.0.0.1:9/callback',
          code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
          code_challenge_method: 'S256',
        }),
      });
      return reply.status;
    };
    expect(await answered(0)).toBe(201);
    expect(await answered(25)).toBe(201);
    expect(await answered(-25)).toBe(201);
    expect(await answered(300)).toBe(401);
    expect(await answered(-300)).toBe(401);
  });
});

describe('sessions', () => {
  it('session fixation: signing in gives new tokens to the browser, whatever it brought', async () => {
    const browser = new Browser();
    const planted = 'A'.repeat(43);
    for (const name of ['sid', 'sso', 'op']) browser.plant(house.issuer, name, planted);
    await signInTo({ house, browser, party });
    expect(browser.valueOf('sso')).not.toBe(planted);
    expect(browser.valueOf('op')).not.toBe(planted);
    const first = { sso: browser.valueOf('sso'), op: browser.valueOf('op') };
    await signInTo({ house, browser, party, parameters: { prompt: 'login' } });
    expect(browser.valueOf('sso')).not.toBe(first.sso);
    expect(browser.valueOf('op')).not.toBe(first.op);
    const thief = new Browser();
    thief.plant(house.issuer, 'sso', first.sso ?? '');
    thief.plant(house.issuer, 'op', first.op ?? '');
    const { url } = await party.begin({ prompt: 'none' });
    const end = await thief.follow(url, party.redirectUri);
    expect(new URL(end.url).searchParams.get('error')).toBe('login_required');
  });

  it('a database that restarts in the middle of a sign-in: the person goes on where they were', async (test) => {
    if (!house.admin) return test.skip('the embedded database is in this process');
    const browser = new Browser();
    const own = await relyingParty(house, { id: 'restarted', unit: 'publicity', consent: 'task' });
    const { url, checks } = await own.begin();
    const page = await browser.follow(url, own.redirectUri);
    await house.admin(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // What was under way may fail once; the next try finds the interaction as it was.
    const retry = async <T>(work: () => Promise<T>, tries = 5): Promise<T> =>
      work().catch((error: unknown) => {
        if (tries === 1) throw error;
        return retry(work, tries - 1);
      });
    const next = await retry(() => typePassword({ house, browser, interaction: page.url }));
    const end = await browser.follow(next, own.redirectUri);
    const tokens = await oidc.authorizationCodeGrant(own.configuration, new URL(end.url), checks);
    expect(tokens.claims()?.aud).toBe('restarted');
  });

  it('login CSRF: who signs in to an interaction that another browser began does not sign that browser in', async () => {
    const attacker = new Browser();
    const victim = new Browser();
    const { url } = await party.begin();
    const page = await attacker.follow(url, party.redirectUri);
    const next = await typePassword({ house, browser: victim, interaction: page.url });
    expect((await victim.open(next)).status).toBe(410);
    expect(new URL((await attacker.follow(next, party.redirectUri)).url).pathname).toBe('/login');
  });

  it('open redirect: after its own sign-in the web goes to a path of this site only', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/%0d%0aevil',
      'javascript:alert(1)',
    ]) {
      const browser = new Browser();
      const page = await browser.follow(`${house.issuer}/oidc/web/start?next=${encodeURIComponent(next)}`, 'none:');
      const go = await typePassword({ house, browser, interaction: page.url });
      let at = await browser.open(go);
      while (at.location?.startsWith(`${house.issuer}/oidc/`)) at = await browser.open(at.location);
      expect(at.location?.startsWith(`${house.issuer}/`), next).toBe(true);
    }
  });

  it('a consent can be given by a page of this site only, and by the person who is signed in', async () => {
    const asking = await relyingParty(house, { id: 'wants-consent' });
    const browser = new Browser();
    const { url } = await asking.begin();
    const login = await browser.follow(url, asking.redirectUri);
    const consent = await browser.follow(
      await typePassword({ house, browser, interaction: login.url }),
      asking.redirectUri,
    );
    const at = `${house.issuer}/oidc/interaction/${interactionOf(consent.url)}/consent`;
    const send = (from: Browser, origin: string) =>
      from.open(at, { json: { scopes: ['openid'], remember: true }, headers: { origin } });
    expect((await send(browser, 'https://evil.example')).status).toBe(403);
    expect((await send(new Browser(), house.issuer)).status).toBe(410);
    expect((await send(browser, house.issuer)).status).toBe(200);
  });

  it('10,000 wrong passwords: the sign-in for a system counts and locks as every other does', async () => {
    const browser = new Browser();
    const { url } = await party.begin();
    await browser.follow(url, party.redirectUri);
    const statuses = new Set<number>();
    for (let tries = 0; tries < 12; tries++) {
      const reply = await browser.open(`${house.issuer}/api/identity/login`, {
        json: { account: 'nobody.here', password: `wrong-${tries}`, forSystem: true },
      });
      statuses.add(reply.status);
    }
    expect([...statuses]).toEqual([401, 429]);
  });
});
