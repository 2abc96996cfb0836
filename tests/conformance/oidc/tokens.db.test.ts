import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import {
  Browser,
  openProviderHouse,
  type ProviderHouse,
  relyingParty,
  type RelyingParty,
  signInTo,
  tokensOf,
} from '#platform/identity/oidc/testing.ts';

const LASTING = { scope: 'openid profile offline_access', prompt: 'consent' };

let house: ProviderHouse;
let lasting: RelyingParty;
beforeAll(async () => {
  house = await openProviderHouse();
  lasting = await relyingParty(house, { id: 'lasting', scopes: ['openid', 'profile', 'offline_access'] });
}, 400_000);
afterAll(() => house?.close());

const refresh = (party: RelyingParty, token: string | undefined) =>
  oidc.refreshTokenGrant(party.configuration, token ?? '');
const active = async (party: RelyingParty, token: string | undefined) =>
  (await oidc.tokenIntrospection(party.configuration, token ?? '')).active;
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: { error?: string; code?: string }) => error.error ?? error.code ?? String(error),
  );

describe('codes', () => {
  it('RFC 6749 4.1.2 a code that is used a second time ends everything that it gave', async () => {
    const { callback, checks } = await signInTo({ house, browser: new Browser(), party: lasting, parameters: LASTING });
    const url = new URL(callback);
    const tokens = await oidc.authorizationCodeGrant(lasting.configuration, url, checks);
    expect(await active(lasting, tokens.access_token)).toBe(true);
    expect(await refusal(oidc.authorizationCodeGrant(lasting.configuration, url, checks))).toBe('invalid_grant');
    expect(await active(lasting, tokens.access_token)).toBe(false);
    expect(await active(lasting, tokens.refresh_token)).toBe(false);
    expect(await refusal(refresh(lasting, tokens.refresh_token))).toBe('invalid_grant');
  });

  it('RFC 6749 4.1.2 of two exchanges at the same moment at most one is answered, and nothing remains valid', async () => {
    for (let round = 0; round < 5; round++) {
      const { callback, checks } = await signInTo({
        house,
        browser: new Browser(),
        party: lasting,
        parameters: LASTING,
      });
      const exchange = () => oidc.authorizationCodeGrant(lasting.configuration, new URL(callback), checks);
      const results = await Promise.allSettled([exchange(), exchange(), exchange()]);
      const answered = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
      expect(answered.length).toBeLessThanOrEqual(1);
      for (const tokens of answered) {
        expect(await active(lasting, tokens.access_token)).toBe(false);
        expect(await refusal(refresh(lasting, tokens.refresh_token))).toBe('invalid_grant');
      }
    }
  });

  it('RFC 7636 4.6 a code without its verifier, or with another one, is worth nothing', async () => {
    const { callback, checks } = await signInTo({ house, browser: new Browser(), party: lasting });
    const other = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
    expect(await refusal(oidc.authorizationCodeGrant(lasting.configuration, new URL(callback), other))).toBe(
      'invalid_grant',
    );
  });

  it('RFC 6749 4.1.3 a code of one system is worth nothing to another', async () => {
    const other = await relyingParty(house, { id: 'another' });
    const { callback, checks } = await signInTo({ house, browser: new Browser(), party: lasting });
    expect(await refusal(oidc.authorizationCodeGrant(other.configuration, new URL(callback), checks))).toBe(
      'invalid_grant',
    );
  });
});

