import type { FastifyInstance } from 'fastify';
import * as client from 'openid-client';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { newToken, sessionCookie, sessionIn, tokenHash } from '../session.ts';
import { WEB_CLIENT, webSecret } from './clients.ts';
import type { Call } from './interaction.ts';
import { issuerOf, originFor } from './issuer.ts';
import { beginSignIn, checksOf, fetchBy, type Pending, pendingCookie } from './relying-party.ts';
import { safePath } from './safe-path.ts';
import { signOnIn } from './sign-on.ts';

/** How long a sign-in may take before it has to be started again. */
const PENDING_S = 15 * 60;

type WebPending = Pending & { next: string };
const signInCookie = pendingCookie<WebPending>({ name: 'web_sign_in', context: 'identity.web-sign-in' });

/** The web signs people in as every other system does: authorization code, PKCE, state and nonce, kept for this browser only. */
export async function startWebSignIn({ kernel, request, reply }: Call) {
  const { services } = kernel;
  const origin = originFor(services, request.headers.host);
  const { pending, query } = await beginSignIn(services, PENDING_S);
  const next = safePath((request.query as { next?: string }).next);
  const asked = new URLSearchParams({
    client_id: WEB_CLIENT,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${origin}/oidc/web/callback`,
    ...query,
  });
  return reply
    .header('set-cookie', signInCookie.keep(services, { ...pending, next }, PENDING_S))
    .header('cache-control', 'no-store')
    .redirect(`${origin}/oidc/auth?${asked}`, 303);
}

/**
 * The browser comes back with a code: it is exchanged here, server to server, and checked (issuer, state, nonce, PKCE,
 * signature). The web's session begins with a new token, on the sign-in that the provider has confirmed.
 */
export async function finishWebSignIn(call: Call & { server: FastifyInstance }) {
  const { server, kernel, request, reply } = call;
  const { services } = kernel;
  const pending = signInCookie.read(services, request.headers.cookie);
  reply.header('set-cookie', signInCookie.forget(services)).header('cache-control', 'no-store');
  if (pending === undefined) return reply.redirect('/login?problem=expired', 303);
  const url = new URL(request.url, originFor(services, request.headers.host));
  const account = await exchange({ server, services, url, pending });
  const token = account && (await openWebSession({ services, account, cookie: request.headers.cookie }));
  if (!token) return reply.redirect('/login?problem=refused', 303);
  return reply.header('set-cookie', sessionCookie({ token, config: services.config })).redirect(pending.next, 303);
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
    const tokens = await client.authorizationCodeGrant(webConfiguration(server, services), url, checksOf(pending));
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
  configuration[client.customFetch] = fetchBy(async ({ url: target, method, headers, body }) => {
    const { pathname, search } = new URL(target);
    const answer = await server.inject({ method, url: `${pathname}${search}`, headers, payload: body });
    return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
  });
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
