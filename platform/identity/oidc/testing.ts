import * as oidc from 'openid-client';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { AppManifest } from '#platform/kernel/app.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '../app.ts';
import { readDemoAccounts } from '../demo-accounts.ts';
import { type Client, newSecret, putClient } from './clients.ts';
import { issuerOf } from './issuer.ts';

export type ProviderHouse = TestHouse & { issuer: string };

/** An installation that listens, so that relying parties reach it by real HTTP. */
export async function openProviderHouse(
  options: { env?: Record<string, string>; also?: readonly AppManifest[]; work?: boolean } = {},
): Promise<ProviderHouse> {
  const house = await openHouse({
    manifests: [identity, access, audit, ...(options.also ?? [])],
    work: options.work ?? true,
    env: { PORT: '0', ...options.env },
  });
  await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  return Object.assign(house, { issuer: issuerOf(house.services) });
}

/** Registers a client as an administrator would; gives its secret where it has one. */
export async function registerClient(
  house: TestHouse,
  client: Partial<Client> & { id: string; redirect_uris: string[] },
): Promise<string> {
  const { secret, hash } = newSecret();
  await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
    putClient(db, {
      kind: 'oidc',
      name: `系统 ${client.id}`,
      name_en: `System ${client.id}`,
      unit: null,
      owner: '测试单位',
      post_logout_redirect_uris: [],
      backchannel_logout_uri: null,
      networks: ['127.0.0.0/8'],
      scopes: ['openid', 'profile'],
      secret_hash: hash,
      jwks: null,
      consent: 'ask',
      subject_type: 'pairwise',
      signed_alg: 'RS256',
      least_level: 1,
      now: house.services.clock.now(),
      ...client,
    }),
  );
  return secret;
}

export type Answer = { status: number; location: string | undefined; body: string; url: string; headers: Headers };

/** A browser without a screen: cookies by place and path, redirects followed only where a test says so. */
export class Browser {
  readonly #cookies: { origin: string; path: string; name: string; value: string }[] = [];

  cookie(url: string): string {
    const { origin, pathname } = new URL(url);
    return this.#cookies
      .filter(
        (c) => c.origin === origin && (c.path === '/' || pathname === c.path || pathname.startsWith(`${c.path}/`)),
      )
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  valueOf(name: string): string | undefined {
    return this.#cookies.find((c) => c.name === name)?.value;
  }

  plant(url: string, name: string, value: string, path = '/'): void {
    this.#keep({ origin: new URL(url).origin, path, name, value });
  }

  #keep(cookie: { origin: string; path: string; name: string; value: string }): void {
    const at = this.#cookies.findIndex(
      (c) => c.origin === cookie.origin && c.path === cookie.path && c.name === cookie.name,
    );
    if (at >= 0) this.#cookies.splice(at, 1);
    if (cookie.value !== '') this.#cookies.push(cookie);
  }

  async open(
    url: string,
    request: { method?: string; json?: unknown; form?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { origin } = new URL(url);
    const method = request.method ?? (request.json || request.form ? 'POST' : 'GET');
    const reply = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.cookie(url),
        ...(method === 'POST' ? { origin } : {}),
        ...(request.json ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
        ...request.headers,
      },
      ...(request.json ? { body: JSON.stringify(request.json) } : {}),
      ...(request.form ? { body: new URLSearchParams(request.form) } : {}),
    });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
      const gone = rest.some((part) => /^(max-age=0|expires=Thu, 01 Jan 1970)/i.test(part));
      this.#keep({ origin, path, name, value: gone ? '' : value });
    }
    const location = reply.headers.get('location');
    return {
      status: reply.status,
      location: location === null ? undefined : new URL(location, url).href,
      body: await reply.text(),
      url,
      headers: reply.headers,
    };
  }

  /** Follows redirects until a page, or until an address that begins with `until`, which is not opened. */
  async follow(url: string, until: string): Promise<Answer> {
    let at = url;
    for (let steps = 0; steps < 20; steps++) {
      if (at.startsWith(until)) return { status: 0, location: at, body: '', url: at, headers: new Headers() };
      const answer = await this.open(at);
      if (answer.location === undefined) return answer;
      if (new URL(answer.location).pathname === '/login') return { ...answer, url: answer.location };
      at = answer.location;
    }
    throw new Error(`too many redirects: ${at}`);
  }
}

/** A relying party (接入应用) by an independent library. */
export type RelyingParty = {
  id: string;
  redirectUri: string;
  configuration: oidc.Configuration;
  /** Where it sends the browser, and what it must remember until the browser is back. */
  begin(parameters?: Record<string, string>): Promise<{ url: string; checks: oidc.AuthorizationCodeGrantChecks }>;
};

