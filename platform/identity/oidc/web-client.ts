import type { FastifyInstance } from 'fastify';
import * as client from 'openid-client';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { cookieName, setCookie } from '#platform/kernel/cookies.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { newToken, sessionCookie, sessionIn, tokenHash } from '../session.ts';
import { WEB_CLIENT, webSecret } from './clients.ts';
import type { Call } from './interaction.ts';
import { issuerOf, originFor } from './issuer.ts';
import { safePath } from './safe-path.ts';
import { signOnIn } from './sign-on.ts';

/** How long a sign-in may take before it has to be started again. */
const PENDING_S = 15 * 60;

type Pending = { state: string; nonce: string; verifier: string; next: string; until: number };

/** The web signs people in as every other system does: authorization code, PKCE, state and nonce, kept for this browser only. */
export async function startWebSignIn({ kernel, request, reply }: Call) {
  const { services } = kernel;
  const origin = originFor(services, request.headers.host);
  const pending: Pending = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    next: safePath((request.query as { next?: string }).next),
    until: services.clock.now().getTime() + PENDING_S * 1000,
  };
  const query = new URLSearchParams({
    client_id: WEB_CLIENT,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${origin}/oidc/web/callback`,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  });
  const value = services.keyring.seal(JSON.stringify(pending), CONTEXT);
  return reply
    .header('set-cookie', setCookie({ name: COOKIE, value, seconds: PENDING_S, config: services.config }))
    .header('cache-control', 'no-store')
    .redirect(`${origin}/oidc/auth?${query}`, 303);
}

/**
 * The browser comes back with a code: it is exchanged here, server to server, and checked (issuer, state, nonce, PKCE,
 * signature). The web's session begins with a new token, on the sign-in that the provider has confirmed.
 */
export async function finishWebSignIn(call: Call & { server: FastifyInstance }) {
  const { server, kernel, request, reply } = call;
  const { services } = kernel;
  const pending = pendingOf(request.headers.cookie, services);
  const forget = setCookie({ name: COOKIE, value: '', seconds: 0, config: services.config });
  reply.header('set-cookie', forget).header('cache-control', 'no-store');
  if (pending === undefined) return reply.redirect('/login?problem=expired', 303);
  const url = new URL(request.url, originFor(services, request.headers.host));
  const account = await exchange({ server, services, url, pending });
  const token = account && (await openWebSession({ services, account, cookie: request.headers.cookie }));
  if (!token) return reply.redirect('/login?problem=refused', 303);
  return reply.header('set-cookie', sessionCookie({ token, config: services.config })).redirect(pending.next, 303);
}

const COOKIE = 'web_sign_in';
const CONTEXT = 'identity.web-sign-in';

function pendingOf(cookie: string | undefined, services: Services): Pending | undefined {
  const wanted = `${cookieName(COOKIE, services.config)}=`;
  const value = (cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(wanted))
    ?.slice(wanted.length);
  if (!value) return undefined;
  try {
    const pending = JSON.parse(services.keyring.open(value, CONTEXT)) as Pending;
    return pending.until > services.clock.now().getTime() ? pending : undefined;
  } catch {
    return undefined;
  }
}

/** The account that the provider names, or undefined when anything of its answer does not fit. */
async function exchange(options: {
  server: FastifyInstance;
  services: Services;
  url: URL;
  pending: Pending;
}): Promise<string | undefined> {
  const { server, services, url, pending } = options;
  try {
    const tokens = await client.authorizationCodeGrant(webConfiguration(server, services), url, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    return tokens.claims()?.sub;
  } catch (error) {
    services.log.info({ err: error instanceof Error ? error.message : '' }, 'sign-in of the web refused');
    return undefined;
  }
}

/** The provider is in this very process: requests go to it without a socket, checked as if they had one. */
function webConfiguration(server: FastifyInstance, services: Services): client.Configuration {
  const issuer = issuerOf(services);
  const configuration = new client.Configuration(
    {
      issuer,
      token_endpoint: `${issuer}/oidc/token`,
      jwks_uri: `${issuer}/oidc/jwks`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ['ES256'],
    },
    WEB_CLIENT,
    { id_token_signed_response_alg: 'ES256' },
    client.ClientSecretBasic(webSecret(services)),
  );
  client.enableNonRepudiationChecks(configuration);
  if (issuer.startsWith('http:')) client.allowInsecureRequests(configuration);
  configuration[client.customFetch] = async (target, { method, headers, body }) => {
    const { pathname, search } = new URL(target);
    const answer = await server.inject({
      method: method as 'GET' | 'POST',
      url: `${pathname}${search}`,
      headers: Object.fromEntries(new Headers(headers as HeadersInit)),
      payload: body === undefined || body === null ? undefined : String(body),
    });
    return new Response(answer.rawPayload.length > 0 ? new Uint8Array(answer.rawPayload) : null, {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    });
  };
  return configuration;
}

/** A new token for the web on the sign-in of this browser, which must be of the account that the provider named. */
async function openWebSession(options: {
  services: Services;
  account: string;
  cookie: string | undefined;
}): Promise<string | undefined> {
  const { services, account, cookie } = options;
  const signOn = signOnIn(cookie, services.config);
  if (signOn === undefined) return undefined;
  const earlier = sessionIn(cookie, services.config);
  const now = services.clock.now();
  const token = newToken();
  const opened = await services.database.tx({ module: 'identity', actor: systemActor({ name: 'web' }) }, async (db) => {
    if (earlier !== undefined) {
      await db.run(sql`update identity.session set ended_at = ${now}::timestamptz, ended_why = 'replaced'
        where token_hash = ${earlier} and sso_hash is distinct from ${signOn} and ended_at is null`);
    }
    return db.run(sql`update identity.session set token_hash = ${tokenHash(token)}, seen_at = ${now}::timestamptz
      where sso_hash = ${signOn} and account = ${account} and ended_at is null and expires_at > ${now}::timestamptz`);
  });
  if (earlier !== undefined) forgetSessions(services, earlier);
  return opened === 1 ? token : undefined;
}