describe('refresh tokens', () => {
  it('RFC 9700 4.14.2 each is used once; a stolen one ends the family', async () => {
    const { tokens } = await tokensOf({ house, browser: new Browser(), party: lasting, parameters: LASTING });
    const second = await refresh(lasting, tokens.refresh_token);
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    expect(second.claims()?.sub).toBe(tokens.claims()?.sub);
    const third = await refresh(lasting, second.refresh_token);
    expect(await active(lasting, third.access_token)).toBe(true);
    expect(await refusal(refresh(lasting, tokens.refresh_token))).toBe('invalid_grant');
    expect(await active(lasting, third.access_token)).toBe(false);
    expect(await refusal(refresh(lasting, third.refresh_token))).toBe('invalid_grant');
  });

  it('RFC 9700 4.14.2 two uses at the same moment end the family as well', async () => {
    for (let round = 0; round < 5; round++) {
      const { tokens } = await tokensOf({ house, browser: new Browser(), party: lasting, parameters: LASTING });
      const results = await Promise.allSettled([1, 2, 3].map(() => refresh(lasting, tokens.refresh_token)));
      const answered = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
      expect(answered.length).toBeLessThanOrEqual(1);
      // Nobody waits for somebody who waits for him: whoever ends the family and whoever uses the token take their locks in one order.
      const refused = results.flatMap((r) => (r.status === 'rejected' ? [(r.reason as { error?: string }).error] : []));
      expect(new Set(refused)).toEqual(new Set(['invalid_grant']));
      for (const { access_token, refresh_token } of answered) {
        expect(await active(lasting, access_token)).toBe(false);
        expect(await refusal(refresh(lasting, refresh_token))).toBe('invalid_grant');
      }
    }
  });

  it('the family of one sign-in ends, that of another one of the same person goes on', async () => {
    const one = await tokensOf({ house, browser: new Browser(), party: lasting, parameters: LASTING });
    const other = await tokensOf({ house, browser: new Browser(), party: lasting, parameters: LASTING });
    await refresh(lasting, one.tokens.refresh_token);
    await refusal(refresh(lasting, one.tokens.refresh_token));
    expect(await active(lasting, other.tokens.access_token)).toBe(true);
    expect((await refresh(lasting, other.tokens.refresh_token)).access_token).toBeTruthy();
  });

  it('an account that is disabled refreshes nothing', async () => {
    const { tokens } = await tokensOf({
      house,
      browser: new Browser(),
      party: lasting,
      parameters: LASTING,
      account: 'citizen.daughter',
    });
    const enable = (on: boolean) =>
      house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
        db.run(sql`update identity.account set enabled = ${on}::boolean where account = 'citizen.daughter'`),
      );
    await enable(false);
    expect(await refusal(refresh(lasting, tokens.refresh_token))).toBe('invalid_grant');
    await enable(true);
  });
});

describe('revocation and introspection', () => {
  it('RFC 7009 2.1 a revoked refresh token takes its access tokens along', async () => {
    const { tokens } = await tokensOf({ house, browser: new Browser(), party: lasting, parameters: LASTING });
    await oidc.tokenRevocation(lasting.configuration, tokens.refresh_token ?? '');
    expect(await active(lasting, tokens.access_token)).toBe(false);
    expect(await refusal(refresh(lasting, tokens.refresh_token))).toBe('invalid_grant');
  });

  it('RFC 7662 4 a system learns nothing of the tokens of another', async () => {
    const other = await relyingParty(house, { id: 'curious' });
    const { tokens } = await tokensOf({ house, browser: new Browser(), party: lasting });
    expect(await active(other, tokens.access_token)).toBe(false);
    expect(await active(lasting, tokens.access_token)).toBe(true);
  });

  it('RFC 6749 10.3 the database holds no token, no code and no id of a session', async () => {
    const browser = new Browser();
    const { tokens, callback } = await tokensOf({ house, browser, party: lasting, parameters: LASTING });
    const rows = await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ text: string }>(sql`select row_to_json(i)::text as text from identity.oidc_item i
        union all select row_to_json(s)::text from identity.session s union all select row_to_json(k)::text from identity.signing_key k`),
    );
    const held = rows.map(({ text }) => text).join('\n');
    const secrets = [
      tokens.access_token,
      tokens.refresh_token ?? '',
      new URL(callback).searchParams.get('code') ?? '',
      browser.valueOf('op') ?? '',
      browser.valueOf('sso') ?? '',
    ];
    expect(secrets.every((secret) => secret.length >= 20)).toBe(true);
    for (const secret of secrets) expect(held).not.toContain(secret);
    expect(held).not.toMatch(/"(d|p|q|dp|dq|qi)":"[\w-]{20,}"/);
  });
});

describe('pushed requests', () => {
  it('RFC 9126 2 parameters are pushed, and the reference is used once', async () => {
    const party = await relyingParty(house, { id: 'pushing' });
    const verifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const url = await oidc.buildAuthorizationUrlWithPAR(party.configuration, {
      redirect_uri: party.redirectUri,
      scope: 'openid profile',
      state,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const { callback } = await signInTo({
      house,
      browser: new Browser(),
      party: { ...party, begin: async () => ({ url: url.href, checks: {} }) },
    });
    const tokens = await oidc.authorizationCodeGrant(party.configuration, new URL(callback), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    });
    expect(tokens.claims()?.aud).toBe('pushing');
    const again = await new Browser().follow(url.href, party.redirectUri);
    expect(again.url.startsWith(party.redirectUri) ? new URL(again.url).searchParams.get('error') : again.status).toBe(
      400,
    );
  });
});
