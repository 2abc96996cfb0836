import * as oidc from 'openid-client';
import type { Services } from '#platform/kernel/app.ts';
import { cookieName, setCookie } from '#platform/kernel/cookies.ts';

/** What this installation remembers of a sign-in that it has begun somewhere: at its own provider, or at the city's. */
export type Pending = { state: string; nonce: string; verifier: string; until: number };

/** A sign-in that begins: what to remember, and what to send along (RFC 7636, OpenID Connect Core 3.1.2.1). */
export async function beginSignIn(services: Services, seconds: number) {
  const pending: Pending = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    until: services.clock.now().getTime() + seconds * 1000,
  };
  const query = {
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  };
  return { pending, query };
}

/** What the answer must fit. */
export function checksOf({ state, nonce, verifier }: Pending): oidc.AuthorizationCodeGrantChecks {
  return { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
}

/** A sealed cookie that keeps it for this browser only. */
export function pendingCookie<T extends Pending>(options: { name: string; context: string }) {
  const { name, context } = options;
  return {
    keep: (services: Services, pending: T, seconds: number): string =>
      setCookie({
        name,
        value: services.keyring.seal(JSON.stringify(pending), context),
        seconds,
        config: services.config,
      }),
    forget: ({ config }: Services): string => setCookie({ name, value: '', seconds: 0, config }),
    /** What the browser brings back, unless it was altered or has expired. */
    read: (services: Services, cookie: string | undefined): T | undefined => {
      const wanted = `${cookieName(name, services.config)}=`;
      const value = (cookie ?? '')
        .split(';')
        .map((part) => part.trim())
        .find((part) => part.startsWith(wanted))
        ?.slice(wanted.length);
      if (!value) return undefined;
      try {
        const pending = JSON.parse(services.keyring.open(value, context)) as T;
        return pending.until > services.clock.now().getTime() ? pending : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

type Reply = { status: number; headers: Record<string, unknown>; body: Buffer };

/** Sends the library's requests by another way than the network of its own. */
export function fetchBy(
  send: (request: {
    url: string;
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body: string | undefined;
  }) => Promise<Reply>,
): oidc.CustomFetch {
  return async (url, { method, headers, body }) => {
    const reply = await send({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(new Headers(headers as HeadersInit)),
      body: body === undefined || body === null ? undefined : String(body),
    });
    return new Response(reply.body.length > 0 ? new Uint8Array(reply.body) : null, {
      status: reply.status,
      headers: Object.entries(reply.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    });
  };
}