export async function relyingParty(
  house: ProviderHouse,
  options: Partial<Client> & { id: string; isPublic?: boolean; redirectUri?: string },
): Promise<RelyingParty> {
  const { isPublic = false, redirectUri = 'http://127.0.0.1:9/callback', ...client } = options;
  const secret = await registerClient(house, {
    redirect_uris: [redirectUri],
    ...client,
    ...(isPublic ? { secret_hash: null } : {}),
  });
  const configuration = await oidc.discovery(
    new URL(house.issuer),
    options.id,
    client.signed_alg ? { id_token_signed_response_alg: client.signed_alg } : {},
    isPublic ? oidc.None() : oidc.ClientSecretBasic(secret),
    { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
  );
  return {
    id: options.id,
    redirectUri,
    configuration,
    async begin(parameters = {}) {
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...parameters,
      });
      const maxAge = parameters.max_age === undefined ? {} : { maxAge: Number(parameters.max_age) };
      return {
        url: url.href,
        checks: {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          ...maxAge,
        },
      };
    },
  };
}

/** What a person does on the sign-in page: account and password, then back to the provider. */
export async function typePassword(options: {
  house: ProviderHouse;
  browser: Browser;
  interaction: string;
  account?: string;
  password?: string;
  code?: string;
}): Promise<string> {
  const { house, browser, interaction, code } = options;
  const demo = readDemoAccounts(house.services.config.root).find(
    (d) => d.account === (options.account ?? 'citizen.wei'),
  );
  const account = options.account ?? demo?.account ?? '';
  const reply = await browser.open(`${house.issuer}/api/identity/login`, {
    json: { account, password: options.password ?? demo?.password ?? '', forSystem: true, ...(code ? { code } : {}) },
  });
  if (reply.status !== 200) throw new Error(`${account} cannot sign in: ${reply.status} ${reply.body}`);
  return `${house.issuer}/oidc/interaction/${interactionOf(interaction)}`;
}

/** Id of the interaction in an address of the sign-in page. */
export function interactionOf(url: string): string {
  return new URL(url).searchParams.get('interaction') ?? '';
}

/** A person agrees to everything that is asked. */
export async function agree(options: {
  house: ProviderHouse;
  browser: Browser;
  interaction: string;
  remember?: boolean;
  scopes?: string[];
}): Promise<string> {
  const { house, browser, interaction, remember = false } = options;
  const base = `${house.issuer}/oidc/interaction/${interactionOf(interaction)}`;
  const details = JSON.parse((await browser.open(`${base}/details`)).body) as { scopes: { id: string }[] };
  const scopes = options.scopes ?? details.scopes.map(({ id }) => id);
  const reply = await browser.open(`${base}/consent`, { json: { scopes, remember } });
  if (reply.status !== 200) throw new Error(`no consent: ${reply.status} ${reply.body}`);
  return (JSON.parse(reply.body) as { to: string }).to;
}

/** The whole way of a person through the provider, with what they are asked counted. */
export async function signInTo(options: {
  house: ProviderHouse;
  browser: Browser;
  party: RelyingParty;
  parameters?: Record<string, string>;
  account?: string;
  remember?: boolean;
}): Promise<{ callback: string; checks: oidc.AuthorizationCodeGrantChecks; asked: string[] }> {
  const { house, browser, party, parameters, account, remember } = options;
  const { url, checks } = await party.begin(parameters);
  const asked: string[] = [];
  let at = await browser.follow(url, party.redirectUri);
  while (new URL(at.url).pathname === '/login') {
    const details = await browser.open(`${house.issuer}/oidc/interaction/${interactionOf(at.url)}/details`);
    const { prompt } = JSON.parse(details.body) as { prompt: string };
    asked.push(prompt);
    if (asked.length > 4) throw new Error(`asked again and again: ${asked.join()}`);
    const next =
      prompt === 'login'
        ? await typePassword({ house, browser, interaction: at.url, account })
        : await agree({ house, browser, interaction: at.url, remember });
    at = await browser.follow(next, party.redirectUri);
  }
  if (!at.url.startsWith(party.redirectUri)) throw new Error(`${at.status} at ${at.url}: ${at.body.slice(0, 2000)}`);
  return { callback: at.url, checks, asked };
}

/** As `signInTo`, and the code exchanged. */
export async function tokensOf(options: Parameters<typeof signInTo>[0]) {
  const { callback, checks, asked } = await signInTo(options);
  const tokens = await oidc.authorizationCodeGrant(options.party.configuration, new URL(callback), checks);
  return { tokens, callback, checks, asked };
}
